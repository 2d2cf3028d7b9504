"""Parts of pictures of a change: its line with a band, the quarter at which it applies, the level of doing nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import StrMethodFormatter

from sim.report.figures.canvas import HEIGHT_IN, INK, MUTED, WIDTH_IN, readable
from sim.report.figures.ends import LINE_HEIGHT, End
from sim.report.figures.headlines import ruled, strength_of_bands
from sim.report.labels import Style

WORDS_SIZE = 9
"""Of words within a panel, in points."""
LETTER = 0.55
"""Average width of a letter of such words, in font sizes."""
AT_NO_COST_DASHES = (0, (4, 2.5))
"""Of the change had it cost nothing: no option that anybody has."""


def draw_difference(axes: Axes, rows: pd.DataFrame, color: str) -> None:
    """The mean difference by quarter as a line in its band (mean, low, high); a lone quarter as a dot with a bar."""
    if len(rows) == 1:
        draw_dot(axes, float(rows["quarter"].iloc[0]), rows.iloc[0], color)
        return
    strength = max(strength_of_bands(rows), 0.05)
    axes.fill_between(rows["quarter"], rows["low"], rows["high"], color=color, alpha=strength, linewidth=0, zorder=2)
    axes.plot(rows["quarter"], rows["mean"], color=color, linewidth=3, solid_capstyle="round", zorder=4)


def draw_dot(axes: Axes, x: float, row: pd.Series, color: str, is_main: bool = True) -> None:
    """A mean with its interval upright, hollow if the interval includes zero or there is none."""
    fill = color if row["low"] > 0 or row["high"] < 0 else "white"
    width, size = (2.2, 8) if is_main else (1.2, 5.5)
    axes.plot([x, x], [row["low"], row["high"]], color=color, linewidth=width, solid_capstyle="butt", zorder=4)
    axes.plot(x, row["mean"], "o", markersize=size, color=color, markerfacecolor=fill, markeredgewidth=1.8, zorder=5)


def mark_nothing(axes: Axes, nothing: Style) -> End:
    """Draw the line at zero; its name at its end is returned."""
    axes.axhline(0, color=nothing.color, linewidth=1.4, zorder=3)
    return End(0.0, nothing.label[:1].lower() + nothing.label[1:], nothing.color)


def mark_change(axes: Axes, x: float, change: Style) -> None:
    """Draw an upright line at the quarter of the change, and its words beside the top of it.

    Room for the words must be left above what is drawn: see `with_words_above`. Limits must be set before.
    """
    axes.axvline(x, color=INK, linewidth=1, linestyle=(0, (1, 2)), zorder=3)
    left, right = axes.get_xlim()
    is_right = right - x >= x - left
    axes.annotate(
        change_words(axes, x, change),
        (x, 1),
        (4 if is_right else -4, 0),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        ha="left" if is_right else "right",
        va="top",
        fontsize=WORDS_SIZE,
        linespacing=1.1,
        color=readable(change.color),
    )


def mark_later(axes: Axes, places: Sequence[float], n_lines: int) -> None:
    """Draw a fainter upright line wherever something changes later on, up to the words of the change."""
    height = axes.get_position().height * HEIGHT_IN * 72
    for x in places:
        top = 1 - (n_lines * WORDS_SIZE * LINE_HEIGHT + 6) / height
        axes.axvline(x, ymax=top, color=MUTED, linewidth=0.8, linestyle=(0, (1, 3)), zorder=2)


def change_words(axes: Axes, x: float, change: Style) -> str:
    """The words of the change, in lines that fit between its upright line and the farther edge of the panel."""
    left, right = axes.get_xlim()
    share = max(right - x, x - left) / (right - left)
    points = share * axes.get_position().width * WIDTH_IN * 72 - 8
    return textwrap.fill(change.label, max(int(points / (WORDS_SIZE * LETTER)), 8))


def with_words_above(axes: Axes, low: float, high: float, n_lines: int, n_lines_below: int = 0) -> None:
    """Set the y limits to show low to high with a margin, and leave lines of words free above, and below."""
    margin = 0.05 * (high - low) if high > low else 0.5 * (abs(high) or 1.0)
    low, high = low - margin, high + margin
    height = axes.get_position().height * HEIGHT_IN * 72
    above, below = (lines * WORDS_SIZE * LINE_HEIGHT + 6 for lines in (n_lines, n_lines_below))
    per_point = (high - low) / (height - above - below)
    axes.set_ylim(low - below * per_point, high + above * per_point)
    ruled(axes)
    if max(-low, high) >= 1000:
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def words_below(axes: Axes, x: float, text: str, keep_off: float) -> None:
    """Write words at the bottom of a panel, joined to the place x on the zero line that they are about.

    They stay inside the panel and off the upright line at `keep_off`, on the side where there is more room.
    """
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    box = axes.get_position()
    gap, width = (points * (right - left) / (box.width * WIDTH_IN * 72) for points in (5, _width(text)))
    place = min(max(x, left + width / 2), right - width / 2)
    if abs(place - keep_off) < width / 2 + gap:
        place = keep_off + (width / 2 + gap) * (1 if right - keep_off > keep_off - left else -1)
    height = (text.count("\n") + 1) * WORDS_SIZE * LINE_HEIGHT + 4
    above = bottom + height * (top - bottom) / (box.height * HEIGHT_IN * 72)
    axes.plot([x, x], [0, above], color=MUTED, linewidth=0.8, zorder=1)
    font: dict[str, Any] = {"fontsize": WORDS_SIZE, "linespacing": 1.1, "color": MUTED}
    axes.annotate(text, (place, bottom), (0, 2), textcoords="offset points", ha="center", va="bottom", **font)


def _width(text: str) -> float:
    """About how wide the words are, in points."""
    return max(len(line) for line in text.split("\n")) * WORDS_SIZE * LETTER
