"""How much better or worse than the reference every structure is, and how surely."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import drawing, how_sure, panel_title, slide
from sim.report.figures.forest import estimates, floor, forest, name_rows, span
from sim.report.labels import (
    HEADLINES,
    Outcome,
    Style,
    capitalised,
    count_word,
    interval,
    money,
    money_scale,
    resolving_all,
    scale_for,
    style_of,
)
from sim.report.tables import rows_of
from sim.study.statistics import Estimate

OUTCOMES = ("npv_usd", "revenue_usd", "brand_equity", "burnout")


def differences(comparison: pd.DataFrame, styles: Mapping[str, Style], reference: str) -> tuple[Figure, pd.DataFrame]:
    """One row per structure, best NPV on top; one panel per outcome: paired difference and its interval.

    `comparison` is from `comparison_table`. Shown data: one row per outcome and scenario, in USD or points.
    """
    shown = _shown(comparison, styles, reference)
    if shown.empty:
        raise ValueError(f"nothing to compare {reference} with: give at least two scenarios")
    order = list(shown.loc[shown["outcome"] == "npv_usd", "scenario"])
    n_seeds = int(shown["n_seeds"].max())
    base = style_of(styles, reference)
    with drawing():
        figure, top = slide(_title(shown, styles, reference, n_seeds), _subtitle(base, n_seeds))
        top -= 0.07
        grid = figure.add_gridspec(1, 4, left=0.185, right=0.985, bottom=floor(top, len(order)), top=top, wspace=0.12)
        for column, outcome in enumerate(OUTCOMES):
            axes = figure.add_subplot(grid[0, column])
            rows = shown[shown["outcome"] == outcome].set_index("scenario").loc[order]
            _draw_panel(axes, rows, HEADLINES[outcome], styles, reference)
            name_rows(axes, order if column == 0 else [], styles)
    return figure, shown


def _draw_panel(axes: Axes, rows: pd.DataFrame, outcome: Outcome, styles: Mapping[str, Style], reference: str) -> None:
    """One outcome, in the unit that is read best."""
    values = rows[["mean", "low", "high"]].to_numpy(float).ravel()
    scale = resolving_all(scale_for(outcome, *values), estimates(rows))
    axes.set_xlim(*(limit / scale.divisor for limit in span(rows)))
    forest(axes, rows, styles, reference, scale)
    panel_title(axes, outcome.label, f"{scale.unit}: {'higher' if outcome.is_better_high else 'lower'} is better")


def _shown(comparison: pd.DataFrame, styles: Mapping[str, Style], reference: str) -> pd.DataFrame:
    """The differences from the reference, best NPV first, tidy."""
    order = rows_of(comparison, "npv_usd").index.drop(reference)
    frames = []
    for outcome in OUTCOMES:
        rows = rows_of(comparison, outcome).loc[order].reset_index()
        frames.append(
            pd.DataFrame(
                {
                    "outcome": outcome,
                    "scenario": rows["scenario"],
                    "label": [style_of(styles, scenario).label for scenario in rows["scenario"]],
                    "reference": reference,
                    "mean": rows["difference_mean"].astype(float),
                    "low": rows["difference_low"].astype(float),
                    "high": rows["difference_high"].astype(float),
                    "is_clear": rows["is_clear"],
                    "is_clear_jointly": rows["is_clear_jointly"],
                    "n_seeds": rows["n_seeds"],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _title(shown: pd.DataFrame, styles: Mapping[str, Style], reference: str, n_seeds: int) -> str:
    """The finding about worth: who is clearly above the reference, how many are below, or that none is."""
    base = style_of(styles, reference)
    npv = shown[shown["outcome"] == "npv_usd"].set_index("scenario")
    if n_seeds < 2:
        return f"How every structure differs from {base.phrase}"
    # The best is picked after the fact, so it must be clear among all others (Holm).
    above = npv[npv["is_clear_jointly"] & (npv["mean"] > 0)]
    below = npv[npv["is_clear_jointly"] & (npv["mean"] < 0)]
    if len(above):
        best = style_of(styles, str(above["mean"].idxmax()))
        row = above.sort_values("mean").iloc[-1]
        at = Estimate(row["mean"], row["low"], row["high"], n_seeds)
        scale = money_scale(at.mean, at.low, at.high)
        more = f"{money(at.mean, scale)} more than {base.phrase} ({interval(at, scale)})"
        return f"{capitalised(best.phrase)} {_is(best)} worth {more}"
    if len(below) == len(npv):
        others = style_of(styles, str(npv.index[0])).phrase if len(npv) == 1 else "any other structure here"
        return f"{capitalised(base.phrase)} {_is(base)} worth more than {others}"
    if len(below):
        verb = "is" if len(below) == 1 else "are"
        some = capitalised(f"{count_word(len(below))} of {count_word(len(npv))} structures {verb}")
        return f"{some} clearly worth less than {base.phrase}, none clearly more"
    return f"No structure is clearly worth more or less than {base.phrase}"


def _is(style: Style) -> str:
    """The verb that goes with a phrase."""
    return "are" if style.is_plural else "is"


def _subtitle(base: Style, n_seeds: int) -> str:
    """How to read the panels."""
    line = f"Difference from {base.phrase} (the line at 0), within the same future."
    if n_seeds < 2:
        return f"{line} {how_sure(n_seeds, '')}"
    hollow = "Hollow, ≈: no clear difference, the interval includes zero."
    return f"{line} {how_sure(n_seeds, 'bar')} {hollow} The title counts what is clear for all structures together."
