"""The market's dynamics: how accounts enter, notice, inquire, buy, stay; and what rivals do."""

from __future__ import annotations

from dataclasses import dataclass

from sim.params import param

# Where buyers get used to discounts deep enough to show.
EXPECTED_AGAIN = "horizon_quarters=40 people.discount_later_cost=0 people.discount_habit=1"


@dataclass(frozen=True)
class MarketConfig:
    """Rules of the market that are the same for every company in it (`model.md`, section 5)."""

    name: str = "steady"
    in_market_share_per_quarter: float = param(
        0.05, unit="share of accounts a quarter", low=0.005, high=0.3, source="in-market-share"
    )
    volatility: float = param(
        0.0, unit="sd of quarterly log demand", low=0.0, high=1.0, source="nath-bharadwaj-2020", moved=0.2
    )
    growth_per_year: float = param(0.0, unit="a year", low=-0.3, high=0.5, source="assumed: steady market", moved=0.1)
    slow_spell_share: float = param(0.11, unit="share of spells", low=0.0, high=0.6, source="olist-cycle")
    fast_spell_weeks: float = param(
        8.0,
        unit="weeks, median",
        low=1,
        high=52,
        source="assumed: time to be captured; shape from olist-cycle",
    )
    fast_spell_sigma: float = param(0.7, unit="sd of ln weeks", low=0.0, high=2.0, source="olist-cycle")
    slow_spell_weeks: float = param(
        26.0,
        unit="weeks, median",
        low=4,
        high=104,
        source="assumed: time to be captured; shape from olist-cycle",
    )
    slow_spell_sigma: float = param(0.4, unit="sd of ln weeks", low=0.0, high=1.5, source="olist-cycle")

    brand_reach_per_week: float = param(
        0.08,
        unit="share of prospects a week at today's spend",
        low=0.001,
        high=0.6,
        source="assumed: media plans",
    )
    reach_elasticity: float = param(
        0.6, unit="% reach per % programme", low=0.1, high=1.0, source="assumed: concave; hill-saturation"
    )
    awareness_gain: float = param(
        0.15,
        unit="share of the gap per notice",
        low=0.01,
        high=0.9,
        source="assumed: steady awareness near .5",
    )
    favourability_gain: float = param(
        0.15, unit="share of the gap per notice", low=0.01, high=0.9, source="assumed: as awareness"
    )
    favourability_base: float = param(
        0.25,
        unit="favourability deserved without content or one story",
        low=0.0,
        high=1.0,
        source="assumed: below .5",
    )
    favourability_content: float = param(
        0.20,
        unit="favourability deserved by today's content",
        low=0.0,
        high=1.0,
        source="assumed: content and insight",
    )
    favourability_consistency: float = param(
        0.25,
        unit="favourability deserved by one story",
        low=0.0,
        high=1.0,
        source="assumed: quality x consistency",
    )
    content_elasticity: float = param(
        0.43,
        unit="% content stock per % programme",
        low=0.05,
        high=1.0,
        source="fitted, see docs/calibration; within hill-saturation",
    )
    content_adjustment: float = param(
        0.3,
        unit="share of the way a quarter",
        low=0.02,
        high=1.0,
        source="assumed: three quarters' lag",
        moved=1.0,
        where="org=merged_sales_led",
    )
    brand_half_life_months: float = param(
        12.0, unit="months", low=6, high=30, source="fitted, see docs/calibration; within brand-half-life", moved=7.0
    )
    customer_notice_per_week: float = param(
        0.10,
        unit="share of customers a week who notice us by using what they bought",
        low=0.0,
        high=1.0,
        source="assumed: service, invoices, releases",
        moved=0.5,
    )
    indifference: float = param(
        0.3, unit="favourability of an account left alone", low=0.0, high=0.9, source="assumed: below neutral"
    )
    share_of_voice: float = param(
        0.15,
        unit="share of category media at today's spend",
        low=0.01,
        high=0.9,
        source="assumed: challenger",
    )
    rivals_voice: float = param(
        1.0, unit="rivals' spend, multiple of usual", low=0.0, high=5.0, source="esov", moved=1.6
    )
    rivals_pull: float = param(
        1.0,
        unit="relative extra decay per share of voice lost",
        low=0.0,
        high=5.0,
        source="esov",
        where="org=merged_sales_led",
    )
    rivals_strength: float = param(
        0.0, unit="log odds of winning", low=-2.0, high=2.0, source="assumed: neutral", moved=0.4
    )
    activation_retention_per_month: float = param(
        0.72, unit="share left after a month", low=0.3, high=0.95, source="leone-1995"
    )
    activation_elasticity: float = param(
        0.5,
        unit="% inquiries per % programme",
        low=0.05,
        high=1.0,
        source="assumed: concave; hill-saturation",
    )
    brand_share_of_inquiries: float = param(
        0.42,
        unit="share at today's state",
        low=0.05,
        high=0.95,
        source="fitted, see docs/calibration; within day-one-list",
    )
    junk_share_of_inquiries: float = param(
        0.80,
        unit="share of inquiries from accounts not in market",
        low=0.0,
        high=0.98,
        source="hrmarketer-4-in-100",
    )
    fit_slope: float = param(0.5, unit="log odds per SD of fit", low=0.0, high=2.0, source="assumed: lead scoring")
    favourability_slope: float = param(
        0.8, unit="log odds per unit", low=0.0, high=4.0, source="assumed: half of the day-one list's"
    )
    day_one_odds_ratio: float = param(5.0, unit="odds ratio", low=1.0, high=12.0, source="day-one-list")
    value_slope: float = param(
        -0.27,
        unit="log odds per ln value",
        low=-0.6,
        high=0.2,
        source="fitted, see docs/calibration; within win-rate-by-value",
    )
    consistency_slope: float = param(
        0.6,
        unit="log odds per unit of message consistency",
        low=0.0,
        high=4.0,
        source="assumed: one story sells",
    )
    delay_slope: float = param(
        0.01,
        unit="log odds per multiple of the buyer's own pace",
        low=0.0,
        high=3.0,
        source="fitted, see docs/calibration",
        moved=3.0,
    )
    price_elasticity: float = param(-2.0, unit="%/%", low=-4.0, high=-0.5, source="bijmolt-2005")
    discount_brand_cost: float = param(
        0.3, unit="favourability lost per unit of discount", low=0.0, high=2.0, source="jedidi-1999"
    )
    reference_price_persistence: float = param(
        0.25,
        unit="share of a discount that is expected again",
        low=0.0,
        high=0.5,
        source="assumed: reference price",
        moved=0.5,
        where=EXPECTED_AGAIN,
    )
    reference_price_half_life_months: float = param(
        12.0,
        unit="months",
        low=2,
        high=48,
        source="assumed: reference price",
        moved=2.0,
        where=EXPECTED_AGAIN,
    )
    score_noise: float = param(1.0, unit="sd, log odds", low=0.0, high=4.0, source="assumed: MQL share of inquiries")
    junk_gap: float = param(
        2.2, unit="log odds between ready accounts and junk", low=0.0, high=6.0, source="assumed: MQL share"
    )
    junk_accept_ratio: float = param(
        0.04,
        unit="odds of acceptance against a ready account's",
        low=0.0,
        high=1.0,
        source="assumed: calls sort out",
    )
    accepted_share_of_mqls: float = param(
        0.30, unit="share at today's state", low=0.05, high=0.8, source="mql-accepted-benchmarks"
    )
    response_median_hours: float = param(24.0, unit="hours at half load", low=0.2, high=400, source="hbr-lead-audit")
    response_sigma: float = param(1.5, unit="sd of ln hours", low=0.0, high=3.0, source="hbr-lead-audit")
    follow_up_decay: float = param(
        0.22,
        unit="odds ~ (1 + hours)^-a",
        low=0.0,
        high=1.0,
        source="fitted, see docs/calibration; within hbr-lead-odds",
    )
    silence_weeks: int = param(
        4, unit="weeks until an MQL is lost", low=1, high=26, source="assumed: goes cold", moved=1
    )
    nurture_weeks: int = param(26, unit="weeks of nurture mail", low=0, high=104, source="assumed: two quarters")
    nurture_boost: float = param(
        2.0, unit="multiple of the inquiry rate", low=1.0, high=6.0, source="assumed: known and reminded"
    )
    nurture_cost_usd: float = param(
        25.0,
        unit="USD per nurtured lead",
        low=0.0,
        high=2_000,
        source="assumed: mail and content",
        moved=400.0,
    )
    warm_call_ratio: float = param(
        2.0,
        unit="extra yield of calling an account that knows and likes us",
        low=0.0,
        high=10,
        source="assumed: warm calls",
    )
    prospecting_elasticity: float = param(
        0.11,
        unit="% own opportunities per % hours",
        low=0.1,
        high=1.0,
        source="fitted, see docs/calibration; within albers-2010",
    )
    effort_sigma: float = param(0.6, unit="sd of ln hours", low=0.0, high=1.5, source="assumed: deal work")
    cycle_sigma: float = param(
        1.3, unit="sd of ln weeks", low=0.0, high=1.8, source="fitted, see docs/calibration; within olist-cycle"
    )
    size_exponent: float = param(
        0.5, unit="% hours and weeks per % value", low=0.0, high=1.0, source="sales-cycle-by-value"
    )
    renewal_favourability_slope: float = param(
        1.5, unit="log odds per unit", low=0.0, high=6.0, source="assumed: satisfaction and renewal"
    )
    renewal_promise_slope: float = param(
        1.0, unit="log odds per unit of overpromise", low=0.0, high=6.0, source="assumed: promises kept"
    )
    renewal_price_slope: float = param(
        0.5,
        unit="log odds per unit of the expected discount not given again",
        low=0.0,
        high=4.0,
        source="assumed: reference price",
        moved=4.0,
        where=EXPECTED_AGAIN,
    )
