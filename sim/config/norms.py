"""The frozen reference population: people of the `medium` company under `typical` practices.

Strain is counted in SD of this population and is never re-normed in a run, so a company that wears its people
out shows it. The moments are measured by `experiments/e00_reference_moments` and stored here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.params import param

MEASURED = "reference-moments"
ELSEWHERE = "org.posts.head_of_sales.mandate=0.5"  # where no condition is by design at the reference's mean


@dataclass(frozen=True)
class Moment:
    """Mean and sd of one condition of work, or of a state, in the reference population."""

    mean: float = param(
        0.0, unit="as measured in the reference population", low=-20, high=20, source=MEASURED, where=ELSEWHERE
    )
    sd: float = param(
        1.0,
        unit="as measured in the reference population; what counts as one SD",
        low=0.001,
        high=20,
        source=MEASURED,
        where=ELSEWHERE,
    )


def _moment(mean: float, sd: float) -> Any:
    return field(default_factory=lambda: Moment(mean, sd))


def _leaving(value: float) -> Any:
    return param(
        value,
        unit="k: ln of the mean of exp(slope x exhaustion), so that the stated attrition holds",
        low=-2.0,
        high=2.0,
        source=MEASURED,
        moved=-2.0,
    )


@dataclass(frozen=True)
class SalesNorms:
    """Salespeople: strain, what demands of them, what helps them."""

    exhaustion: Moment = _moment(-0.083, 0.964)
    disengagement: Moment = _moment(-0.026, 0.873)
    leaving: float = _leaving(0.0340)
    workload: Moment = _moment(0.568, 0.275)
    conflict: Moment = _moment(2.468, 0.829)
    ambiguity: Moment = _moment(0.031, 0.1)
    junk: Moment = _moment(0.272, 0.136)
    pressure: Moment = _moment(0.108, 0.136)
    travel: Moment = _moment(9.981, 4.186)
    support: Moment = _moment(0.674, 0.2)
    autonomy: Moment = _moment(0.8, 0.2)
    recognition: Moment = _moment(0.82, 0.651)
    clarity: Moment = _moment(0.394, 0.2)


@dataclass(frozen=True)
class MarketingNorms:
    """Marketers: strain, what demands of them, what helps them."""

    exhaustion: Moment = _moment(-0.019, 0.927)
    disengagement: Moment = _moment(-0.033, 0.848)
    leaving: float = _leaving(0.0518)
    workload: Moment = _moment(1.046, 0.2)
    conflict: Moment = _moment(2.547, 0.837)
    ambiguity: Moment = _moment(0.031, 0.1)
    pressure: Moment = _moment(0.11, 0.137)
    support: Moment = _moment(0.707, 0.2)
    autonomy: Moment = _moment(0.4, 0.2)
    use: Moment = _moment(0.622, 0.15)
    recognition: Moment = _moment(0.786, 0.2)
    clarity: Moment = _moment(0.394, 0.2)


@dataclass(frozen=True)
class LeaderNorms:
    """Leaders: strain, what demands of them, what helps them."""

    exhaustion: Moment = _moment(-0.036, 0.915)
    disengagement: Moment = _moment(-0.027, 0.865)
    leaving: float = _leaving(0.0443)
    workload: Moment = _moment(0, 0.5)
    conflict: Moment = _moment(2.626, 0.8)
    pressure: Moment = _moment(0.105, 0.133)
    autonomy: Moment = _moment(0.6, 0.2)
    clarity: Moment = _moment(0.394, 0.2)


@dataclass(frozen=True)
class NormsConfig:
    """Moments of the reference population, by group; mean trust in either direction."""

    sales: SalesNorms = field(default_factory=SalesNorms)
    marketing: MarketingNorms = field(default_factory=MarketingNorms)
    leaders: LeaderNorms = field(default_factory=LeaderNorms)
    trust_of_sales: Moment = _moment(0.489, 0.15)
    trust_of_marketing: Moment = _moment(0.414, 0.15)
