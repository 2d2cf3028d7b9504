"""How an answer settles: differences from the reference by the number of futures that they are taken from."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import FAINT, MUTED, drawing, panel_title, readable, slide
from sim.report.labels import HEADLINES, INTERVAL, UNCLEAR, Scale, Style, futures, resolving_all, scale_for, style_of
from sim.study.statistics import Estimate, by_seed, paired_difference

FEWEST = 4  # futures of the first point: an interval of fewer fills the panel
POINTS = 24
MOST_COLUMNS = 4


def convergence(
    runs: pd.DataFrame, styles: Mapping[str, Style], reference: str, outcome: str = "npv_usd"
) -> tuple[Figure, pd.DataFrame]:
    """One panel per structure: its mean difference and interval after 4, ... futures, in the order of seeds.

    Shown data: one row per scenario and number of futures, in the outcome's unit.
    """
    shown = settled(runs, styles, reference, outcome)
    order = list(dict.fromkeys(shown["scenario"]))
    n_seeds = int(shown["n_seeds"].max()) if len(shown) else 0
    base, how = style_of(styles, reference), HEADLINES[outcome]
    last = shown[shown["n_seeds"] == n_seeds]
    scale = scale_for(how, *last[["mean", "low", "high"]].to_numpy(float).ravel())
    scale = resolving_all(scale, [Estimate(r["mean"], r["low"], r["high"], n_seeds) for _, r in last.iterrows()])
    n_rows = max(1, math.ceil(len(order) / MOST_COLUMNS))
    n_columns = math.ceil(max(len(order), 1) / n_rows)  # rows about equally full
    with drawing():
        figure, top = slide(_title(shown, n_seeds), _subtitle(base, how.label, scale.unit))
        grid = figure.add_gridspec(
            n_rows, n_columns, left=0.05, right=0.985, bottom=0.12, top=top - 0.06, wspace=0.22, hspace=0.5
        )
        for place, scenario in enumerate(order):
            axes = figure.add_subplot(grid[place // n_columns, place % n_columns])
            rows = shown[shown["scenario"] == scenario]
            _draw(axes, rows, scale.divisor, style_of(styles, scenario).color, is_low=place + n_columns >= len(order))
            at = rows.iloc[-1]
            panel_title(axes, style_of(styles, scenario).label, _at_the_end(at, scale), room_in=2.9)
    return figure, shown


def settled(runs: pd.DataFrame, styles: Mapping[str, Style], reference: str, outcome: str = "npv_usd") -> pd.DataFrame:
    """Differences after more and more futures: scenario, label, n_seeds, mean, low, high; largest last mean first."""
    table = by_seed(runs, outcome)
    if len(table) < FEWEST:
        raise ValueError(f"{futures(len(table))}: must be at least {FEWEST} to show how an answer settles")
    numbers = np.unique(np.geomspace(FEWEST, len(table), POINTS).round().astype(int))
    rows = []
    for scenario in table.columns.drop(reference):
        for n in numbers.tolist():
            some = table.iloc[:n]
            at = paired_difference(some[scenario], some[reference])
            label = style_of(styles, scenario).label
            rows.append((scenario, label, n, at.mean, at.low, at.high))
    shown = pd.DataFrame(rows, columns=["scenario", "label", "n_seeds", "mean", "low", "high"])
    last = shown[shown["n_seeds"] == len(table)].set_index("scenario")["mean"]
    order = shown["scenario"].map(last)
    return shown.iloc[np.lexsort((shown["n_seeds"], shown["scenario"], -order))].reset_index(drop=True)


def _draw(axes: Axes, rows: pd.DataFrame, divisor: float, color: str, is_low: bool) -> None:
    n = rows["n_seeds"]
    mean, low, high = (rows[column] / divisor for column in ("mean", "low", "high"))
    axes.axhline(0, color=MUTED, linewidth=1.0, zorder=1)
    axes.fill_between(n, low, high, color=color, alpha=0.18, linewidth=0, zorder=2)
    axes.plot(n, mean, color=color, linewidth=2.4, zorder=3)
    axes.set_xscale("log", base=2)
    axes.set_xticks([tick for tick in (4, 8, 16, 32, 64, 128, 256, 512, 1024) if tick <= n.max()])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    axes.minorticks_off()
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.margins(x=0.02)
    # The first points' intervals are wide: a panel is as high as what a quarter of the futures and more leave open.
    late = n >= n.max() / 4
    bottom, top = min(low[late].min(), 0.0), max(high[late].max(), 0.0)
    room = 0.15 * (top - bottom) or 1.0
    axes.set_ylim(bottom - room, top + room)
    if is_low:
        axes.set_xlabel("futures", color=readable(MUTED))


def _at_the_end(at: pd.Series, scale: Scale) -> str:
    """The difference after all futures, with its interval; the mark for unclear in its place where it holds zero."""
    is_clear = at["low"] > 0 or at["high"] < 0
    mean = scale(at["mean"], is_signed=True) if is_clear else UNCLEAR
    return f"{mean} ({scale(at['low'])} to {scale(at['high'])})"


def _title(shown: pd.DataFrame, n_seeds: int) -> str:
    """Whether all that is clear at the end was so after half of the futures."""
    numbers = shown["n_seeds"].unique().tolist()
    half = min(numbers, key=lambda n: abs(n - n_seeds / 2))
    is_clear = (shown["low"] > 0) | (shown["high"] < 0)
    at_end, at_half = (set(shown.loc[is_clear & (shown["n_seeds"] == n), "scenario"]) for n in (n_seeds, half))
    if not at_end:
        return f"After {futures(n_seeds)} no difference is clear"
    if at_end <= at_half:
        return f"What is clear after {futures(n_seeds)} was clear after half of them"
    late = f"{len(at_end - at_half)} of {len(at_end)} clear differences"
    return f"{late} became so in the second half of {futures(n_seeds)}"


def _subtitle(base: Style, label: str, unit: str) -> str:
    return (
        f"{label}, difference from {base.phrase} in {unit}, after so many futures in the order of their seeds. "
        f"Line: mean; band: {INTERVAL}. Under each name: after all of them."
    )
