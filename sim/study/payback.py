"""When a change has paid back what it first cost, future by future: the typical quarter, and how often it has."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.study.looks import of_this_look
from sim.study.pair_values import measured, recovery_quarter
from sim.study.statistics import LEAST_SEEDS_TO_RESAMPLE, LEVEL, Estimate, share_estimate


@dataclass(frozen=True)
class Payback:
    """When a change that fell behind doing nothing in cumulated profit is not behind any more, for good."""

    quarter: float
    """By which half of the futures that fell behind have caught up (their median); inf = not within the horizon."""
    low: float
    """Lower end of its bootstrap interval, a quarter or inf; NaN with too few futures that fell behind."""
    high: float
    """Upper end, likewise."""
    horizon: int
    """The last measured quarter."""
    behind: Estimate
    """Share of all futures that ever fall behind, so that there is something to pay back."""
    repaid: Estimate
    """Share of those in which it is paid back within the horizon; NaN where none falls behind."""

    @property
    def is_clear(self) -> bool:
        """Whether the quarter may be named in a sentence: it comes, and its interval lies within the horizon."""
        return self.high <= self.horizon

    @property
    def n_behind(self) -> int:
        """Futures that ever fall behind."""
        return self.repaid.n


def payback(
    quarters: pd.DataFrame, changed: str, nothing: str, level: float = LEVEL, n_resamples: int = 2000, seed: int = 0
) -> Payback:
    """Payback of one scenario against another, both run under the same seeds and quarters.

    The median's interval is a percentile bootstrap over the futures that fell behind; those that do not catch up
    count as later than the horizon. `seed` is of that redrawing only.
    """
    tables = (quarters[quarters["scenario"] == name] for name in (changed, nothing))
    recovery = recovery_quarter(*tables)
    known = recovery.dropna().to_numpy()
    median, low, high = math.nan, math.nan, math.nan
    if known.size:
        median = float(_medians(known[np.newaxis])[0])
    if known.size >= LEAST_SEEDS_TO_RESAMPLE:
        # s: resample, n: future that fell behind.
        at = of_this_look(level)
        redrawn = np.random.default_rng(seed).integers(known.size, size=(n_resamples, known.size))
        low, high = _quantiles(_medians(known[redrawn]), (1 - at) / 2, (1 + at) / 2)
    return Payback(
        quarter=median,
        low=low,
        high=high,
        horizon=int(measured(quarters)["quarter"].max()),
        behind=share_estimate(known.size, len(recovery), level),
        repaid=share_estimate(int(np.isfinite(known).sum()), known.size, level),
    )


def _medians(quarters: np.ndarray) -> np.ndarray:
    """The median of each row of quarters (s, n), the lower one of two: a quarter by which half have caught up."""
    medians: np.ndarray = np.sort(quarters, axis=1)[:, (quarters.shape[1] - 1) // 2]
    return medians


def _quantiles(values: np.ndarray, *shares: float) -> list[float]:
    """Quantiles that are values themselves: between a quarter and inf there is nothing."""
    ordered = np.sort(values)
    return [float(ordered[max(math.ceil(share * len(ordered)) - 1, 0)]) for share in shares]
