"""The funnel's gates: a hand raised is scored, an MQL is called."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.market.case import author_of, begin_opportunity, close_case, count_touch, nurture, territory, touch
from sim.market.codes import (
    ACCEPTED,
    CONTACTED,
    CREATED,
    CREATED_JUNK,
    CREATED_READY,
    DISQUALIFIED,
    EXPECTED_ACCEPTED,
    JUNK_HOURS,
    MARKETING,
    MQL,
    MQLS,
    OPPORTUNITIES_MARKETING,
    OUTSIDE,
    RESPONSE_HOURS,
    SALES,
    Account,
)
from sim.market.laws import Anchors, Floats, Laws, Policy, Seats
from sim.market.rules import accept_chance, estimated_chance, moved_toward, response_hours
from sim.randomness import MarketLuck, normal, uniform


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
            seats.passed[a.owner, a.author] += 1
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
def call(
    a: Account, luck: MarketLuck, laws: Laws, anchors: Anchors, seats: Seats, flows: Floats, i: int, week: int
) -> None:
    """The owner calls an MQL: an opportunity, nurture, or disqualified as junk."""
    case = a.case
    is_ready = week < a.market_until
    seats.called[a.owner, a.author] += 1
    flows[CONTACTED] += 1
    flows[RESPONSE_HOURS] += a.response_hours
    count_touch(a, SALES)
    a.awareness = moved_toward(a.awareness, 1.0, laws.awareness_gain)
    chance = accept_chance(
        anchors.accept_location, laws.fit_slope, a.fit, is_ready, laws.junk_accept_ratio,
        a.response_hours, laws.follow_up_decay,
    )  # fmt: skip
    flows[EXPECTED_ACCEPTED] += chance
    if uniform(luck.accepted, i, case) < chance:
        flows[ACCEPTED] += 1
        seats.real[a.owner, a.author] += 1
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
        seats.junk_hours[a.owner] += laws.hours_per_mql
    close_case(a, luck, i, week, OUTSIDE)
