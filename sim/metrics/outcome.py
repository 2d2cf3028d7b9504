"""What an outcome is, and the windows over which one is taken."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.periods import DAYS_PER_WEEK, QUARTERS_PER_YEAR

Row = Mapping[str, Any]
Rows = Sequence[Row]

SUM, LAST, RATE, RUN, RUN_ENDS = (
    "summed over the horizon",
    "last quarter",
    "pooled over the horizon",
    "horizon and after",
    "from quarter 0 to the last",
)
"""Windows of outcomes in words, where several have the same."""


@dataclass(frozen=True)
class Outcome:
    """One outcome of a run: what it is called, how it is computed and how to read it."""

    name: str
    formula: str
    unit: str
    better: str  # "more", "less" or "" where neither is better
    window: str
    value: Callable[[Rows, Row], float]  # measured quarters' rows, facts of the run -> value
    is_headline: bool = False


def total(column: str) -> Callable[[Rows, Row], float]:
    """Sum of a column over the measured quarters."""
    return lambda rows, run: float(sum([row[column] for row in rows]))


def last(column: str) -> Callable[[Rows, Row], float]:
    """Value of a column in the last quarter."""
    return lambda rows, run: float(rows[-1][column])


def pooled(top: str, bottom: str, factor: float = 1.0) -> Callable[[Rows, Row], float]:
    """Sum of one column over the sum of another; blank (NaN) where there is nothing to divide by."""

    def value(rows: Rows, run: Row) -> float:
        below = sum([row[bottom] for row in rows])
        return factor * sum([row[top] for row in rows]) / below if below > 0.0 else math.nan

    return value


def geometric_cycle(rows: Rows, run: Row) -> float:
    """Days whose logarithm is the mean of won deals': the median of a lognormal, far less noisy than a sample's."""
    return DAYS_PER_WEEK * math.exp(pooled("log_cycle", "wins")(rows, run))


def fact(name: str) -> Callable[[Rows, Row], float]:
    """A fact of the whole run."""
    return lambda rows, run: float(run[name])


def mean(column: str) -> Callable[[Rows, Row], float]:
    """Mean of a column over the measured quarters in which there was something to measure; else blank (NaN)."""

    def value(rows: Rows, run: Row) -> float:
        known = [value for row in rows if not math.isnan(value := row[column])]
        return float(sum(known)) / len(known) if known else math.nan

    return value


def last_year(value: Callable[[Rows, Row], float]) -> Callable[[Rows, Row], float]:
    """The same over the last four quarters."""
    return lambda rows, run: value(rows[-QUARTERS_PER_YEAR:], run)
