"""The compiled loop: all accounts through the weeks of a quarter.

Each week has two passes. The first goes over every account: brand, entry, hands raised, renewals. The second
goes over the few that are with sales, served per owner in a keyed order until the hours are used up.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from sim.compiled import compiled, record
from sim.market.laws import (
    LATE_WEEKS,
    MAX_CYCLE_WEEKS,
    PULL_FORWARD_WEEKS,
    Anchors,
    Floats,
    Flow,
    Laws,
    Policy,
    Seats,
)
from sim.market.prospects import Prospects, Source, Stage
from sim.market.rules import (
    accept_chance,
    discount,
    drifted,
    estimated_chance,
    expected_discount,
    found_hazard,
    inquiry_hazard,
    logistic,
    lognormal,
    moved_toward,
    renewal_chance,
    response_hours,
    size_factor,
    win_log_odds,
)
from sim.periods import HOURS_PER_WEEK, WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import MarketLuck, exponential, normal, uniform

Record = np.ndarray  # one record, see `sim.compiled.record`
Account = np.record  # one row of the accounts

# The compiler wants plain numbers where enums are read.
OUTSIDE, MQL, OPPORTUNITY, CUSTOMER = (int(s) for s in Stage)
MARKETING, SALES = int(Source.MARKETING), int(Source.SALES)
(
    CREATED, CREATED_READY, CREATED_JUNK, MQLS, CONTACTED, ACCEPTED, ACCEPTED_JUNK,
    OPPORTUNITIES_MARKETING, OPPORTUNITIES_SALES, WON, LOST_SILENCE, LOST_DECISION, DISQUALIFIED, NURTURED,
    BOOKINGS_USD, DISCOUNT_USD, DISCOUNT_SUM, REVENUE_USD, RENEWALS_DUE, RENEWED, CHURNED_USD, EXPANSION_USD,
    RESPONSE_HOURS, CYCLE_WEEKS, LATE_WON, FIRST_MARKETING_USD, LAST_MARKETING_USD, SHARED_MARKETING_USD,
    SPELLS, JUNK_HOURS, SELLING_HOURS_USED, LEAD_HOURS_USED, PROSPECTING_HOURS,
    EXPECTED_READY, EXPECTED_JUNK, EXPECTED_FOUND, EXPECTED_ACCEPTED, DECIDED, EXPECTED_WINS,
    EXPECTED_BOOKINGS_USD, EXPECTED_RENEWED, EXPECTED_LOG_CYCLE, LOG_CYCLE,
) = (int(f) for f in Flow)  # fmt: skip
CASES_PER_EPISODE = 1024


@compiled
def territory(luck: MarketLuck, account: int, is_filled: np.ndarray) -> int:
    """Seat that serves an account, -1 if all are vacant: the filled seat with the highest keyed draw.

    Rendezvous hashing: a seat that is added or vacated moves only the accounts that it wins or held.
    """
    best, seat = -1.0, -1
    for s in range(len(is_filled)):
        if is_filled[s]:
            u = uniform(luck.owner, account, s)
            if u > best:
                best, seat = u, s
    return seat


@compiled
def author_of(luck: MarketLuck, account: int, n_marketers: int) -> int:
    """Marketer whose lead an account's inquiry is: the seat with the highest keyed draw, 0 if there is none."""
    best, seat = -1.0, 0
    for s in range(n_marketers):
        u = uniform(luck.author, account, s)
        if u > best:
            best, seat = u, s
    return seat


@compiled
def touch(a: Account, source: int) -> None:
    """Write one contact into the true touch log of an account."""
    if a.first_touch == 0:
        a.first_touch = source
    a.last_touch = source
    if source == MARKETING:
        a.marketing_touches += 1
    else:
        a.sales_touches += 1


@compiled
def begin_spell(a: Account, luck: MarketLuck, laws: Laws, i: int, week: int, is_filled: np.ndarray) -> None:
    """An account comes into the market: how long, who serves it, when it would raise its hand."""
    episode = a.episode
    slow = uniform(luck.spell_is_slow, i, episode) < laws.slow_spell_share
    share = uniform(luck.spell_length, i, episode)
    if slow:
        weeks = lognormal(laws.slow_spell_log_weeks, laws.slow_spell_sigma, share)
    else:
        weeks = lognormal(laws.fast_spell_log_weeks, laws.fast_spell_sigma, share)
    a.market_until = week + 1 + int(min(weeks, 10_000.0))
    a.attempts = 0
    a.first_touch = 0
    a.last_touch = 0
    a.marketing_touches = 0
    a.sales_touches = 0
    a.owner = territory(luck, i, is_filled)
    await_next_case(a, luck, i)


@compiled
def next_case(a: Account) -> int:
    """Event number of the account's next case in its present episode."""
    return (a.episode * CASES_PER_EPISODE + min(a.attempts, CASES_PER_EPISODE - 1)) * 2 + 1


@compiled
def await_next_case(a: Account, luck: MarketLuck, i: int) -> None:
    """New thresholds for the next inquiry and the next find."""
    case = next_case(a)
    a.inquiry_left = exponential(uniform(luck.raises_hand, i, case))
    a.found_left = exponential(uniform(luck.found_by_sales, i, case))


@compiled
def close_case(a: Account, luck: MarketLuck, i: int, week: int, stage: int) -> None:
    """The case is over: the account rests outside, or as a customer."""
    a.stage = stage
    a.stage_week = week
    a.attempts += 1
    await_next_case(a, luck, i)


@compiled
def open_case(a: Account, luck: MarketLuck, i: int, case: int) -> None:
    """A lead is created: its number and its keyed order of service."""
    a.case = case
    a.precedence = uniform(luck.served_first, i, case)
    a.mql_week = -1


@compiled
def nurture(a: Account, laws: Laws, flows: Floats, week: int) -> None:
    """The lead goes into nurture: it is written to for a while and inquires more readily."""
    a.nurture_until = week + laws.nurture_weeks
    flows[NURTURED] += 1


@compiled
def begin_opportunity(a: Account, luck: MarketLuck, laws: Laws, anchors: Anchors, i: int, week: int) -> None:
    """An opportunity opens: the hours that it needs and the pace at which the buyer takes them in."""
    case = a.case
    size = size_factor(a.value_score, laws.value_sigma, laws.size_exponent, laws.size_norm)
    # The mean of the lognormal, not its median, is the stated number of hours.
    log_hours = math.log(laws.hours_per_opportunity * size) - 0.5 * laws.effort_sigma**2
    a.effort = lognormal(log_hours, laws.effort_sigma, uniform(luck.effort, i, case))
    weeks = size * lognormal(anchors.pace_location, laws.cycle_sigma, uniform(luck.pace, i, case))
    a.work_left = a.effort
    a.pace = a.effort / max(weeks, 0.5)
    a.stage = OPPORTUNITY
    a.stage_week = week


@compiled
def raise_hand(
    a: Account, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    i: int, week: int, is_ready: bool, is_filled: np.ndarray,
) -> None:  # fmt: skip
    """An inquiry is scored: above the bar it is an MQL with an owner, below it nurtured or dropped."""
    case = a.case
    flows[CREATED] += 1
    flows[CREATED_READY if is_ready else CREATED_JUNK] += 1
    touch(a, MARKETING)
    noise = policy.score_noise * normal(uniform(luck.score_noise, i, case))
    a.score = estimated_chance(anchors.score_location, laws.fit_slope, a.fit, is_ready, laws.junk_gap, noise)
    if a.score >= policy.bar:
        flows[MQLS] += 1
        if a.owner < 0 or not is_filled[a.owner] or not is_ready:
            a.owner = territory(luck, i, is_filled)
        a.author = author_of(luck, i, seats.follow_up.shape[1])
        a.stage = MQL
        a.stage_week = week
        a.mql_week = week
        load = seats.load[a.owner] if a.owner >= 0 else 1.0
        a.response_hours = response_hours(
            laws.response_median_hours, load, policy.response_factor, laws.response_sigma,
            uniform(luck.response_time, i, case),
        )  # fmt: skip
        if a.owner >= 0:
            a.will_be_called = uniform(luck.followed_up, i, case) < seats.follow_up[a.owner, a.author]
        else:
            a.will_be_called = 1
    else:
        if a.score >= policy.nurture_bar:
            nurture(a, laws, flows, week)
        else:
            flows[DISQUALIFIED] += 1
        close_case(a, luck, i, week, OUTSIDE)


@compiled
def call(a: Account, luck: MarketLuck, laws: Laws, anchors: Anchors, flows: Floats, i: int, week: int) -> None:
    """The owner calls an MQL: an opportunity, nurture, or disqualified as junk."""
    case = a.case
    is_ready = week < a.market_until
    flows[CONTACTED] += 1
    flows[RESPONSE_HOURS] += a.response_hours
    touch(a, SALES)
    a.awareness = moved_toward(a.awareness, 1.0, laws.awareness_gain)
    chance = accept_chance(
        anchors.accept_location, laws.fit_slope, a.fit, is_ready, laws.junk_accept_ratio,
        a.response_hours, laws.follow_up_decay,
    )  # fmt: skip
    flows[EXPECTED_ACCEPTED] += chance
    if uniform(luck.accepted, i, case) < chance:
        flows[ACCEPTED] += 1
        if uniform(luck.becomes_opportunity, i, case) < laws.opportunity_share:
            flows[OPPORTUNITIES_MARKETING] += 1
            begin_opportunity(a, luck, laws, anchors, i, week)
            return
        nurture(a, laws, flows, week)
    elif is_ready:
        nurture(a, laws, flows, week)
    else:
        flows[DISQUALIFIED] += 1
        flows[JUNK_HOURS] += laws.hours_per_mql
    close_case(a, luck, i, week, OUTSIDE)


@compiled
def decide(
    a: Account, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, i: int, week: int, week_of_quarter: int,
) -> None:  # fmt: skip
    """The buyer decides: won or lost, at a discount that stays in memory."""
    seat = a.owner
    case = a.case
    quota = seats.quota_usd[seat]
    shortfall = min(max(1.0 - seats.booked_usd[seat] / quota, 0.0), 1.0) if quota > 0.0 else 0.0
    is_late = week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS and shortfall > 0.0
    given = discount(policy.discount_cap, policy.discount_habit, shortfall, is_late)
    expected = expected_discount(a.expected_discount, week - a.discount_week, laws.price_retention)
    equity = a.awareness * a.favourability
    value = laws.value_sigma * a.value_score
    weeks = week - a.stage_week + 1
    own_weeks = max(a.effort / a.pace, 1.0)
    delay = min(max(weeks / own_weeks - 1.0, 0.0), 3.0)
    log_odds = (
        win_log_odds(
            anchors.win_location, a.fit, laws.fit_slope, value, laws.value_slope,
            a.favourability, laws.favourability_slope, equity, laws.list_slope,
        )
        + seats.win_skill[seat]
        + policy.support
        + laws.consistency_slope * policy.consistency
        + laws.price_slope * (given - expected)
        - laws.delay_slope * delay
        - laws.rivals_strength
    )  # fmt: skip
    chance = logistic(log_odds)
    list_usd = math.exp(anchors.value_location + value)
    price = list_usd * (1.0 - given)
    flows[DECIDED] += 1
    flows[EXPECTED_WINS] += chance
    flows[EXPECTED_BOOKINGS_USD] += chance * price
    flows[EXPECTED_LOG_CYCLE] += chance * math.log(weeks)
    a.favourability = max(0.0, a.favourability - laws.discount_brand_cost * given * a.favourability)
    a.expected_discount = expected + laws.price_persistence * max(given - expected, 0.0)
    a.discount_week = week
    if uniform(luck.won, i, case) >= chance:
        flows[LOST_DECISION] += 1
        close_case(a, luck, i, week, OUTSIDE)
        return
    flows[WON] += 1
    flows[LATE_WON] += week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS
    flows[BOOKINGS_USD] += price
    flows[DISCOUNT_USD] += list_usd - price
    flows[DISCOUNT_SUM] += given
    flows[CYCLE_WEEKS] += weeks
    flows[LOG_CYCLE] += math.log(weeks)
    credit_sources(a, flows, price)
    seats.booked_usd[seat] += price
    if a.mql_week >= 0 and week - a.mql_week < WEEKS_PER_YEAR:
        cohort_wins[a.mql_week // WEEKS_PER_QUARTER] += 1
    a.contract_usd = price
    a.renewal_week = week + WEEKS_PER_YEAR
    a.overpromise = 1.0 - policy.consistency
    a.market_until = week
    close_case(a, luck, i, week, CUSTOMER)


@compiled
def credit_sources(a: Account, flows: Floats, price: float) -> None:
    """Bookings credited to marketing under three rules over the true touch log."""
    if a.first_touch == MARKETING:
        flows[FIRST_MARKETING_USD] += price
    if a.last_touch == MARKETING:
        flows[LAST_MARKETING_USD] += price
    touches = a.marketing_touches + a.sales_touches
    if touches > 0:
        flows[SHARED_MARKETING_USD] += price * a.marketing_touches / touches


@compiled
def renew(a: Account, luck: MarketLuck, laws: Laws, anchors: Anchors, flows: Floats, i: int, week: int) -> None:
    """A contract year ends: the customer renews, perhaps for more, or leaves."""
    missed = expected_discount(a.expected_discount, week - a.discount_week, laws.price_retention)
    chance = renewal_chance(
        anchors.renewal_location, a.favourability, laws.renewal_favourability_slope,
        a.overpromise, laws.renewal_promise_slope, missed, laws.renewal_price_slope,
    )  # fmt: skip
    flows[RENEWALS_DUE] += 1
    flows[EXPECTED_RENEWED] += chance
    year = a.contract_year
    a.contract_year += 1
    if uniform(luck.renewed, i, year) < chance:
        flows[RENEWED] += 1
        flows[EXPANSION_USD] += a.contract_usd * laws.expansion
        a.contract_usd *= 1.0 + laws.expansion
        a.renewal_week = week + WEEKS_PER_YEAR
    else:
        flows[CHURNED_USD] += a.contract_usd
        a.contract_usd = 0.0
        a.stage = OUTSIDE
        a.stage_week = week
        a.market_until = week


@compiled
def serve(
    p: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, active: np.ndarray, n_active: int, week: int, week_of_quarter: int, is_filled: np.ndarray,
) -> None:  # fmt: skip
    """Sales' week: MQLs called and opportunities worked, per owner in keyed order, until the hours are used up."""
    n_seats = len(is_filled)
    selling = seats.selling_hours[:, week_of_quarter].copy()
    calling = seats.lead_hours[:, week_of_quarter].copy()
    asked = np.zeros(n_seats)
    order = np.empty(n_active)
    for k in range(n_active):
        i = active[k]
        a = p[i]
        if a.owner < 0 or not is_filled[a.owner]:
            a.owner = territory(luck, i, is_filled)
        order[k] = a.owner + a.precedence
    for place in np.argsort(order):
        i = active[place]
        a = p[i]
        seat = a.owner
        waited = week - a.stage_week
        if a.stage == MQL:
            if seat >= 0 and a.will_be_called and a.response_hours < (waited + 1) * HOURS_PER_WEEK:
                asked[seat] += laws.hours_per_mql
                if calling[seat] >= laws.hours_per_mql:
                    calling[seat] -= laws.hours_per_mql
                    flows[LEAD_HOURS_USED] += laws.hours_per_mql
                    call(a, luck, laws, anchors, flows, i, week)
                    continue
                a.response_hours += HOURS_PER_WEEK
            if waited + 1 >= laws.silence_weeks:
                flows[LOST_SILENCE] += 1
                close_case(a, luck, i, week, OUTSIDE)
        elif seat >= 0:
            hours = min(a.pace, a.work_left)
            asked[seat] += hours
            spent = min(hours, selling[seat])
            selling[seat] -= spent
            flows[SELLING_HOURS_USED] += spent
            a.work_left -= spent
            is_late = week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS
            is_behind = seats.booked_usd[seat] < seats.quota_usd[seat]
            weeks_left = a.work_left / a.pace
            if weeks_left < 1e-9 or (is_late and is_behind and weeks_left <= PULL_FORWARD_WEEKS):
                decide(a, luck, laws, anchors, policy, seats, flows, cohort_wins, i, week, week_of_quarter)
        if a.stage == OPPORTUNITY and week - a.stage_week >= MAX_CYCLE_WEEKS:
            flows[DECIDED] += 1
            flows[LOST_DECISION] += 1
            close_case(a, luck, i, week, OUTSIDE)
    for s in range(n_seats):
        available = seats.selling_hours[s, week_of_quarter] + seats.lead_hours[s, week_of_quarter]
        if available > 0.0:
            seats.load[s] = 0.75 * seats.load[s] + 0.25 * min(asked[s] / available, 2.0)
            seats.overflow[s] += max(asked[s] - available, 0.0)
        seats.prospecting_hours[s] = selling[s] + calling[s]
        flows[PROSPECTING_HOURS] += selling[s] + calling[s]


@compiled
def _run_quarter(
    p: Prospects, luck_record: Record, laws_record: Record, anchors_record: Record, policy_record: Record,
    seats: Seats, flows: Floats, cohort_wins: Floats, first_week: int,
) -> None:  # fmt: skip
    luck, laws, anchors, policy = luck_record[0], laws_record[0], anchors_record[0], policy_record[0]
    n = len(p)
    n_seats = seats.selling_hours.shape[0]
    active = np.empty(n, dtype=np.int64)
    is_filled = np.empty(n_seats, dtype=np.bool_)
    reach_hours = np.empty(n_seats)
    for w in range(WEEKS_PER_QUARTER):
        week = first_week + w
        n_filled = 0
        for s in range(n_seats):
            is_filled[s] = seats.selling_hours[s, w] + seats.lead_hours[s, w] > 0.0
            n_filled += is_filled[s]
        for s in range(n_seats):
            reach_hours[s] = seats.prospecting_hours[s] * n_filled / n * 1000.0 if is_filled[s] else 0.0
        junk_hazard = anchors.junk_rate * policy.activation[w]
        n_active = 0
        # Sums that nearly every account adds to are kept at hand; memory would be the bottleneck.
        n_idle, expected_ready, expected_found, revenue = 0, 0.0, 0.0, 0.0
        for i in range(n):
            a = p[i]
            # 1. brand
            awareness = a.awareness * policy.keep_awareness
            favourability = drifted(a.favourability, laws.indifference, policy.keep_favourability)
            reach = policy.reach
            if a.stage == CUSTOMER:
                reach = max(reach, laws.customer_notice)
            is_noticed = uniform(luck.brand_noticed, i, week) < reach
            if is_noticed:
                awareness = moved_toward(awareness, 1.0, laws.awareness_gain)
                favourability = moved_toward(favourability, policy.deserved, laws.favourability_gain)
            a.awareness = awareness
            a.favourability = favourability
            # 2. market entry: spells come by the calendar, whatever the account is doing, so that they are
            # the same in every scenario
            a.entry_left -= policy.entry_hazard
            stage = a.stage
            if a.entry_left <= 0.0:
                a.episode += 1
                a.entry_left += exponential(uniform(luck.enters_market, i, a.episode))
                if stage == OUTSIDE and week >= a.market_until:
                    flows[SPELLS] += 1
                    begin_spell(a, luck, laws, i, week, is_filled)
            # 3. and 4. hands raised and qualified, accounts found; 8. customers
            if stage == OUTSIDE:
                if week < a.market_until:
                    if is_noticed:
                        touch(a, MARKETING)
                    equity = awareness * favourability
                    boost = laws.nurture_boost if week < a.nurture_until else 1.0
                    hazard = inquiry_hazard(
                        anchors.ready_rate,
                        laws.brand_share,
                        equity,
                        anchors.equity,
                        policy.activation[w],
                        boost,
                    )
                    expected_ready += hazard
                    a.inquiry_left -= hazard
                    if a.inquiry_left <= 0.0:
                        open_case(a, luck, i, next_case(a))
                        raise_hand(a, luck, laws, anchors, policy, seats, flows, i, week, True, is_filled)
                    else:
                        seat = a.owner
                        if seat < 0 or not is_filled[seat]:
                            seat = territory(luck, i, is_filled)
                            a.owner = seat
                        if seat >= 0:
                            hazard = found_hazard(
                                anchors.found_rate, reach_hours[seat], laws.prospecting_elasticity,
                                seats.productivity[seat], laws.warm_call_ratio, equity,
                            )  # fmt: skip
                            expected_found += hazard
                            a.found_left -= hazard
                            if a.found_left <= 0.0:
                                flows[CREATED] += 1
                                flows[OPPORTUNITIES_SALES] += 1
                                open_case(a, luck, i, next_case(a))
                                touch(a, SALES)
                                a.awareness = moved_toward(awareness, 1.0, laws.awareness_gain)
                                begin_opportunity(a, luck, laws, anchors, i, week)
                else:
                    n_idle += 1
                    a.idle_left -= junk_hazard
                    if a.idle_left <= 0.0:
                        a.idle_responses += 1
                        a.idle_left = exponential(uniform(luck.responds_idly, i, a.idle_responses))
                        open_case(a, luck, i, a.idle_responses * 2)
                        raise_hand(a, luck, laws, anchors, policy, seats, flows, i, week, False, is_filled)
            elif stage == CUSTOMER:
                revenue += a.contract_usd
                if week >= a.renewal_week:
                    renew(a, luck, laws, anchors, flows, i, week)
            if a.stage == MQL or a.stage == OPPORTUNITY:
                active[n_active] = i
                n_active += 1
        flows[EXPECTED_READY] += expected_ready
        flows[EXPECTED_FOUND] += expected_found
        flows[EXPECTED_JUNK] += n_idle * junk_hazard
        flows[REVENUE_USD] += revenue / WEEKS_PER_YEAR
        # 5. follow-up, 6. selling, 7. decision
        serve(p, luck, laws, anchors, policy, seats, flows, cohort_wins, active, n_active, week, w, is_filled)


def run_quarter(
    p: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, first_week: int,
) -> None:  # fmt: skip
    """Run all accounts through one quarter; columns, the seats' last four arrays and `flows` change in place."""
    constants = (_kept_record(luck), _kept_record(laws), _kept_record(anchors), record(policy))
    _run_quarter(p, *constants, seats, flows, cohort_wins, first_week)


@lru_cache(maxsize=256)
def _kept_record(constants: MarketLuck | Laws | Anchors) -> Record:
    """The record of numbers that stay for a whole run."""
    return record(constants)
