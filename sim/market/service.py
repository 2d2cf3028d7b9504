"""Sales' week: who is served, in which order, until the hours are used up."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled, inlined
from sim.market.case import close_case, territory
from sim.market.codes import (
    DECIDED,
    LEAD_HOURS_USED,
    LOST_DECISION,
    LOST_SILENCE,
    MQL,
    OPPORTUNITY,
    OUTSIDE,
    PROSPECTING_HOURS,
    SELLING_HOURS_USED,
    Account,
    Case,
)
from sim.market.deal import decide
from sim.market.funnel import call
from sim.market.laws import LATE_WEEKS, MAX_CYCLE_WEEKS, PULL_FORWARD_WEEKS, Anchors, Floats, Laws, Policy, Seats
from sim.market.prospects import Table
from sim.periods import HOURS_PER_WEEK, WEEKS_PER_QUARTER
from sim.randomness import MarketLuck


@compiled
def serve(
    accounts: Table, cases: Table, awake: np.ndarray, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy,
    seats: Seats, flows: Floats, cohort_wins: Floats, week: int, week_of_quarter: int, is_filled: np.ndarray,
) -> None:  # fmt: skip
    """Sales' week: MQLs called and opportunities worked, per owner in keyed order, until the hours are used up."""
    n_seats = len(is_filled)
    selling = seats.selling_hours[:, week_of_quarter].copy()
    calling = seats.lead_hours[:, week_of_quarter].copy()
    asked = np.zeros(n_seats)
    order = np.empty(len(awake))
    with_sales = np.empty(len(awake), dtype=np.int32)
    n_with_sales = 0
    for row in awake:
        c = cases[row]
        a = accounts[c.account]
        if a.stage == MQL or a.stage == OPPORTUNITY:
            if a.owner < 0 or not is_filled[a.owner]:
                a.owner = territory(luck, c.account, is_filled)
            with_sales[n_with_sales] = row
            order[n_with_sales] = a.owner + c.precedence
            n_with_sales += 1
    in_order = with_sales[np.argsort(order[:n_with_sales])]
    for row in in_order:
        c = cases[row]
        serve_account(
            accounts[c.account], c, luck, laws, anchors, policy, seats, flows, cohort_wins, selling, calling, asked,
            week, week_of_quarter,
        )  # fmt: skip
    for s in range(n_seats):
        available = seats.selling_hours[s, week_of_quarter] + seats.lead_hours[s, week_of_quarter]
        if is_filled[s]:
            seats.load[s] = 0.75 * seats.load[s] + 0.25 * min(asked[s] / available, 2.0)
        seats.prospecting_hours[s] = selling[s] + calling[s]
        flows[PROSPECTING_HOURS] += selling[s] + calling[s]


@inlined
def serve_account(
    a: Account, c: Case, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, selling: Floats, calling: Floats, asked: Floats, week: int, week_of_quarter: int,
) -> None:  # fmt: skip
    """An account that is with sales takes its turn; `selling` and `calling` are the seats' hours that are left."""
    if a.stage == MQL:
        is_over = is_called(a, c, luck, laws, anchors, seats, flows, calling, asked, week)
        if not is_over and week - c.stage_week + 1 >= laws.silence_weeks:
            flows[LOST_SILENCE] += 1
            close_case(a, c, luck, c.account, week, OUTSIDE)
        return
    if a.owner >= 0:
        sell(a, c, luck, laws, anchors, policy, seats, flows, cohort_wins, selling, asked, week, week_of_quarter)
    if a.stage == OPPORTUNITY and week - c.stage_week >= MAX_CYCLE_WEEKS:
        flows[DECIDED] += 1
        flows[LOST_DECISION] += 1
        close_case(a, c, luck, c.account, week, OUTSIDE)


@inlined
def is_called(
    a: Account, c: Case, luck: MarketLuck, laws: Laws, anchors: Anchors, seats: Seats, flows: Floats, calling: Floats,
    asked: Floats, week: int,
) -> bool:  # fmt: skip
    """An MQL is called this week, if its owner means to, its time has come, and hours are left."""
    seat = a.owner
    if seat < 0 or not c.will_be_called or c.response_hours >= (week - c.stage_week + 1) * HOURS_PER_WEEK:
        return False
    asked[seat] += laws.hours_per_mql
    if calling[seat] < laws.hours_per_mql:
        c.response_hours += HOURS_PER_WEEK
        return False
    calling[seat] -= laws.hours_per_mql
    flows[LEAD_HOURS_USED] += laws.hours_per_mql
    seats.calling_hours[seat] += laws.hours_per_mql
    call(a, c, luck, laws, anchors, seats, flows, c.account, week)
    return True


@inlined
def sell(
    a: Account, c: Case, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, selling: Floats, asked: Floats, week: int, week_of_quarter: int,
) -> None:  # fmt: skip
    """A week of work on an opportunity, at the buyer's pace; it is decided when the work is done, or pulled forward."""
    seat = a.owner
    hours = min(c.pace, c.work_left)
    asked[seat] += hours
    spent = min(hours, selling[seat])
    selling[seat] -= spent
    flows[SELLING_HOURS_USED] += spent
    seats.hours_used[seat] += spent
    c.work_left -= spent
    is_late = week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS
    is_behind = seats.booked_usd[seat] < seats.quota_usd[seat]
    weeks_left = c.work_left / c.pace
    if weeks_left < 1e-9 or (is_late and is_behind and weeks_left <= PULL_FORWARD_WEEKS):
        decide(a, c, luck, laws, anchors, policy, seats, flows, cohort_wins, c.account, week, week_of_quarter)
