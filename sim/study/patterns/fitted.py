"""The patterns that constants are fitted to: none of them says who should lead, or what alignment does."""

from __future__ import annotations

import math

from sim.study.patterns.pattern import Pattern, Seen, ratio
from sim.study.patterns.pushes import elasticity
from sim.study.patterns.shapes import cycle_spread, hazard_slope, share_of_top, true_dispersion


def _per_doubling(seen: Seen) -> float:
    """Points of win rate per doubling of a deal's value, by least squares."""
    n, x, y = seen["deals"], seen["doublings"] / seen["deals"], seen["deals_won"] / seen["deals"]
    return float(100.0 * (seen["doublings_won"] / n - x * y) / (seen["doublings_sq"] / n - x * x))


CHANNELS = (
    Pattern(
        "P1a", "MQLs that are won within a year", "share", 0.03, 0.13, "mql-win-benchmarks",
        ratio("cohort_wins", "cohort_mqls"), typical=0.05,
    ),
    Pattern(
        "P1b", "the best channel's yield over the worst's", "multiple", 2.0, 6.0, "channel-spread",
        lambda seen: math.exp(seen["log_channel_ratio"] / seen["quarters"]), typical=3.5,
    ),
)  # fmt: skip
DEALS = (
    Pattern(
        "P2a", "spread of the time from MQL to win", "sd of ln days", 0.9, 1.5, "olist-cycle",
        lambda seen: cycle_spread(seen["ages"]),
    ),
    Pattern(
        "P2b", "chance to win by age, after its peak", "log-log slope", -1.4, -0.6, "olist-cycle",
        lambda seen: hazard_slope(seen["ages"], seen["mqls"]),
    ),
    Pattern(
        "P3a", "win rate", "share of closed", 0.20, 0.25, "win-rate-benchmarks", ratio("wins", "closed"),
        rests_on="the stated win rate",
    ),
    Pattern("P3b", "win rate by deal size", "points per doubling", -5.0, -2.0, "win-rate-by-value", _per_doubling),
    Pattern(
        "P8", "bookings in the last month of a quarter", "share; even: .33", 0.36, 0.65, "quarter-end",
        ratio("bookings_late", "bookings"), typical=0.45,
    ),
)  # fmt: skip
PEOPLE = (
    Pattern(
        "P4a", "differences of salespeople, less chance", "cv of wins a year", 0.4, 0.6, "rep-dispersion",
        lambda seen: true_dispersion(seen["seat_years"]),
    ),
    Pattern(
        "P4b", "wins of the best fifth of salespeople", "share", 0.35, 0.42, "rep-dispersion",
        lambda seen: share_of_top(seen["seat_years"]),
    ),
    Pattern(
        "P11a", "attrition of salespeople", "a year", 0.20, 0.35, "sales-turnover",
        ratio("left_sales", "seat_years_sales"), typical=0.30, rests_on="the stated rate",
    ),
    Pattern(
        "P11b", "attrition of marketers", "a year", 0.15, 0.25, "marketing-turnover",
        ratio("left_marketing", "seat_years_marketing"), rests_on="the stated rate",
    ),
    Pattern(
        "P15", "dysfunctional conflict of staff", "1 to 7", 2.0, 3.0, "massey-dawes-2007", ratio("conflict", "quarters")
    ),
)  # fmt: skip
ELASTICITIES = (
    Pattern(
        "P5a", "advertising, within two quarters", "% bookings per %", 0.05, 0.15, "sethuraman-2011",
        lambda seen: elasticity(seen, "budget", "short"),
    ),
    Pattern(
        "P5b", "advertising, after twenty quarters", "% bookings per %", 0.12, 0.41, "sethuraman-2011",
        lambda seen: elasticity(seen, "budget", "long"), typical=0.22,
    ),
    Pattern(
        "P6a", "selling, within two quarters", "% bookings per %", 0.20, 0.45, "albers-2010",
        lambda seen: elasticity(seen, "hours", "short"), typical=0.31,
    ),
    Pattern(
        "P6b", "selling, after twenty quarters", "% bookings per %", 0.25, 0.40, "albers-2010",
        lambda seen: elasticity(seen, "hours", "long"), typical=0.31,
    ),
)  # fmt: skip
FITTED = tuple(sorted((*CHANNELS, *DEALS, *PEOPLE, *ELASTICITIES), key=lambda pattern: (pattern.number, pattern.name)))
