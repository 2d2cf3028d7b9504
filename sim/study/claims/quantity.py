"""What is read off a run, from its outcomes or its quarters: one number per seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.books import discount_factor
from sim.params import ConfigError
from sim.study.pair_values import measured

OUTCOME, SUM, MEAN, RATIO = "outcome", "sum", "mean", "ratio"
KINDS = (SUM, MEAN, RATIO)


@dataclass(frozen=True)
class Quantity:
    """An outcome of the whole run; or a sum, a mean or a ratio of sums of columns over a window of quarters."""

    kind: str
    columns: tuple[str, ...]
    below: tuple[str, ...] = ()
    """Of a ratio: the columns that are added up below the line."""
    first: int = 1
    """The window's first quarter; below 0: so many before the end."""
    last: int | None = None
    """The window's last quarter; None = the last that is measured."""

    @property
    def formula(self) -> str:
        """The quantity in words of the tables: `profit_usd`, quarters 5 to the end, summed."""
        top, until = " + ".join(self.columns), "the end" if self.last is None else str(self.last)
        if self.kind == OUTCOME:
            return top
        what = f"({top}) / ({' + '.join(self.below)})" if self.kind == RATIO else f"{self.kind} of {top}"
        since = str(self.first) if self.first > 0 else f"{-self.first} before"
        return f"{what}, quarters {since} to {until}"

    @property
    def is_of_certain_quarters(self) -> bool:
        """Whether a longer horizon leaves it as it is."""
        return self.kind != OUTCOME and self.last is not None


def quantity(where: str, said: Any) -> Quantity:
    """What a file says under `of`: an outcome's name, or {sum|mean|ratio: ..., quarters: [first, last]}."""
    if isinstance(said, str):
        return Quantity(OUTCOME, (said,))
    kind = next((kind for kind in KINDS if isinstance(said, Mapping) and kind in said), None)
    if kind is None:
        raise ConfigError(f"{where}.of = {said}: must be an outcome, or have one of {', '.join(KINDS)}")
    top, below = said[kind] if kind == RATIO else (said[kind], "")
    first, last = said.get("quarters", (1, None))
    return Quantity(kind, _added(top), _added(below) if below else (), int(first), last)


def _added(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.split("+"))


class Rows:
    """What runs of some worlds left: outcomes and quarters, by world."""

    def __init__(self, runs: pd.DataFrame, quarters: pd.DataFrame) -> None:
        self._runs = {str(name): rows.set_index("seed") for name, rows in runs.groupby("scenario", sort=False)}
        self._quarters = {str(name): measured(rows) for name, rows in quarters.groupby("scenario", sort=False)}

    def quarters(self, world: str) -> pd.DataFrame:
        """The measured quarters of a world."""
        return self._quarters[world]

    def values(self, world: str, of: Quantity) -> pd.Series:
        """A quantity of a world: index seed; NaN where there is nothing to read or to divide by."""
        if of.kind == OUTCOME:
            return self._runs[world][of.columns[0]].astype(float)
        rows = self._quarters[world]
        end = rows["quarter"].max()
        first, last = of.first if of.first > 0 else end + 1 + of.first, end if of.last is None else of.last
        windowed = rows[rows["quarter"].between(first, last)]
        seeds = self._runs[world].index
        by_seed = windowed.groupby("seed")
        if of.kind == MEAN:
            return _summed(by_seed, of.columns, "mean").reindex(seeds)
        top = _summed(by_seed, of.columns, "sum").reindex(seeds)
        if of.kind == SUM:
            return top
        bottom = _summed(by_seed, of.below, "sum").reindex(seeds)
        return top / bottom.where(bottom > 0)

    def discounted_gross_profit(self, world: str, rate_per_year: float) -> float:
        """Gross profit of the measured quarters at its worth at their start, USD, mean over seeds."""
        rows = self._quarters[world]
        factors = rows["quarter"].map(lambda quarter: discount_factor(rate_per_year, int(quarter)))
        return float((rows["gross_profit_usd"] * factors).groupby(rows["seed"]).sum().mean())


def _summed(by_seed: Any, columns: Sequence[str], how: str) -> pd.Series:
    found = by_seed[list(columns)].agg(how, skipna=False) if how == "mean" else by_seed[list(columns)].sum()
    return found.sum(axis=1, skipna=False).astype(float)
