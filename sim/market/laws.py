"""What the compiled loop is told: the market's laws, the company's anchors, this quarter's policy and seats."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.config import CompanyConfig, MarketConfig
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_YEAR, weekly_retention

Floats = npt.NDArray[np.float64]


class Anchors(NamedTuple):
    """Unknown constants of the market, solved so that `today` yields the stated facts (`sim.past`)."""

    ready_rate: float  # inquiries a week of an account in market at today's brand and activation
    junk_rate: float  # idle responses a week of an account out of market
    score_location: float  # log odds
    accept_location: float  # log odds of an immediate call's success
    found_rate: float  # finds a week of an account in market at one prospecting hour per 1,000 accounts
    win_location: float  # log odds
    value_location: float  # ln USD, list price of the median account
    renewal_location: float  # log odds
    pace_location: float  # ln weeks, median length of the buyer's own process
    equity: float  # mean awareness x favourability under today


class Laws(NamedTuple):
    """Constants of one run that no decision moves, from `MarketConfig` and `CompanyConfig`."""

    awareness_gain: float
    favourability_gain: float
    customer_notice: float
    indifference: float
    brand_share: float
    nurture_boost: float
    nurture_weeks: int
    warm_call_ratio: float
    prospecting_elasticity: float
    fit_slope: float
    junk_gap: float
    junk_accept_ratio: float
    follow_up_decay: float
    response_sigma: float
    response_median_hours: float
    silence_weeks: int
    opportunity_share: float
    hours_per_mql: float
    hours_per_opportunity: float
    effort_sigma: float
    cycle_sigma: float
    size_exponent: float
    size_norm: float
    value_sigma: float
    value_slope: float
    favourability_slope: float
    list_slope: float
    delay_slope: float
    rivals_strength: float
    price_slope: float
    discount_brand_cost: float
    price_persistence: float
    price_retention: float
    renewal_favourability_slope: float
    renewal_promise_slope: float
    renewal_price_slope: float
    expansion: float
    slow_spell_share: float
    fast_spell_log_weeks: float
    fast_spell_sigma: float
    slow_spell_log_weeks: float
    slow_spell_sigma: float
    consistency_slope: float


def price_slope(company: CompanyConfig, market: MarketConfig) -> float:
    """Log odds of winning per unit of discount: elasticity/(1 - p) at the stated win rate p."""
    return -market.price_elasticity / (1.0 - company.win_rate)


def laws_of(company: CompanyConfig, market: MarketConfig) -> Laws:
    """The market's constants for one company."""
    marketing_opportunities = company.opportunities_per_quarter * (1.0 - company.sales_sourced_share)
    accepted = company.mqls_per_quarter * market.accepted_share_of_mqls
    # E[(v/mean v)^e] of a lognormal: keeps the mean hours of an opportunity at the stated ones.
    e, sigma = market.size_exponent, company.deal_value_sigma
    return Laws(
        awareness_gain=market.awareness_gain,
        favourability_gain=market.favourability_gain,
        customer_notice=market.customer_notice_per_week,
        indifference=market.indifference,
        brand_share=market.brand_share_of_inquiries,
        nurture_boost=market.nurture_boost,
        nurture_weeks=market.nurture_weeks,
        warm_call_ratio=market.warm_call_ratio,
        prospecting_elasticity=market.prospecting_elasticity,
        fit_slope=market.fit_slope,
        junk_gap=market.junk_gap,
        junk_accept_ratio=market.junk_accept_ratio,
        follow_up_decay=market.follow_up_decay,
        response_sigma=market.response_sigma,
        response_median_hours=market.response_median_hours,
        silence_weeks=market.silence_weeks,
        opportunity_share=min(1.0, marketing_opportunities / accepted),
        hours_per_mql=company.hours_per_mql,
        hours_per_opportunity=company.hours_per_opportunity,
        effort_sigma=market.effort_sigma,
        cycle_sigma=market.cycle_sigma,
        size_exponent=e,
        size_norm=math.exp(0.5 * (e * sigma) ** 2),
        value_sigma=sigma,
        value_slope=market.value_slope,
        favourability_slope=market.favourability_slope,
        list_slope=math.log(market.day_one_odds_ratio),
        delay_slope=market.delay_slope,
        rivals_strength=market.rivals_strength,
        price_slope=price_slope(company, market),
        discount_brand_cost=market.discount_brand_cost,
        price_persistence=market.reference_price_persistence,
        price_retention=weekly_retention(market.reference_price_half_life_months * WEEKS_PER_MONTH),
        renewal_favourability_slope=market.renewal_favourability_slope,
        renewal_promise_slope=market.renewal_promise_slope,
        renewal_price_slope=market.renewal_price_slope,
        expansion=company.expansion_per_year,
        slow_spell_share=market.slow_spell_share,
        fast_spell_log_weeks=math.log(market.fast_spell_weeks),
        fast_spell_sigma=market.fast_spell_sigma,
        slow_spell_log_weeks=math.log(market.slow_spell_weeks),
        slow_spell_sigma=market.slow_spell_sigma,
        consistency_slope=market.consistency_slope,
    )


class Policy(NamedTuple):
    """What the company does this quarter, as far as the market feels it."""

    entry_hazard: float  # spells a week per account
    reach: float  # probability a week that an account notices the brand
    deserved: float  # favourability that an account which notices moves to
    keep_awareness: float  # share left after a week unnoticed, rivals included
    keep_favourability: float
    activation: Floats  # (13,), level of activation against today's
    bar: float  # p*, estimated win chance that makes a lead an MQL
    nurture_bar: float
    score_noise: float  # SD, log odds
    response_factor: float  # multiple of the median response time
    discount_cap: float
    discount_habit: float
    consistency: float  # 0..1
    support: float  # log odds of winning from leaders' deal support
    logged_share: float  # share of accounts whose marketing touches are recorded


class Seats(NamedTuple):
    """Salespeople's seats; arrays of shape (n_seats,) unless stated. The loop updates those from `booked_usd` on."""

    selling_hours: Floats  # (n_seats, 13), worth of hours a week for opportunities
    lead_hours: Floats  # (n_seats, 13), hours a week for MQLs
    productivity: Floats  # multiple of the yield of prospecting hours
    win_skill: Floats  # log odds
    follow_up: Floats  # (n_seats, n_marketers), probability of taking up a lead of that marketer
    quota_usd: Floats  # this quarter
    booked_usd: Floats  # this quarter so far
    load: Floats  # hours asked / hours available, smoothed
    prospecting_hours: Floats  # last week's hours left over for own prospecting
    hours_used: Floats  # hours on opportunities, this quarter
    junk_hours: Floats  # hours on leads that were none, this quarter
    calling_hours: Floats  # hours on MQLs, this quarter
    passed: Floats  # (n_seats, n_marketers), MQLs of a marketer passed to a seat, this quarter
    called: Floats  # (n_seats, n_marketers), of them called
    real: Floats  # (n_seats, n_marketers), of them accepted


class Flow(IntEnum):
    """Counts and sums of one quarter, in the order of the loop's array."""

    CREATED = 0
    CREATED_READY = 1
    CREATED_JUNK = 2
    MQLS = 3
    CONTACTED = 4
    ACCEPTED = 5
    OPPORTUNITIES_MARKETING = 6
    OPPORTUNITIES_SALES = 7
    WON = 8
    LOST_SILENCE = 9
    LOST_DECISION = 10
    DISQUALIFIED = 11
    NURTURED = 12
    BOOKINGS_USD = 13
    DISCOUNT_USD = 14
    DISCOUNT_SUM = 15
    REVENUE_USD = 16
    RENEWALS_DUE = 17
    RENEWED = 18
    CHURNED_USD = 19
    EXPANSION_USD = 20
    RESPONSE_HOURS = 21
    CYCLE_WEEKS = 22
    LATE_WON = 23
    FIRST_MARKETING_USD = 24
    LAST_MARKETING_USD = 25
    SHARED_MARKETING_USD = 26
    SPELLS = 27
    JUNK_HOURS = 28
    SELLING_HOURS_USED = 29
    LEAD_HOURS_USED = 30
    PROSPECTING_HOURS = 31
    # Expected values beside the counts: what the anchors are solved on, with less noise.
    EXPECTED_READY = 32
    EXPECTED_JUNK = 33
    EXPECTED_FOUND = 34
    EXPECTED_ACCEPTED = 35
    DECIDED = 36
    EXPECTED_WINS = 37
    EXPECTED_BOOKINGS_USD = 38
    EXPECTED_RENEWED = 39
    EXPECTED_LOG_CYCLE = 40
    LOG_CYCLE = 41
    # What the company records, which moves trust, pay and beliefs, and nothing else.
    RECORDED_FIRST_USD = 42
    RECORDED_LAST_USD = 43
    RECORDED_SHARED_USD = 44


N_FLOWS = len(Flow)
LATE_WEEKS = 3  # weeks before quarter-end in which a quota presses
PULL_FORWARD_WEEKS = 2  # of the buyer's own process: a deal this close can be closed early at quarter-end
MAX_CYCLE_WEEKS = 2 * WEEKS_PER_YEAR  # an opportunity this old is lost to no decision
