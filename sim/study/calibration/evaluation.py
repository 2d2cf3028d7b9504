"""One point of the space, evaluated: what the model shows there of every pattern that is fitted to."""

from __future__ import annotations

from sim.model import past_of
from sim.study.calibration.space import Point, overrides
from sim.study.patterns.fitted import FITTED
from sim.study.patterns.sightings import estimate, fitted_in, reference_company
from sim.study.statistics import t_quantile


def evaluated(point: Point, n_seeds: int) -> dict[str, float]:
    """Value of every pattern at a point, and behind `NAME/error` its standard error; the same seeds everywhere."""
    config = reference_company(*overrides(point))
    past = past_of(config)
    futures = [fitted_in(config, seed, past) for seed in range(n_seeds)]
    found = {}
    for pattern in FITTED:
        value = estimate(pattern, futures)
        found[pattern.name] = value.mean
        found[f"{pattern.name}/error"] = (value.high - value.mean) / t_quantile(n_seeds)
    return found


def misfit(values: dict[str, float]) -> float:
    """Sum over patterns of the squared distance to what is typical, in sd of what the literature's range allows."""
    return sum(((values[p.name] - p.aim) / p.spread) ** 2 for p in FITTED)
