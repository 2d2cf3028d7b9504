"""Many scenarios against the best of them, with intervals that hold for all together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.study.statistics import LEVEL, by_seed, t_quantile

COLUMNS = ["mean", "low", "high", "may_be_best", "is_clearly_best", "n_seeds"]


def against_the_best(
    runs: pd.DataFrame, outcome: str, largest_is_best: bool = True, level: float = LEVEL
) -> pd.DataFrame:
    """Each scenario's mean minus that of the best of the others: one row each, index scenario, best first.

    Columns: mean, low, high in the outcome's unit (low <= 0 <= high), may_be_best, is_clearly_best (nobody else may
    be), n_seeds. These are multiple comparisons with the best in the constrained form [Hsu 1984], made as Edwards and
    Hsu (1983) make them from comparisons with a control: were the best known, k - 1 one-sided paired t bounds at
    Bonferroni's level would do, and whoever is the best, it has just these. They hold whatever the correlation that
    common luck makes and however unlike the differences vary; Nelson and Matejcik's (1995) quantile is narrower but
    asks that all vary alike. The price: they do not say by how much the best is ahead. Futures in which any scenario
    is blank are left out; a level outside (0.5, 1) is refused.
    """
    table = by_seed(runs, outcome).dropna()
    values, k = table.to_numpy() if largest_is_best else -table.to_numpy(), len(table.columns)
    if k < 2:
        raise ValueError(f"{k} scenarios: must be at least 2 to rank")
    if not 0.5 < level < 1:
        raise ValueError(f"level = {level}: must be between 0.5 and 1, such as 0.95")
    means, reach = _paired(values, level)
    rows = pd.DataFrame(index=table.columns.rename("scenario"))
    rows["mean"] = _least(means)
    above = _least(means + reach)
    may_be_best = above >= 0 if len(table) > 1 else np.full(k, True)  # of one future nothing is known yet
    rows["low"], rows["high"] = _lows(means - reach, may_be_best), np.maximum(above, 0.0)
    rows["may_be_best"], rows["is_clearly_best"] = may_be_best, may_be_best & (may_be_best.sum() == 1)
    rows["n_seeds"] = len(table)
    return rows.sort_values("mean", ascending=False, kind="stable")[COLUMNS]


def _paired(values: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean differences of each scenario (row) to each other (column), and how far one-sided bounds lie from them."""
    n, k = values.shape
    differences = values[:, :, None] - values[:, None, :]  # future, scenario, other
    errors = differences.std(axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.full((k, k), np.nan)
    # A one-sided bound at 1 - a is an end of the two-sided interval at 1 - 2a.
    return differences.mean(axis=0), t_quantile(n, 1 - 2 * (1 - level) / (k - 1)) * errors


def _least(bounds: np.ndarray) -> np.ndarray:
    """The least bound of each scenario against any other; NaN where there is none."""
    off_diagonal = bounds[~np.eye(len(bounds), dtype=bool)].reshape(len(bounds), -1)
    least: np.ndarray = off_diagonal.min(axis=1)
    return least


def _lows(below: np.ndarray, may_be_best: np.ndarray) -> np.ndarray:
    """The least bound of each against those others that may be best, at most 0; 0 for one that alone may be."""
    is_rival = may_be_best[None, :] & ~np.eye(len(below), dtype=bool)
    lows: np.ndarray = np.where(is_rival, below, 0.0).min(axis=1)
    return np.minimum(lows, 0.0)
