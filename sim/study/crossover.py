"""When a lead in cumulated profit turns positive for good, and between which quarters that lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.study.looks import of_this_look
from sim.study.statistics import LEAST_SEEDS_TO_RESAMPLE, LEVEL, wide


@dataclass(frozen=True)
class Crossover:
    """When the leader's cumulated lead turns positive for good: may happen, has happened, or never does."""

    quarter: int | None
    """First measured quarter from which the mean cumulated lead stays above zero to the end; None = never."""
    low: float
    """Lower end of the bootstrap interval, a quarter; horizon + 1 = never; NaN with too few seeds."""
    high: float
    """Upper end, likewise."""
    horizon: int
    """The last measured quarter."""
    n: int
    """Seeds."""
    starts_behind: bool
    """Whether the mean difference of the first measured quarter is negative: it costs before it pays."""

    @property
    def never(self) -> int:
        """The quarter that stands for never: one after the last measured."""
        return self.horizon + 1

    @property
    def is_clear(self) -> bool:
        """Whether it may be named in a sentence: it happens, and the interval does not reach never."""
        return self.quarter is not None and self.high <= self.horizon


def crossover_quarter(
    quarters: pd.DataFrame,
    leader: str,
    follower: str,
    column: str = "profit_usd",
    level: float = LEVEL,
    n_resamples: int = 2000,
    seed: int = 0,
) -> Crossover:
    """When the cumulated leader - follower, averaged over seeds, turns positive and stays so to the end.

    The interval is a percentile bootstrap over seeds (whole futures are redrawn, so quarters stay together);
    `seed` is of that redrawing only.
    """
    difference = by_seed_and_quarter(quarters, leader, column) - by_seed_and_quarter(quarters, follower, column)
    if difference.isna().to_numpy().any():
        raise ValueError(f"{leader} and {follower} differ in seeds or quarters: {column} cannot be paired")
    measured, n = difference.columns.to_numpy(), len(difference)
    cumulated = difference.to_numpy().cumsum(axis=1)
    low, high = np.nan, np.nan
    if n >= LEAST_SEEDS_TO_RESAMPLE:
        # s: resample, n: seed, q: quarter. How often each future is redrawn, as weights.
        weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=n_resamples) / n
        crossings = first_lasting_quarter(weights @ cumulated, measured)
        at = of_this_look(level)
        tails = [(1 - at) / 2, (1 + at) / 2]
        low, high = (float(q) for q in np.quantile(crossings, tails, method="inverted_cdf"))
    horizon = int(measured[-1])
    quarter = int(first_lasting_quarter(cumulated.mean(axis=0, keepdims=True), measured)[0])
    starts_behind = bool(cumulated[:, 0].mean() < 0)
    return Crossover(quarter if quarter <= horizon else None, low, high, horizon, n, starts_behind)


def first_lasting_quarter(cumulated: np.ndarray, quarters: np.ndarray) -> np.ndarray:
    """First of quarters (q,) from which each row of cumulated (s, q) stays above zero; last + 1 = never."""
    return lasting_from(cumulated > 0, quarters)


def lasting_from(holds: np.ndarray, quarters: np.ndarray) -> np.ndarray:
    """First of quarters (q,) from which each row of holds (s, q) is true to the end; last + 1 = never."""
    holds_to_the_end = np.logical_and.accumulate(holds[:, ::-1], axis=1)[:, ::-1]
    n_before = (~holds_to_the_end).sum(axis=1)
    crossings: np.ndarray = np.append(quarters, quarters[-1] + 1)[n_before]
    return crossings


def by_seed_and_quarter(quarters: pd.DataFrame, scenario: str, column: str) -> pd.DataFrame:
    """One scenario's column over the measured quarters: index seed, columns quarter in order."""
    is_wanted = (quarters["scenario"] == scenario) & ~quarters["is_warm_up"].astype(bool)
    if not is_wanted.any():
        raise ValueError(f"scenario {scenario} has no measured quarters")
    return wide(quarters[is_wanted], column)
