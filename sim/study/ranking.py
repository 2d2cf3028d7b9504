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

    Columns: mean, low, high in the outcome's unit (above 0: better than all others), may_be_best (high >= 0),
    is_clearly_best (low > 0), n_seeds. These are multiple comparisons with the best [Hsu 1984], made from paired t
    intervals of all k(k - 1)/2 differences at Bonferroni's level: if all of these hold, so do the k intervals, whatever
    the correlation that common luck makes. Hsu's and Nelson and Matejcik's own quantiles are narrower but ask that all
    differences vary alike, which structures' do not: founder-led and separate differ ten times as much as two leaders
    and marketing under sales. Futures in which any scenario is blank are left out.
    """
    table = by_seed(runs, outcome).dropna()
    values, k = table.to_numpy() if largest_is_best else -table.to_numpy(), len(table.columns)
    if k < 2:
        raise ValueError(f"{k} scenarios: must be at least 2 to rank")
    n = len(table)
    differences = values[:, :, None] - values[:, None, :]  # future, scenario, other
    means = differences.mean(axis=0)
    errors = differences.std(axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.full((k, k), np.nan)
    reach = t_quantile(n, 1 - (1 - level) / (k * (k - 1) / 2)) * errors
    for part in (means, reach):
        np.fill_diagonal(part, np.nan)
    rows = pd.DataFrame(
        {
            "mean": np.nanmin(means, axis=1),
            "low": _least(means - reach),
            "high": _least(means + reach),
        },
        index=table.columns,
    ).rename_axis("scenario")
    rows["may_be_best"], rows["is_clearly_best"], rows["n_seeds"] = rows["high"] >= 0, rows["low"] > 0, n
    if n < 2:
        rows["may_be_best"] = True  # nothing is known yet
    return rows.sort_values("mean", ascending=False, kind="stable")[COLUMNS]


def _least(bounds: np.ndarray) -> np.ndarray:
    """The least bound against any other; NaN where there is none."""
    off_diagonal = bounds[~np.eye(len(bounds), dtype=bool)].reshape(len(bounds), -1)
    least: np.ndarray = off_diagonal.min(axis=1)
    return least
