"""Where verdicts change: each number that is followed, along every axis, coloured by what is said of it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import FAINT, INK, MUTED, drawing, panel_title, slide
from sim.report.figures.claims import COLORS
from sim.report.labels import INTERVAL
from sim.report.ledger.words import toward_claim, with_interval
from sim.study.claims.flips import OVER, UNDER, Flip, panels, turns_round
from sim.study.claims.verdict import UNCLEAR

SIZE = 7.8
BY_VERDICT = {**COLORS, OVER: INK, UNDER: INK}
"""Where a claim names no side, none is coloured."""


def flips_figure(flips: Sequence[Flip], n_seeds: int) -> Figure:
    """A slide: rows are numbers, columns axes; dots right of the line lie where the claim has them."""
    by_panel = panels(flips)
    axes_of = list(dict.fromkeys(axis for _, _, axis in by_panel))
    numbers = list(dict.fromkeys((claim, number) for claim, number, _ in by_panel))
    subtitle = (
        f"{n_seeds} futures at every level, {INTERVAL} of each number by itself, each panel on its own scale. Right of "
        "the line and blue: as claimed; left and red: the other way; black: the claim names no side; hollow: no clear "
        "difference. Blank: the axis is part of the number's design."
    )
    with drawing():
        figure, top = slide(_title(by_panel), subtitle)
        left, right, low, room = 0.19, 0.99, 0.08, 0.06
        height, width = (top - room - low) / len(numbers), (right - left) / len(axes_of)
        for row, (claim, number) in enumerate(numbers):
            bottom = top - room - (row + 1) * height
            for column, axis in enumerate(axes_of):
                axes = figure.add_axes((left + column * width + 0.042, bottom, width - 0.118, height * 0.93))
                axes.axis("off")
                if row == 0:
                    panel_title(axes, axis, room_in=1.5)
                if some := by_panel.get((claim, number, axis)):
                    _panel(axes, some)
            one = next(some[0] for key, some in by_panel.items() if key[:2] == (claim, number))
            _name(figure, one, bottom + height * 0.43)
    return figure


def _title(by_panel: Mapping[tuple[str, str, str], Sequence[Flip]]) -> str:
    axes = list(dict.fromkeys(axis for _, _, axis in by_panel))
    turned = [f"{claim} ({axis})" for (claim, _, axis), some in by_panel.items() if turns_round(some)]
    along = f"Along {', '.join(axes[:-1])} and {axes[-1]}" if len(axes) > 1 else f"Along {axes[0]}"
    which = f": {', '.join(dict.fromkeys(turned))}" if turned else ""
    return f"{along}, {len(turned)} of {len(by_panel)} verdicts turn round{which}"


def _name(figure: Figure, flip: Flip, y: float) -> None:
    figure.text(0.03, y, f"{flip.claim}  {_folded(flip.number.words)}", fontsize=SIZE + 0.4, color=INK, va="center")


def _folded(words: str, most: int = 32) -> str:
    if len(words) <= most:
        return words
    first = words[:most].rsplit(" ", 1)[0]
    return f"{first}\n{words[len(first) + 1 :]}"


def _panel(axes: Axes, some: Sequence[Flip]) -> None:
    axes.set_xlim(-1.08, 1.08)
    axes.set_ylim(len(some) - 0.5, -0.5)
    axes.plot([0, 0], [-0.5, len(some) - 0.5], color=FAINT, linewidth=1.0)
    ends = [[toward_claim(f.number, x) for x in (f.at.mean, f.at.low, f.at.high)] for f in some]
    size = max(abs(x) for row in ends for x in row) or 1.0
    for y, (flip, row) in enumerate(zip(some, ends, strict=True)):
        mean, *bar = (x / size for x in row)
        color = BY_VERDICT.get(flip.verdict, MUTED)
        axes.plot(bar, [y, y], color=color, linewidth=1.6, solid_capstyle="butt")
        axes.plot(
            mean, y, "o", color=color, markersize=4.4, markerfacecolor="white" if flip.verdict == UNCLEAR else color
        )
        axes.annotate(
            flip.variation.level, (0, y), (-5, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            ha="right", va="center", fontsize=SIZE - 1.9, color=INK,
        )  # fmt: skip
        axes.annotate(
            with_interval(flip.at, flip.number).replace(" points", ""), (1, y), (4, 0),
            xycoords=("axes fraction", "data"), textcoords="offset points", va="center", fontsize=SIZE - 2.0,
            color=MUTED,
        )  # fmt: skip
