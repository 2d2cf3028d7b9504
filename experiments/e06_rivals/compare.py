"""What the rival submodels change: which patterns tell them apart, and whether the order of structures hangs on them.

python experiments/e06_rivals/compare.py [futures=32] [folder=results] [what=patterns,structures]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from sim.report.patterns import findings
from sim.report.progress import shown_progress
from sim.settings import ExecutorSettings
from sim.store import Store
from sim.study.patterns.checked import CHECKED
from sim.study.patterns.fitted import FITTED
from sim.study.patterns.gathering import gathered
from sim.study.patterns.pattern import Pattern, Seen
from sim.study.patterns.sightings import pooled, reference_company
from sim.study.patterns.worlds import values_of, worlds
from sim.study.ranking import against_the_best
from sim.study.statistics import differences_to, t_quantile
from sim.study.study import Study

SHIPPED = "as shipped"
RIVALS = {
    SHIPPED: (),
    "horizons are mixed": ("people.mixing=horizons",),
    "kernel of order 2": ("people.kernel_order=2",),
    "exponential kernel": ("people.kernel_order=inf",),
    "returns are equalised": ("people.attention_rule=marginal",),
    "all three": ("people.mixing=horizons", "people.kernel_order=inf", "people.attention_rule=marginal"),
}
HERE = Path(__file__).parent


def seen_under(overrides: tuple[str, ...], seeds: range, store: Store) -> list[Seen]:
    """What patterns need of every future, under a rival."""
    named = worlds(*overrides)
    runs = ran(Study(named, seeds, next(iter(named))), store)
    company = {"today": reference_company(*overrides)}
    looked, failures = gathered(company, seeds, ExecutorSettings(), store, lambda n: None)
    if failures:
        raise RuntimeError(f"{len(failures)} looks failed")
    return [{**a, **b} for a, b in zip(looked["today"], values_of(runs, named, seeds), strict=True)]


def ran(study: Study, store: Store) -> pd.DataFrame:
    """Outcomes of a study, under a progress bar."""
    with shown_progress(study.n_runs) as (advance, _):
        results = study.run(advance, store, with_quarters=False)
    if results.failures:
        raise RuntimeError(f"{len(results.failures)} runs failed")
    return results.runs


def moved(pattern: Pattern, rival: Sequence[Seen], shipped: Sequence[Seen]) -> tuple[float, float, float]:
    """Rival less shipped in the same futures, with its jackknife interval."""
    wholes, n = [pooled(rival), pooled(shipped)], len(rival)

    def difference(left_out: int | None) -> float:
        ends = []
        for whole, futures in zip(wholes, (rival, shipped), strict=True):
            some = whole if left_out is None else {k: whole[k] - futures[left_out][k] for k in whole}
            ends.append(pattern.value(some))
        return ends[0] - ends[1]

    without = np.array([difference(i) for i in range(n)])
    mean, half = difference(None), t_quantile(n) * float(np.sqrt((n - 1) * without.var()))
    return mean, mean - half, mean + half


def patterns(seeds: range, store: Store) -> None:
    """Every pattern under every rival, and its paired difference from the shipped form."""
    seen = {name: seen_under(overrides, seeds, store) for name, overrides in RIVALS.items()}
    rows = []
    for name, futures in seen.items():
        for finding in findings(futures):
            mean, low, high = moved(finding.pattern, futures, seen[SHIPPED])
            rows.append((finding.pattern.name, name, finding.estimate.mean, finding.verdict, mean, low, high))
    columns = ["id", "rival", "mean", "verdict", "moved", "moved_low", "moved_high"]
    table = pd.DataFrame(rows, columns=columns)
    table.to_csv(HERE / "patterns.csv", index=False, lineterminator="\n", float_format="%.5g")
    clear = table[(table["moved_low"] > 0) | (table["moved_high"] < 0)]
    print(clear.round(3).to_string(), f"\n{len(clear)} of {(len(RIVALS) - 1) * len((*FITTED, *CHECKED))} clear")
    print(table.set_index(["id", "rival"])["verdict"].unstack().to_string())  # noqa: PD010 - names, nothing to add up


def structures(seeds: range, store: Store) -> None:
    """NPV of every structure against the reference, $M, under every rival and in three companies; who may be best."""
    found = {}
    for company in ("small", "medium", "large"):
        for name, overrides in RIVALS.items():
            study = Study.compare(f"company={company}", f"seeds={len(seeds)}", *overrides)
            runs = ran(study, store)
            found[company, name] = differences_to(runs, "npv_usd", study.reference)["mean"] / 1e6
            best = against_the_best(runs, "npv_usd")
            print(company, name, "may be best:", ", ".join(best.index[best["may_be_best"]]))
    orders = pd.DataFrame(found)
    orders.to_csv(HERE / "structures.csv", lineterminator="\n")
    for company in ("small", "medium", "large"):
        print(company, orders[company].corr(method="spearman")[SHIPPED].round(2).to_dict())


def main(futures: str = "32", folder: str = "results", what: str = "patterns,structures") -> None:
    """Print what is asked for, and keep it as CSV beside this file."""
    with Store(folder) as store:
        for part in what.split(","):
            {"patterns": patterns, "structures": structures}[part](range(int(futures)), store)


if __name__ == "__main__":
    main(*sys.argv[1:])
