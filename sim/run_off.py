"""What a structure leaves behind: the terminal value of customers, pipeline and brand."""

from __future__ import annotations

import math

import numpy as np

from sim.config import SimConfig
from sim.market.laws import N_FLOWS, Floats, Flow, Laws, Seats
from sim.market.prospects import Prospects
from sim.market.week import run_quarter
from sim.org import content
from sim.org.desks import staff_week, usual_presence
from sim.org.programmes import Programmes
from sim.org.trust import OF_SALES, follow_up_chance
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
    market_size: float,
) -> float:
    """Gross profit of the next 12 quarters, USD, discounted to the end of the last one run; changes nothing.

    Customers, pipeline and brand run on under one frozen policy, today's at its usual pressure with full teams,
    the same whatever structure, teams or budgets left them behind. So a structure is credited with what accounts
    know, think and pay, and a bare sum over the horizon does not reward living off the brand. `config` is the
    company as it was at the start, in the market as it is now.
    """
    prospects = prospects.copy()
    seats = usual_seats(config, past, seats)
    prospects.owner[prospects.owner >= len(seats.load)] = -1  # the loop finds them another
    today = past.today
    # Stocks of marketing are frozen at today's level too.
    efforts: Floats = np.ones(len(today.budget_shares))
    usual = past.usual
    stocks = Programmes(usual.activation, usual.content, usual.insight)
    hazard = entry_hazard(config.market, market_size, 1.0)
    policy = market_policy(
        config, config.today.practices, today, today, efforts, stocks, usual.channel_effect,
        usual_consistency(config, past), hazard,
    )  # fmt: skip
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
    """As many seats as today, with the hours, skill and trust of today's steady team."""
    people, n = config.people, config.company.n_salespeople
    rows = np.minimum(np.arange(n), len(seats.load) - 1)  # the last seat stands for those that are missing
    seats = Seats(*[column[rows] for column in seats])
    there = usual_presence(people, config.mechanisms, people.sales_attrition_per_year)
    hours = staff_week(people) * people.selling_share * there
    if past.reservoir is not None:
        hours = past.reservoir.selling_hours
    seats.selling_hours[:] = hours
    seats.lead_hours[:] = hours * people.lead_work_share / people.selling_share
    seats.win_skill[:] = 0.0
    seats.productivity[:] = math.exp(0.5 * people.skill_sigma**2)
    seats.quota_usd[:] = 0.0
    seats.follow_up[:] = follow_up_chance(past.usual.trust[0, OF_SALES], people.ignored_share)
    return seats


def usual_consistency(config: SimConfig, past: Past) -> float:
    """Message consistency under today, 0..1."""
    people, usual, today = config.people, past.usual, past.today
    used = content.content_used(people, usual.insight, float(usual.trust[0, OF_SALES]))
    supplied = content.supply(people, float(today.coverage[content.CONTENT]), used)
    return content.message_consistency(people, config.pathways, config.today.practices, supplied, today.cross_domain)
