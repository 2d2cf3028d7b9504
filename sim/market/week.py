"""The compiled loop: all accounts through the weeks of a quarter.

Each week has two passes. The first goes over every account: brand, entry, hands raised, renewals. The second
goes over the few that are with sales, served per owner in a keyed order until the hours are used up.
"""

from __future__ import annotations

import math

import numpy as np

from sim.compiled import compiled
from sim.market.laws import (
    LATE_WEEKS,
    MAX_CYCLE_WEEKS,
    PULL_FORWARD,
    Anchors,
    Flow,
    Floats,
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
def touch(p: Prospects, i: int, source: int) -> None:
    """Write one contact into the true touch log of an account."""
    if p.first_touch[i] == 0:
        p.first_touch[i] = source
    p.last_touch[i] = source
    if source == MARKETING:
        p.marketing_touches[i] += 1
    else:
        p.sales_touches[i] += 1


@compiled
def begin_spell(p: Prospects, luck: MarketLuck, laws: Laws, i: int, week: int, is_filled: np.ndarray) -> None:
    """An account comes into the market: how long, who serves it, when it would raise its hand."""
    episode = p.episode[i]
    slow = uniform(luck.spell_is_slow, i, episode) < laws.slow_spell_share
    share = uniform(luck.spell_length, i, episode)
    if slow:
        weeks = lognormal(laws.slow_spell_log_weeks, laws.slow_spell_sigma, share)
    else:
        weeks = lognormal(laws.fast_spell_log_weeks, laws.fast_spell_sigma, share)
    p.market_until[i] = week + 1 + int(min(weeks, 10_000.0))
    p.attempts[i] = 0
    p.first_touch[i] = 0
    p.last_touch[i] = 0
    p.marketing_touches[i] = 0
    p.sales_touches[i] = 0
    p.owner[i] = territory(luck, i, is_filled)
    await_next_case(p, luck, i)


@compiled
def next_case(p: Prospects, i: int) -> int:
    """Event number of the account's next case in its present episode."""
    return (p.episode[i] * CASES_PER_EPISODE + min(p.attempts[i], CASES_PER_EPISODE - 1)) * 2 + 1


@compiled
def await_next_case(p: Prospects, luck: MarketLuck, i: int) -> None:
    """New thresholds for the next inquiry and the next find."""
    case = next_case(p, i)
    p.inquiry_left[i] = exponential(uniform(luck.raises_hand, i, case))
    p.found_left[i] = exponential(uniform(luck.found_by_sales, i, case))


@compiled
def close_case(p: Prospects, luck: MarketLuck, i: int, week: int, stage: int) -> None:
    """The case is over: the account rests outside, or as a customer."""
    p.stage[i] = stage
    p.stage_week[i] = week
    p.attempts[i] += 1
    await_next_case(p, luck, i)


@compiled
def open_case(p: Prospects, luck: MarketLuck, i: int, case: int) -> None:
    """A lead is created: its number and its keyed order of service."""
    p.case[i] = case
    p.precedence[i] = uniform(luck.served_first, i, case)
    p.mql_week[i] = -1


@compiled
def nurture(p: Prospects, laws: Laws, flows: Floats, i: int, week: int) -> None:
    """The lead goes into nurture: it is written to for a while and inquires more readily."""
    p.nurture_until[i] = week + laws.nurture_weeks
    flows[NURTURED] += 1


@compiled
def begin_opportunity(p: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, i: int, week: int) -> None:
    """An opportunity opens: the hours that it needs and the pace at which the buyer takes them in."""
    case = p.case[i]
    size = size_factor(p.value_score[i], laws.value_sigma, laws.size_exponent, laws.size_norm)
    # The mean of the lognormal, not its median, is the stated number of hours.
    log_hours = math.log(laws.hours_per_opportunity * size) - 0.5 * laws.effort_sigma**2
    p.effort[i] = lognormal(log_hours, laws.effort_sigma, uniform(luck.effort, i, case))
    weeks = size * lognormal(anchors.pace_location, laws.cycle_sigma, uniform(luck.pace, i, case))
    p.work_left[i] = p.effort[i]
    p.pace[i] = p.effort[i] / max(weeks, 0.5)
    p.stage[i] = OPPORTUNITY
    p.stage_week[i] = week


@compiled
def raise_hand(
    p: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    i: int, week: int, is_ready: bool, is_filled: np.ndarray,
) -> None:  # fmt: skip
    """An inquiry is scored: above the bar it is an MQL with an owner, below it nurtured or dropped."""
    case = p.case[i]
    flows[CREATED] += 1
    flows[CREATED_READY if is_ready else CREATED_JUNK] += 1
    touch(p, i, MARKETING)
    noise = policy.score_noise * normal(uniform(luck.score_noise, i, case))
    p.score[i] = estimated_chance(anchors.score_location, laws.fit_slope, p.fit[i], is_ready, laws.junk_gap, noise)
    if p.score[i] >= policy.bar:
        flows[MQLS] += 1
        if p.owner[i] < 0 or not is_filled[p.owner[i]] or not is_ready:
            p.owner[i] = territory(luck, i, is_filled)
        p.author[i] = author_of(luck, i, seats.follow_up.shape[1])
        p.stage[i] = MQL
        p.stage_week[i] = week
        p.mql_week[i] = week
        load = seats.load[p.owner[i]] if p.owner[i] >= 0 else 1.0
        p.response_hours[i] = response_hours(
            laws.response_median_hours, load, policy.response_factor, laws.response_sigma,
            uniform(luck.response_time, i, case),
        )  # fmt: skip
        if p.owner[i] >= 0:
            p.will_be_called[i] = uniform(luck.followed_up, i, case) < seats.follow_up[p.owner[i], p.author[i]]
        else:
            p.will_be_called[i] = 1
    else:
        if p.score[i] >= policy.nurture_bar:
            nurture(p, laws, flows, i, week)
        else:
            flows[DISQUALIFIED] += 1
        close_case(p, luck, i, week, OUTSIDE)


@compiled
def call(
    p: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, flows: Floats, i: int, week: int
) -> None:
    """The owner calls an MQL: an opportunity, nurture, or disqualified as junk."""
    case = p.case[i]
    is_ready = week < p.market_until[i]
    flows[CONTACTED] += 1
    flows[RESPONSE_HOURS] += p.response_hours[i]
    touch(p, i, SALES)
    chance = accept_chance(
        anchors.accept_location, laws.fit_slope, p.fit[i], is_ready, laws.junk_accept_ratio,
        p.response_hours[i], laws.follow_up_decay,
    )  # fmt: skip
    flows[EXPECTED_ACCEPTED] += chance
    if uniform(luck.accepted, i, case) < chance:
        flows[ACCEPTED] += 1
        if uniform(luck.becomes_opportunity, i, case) < laws.opportunity_share:
            flows[OPPORTUNITIES_MARKETING] += 1
            begin_opportunity(p, luck, laws, anchors, i, week)
            return
        nurture(p, laws, flows, i, week)
    elif is_ready:
        nurture(p, laws, flows, i, week)
    else:
        flows[DISQUALIFIED] += 1
        flows[JUNK_HOURS] += laws.hours_per_mql
    close_case(p, luck, i, week, OUTSIDE)


@compiled
def decide(
    p: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, i: int, week: int, week_of_quarter: int,
) -> None:  # fmt: skip
    """The buyer decides: won or lost, at a discount that stays in memory."""
    seat = p.owner[i]
    case = p.case[i]
    quota = seats.quota_usd[seat]
    shortfall = min(max(1.0 - seats.booked_usd[seat] / quota, 0.0), 1.0) if quota > 0.0 else 0.0
    is_late = week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS and shortfall > 0.0
    given = discount(policy.discount_cap, policy.discount_habit, shortfall, is_late)
    expected = expected_discount(p.expected_discount[i], week - p.discount_week[i], laws.price_retention)
    equity = p.awareness[i] * p.favourability[i]
    value = laws.value_sigma * p.value_score[i]
    weeks = week - p.stage_week[i] + 1
    own_weeks = max(p.effort[i] / p.pace[i], 1.0)
    delay = min(max(weeks / own_weeks - 1.0, 0.0), 3.0)
    log_odds = (
        win_log_odds(
            anchors.win_location, p.fit[i], laws.fit_slope, value, laws.value_slope,
            p.favourability[i], laws.favourability_slope, equity, laws.list_slope,
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
    p.favourability[i] = max(0.0, p.favourability[i] - laws.discount_brand_cost * given * p.favourability[i])
    p.expected_discount[i] = expected + laws.price_persistence * max(given - expected, 0.0)
    p.discount_week[i] = week
    if uniform(luck.won, i, case) >= chance:
        flows[LOST_DECISION] += 1
        close_case(p, luck, i, week, OUTSIDE)
        return
    flows[WON] += 1
    flows[LATE_WON] += week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS
    flows[BOOKINGS_USD] += price
    flows[DISCOUNT_USD] += list_usd - price
    flows[DISCOUNT_SUM] += given
    flows[CYCLE_WEEKS] += weeks
    flows[LOG_CYCLE] += math.log(weeks)
    credit_sources(p, flows, i, price)
    seats.booked_usd[seat] += price
    if p.mql_week[i] >= 0 and week - p.mql_week[i] < WEEKS_PER_YEAR:
        cohort_wins[p.mql_week[i] // WEEKS_PER_QUARTER] += 1
    p.contract_usd[i] = price
    p.renewal_week[i] = week + WEEKS_PER_YEAR
    p.overpromise[i] = 1.0 - policy.consistency
    p.market_until[i] = week
    close_case(p, luck, i, week, CUSTOMER)


@compiled
def credit_sources(p: Prospects, flows: Floats, i: int, price: float) -> None:
    """Bookings credited to marketing under three rules over the true touch log."""
    if p.first_touch[i] == MARKETING:
        flows[FIRST_MARKETING_USD] += price
    if p.last_touch[i] == MARKETING:
        flows[LAST_MARKETING_USD] += price
    touches = p.marketing_touches[i] + p.sales_touches[i]
    if touches > 0:
        flows[SHARED_MARKETING_USD] += price * p.marketing_touches[i] / touches


@compiled
def renew(p: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, flows: Floats, i: int, week: int) -> None:
    """A contract year ends: the customer renews, perhaps for more, or leaves."""
    missed = expected_discount(p.expected_discount[i], week - p.discount_week[i], laws.price_retention)
    chance = renewal_chance(
        anchors.renewal_location, p.favourability[i], laws.renewal_favourability_slope,
        p.overpromise[i], laws.renewal_promise_slope, missed, laws.renewal_price_slope,
    )  # fmt: skip
    flows[RENEWALS_DUE] += 1
    flows[EXPECTED_RENEWED] += chance
    year = p.contract_year[i]
    p.contract_year[i] += 1
    if uniform(luck.renewed, i, year) < chance:
        flows[RENEWED] += 1
        flows[EXPANSION_USD] += p.contract_usd[i] * laws.expansion
        p.contract_usd[i] *= 1.0 + laws.expansion
        p.renewal_week[i] = week + WEEKS_PER_YEAR
    else:
        flows[CHURNED_USD] += p.contract_usd[i]
        p.contract_usd[i] = 0.0
        p.stage[i] = OUTSIDE
        p.stage_week[i] = week
        p.market_until[i] = week


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
    for a in range(n_active):
        i = active[a]
        if p.owner[i] < 0 or not is_filled[p.owner[i]]:
            p.owner[i] = territory(luck, i, is_filled)
        order[a] = p.owner[i] + p.precedence[i]
    for a in np.argsort(order):
        i = active[a]
        seat = p.owner[i]
        waited = week - p.stage_week[i]
        if p.stage[i] == MQL:
            if seat >= 0 and p.will_be_called[i] and p.response_hours[i] < (waited + 1) * HOURS_PER_WEEK:
                asked[seat] += laws.hours_per_mql
                if calling[seat] >= laws.hours_per_mql:
                    calling[seat] -= laws.hours_per_mql
                    flows[LEAD_HOURS_USED] += laws.hours_per_mql
                    call(p, luck, laws, anchors, flows, i, week)
                    continue
                p.response_hours[i] += HOURS_PER_WEEK
            if waited + 1 >= laws.silence_weeks:
                flows[LOST_SILENCE] += 1
                close_case(p, luck, i, week, OUTSIDE)
        elif seat >= 0:
            hours = min(p.pace[i], p.work_left[i])
            asked[seat] += hours
            spent = min(hours, selling[seat])
            selling[seat] -= spent
            flows[SELLING_HOURS_USED] += spent
            p.work_left[i] -= spent
            is_late = week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS
            is_behind = seats.booked_usd[seat] < seats.quota_usd[seat]
            progress = 1.0 - p.work_left[i] / p.effort[i]
            if progress > 1.0 - 1e-9 or (is_late and is_behind and progress >= PULL_FORWARD):
                decide(p, luck, laws, anchors, policy, seats, flows, cohort_wins, i, week, week_of_quarter)
        if p.stage[i] == OPPORTUNITY and week - p.stage_week[i] >= MAX_CYCLE_WEEKS:
            flows[LOST_DECISION] += 1
            close_case(p, luck, i, week, OUTSIDE)
    for s in range(n_seats):
        available = seats.selling_hours[s, week_of_quarter] + seats.lead_hours[s, week_of_quarter]
        if available > 0.0:
            seats.load[s] = 0.75 * seats.load[s] + 0.25 * min(asked[s] / available, 2.0)
            seats.overflow[s] += max(asked[s] - available, 0.0)
        seats.prospecting_hours[s] = selling[s] + calling[s]
        flows[PROSPECTING_HOURS] += selling[s] + calling[s]


@compiled
def run_quarter(
    p: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, first_week: int,
) -> None:  # fmt: skip
    """Run all accounts through one quarter; columns, the seats' last four arrays and `flows` change in place."""
    n = len(p.stage)
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
        for i in range(n):
            # 1. brand
            awareness = p.awareness[i] * policy.keep_awareness
            favourability = drifted(p.favourability[i], laws.indifference, policy.keep_favourability)
            is_noticed = uniform(luck.brand_noticed, i, week) < policy.reach
            if is_noticed:
                awareness = moved_toward(awareness, 1.0, laws.awareness_gain)
                favourability = moved_toward(favourability, policy.deserved, laws.favourability_gain)
            p.awareness[i] = awareness
            p.favourability[i] = favourability
            # 2. market entry: spells come by the calendar, whatever the account is doing, so that they are
            # the same in every scenario
            p.entry_left[i] -= policy.entry_hazard
            stage = p.stage[i]
            if p.entry_left[i] <= 0.0:
                p.episode[i] += 1
                p.entry_left[i] += exponential(uniform(luck.enters_market, i, p.episode[i]))
                if stage == OUTSIDE and week >= p.market_until[i]:
                    flows[SPELLS] += 1
                    begin_spell(p, luck, laws, i, week, is_filled)
            # 3. and 4. hands raised and qualified, accounts found; 8. customers
            if stage == OUTSIDE:
                if week < p.market_until[i]:
                    if is_noticed:
                        touch(p, i, MARKETING)
                    equity = awareness * favourability
                    boost = laws.nurture_boost if week < p.nurture_until[i] else 1.0
                    hazard = inquiry_hazard(
                        anchors.ready_rate, laws.brand_share, equity, anchors.equity, policy.activation[w], boost
                    )
                    flows[EXPECTED_READY] += hazard
                    p.inquiry_left[i] -= hazard
                    if p.inquiry_left[i] <= 0.0:
                        open_case(p, luck, i, next_case(p, i))
                        raise_hand(p, luck, laws, anchors, policy, seats, flows, i, week, True, is_filled)
                    else:
                        seat = p.owner[i]
                        if seat < 0 or not is_filled[seat]:
                            seat = territory(luck, i, is_filled)
                            p.owner[i] = seat
                        if seat >= 0:
                            hazard = found_hazard(
                                anchors.found_rate, reach_hours[seat], laws.prospecting_elasticity,
                                seats.productivity[seat], laws.warm_call_ratio, equity,
                            )  # fmt: skip
                            flows[EXPECTED_FOUND] += hazard
                            p.found_left[i] -= hazard
                            if p.found_left[i] <= 0.0:
                                flows[CREATED] += 1
                                flows[OPPORTUNITIES_SALES] += 1
                                open_case(p, luck, i, next_case(p, i))
                                touch(p, i, SALES)
                                begin_opportunity(p, luck, laws, anchors, i, week)
                else:
                    flows[EXPECTED_JUNK] += junk_hazard
                    p.idle_left[i] -= junk_hazard
                    if p.idle_left[i] <= 0.0:
                        p.idle_responses[i] += 1
                        p.idle_left[i] = exponential(uniform(luck.responds_idly, i, p.idle_responses[i]))
                        open_case(p, luck, i, p.idle_responses[i] * 2)
                        raise_hand(p, luck, laws, anchors, policy, seats, flows, i, week, False, is_filled)
            elif stage == CUSTOMER:
                flows[REVENUE_USD] += p.contract_usd[i] / WEEKS_PER_YEAR
                if week >= p.renewal_week[i]:
                    renew(p, luck, laws, anchors, flows, i, week)
            if p.stage[i] == MQL or p.stage[i] == OPPORTUNITY:
                active[n_active] = i
                n_active += 1
        # 5. follow-up, 6. selling, 7. decision
        serve(
            p, luck, laws, anchors, policy, seats, flows, cohort_wins, active, n_active, week, w, is_filled
        )
