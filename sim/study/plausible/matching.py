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
from sim.study.statistics import Estimate, t_quantile


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


def implausibilities(
    looked: Mapping[str, Sequence[Seen]], errors: Mapping[str, float] | None = None
) -> tuple[dict[str, Implausibility], dict[str, float]]:
    """Every world's, from futures of its company, at least two; and each pattern's standard error, pooled over worlds.

    Of few futures a world's own error is hardly known: taken by itself it would make the noisiest worlds plausible.
    `errors` that are given are used instead. What can't be seen rules nothing out.
    """
    found = {name: [estimate(pattern, futures) for pattern in FITTED] for name, futures in looked.items()}
    errors = errors or {
        pattern.name: _pooled([of_world[place] for of_world in found.values()]) for place, pattern in enumerate(FITTED)
    }
    return {name: _worst(of_world, errors) for name, of_world in found.items()}, dict(errors)


def _pooled(found: Sequence[Estimate]) -> float:
    """Root of the mean square of standard errors; 0 where none is known."""
    known = [((at.high - at.mean) / t_quantile(at.n)) ** 2 for at in found if at.has_interval]
    return math.sqrt(sum(known) / len(known)) if known else 0.0


def _worst(found: Sequence[Estimate], errors: Mapping[str, float]) -> Implausibility:
    distances = [
        Implausibility(abs(at.mean - pattern.aim) / math.hypot(pattern.spread, errors[pattern.name]), pattern.name)
        for at, pattern in zip(found, FITTED, strict=True)
        if math.isfinite(at.mean)
    ]
    return max(distances, key=lambda one: one.distance, default=Implausibility(0.0, ""))
