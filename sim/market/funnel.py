"""The funnel's gates: a hand raised is scored, an MQL is handed over and called."""

from __future__ import annotations

import numpy as np

from sim.compiled import borrowing
from sim.market.case import (
    author_of,
    begin_opportunity,
    close_case,
    count_touch,
    idle_case,
    nurture,
    territory,
    touch,
)
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
    Case,
)
from sim.market.laws import Anchors, Floats, Laws, Policy, Seats
from sim.market.rules import accept_chance, estimated_chance, moved_toward, response_hours
from sim.randomness import MarketLuck, exponential, normal, uniform


@borrowing
def inquire(
    a: Account, c: Case, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, flows: Floats,
    i: int, week: int, is_ready: bool,
) -> bool:  # fmt: skip
    """An inquiry is scored: whether it is above the bar and so an MQL; below it is nurtured or dropped."""
    c.score = estimate(a, i, luck, laws, anchors, policy, c.case, is_ready)
    if c.score >= policy.bar:
        count_inquiry(a, flows, is_ready)
        return True
    turn_away(a, laws, policy, flows, week, c.score, is_ready)
    close_case(a, c, luck, i, week, OUTSIDE)
    return False


@borrowing
def is_passed_over(
    a: Account, i: int, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, flows: Floats, week: int
) -> bool:
    """An idle response of an account at rest, if it is below the bar; above it nothing happens yet."""
    score = estimate(a, i, luck, laws, anchors, policy, idle_case(a.idle_responses + 1), False)
    if score >= policy.bar:
        return False
    respond_idly(a, luck, i)
    turn_away(a, laws, policy, flows, week, score, False)
    a.attempts += 1  # as in `close_case`
    return True


@borrowing
def respond_idly(a: Account, luck: MarketLuck, i: int) -> None:
    """One more response from out of market, and a threshold for the next."""
    a.idle_responses += 1
    a.idle_left = exponential(uniform(luck.responds_idly, i, a.idle_responses))


@borrowing
def estimate(
    a: Account, i: int, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, case: int, is_ready: bool
) -> float:
    """The chance of winning that marketing sees in an inquiry."""
    noise = policy.score_noise * normal(uniform(luck.score_noise, i, case))
    return estimated_chance(anchors.score_location, laws.fit_slope, a.fit, is_ready, laws.junk_gap, noise)


@borrowing
def count_inquiry(a: Account, flows: Floats, is_ready: bool) -> None:
    """A lead is created."""
    flows[CREATED] += 1
    flows[CREATED_READY if is_ready else CREATED_JUNK] += 1
    touch(a, MARKETING)


@borrowing
def turn_away(a: Account, laws: Laws, policy: Policy, flows: Floats, week: int, score: float, is_ready: bool) -> None:
    """A lead below the bar is nurtured or dropped."""
    count_inquiry(a, flows, is_ready)
    if score >= policy.nurture_bar:
        nurture(a, laws, flows, week)
    else:
        flows[DISQUALIFIED] += 1


@borrowing
def hand_over(
    a: Account, c: Case, luck: MarketLuck, laws: Laws, policy: Policy, seats: Seats, flows: Floats,
    i: int, week: int, is_ready: bool, is_filled: np.ndarray,
) -> None:  # fmt: skip
    """An MQL gets an owner in sales, who takes it up or not, and so a time at which it will be called."""
    case = c.case
    flows[MQLS] += 1
    if a.owner < 0 or not is_filled[a.owner] or not is_ready:
        a.owner = territory(luck, i, is_filled)
    c.author = author_of(luck, i, seats.follow_up.shape[1])
    a.stage = MQL
    c.stage_week = week
    c.mql_week = week
    load = seats.load[a.owner] if a.owner >= 0 else 1.0
    c.response_hours = response_hours(
        laws.response_median_hours, load, policy.response_factor, laws.response_sigma,
        uniform(luck.response_time, i, case),
    )  # fmt: skip
    c.will_be_called = 1
    if a.owner >= 0:
        seats.passed[a.owner, c.author] += 1
        c.will_be_called = uniform(luck.followed_up, i, case) < seats.follow_up[a.owner, c.author]


@borrowing
def call(
    a: Account, c: Case, luck: MarketLuck, laws: Laws, anchors: Anchors, seats: Seats, flows: Floats,
    i: int, week: int,
) -> None:  # fmt: skip
    """The owner calls an MQL: an opportunity, nurture, or disqualified as junk."""
    case = c.case
    is_ready = week < a.market_until
    seats.called[a.owner, c.author] += 1
    flows[CONTACTED] += 1
    flows[RESPONSE_HOURS] += c.response_hours
    count_touch(a, SALES)
    a.awareness = moved_toward(a.awareness, 1.0, laws.awareness_gain)
    chance = accept_chance(
        anchors.accept_location, laws.fit_slope, a.fit, is_ready, laws.junk_accept_ratio,
        c.response_hours, laws.follow_up_decay,
    )  # fmt: skip
    flows[EXPECTED_ACCEPTED] += chance
    if uniform(luck.accepted, i, case) < chance:
        flows[ACCEPTED] += 1
        seats.real[a.owner, c.author] += 1
        if uniform(luck.becomes_opportunity, i, case) < laws.opportunity_share:
            flows[OPPORTUNITIES_MARKETING] += 1
            begin_opportunity(a, c, luck, laws, anchors, i, week)
            return
        nurture(a, laws, flows, week)
    elif is_ready:
        nurture(a, laws, flows, week)
    else:
        flows[DISQUALIFIED] += 1
        flows[JUNK_HOURS] += laws.hours_per_mql
        seats.junk_hours[a.owner] += laws.hours_per_mql
    close_case(a, c, luck, i, week, OUTSIDE)
