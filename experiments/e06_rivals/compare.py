"""What the rival submodels change: which patterns tell them apart, and whether the order of structures hangs on them.

python experiments/e06_rivals/compare.py [futures=32] [folder=results]
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from sim.report.delivery import run_with_progress
from sim.report.patterns import findings, rows
from sim.settings import ExecutorSettings
from sim.store import Store
from sim.study.patterns.gathering import gathered
from sim.study.patterns.sightings import reference_company
from sim.study.patterns.worlds import values_of, worlds
from sim.study.ranking import against_the_best
from sim.study.statistics import differences_to
from sim.study.study import Study

RIVALS = {
    "as shipped": (),
    "horizons are mixed": ("people.mixing=horizons",),
    "kernel of order 2": ("people.kernel_order=2",),
    "exponential kernel": ("people.kernel_order=inf",),
    "returns are equalised": ("people.attention_rule=marginal",),
    "all three": ("people.mixing=horizons", "people.kernel_order=inf", "people.attention_rule=marginal"),
}


def patterns(overrides: tuple[str, ...], seeds: range, store: Store) -> pd.DataFrame:
    """Every pattern under a rival, index by its id."""
    named = worlds(*overrides)
    study = Study(named, seeds, next(iter(named)))
    results = run_with_progress(study, store, with_quarters=False)
    seen, failures = gathered(reference_company(*overrides), seeds, ExecutorSettings(), store, lambda n: None)
    if failures or results.failures:
        raise RuntimeError(f"{len(failures) + len(results.failures)} runs failed")
    compared = values_of(results.runs, named, seeds)
    return rows(findings([{**a, **b} for a, b in zip(seen, compared, strict=True)])).set_index("id")


def ranking(company: str, overrides: tuple[str, ...], seeds: range, store: Store) -> tuple[pd.DataFrame, str]:
    """NPV of every structure against the reference, $M, and which may be best."""
    study = Study.compare(f"company={company}", f"seeds={len(seeds)}", *overrides)
    runs = run_with_progress(study, store, with_quarters=False).runs
    differences = differences_to(runs, "npv_usd", study.reference)[["mean", "low", "high"]] / 1e6
    best = against_the_best(runs, "npv_usd")
    return differences, ", ".join(best.index[best["may_be_best"]])


def main(futures: str = "32", folder: str = "results") -> None:
    """Print both tables, and keep them as CSV beside this file."""
    seeds, here = range(int(futures)), Path(__file__).parent
    with Store(folder) as store:
        shown = {name: patterns(overrides, seeds, store) for name, overrides in RIVALS.items()}
        ranked = {
            (company, name): ranking(company, overrides, seeds, store)
            for company in ("small", "medium", "large")
            for name, overrides in RIVALS.items()
        }
    means = pd.DataFrame({name: table["mean"] for name, table in shown.items()})
    verdicts = pd.DataFrame({name: table["verdict"] for name, table in shown.items()})
    orders = pd.DataFrame({key: table["mean"] for key, (table, _) in ranked.items()})
    for name, table in (("patterns", means), ("verdicts", verdicts), ("structures", orders)):
        table.to_csv(here / f"{name}.csv", lineterminator="\n")
        print(table.round(3).to_string(), "\n")
    for key, (_, best) in ranked.items():
        print(*key, "may be best:", best)
    print("rank correlation with the shipped order:")
    for company in ("small", "medium", "large"):
        print(company, orders[company].corr(method="spearman")["as shipped"].round(2).to_dict())


if __name__ == "__main__":
    main(*sys.argv[1:])
