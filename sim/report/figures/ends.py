"""Labels at the right end of lines and areas, in place of a legend, moved apart where they would collide."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from sim.report.figures.canvas import FAINT, HEIGHT_IN, readable

LINE_HEIGHT = 1.22
"""Height of a line of text, in font sizes."""


@dataclass(frozen=True)
class End:
    """Where a line or an area ends, and what is written beside it."""

    y: float
    """In units of the data."""
    text: str
    color: str
    is_bold: bool = False


def label_ends(axes: Axes, x: float, ends: Sequence[End], font_size: float = 9, wrap_at: int = 18) -> None:
    """Write each end's text to the right of the axes, near its y, joined to (x, y) by a thin line if moved.

    The limits of the axes must be set before; room to the right must be left by the layout.
    """
    height_points = axes.get_position().height * HEIGHT_IN * 72
    low, high = axes.get_ylim()
    texts = [_wrapped(end.text, wrap_at) for end in ends]
    heights = np.array([font_size * LINE_HEIGHT * (text.count("\n") + 1) + 1.5 for text in texts])
    wanted = np.array([(end.y - low) / (high - low) * height_points for end in ends])
    placed = spread(wanted, heights, 0, height_points)
    right_edge = axes.get_xlim()[1]
    for end, text, at in zip(ends, texts, placed, strict=True):
        y = low + at / height_points * (high - low)
        axes.plot([x, right_edge], [end.y, y], color=FAINT, linewidth=0.8, clip_on=False, zorder=1)
        axes.annotate(
            text,
            (right_edge, y),
            (3, 0),
            textcoords="offset points",
            va="center",
            fontsize=font_size,
            linespacing=1.05,
            color=readable(end.color),
            fontweight="bold" if end.is_bold else "normal",
            annotation_clip=False,
        )


def _wrapped(text: str, width: int) -> str:
    """The text in lines of at most so many characters; its own line breaks are kept."""
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


def spread(wanted: np.ndarray, heights: np.ndarray, low: float, high: float) -> np.ndarray:
    """Centres as near to the wanted ones as can be (least squares) without overlap of boxes, shape (n,).

    Order is kept; all stay within [low, high], or are spread evenly from low where they cannot all fit.
    """
    order = np.argsort(wanted, kind="stable")
    # With each box moved down by those below it, "no overlap" becomes "not falling": isotonic regression.
    sizes = heights[order]
    below = np.concatenate([[0.0], np.cumsum((sizes[1:] + sizes[:-1]) / 2)])
    slid = _not_falling(wanted[order] - below)
    lowest, highest = low + sizes[:1] / 2, high - sizes[-1:] / 2 - below[-1:]
    placed = np.empty_like(wanted, dtype=float)
    placed[order] = np.maximum(np.minimum(slid, highest), lowest) + below
    return placed


def _not_falling(values: np.ndarray) -> np.ndarray:
    """The nearest sequence that never falls (least squares): neighbours that do are pooled at their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, size = float(value), 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, size = (mean * size + other * others) / (size + others), size + others
        pools.append((mean, size))
    return np.array([mean for mean, size in pools for _ in range(size)])
