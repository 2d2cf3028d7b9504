"""The bench of a ledger: runs go into the store under a progress bar, and are read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sim.report.progress import Interrupted, shown_progress
from sim.settings import ExecutorSettings
from sim.store import Store, config_hash
from sim.study.bench import Scenarios, Seeds
from sim.study.claims.quantity import Rows
from sim.study.patterns.gathering import gathered
from sim.study.patterns.pattern import Seen
from sim.study.reading import quarters_of, runs_of
from sim.study.results import Failure
from sim.study.runner import fill


class RunsFailed(RuntimeError):
    """Runs of the ledger that failed; those that finished are kept."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        super().__init__(f"{len(failures)} runs failed")
        self.failures = tuple(failures)


class StoreBench:
    """Runs and looks in a store; `n_runs` counts what was asked of it, by part."""

    def __init__(self, store: Store, executor: ExecutorSettings, command: str) -> None:
        self._store, self._executor, self._command = store, executor, command
        self.n_runs: dict[str, int] = {}
        self.runs: list[dict[str, object]] = []
        """Every scenario that was asked for: for what, its name, the hash of its config, its seeds."""

    def run(self, scenarios: Scenarios, seeds: Seeds, what: str) -> None:
        """Run what the store lacks; raises `RunsFailed`, or `Interrupted`, which says how to go on."""
        by_name = seeds if isinstance(seeds, Mapping) else dict.fromkeys(scenarios, seeds)
        n_runs = sum(map(len, by_name.values()))
        self.n_runs[what] = self.n_runs.get(what, 0) + n_runs
        self._note(scenarios, by_name, what)
        with shown_progress(n_runs) as (advance, heard):
            try:
                failures = fill(self._store, scenarios, seeds, self._executor, advance)
            except KeyboardInterrupt:
                raise Interrupted(self._command, sum(heard), n_runs) from None
        if failures:
            raise RunsFailed(failures)

    def _note(self, scenarios: Scenarios, seeds: Mapping[str, Sequence[int]], what: str) -> None:
        self.runs += [
            {"part": what, "scenario": name, "config_hash": config_hash(config), "seeds": _listed(seeds[name])}
            for name, config in scenarios.items()
        ]

    def outcomes(self, scenarios: Scenarios, seeds: Sequence[int]) -> pd.DataFrame:
        """Outcomes alone."""
        return runs_of(self._store, scenarios, seeds)

    def rows(self, scenarios: Scenarios, seeds: Sequence[int]) -> Rows:
        """Outcomes and quarters."""
        return Rows(self.outcomes(scenarios, seeds), quarters_of(self._store, scenarios, seeds))

    def looked(self, companies: Scenarios, seeds: Sequence[int], what: str) -> Mapping[str, list[Seen]]:
        """What is seen of companies in each future; raises as `run` does."""
        n_looks = len(companies) * len(seeds)
        self.n_runs[what] = self.n_runs.get(what, 0) + n_looks
        self._note(companies, dict.fromkeys(companies, seeds), what)
        with shown_progress(n_looks, "futures") as (advance, heard):
            try:
                seen, failures = gathered(companies, seeds, self._executor, self._store, advance)
            except KeyboardInterrupt:
                raise Interrupted(self._command, sum(heard), n_looks) from None
        if failures:
            raise RunsFailed(failures)
        return seen


def _listed(seeds: Sequence[int]) -> str:
    """Seeds as "0 to 15" where they follow one another, else one by one."""
    first, last = seeds[0], seeds[-1]
    return f"{first} to {last}" if list(seeds) == list(range(first, last + 1)) else " ".join(map(str, seeds))
