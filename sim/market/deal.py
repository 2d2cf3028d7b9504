"""The buyer's decisions: to buy, and each year to stay."""

from __future__ import annotations

import math

from sim.compiled import borrowing
from sim.market.case import close_case
from sim.market.codes import (
    BOOKINGS_USD,
    CHURNED_USD,
    CUSTOMER,
    CYCLE_WEEKS,
    DECIDED,
    DISCOUNT_SUM,
    DISCOUNT_USD,
    EXPANSION_USD,
    EXPECTED_BOOKINGS_USD,
    EXPECTED_LOG_CYCLE,
    EXPECTED_RENEWED,
    EXPECTED_WINS,
    FIRST_MARKETING_USD,
    LAST_MARKETING_USD,
    LATE_WON,
    LOG_CYCLE,
    LOST_DECISION,
    MARKETING,
    OUTSIDE,
    RECORDED_FIRST_USD,
    RECORDED_LAST_USD,
    RECORDED_SHARED_USD,
    RENEWALS_DUE,
    RENEWED,
    SHARED_MARKETING_USD,
    WON,
    Account,
    Case,
)
from sim.market.laws import LATE_WEEKS, Anchors, Floats, Laws, Policy, Seats
from sim.market.rules import discount, expected_discount, logistic, renewal_chance, win_log_odds
from sim.periods import WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import MarketLuck, uniform


@borrowing
def decide(
    a: Account, c: Case, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, seats: Seats, flows: Floats,
    cohort_wins: Floats, i: int, week: int, week_of_quarter: int,
) -> None:  # fmt: skip
    """The buyer decides: won or lost, at a discount that stays in memory."""
    seat = a.owner
    case = c.case
    quota = seats.quota_usd[seat]
    shortfall = min(max(1.0 - seats.booked_usd[seat] / quota, 0.0), 1.0) if quota > 0.0 else 0.0
    is_late = week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS and shortfall > 0.0
    given = discount(policy.discount_cap, policy.discount_habit, shortfall, is_late)
    expected = expected_discount(a.expected_discount, week - a.discount_week, laws.price_retention)
    equity = a.awareness * a.favourability
    value = laws.value_sigma * a.value_score
    weeks = week - c.stage_week + 1
    own_weeks = max(c.effort / c.pace, 1.0)
    delay = min(max(weeks / own_weeks - 1.0, 0.0), 3.0)
    log_odds = (
        win_log_odds(
            anchors.win_location, a.fit, laws.fit_slope, value, laws.value_slope,
            a.favourability, laws.favourability_slope, equity, laws.list_slope,
        )
        + seats.win_skill[seat]
        + policy.support
        + laws.consistency_slope * policy.consistency
        + laws.price_slope * (given - expected)
        - laws.delay_slope * delay
        - laws.rivals_strength
    )  # fmt: skip
    chance = logistic(log_odds)
    list_usd = math.exp(anchors.value_location + value)
    price = list_usd * (1.0 - given)
    flows[DECIDED] += 1
    flows[EXPECTED_WINS] += chance
    flows[EXPECTED_BOOKINGS_USD] += chance * price
    flows[EXPECTED_LOG_CYCLE] += chance * math.log(weeks)
    a.favourability = max(0.0, a.favourability - laws.discount_brand_cost * given * a.favourability)
    a.expected_discount = expected + laws.price_persistence * max(given - expected, 0.0)
    a.discount_week = week
    if uniform(luck.won, i, case) >= chance:
        flows[LOST_DECISION] += 1
        close_case(a, c, luck, i, week, OUTSIDE)
        return
    flows[WON] += 1
    flows[LATE_WON] += week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS
    flows[BOOKINGS_USD] += price
    flows[DISCOUNT_USD] += list_usd - price
    flows[DISCOUNT_SUM] += given
    flows[CYCLE_WEEKS] += weeks
    flows[LOG_CYCLE] += math.log(weeks)
    credit_sources(a, flows, price, uniform(luck.recorded, i, a.episode) < policy.logged_share)
    seats.booked_usd[seat] += price
    if c.mql_week >= 0 and week - c.mql_week < WEEKS_PER_YEAR:
        cohort = c.mql_week // WEEKS_PER_QUARTER
        if cohort < len(cohort_wins):  # compiled code would write beyond the horizon's end
            cohort_wins[cohort] += 1
    a.contract_usd = price
    a.renewal_week = week + WEEKS_PER_YEAR
    a.overpromise = 1.0 - policy.consistency
    a.market_until = week
    close_case(a, c, luck, i, week, CUSTOMER)


@borrowing
def credit_sources(a: Account, flows: Floats, price: float, is_recorded: bool) -> None:
    """Bookings credited to marketing under three rules, over the true touch log and as the company records it.

    Where the two functions' data are not joined an account's marketing touches are missing, and sales has it all.
    """
    touches = a.marketing_touches + a.sales_touches
    first = price if a.first_touch == MARKETING else 0.0
    last = price if a.last_touch == MARKETING else 0.0
    shared = price * a.marketing_touches / touches if touches > 0 else 0.0
    flows[FIRST_MARKETING_USD] += first
    flows[LAST_MARKETING_USD] += last
    flows[SHARED_MARKETING_USD] += shared
    if is_recorded:
        flows[RECORDED_FIRST_USD] += first
        flows[RECORDED_LAST_USD] += last
        flows[RECORDED_SHARED_USD] += shared


@borrowing
def renew(a: Account, luck: MarketLuck, laws: Laws, anchors: Anchors, flows: Floats, i: int, week: int) -> None:
    """A contract year ends: the customer renews, perhaps for more, or leaves."""
    missed = expected_discount(a.expected_discount, week - a.discount_week, laws.price_retention)
    chance = renewal_chance(
        anchors.renewal_location, a.favourability, laws.renewal_favourability_slope,
        a.overpromise, laws.renewal_promise_slope, missed, laws.renewal_price_slope,
    )  # fmt: skip
    flows[RENEWALS_DUE] += 1
    flows[EXPECTED_RENEWED] += chance
    year = a.contract_year
    a.contract_year += 1
    if uniform(luck.renewed, i, year) < chance:
        flows[RENEWED] += 1
        flows[EXPANSION_USD] += a.contract_usd * laws.expansion
        a.contract_usd *= 1.0 + laws.expansion
        a.renewal_week = week + WEEKS_PER_YEAR
    else:
        flows[CHURNED_USD] += a.contract_usd
        a.contract_usd = 0.0
        a.stage = OUTSIDE
        a.market_until = week
