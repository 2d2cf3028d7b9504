"""Every pattern beside what is known: the range of the literature as a band, the model as a dot with its bar."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import FAINT, INK, MUTED, SHADE, drawing, panel_title, slide
from sim.report.pattern_words import known, shown
from sim.study.patterns.verdict import ABOVE, BELOW, MATCHES, OTHERWISE, Finding

GOOD, HALF, BAD = "#0072B2", "#56B4E9", "#D55E00"
LEFT, RIGHT = -0.9, 1.9
"""Ends of a row in widths of the literature's range; what lies beyond is drawn at the end with an arrow."""
ROW_SIZE, NUMBER_SIZE = 8.8, 7.8


def patterns_figure(found: Sequence[Finding]) -> Figure:
    """A slide of two columns: patterns that were fitted to, and those that were only looked at."""
    fitted, checked = ([f for f in found if f.is_fitted == which] for which in (True, False))
    said = [_counted(group) for group in (fitted, checked)]
    title = f"The model shows {said[0]} patterns that it was fitted to, and {said[1]} others that nothing puts in"
    subtitle = (
        "Shaded: range of the literature, drawn equally wide for each pattern; right of the line, where only a sign is "
        "known (there the interval sets the scale). Dot and bar: the model and its 95% interval; pale: not clear; "
        "grey: put in, or nothing known."
    )
    with drawing():
        figure, top = slide(title, subtitle)
        low = 0.10
        height = top - 0.05 - low
        for left, group, head in ((0.255, fitted, "Fitted to"), (0.735, checked, "Looked at, never fitted to")):
            axes = figure.add_axes((left, low, 0.115, height))
            _column(axes, group, max(len(fitted), len(checked)))
            panel_title(axes, head)
    return figure


def _counted(group: Sequence[Finding]) -> str:
    """How many are shown of those that have a range or a sign, and are not put in: "11 of 13"."""
    free = [f for f in group if not (f.pattern.rests_on or f.pattern.is_prediction)]
    return f"{sum(f.verdict in MATCHES for f in free)} of {len(free)}"


def _column(axes: Axes, group: Sequence[Finding], n_rows: int) -> None:
    axes.set_xlim(LEFT, RIGHT)
    axes.set_ylim(n_rows - 0.5, -0.5)
    axes.axis("off")
    for y, finding in enumerate(group):
        _row(axes, y, finding)


def _row(axes: Axes, y: int, finding: Finding) -> None:
    pattern, color = finding.pattern, _color(finding)
    if pattern.is_open:
        axes.plot([0, 0], [y - 0.35, y + 0.35], color=FAINT, linewidth=1.2, zorder=1)
        if not pattern.is_prediction:
            first, last = (0.0, RIGHT) if pattern.low == 0.0 else (LEFT, 0.0)
            axes.fill_between([first, last], y - 0.3, y + 0.3, color=SHADE, linewidth=0)
    else:
        axes.fill_between([0.0, 1.0], y - 0.3, y + 0.3, color=FAINT, alpha=0.6, linewidth=0)
    at = [_place(finding, x) for x in (finding.estimate.mean, finding.estimate.low, finding.estimate.high)]
    mean, low, high = (min(max(x, LEFT), RIGHT) for x in at)
    axes.plot([low, high], [y, y], color=color, linewidth=2.0, solid_capstyle="butt")
    for end, mark in ((at[1], "<"), (at[2], ">")):
        if not LEFT <= end <= RIGHT:
            axes.plot(min(max(end, LEFT), RIGHT), y, mark, color=color, markersize=5, clip_on=False)
    if not finding.estimate.has_interval:
        return
    marker = "o" if LEFT < at[0] < RIGHT else ">" if at[0] >= RIGHT else "<"
    axes.plot(mean, y, marker, color=color, markersize=6.5, clip_on=False)
    axes.annotate(
        f"{pattern.name}  {pattern.words}", (LEFT, y), (-6, 0), textcoords="offset points", ha="right", va="center",
        fontsize=ROW_SIZE, color=INK,
    )  # fmt: skip
    axes.annotate(
        _numbers(finding), (RIGHT, y), (8, 0), textcoords="offset points", ha="left", va="center",
        fontsize=NUMBER_SIZE, color=MUTED,
    )  # fmt: skip


def _color(finding: Finding) -> str:
    if finding.pattern.rests_on or finding.pattern.is_prediction:
        return MUTED
    if finding.verdict in MATCHES:
        return GOOD
    return BAD if finding.verdict in (BELOW, ABOVE, OTHERWISE) else HALF


def _place(finding: Finding, value: float) -> float:
    """A value in widths of the literature's range; of a pattern with a known sign, in lengths of its own interval."""
    pattern, at = finding.pattern, finding.estimate
    if pattern.is_open:
        return -0.95 * LEFT * value / max(abs(at.low), abs(at.high), 1e-12)
    return (value - pattern.low) / (pattern.high - pattern.low)


def _numbers(finding: Finding) -> str:
    return f"{shown(finding.estimate)}\nknown: {known(finding.pattern)}"
