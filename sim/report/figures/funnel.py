"""From lead to win: where in the funnel a structure gains or loses against the reference."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.report.figures.canvas import drawing, how_sure, panel_title, slide
from sim.report.figures.forest import estimates, floor, forest, name_rows, span
from sim.report.figures.headlines import clearly_best
from sim.report.labels import Scale, Style, capitalised, count, resolving_all, style_of
from sim.study.statistics import by_seed, mean_estimate, ratio_of_means

STAGES: Mapping[str, str] = {
    "leads": "Leads",
    "mqls": "MQLs",
    "accepted_leads": "Accepted leads",
    "opportunities": "Opportunities",
    "wins": "Wins",
}
"""The stages in order, by column of the runs."""


def funnel(
    runs: pd.DataFrame, styles: Mapping[str, Style], reference: str | None = None
) -> tuple[Figure, pd.DataFrame]:
    """One panel per stage: each structure's number in percent of the reference's, which is written in full.

    The reference is the first scenario of the runs unless given. Shown data: one row per stage and scenario;
    `mean, low, high` are numbers over the measured horizon, `ratio*` are to the reference (1 = the same).
    """
    reference = str(runs["scenario"].iloc[0]) if reference is None else reference
    shown = _shown(runs, styles, reference)
    others = shown[shown["scenario"] != reference]
    order = list(others[others["stage"] == "wins"].sort_values("ratio", ascending=False)["scenario"])
    n_seeds = int(shown["n_seeds"].max())
    panels = {stage: _in_percent(others, stage, order) for stage in STAGES}
    limits = span(*panels.values())
    scale = resolving_all(Scale(1, 0, "%"), [at for rows in panels.values() for at in estimates(rows)])
    with drawing():
        base = style_of(styles, reference)
        figure, top = slide(_title(runs, styles, n_seeds), _subtitle(base, n_seeds))
        top -= 0.095
        grid = figure.add_gridspec(
            1, len(STAGES), left=0.185, right=0.985, bottom=floor(top, len(order)), top=top, wspace=0.14
        )
        for column, (stage, rows) in enumerate(panels.items()):
            axes = figure.add_subplot(grid[0, column])
            axes.set_xlim(*limits)
            forest(axes, rows, styles, reference, scale, suffix="%", n_ticks=3)
            axes.xaxis.set_major_formatter(PercentFormatter(decimals=0))
            name_rows(axes, order if column == 0 else [], styles)
            panel_title(axes, STAGES[stage], _count(shown, stage, reference))
    return figure, shown


def _shown(runs: pd.DataFrame, styles: Mapping[str, Style], reference: str) -> pd.DataFrame:
    """Numbers and ratios to the reference by stage and scenario, tidy."""
    rows = []
    for stage in STAGES:
        values = by_seed(runs, stage)
        for scenario in values.columns:
            at, ratio = mean_estimate(values[scenario]), ratio_of_means(values[scenario], values[reference])
            is_clear = scenario != reference and (ratio.low > 1 or ratio.high < 1)
            numbers = (at.mean, at.low, at.high, ratio.mean, ratio.low, ratio.high, is_clear, at.n)
            rows.append((stage, scenario, style_of(styles, scenario).label, reference, *numbers))
    columns = ["stage", "scenario", "label", "reference", "mean", "low", "high"]
    columns += ["ratio", "ratio_low", "ratio_high", "is_clear", "n_seeds"]
    return pd.DataFrame(rows, columns=columns)


def _in_percent(shown: pd.DataFrame, stage: str, order: list[str]) -> pd.DataFrame:
    """One stage as difference from the reference in percent, rows in the given order."""
    rows = shown[shown["stage"] == stage].set_index("scenario").loc[order]
    ratios = {"mean": "ratio", "low": "ratio_low", "high": "ratio_high"}
    return pd.DataFrame({new: 100 * (rows[old] - 1) for new, old in ratios.items()}).assign(is_clear=rows["is_clear"])


def _count(shown: pd.DataFrame, stage: str, reference: str) -> str:
    """The reference's own number, with its interval below: "reference: 17,400"."""
    row = shown[(shown["stage"] == stage) & (shown["scenario"] == reference)].iloc[0]
    text = f"reference: {count(row['mean'])}"
    return text if math.isnan(row["low"]) else f"{text}\n({count(row['low'])} to {count(row['high'])})"


def _title(runs: pd.DataFrame, styles: Mapping[str, Style], n_seeds: int) -> str:
    """Who clearly wins the most deals, or that nobody does."""
    if n_seeds < 2 or runs["scenario"].nunique() < 2:
        return "From lead to win, structure by structure"
    best = clearly_best(runs, "wins")
    if best is None:
        return "No structure clearly wins more deals than all others"
    style = style_of(styles, best)
    return f"{capitalised(style.phrase)} {'win' if style.is_plural else 'wins'} the most deals"


def _subtitle(base: Style, n_seeds: int) -> str:
    """How to read the panels."""
    line = f"Numbers over the measured quarters, against {base.phrase} (the line at 0%), within the same future."
    if n_seeds < 2:
        return f"{line} {how_sure(n_seeds, '')}"
    return f"{line} {how_sure(n_seeds, 'bar')} Hollow, ≈: no clear difference, the interval includes zero."
