"""What is seen of a company in one future and in many, and estimates of patterns from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.compose import compose, sim_config
from sim.config import SimConfig
from sim.past import Past
from sim.study.patterns.pattern import Pattern, Seen
from sim.study.patterns.pushes import bookings_in_silence, bookings_of_pushes
from sim.study.patterns.watched import sighted
from sim.study.statistics import LEVEL, Estimate, t_quantile

COUNTS = ("ages", "seat_years")
"""What is seen as counts, of one length; all else are sums."""


def reference_company(*overrides: str, config_dir: str | Path | None = None) -> SimConfig:
    """The company that patterns are looked at in: under today's own structure, going on as it is."""
    today = compose(overrides, config_dir).resolved["company"]["today"]["org"]
    return sim_config(f"org={today}", *overrides, config_dir=config_dir)


def fitted_in(config: SimConfig, seed: int, past: Past) -> dict[str, Any]:
    """What the fitted patterns need of one future: watched as it is, and under each push."""
    return sighted(config, seed, past) | bookings_of_pushes(config, seed, past)


def seen_in(config: SimConfig, seed: int, past: Past) -> dict[str, Any]:
    """All that can be seen of one company in one future; what compares worlds is beyond it."""
    return fitted_in(config, seed, past) | bookings_in_silence(config, seed, past)


def pooled(futures: Sequence[Seen]) -> Seen:
    """Several futures added up."""
    return {name: sum(seen[name] for seen in futures) for name in futures[0]}


def estimate(pattern: Pattern, futures: Sequence[Seen], level: float = LEVEL) -> Estimate:
    """A pattern's value over all futures, with a jackknife interval: each future is left out once."""
    whole, n = pooled(futures), len(futures)
    value = _value(pattern, whole)
    if n < 2:
        return Estimate(value, np.nan, np.nan, n)
    without = np.array([_value(pattern, {name: whole[name] - seen[name] for name in whole}) for seen in futures])
    half = t_quantile(n, level) * float(np.sqrt((n - 1) * without.var()))
    return Estimate(value, value - half, value + half, n)


def _value(pattern: Pattern, seen: Seen) -> float:
    """A pattern's value; NaN where there was too little to see, as of a company without a deal."""
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            return pattern.value(seen)
    except (ZeroDivisionError, ValueError):
        return np.nan
