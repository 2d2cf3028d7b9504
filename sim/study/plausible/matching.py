"""Which worlds are plausible: those in which the company shows the patterns that are known of companies like it.

A world's implausibility is its largest distance to a pattern that constants are fitted to, in sd of what the range of
the literature and the sampling error of its futures allow together [Vernon2010]. It is measured in the world itself,
not guessed from others: looking at a future takes half a second.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.config import SimConfig
from sim.study.patterns.fitted import FITTED
from sim.study.patterns.pattern import Seen
from sim.study.patterns.sightings import estimate, reference_company
from sim.study.plausible.prior import Prior, World
from sim.study.statistics import t_quantile


@dataclass(frozen=True)
class Implausibility:
    """How far off a world is, in sd, and in which pattern."""

    distance: float
    pattern: str


def references(
    prior: Prior, worlds: Mapping[str, World], overrides: Sequence[str], config_dir: str | Path | None = None
) -> dict[str, SimConfig]:
    """Each world's company in which patterns are looked at: of one size and market, under its own structure."""
    chosen = [f"{group}={name}" for group, name in prior.reference.items()]
    company = reference_company(*overrides, *chosen, config_dir=config_dir)
    return {name: prior.applied(company, world) for name, world in worlds.items()}


def implausibility(futures: Sequence[Seen]) -> Implausibility:
    """Of a world whose company was looked at in these futures; at least two. What can't be seen rules nothing out."""
    found = []
    for pattern in FITTED:
        at = estimate(pattern, futures)
        error = (at.high - at.mean) / t_quantile(len(futures))
        distance = abs(at.mean - pattern.aim) / math.hypot(pattern.spread, error)
        found.append(Implausibility(distance, pattern.name) if math.isfinite(distance) else Implausibility(0.0, ""))
    return max(found, key=lambda one: one.distance)
