"""What common luck does for a comparison: two structures in the same futures, and as if each had luck of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import FAINT, MUTED, drawing, panel_title, readable, slide, tint
from sim.report.labels import HEADLINES, INTERVAL, Scale, Style, futures, scale_for, style_of
from sim.study.statistics import Estimate, by_seed, mean_estimate, pairing_ratio, standard_error, t_quantile

Floats = npt.NDArray[np.float64]
FEWEST = 4  # futures of the first point: an interval of fewer fills the panel
BINS = 25


def pairing(
    runs: pd.DataFrame, styles: Mapping[str, Style], a: str, b: str, outcome: str = "npv_usd"
) -> tuple[Figure, pd.DataFrame]:
    """Three panels: a against b future by future; their differences within a future and across; intervals of each.

    Shown data: one row per number of futures, with the mean difference and both intervals, in the outcome's unit.
    """
    table = by_seed(runs, outcome)
    if len(table) < 2 * FEWEST:
        raise ValueError(f"{futures(len(table))}: must be at least {2 * FEWEST} to show what common luck does")
    of_a, of_b = (table[name].to_numpy(float) for name in (a, b))
    shown = narrowing(of_a, of_b)
    scale = scale_for(HEADLINES[outcome], *of_a, *of_b)
    looks = (style_of(styles, a), style_of(styles, b))
    with drawing():
        figure, top = slide(_title(table[a], table[b]), _subtitle(looks, HEADLINES[outcome].label, len(table)))
        grid = figure.add_gridspec(1, 3, left=0.055, right=0.97, bottom=0.15, top=top - 0.07, wspace=0.24)
        panels = [figure.add_subplot(grid[0, place]) for place in range(3)]
        _draw_futures(panels[0], of_a / scale.divisor, of_b / scale.divisor, looks, scale)
        _draw_differences(panels[1], of_a / scale.divisor, of_b / scale.divisor, looks, scale)
        _draw_intervals(panels[2], shown, looks, scale)
    return figure, shown


def narrowing(of_a: Floats, of_b: Floats) -> pd.DataFrame:
    """Mean difference after 4, 5, ... futures, with the paired interval and that of futures which are not shared."""
    rows = []
    for n in range(FEWEST, len(of_a) + 1):
        within = mean_estimate(of_a[:n] - of_b[:n])
        across = apart(of_a[:n], of_b[:n])
        rows.append((n, within.mean, within.low, within.high, across.low, across.high))
    columns = ["n_seeds", "mean", "paired_low", "paired_high", "unpaired_low", "unpaired_high"]
    return pd.DataFrame(rows, columns=columns)


def across_futures(of_a: Floats, of_b: Floats) -> Floats:
    """Differences of a in one future and b in another, all pairs of two futures."""
    return (of_a[:, None] - of_b[None, :])[~np.eye(len(of_a), dtype=bool)]


def apart(of_a: Floats, of_b: Floats) -> Estimate:
    """Mean difference and interval that the same runs would give had each structure met futures of its own.

    With the fewer degrees of freedom, n - 1 as for pairs, so that only the variances differ.
    """
    n, mean = len(of_a), float(np.mean(of_a) - np.mean(of_b))
    half_width = t_quantile(n) * math.hypot(standard_error(of_a), standard_error(of_b))
    return Estimate(mean, mean - half_width, mean + half_width, n)


def _draw_futures(axes: Axes, of_a: Floats, of_b: Floats, looks: tuple[Style, Style], scale: Scale) -> None:
    low, high = min(np.min(of_a), np.min(of_b)), max(np.max(of_a), np.max(of_b))
    room = 0.04 * (high - low)
    ends = (low - room, high + room)
    axes.plot(ends, ends, color=MUTED, linewidth=1.0, zorder=1)
    axes.scatter(of_b, of_a, s=34, color=looks[0].color, alpha=0.6, linewidths=0, zorder=2)
    axes.set_xlim(ends)
    axes.set_ylim(ends)
    for (x, y), side, look in (((0.05, 0.93), "left", looks[0]), ((0.95, 0.07), "right", looks[1])):
        axes.text(x, y, f"{look.label}\nahead", transform=axes.transAxes, ha=side, va="center", color=MUTED)
    axes.set_xlabel(f"{looks[1].label}, {scale.unit}")
    axes.set_ylabel(f"{looks[0].label}, {scale.unit}")
    correlation = float(np.corrcoef(of_a, of_b)[0, 1])
    panel_title(axes, "Good futures are good for both", f"One dot is one future; correlation {correlation:.2f}")


def _draw_differences(axes: Axes, of_a: Floats, of_b: Floats, looks: tuple[Style, Style], scale: Scale) -> None:
    within, across = of_a - of_b, across_futures(of_a, of_b)
    color = looks[0].color
    # Areas of so unlike widths cannot share an axis: each shape has its own height, the narrow one twice the wide.
    _draw_shape(axes, across, BINS, 1.0, FAINT)
    _draw_shape(axes, within, max(6, round(math.sqrt(len(within)))), 2.0, color)
    axes.axvline(0, color=MUTED, linewidth=1.0, zorder=3)
    axes.set_ylim(0, 2.3)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"{looks[0].label} − {looks[1].label}, {scale.unit}")
    beside = float(np.max(within)) + 0.04 * float(np.ptp(across))
    spreads = [f"sd {np.std(values, ddof=1):.1f}" for values in (within, across)]
    axes.text(beside, 1.9, f"same future\n{spreads[0]}", color=readable(color), fontweight="bold", va="top")
    far = float(np.quantile(across, 0.93))
    axes.text(far, 0.78, f"two futures\n{spreads[1]}", color=MUTED, fontweight="bold", va="bottom")
    panel_title(axes, "Their difference varies far less", "Share of differences, each shape to a scale of its own")


def _draw_shape(axes: Axes, values: Floats, n_bins: int, height: float, color: str) -> None:
    counts, edges = np.histogram(values, np.linspace(np.min(values), np.max(values), n_bins + 1))
    axes.bar(edges[:-1], height * counts / np.max(counts), np.diff(edges), align="edge", color=color)


def _draw_intervals(axes: Axes, shown: pd.DataFrame, looks: tuple[Style, Style], scale: Scale) -> None:
    n, color = shown["n_seeds"].to_numpy(), looks[0].color
    columns = ("mean", "paired_low", "paired_high", "unpaired_low", "unpaired_high")
    mean, low, high, far_low, far_high = (shown[name].to_numpy(float) / scale.divisor for name in columns)
    axes.axhline(0, color=MUTED, linewidth=1.0, zorder=2)
    axes.fill_between(n, far_low, far_high, color=FAINT, alpha=0.75, linewidth=0, zorder=1)
    axes.fill_between(n, low, high, color=tint(color, 0.45), linewidth=0, zorder=3)
    axes.plot(n, mean, color=color, linewidth=2.2, zorder=4)
    axes.set_xscale("log", base=2)
    axes.set_xticks([tick for tick in (4, 8, 16, 32, 64, 128, 256, 512, 1024) if tick <= np.max(n)])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    axes.minorticks_off()
    axes.margins(x=0.0)
    # The first points' intervals are so wide that they would fill the panel.
    room = 1.15 * float(np.quantile(np.abs([far_low, far_high]), 0.98))
    axes.set_ylim(-room, room)
    axes.set_xlabel("futures of each structure")
    axes.set_ylabel(f"mean difference, {scale.unit}")
    at = int(np.argmin(np.abs(n - 2.2 * FEWEST)))
    above = float(np.max(high[n >= FEWEST * 1.5])) + 0.03 * room
    font: dict[str, Any] = {"fontweight": "bold", "ha": "center", "zorder": 5}
    axes.text(n[at], 0.6 * far_low[at], "own luck", color=MUTED, va="center", **font)
    axes.text(n[at], above, "common luck", color=readable(color), va="bottom", **font)
    common, own = (
        f"{scale(bottom * scale.divisor)} to {scale(top * scale.divisor)}"
        for bottom, top in ((low[-1], high[-1]), (far_low[-1], far_high[-1]))
    )
    panel_title(axes, "So far fewer futures are enough", f"{INTERVAL}; after {np.max(n)}: {common}, not {own}", 3.8)


def _title(of_a: pd.Series, of_b: pd.Series) -> str:
    """How many futures of its own each would need: the variance is that many times as great."""
    needed = float(f"{pairing_ratio(of_a, of_b) * len(of_a):.1e}")
    return f"{futures(len(of_a))} in common say as much as {needed:,.0f} that each structure meets alone"


def _subtitle(looks: tuple[Style, Style], label: str, n: int) -> str:
    return (
        f"{label} of {looks[0].phrase} and {looks[1].phrase} in {futures(n)}. Colour: compared within each future. "
        "Grey: the same runs, as if the two had met different futures."
    )
