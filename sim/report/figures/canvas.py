"""The slide that every figure is drawn on: size, type, inks, the title with the finding, the small print.

Nothing here touches matplotlib's global state or needs a display: figures are made directly, inside a context
of settings that ends with the drawing.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from sim.report.labels import INTERVAL, futures

WIDTH_IN, HEIGHT_IN = 13.33, 7.5
"""A 16:9 slide, in inches."""
LETTER_WIDTH, BOLD_LETTER_WIDTH = 0.6, 0.68
"""Average width of a letter, in font sizes."""
DPI = 200

INK, MUTED, FAINT, SHADE = "#222222", "#666666", "#c8c8c8", "#f0f0f0"
"""Neutral inks: text, secondary text, lines behind the data, areas behind the data."""

SETTINGS: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same picture on every machine
    "font.size": 10.5,
    "text.color": INK,
    "text.parse_math": False,  # "$4.1M to $5.0M" is money, not a formula
    "axes.edgecolor": FAINT,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 9.5,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": FAINT,
    "xtick.labelcolor": MUTED,
    "ytick.color": FAINT,
    "ytick.labelcolor": MUTED,
    "axes.unicode_minus": True,
    "svg.fonttype": "none",  # text stays text, so that a consultant can edit it
    "svg.hashsalt": "twohats",  # the same figure gives the same file
}

_SMALL_PRINT = "small-print"


def drawing() -> Any:
    """Return the context in which everything is drawn and saved; outside it matplotlib is as it was."""
    return mpl.rc_context(SETTINGS)


def slide(title: str, subtitle: str) -> tuple[Figure, float]:
    """An empty slide with the finding on top and below it how to read what is shown.

    Also the height, as a share of the figure, up to which panels and their titles may reach.
    """
    figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), facecolor="white")
    FigureCanvasAgg(figure)
    lines, below = balanced(title, 88), balanced(subtitle, 168)
    figure.text(0.03, 0.963, "\n".join(lines), fontsize=17, fontweight="bold", va="top", linespacing=1.15)
    height = 0.953 - 0.042 * len(lines)
    figure.text(0.03, height, "\n".join(below), fontsize=10.5, color=MUTED, va="top")
    return figure, height - 0.027 * len(below) - 0.02


def balanced(text: str, width: int) -> list[str]:
    """The text in as few lines as fit the width in characters, of about equal length: no orphaned word."""
    lines = textwrap.wrap(text, width)
    narrower = (textwrap.wrap(text, w) for w in range(width - 1, max(map(len, text.split()), default=1), -1))
    for candidate in narrower:
        if len(candidate) > len(lines):
            break
        lines = candidate
    return lines


def panel_title(axes: Axes, title: str, below: str = "", room_in: float = 4.0) -> None:
    """The name of a panel above its left edge, and below it, in a lighter ink, its unit or the like.

    The name is set smaller where it would not fit into so many inches.
    """
    height = 8 + (13.5 * (below.count("\n") + 1) if below else 0)
    size = min(11.5, room_in * 72 / (BOLD_LETTER_WIDTH * max(len(title), 1)))
    _above(axes, title, height, fontsize=size, fontweight="bold")
    _above(axes, below, 8, fontsize=9.5, color=MUTED)


def _above(axes: Axes, text: str, points: float, **font: Any) -> None:
    """Write text so many points above the upper left corner of the axes."""
    axes.annotate(text, (0, 1), (0, points), xycoords="axes fraction", textcoords="offset points", va="bottom", **font)


def how_sure(n_seeds: int, shown: str) -> str:
    """What the uncertainty shown is: "Mean of 64 futures, band: 95% interval"; says so if there is none."""
    if n_seeds < 2:
        return "One future: no interval can be shown, so nothing here is a finding."
    return f"Mean of {futures(n_seeds)}, {shown}: {INTERVAL}."


def readable(color: str) -> str:
    """The colour, darkened until text in it reads on white (contrast at least 4.5, as WCAG AA asks)."""
    rgb = to_rgb(color)
    while _contrast_on_white(rgb) < 4.5:
        rgb = (0.95 * rgb[0], 0.95 * rgb[1], 0.95 * rgb[2])
    return to_hex(rgb)


def tint(color: str, strength: float) -> str:
    """The colour mixed with white: strength 1 is the colour, 0 is white."""
    red, green, blue = (strength * part + 1 - strength for part in to_rgb(color))
    return to_hex((red, green, blue))


def _contrast_on_white(rgb: tuple[float, float, float]) -> float:
    """Contrast ratio against white, 1 to 21: relative luminance as in WCAG 2.1."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def save(figure: Figure, data: pd.DataFrame, folder: Path | str, name: str, small_print: str) -> list[Path]:
    """Write name.png, name.svg and name.csv into folder and return their paths; the csv is what is shown."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    png, svg, csv = (folder / f"{name}.{kind}" for kind in ("png", "svg", "csv"))
    with drawing():
        _print_small(figure, small_print)
        figure.savefig(png, dpi=DPI)
        figure.savefig(svg, metadata={"Date": None})
    data.to_csv(csv, index=False, encoding="utf-8", lineterminator="\n")
    return [png, svg, csv]


def _print_small(figure: Figure, small_print: str) -> None:
    """Put how it was made at the bottom; a second save replaces the first one's."""
    for text in [text for text in figure.texts if text.get_gid() == _SMALL_PRINT]:
        text.remove()
    wrapped = "\n".join(textwrap.wrap(small_print, 190)[:3])
    figure.text(0.03, 0.018, wrapped, fontsize=8, color=MUTED, va="bottom", gid=_SMALL_PRINT)
