"""The answer to a sweep: a table of points, what each factor does, and the figures of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from sim.report.delivery import FAILED
from sim.report.labels import HEADLINES, Style, futures, scale_for
from sim.report.tables import report_console
from sim.study.effects import OUTCOMES, Points, main_effects, points_table, with_factors

RUNS, POINTS, MANIFEST = "runs.parquet", "points.csv", "manifest.json"


def gather(
    runs: pd.DataFrame, points: Points, styles: Mapping[str, Style], manifest: dict[str, Any], folder: Path
) -> int:
    """Write one table and one set of figures for all points, print what each factor does; exit status 0, or 1.

    `runs` have the points' numbers as scenarios; status 1 if a run failed, which is listed and left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    failures, factors = manifest.get("failures", []), list(points[0])
    text = json.dumps(manifest | {"factors": factors, "n_points": len(points)}, indent=2, default=str)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    console = report_console()
    if len(runs):
        table = with_factors(runs, points)
        table.to_parquet(folder / RUNS, index=False)
        reference = str(manifest.get("reference", ""))
        whole = points_table(table, factors, reference)
        whole.to_csv(folder / POINTS, index=False, encoding="utf-8", lineterminator="\n")
        console.print(_effects_table(table, factors, styles))
        n_seeds = int(whole["n_seeds"].max())
        console.print(f"{len(whole)} points, {futures(n_seeds)} each, the same for all. Means over the other factors.")
        draw(table, factors, styles, folder / "figures", _small_print(manifest, len(points), n_seeds))
    for failure in failures:
        console.print(f"failed: point {failure['scenario']}, seed {failure['seed']}: {failure['error']}", markup=False)
    console.print(f"Files: {folder}", soft_wrap=True, highlight=False)
    return FAILED if failures else 0


def _effects_table(runs: pd.DataFrame, factors: Sequence[str], styles: Mapping[str, Style]) -> Table:
    """For each factor and structure the lowest and the highest mean NPV, and at which level."""
    effects = main_effects(runs, factors, "npv_usd")
    table = Table("factor", "structure", "lowest NPV", "at", "highest NPV", "at", box=None, header_style="bold")
    for (factor, name), rows in effects.groupby(["factor", "structure"], sort=False):
        structure, ascending = str(name), rows.sort_values("mean", kind="stable")
        least, most = ascending.iloc[0], ascending.iloc[-1]
        scale = scale_for(HEADLINES["npv_usd"], least["mean"], most["mean"])
        label = styles[structure].label if structure in styles else structure
        cells = [f"{scale(end['mean'])} ({scale(end['low'])} to {scale(end['high'])})" for end in (least, most)]
        levels = [_level(end["level"]) for end in (least, most)]
        table.add_row(str(factor), label, f"{cells[0]} {scale.unit}", levels[0], f"{cells[1]} {scale.unit}", levels[1])
    return table


def _level(level: Any) -> str:
    return f"{level:.4g}" if isinstance(level, float) else str(level)


def draw(
    runs: pd.DataFrame, factors: Sequence[str], styles: Mapping[str, Style], folder: Path, small_print: str
) -> None:
    """A figure per outcome."""
    from sim.report.figures import save
    from sim.report.figures.effects import effects

    for outcome in OUTCOMES:
        figure, data = effects(runs, factors, styles, outcome)
        save(figure, data, folder, f"effects_{outcome.removesuffix('_usd')}", small_print)


def _small_print(manifest: Mapping[str, Any], n_points: int, n_seeds: int) -> str:
    versions = manifest.get("versions", {})
    return (
        f"Two Hats {versions.get('twohats', '')}, model {manifest.get('model_hash', '')}. {n_points} points, "
        f"{n_seeds} simulated futures each, the same for all. {manifest.get('command', '')}"
    )
