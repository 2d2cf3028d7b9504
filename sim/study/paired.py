"""Outcomes of two scenarios under the same seeds: what no single run can say, such as when a second leader pays back.

Each is defined once, with name, formula, unit and window, by a function of both tables of quarters that gives one
number per seed. A mean is taken where it means something: quarters that may never come are told by their median and
by the share of futures in which they don't.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.periods import QUARTERS_PER_YEAR
from sim.study.pair_values import (
    Ratio,
    Value,
    crossover_quarter,
    growth_difference,
    in_year,
    measured,
    payback_quarter,
    profit_leaked,
    ratio_of,
    rest,
    total,
)
from sim.study.statistics import Estimate, mean_estimate, ratio_of_means

if TYPE_CHECKING:
    from sim.study.results import Results

Config = Mapping[str, Any]
"""A scenario's config as the manifest has it."""

HORIZON, YEARS = "measured horizon", "each whole year of the measured horizon"


def always(a: Config, b: Config) -> bool:
    """Whether a pair has an outcome that every pair has."""
    return True


def is_made_perfect(a: Config, b: Config) -> bool:
    """Whether b is a with every practice lived in full and nothing else changed; False where that is not known."""
    if not (a and b):
        return False
    levels = [level for name, level in b["practices"].items() if name != "name"]
    return all(level == 1.0 for level in levels) and {**a, "practices": None} == {**b, "practices": None}


@dataclass(frozen=True)
class PairedOutcome:
    """One outcome of a pair (a, b): what it is called, how it is computed and how to read it."""

    name: str
    formula: str
    unit: str
    window: str
    value: Value  # quarters of a, quarters of b -> one number per seed
    never: float | None = None  # of a quarter: what says that it does not come, inf or NaN
    is_defined: Callable[[Config, Config], bool] = always  # for the configs of a and b


LEAKAGE = Ratio(profit_leaked, lambda a, b: total("revenue_usd")(b))
LEAKAGE_FORMULA = "(profit with perfect practices, b - profit, a) / revenue with perfect practices"
CREDITS = {
    "first": "first touched by marketing",
    "last": "last touched by marketing",
    "shared": "by marketing's share of touches",
    "recorded": "that the company's own rule and records credit to marketing",
}
"""Rules of attribution by the columns of quarters: three by the true log, and the company's own."""


def bookings_by_source() -> Iterator[PairedOutcome]:
    """Ratios of bookings under each rule of attribution: what it credits to marketing, and the rest, to sales."""
    for rule, words in CREDITS.items():
        column, kind = f"{rule}_marketing_usd", ("multiple", HORIZON)
        marketing, sales = ratio_of(total(column)), ratio_of(rest("bookings_usd", column))
        yield PairedOutcome(f"bookings_marketing_{rule}_ratio", f"bookings {words}, a / b", *kind, marketing)
        yield PairedOutcome(f"bookings_sales_{rule}_ratio", f"all bookings but those {words}, a / b", *kind, sales)


PAIRED_OUTCOMES: dict[str, PairedOutcome] = {
    outcome.name: outcome
    for outcome in (
        PairedOutcome("revenue_ratio", "revenue, a / b", "multiple", HORIZON, ratio_of(total("revenue_usd"))),
        PairedOutcome("bookings_ratio", "bookings, a / b", "multiple", HORIZON, ratio_of(total("bookings_usd"))),
        *bookings_by_source(),
        PairedOutcome(
            "growth_difference",
            "growth of contract value, a - b",
            "percentage points a year",
            HORIZON,
            growth_difference,
        ),
        PairedOutcome(
            "payback_quarter",
            "first quarter from which profit before leaders' pay, a - b, covers leaders' pay, a - b, to the end; "
            "both cumulated",
            "quarter",
            HORIZON,
            payback_quarter,
            never=math.inf,
        ),
        PairedOutcome(
            "crossover_quarter",
            "last quarter in which cumulated profit, a - b, changes its sign",
            "quarter",
            HORIZON,
            crossover_quarter,
            never=math.nan,
        ),
        PairedOutcome("leakage", LEAKAGE_FORMULA, "share", HORIZON, LEAKAGE, is_defined=is_made_perfect),
        PairedOutcome("leakage_year", LEAKAGE_FORMULA, "share", YEARS, LEAKAGE, is_defined=is_made_perfect),
    )
}


@dataclass(frozen=True)
class Paired:
    """Outcomes of a against b: one row per seed and a column per outcome; and in `summary` a row per outcome.

    Columns of `summary`: unit, n_seeds, mean with its 95% interval (low, high), median, and of a quarter that may
    not come the share of futures in which it does not (never_share). The median counts inf as later than the
    horizon and leaves out NaN.
    """

    a: str
    b: str
    by_seed: pd.DataFrame
    summary: pd.DataFrame


def paired_outcomes(results: Results, a: str, b: str) -> Paired:
    """All paired outcomes of scenario a against b; refuses scenarios that were not run under the same seeds."""
    tables = _paired_tables(results.quarters, a, b)
    configs = [results.manifest.get("scenarios", {}).get(name, {}).get("config", {}) for name in (a, b)]
    columns, rows = {}, {}
    for outcome in PAIRED_OUTCOMES.values():
        is_defined = outcome.is_defined(configs[0], configs[1])
        for name, left, right in _windows(outcome, *tables):
            values = outcome.value(left, right)
            columns[name] = values if is_defined else values * math.nan
            rows[name] = _summary(outcome, columns[name], left, right)
    return Paired(a, b, pd.DataFrame(columns), pd.DataFrame.from_dict(rows, orient="index").rename_axis("outcome"))


def _paired_tables(quarters: pd.DataFrame, a: str, b: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The quarters of a and of b, or `ValueError` unless both have the same seeds and quarters, each once."""
    left, right = (quarters[quarters["scenario"] == name] for name in (a, b))
    for name, table in ((a, left), (b, right)):
        if table.empty:
            raise ValueError(f"scenario {name} was not run; there are {', '.join(quarters['scenario'].unique())}")
        if table.duplicated(["seed", "quarter"]).any():
            raise ValueError(f"scenario {name} has a quarter of a seed twice: give one row per seed and quarter")
    keys = [pd.MultiIndex.from_frame(table[["seed", "quarter"]]) for table in (left, right)]
    alone = keys[0].symmetric_difference(keys[1])
    if len(alone):
        seeds = sorted(alone.get_level_values("seed").unique())
        raise ValueError(f"{a} and {b} were not run under the same seeds and quarters: seeds {seeds} differ")
    return left, right


def _windows(
    outcome: PairedOutcome, a: pd.DataFrame, b: pd.DataFrame
) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """The outcome's name and both tables; where it is taken by year, name_1 with those of the first year, and on."""
    if outcome.window == HORIZON:
        yield outcome.name, a, b
        return
    for year in range(1, measured(a)["quarter"].nunique() // QUARTERS_PER_YEAR + 1):
        yield f"{outcome.name}_{year}", in_year(a, year), in_year(b, year)


def _summary(outcome: PairedOutcome, values: pd.Series, a: pd.DataFrame, b: pd.DataFrame) -> dict[str, object]:
    """One row of the summary: a mean and its interval, or of quarters that may not come how often they don't."""
    if outcome.never is None:
        at, median, never_share = _average(outcome.value, values, a, b), values.median(), math.nan
    else:
        is_never = values.isna() if math.isnan(outcome.never) else values == outcome.never
        at = Estimate(math.nan, math.nan, math.nan, int((is_never | values.notna()).sum()))
        median = float(values.quantile(0.5, interpolation="lower"))  # a quarter that there is, by which half have it
        never_share = int(is_never.sum()) / at.n if at.n else math.nan
    row = {"unit": outcome.unit, "n_seeds": at.n, "mean": at.mean, "low": at.low, "high": at.high}
    return row | {"median": median, "never_share": never_share}


def _average(value: Value, values: pd.Series, a: pd.DataFrame, b: pd.DataFrame) -> Estimate:
    """The mean over seeds; of a ratio that of means, so that a thin future weighs no more than a rich one."""
    if isinstance(value, Ratio) and values.notna().any():
        return ratio_of_means(value.top(a, b), value.bottom(a, b))
    return mean_estimate(values)
