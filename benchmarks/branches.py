"""What living a shared past once saves: the same runs as branches and apart, in one process, back to back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.line import Line, of_rounds, seconds
from sim.model import past_of
from sim.settings import ExecutorSettings
from sim.study.runner import run_all
from sim.study.study import Study
from sim.study.task import run_rows

ROUNDS, SEEDS, LATE = 3, range(4), 11


def branches() -> Iterator[Line]:
    """Time of branches over that of separate runs, the market's 12 quarters of run-off after each run included."""
    studies = {
        "compare, as branches over apart": Study.compare("company=medium"),
        "what-if in quarter 5, likewise": Study.whatif("scenario=split_in_q5"),
        f"what-if in quarter {LATE}, likewise": late(Study.whatif("scenario=split_in_q5")),
    }
    for what, study in studies.items():
        branched(study)  # compiled code is loaded, the past is known
        ratios = [seconds(lambda s=study: branched(s)) / seconds(lambda s=study: apart(s)) for _ in range(ROUNDS)]  # type: ignore[misc]
        lived, single = study.n_quarters
        details = {"quarters_lived": float(lived), "quarters_apart": float(single)}
        yield of_rounds(what, ratios, unit="x", at_most=1, details=details)


def late(study: Study) -> Study:
    """The same what-if later: more of it is shared."""
    scenarios = {
        name: replace(config, changes=tuple(replace(change, quarter=LATE) for change in config.changes))
        for name, config in study.scenarios.items()
    }
    return replace(study, scenarios=scenarios)


def branched(study: Study) -> None:
    """All runs, what they share lived once."""
    run_all(study.scenarios, SEEDS, ExecutorSettings("serial"))


def apart(study: Study) -> None:
    """All runs one by one."""
    for config in study.scenarios.values():
        for seed in SEEDS:
            run_rows(config, seed, past_of(config))
