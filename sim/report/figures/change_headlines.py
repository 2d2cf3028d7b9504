"""What a change does to revenue, brand equity and burnout, quarter by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import drawing, how_sure, panel_title, slide
from sim.report.figures.ends import End, label_ends
from sim.report.figures.headlines import FEW_SEEDS, ticked_quarters, y_range
from sim.report.figures.over_time import (
    change_words,
    draw_difference,
    mark_change,
    mark_later,
    mark_nothing,
    with_words_above,
)
from sim.report.labels import (
    HEADLINES,
    UNCLEAR,
    Style,
    capitalised,
    interval,
    resolving,
    scale_for,
    style_of,
)
from sim.study.change import LEVELS, Effect
from sim.study.statistics import Estimate


@dataclass(frozen=True)
class _Words:
    """One headline: the unit of its panel, and how a title says that a change ends with more or less of it."""

    unit: str
    more: str
    less: str


WORDS: Mapping[str, _Words] = {
    "revenue_usd": _Words("{unit} a quarter", "more revenue", "less revenue"),
    "brand_equity": _Words("points", "a stronger brand", "a weaker brand"),
    "burnout": _Words("points: lower is better", "more burnout", "less burnout"),
}


def change_headlines(effect: Effect, styles: Mapping[str, Style]) -> tuple[Figure, pd.DataFrame]:
    """One panel per headline: the difference from doing nothing by quarter, from the change on, with its band.

    Shown data: one row per outcome and measured quarter, in the outcome's unit (USD or points).
    """
    rows = effect.by_quarter
    shown = rows[(rows["scenario"] == effect.changed) & rows["outcome"].isin(LEVELS)].reset_index(drop=True)
    with drawing():
        figure, top = slide(_title(effect, shown, styles), _subtitle(effect))
        grid = figure.add_gridspec(1, 3, left=0.045, right=0.9, bottom=0.13, top=top - 0.07, wspace=0.55)
        for column, outcome in enumerate(LEVELS):
            axes = figure.add_subplot(grid[0, column])
            _draw(axes, effect, shown[shown["outcome"] == outcome], styles)
    return figure, shown


def _draw(axes: Axes, effect: Effect, rows: pd.DataFrame, styles: Mapping[str, Style]) -> None:
    """One panel: before the change nothing differs, so that the line begins with it."""
    style, outcome = style_of(styles, effect.changed), str(rows["outcome"].iloc[0])
    scale = scale_for(HEADLINES[outcome], *rows[["mean", "low", "high"]].to_numpy(float).ravel())
    at_end = rows.iloc[-1]
    values = rows.assign(**{column: rows[column] / scale.divisor for column in ("mean", "low", "high")})
    start = effect.first - 0.5
    axes.set_xlim(0.2, effect.horizon + 0.6)
    nothing = pd.DataFrame({"mean": [0.0], "low": 0.0, "high": 0.0, "n_seeds": effect.n})
    low, high, _ = y_range(pd.concat([values[["mean", "low", "high", "n_seeds"]], nothing]))
    n_lines = change_words(axes, start, style).count("\n") + 1
    with_words_above(axes, low, high, n_lines)
    axes.set_xticks(ticked_quarters(1, effect.horizon))
    axes.set_xlabel("quarter")
    ends = [mark_nothing(axes, style_of(styles, effect.nothing))]
    draw_difference(axes, values[values["quarter"] >= effect.first], style.color)
    mark_change(axes, start, style)
    mark_later(axes, [quarter - 0.5 for quarter in effect.later], n_lines)
    last = Estimate(at_end["mean"], at_end["low"], at_end["high"], int(at_end["n_seeds"]))
    ends.append(End(float(values["mean"].iloc[-1]), _written(last, outcome), style.color, is_bold=True))
    panel_title(axes, HEADLINES[outcome].label, WORDS[outcome].unit.format(unit=scale.unit))
    label_ends(axes, effect.horizon, ends)


def _written(at: Estimate, outcome: str) -> str:
    """A difference above its interval, in the unit of the panel; the mark for unclear in place of an unclear one."""
    scale = resolving(scale_for(HEADLINES[outcome], at.mean, at.low, at.high), at)
    value = scale(at.mean, is_signed=True) if at.is_clear or not at.has_interval else UNCLEAR
    return f"{value}\n{interval(at, scale)}"


def _title(effect: Effect, shown: pd.DataFrame, styles: Mapping[str, Style]) -> str:
    """What the change ends with clearly more or less of than doing nothing; else that there is no such thing."""
    style, nothing = style_of(styles, effect.changed), style_of(styles, effect.nothing).phrase
    if effect.n < 2:
        return f"Revenue, brand equity and burnout: what {style.phrase} changes"
    last = shown[shown["quarter"] == effect.horizon].set_index("outcome")
    things = [words.more for name, words in WORDS.items() if float(last["low"][name]) > 0]
    things += [words.less for name, words in WORDS.items() if float(last["high"][name]) < 0]
    ends = f"{capitalised(style.phrase)} {'end' if style.is_plural else 'ends'}"
    if not things:
        return f"{ends} without a clear difference in revenue, brand equity or burnout"
    return f"{ends} with {' and '.join(filter(None, [', '.join(things[:-1]), things[-1]]))} than {nothing}"


def _subtitle(effect: Effect) -> str:
    """How to read the panels."""
    line = "Difference from doing nothing within the same future; before the change there is none."
    if effect.n < 2:
        return f"{line} {how_sure(effect.n, '')}"
    cut = " With so few futures the bands may be wider than the panels, which cut them." if effect.n < FEW_SEEDS else ""
    ends = f"Right: the last quarter; {UNCLEAR}: no clear difference, the interval includes zero."
    return f"{line} {how_sure(effect.n, 'band')} {ends}{cut}"
