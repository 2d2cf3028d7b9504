"""Every future as a dot: in how many of them a change pays, and how far apart they lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.report.figures.canvas import MUTED, panel_title, readable, tint
from sim.report.figures.over_time import with_words_above
from sim.report.labels import Style, money_scale, share_with_interval, style_of
from sim.study.change import Effect

MOST_STEMS = 80
"""With more futures their stems would run into one another: then dots alone."""


def draw_futures(axes: Axes, effect: Effect, styles: Mapping[str, Style]) -> None:
    """Every future as a dot, from the one in which the change does worst to the one in which it does best."""
    color = style_of(styles, effect.changed).color
    usd = np.sort(effect.by_seed.to_numpy(float))
    scale = money_scale(*usd)
    values, places = usd / scale.divisor, np.arange(1, len(usd) + 1)
    axes.set_xlim(1 - 0.04 * len(usd) - 0.5, 1.04 * len(usd) + 0.5)
    with_words_above(axes, min([0.0, *values]), max([0.0, *values]), 2, 1)
    axes.axhline(0, color=style_of(styles, effect.nothing).color, linewidth=1.4, zorder=3)
    inks = np.where(values > 0, color, MUTED)
    size = float(np.clip(180 / max(len(usd), 1), 1.2, 6))
    if len(usd) <= MOST_STEMS:
        axes.vlines(places, 0, values, colors=[tint(ink, 0.35) for ink in inks], linewidth=1.1, zorder=2)
    axes.scatter(places, values, s=size**2, c=list(inks), linewidths=0, zorder=4)
    axes.set_xticks([])
    axes.set_xlabel("futures, sorted")
    _count_futures(axes, effect, usd, color)
    panel_title(axes, "In how many futures it pays", f"NPV of each, {scale.unit}", room_in=2.4)


def _count_futures(axes: Axes, effect: Effect, usd: np.ndarray, color: str) -> None:
    """How many futures lie above zero, in the corner that the sorted dots leave free, and how many do not."""
    n_better, n_worse = int((usd > 0).sum()), int((usd < 0).sum())
    n_same = len(usd) - n_better - n_worse
    sure = share_with_interval(effect.pays) if effect.pays.has_interval else "no interval"
    above = f"it pays in {n_better:,} of {len(usd):,}\n{'ties half: ' if n_same else ''}{sure}"
    if n_same == len(usd):
        above = f"it is the same in {'all ' if n_same > 1 else ''}{n_same:,}"
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    font: dict[str, Any] = {"fontsize": 9, "linespacing": 1.15, "transform": axes.transAxes, "bbox": ground}
    axes.text(0.02, 0.995, above, color=readable(color), fontweight="bold", va="top", **font)
    rest = {"the same": n_same if n_same < len(usd) else 0, "less": n_worse}
    below = ", ".join(f"{words} in {n:,}" for words, n in rest.items() if n)
    axes.text(0.99, 0.005, below, color=MUTED, ha="right", va="bottom", **font)
