"""Over all that is not known: in how many worlds the favoured structure leads, what moves it, each side's best case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures.canvas import FAINT, INK, MUTED, SHADE, drawing, panel_title, slide
from sim.report.labels import INTERVAL, Scale, Style, interval, share
from sim.study.plausible.assessment import Assessment, Extreme
from sim.study.plausible.prior import Factor
from sim.study.plausible.rivalry import Cell
from sim.study.plausible.shares import Believed, strata
from sim.study.statistics import Estimate

MOST_FACTORS = 9
SIZE = 8.6
PER_CENT = Scale(1.0, 1, "%")


def plausible_figure(found: Assessment, cell: Cell, styles: Mapping[str, Style]) -> Figure:
    """A slide: shares of worlds by stratum, most telling factors first; the extreme cases of both sides beside them."""
    seen, favoured = found.found[cell], styles[found.prior.favoured]
    every = seen.share()
    title = f"{favoured.label} lead every merged form in {share(every.mean)} of {every.n} plausible worlds"
    subtitle = (
        f"Left: share of plausible worlds in which {favoured.phrase} are ahead of every merged form by net present "
        f"value, {cell.words}, {INTERVAL}; the factors that move it most. Right: the world that is best for one side, "
        "found by search and run anew, for each level of practices, equal cost."
    )
    with drawing():
        figure, top = slide(title, subtitle)
        low = 0.11
        height = top - 0.07 - low
        left = figure.add_axes((0.27, low, 0.22, height))
        _shares(left, found, seen, favoured.color)
        panel_title(left, "Share of worlds", "% of plausible worlds", 3.0)
        right = figure.add_axes((0.70, low, 0.25, height))
        _extremes(right, found, styles)
        panel_title(right, "Best case for each side", "one leads | two lead, % of discounted gross profit", 3.6)
    return figure


def _shares(axes: Axes, found: Assessment, seen: Believed, color: str) -> None:
    rows: list[tuple[str, Estimate]] = [("all plausible worlds", seen.share())]
    for factor, levels in _telling(found, seen):
        rows += [(f"{factor.words}: {label}", at) for label, at in levels]
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-1.5, 101.5)
    axes.axvline(50, color=FAINT, linewidth=1.0)
    for y, (name, at) in enumerate(rows):
        _dot(axes, y, 100.0 * at.mean, 100.0 * at.low, 100.0 * at.high, color)
        axes.annotate(
            name, (0, y), (-8, 0), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right",
            va="center", fontsize=SIZE, color=INK, fontweight="bold" if y == 0 else "normal",
        )  # fmt: skip
        axes.annotate(
            f"{share(at.mean)} of {at.n}", (1, y), (8, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", fontsize=SIZE - 0.8, color=MUTED,
        )  # fmt: skip
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _telling(found: Assessment, seen: Believed) -> Sequence[tuple[Factor, list[tuple[str, Estimate]]]]:
    """The factors between whose levels shares differ most."""
    by_factor: dict[str, tuple[Factor, list[tuple[str, Estimate]]]] = {}
    for factor, label, at in strata(found.prior, found.plausible, seen):
        by_factor.setdefault(factor.name, (factor, []))[1].append((label, at))
    means = {name: [at.mean for _, at in levels] for name, (_, levels) in by_factor.items()}
    spread = {name: max(some) - min(some) for name, some in means.items()}
    return [by_factor[name] for name in sorted(spread, key=lambda name: -spread[name])[:MOST_FACTORS]]


def _extremes(axes: Axes, found: Assessment, styles: Mapping[str, Style]) -> None:
    """Leads over the best rival in the worlds that were found: below zero a rival's."""
    axes.axvline(0, color=FAINT, linewidth=1.0)
    axes.set_ylim(len(found.extremes) - 0.4, -0.6)
    for y, one in enumerate(found.extremes):
        rival = min(one.ahead, key=lambda name: one.ahead[name].mean)
        at = one.ahead[rival]
        who = styles[rival] if one.for_rivals else styles[found.prior.favoured]
        if y % 2 == 0:
            axes.axhspan(y - 0.5, y + 0.5, color=SHADE, linewidth=0, zorder=0)
        _dot(axes, y, at.mean, at.low, at.high, who.color)
        axes.annotate(
            _named(one, who, styles[rival]), (0, y), (-8, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="right", va="center", fontsize=SIZE, color=INK,
        )  # fmt: skip
        axes.annotate(
            f"{PER_CENT(at.mean, is_signed=True)} ({interval(at, PER_CENT)})", (at.mean, y), (0, 8),
            textcoords="offset points", ha="center", fontsize=SIZE - 0.6, color=MUTED,
        )  # fmt: skip
    axes.margins(x=0.25)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _named(one: Extreme, who: Style, rival: Style) -> str:
    practices = one.case.cell.words.partition(",")[0]
    over = "" if one.for_rivals else f",\nover {rival.label.lower()}"
    company = one.case.world.get("company", "")
    return f"{who.label}{over}\n{practices}, {company}" if company else f"{who.label}{over}\n{practices}"


def _dot(axes: Axes, y: float, mean: float, low: float, high: float, color: str) -> None:
    axes.plot([low, high], [y, y], color=color, linewidth=1.8, solid_capstyle="butt")
    axes.plot(mean, y, "o", color=color, markersize=5.5)
