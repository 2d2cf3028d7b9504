"""The frozen reference population: people of the `medium` company under `typical` practices.

Strain is counted in SD of this population and is never re-normed in a run, so a company that wears its people
out shows it. The moments are measured by `experiments/e00_reference_moments` and stored here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.params import param

MEASURED = "reference-moments"


@dataclass(frozen=True)
class Moment:
    """Mean and sd of one condition of work, or of a state, in the reference population."""

    mean: float = param(0.0, unit="as measured in the reference population", low=-20, high=20, source=MEASURED)
    sd: float = param(
        1.0, unit="as measured in the reference population; what counts as one SD", low=0.001, high=20, source=MEASURED
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
        moved=1.0,
    )


@dataclass(frozen=True)
class SalesNorms:
    """Salespeople: strain, what demands of them, what helps them."""

    exhaustion: Moment = _moment(-0.039, 0.959)
    disengagement: Moment = _moment(0.004, 0.856)
    leaving: float = _leaving(0.0492)
    workload: Moment = _moment(0.57, 0.215)
    conflict: Moment = _moment(2.336, 0.736)
    ambiguity: Moment = _moment(0.02, 0.1)
    junk: Moment = _moment(0.276, 0.132)
    pressure: Moment = _moment(0.054, 0.086)
    travel: Moment = _moment(10.603, 4.206)
    support: Moment = _moment(0.702, 0.2)
    autonomy: Moment = _moment(0.8, 0.2)
    recognition: Moment = _moment(0.888, 0.636)
    clarity: Moment = _moment(0.389, 0.2)


@dataclass(frozen=True)
class MarketingNorms:
    """Marketers: strain, what demands of them, what helps them."""

    exhaustion: Moment = _moment(-0.04, 0.906)
    disengagement: Moment = _moment(-0.044, 0.826)
    leaving: float = _leaving(0.0419)
    workload: Moment = _moment(1.044, 0.2)
    conflict: Moment = _moment(2.414, 0.798)
    ambiguity: Moment = _moment(0.02, 0.1)
    pressure: Moment = _moment(0.054, 0.086)
    support: Moment = _moment(0.733, 0.2)
    autonomy: Moment = _moment(0.4, 0.2)
    use: Moment = _moment(0.625, 0.15)
    recognition: Moment = _moment(0.804, 0.2)
    clarity: Moment = _moment(0.389, 0.2)


@dataclass(frozen=True)
class LeaderNorms:
    """Leaders: strain, what demands of them, what helps them."""

    exhaustion: Moment = _moment(-0.096, 0.926)
    disengagement: Moment = _moment(-0.028, 0.919)
    leaving: float = _leaving(0.0234)
    workload: Moment = _moment(0.0, 0.5)
    conflict: Moment = _moment(2.494, 0.8)
    pressure: Moment = _moment(0.053, 0.086)
    autonomy: Moment = _moment(0.601, 0.2)
    clarity: Moment = _moment(0.389, 0.2)


@dataclass(frozen=True)
class NormsConfig:
    """Moments of the reference population, by group; mean trust in either direction."""

    sales: SalesNorms = field(default_factory=SalesNorms)
    marketing: MarketingNorms = field(default_factory=MarketingNorms)
    leaders: LeaderNorms = field(default_factory=LeaderNorms)
    trust_of_sales: Moment = _moment(0.49, 0.15)
    trust_of_marketing: Moment = _moment(0.416, 0.15)
