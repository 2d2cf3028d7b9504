"""What resampling futures says: an interval without a bell curve, and how surely a mean is the largest."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.study.looks import of_this_look
from sim.study.statistics import LEAST_SEEDS_TO_RESAMPLE, LEVEL, Estimate, aligned, by_seed

RESAMPLES = 2_000


def dice(seed: int) -> np.random.Generator:
    """The one source of luck of resampling; it has nothing to do with that of the futures."""
    return np.random.default_rng(seed)


def bca_difference(
    treated: pd.Series, control: pd.Series, level: float = LEVEL, seed: int = 0, n_resamples: int = RESAMPLES
) -> Estimate:
    """Mean of treated - control within a seed, with its BCa bootstrap interval [Efron 1987].

    It follows skewed differences to the side to which they are skewed, where the t interval is symmetric. Without an
    interval below `LEAST_SEEDS_TO_RESAMPLE` pairs; where no pair differs from another the interval is the point.
    """
    from scipy.stats import bootstrap

    treated, control = aligned(treated, control)
    differences = (treated - control).to_numpy()
    n, mean = len(differences), float(differences.mean()) if len(differences) else np.nan
    if n < LEAST_SEEDS_TO_RESAMPLE:
        return Estimate(mean, np.nan, np.nan, n)
    size = float(np.abs(differences).max())
    if np.ptp(differences) <= 1e-12 * size:
        return Estimate(mean, mean, mean, n)
    found = bootstrap(
        (differences / size,), np.mean, confidence_level=of_this_look(level), n_resamples=n_resamples, method="BCa",
        rng=dice(seed),
    ).confidence_interval  # fmt: skip
    return Estimate(mean, size * float(found.low), size * float(found.high), n)


def chance_of_being_best(
    runs: pd.DataFrame, outcome: str, largest_is_best: bool = True, seed: int = 0, n_resamples: int = RESAMPLES
) -> pd.Series:
    """How surely each scenario's mean is the best: share of resamples of whole futures in which it is, in [0, 1].

    All scenarios are resampled together, so what they share with a future cancels. `best_share` answers another
    question: in how many futures each is best. One that is ahead by a hair in every future has 1 in both; one that is
    ahead in 60% of them has nearly 1 here, once there are enough. Ties are split evenly; NaN below
    `LEAST_SEEDS_TO_RESAMPLE` futures; futures with a blank are left out.
    """
    table = by_seed(runs, outcome).dropna()
    if len(table) < LEAST_SEEDS_TO_RESAMPLE:
        return pd.Series(np.nan, index=table.columns)
    values = table.to_numpy() if largest_is_best else -table.to_numpy()
    chosen = dice(seed).multinomial(len(table), np.full(len(table), 1 / len(table)), size=n_resamples)
    means = chosen @ values
    is_best = means >= means.max(axis=1, keepdims=True) - 1e-9 * np.abs(means).max()
    return pd.Series((is_best / is_best.sum(axis=1, keepdims=True)).mean(axis=0), index=table.columns)
