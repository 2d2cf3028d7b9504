"""The compiled loop: all accounts through the weeks of a quarter.

Each week has two passes. The first goes over every account: brand, entry, hands raised, renewals. The second
goes over the few that are with sales, served per owner in a keyed order until the hours are used up.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.compiled import compiled, record
from sim.market.case import begin_opportunity, begin_spell, next_case, open_case, territory, touch
from sim.market.codes import (
    CREATED,
    CUSTOMER,
    EXPECTED_FOUND,
    EXPECTED_JUNK,
    EXPECTED_READY,
    MARKETING,
    MQL,
    OPPORTUNITIES_SALES,
    OPPORTUNITY,
    OUTSIDE,
    REVENUE_USD,
    SALES,
    SPELLS,
)
from sim.market.deal import renew
from sim.market.funnel import raise_hand
from sim.market.laws import Anchors, Floats, Laws, Policy, Seats
from sim.market.prospects import Prospects
from sim.market.rules import drifted, found_hazard, inquiry_hazard, moved_toward
from sim.market.service import serve
from sim.periods import WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import MarketLuck, exponential, uniform

Record = np.ndarray  # one record, see `sim.compiled.record`


@compiled
def _run_quarter(
    p: Prospects, luck_record: Record, laws_record: Record, anchors_record: Record, policy_record: Record,
    seats: Seats, flows: Floats, cohort_wins: Floats, first_week: int, begin: int, end: int,
) -> None:  # fmt: skip
    luck, laws, anchors, policy = luck_record[0], laws_record[0], anchors_record[0], policy_record[0]
    n = len(p)
    n_seats = seats.selling_hours.shape[0]
    active = np.empty(n, dtype=np.int64)
    is_filled = np.empty(n_seats, dtype=np.bool_)
    reach_hours = np.empty(n_seats)
    for w in range(begin, end):
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
    cohort_wins: Floats, first_week: int, begin: int = 0, end: int = WEEKS_PER_QUARTER,
) -> None:  # fmt: skip
    """Run all accounts through one quarter; columns, the seats' changing arrays and `flows` change in place.

    `first_week` is the quarter's; of its weeks 0 to 12 only those from `begin` to before `end` may be asked for.
    """
    constants = (_kept_record(luck), _kept_record(laws), _kept_record(anchors), record(policy))
    _run_quarter(p, *constants, seats, flows, cohort_wins, first_week, begin, end)


@lru_cache(maxsize=256)
def _kept_record(constants: MarketLuck | Laws | Anchors) -> Record:
    """The record of numbers that stay for a whole run."""
    return record(constants)
