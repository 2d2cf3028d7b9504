"""The three headlines, quarter by quarter: revenue, brand equity and burnout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.report.figures.canvas import MUTED, SHADE, drawing, how_sure, panel_title, slide
from sim.report.figures.ends import End, label_ends
from sim.report.labels import Style, capitalised, style_of
from sim.study.statistics import differences_to, mean_estimate


@dataclass(frozen=True)
class _Panel:
    """One headline: what is above its panel, and how a title says that a structure ends best."""

    title: str
    unit: str
    divisor: float
    best: str
    is_better_high: bool = True


PANELS: Mapping[str, _Panel] = {
    "revenue_usd": _Panel("Revenue", "$M a quarter", 1e6, "the most revenue"),
    "brand_equity": _Panel("Brand equity", "points, 0 to 100", 1, "the strongest brand"),
    "burnout": _Panel("Burnout", "points, 0 to 100: lower is better", 1, "the least burnout", False),
}

DASHES = ("-", (0, (4, 1.5)), (0, (1, 1.2)))
"""For the second and third scenario of one colour: the same structure with other practices, say."""
FEW_SEEDS = 8
"""With fewer, bands are many times wider than what the lines do: they are pale and may be cut."""


def headlines(quarters: pd.DataFrame, styles: Mapping[str, Style], reference: str) -> tuple[Figure, pd.DataFrame]:
    """One panel per headline: a line per structure (mean over seeds) with its band, the reference thicker.

    Shown data: one row per outcome, scenario and quarter, in the outcome's unit (USD or points).
    """
    shown = levels_by_quarter(quarters, styles)
    n_seeds = int(shown["n_seeds"].max())
    with drawing():
        figure, top = slide(_title(quarters, styles, n_seeds), _subtitle(n_seeds, style_of(styles, reference)))
        grid = figure.add_gridspec(1, 3, left=0.045, right=0.88, bottom=0.13, top=top - 0.07, wspace=0.66)
        for column, (outcome, panel) in enumerate(PANELS.items()):
            axes = figure.add_subplot(grid[0, column])
            _draw(axes, shown[shown["outcome"] == outcome], panel, styles, reference)
    return figure, shown


def levels_by_quarter(quarters: pd.DataFrame, styles: Mapping[str, Style]) -> pd.DataFrame:
    """Mean and interval of each headline by scenario and quarter, tidy."""
    rows = []
    for (scenario, quarter, is_warm_up), group in quarters.groupby(["scenario", "quarter", "is_warm_up"], sort=False):
        for outcome in PANELS:
            at = mean_estimate(group[outcome])
            label = style_of(styles, str(scenario)).label
            rows.append((outcome, scenario, label, quarter, bool(is_warm_up), at.mean, at.low, at.high, at.n))
    columns = ["outcome", "scenario", "label", "quarter", "is_warm_up", "mean", "low", "high", "n_seeds"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["outcome", "scenario", "quarter"], key=_in_given_order, kind="stable", ignore_index=True
    )


def _in_given_order(column: pd.Series) -> pd.Series:
    """Sort key: names in the order in which they first occur, numbers by size."""
    return column if pd.api.types.is_numeric_dtype(column) else pd.Series(pd.factorize(column)[0], column.index)


def _title(quarters: pd.DataFrame, styles: Mapping[str, Style], n_seeds: int) -> str:
    """Who ends clearly best in what, where that is supported; else that nobody does."""
    neutral = "Revenue, brand equity and burnout, quarter by quarter"
    if n_seeds < 2 or quarters["scenario"].nunique() < 2:
        return neutral
    wins: dict[str, list[str]] = {}
    last = quarters[quarters["quarter"] == quarters["quarter"].max()]
    for outcome, panel in PANELS.items():
        best = clearly_best(last, outcome, panel.is_better_high)
        if best is not None:
            wins.setdefault(best, []).append(panel.best)
    if not wins:
        return "No structure ends clearly ahead of all others in revenue, brand equity or burnout"
    sayings = [_saying(style_of(styles, scenario), best) for scenario, best in wins.items()]
    return capitalised("; ".join(sayings))


def clearly_best(runs: pd.DataFrame, outcome: str, is_better_high: bool = True) -> str | None:
    """The scenario that is clearly better than every other one (jointly, Holm); None if there is none."""
    means = runs.groupby("scenario")[outcome].mean()
    best = str(means.idxmax() if is_better_high else means.idxmin())
    return best if differences_to(runs, outcome, best)["is_clear_jointly"].all() else None


def _saying(style: Style, best: list[str]) -> str:
    """In words: "two leaders end with the most revenue and the strongest brand"."""
    things = best[0] if len(best) == 1 else f"{', '.join(best[:-1])} and {best[-1]}"
    return f"{style.phrase} {'end' if style.is_plural else 'ends'} with {things}"


def _subtitle(n_seeds: int, reference: Style) -> str:
    """How to read the panels."""
    thick = f"Thick line: {reference.phrase}, the reference. Grey: warm-up under today's structure, not measured."
    if n_seeds < 2:
        return f"{how_sure(n_seeds, '')} {thick}"
    paired = "Each band is for its line alone: differences within a future are surer than overlaps suggest."
    cut = " With so few futures the bands may be wider than the panels, which cut them." if n_seeds < FEW_SEEDS else ""
    return f"{how_sure(n_seeds, 'band')} {thick} {paired}{cut}"


def _draw(axes: Axes, shown: pd.DataFrame, panel: _Panel, styles: Mapping[str, Style], reference: str) -> None:
    """One panel: warm-up, bands, lines, and the names at their ends."""
    values = shown.assign(**{c: shown[c] / panel.divisor for c in ("mean", "low", "high")})
    last = int(values["quarter"].max())
    _set_limits(axes, values)
    _mark_warm_up(axes, values)
    ends: list[End] = []
    colors: list[str] = []
    apart, strength = _last_shared(values), strength_of_bands(values)
    for scenario, line in values.groupby("scenario", sort=False):
        style, is_reference = style_of(styles, str(scenario)), scenario == reference
        band = line if is_reference else line[line["quarter"] > apart]
        line = line if is_reference else line[line["quarter"] >= apart]
        axes.fill_between(band["quarter"], band["low"], band["high"], color=style.color, alpha=strength, linewidth=0)
        axes.plot(
            line["quarter"],
            line["mean"],
            color=style.color,
            linewidth=3.2 if is_reference else 1.6,
            linestyle=DASHES[colors.count(style.color) % len(DASHES)],
            zorder=4 if is_reference else 3,
            solid_capstyle="round",
        )
        colors.append(style.color)
        ends.append(End(float(line["mean"].iloc[-1]), style.label, style.color, is_reference))
    panel_title(axes, panel.title, panel.unit)
    label_ends(axes, last, ends)


def _last_shared(values: pd.DataFrame) -> int:
    """The last quarter before the lines part; up to there the reference's line stands for all.

    One before the first quarter if they are apart from the start.
    """
    means = values.pivot_table(index="quarter", columns="scenario", values="mean")
    is_shared = np.isclose(means, means.iloc[:, [0]].to_numpy(), rtol=1e-9).all(axis=1)
    return int(values["quarter"].min()) - 1 + int(is_shared.cumprod().sum())


def strength_of_bands(values: pd.DataFrame) -> float:
    """Opacity of the bands: pale where few seeds make them wider than what the lines do."""
    room = values["mean"].max() - values["mean"].min()
    width = (values["high"] - values["low"]).median()
    if values["n_seeds"].max() >= FEW_SEEDS or not width > room > 0:
        return 0.13
    return max(0.02, 0.13 * float(room / width))


def _set_limits(axes: Axes, values: pd.DataFrame) -> None:
    """Limits that show all lines, and bands as far as they leave the lines readable."""
    first, last = int(values["quarter"].min()), int(values["quarter"].max())
    lowest, highest, room = y_range(values)
    axes.set_ylim(lowest - 0.05 * room, highest + 0.08 * room)
    axes.set_xlim(first - 0.3, last + 0.6)
    axes.set_xticks(ticked_quarters(first, last))
    axes.set_xlabel("quarter")
    ruled(axes)


def y_range(values: pd.DataFrame) -> tuple[float, float, float]:
    """Where lines and bands end below and above, and the height that the lines take (1 if they take none)."""
    bottom, top = values["mean"].min(), values["mean"].max()
    room = (top - bottom) or abs(top) or 1.0
    beyond = np.inf if values["n_seeds"].max() >= FEW_SEEDS else 0.6 * room
    lowest = max(values["low"].min(), bottom - beyond) if values["low"].notna().any() else bottom
    highest = min(values["high"].max(), top + beyond) if values["high"].notna().any() else top
    return float(min(lowest, bottom)), float(max(highest, top)), float(room)  # a line without a band is shown whole


def ticked_quarters(first: int, last: int) -> list[int]:
    """The quarters that are named on an axis: the first measured, the end of each year, the last."""
    return [q for q in range(first, last + 1) if q in (1, last) or (q % 4 == 0 and 1 < q < last - 1)]


def ruled(axes: Axes) -> None:
    """Few round ticks, and pale lines at them behind what is drawn."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10]))
    axes.grid(axis="y", color=SHADE, linewidth=0.9)
    axes.set_axisbelow(True)


def _mark_warm_up(axes: Axes, values: pd.DataFrame) -> None:
    """Shade the quarters that are not measured and say what they are."""
    warm_up = values.loc[values["is_warm_up"], "quarter"]
    if warm_up.empty:
        return
    left, right = axes.get_xlim()[0], float(warm_up.max()) + 0.5
    axes.axvspan(left, right, color=SHADE, linewidth=0, zorder=0)
    axes.annotate(
        "warm-up",
        ((left + right) / 2, 0.02),
        xycoords=("data", "axes fraction"),
        ha="center",
        va="bottom",
        fontsize=7.5,
        color=MUTED,
    )
