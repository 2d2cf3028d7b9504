"""Merged forms against two leaders, by size, practices and contrast: `python measure.py 128 [results]`."""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.compose import named_scenario
from sim.config import SimConfig
from sim.report.figures.canvas import FAINT, INK, MUTED, drawing, panel_title, save, slide
from sim.report.labels import INTERVAL
from sim.report.progress import shown_progress
from sim.report.styles import styles_of
from sim.store import Store
from sim.study.claims.quantity import Rows
from sim.study.contrast import at_equal_cost
from sim.study.reading import quarters_of
from sim.study.statistics import Estimate, holm, mean_estimate, paired_p_value
from sim.study.study import Study

TWO, MERGED = "separate", ("merged_sales_led", "merged_marketing_led", "merged_balanced")
SIZES, PRACTICES, CONTRASTS = ("small", "medium", "large"), ("none", "typical", "strong"), ("own", "equal")
HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "docs" / "pictures"


def scenarios(size: str, practices: str) -> dict[str, SimConfig]:
    """Two leaders, and each merged form at its own cost and at theirs."""
    own = {org: named_scenario("org", f"{org}+{practices}", [f"company={size}"]) for org in (TWO, *MERGED)}
    equal = at_equal_cost(own, TWO)
    return {TWO: own[TWO]} | {f"{org}/own": own[org] for org in MERGED} | {f"{org}/equal": equal[org] for org in MERGED}


def measured(size: str, practices: str, seeds: range, store: Store) -> list[dict[str, object]]:
    """One row for each merged form and contrast, differences by seed among them."""
    study = Study(scenarios(size, practices), seeds, TWO)
    with shown_progress(study.n_runs) as (advance, _):
        results = study.run(advance, store, with_quarters=False)
    if results.failures:
        raise RuntimeError(f"{len(results.failures)} runs failed")
    npv = results.runs.pivot(index="seed", columns="scenario", values="npv_usd")  # noqa: PD010 - each pair once
    alone = {TWO: study.scenarios[TWO]}
    rows = Rows(results.runs, quarters_of(store, alone, seeds))
    gross = rows.discounted_gross_profit(TWO, study.scenarios[TWO].company.discount_rate_per_year)
    return [
        {
            "company": size, "practices": practices, "costs": costs, "structure": org, "gross_profit_usd": gross,
            "apart": npv[f"{org}/{costs}"] - npv[TWO],
        }
        for costs, org in product(CONTRASTS, MERGED)
    ]  # fmt: skip


def table_of(cells: list[dict[str, object]]) -> pd.DataFrame:
    """Estimates, adjusted p values and winners; USD, and per cent of discounted gross profit."""
    rows = []
    for cell in cells:
        apart, gross = cell["apart"], cell["gross_profit_usd"]
        at = mean_estimate(apart)
        rows.append(
            {key: value for key, value in cell.items() if key != "apart"}
            | {"mean_usd": at.mean, "low_usd": at.low, "high_usd": at.high, "n_seeds": at.n}
            | {"percent": 100 * at.mean / gross, "low": 100 * at.low / gross, "high": 100 * at.high / gross}
            | {"p": paired_p_value(apart, apart * 0.0), "ahead_share": float((apart > 0).mean())}
        )
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"])
    is_clear = table["p_holm"] < 0.05
    table["winner"] = np.where(~is_clear, "neither", np.where(table["mean_usd"] > 0, "merged", "two"))
    table["is_negligible"] = table["percent"].abs() < 1.0
    return table


def hypotheses(cells: list[dict[str, object]], table: pd.DataFrame) -> dict[str, object]:
    """The four, by the rule that was written before."""
    scaled = {
        (c["company"], c["practices"], c["costs"], c["structure"]): 100 * c["apart"] / c["gross_profit_usd"]
        for c in cells
    }
    at = table[(table["practices"] == "typical") & (table["costs"] == "equal")].groupby("company")["winner"]

    def mean_size(practices: str) -> pd.Series:
        # The sign is that of the cell's mean, so that noise does not count as distance.
        return sum(np.sign(v.mean()) * v for k, v in scaled.items() if k[1] == practices) / (len(scaled) / 3)

    gained = sum(v * (1 if k[2] == "equal" else -1) for k, v in scaled.items()) / (len(scaled) / 2)
    return {
        "large: two ahead of all": bool((at.get_group("large") == "two").all()),
        "small: a merged form ahead": bool((at.get_group("small") == "merged").any()),
        "strong less none, mean distance, %": mean_estimate(mean_size("strong") - mean_size("none")),
        "equal less own cost, %": mean_estimate(gained),
    }


def drawn(table: pd.DataFrame, n_seeds: int) -> Figure:
    """A slide: sizes beside one another, practices and contrasts below."""
    styles = styles_of({org: named_scenario("org", org, []) for org in (TWO, *MERGED)})
    wins = table["winner"].value_counts()
    title = (
        f"By size, not by principle: of {len(table)} comparisons two leaders win {wins.get('two', 0)}, a merged form "
        f"{wins.get('merged', 0)}, {wins.get('neither', 0)} show no clear difference"
    )
    subtitle = (
        f"Net present value of one leader less two, % of discounted gross profit, {n_seeds} futures, {INTERVAL}; "
        "hollow: no clear difference after Holm over all comparisons. Circle: own cost; square: equal total cost."
    )
    with drawing():
        figure, top = slide(title, subtitle)
        for column, size in enumerate(SIZES):
            axes = figure.add_axes((0.19 + 0.265 * column, 0.10, 0.25, top - 0.17))
            axes.axvline(0, color=FAINT, linewidth=1.2)
            axes.set_xlim(table["low"].min() - 0.3, table["high"].max() + 0.3)  # one scale for all sizes
            panel_title(axes, size, "two leaders better | one better", 3)
            y = 0.0
            for practices, org in product(PRACTICES, MERGED):
                for costs in CONTRASTS:
                    _dot(axes, y, table, (size, practices, costs, org), styles[org].color)
                    y += 0.45
                if column == 0:
                    name = f"{'no' if practices == 'none' else practices} practices: {styles[org].label.lower()}"
                    axes.annotate(
                        name, (0, y - 0.68), (-8, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                        ha="right", va="center", fontsize=8.6, color=INK,
                    )  # fmt: skip
                y += 0.5 if org != MERGED[-1] else 1.0
            axes.set_ylim(y - 0.6, -0.7)
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
            axes.tick_params(colors=MUTED)
    return figure


def _dot(axes: object, y: float, table: pd.DataFrame, key: tuple[str, ...], color: str) -> None:
    row = table.set_index(["company", "practices", "costs", "structure"]).loc[key]
    face = "white" if row["winner"] == "neither" else color
    axes.plot([row["low"], row["high"]], [y, y], color=color, linewidth=1.6, solid_capstyle="butt")
    axes.plot(row["percent"], y, "o" if key[2] == "own" else "s", color=color, markersize=4.8, markerfacecolor=face)


def main(futures: str = "128", folder: str = "results") -> None:
    """Run what `folder` lacks; print, keep `table.csv` beside this file and the picture in `docs/pictures`."""
    seeds = range(int(futures))
    with Store(folder) as store:
        cells = [
            row for size, practices in product(SIZES, PRACTICES) for row in measured(size, practices, seeds, store)
        ]
    table = table_of(cells)
    table.to_csv(HERE / "table.csv", index=False, lineterminator="\n", float_format="%.6g")
    print(table.drop(columns=["gross_profit_usd", "p"]).round(3).to_string())
    for name, value in hypotheses(cells, table).items():
        known = f"{value.mean:.3f} ({value.low:.3f} to {value.high:.3f})" if isinstance(value, Estimate) else value
        print(f"{name}: {known}")
    small = f"Company as stated for its size, market steady, 12 quarters; python {HERE.name}/measure.py {len(seeds)}"
    save(drawn(table, len(seeds)), table, PICTURES, "two_hats_or_one", small)


if __name__ == "__main__":
    main(*sys.argv[1:])
