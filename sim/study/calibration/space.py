"""The constants that are fitted, each within what its source allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Constant:
    """One constant that is fitted: its setting, and the range that its source leaves."""

    name: str
    low: float
    high: float
    assumed: float  # before any fit
    why: str  # what the range rests on

    @property
    def assumed_share(self) -> float:
        """Where in its range the assumed value lies, 0..1."""
        return (self.assumed - self.low) / (self.high - self.low)


CONSTANTS = (
    Constant("market.value_slope", -0.45, -0.10, -0.15, "2 to 5 points of win rate per doubling [win-rate-by-value]"),
    Constant("market.cycle_sigma", 0.6, 1.5, 0.9, "sigma .9 to 1.5 in all, pace being a part [olist-cycle]"),
    Constant("market.reach_elasticity", 0.3, 0.9, 0.6, "concave, form of hill-saturation; assumed"),
    Constant("market.activation_elasticity", 0.2, 0.9, 0.5, "concave, form of hill-saturation; assumed"),
    Constant("market.content_elasticity", 0.2, 0.8, 0.5, "concave, form of hill-saturation; assumed"),
    Constant("market.brand_share_of_inquiries", 0.2, 0.7, 0.5, "assumed around one half [day-one-list]"),
    Constant("market.favourability_slope", 0.2, 1.6, 0.8, "a quarter to twice what was assumed [day-one-list]"),
    Constant("market.brand_half_life_months", 6.0, 30.0, 12.0, "silent brands [brand-half-life]"),
    Constant("market.prospecting_elasticity", 0.1, 0.6, 0.5, "falling returns to selling [albers-2010]"),
    Constant("market.warm_call_ratio", 0.0, 4.0, 2.0, "none to five times as warm; assumed"),
    Constant("market.delay_slope", 0.0, 1.5, 0.5, "none to three times what was assumed"),
    Constant("market.follow_up_decay", 0.2, 1.0, 0.5, "causal part of the decay [hbr-lead-odds]"),
    Constant("people.skill_sigma", 0.3, 0.6, 0.45, "cv .3 to .9 [rep-dispersion]"),
    Constant("people.skill_win_slope", 0.2, 1.0, 0.5, "win rates of salespeople [rep-win-dispersion]"),
    Constant("people.discount_habit", 0.3, 0.9, 0.5, "8% in an ordinary week, 16% at quarter-end [discount-depth]"),
    Constant("people.channel_drift", 0.08, 0.30, 0.15, "best over worst channel 2 to 6 [channel-spread]"),
    Constant("people.channel_fatigue", 0.0, 0.15, 0.1, "none to half as much again as was assumed"),
    Constant("people.conflict_median", 0.7, 1.9, 1.2, "low on average [massey-dawes-2007]"),
)
NAMES = tuple(constant.name for constant in CONSTANTS)

Point = Mapping[str, float]
"""A value for each constant."""


def overrides(point: Point) -> list[str]:
    """A point as settings."""
    return [f"{name}={value!r}" for name, value in point.items()]
