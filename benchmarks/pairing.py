"""How many times fewer futures a comparison needs because all scenarios meet the same luck."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.line import Line
from sim.compose import sim_config
from sim.composition.catalogue import catalogue
from sim.metrics import HEADLINES
from sim.study.statistics import by_seed, pairing_ratio
from sim.study.study import Study

N_SEEDS, N_RESAMPLED = 48, 400
REFERENCE = "separate"
OUTCOMES = ("npv_usd", *HEADLINES)


def pairing() -> Iterator[Line]:
    """(VarA + VarB) / Var(A - B), its 95% range by resampling futures; NPV in the table, the headlines beside it."""
    others = [org for org in catalogue().options("org") if org != REFERENCE]
    scenarios = {org: sim_config("company=medium", f"org={org}") for org in (REFERENCE, *others)}
    scenarios["without practices"] = sim_config("company=medium", f"org={REFERENCE}", "practices=none")
    runs = Study(scenarios, range(N_SEEDS), REFERENCE).run(with_quarters=False).runs
    tables = {outcome: by_seed(runs, outcome) for outcome in OUTCOMES}
    yield _line("practices: typical, none", tables, "without practices", at_least=10)
    for org in others:
        yield _line(f"{REFERENCE}, {org}", tables, org)


def _line(pair: str, tables: dict[str, pd.DataFrame], other: str, at_least: float | None = None) -> Line:
    npv = tables[OUTCOMES[0]]
    rng = np.random.default_rng(0)
    resampled = []
    for _ in range(N_RESAMPLED):
        some = npv.iloc[rng.integers(len(npv), size=len(npv))].reset_index(drop=True)
        resampled.append(pairing_ratio(some[REFERENCE], some[other]))
    low, high = np.quantile(resampled, (0.025, 0.975))
    ratios = {outcome: pairing_ratio(table[REFERENCE], table[other]) for outcome, table in tables.items()}
    return Line(
        f"pairing of {pair}", ratios.pop(OUTCOMES[0]), float(low), float(high), unit="x", at_least=at_least,
        details=ratios,
    )  # fmt: skip
