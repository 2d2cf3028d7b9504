"""What two scenarios come to side by side: pure functions of two tables of quarters, a's and b's.

A table has a row per seed and quarter, warm-up too. Each function gives one number per seed, index seed: NaN = not
defined in that future, inf = a quarter that does not come within the horizon.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from sim.periods import QUARTERS_PER_YEAR
from sim.study.crossover import lasting_from
from sim.study.statistics import wide

START = 0
"""The last quarter of the warm-up: stocks at its end are those that the horizon starts with."""

Total = Callable[[pd.DataFrame], pd.Series]
Value = Callable[[pd.DataFrame, pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Ratio:
    """One sum over another; NaN where there is nothing to divide by. Averaged over seeds as a ratio of means."""

    top: Value
    bottom: Value

    def __call__(self, a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
        """Return top / bottom, one number per seed."""
        bottom = self.bottom(a, b)
        return self.top(a, b) / bottom.where(bottom > 0)


def ratio_of(total: Total) -> Ratio:
    """What a table comes to, a's over b's."""
    return Ratio(lambda a, b: total(a), lambda a, b: total(b))


def measured(table: pd.DataFrame) -> pd.DataFrame:
    """The quarters of a table that are no warm-up."""
    return table[~table["is_warm_up"].astype(bool)]


def in_year(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """The quarters of the measured year 1, 2, ..."""
    return table[table["quarter"].between(QUARTERS_PER_YEAR * (year - 1) + 1, QUARTERS_PER_YEAR * year)]


def total(column: str) -> Total:
    """Sum of a column over the measured quarters."""
    return lambda table: wide(measured(table), column).sum(axis=1, skipna=False)


def rest(column: str, part: str) -> Total:
    """Sum of a column over the measured quarters less that of a part of it, USD in whole cents.

    In cents, because all that is left where shares add up to the whole is the noise of floating point.
    """
    return lambda table: (total(column)(table) - total(part)(table)).round(2)


def cumulated_lead(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Profit of a less b's, USD, cumulated over the measured quarters: index seed, columns quarter."""
    return (wide(measured(a), "profit_usd") - wide(measured(b), "profit_usd")).cumsum(axis=1)


def profit_leaked(a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
    """Profit that a lacks against b, USD; negative where a earns more."""
    return total("profit_usd")(b) - total("profit_usd")(a)


def payback_quarter(a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
    """First quarter from which what a earns more before leaders' pay covers what its leaders cost more, to the end.

    inf if not within the horizon; NaN where a's leaders cost no more than b's, so that there is nothing to pay back.
    """
    is_dearer = total("leaders_usd")(a) > total("leaders_usd")(b)
    # To cover the extra pay out of profit before pay is not to be behind in profit after it.
    return _not_behind_from(cumulated_lead(a, b)).where(is_dearer)


def recovery_quarter(a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
    """First quarter from which a, once behind b in cumulated profit, is not behind any more, to the end.

    inf if not within the horizon; NaN where a is never behind, so that there is nothing to recover.
    """
    lead = cumulated_lead(a, b).round(2)  # in cents: what was lost and won back leaves the noise of floating point
    return _not_behind_from(lead).where((lead < 0).any(axis=1))


def _not_behind_from(lead: pd.DataFrame) -> pd.Series:
    """First quarter from which a cumulated lead is not negative, to the end; inf if not within the horizon."""
    quarters = lead.columns.to_numpy(float)
    first = pd.Series(lasting_from(lead.to_numpy() >= 0, quarters), index=lead.index)
    return first.where(first <= quarters[-1], math.inf)


def crossover_quarter(a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
    """Last quarter in which a's cumulated profit comes from behind b's to ahead of it, or back; NaN if in none.

    A tie is on neither side: who comes out of it on the side of before has not crossed.
    """
    lead = cumulated_lead(a, b)
    now = lead.where(lead != 0).ffill(axis=1)
    before = now.shift(axis=1)
    has_crossed = ((before < 0) & (now > 0)) | ((before > 0) & (now < 0))
    last = (has_crossed * has_crossed.columns.to_numpy(float)).max(axis=1)
    return last.where(has_crossed.any(axis=1))


def growth_percent(table: pd.DataFrame) -> pd.Series:
    """Growth of contract value over the horizon, % a year; NaN where there was none to grow."""
    contracts, n_quarters = wide(table, "contracts_usd"), measured(table)["quarter"].nunique()
    start, end = contracts[START], contracts.iloc[:, -1]
    return 100.0 * ((end / start.where(start > 0)) ** (QUARTERS_PER_YEAR / n_quarters) - 1.0)


def growth_difference(a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
    """Growth of a's contract value less b's, percentage points a year."""
    return growth_percent(a) - growth_percent(b)
