"""What a structure leaves behind: the terminal value of customers, pipeline and brand."""

from __future__ import annotations

import math

import numpy as np

from sim.config import SimConfig
from sim.market.laws import N_FLOWS, Floats, Flow, Laws, Seats
from sim.market.prospects import Prospects
from sim.market.week import run_quarter
from sim.org import interface
from sim.org.desks import staff_week, usual_presence
from sim.org.programmes import Programmes
from sim.past import Past
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER
from sim.policy import entry_hazard, market_policy
from sim.randomness import MarketLuck

RUN_OFF_QUARTERS = 12


def run_off_usd(
    config: SimConfig,
    past: Past,
    laws: Laws,
    luck: MarketLuck,
    prospects: Prospects,
    seats: Seats,
    week: int,
    quarter: int,
) -> float:
    """Gross profit of the next 12 quarters, USD, discounted to the end of the last one run; changes nothing.

    Customers, pipeline and brand run on under one frozen policy, today's at its usual pressure with full teams,
    the same whatever structure left them behind. So a structure is credited with what accounts know, think and
    pay, and a bare sum over the horizon does not reward living off the brand.
    """
    prospects = prospects.copy()
    seats = usual_seats(config, past, seats)
    today = past.today
    # Stocks of marketing are frozen at today's level too.
    efforts: Floats = np.ones(len(today.budget_shares))
    hazard = entry_hazard(config, quarter, 1.0)
    policy = market_policy(config, config.today.practices, today, today, efforts, Programmes(), hazard)
    cohorts = np.zeros((week + RUN_OFF_QUARTERS * WEEKS_PER_QUARTER) // WEEKS_PER_QUARTER + 1)
    rate = 1.0 + config.company.discount_rate_per_year
    value = 0.0
    for ahead in range(1, RUN_OFF_QUARTERS + 1):
        flows = np.zeros(N_FLOWS)
        first_week = week + (ahead - 1) * WEEKS_PER_QUARTER
        run_quarter(prospects, luck, laws, past.anchors, policy, seats, flows, cohorts, first_week)
        value += flows[Flow.REVENUE_USD] * config.company.gross_margin * rate ** (-ahead / QUARTERS_PER_YEAR)
    return float(value)


def usual_seats(config: SimConfig, past: Past, seats: Seats) -> Seats:
    """A copy of the seats with the hours, skill and trust of today's steady team."""
    people = config.people
    seats = Seats(*(column.copy() for column in seats))
    hours = staff_week(people) * people.selling_share * usual_presence(people, config.mechanisms)
    if past.reservoir is not None:
        hours = past.reservoir.selling_hours
    seats.selling_hours[:] = hours
    seats.lead_hours[:] = hours * people.lead_work_share / people.selling_share
    seats.win_skill[:] = 0.0
    seats.productivity[:] = math.exp(0.5 * people.skill_sigma**2)
    seats.quota_usd[:] = 0.0
    trust = interface.trust_level(people, config.pathways, config.today.practices)
    seats.follow_up[:] = interface.follow_up_chance(trust, people.ignored_share)
    return seats
