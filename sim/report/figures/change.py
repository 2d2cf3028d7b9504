"""What a change is worth against doing nothing: over time, with what is left, and future by future."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import MUTED, drawing, how_sure, panel_title, slide
from sim.report.figures.each_future import draw_futures
from sim.report.figures.ends import End, label_ends
from sim.report.figures.headlines import FEW_SEEDS, ticked_quarters, y_range
from sim.report.figures.over_time import (
    AT_NO_COST_DASHES,
    change_words,
    draw_difference,
    draw_dot,
    mark_change,
    mark_later,
    mark_nothing,
    with_words_above,
    words_below,
)
from sim.report.labels import (
    AT_NO_COST,
    UNCLEAR,
    Scale,
    Style,
    capitalised,
    futures,
    interval,
    money,
    money_scale,
    style_of,
)
from sim.report.sentences import scale_of
from sim.study.change import SO_FAR, Effect
from sim.study.statistics import Estimate

NPV = "npv_usd"


def change(effect: Effect, styles: Mapping[str, Style]) -> tuple[Figure, pd.DataFrame]:
    """NPV so far by quarter, beside it the NPV with what is left, and the NPV of every future; from doing nothing.

    Shown data in USD: rows of NPV so far have a quarter, those of the NPV none, those of one future its seed.
    """
    shown = _shown(effect, styles)
    means = shown[shown["seed"].isna()]
    scale = money_scale(*means[["mean", "low", "high"]].to_numpy(float).ravel())
    with drawing():
        figure, top = slide(_title(effect, styles), _subtitle(effect))
        across = {"bottom": 0.13, "top": top - 0.07}
        over_time = figure.add_subplot(figure.add_gridspec(1, 1, left=0.055, right=0.475, **across)[0, 0])
        at_end = figure.add_subplot(figure.add_gridspec(1, 1, left=0.6, right=0.65, **across)[0, 0], sharey=over_time)
        each = figure.add_subplot(figure.add_gridspec(1, 1, left=0.815, right=0.985, **across)[0, 0])
        _draw_over_time(over_time, effect, _scaled(means, scale), styles, scale)
        _draw_at_end(at_end, effect, _scaled(means, scale), styles, scale.unit)
        draw_futures(each, effect, styles)
    return figure, shown


def _shown(effect: Effect, styles: Mapping[str, Style]) -> pd.DataFrame:
    """Means by quarter, means at the end, and single futures, tidy."""
    so_far = effect.by_quarter[effect.by_quarter["outcome"] == SO_FAR]
    ends = (
        {effect.changed: effect.npv}
        if effect.free is None
        else {effect.changed: effect.npv, effect.free: effect.npv_free}
    )
    at_end = [(name, NPV, at.mean, at.low, at.high, at.n) for name, at in ends.items()]
    columns = ["scenario", "outcome", "mean", "low", "high", "n_seeds"]
    one = effect.by_seed.rename("mean").rename_axis("seed").reset_index().sort_values("mean", kind="stable")
    one = one.assign(scenario=effect.changed, outcome=NPV, n_seeds=1)
    shown = pd.concat([so_far, pd.DataFrame(at_end, columns=columns), one], ignore_index=True)
    label = [style_of(styles, str(scenario)).label for scenario in shown["scenario"]]
    shown = shown.assign(label=label, reference=effect.nothing).astype({"quarter": "Int64", "seed": "Int64"})
    return shown[["outcome", "scenario", "label", "reference", "quarter", "seed", "mean", "low", "high", "n_seeds"]]


def _scaled(rows: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The rows in the unit of a scale."""
    return rows.assign(**{column: rows[column] / scale.divisor for column in ("mean", "low", "high")})


def _worths(effect: Effect) -> list[Estimate]:
    """The estimates that are written as numbers."""
    return [effect.npv] if effect.free is None else [effect.npv, effect.npv_free]


def _draw_over_time(axes: Axes, effect: Effect, means: pd.DataFrame, styles: Mapping[str, Style], scale: Scale) -> None:
    """NPV so far from the start of the change: before it nothing differs."""
    style = style_of(styles, effect.changed)
    so_far = means[means["outcome"] == SO_FAR]
    # At the end of the quarter before the change, the difference is 0 for sure; before quarter 1 by definition.
    start = pd.DataFrame({"quarter": [effect.first - 1], "mean": 0.0, "low": 0.0, "high": 0.0, "n_seeds": effect.n})
    lines = {
        name: pd.concat([start, rows[rows["quarter"] >= effect.first]]).astype({"quarter": int})
        for name, rows in so_far.groupby("scenario", sort=False)
    }
    axes.set_xlim(-0.15, effect.horizon + 0.3)
    crossing = _crossing(effect)
    n_lines = change_words(axes, effect.first - 1, style).count("\n") + 1
    low, high, _ = y_range(pd.concat([means[["mean", "low", "high", "n_seeds"]], start]))
    # The panel beside this one shares its scale.
    at_end = means.loc[means["outcome"] == NPV, ["mean", "low", "high"]].to_numpy(float)
    low, high = min(low, float(np.nanmin(at_end))), max(high, float(np.nanmax(at_end)))
    with_words_above(axes, low, high, n_lines, crossing.count("\n") + 1 if crossing else 0)
    axes.set_xticks([0, *ticked_quarters(1, effect.horizon)[1:]])
    axes.set_xlabel("end of quarter")
    ends = [mark_nothing(axes, style_of(styles, effect.nothing))]
    if effect.free is not None:
        free = lines[effect.free]
        axes.plot(
            free["quarter"], free["mean"], color=style.color, linewidth=1.4, linestyle=AT_NO_COST_DASHES, zorder=3
        )
        ends.append(End(float(free["mean"].iloc[-1]), AT_NO_COST, style.color))
    draw_difference(axes, lines[effect.changed], style.color)
    ends.append(End(float(lines[effect.changed]["mean"].iloc[-1]), "the change", style.color, is_bold=True))
    mark_change(axes, effect.first - 1, style)
    mark_later(axes, [quarter - 1 for quarter in effect.later], n_lines)
    if crossing and effect.crossover.quarter is not None:
        _mark_crossing(axes, effect, crossing)
    panel_title(axes, "Net present value so far", f"{scale.unit}, difference from doing nothing")
    label_ends(axes, effect.horizon, ends)


def _crossing(effect: Effect) -> str:
    """When cumulated profit is ahead, in words; empty where that is not clear. The sum shown, discounted, may lag."""
    at = effect.crossover
    if not at.is_clear:
        return ""
    return (
        f"cumulated profit, before discounting, is\nahead from quarter {at.quarter} ({at.low:.0f} to {at.high:.0f}) on"
    )


def _mark_crossing(axes: Axes, effect: Effect, words: str) -> None:
    """The quarter from which cumulated profit is ahead, with its interval, on the line at zero."""
    at = effect.crossover
    axes.plot([at.low, at.high], [0, 0], color=MUTED, linewidth=4, alpha=0.6, solid_capstyle="butt", zorder=3)
    axes.plot(float(at.quarter or 0), 0, "D", markersize=6, color=MUTED, markeredgecolor="white", zorder=5)
    words_below(axes, float(at.quarter or 0), words, keep_off=effect.first - 1)


def _draw_at_end(axes: Axes, effect: Effect, means: pd.DataFrame, styles: Mapping[str, Style], unit: str) -> None:
    """The NPV with what is left after the horizon, apart from the line, as dots with intervals."""
    color = style_of(styles, effect.changed).color
    axes.set_xlim(-0.7, 1.7 if effect.free else 0.7)
    axes.axhline(0, color=style_of(styles, effect.nothing).color, linewidth=1.4, zorder=3)
    at_end = means[means["outcome"] == NPV].set_index("scenario")
    ends = []
    for x, (name, at) in enumerate(zip(at_end.index, _worths(effect), strict=True)):
        is_main = name == effect.changed
        draw_dot(axes, x, at_end.loc[name], color, is_main)
        text = _written(at) if is_main else f"{AT_NO_COST}:\n{_written(at)}"
        ends.append(End(float(at_end.loc[name, "mean"]), text, color, is_main))
    axes.tick_params(axis="both", length=0, labelleft=False, labelbottom=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    panel_title(axes, "With what is left", f"NPV, {unit}", room_in=2.4)
    label_ends(axes, axes.get_xlim()[1], ends, wrap_at=20)


def _written(at: Estimate) -> str:
    """An amount above its interval: "+$0.43M", "0.16 to 0.71"; the mark for unclear in place of an unclear one."""
    scale = scale_of(at)
    sign = "+" if at.mean > 0 and money(at.mean, scale) != "$0" else ""
    if at.has_interval and not at.is_clear:
        return f"{UNCLEAR}\n{money(at.low, scale)} to {money(at.high, scale)}"
    return f"{sign}{money(at.mean, scale)}\n{interval(at, scale)}"


def _title(effect: Effect, styles: Mapping[str, Style]) -> str:
    """The finding: what the change is worth, or that there is no clear difference."""
    style, nothing = style_of(styles, effect.changed), style_of(styles, effect.nothing).phrase
    if not effect.npv.has_interval:
        return f"What {style.phrase} changes, in {futures(effect.n, in_words=True)}"
    if not effect.npv.is_clear or money(effect.npv.mean) == "$0":
        return f"There is no clear difference in worth between {style.phrase} and {nothing}"
    is_more = effect.npv.mean > 0
    size = effect.npv if is_more else -effect.npv
    scale = scale_of(size)
    verb, more = "are" if style.is_plural else "is", "more" if is_more else "less"
    return (
        f"{capitalised(style.phrase)} {verb} worth {money(size.mean, scale)} {more} than {nothing} "
        f"({interval(size, scale)})"
    )


def _subtitle(effect: Effect) -> str:
    """How to read the panels."""
    what = "Profit so far, discounted; apart, with what is left after the last quarter; right, every future as a dot."
    if effect.n < 2:
        return f"{how_sure(effect.n, '')} {what}"
    cut = " With so few futures bands and bars may be cut." if effect.n < FEW_SEEDS else ""
    hollow = "" if effect.npv.is_clear else f" Hollow, {UNCLEAR}: no clear difference, the interval includes zero."
    later = " Fainter upright lines: what changes later." if effect.later else ""
    sure = how_sure(effect.n, "band and bars")
    return f"{what} {sure} Each difference is within the same future.{later}{hollow}{cut}"
