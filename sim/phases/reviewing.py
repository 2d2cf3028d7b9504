"""The quarter's review: attainment, credit, trust, conflict, insight, channels, skills; the pressure that follows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.market.laws import Flow
from sim.org import attribution, conflict, content, learning, pay, trust
from sim.org.conditions import standardised
from sim.org.horizon import pressure_of
from sim.org.programmes import ACTIVATION, CONTENT, EXPERIMENTS
from sim.org.structure import MARKETING, SALES

if TYPE_CHECKING:
    from sim.model import GoToMarket


def attainment_is_paid(model: GoToMarket) -> None:
    """Bookings against quota and plan: commission, and the pressure on everybody."""
    seats, flows = model.seats, model.flows_of_quarter()
    model.payout = pay.mean_payout(
        model.config.people, model.config.pathways, model.practices, seats.booked_usd, seats.quota_usd
    )
    model.history = [*model.history[1:], (float(flows[Flow.BOOKINGS_USD]), model.plan_usd())]
    model.pressure = pressure(model)


def credit_is_given(model: GoToMarket) -> None:
    """The record of the quarter's wins, and how fair each function finds it."""
    config = model.config
    model.credit.recall(model.flows_of_quarter(), config.people.attribution, config.mechanisms.attribution)
    model.unfair = attribution.unfairness(model.credit, config.people, config.pathways, model.practices)


def trust_grows(model: GoToMarket) -> None:
    """People remember how real leads were, how much of their work was used, and how fairly credit was given."""
    people, seats = model.config.people, model.seats
    if not model.is_marketing_staffed:
        return
    sizes = (model.sales.n, model.marketing.n)
    contact = trust.contact_rate(people, model.config.pathways, model.practices, sizes)
    lived = trust.experience(
        people,
        trust.pooled_share(seats.real, seats.called, people.hearsay_leads),
        trust.pooled_share(seats.called, seats.passed, people.hearsay_leads),
        trust.promised_share(people, model.practices),
        model.content_used,
        model.unfair,
    )
    model.trust.grow(people, contact, lived)
    hold_trust(model)


def hold_trust(model: GoToMarket) -> None:
    """Trust at its clamp, or at the reference's mean where the mechanism is off."""
    clamp, norms = model.config.mechanisms.clamp.trust, model.config.norms
    if clamp is not None:
        model.trust.level[:] = clamp
    elif not model.config.mechanisms.trust:
        model.trust.level[trust.OF_SALES] = norms.trust_of_sales.mean
        model.trust.level[trust.OF_MARKETING] = norms.trust_of_marketing.mean


def people_quarrel(model: GoToMarket) -> None:
    """Conflict of each person with the other function, after this quarter's trust, pressure and credit."""
    people, switches, norms = model.config.people, model.config.mechanisms, model.config.norms
    if not switches.conflict or not model.is_marketing_staffed:
        for team in (model.sales, model.marketing):
            team.conflict = np.full(team.n, conflict.LOWEST)
        return
    has_relief = switches.single_unit and model.planner.structure.is_single_unit
    relief = people.single_unit_relief if has_relief else 0.0
    quarter = len(model.rows)
    for team, usual_trust, group in (
        (model.sales, norms.trust_of_sales, norms.sales),
        (model.marketing, norms.trust_of_marketing, norms.marketing),
    ):
        pressing, unfair = float(standardised(model.pressure, group.pressure)), float(model.unfair[team.function])
        team.conflict = conflict.quarrels(
            people, model.luck, quarter, team, model.trust, usual_trust, pressing, unfair, relief
        )


def work_is_learned_from(model: GoToMarket) -> None:
    """Insight and content move on, channels tire and are tried, leaders and staff learn by doing."""
    people, pathways, switches = model.config.people, model.config.pathways, model.config.mechanisms
    insight = model.programmes.insight
    if switches.insight:
        insight = content.insight_target(people, pathways, model.practices, model.plan)
        insight *= 1.0 if model.is_marketing_staffed else 0.0
    model.programmes.advance_slow(float(model.efforts[CONTENT]), insight, model.config.market, people)
    if switches.channels:
        _channels_move(model)
    if switches.learning and model.leaders.steady is None:
        leaders = model.leaders
        leaders.skill = learning.learned(
            people, leaders.skill, leaders.potential, model.planner.practice(leaders), leaders.presence()
        )
    pace = learning.crossover_pace(people, pathways, model.practices, model.chosen.roles.crossover)
    if pace > 0.0:
        for team in (model.sales, model.marketing):
            team.crossover = team.crossover + pace * (people.crossover_yield - team.crossover)


def _channels_move(model: GoToMarket) -> None:
    people, efforts = model.config.people, model.efforts
    is_there = model.marketing.is_filled if model.is_marketing_staffed else np.zeros(0, dtype=bool)
    shares = model.channels.shares(people, is_there)
    number = len(model.rows)
    model.channels.pass_quarter(
        people, model.luck, number, shares, float(efforts[ACTIVATION]), float(efforts[EXPERIMENTS])
    )
    if not is_there.any():
        return
    seen = attribution.measurement(people, model.config.pathways, model.practices, model.config.mechanisms.attribution)
    model.channels.learn(people, model.luck, number, is_there, *seen)


def channel_effect(model: GoToMarket) -> float:
    """What a dollar of activation does this quarter, as money is split by belief; 1 while the mechanism is off.

    Pilots get the long-run mean: their channels are too few to stand for all.
    """
    if not model.config.mechanisms.channels:
        return 1.0
    if model.is_pilot:
        return model.past.usual.channel_effect
    is_there = model.marketing.is_filled if model.is_marketing_staffed else np.zeros(0, dtype=bool)
    return model.channels.effectiveness(model.channels.shares(model.config.people, is_there))


def pressure(model: GoToMarket) -> float:
    """Shortfall of the last year's bookings against plan, in [0, .5]; 0 while the mechanism is off."""
    switches = model.config.mechanisms
    if switches.clamp.pressure is not None:
        return switches.clamp.pressure
    if not switches.pressure:
        return 0.0
    booked, planned = (sum(column) for column in zip(*model.history, strict=True))
    return pressure_of(booked, planned)


def mean_trust(model: GoToMarket) -> float:
    """Mean trust of all pairs in both directions, 0..1."""
    return model.trust.mean()


def mean_conflict(model: GoToMarket) -> float:
    """Mean conflict of all staff who are there, 1-7; the lowest where there is nobody to quarrel with."""
    mean = conflict.staff_conflict(model.sales, model.marketing).mean
    return conflict.LOWEST if math.isnan(mean) else mean


def quits_are_felt(model: GoToMarket, left: dict[int, np.ndarray]) -> None:
    """Somebody new sits where somebody was trusted; `left` says per function which seats changed hands."""
    sales, marketing = left[SALES], left[MARKETING]
    if model.is_marketing_staffed:
        is_new = (sales[:, None] | marketing[None, :]).astype(np.float64)
        model.trust.newcomers_come(model.config.people, model.luck, model.sales.person, model.marketing.person, is_new)
        hold_trust(model)
        if marketing.any() and model.config.mechanisms.channels:
            model.channels.forget(marketing)
