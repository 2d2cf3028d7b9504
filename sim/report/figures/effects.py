"""What each factor of a sweep does to an outcome: a panel per factor, a line per structure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from sim.composition.schema import declared
from sim.report.figures.canvas import FAINT, HEIGHT_IN, LETTER_WIDTH, drawing, how_sure, panel_title, readable, slide
from sim.report.labels import HEADLINES, Scale, Style, money, scale_for
from sim.study.effects import main_effects, most_telling

COLUMNS, MOST = 3, 6
DODGE = 0.3
"""Room in which structures stand side by side at a level that is a name, in distances between levels."""
CROWDED, TILT = 40, 25  # letters above which the names below a panel are tilted, and by how many degrees
ALONE = Style("", "", False, "#0072B2")  # where no structure is swept


def effects(
    runs: pd.DataFrame, factors: Sequence[str], styles: Mapping[str, Style], outcome: str
) -> tuple[Figure, pd.DataFrame]:
    """Means with intervals by level, averaged over the other factors. Shown data: one row per factor, structure, level.

    `runs` are from `with_factors`; of more than six factors the six that tell most are drawn.
    """
    shown = main_effects(runs, factors, outcome)
    how, n_seeds = HEADLINES[outcome], int(shown["n_seeds"].max())
    scale = scale_for(how, *shown[["mean", "low", "high"]].to_numpy(float).ravel())
    drawn = _drawn(shown)
    levels = {factor: _levels(shown[shown["factor"] == factor]) for factor in drawn}
    n_rows, n_columns = -(-len(drawn) // COLUMNS), min(COLUMNS, len(drawn))
    labels = {name: styles.get(name, ALONE).label for name in dict.fromkeys(shown["structure"])}
    with drawing():
        figure, top = slide(_title(runs, factors, outcome, scale), _subtitle(how.label, scale.unit, n_seeds, labels))
        heights = _heights([_room_below(levels[factor]) for factor in drawn], top - 0.06)
        grid = figure.add_gridspec(
            n_rows, n_columns, left=0.065, right=0.85 if len(labels) > 1 else 0.97, wspace=0.25, **heights
        )
        for place, factor in enumerate(drawn):
            axes = figure.add_subplot(grid[place // COLUMNS, place % COLUMNS])
            rows = shown[shown["factor"] == factor]
            for number, structure in enumerate(labels):
                beside = DODGE * (number - 0.5 * (len(labels) - 1)) / max(len(labels) - 1, 1)
                color = styles.get(structure, ALONE).color
                _draw(axes, rows[rows["structure"] == structure], levels[factor], scale, color, beside)
            _label(axes, levels[factor])
            # A blank line where there is no unit: names of neighbouring panels stand level.
            panel_title(axes, factor, unit_of(factor) or " ", room_in=10.0 / n_columns)
            axes.grid(axis="y", color=FAINT, linewidth=0.5)
            axes.margins(x=0.08)
        if len(labels) > 1:
            _name_structures(figure, labels, styles)
    return figure, shown


def unit_of(factor: str) -> str:
    """The unit of a setting; nothing for a choice of options."""
    field = declared(factor)
    known = None if field is None else field[0].metadata.get("parameter")
    return "" if known is None or known.options else str(known.unit)


def _drawn(shown: pd.DataFrame) -> list[str]:
    spans = shown.groupby("factor", sort=False)["mean"].agg(lambda means: means.max() - means.min())
    most = set(spans.sort_values(ascending=False).index[:MOST])
    return [factor for factor in dict.fromkeys(shown["factor"]) if factor in most]


def _levels(rows: pd.DataFrame) -> list[Any]:
    """The levels at which a factor was run with any structure, in order."""
    return sorted(set(rows["level"].tolist()))


def _are_numbers(levels: Sequence[Any]) -> bool:
    return len(levels) > 1 and all(isinstance(level, int | float) for level in levels)


def _is_crowded(levels: Sequence[Any]) -> bool:
    return max(map(len, map(str, levels))) * len(levels) > CROWDED


def _room_below(levels: Sequence[Any]) -> float:
    """Inches that the labels of the levels take below their panel."""
    if _are_numbers(levels) or not _is_crowded(levels):
        return 0.5
    return 0.4 + max(map(len, map(str, levels))) * LETTER_WIDTH * 9.5 / 72 * math.sin(math.radians(TILT))


def _heights(below_in: Sequence[float], top: float) -> dict[str, float]:
    """Where panels begin and end, with room for the labels below each and for the name of the one that follows."""
    rows = [max(below_in[first : first + COLUMNS]) for first in range(0, len(below_in), COLUMNS)]
    n_rows, bottom, gap_in = len(rows), 0.08 + rows[-1] / HEIGHT_IN, max(rows[:-1], default=0.0) + 0.8
    panel_in = ((top - bottom) * HEIGHT_IN - (n_rows - 1) * gap_in) / n_rows
    return {"bottom": bottom, "top": top, "hspace": gap_in / panel_in}


def _draw(axes: Axes, rows: pd.DataFrame, levels: Sequence[Any], scale: Scale, color: str, beside: float) -> None:
    """A band where levels are numbers, dots with bars where they are names, so far `beside` their place."""
    mean, low, high = (rows[column].to_numpy(float) / scale.divisor for column in ("mean", "low", "high"))
    if _are_numbers(levels):
        x = rows["level"].to_numpy(float)
        axes.fill_between(x, low, high, color=color, alpha=0.18, linewidth=0)
        axes.plot(x, mean, color=color, linewidth=2.2, marker="o", markersize=4)
        return
    # A name's place is that among all structures' levels: one of them may not have been run at every level.
    places = [levels.index(level) + beside for level in rows["level"]]
    axes.errorbar(places, mean, yerr=[mean - low, high - mean], color=color, fmt="o", markersize=6, elinewidth=2.0)


def _label(axes: Axes, levels: Sequence[Any]) -> None:
    """The levels below a panel; names are tilted where they would run into each other."""
    if _are_numbers(levels):
        if max(levels) >= 10_000:
            axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
            axes.xaxis.set_major_locator(MaxNLocator(4))
        return
    axes.set_xticks(range(len(levels)), [str(level) for level in levels])
    if _is_crowded(levels):
        axes.tick_params(axis="x", labelrotation=TILT)
        for label in axes.get_xticklabels():
            label.set_horizontalalignment("right")


def _name_structures(figure: Figure, labels: Mapping[str, str], styles: Mapping[str, Style]) -> None:
    for number, (structure, label) in enumerate(labels.items()):
        color = readable(styles.get(structure, ALONE).color)
        figure.text(0.865, 0.8 - 0.04 * number, label, color=color, fontsize=10.5, fontweight="bold")


def _title(runs: pd.DataFrame, factors: Sequence[str], outcome: str, scale: Scale) -> str:
    """The factor that does most, if it is clear that it does anything."""
    found, how = most_telling(runs, factors, outcome), HEADLINES[outcome]
    if found is None:
        return f"No factor clearly moves {how.label.lower() if how.label != 'NPV' else how.label} over its levels"
    factor, least, most = found
    ends = [money(end.mean, scale) if how.is_money else scale(end.mean) for end in (least, most)]
    return f"{how.label} depends most on {factor}: {ends[0]} to {ends[1]} over its levels"


def _subtitle(label: str, unit: str, n_seeds: int, labels: Mapping[str, str]) -> str:
    which = "A line per structure. " if len(labels) > 1 else ""
    how = how_sure(n_seeds, "band or bar")
    return f"{label} in {unit} by the level of each factor, averaged over the levels of the others. {which}{how}"
