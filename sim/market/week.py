"""The compiled loop: all accounts through the weeks of a quarter.

Accounts at rest are taken from event to event (`sim.market.rest`). Those that are awake live each week in two
passes: brand, entry, hands raised, renewals by account; then those with sales are served per owner in a keyed order
until the hours are used up (`sim.market.service`).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim.compiled import borrowing, compiled, inlined, record
from sim.market.awake import Rows, everybody_else, kept_awake, sorted_out, with_woken
from sim.market.brand import Brand, brand_of, hear
from sim.market.calendar import WEEK, Week, add_revenue, foresee, woken
from sim.market.case import begin_opportunity, begin_spell, idle_case, next_case, open_case, territory, touch
from sim.market.codes import (
    CREATED,
    CUSTOMER,
    EXPECTED_FOUND,
    EXPECTED_JUNK,
    EXPECTED_READY,
    MARKETING,
    OPPORTUNITIES_SALES,
    OUTSIDE,
    REVENUE_USD,
    SALES,
    SPELLS,
    Account,
    Case,
)
from sim.market.deal import renew
from sim.market.funnel import hand_over, inquire, respond_idly
from sim.market.laws import Anchors, Floats, Laws, Policy, Seats
from sim.market.prospects import CASE, Prospects, Table
from sim.market.rest import rest
from sim.market.rules import cold_find_rate, found_hazard, inquiry_hazard, moved_toward
from sim.market.service import serve
from sim.periods import WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import MarketLuck, exponential, uniform

Record = np.ndarray  # one record, see `sim.compiled.record`
Filled = npt.NDArray[np.bool_]


NOTHING, INQUIRES, RESPONDS_IDLY, IS_FOUND = 0, 1, 2, 3  # what happens to an account before sales serve it


@compiled
def _run_quarter(
    accounts: Table, kept: Table, cases: Table, weeks: Table, luck_record: Record, laws_record: Record,
    anchors_record: Record, policy_record: Record, seats: Seats, flows: Floats, cohort_wins: Floats,
    first_week: int, begin: int, end: int,
) -> Rows:  # fmt: skip
    """Run the weeks; `kept` are the cases so far, the returned rows of `cases` those at the end, by account."""
    luck, laws, anchors, policy = luck_record[0], laws_record[0], anchors_record[0], policy_record[0]
    brand = brand_of(laws, policy)
    following = np.empty(len(accounts), dtype=np.int32)
    foresee(weeks, anchors, policy)
    awake = kept_awake(accounts, kept, cases, first_week + begin)
    sleepers = everybody_else(cases, awake, len(accounts))
    rest(accounts, sleepers, luck, laws, anchors, policy, brand, weeks, following, flows, first_week, begin, end)
    n_rows, n_idle = len(awake), 0
    free = np.empty(0, dtype=np.int32)
    for w in range(begin, end):
        week = first_week + w
        awake, free, n_rows = with_woken(cases, awake, free, n_rows, woken(weeks[w], following))
        is_filled = seats.selling_hours[:, w] + seats.lead_hours[:, w] > 0.0
        cold_rate = cold_rates(anchors, laws, seats, len(accounts), is_filled)
        expected_ready, expected_found = live_week(
            accounts, cases, awake, luck, laws, anchors, policy, brand, seats, flows, is_filled, cold_rate, weeks[w],
            week,
        )  # fmt: skip
        flows[EXPECTED_READY] += expected_ready
        flows[EXPECTED_FOUND] += expected_found
        n_idle += weeks[w].n_idle_more
        flows[EXPECTED_JUNK] += (n_idle + weeks[w].n_idle) * weeks[w].junk_hazard
        flows[REVENUE_USD] += (weeks[w].revenue_usd + weeks[w].rounding_usd) / WEEKS_PER_YEAR
        serve(accounts, cases, awake, luck, laws, anchors, policy, seats, flows, cohort_wins, week, w, is_filled)
        if w + 1 < end:
            awake, tired = sorted_out(accounts, cases, awake, week + 1)
            rest(
                accounts, cases["account"][tired], luck, laws, anchors, policy, brand, weeks, following, flows,
                first_week, w + 1, end,
            )  # fmt: skip
            free = np.concatenate((free, tired))
    return awake


@compiled
def cold_rates(anchors: Anchors, laws: Laws, seats: Seats, n_prospects: int, is_filled: Filled) -> Floats:
    """What each seat finds a week in an account that does not know the brand, with last week's hours to spare."""
    rates = np.zeros(len(is_filled))
    n_filled = is_filled.sum()
    for seat in range(len(is_filled)):
        hours = seats.prospecting_hours[seat] * n_filled / n_prospects * 1000.0 if is_filled[seat] else 0.0
        rates[seat] = cold_find_rate(anchors.found_rate, hours, laws.prospecting_elasticity, seats.productivity[seat])
    return rates


@borrowing
def live_week(
    accounts: Table, cases: Table, awake: Rows, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy,
    brand: Brand, seats: Seats, flows: Floats, is_filled: Filled, cold_rate: Floats, coming: Week, week: int,
) -> tuple[float, float]:  # fmt: skip
    """The week of all who are awake before sales serve them; the hazards of inquiries and finds that they met."""
    expected_ready, expected_found = 0.0, 0.0
    for row in awake:
        c = cases[row]
        i = c.account
        a = accounts[i]
        happens, ready, found = what_happens(
            a, c, i, luck, laws, anchors, policy, brand, flows, is_filled, cold_rate, coming, week
        )
        if happens == IS_FOUND:
            be_found(a, c, luck, laws, anchors, flows, i, week)
        elif happens != NOTHING:
            # 4. qualified
            is_ready = happens == INQUIRES
            open_case(c, luck, i, next_case(a) if is_ready else idle_case(a.idle_responses))
            if inquire(a, c, luck, laws, anchors, policy, flows, i, week, is_ready):
                hand_over(a, c, luck, laws, policy, seats, flows, i, week, is_ready, is_filled)
        expected_ready += ready
        expected_found += found
    return expected_ready, expected_found


@inlined
def what_happens(
    a: Account, c: Case, i: int, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, brand: Brand,
    flows: Floats, is_filled: Filled, cold_rate: Floats, coming: Week, week: int,
) -> tuple[int, float, float]:  # fmt: skip
    """One account's week before sales serve it: what happens, and the hazards that it met of an inquiry and a find."""
    stage = a.stage
    # 1. brand
    is_noticed = hear(a, i, luck, brand, stage == CUSTOMER, week)
    # 2. market entry: spells come by the calendar, whatever the account is doing, so that they are the same in
    # every scenario
    a.entry_left -= policy.entry_hazard
    if a.entry_left <= 0.0:
        a.episode += 1
        a.entry_left += exponential(uniform(luck.enters_market, i, a.episode))
        if stage == OUTSIDE and week >= a.market_until:
            flows[SPELLS] += 1
            begin_spell(a, c, luck, laws, i, week, is_filled)
    # 3. hands raised, accounts found; 8. customers
    if stage == CUSTOMER:
        add_revenue(coming, a.contract_usd)
        if week >= a.renewal_week:
            renew(a, luck, laws, anchors, flows, i, week)
    elif stage == OUTSIDE and week < a.market_until:
        if is_noticed:
            touch(a, MARKETING)
        return seek(a, c, i, luck, laws, anchors, is_filled, cold_rate, coming.activation, week)
    elif stage == OUTSIDE:
        coming.n_idle += 1
        a.idle_left -= coming.junk_hazard
        if a.idle_left <= 0.0:
            respond_idly(a, luck, i)
            return RESPONDS_IDLY, 0.0, 0.0
    return NOTHING, 0.0, 0.0


@inlined
def seek(
    a: Account, c: Case, i: int, luck: MarketLuck, laws: Laws, anchors: Anchors, is_filled: Filled, cold_rate: Floats,
    activation: float, week: int,
) -> tuple[int, float, float]:  # fmt: skip
    """A week in market: the account raises its hand, or else may be found by the salesperson of its territory."""
    equity = a.awareness * a.favourability
    boost = laws.nurture_boost if week < a.nurture_until else 1.0
    ready = inquiry_hazard(anchors.ready_rate, laws.brand_share, equity, anchors.equity, activation, boost)
    c.inquiry_left -= ready
    if c.inquiry_left <= 0.0:
        return INQUIRES, ready, 0.0
    if a.owner < 0 or not is_filled[a.owner]:
        a.owner = territory(luck, i, is_filled)
    if a.owner < 0:
        return NOTHING, ready, 0.0
    found = found_hazard(cold_rate[a.owner], laws.warm_call_ratio, equity)
    c.found_left -= found
    return IS_FOUND if c.found_left <= 0.0 else NOTHING, ready, found


@borrowing
def be_found(
    a: Account, c: Case, luck: MarketLuck, laws: Laws, anchors: Anchors, flows: Floats, i: int, week: int
) -> None:
    """A salesperson finds an account that is ready: a lead, and an opportunity at once."""
    open_case(c, luck, i, next_case(a))
    flows[CREATED] += 1
    flows[OPPORTUNITIES_SALES] += 1
    touch(a, SALES)
    a.awareness = moved_toward(a.awareness, 1.0, laws.awareness_gain)
    begin_opportunity(a, c, luck, laws, anchors, i, week)


def run_quarter(
    prospects: Prospects, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, first_week: int, begin: int = 0, end: int = WEEKS_PER_QUARTER,
) -> None:  # fmt: skip
    """Run all accounts through one quarter; they, the seats' changing arrays and `flows` change in place.

    `first_week` is the quarter's; of its weeks 0 to 12 only those from `begin` to before `end` may be asked for.
    """
    constants = (_kept_record(luck), _kept_record(laws), _kept_record(anchors), record(policy))
    # Room for a case of everybody: what is not used is never touched, so it costs no memory.
    cases = np.empty(len(prospects), dtype=CASE)
    rows = _run_quarter(
        prospects.accounts,
        prospects.cases,
        cases,
        np.zeros(end + 1, dtype=WEEK),
        *constants,
        seats,
        flows,
        cohort_wins,
        first_week,
        begin,
        end,
    )
    prospects.cases = cases[rows]


@lru_cache(maxsize=256)
def _kept_record(constants: MarketLuck | Laws | Anchors) -> Record:
    """The record of numbers that stay for a whole run."""
    return record(constants)
