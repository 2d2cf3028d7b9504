"""Where the leaders' hours go: one panel per structure, marketing at the bottom."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from sim.report.figures.canvas import (
    FAINT,
    HEIGHT_IN,
    INK,
    SHADE,
    WIDTH_IN,
    drawing,
    how_sure,
    panel_title,
    readable,
    slide,
    tint,
)
from sim.report.figures.ends import End, label_ends
from sim.report.labels import Style, style_of
from sim.study.statistics import by_seed, differences_to, mean_estimate

SALES = ("deal_support", "coaching", "sales_people")
"""Activities of a leader that are sales; those of marketing come summed in the quarters."""

PARTS: Mapping[str, str] = {
    "marketing": "Marketing",
    "sales": "Sales",
    "spare": "Spare",
    "lost": "Lost",
    "elsewhere": "Other work",
}
"""Where hours can go, from the bottom up."""

LEAST_NAMED = 0.3
"""Hours a week; less would be a line without room for its name."""
PANELS_IN, GAP_IN, ROW_GAP_IN = 11.3, 1.65, 0.6
"""Width of a row of panels; gap between two, where the labels of one stand; gap between rows; in inches."""


def attention(quarters: pd.DataFrame, styles: Mapping[str, Style]) -> tuple[Figure, pd.DataFrame]:
    """Small multiples, most marketing first: hours a week of who leads a function, by measured quarter, stacked.

    Hours and not shares: with two leaders there are more hours to share, and a share would say that marketing
    gets less where it gets the same. Shown data: one row per scenario, quarter and part, in hours a week.
    """
    hours = _hours(quarters)
    shown = _shown(hours, styles)
    n_seeds = int(shown["n_seeds"].max())
    order = hours.groupby("scenario")["marketing"].mean().sort_values(ascending=False).index
    with drawing():
        figure, top = slide(_title(hours, styles, n_seeds), _subtitle(n_seeds))
        grid = _grid(figure, len(order), top - 0.035)
        tallest = float(hours[list(PARTS)].sum(axis=1).max())
        for place, scenario in enumerate(order):
            axes = figure.add_subplot(grid[divmod(place, grid.ncols)])
            _draw(axes, shown[shown["scenario"] == scenario], style_of(styles, str(scenario)), tallest)
            _name(axes, str(scenario), {str(s): style_of(styles, str(s)).label for s in order})
            if place + grid.ncols >= len(order):
                axes.set_xlabel("quarter")
    return figure, shown


def _grid(figure: Figure, n_panels: int, top: float) -> GridSpec:
    """Places for the panels, in as many columns as rows but at most four, with gaps of fixed size."""
    n_columns = next(n for n in (1, 2, 3, 4) if n == 4 or n * n >= n_panels)
    n_rows, bottom = math.ceil(n_panels / n_columns), 0.105
    width_in = (PANELS_IN - (n_columns - 1) * GAP_IN) / n_columns
    height_in = ((top - bottom) * HEIGHT_IN - (n_rows - 1) * ROW_GAP_IN) / n_rows
    return figure.add_gridspec(
        n_rows,
        n_columns,
        left=0.045,
        right=0.045 + PANELS_IN / WIDTH_IN,
        bottom=bottom,
        top=top,
        wspace=GAP_IN / width_in,
        hspace=ROW_GAP_IN / height_in,
    )


def _name(axes: Axes, scenario: str, labels: Mapping[str, str]) -> None:
    """The structure's name above its panel, in the one size in which the longest of all names fits."""
    room_in = axes.get_position().width * WIDTH_IN + GAP_IN - 0.3
    label, longest = labels[scenario], max(len(label) for label in labels.values())
    panel_title(axes, label, room_in=room_in * len(label) / longest)


def _hours(quarters: pd.DataFrame) -> pd.DataFrame:
    """One row per scenario, seed and measured quarter; a column per part, hours a week."""
    measured = quarters[~quarters["is_warm_up"].astype(bool)]
    hours = measured[["scenario", "seed", "quarter"]].assign(
        marketing=measured["attention_marketing_share"],
        sales=measured[[f"attention_{activity}_share" for activity in SALES]].sum(axis=1),
        spare=measured["attention_spare_share"],
        lost=measured["attention_lost_share"],
    )
    # Hours that neither function sees, where the rest does not add up to the week.
    hours["elsewhere"] = (1 - hours[["marketing", "sales", "spare", "lost"]].sum(axis=1)).clip(lower=0)
    hours[list(PARTS)] = hours[list(PARTS)].mul(measured["leader_hours"], axis=0)
    return hours


def _shown(hours: pd.DataFrame, styles: Mapping[str, Style]) -> pd.DataFrame:
    """Mean and interval over seeds by scenario, quarter and part, tidy."""
    rows = []
    for (scenario, quarter), group in hours.groupby(["scenario", "quarter"], sort=False):
        for part in PARTS:
            at = mean_estimate(group[part])
            label = style_of(styles, str(scenario)).label
            rows.append((scenario, label, quarter, part, at.mean, at.low, at.high, at.n))
    columns = ["scenario", "label", "quarter", "part", "mean", "low", "high", "n_seeds"]
    return pd.DataFrame(rows, columns=columns)


def _draw(axes: Axes, shown: pd.DataFrame, style: Style, tallest: float) -> None:
    """One structure: the parts stacked, the interval around marketing, names and shares at the right."""
    quarters = sorted(shown["quarter"].unique())
    if len(quarters) == 1:  # an area needs two ends: one quarter is drawn as wide as it is long
        shown = pd.concat([shown.assign(quarter=quarters[0] - 1), shown], ignore_index=True)
        quarters = [quarters[0] - 1, quarters[0]]
    axes.set_xlim(quarters[0], quarters[-1])
    axes.set_ylim(0, tallest)
    axes.set_yticks(range(0, int(tallest) + 1, 25 if tallest > 60 else 10))
    axes.set_xticks([q for q in quarters if q in (1, quarters[-1]) or (q % 4 == 0 and q < quarters[-1] - 1)])
    ends = _stack(axes, shown, style)
    marketing = shown[shown["part"] == "marketing"]
    band = (marketing["quarter"], marketing["low"], marketing["high"])
    axes.fill_between(*band, color=INK, alpha=0.25, linewidth=0)
    axes.plot(marketing["quarter"], marketing["mean"], color=readable(style.color), linewidth=1.4)
    label_ends(axes, quarters[-1], ends, font_size=8.5, wrap_at=18)


def _stack(axes: Axes, shown: pd.DataFrame, style: Style) -> list[End]:
    """Draw the parts on top of each other; return what to write where they end."""
    fills, ends = _fills(style), []
    floor = np.zeros(shown["quarter"].nunique())
    for part, name in PARTS.items():
        rows = shown[shown["part"] == part].sort_values("quarter")
        top = floor + rows["mean"].to_numpy()
        axes.fill_between(rows["quarter"], floor, top, color=fills[part], linewidth=0)
        axes.plot(rows["quarter"], top, color="white", linewidth=1)
        last, is_marketing = rows.iloc[-1], part == "marketing"
        if is_marketing or last["mean"] >= LEAST_NAMED:
            color = style.color if is_marketing else INK
            ends.append(End((floor[-1] + top[-1]) / 2, _end_text(name, last), color, is_marketing))
        floor = top
    return ends


def _fills(style: Style) -> Mapping[str, str]:
    """The structure's colour for marketing, a tint of it for sales, greys for what leads nobody."""
    return {
        "marketing": tint(style.color, 0.9),
        "sales": tint(style.color, 0.35),
        "spare": SHADE,
        "lost": FAINT,
        "elsewhere": "white",
    }


def _end_text(name: str, final: pd.Series) -> str:
    """The part and its hours in the last quarter, marketing's with interval: "Marketing 21.6 h (21.5 to 21.7)"."""
    text = f"{name} {final['mean']:.1f} h"
    if final["part"] != "marketing" or math.isnan(final["low"]):
        return text
    # The interval on a line of its own, because the labels stand in a narrow margin.
    return f"{text}\n({final['low']:.1f} to {final['high']:.1f})"


def _title(hours: pd.DataFrame, styles: Mapping[str, Style], n_seeds: int) -> str:
    """Where marketing gets clearly fewest of its leader's hours, if there is such a structure."""
    neutral = "Where the leaders' hours go"
    means = hours.groupby("scenario")["marketing"].mean()
    # A structure without marketing gives it nothing by construction, which is no finding.
    means = means[means > 0].sort_values()
    if n_seeds < 2 or len(means) < 2:
        return neutral
    per_seed = hours.groupby(["scenario", "seed"], sort=False)["marketing"].mean().reset_index()
    per_seed = per_seed[per_seed["scenario"].isin(means.index)]
    least, following = str(means.index[0]), str(means.index[1])
    # Picked after the fact, so it must differ clearly from each of the others (Holm).
    if not differences_to(per_seed, "marketing", least)["is_clear_jointly"].all():
        return neutral
    table = by_seed(per_seed, "marketing")
    low, high = (mean_estimate(table[scenario]) for scenario in (least, following))
    phrase = style_of(styles, least).phrase
    return (
        f"Marketing gets {low.mean:.1f} leader hours a week ({low.low:.1f} to {low.high:.1f}) with {phrase}, "
        f"{high.mean:.1f} or more elsewhere"
    )


def _subtitle(n_seeds: int) -> str:
    """How to read the panels."""
    line = (
        "Hours a week of those who lead a function; at the right, the last quarter. Lost: meetings, practices, strain, "
        "switching between domains. Spare hours become staff work."
    )
    return f"{line} {how_sure(n_seeds, 'grey band and brackets for marketing')}"
