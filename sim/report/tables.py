"""The comparison as rows for a file and as a table for the terminal.

`comparison_table` is what `summary.csv` holds: every number, nothing rounded. `printed_table` is the same at
a glance: one row per structure, the reference as levels, all others as differences from it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import pandas as pd

from sim.report.labels import (
    BLANK,
    CONTRASTS,
    HEADLINES,
    INTERVAL,
    UNCLEAR,
    Outcome,
    Scale,
    Style,
    futures,
    interval,
    resolving_all,
    scale_for,
    share,
    share_with_interval,
    style_of,
)
from sim.settings import EQUAL_PRACTICES
from sim.study.statistics import Estimate, best_share, by_seed, differences_to, mean_estimate

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

KEYS = ("company", "org", "practices", "roles", "market")
"""What a scenario is made of; kept in the comparison where the runs say it."""

WIDE = 100
"""Columns that all outcomes side by side need."""

PLAIN_WIDTH = 110
"""Columns of a table that is piped or redirected, where no terminal says how wide it is."""


@dataclass(frozen=True)
class Tally:
    """The last column of a printed table: in how many futures a row comes out on top."""

    column: str
    """Of the comparison, on its rows of NPV: a share; with an interval if there are columns _low and _high."""
    header: str
    meaning: str
    """What it counts, below the table."""
    is_ranking: bool
    """Whether rows stand from the highest NPV down; else as in the comparison."""


BEST = Tally("best_share", "best\nin", "best in: share of the futures with the highest NPV.", is_ranking=True)


def comparison_table(runs: pd.DataFrame, reference: str) -> pd.DataFrame:
    """One row per scenario and headline: its level, its difference from the reference, and how sure both are.

    `level_*` is the mean over seeds with its t interval, `difference_*` the mean paired by seed with its own;
    both in the outcome's unit (USD or points). `is_clear` is per comparison, `is_clear_jointly` for all
    scenarios of one outcome together (Holm). `best_share` is the share of seeds in which the scenario has the
    highest NPV, on the rows of that outcome only. The reference's difference from itself is blank.
    """
    if reference not in set(runs["scenario"]):
        raise ValueError(f"reference = {reference}: not among the scenarios that were run")
    rows = [row for outcome in HEADLINES for row in _outcome_rows(runs, outcome, reference)]
    keys = [key for key in KEYS if key in runs]
    made_of = runs.groupby("scenario", sort=False)[keys].first() if keys else None
    comparison = pd.DataFrame(rows)
    return comparison if made_of is None else comparison.join(made_of, on="scenario")


def _outcome_rows(runs: pd.DataFrame, outcome: str, reference: str) -> list[dict[str, object]]:
    """The rows of one outcome, scenarios in the order of the runs."""
    values = by_seed(runs, outcome)
    differences = differences_to(runs, outcome, reference)
    best = best_share(runs, outcome) if outcome == "npv_usd" else pd.Series(dtype=float)
    rows = []
    for scenario in values.columns:
        at = mean_estimate(values[scenario])
        versus = differences.loc[scenario] if scenario != reference else pd.Series(dtype=float)
        rows.append(
            {
                "scenario": scenario,
                "outcome": outcome,
                "n_seeds": at.n,
                "level_mean": at.mean,
                "level_low": at.low,
                "level_high": at.high,
                "difference_mean": versus.get("mean"),
                "difference_low": versus.get("low"),
                "difference_high": versus.get("high"),
                "is_clear": bool(versus.get("is_clear", False)),
                "p_value": versus.get("p_value"),
                "p_holm": versus.get("p_holm"),
                "is_clear_jointly": bool(versus.get("is_clear_jointly", False)),
                "best_share": best.get(scenario),
            }
        )
    return rows


def level_of(row: pd.Series) -> Estimate:
    """The level of one row of a comparison."""
    return Estimate(row["level_mean"], row["level_low"], row["level_high"], int(row["n_seeds"]))


def difference_of(row: pd.Series) -> Estimate:
    """The difference from the reference of one row of a comparison."""
    return Estimate(row["difference_mean"], row["difference_low"], row["difference_high"], int(row["n_seeds"]))


def rows_of(comparison: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """One outcome of a comparison, index scenario, highest level first."""
    rows = comparison[comparison["outcome"] == outcome].set_index("scenario")
    return rows.sort_values("level_mean", ascending=False, kind="stable")


def printed_tables(
    comparison: pd.DataFrame,
    styles: Mapping[str, Style],
    reference: str,
    width: int,
    contrast: str = EQUAL_PRACTICES,
    tally: Tally = BEST,
) -> list[Table]:
    """The comparison for a terminal of this many columns: one table, or money and points apart if it is narrow."""
    if width >= WIDE:
        return [printed_table(comparison, styles, reference, contrast=contrast, tally=tally)]
    money_first = [name for name in HEADLINES if HEADLINES[name].is_money]
    others = [name for name in HEADLINES if not HEADLINES[name].is_money]
    return [printed_table(comparison, styles, reference, names, contrast, tally) for names in (money_first, others)]


def printed_table(
    comparison: pd.DataFrame,
    styles: Mapping[str, Style],
    reference: str,
    outcomes: Sequence[str] = tuple(HEADLINES),
    contrast: str = EQUAL_PRACTICES,
    tally: Tally = BEST,
) -> Table:
    """Some outcomes of the comparison as a table, highest mean NPV first unless the tally is no ranking.

    Each cell has the value above its 95% interval. A difference whose interval includes zero is dim and shows
    the mark for unclear in place of a value, so that nobody reads a winner out of noise. With one seed there
    are no intervals: then every row shows levels, and no structure is called the best.
    """
    from rich import box
    from rich.table import Table

    order = rows_of(comparison, "npv_usd")
    if not tally.is_ranking:
        order = order.loc[comparison["scenario"].drop_duplicates()]
    has_intervals = bool(order["n_seeds"].max() > 1)
    title, caption = _title_and_caption(int(order["n_seeds"].max()), style_of(styles, reference), contrast, tally)
    table = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        title=title,
        title_justify="left",
        title_style="bold",
        caption=caption,
        caption_justify="left",
    )
    table.add_column("", min_width=16)
    columns = {name: _column(comparison, name, reference, has_intervals) for name in outcomes}
    for name, (header, _) in columns.items():
        table.add_column(f"{HEADLINES[name].label}\n{header}", justify="right", no_wrap=True)
    table.add_column(tally.header, justify="right", no_wrap=True)
    for scenario, row in order.iterrows():
        often = _tallied(row, tally) if has_intervals else BLANK
        cells = [cells[str(scenario)] for _, cells in columns.values()]
        table.add_row(_name(style_of(styles, str(scenario)), scenario == reference), *cells, often)
    return table


def _tallied(row: pd.Series, tally: Tally) -> Text:
    """In how many futures a row comes out on top, above its interval where the comparison has one."""
    from rich.text import Text

    often, low, high = (float(row.get(f"{tally.column}{end}", math.nan)) for end in ("", "_low", "_high"))
    at = Estimate(often, low, high, int(row["n_seeds"]))
    if not at.has_interval:
        return Text(share(often))
    value, span = share_with_interval(at, "\n").split("\n")
    return Text(value).append(f"\n{span.strip('()')}", "dim")


def _title_and_caption(n_seeds: int, reference: Style, contrast: str, tally: Tally) -> tuple[str, str]:
    """What stands above and below the table: what is shown, and what the reader must know to read it."""
    if n_seeds < 2:
        caption = "One future has no interval, so no difference can be called clear. Run more seeds."
        return f"Levels in one future{CONTRASTS[contrast]}", f"{caption} Burnout: lower is better."
    caption = (
        f"{UNCLEAR} no clear difference: the interval includes zero. Intervals are per comparison.\n"
        f"{tally.meaning} Burnout: lower is better."
    )
    return f"Difference from {reference.phrase}{CONTRASTS[contrast]}, with {INTERVAL}, {futures(n_seeds)}", caption


def _column(comparison: pd.DataFrame, name: str, reference: str, has_intervals: bool) -> tuple[str, dict[str, Text]]:
    """The unit of one outcome's column and its cells by scenario: one scale, so that the eye can run down."""
    rows = {str(scenario): row for scenario, row in rows_of(comparison, name).iterrows()}
    levels = {s: level_of(row) for s, row in rows.items() if s == reference or not has_intervals}
    differences = {s: difference_of(row) for s, row in rows.items() if s not in levels}
    scale = _shared_scale(HEADLINES[name], differences or levels)
    scale_of_levels = _shared_scale(HEADLINES[name], levels)
    if scale_of_levels.divisor != scale.divisor:
        scale_of_levels = scale
    cells = {s: _cell(scale_of_levels(at.mean), at, scale_of_levels) for s, at in levels.items()}
    cells |= {s: _difference_cell(difference, scale) for s, difference in differences.items()}
    return scale.unit, cells


def _shared_scale(outcome: Outcome, estimates: Mapping[str, Estimate]) -> Scale:
    """One scale for a group of estimates, so that they can be compared down a column."""
    bounds = (bound for e in estimates.values() for bound in (e.mean, e.low, e.high))
    return resolving_all(scale_for(outcome, *bounds), estimates.values())


def _name(style: Style, is_reference: bool) -> Text:
    """The structure in its colour, and below it whether it is what the others are compared with."""
    from rich.text import Text

    name = Text.assemble(("■ ", style.color), (style.label, "bold" if is_reference else ""))
    return name.append("\nreference", "dim") if is_reference else name


def _difference_cell(difference: Estimate, scale: Scale) -> Text:
    """A difference with its sign if it is clear; the mark for unclear, dim, if it is not."""
    if difference.is_clear:
        return _cell(scale(difference.mean, is_signed=True), difference, scale)
    return _cell(UNCLEAR if difference.n else BLANK, difference, scale, "dim")


def _cell(value: str, estimate: Estimate, scale: Scale, emphasis: str = "bold") -> Text:
    """A value above its interval, if there is one."""
    from rich.text import Text

    cell = Text(value, emphasis)
    return cell.append(f"\n{interval(estimate, scale)}", "dim not bold") if estimate.has_interval else cell


def report_console(file: TextIO | None = None) -> Console:
    """A console for reports: as wide as the terminal, or without colour and 110 columns wide when piped."""
    from rich.console import Console

    console = Console(file=file)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PLAIN_WIDTH
    return console
