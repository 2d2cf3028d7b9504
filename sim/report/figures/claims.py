"""All claims on one page: where each number lies, how surely, the verdict, and the article's figure beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import FAINT, INK, MUTED, SHADE, drawing, slide, tint
from sim.report.ledger.words import beside_band, figure_in_short, toward_claim, with_interval
from sim.study.claims.verdict import CONTRADICTED, SUPPORTED, UNCLEAR, Row

COLORS = {SUPPORTED: "#0072B2", CONTRADICTED: "#D55E00", UNCLEAR: "#767676"}
SHORT = {SUPPORTED: "supported", CONTRADICTED: "contradicted", UNCLEAR: "no clear difference"}
SIZE = 8.0
CLAIM, NUMBER, STRIP, VALUE, VERDICT, FIGURE, BAND = 0.025, 0.3, 0.527, 0.605, 0.737, 0.823, 0.918
"""Where columns begin, as shares of the width."""
STRIP_WIDTH = 0.074
MOST_LETTERS = 50


def claims_figure(rows: Sequence[Row], n_seeds: int) -> Figure:
    """A slide: a row for each claim, the number that decides it drawn toward the side that it claims."""
    counts = Counter(row.direction for row in rows)
    title = (
        f"Of {len(rows)} claims, {counts[SUPPORTED]} hold in the model, {counts[CONTRADICTED]} are contradicted, "
        f"{counts[UNCLEAR]} show no clear difference"
    )
    subtitle = (
        f"The number that decides each claim in {n_seeds} futures, with the interval at which Holm's procedure tests "
        "it (all verdicts hold together at 95%). Drawn on its own scale, toward the claim to the right. n: money below "
        "1% of gross profit; i: largely an input."
    )
    with drawing():
        figure, top = slide(title, subtitle)
        low = 0.085
        height = top - low
        axes = figure.add_axes((0, low, 1, height))
        axes.set_xlim(0, 1)
        axes.set_ylim(len(rows) - 0.5, -1.2)
        axes.axis("off")
        _heads(axes)
        for y, row in enumerate(rows):
            _row(axes, y, row)
    return figure


def _heads(axes: Axes) -> None:
    heads = (
        (CLAIM, "claim"), (NUMBER, "decided by"), (STRIP, "against   claimed"), (VALUE + 0.005, "model"),
        (VERDICT, "verdict"), (FIGURE, "article's figure"), (BAND, "credible"),
    )  # fmt: skip
    for x, text in heads:
        axes.text(x, -0.9, text, fontsize=SIZE, color=MUTED, va="center")


def _row(axes: Axes, y: int, row: Row) -> None:
    if y % 2 == 0:
        axes.fill_between([0.02, 0.985], y - 0.5, y + 0.5, color=SHADE, alpha=0.6, linewidth=0)
    one, color = row.deciding, COLORS.get(row.direction, MUTED)
    at = row.estimate(one)
    axes.text(CLAIM, y, f"{row.claim.name}  {_cut(row.claim.words, 55)}", fontsize=SIZE, color=INK, va="center")
    axes.text(NUMBER, y, _cut(one.number.words, MOST_LETTERS), fontsize=SIZE - 0.7, color=MUTED, va="center")
    axes.text(VALUE, y, f" {with_interval(at, one.number)}", fontsize=SIZE - 0.5, color=INK, va="center")
    marks = ("n" if row.money_is_negligible else "") + ("i" if row.claim.input else "")
    words = SHORT.get(row.direction, row.direction) + (f" ({', '.join(marks)})" if marks else "")
    weight = "normal" if row.direction == UNCLEAR else "bold"
    axes.text(VERDICT, y, words, fontsize=SIZE - 0.5, color=color, va="center", fontweight=weight)
    axes.text(BAND, y, beside_band(row), fontsize=SIZE - 1.2, color=MUTED, va="center")
    axes.text(FIGURE, y, figure_in_short(row), fontsize=SIZE - 1.2, color=INK, va="center")
    if at.has_interval:
        _strip(axes, y, row, color)


def _strip(axes: Axes, y: int, row: Row, color: str) -> None:
    """The number as a dot with its bar; the line is what it is held against, and right of it lies the claim."""
    one = row.deciding
    at, number = row.estimate(one), one.number
    ends = [toward_claim(number, value) for value in (at.mean, at.low, at.high)]
    size = max(map(abs, ends)) or 1.0
    middle, half = STRIP + STRIP_WIDTH / 2, STRIP_WIDTH / 2
    axes.fill_between([middle, middle + half], y - 0.38, y + 0.38, color=tint(COLORS[SUPPORTED], 0.10), linewidth=0)
    axes.plot([middle, middle], [y - 0.45, y + 0.45], color=FAINT, linewidth=1.0)
    mean, *bar = (middle + half * 0.95 * end / size for end in ends)
    axes.plot(bar, [y, y], color=color, linewidth=1.8, solid_capstyle="butt")
    face = "white" if row.direction == UNCLEAR else color
    axes.plot(mean, y, "o", color=color, markersize=4.6, markerfacecolor=face)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:")
    return f"{cut}…"
