"""The benchmark as a picture: each line as a multiple of what is to be reached."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.line import Line

REACHED, MISSED = "#2f6f4f", "#b3422f"


def draw(lines: Sequence[Line], path: Path) -> None:
    """Draw the lines that have a goal; right of the mark is better than it."""
    drawn = [line for line in lines if line.is_reached is not None and line.value > 0.0][::-1]
    with mpl.rc_context({"font.size": 9, "svg.fonttype": "none"}):
        figure = Figure(figsize=(8.0, 0.6 + 0.42 * max(len(drawn), 2)), layout="constrained")
        axes = figure.add_subplot()
        for place, line in enumerate(drawn):
            ends = sorted(_margin(line, value) for value in (line.low, line.high))
            colour = REACHED if line.is_reached else MISSED
            axes.plot(ends, [place, place], color=colour, linewidth=5, alpha=0.35, solid_capstyle="round")
            axes.plot(_margin(line, line.value), place, "o", color=colour, markersize=6)
            axes.annotate(
                f"{line.value:.3g} {line.unit}, {line.goal}", (max(ends), place), (8, 0),
                textcoords="offset points", va="center", color="0.35",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
            )  # fmt: skip
        axes.axvline(1.0, color="0.3", linewidth=1)
        axes.set_xscale("log")
        low, high = axes.get_xlim()
        axes.set_xlim(min(low, 0.5), max(high, 2.0) * 6)  # room for the words
        axes.set_yticks(range(len(drawn)), [line.what for line in drawn])
        axes.set_xlabel("times better than what is to be reached")
        axes.set_xticks([0.5, 1, 2, 5, 10], ["0.5", "1", "2", "5", "10"])
        axes.minorticks_off()
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        figure.savefig(path, dpi=150)


def _margin(line: Line, value: float) -> float:
    """How many times better than its goal a value is; below 1 it is missed."""
    value = max(value, 1e-9)
    if line.at_least is not None:
        return value / line.at_least
    assert line.at_most is not None, "a line without a goal is not drawn"
    return line.at_most / value
