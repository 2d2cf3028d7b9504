"""The anchors' arithmetic: what is stated, what is measured, how far off each fact is, and a step nearer to it."""

from __future__ import annotations

import math

import numpy as np

from sim.config import SimConfig
from sim.market.laws import Anchors, Floats, Flow
from sim.periods import DAYS_PER_WEEK, WEEKS_PER_QUARTER


def first_guess(config: SimConfig) -> Anchors:
    """Anchors of the right order of magnitude, to start from."""
    company, market = config.company, config.market
    outside = company.n_prospects - company.n_customers
    spells = outside * market.in_market_share_per_quarter
    ready = company.inquiries_per_quarter * (1.0 - market.junk_share_of_inquiries)
    junk = company.inquiries_per_quarter * market.junk_share_of_inquiries
    found = company.opportunities_per_quarter * company.sales_sourced_share
    sigma = company.deal_value_sigma
    return Anchors(
        ready_rate=0.12 * ready / spells / 0.6,
        junk_rate=junk / outside / WEEKS_PER_QUARTER,
        score_location=-3.0,
        accept_location=2.5,
        found_rate=0.03 * found / spells / 0.16,
        win_location=math.log(company.win_rate / (1.0 - company.win_rate)) - 1.0,
        value_location=math.log(company.acv_usd) - 0.5 * sigma**2,
        renewal_location=math.log(company.renewal_share_per_year / (1.0 - company.renewal_share_per_year)) - 0.5,
        pace_location=math.log(company.sales_cycle_days / DAYS_PER_WEEK),
        equity=0.25,
    )


def targets(config: SimConfig) -> Floats:
    """Stated facts in the order of `Anchors`: counts a quarter, shares, USD, ln weeks."""
    company, market = config.company, config.market
    return np.array(
        [
            company.inquiries_per_quarter * (1.0 - market.junk_share_of_inquiries),
            company.inquiries_per_quarter * market.junk_share_of_inquiries,
            company.mqls_per_quarter / company.inquiries_per_quarter,
            market.accepted_share_of_mqls,
            company.opportunities_per_quarter * company.sales_sourced_share,
            company.win_rate,
            company.acv_usd,
            company.renewal_share_per_year,
            math.log(company.sales_cycle_days / DAYS_PER_WEEK),
        ]
    )


IS_SHARE = np.array([False, False, True, True, False, True, False, True, False])
IS_LOG = np.array([False] * 8 + [True])


def measured(flows: Floats, n_pilots: int) -> Floats:
    """The same facts as simulated, from the pooled flows of some quarters' mean over pilots."""
    f = flows / n_pilots
    inquiries = f[Flow.CREATED_READY] + f[Flow.CREATED_JUNK]

    def ratio(top: Flow, bottom: Flow) -> float:
        return f[top] / f[bottom] if f[bottom] > 0.0 else math.nan

    return np.array(
        [
            f[Flow.EXPECTED_READY],
            f[Flow.EXPECTED_JUNK],
            f[Flow.MQLS] / inquiries if inquiries > 0.0 else math.nan,
            ratio(Flow.EXPECTED_ACCEPTED, Flow.MQLS),
            f[Flow.EXPECTED_FOUND],
            ratio(Flow.EXPECTED_WINS, Flow.DECIDED),
            ratio(Flow.EXPECTED_BOOKINGS_USD, Flow.EXPECTED_WINS),
            ratio(Flow.EXPECTED_RENEWED, Flow.RENEWALS_DUE),
            ratio(Flow.EXPECTED_LOG_CYCLE, Flow.EXPECTED_WINS),
        ]
    )


def misses(simulated: Floats, stated: Floats) -> Floats:
    """How far each fact is off on its own scale: log odds for shares, logs for counts; 0 where unmeasured."""
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(stated / (1.0 - stated)) - np.log(simulated / (1.0 - simulated))
        logs = np.log(stated) - np.log(simulated)
    off = np.where(IS_SHARE, odds, np.where(IS_LOG, stated - simulated, logs))
    return np.clip(np.where(np.isfinite(off), off, 0.0), -1.0, 1.0)


IS_RATE = np.array([True, True, False, False, True, False, False, False, False])


def followed(anchors: Anchors, off: Floats, step: float) -> Anchors:
    """Anchors a step nearer to the stated facts: rates by ratio, locations by difference."""
    now = np.array(anchors[:-1])
    moved = np.where(IS_RATE, now * np.exp(step * off), now + step * off)
    return Anchors(*[float(x) for x in (*moved, anchors.equity)])
