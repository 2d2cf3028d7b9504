"""The company's past: the market's unknown constants, solved so that `today` yields the stated facts.

A consultant states revenue, win rate, cycle, inquiries; nobody can state "the weekly inquiry rate of an account
in market". So pilot worlds live through twelve years of `today` while the constants follow the stated facts
(stochastic approximation, averaged over the last years [PolyakJuditsky1992]). The states through which the pilots
go in the last years are what every seed's start is drawn from: a fixed point of the model itself, with its
pressure, vacancies, trust and selection, not of an approximation to it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.anchors import first_guess, followed, measured, misses, targets
from sim.config import CompanyConfig, SimConfig
from sim.market.channels import Channels, settled_channels
from sim.market.laws import N_FLOWS, Anchors, Floats
from sim.market.prospects import Prospects
from sim.org import attribution, content, desks, programmes
from sim.org.conflict import conflict_hours_per_week
from sim.org.leaders import Leaders, hired_leaders, steady_careers
from sim.org.planning import Plan, Planner
from sim.org.structure import MARKETING
from sim.past.memory import AVERAGED_QUARTERS, Memory
from sim.past.record import MakesPilot, Past, Pilot, Usual
from sim.periods import QUARTERS_PER_YEAR

PILOT_ACCOUNTS = 40_000  # accounts in all pilots of a company together
MOST_PILOTS = 16
SETTLING_QUARTERS = 24
FIRST_STEP, STEP = 0.5, 0.15  # share of a miss that the anchors make good a quarter


def booking_noise(company: CompanyConfig) -> float:
    """Relative sd of a quarter's bookings around plan: n wins of lognormal value, sqrt((1 + cv^2)/n)."""
    return math.exp(0.5 * company.deal_value_sigma**2) / math.sqrt(company.wins_per_quarter)


def usual_pressure(company: CompanyConfig) -> float:
    """Mean pressure when bookings are on plan: a year's bookings are noisy, and only shortfalls press.

    E max(0, -x) = .4 sd for a normal x; a year's noise is half a quarter's.
    """
    return min(0.4 * booking_noise(company) / math.sqrt(QUARTERS_PER_YEAR), 0.5)


def begun(config: SimConfig) -> Past:
    """A past that has not been lived: first guesses of the anchors, today's plan at its usual pressure."""
    pressure = usual_pressure(config.company)
    if config.mechanisms.clamp.pressure is not None:
        pressure = config.mechanisms.clamp.pressure
    if not config.mechanisms.pressure:
        pressure = 0.0
    planner = Planner(config, config.today)
    leaders = hired_leaders(planner.structure, config.people, config.mechanisms, None)
    cooperation = planner.cooperation_target(leaders, pressure)
    planner.settle(leaders, pressure, cooperation)
    plan = planner.decided(leaders, pressure, cooperation)
    insight = content.insight_target(config.people, config.pathways, config.today.practices, plan)
    channels, effect = remembered_channels(config, usual_efforts(config, planner, leaders, plan))
    usual = Usual(pressure, insight, channels=channels, channel_effect=effect)
    return Past(first_guess(config), plan, yardstick(config, plan, insight), usual)


def usual_efforts(config: SimConfig, planner: Planner, leaders: Leaders, today: Plan) -> Floats:
    """Mean effort in each programme under today, shape (4,): 1 but for people and leaders who come and go."""
    people, switches = config.people, config.mechanisms
    if switches.leader_departure:
        leaders.steady = steady_careers(planner.structure, people)
    plan = planner.decided(leaders, usual_pressure(config.company), today.cooperation)
    week = config.company.n_marketers * desks.staff_week(people)
    there = desks.usual_presence(people, switches, people.marketing_attrition_per_year)
    spare = [people.spare_hour_yield * float(p.spare[:, MARKETING].sum()) for p in (plan, today)]
    hours = (week * there + spare[0]) / (week + spare[1]) if week + spare[1] > 0.0 else 0.0
    return programmes.efforts(replace(plan, budget_shares=today.budget_shares), today, 1.0, hours, people)


def remembered_channels(config: SimConfig, efforts: Floats) -> tuple[tuple[Channels, ...], float]:
    """Channels as many years of today's use and experiments leave them, many times over; what they do on average."""
    people, today = config.people, config.today.practices
    seen = attribution.measurement(people, config.pathways, today, config.mechanisms.attribution)
    use, experiments = float(efforts[programmes.ACTIVATION]), float(efforts[programmes.EXPERIMENTS])
    states, effect = settled_channels(people, config.company.n_marketers, use, experiments, *seen)
    return states, effect if config.mechanisms.channels else 1.0


def yardstick(config: SimConfig, plan: Plan, insight: float) -> tuple[float, float]:
    """Share of hours left to salespeople and marketers under today, at the reference's trust and conflict."""
    people, pathways, today = config.people, config.pathways, config.today
    used = content.content_used(people, insight, config.norms.trust_of_sales.mean)
    supplied = content.supply(people, float(plan.coverage[content.CONTENT]), used)
    own = content.own_content_share(people, supplied, config.mechanisms.own_content)
    quarrels = conflict_hours_per_week(people, config.norms.sales.conflict.mean)
    quarrels = quarrels if config.mechanisms.conflict else 0.0
    crossover = today.roles.crossover
    return (
        desks.kept_by_sales(people, pathways, today.practices, crossover, own, quarrels),
        desks.kept_by_marketing(people, pathways, today.practices, crossover, quarrels),
    )


def mean_equity(prospects: Prospects) -> float:
    """Market mean of awareness x favourability, 0..1."""
    return float(np.mean(prospects.awareness * prospects.favourability))


def lived(config: SimConfig, make_pilot: MakesPilot) -> Past:
    """Live through the company's past: solve the anchors and remember what is usual."""
    start = begun(config)
    n_pilots = min(max(round(PILOT_ACCOUNTS / config.company.n_prospects), 1), MOST_PILOTS)
    pilots = [make_pilot(config, -1 - number, start) for number in range(n_pilots)]
    stated, anchors = targets(config), start.anchors
    kept: list[Anchors] = []
    recent: list[Floats] = []
    memory = Memory()
    for quarter in range(SETTLING_QUARTERS + AVERAGED_QUARTERS):
        recent = [*recent[1 - QUARTERS_PER_YEAR :], _advanced(pilots, anchors)]
        # A young past is followed by the quarter, a settled one by the year.
        window = recent if quarter >= 2 * QUARTERS_PER_YEAR else recent[-1:]
        off = misses(measured(np.mean(window, axis=0), n_pilots), stated)
        step = FIRST_STEP if quarter < 2 * QUARTERS_PER_YEAR else STEP
        equity = float(np.mean([mean_equity(pilot.prospects) for pilot in pilots]))
        anchors = followed(anchors, off, step)._replace(equity=anchors.equity + step * (equity - anchors.equity))
        if quarter >= SETTLING_QUARTERS:
            kept.append(anchors)
            memory.recall(pilots, quarter)
    for pilot in pilots:
        pilot.forget()
    settled = Anchors(*(float(x) for x in np.mean(np.array(kept), axis=0)))
    return Past(settled, start.today, start.kept, memory.usual(start.usual), memory.reservoir(config))


def _advanced(pilots: Sequence[Pilot], anchors: Anchors) -> Floats:
    flows = np.zeros(N_FLOWS)
    for pilot in pilots:
        pilot.anchors = anchors
        pilot.step()
        flows += pilot.flows_of_quarter()
    return flows
