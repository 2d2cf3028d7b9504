"""Rows of dots with intervals beside a reference line: how every structure differs from one of them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sim.report.figures.canvas import (
    BOLD_LETTER_WIDTH,
    HEIGHT_IN,
    LETTER_WIDTH,
    MUTED,
    SHADE,
    WIDTH_IN,
    readable,
    tint,
)
from sim.report.labels import UNCLEAR, Scale, Style, interval, style_of
from sim.study.statistics import Estimate

NAME_SIZE = 8.5
"""Of the reference's name, in points."""
HEAD_POINTS = 17
"""Height above the first row for the name of the reference, in points."""
TALLEST_ROW_IN = 1.8
"""With few rows the panels end early: a lone dot in the middle of a slide is hard to place."""
MOST_ROWS_WITH_INTERVALS = 10
"""With more rows there is no room to write the intervals; their bars are drawn all the same."""


def forest(
    axes: Axes,
    rows: pd.DataFrame,
    styles: Mapping[str, Style],
    reference: str,
    scale: Scale,
    suffix: str = "",
    n_ticks: int = 5,
) -> None:
    """One dot per scenario of rows (index scenario; mean, low, high, is_clear), from the top, around zero.

    Each has its value above and its interval below, because a narrow interval hides behind its dot. Unclear
    ones are hollow and carry the mark for unclear instead of a value. The axis is in the unit of the scale.
    """
    height_points = axes.get_position().height * HEIGHT_IN * 72
    row_points = (height_points - HEAD_POINTS) / max(len(rows), 1)
    axes.set_ylim(len(rows) - 0.5, -0.5 - HEAD_POINTS / row_points)
    _mark_reference(axes, style_of(styles, reference))
    for y, (scenario, row) in enumerate(rows.iterrows()):
        at = Estimate(row["mean"], row["low"], row["high"], 0)
        if len(rows) <= MOST_ROWS_WITH_INTERVALS:
            axes.axhline(y - 0.5, color=SHADE, linewidth=0.9, zorder=0)
        if not np.isfinite(at.mean):
            _write(axes, sum(axes.get_xlim()) / 2, y, "not defined", 4, 8, MUTED)
            continue
        color, is_clear = style_of(styles, str(scenario)).color, bool(row["is_clear"])
        _draw_dot(axes, y, at, scale.divisor, color, is_clear)
        value = f"{scale(at.mean, is_signed=True)}{suffix}" if is_clear else UNCLEAR
        x, ink = at.mean / scale.divisor, readable(color) if is_clear else MUTED
        _write(axes, x, y, value, 7, 9.5, ink)
        if at.has_interval and len(rows) <= MOST_ROWS_WITH_INTERVALS:
            _write(axes, x, y, interval(at, scale), -7, 7.5, MUTED)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=n_ticks, steps=[1, 2, 5, 10]))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, pad=10)


def _draw_dot(axes: Axes, y: float, at: Estimate, divisor: float, color: str, is_clear: bool) -> None:
    """The interval as a bar and the mean as a dot on it, hollow if unclear."""
    axes.plot([at.low / divisor, at.high / divisor], [y, y], color=color, linewidth=2.2, solid_capstyle="butt")
    fill = color if is_clear else "white"
    axes.plot(at.mean / divisor, y, "o", markersize=8, color=color, markerfacecolor=fill, markeredgewidth=1.8)


def _write(axes: Axes, x: float, y: float, text: str, points: float, font_size: float, color: str) -> None:
    """Write text so many points above (if negative, below) a dot, but inside the panel."""
    axes.annotate(
        text,
        (_inside(axes, x, len(text) * font_size * LETTER_WIDTH), y),
        (0, points),
        textcoords="offset points",
        ha="center",
        va="bottom" if points > 0 else "top",
        fontsize=font_size,
        color=color,
    )


def _inside(axes: Axes, x: float, width_points: float) -> float:
    """The place nearest to x at which a text of this width, centred there, does not leave the panel."""
    low, high = axes.get_xlim()
    half = (high - low) * width_points / 72 / 2 / (axes.get_position().width * WIDTH_IN)
    return min(max(x, low + half), high - half)


def _mark_reference(axes: Axes, reference: Style) -> None:
    """The line at zero, named: it is the structure that the others are compared with."""
    bottom, top = axes.get_ylim()
    # Pale, because values are written across it.
    axes.axvline(0, 0, (bottom + 0.5) / (bottom - top), color=tint(reference.color, 0.45), linewidth=1.6)
    x = _inside(axes, 0, len(reference.label) * NAME_SIZE * BOLD_LETTER_WIDTH)
    name = {"fontsize": NAME_SIZE, "fontweight": "bold", "color": readable(reference.color)}
    axes.text(x, top, reference.label, name, ha="center", va="top")


def name_rows(axes: Axes, scenarios: Sequence[str], styles: Mapping[str, Style]) -> None:
    """Write each structure's name, in its colour, to the left of its row."""
    labels = [textwrap.fill(style_of(styles, scenario).label, 26) for scenario in scenarios]
    axes.set_yticks(range(len(scenarios)), labels)
    for label, scenario in zip(axes.get_yticklabels(), scenarios, strict=True):
        label.set_color(readable(style_of(styles, scenario).color))
        label.set_fontsize(10.5)


def floor(top: float, n_rows: int, lowest: float = 0.11) -> float:
    """Lower edge of panels with so many rows below top, both as shares of the figure."""
    return max(lowest, top - (n_rows * TALLEST_ROW_IN + HEAD_POINTS / 72) / HEIGHT_IN)


def estimates(rows: pd.DataFrame) -> list[Estimate]:
    """The mean and interval of each row."""
    return [Estimate(mean, low, high, 0) for mean, low, high in rows[["mean", "low", "high"]].to_numpy(float)]


def span(*rows: pd.DataFrame) -> tuple[float, float]:
    """Limits that show zero, every mean and interval of the rows, and the values written above the dots."""
    values = np.concatenate([frame[["mean", "low", "high"]].to_numpy(float).ravel() for frame in rows])
    known = values[np.isfinite(values)]
    low, high = min(known.min(initial=0), 0), max(known.max(initial=0), 0)
    margin = 0.12 * ((high - low) or 1)
    return float(low - margin), float(high + margin)
