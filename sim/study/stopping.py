"""How many futures are enough: looks at 16, 32, 64, ... until every difference is known as precisely as was asked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.study.looks import looking
from sim.study.statistics import LEVEL, Estimate, by_seed, paired_difference, t_quantile


@dataclass(frozen=True)
class Assessment:
    """What is known at a look of all differences to the reference, in the outcome's unit."""

    outcome: str
    n_seeds: int
    wanted: float  # half-width asked for
    widest: str  # scenario whose difference is known least precisely
    half_width: float  # its
    seeds_needed: int  # for it, from its variance so far; 0 if it is precise enough, or if no number would do
    differences: Mapping[str, Estimate]  # by scenario; 95% intervals that hold at all looks together

    @property
    def is_reached(self) -> bool:
        """Whether every difference is as precise as was asked."""
        return self.half_width <= self.wanted


def assess(
    runs: pd.DataFrame, outcome: str, reference: str, precision: float, n_looks: int, level: float = LEVEL
) -> Assessment:
    """Look at all differences to the reference; `precision` is a share of the reference's mean, such as .02.

    Half-widths are those of paired t intervals that hold at all looks together (`sim.study.looks`). Stopping at a width
    makes the variance that is seen a little too small; dividing the level by the looks more than makes up for it
    (docs/statistics.md).
    """
    table = by_seed(runs, outcome)
    control = table[reference]
    wanted = precision * abs(float(control.mean()))
    with looking(n_looks):
        differences = {name: paired_difference(table[name], control, level) for name in table.columns.drop(reference)}
        widths = {name: _half_width(estimate) for name, estimate in differences.items()}
        widest = max(widths, key=lambda name: widths[name], default=reference)
        half_width, needed = widths.get(widest, 0.0), 0
        if 0 < wanted < half_width < math.inf:  # where the reference's mean is 0 no share of it is ever reached
            needed = seeds_needed(table[widest] - control, wanted, level)
    return Assessment(outcome, len(table), wanted, widest, half_width, needed, differences)


def seeds_needed(differences: pd.Series | np.ndarray, half_width: float, level: float = LEVEL) -> int:
    """How many futures an interval of that half-width takes, from the variance of the differences so far.

    The least n with t(n - 1) s / sqrt(n) <= half_width; raises `ValueError` below two differences or for no width.
    """
    known = np.asarray(differences, dtype=float)
    known = known[~np.isnan(known)]
    if len(known) < 2 or not half_width > 0:
        raise ValueError(f"{len(known)} differences, half-width {half_width}: must be at least 2, and above 0")
    spread = float(known.std(ddof=1))
    low, high = 2, 2
    while t_quantile(high, level) * spread / math.sqrt(high) > half_width:
        low, high = high, 2 * high
    while low < high:
        middle = (low + high) // 2
        if t_quantile(middle, level) * spread / math.sqrt(middle) <= half_width:
            high = middle
        else:
            low = middle + 1
    return high


def _half_width(estimate: Estimate) -> float:
    """Infinite where nothing is known yet."""
    return (estimate.high - estimate.low) / 2 if estimate.has_interval else math.inf
