"""What living a shared past once saves: the same runs as branches and apart, in one process, back to back.

    python benchmarks/branching.py [seeds]

Prints per study the quarters lived, and the time of branches over that of separate runs (median and range over
rounds; below 1 is a gain), the market's 12 quarters of run-off after each run included in both.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sim.model import past_of
from sim.settings import ExecutorSettings
from sim.study.runner import run_all, run_rows
from sim.study.study import Study

ROUNDS = 3
LATE = 11


def late(study: Study) -> Study:
    """The same what-if in quarter 11: more of it is shared."""
    scenarios = {
        name: replace(config, changes=tuple(replace(change, quarter=LATE) for change in config.changes))
        for name, config in study.scenarios.items()
    }
    return replace(study, scenarios=scenarios)


STUDIES = {
    "compare, nine structures": Study.compare("company=medium"),
    "whatif, change in quarter 5": Study.whatif("scenario=split_in_q5"),
    f"whatif, change in quarter {LATE}": late(Study.whatif("scenario=split_in_q5")),
}


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    clock = time.perf_counter()
    run()
    return time.perf_counter() - clock


def measured(study: Study, n_seeds: int) -> tuple[np.ndarray, tuple[int, int]]:
    """Time of branches over that of separate runs in each round, and the quarters of both."""
    seeds, serial = range(n_seeds), ExecutorSettings("serial")
    past = {name: past_of(config) for name, config in study.scenarios.items()}

    def apart() -> None:
        for name, config in study.scenarios.items():
            for seed in seeds:
                run_rows(name, config, seed, past[name])

    def branched() -> None:
        run_all(study.scenarios, seeds, serial)

    branched()  # compiled code is loaded once
    return np.array([seconds(branched) / seconds(apart) for _ in range(ROUNDS)]), study.n_quarters


def main() -> None:
    """Print the table."""
    n_seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    for name, study in STUDIES.items():
        ratios, (lived, apart) = measured(study, n_seeds)
        print(
            f"{name:<30} {lived:>4} of {apart} quarters a seed ({lived / apart:.2f}); time as branches "
            f"{np.median(ratios):.2f} of apart ({ratios.min():.2f} to {ratios.max():.2f})"
        )


if __name__ == "__main__":
    main()
