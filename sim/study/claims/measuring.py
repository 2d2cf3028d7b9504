"""A number of a claim, measured: one value per seed, so that its mean, its interval and its differences pair.

A ratio is one of means. Its values per seed are those of its linear approximation: their mean is the ratio, and their
spread its error.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.study.claims.claim import ABOVE, BEST, Number, Weights
from sim.study.claims.quantity import Quantity, Rows
from sim.study.pair_values import crossover_quarter, payback_quarter
from sim.study.statistics import LEVEL, Estimate, mean_estimate, share_estimate, standard_error

Value = Callable[[pd.DataFrame, pd.DataFrame], pd.Series]
QUARTERS: Mapping[str, tuple[Value, float]] = {
    "payback": (payback_quarter, math.inf),
    "crossover": (crossover_quarter, math.nan),
}
"""Quarters that may come, and what says that one does not; of one that is not asked for, NaN says so too."""

NO_RATIO = "not told: what it would be divided by may be zero"
"""Of a ratio whose lower part has an interval that includes zero."""


@dataclass(frozen=True)
class Measured:
    """A number as it was measured."""

    number: Number
    by_seed: pd.Series
    """Index seed, in the number's unit; their mean is the number. Of a number that is drawn: index draw."""
    is_share: bool = False
    """Whether it counts futures: then its interval is Wilson's."""
    remark: str = ""
    n_drawn_from: int | None = None
    """Of a number of which draws are known, in place of values by seed: worlds that they rest on."""

    def estimate(self, level: float = LEVEL) -> Estimate:
        """Mean and interval."""
        known = self.by_seed.dropna()
        if self.n_drawn_from is not None:
            low, high = np.quantile(known, [0.5 - level / 2, 0.5 + level / 2])
            return Estimate(float(known.mean()), float(low), float(high), self.n_drawn_from)
        if not self.is_share:
            return mean_estimate(known, level)
        scale = self.number.times
        at = share_estimate(float(known.sum() / scale), len(known), level)
        return Estimate(scale * at.mean, scale * at.low, scale * at.high, at.n)

    @property
    def p_support(self) -> float:
        """Two-sided p of lying where the claim has it: small where it clearly does; above 1 where it does not."""
        return self._p_beyond(self.number.side == ABOVE)

    @property
    def p_contradiction(self) -> float:
        """The same for the other side."""
        return self._p_beyond(self.number.side != ABOVE)

    def _p_beyond(self, is_above: bool) -> float:
        number, known = self.number, self.by_seed.dropna()
        if self.n_drawn_from is not None:
            n_against = int(((known <= number.against) if is_above else (known >= number.against)).sum())
            return 2.0 * (n_against + 1) / (len(known) + 1)
        if not self.is_share:
            return p_beyond(known, number.against, is_above)
        return p_share_beyond(float(known.mean() / number.times), number.against / number.times, len(known), is_above)


def p_beyond(values: pd.Series, against: float, is_above: bool) -> float:
    """Twice the one-sided p of a t test that the mean lies beyond a value, at most 2; NaN with fewer than two seeds."""
    from scipy.special import stdtr

    known = values.dropna().to_numpy(float)
    if len(known) < 2:
        return math.nan
    apart = (known.mean() - against) * (1.0 if is_above else -1.0)
    error = standard_error(known)
    if error == 0.0:
        return 0.0 if apart > 0.0 else 2.0
    return float(2.0 * stdtr(len(known) - 1, -apart / error))


def p_share_beyond(share: float, against: float, n: int, is_above: bool) -> float:
    """The same for a share of n, by the score test that Wilson's interval inverts."""
    from scipy.special import ndtr

    if n < 2:
        return math.nan
    z = (share - against) / math.sqrt(against * (1.0 - against) / n) * (1.0 if is_above else -1.0)
    return float(2.0 * ndtr(-z))


def measured_in(rows: Rows, number: Number, suffix: str = "") -> Measured:
    """A number in what runs left; `suffix` follows the names of its worlds."""
    if number.quarter:
        return _come(rows, number, suffix)
    if number.of is None:
        raise ValueError(f"{number.name} is not measured in runs of single worlds")
    best, train = _best(rows, number, suffix)
    remark = f"the best is {best}" if best else ""
    values = _contrast(rows, number.of, _with_best(number.worlds, best), suffix)
    if number.per is not None:
        bottom = _contrast(rows, number.per.of, _with_best(number.per.worlds, best), suffix)
        values = _linear_ratio(values, bottom, is_level=min(number.per.worlds.values()) > 0.0)
        remark = remark if values.notna().any() else NO_RATIO
    if best:
        values = values.drop(train, errors="ignore")
    return Measured(number, number.times * values + number.plus, remark=remark)


def _contrast(rows: Rows, of: Quantity, worlds: Weights, suffix: str) -> pd.Series:
    parts = [weight * rows.values(f"{name}{suffix}", of) for name, weight in worlds.items()]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _linear_ratio(top: pd.Series, bottom: pd.Series, is_level: bool) -> pd.Series:
    """Values per seed whose mean is the ratio of means; NaN where that may be a division by zero.

    A level that something is a share of must be above zero: nothing is 70% of a loss.
    """
    is_known = top.notna() & bottom.notna()
    top, bottom = top[is_known], bottom[is_known]
    at, base = mean_estimate(bottom), bottom.mean()
    if not (at.low > 0.0 if is_level else at.excludes_zero):
        return top * np.nan
    ratio = top.mean() / base
    return pd.Series(ratio + (top - ratio * bottom) / base)


def _best(rows: Rows, number: Number, suffix: str) -> tuple[str, list[int]]:
    """The best of some worlds, and the seeds that chose it: every second one, so that luck is not measured as merit."""
    if not number.best_of or number.of is None:
        return "", []
    values = pd.DataFrame({name: rows.values(f"{name}{suffix}", number.of) for name in number.best_of})
    train = values.index[::2]
    return str(values.loc[train].mean().idxmax()), list(train)


def _with_best(worlds: Weights, best: str) -> Weights:
    return {best if name == BEST else name: weight for name, weight in worlds.items()}


def _come(rows: Rows, number: Number, suffix: str) -> Measured:
    """Share of futures in which a quarter comes; when it does, at the median of all, as a remark."""
    a, b = (rows.quarters(f"{name}{suffix}") for name in number.worlds)
    value, never = QUARTERS[number.quarter]
    quarters = value(a, b)
    asked = quarters if math.isnan(never) else quarters.dropna()
    comes = np.isfinite(asked).astype(float)
    at_median = asked[comes > 0.0].median()
    remark = "" if math.isnan(at_median) else f"at the median of those in quarter {at_median:g}"
    return Measured(number, number.times * pd.Series(comes), is_share=True, remark=remark)
