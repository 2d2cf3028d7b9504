"""What a worker is handed and what it hands back: work on some seeds, mostly of scenarios that share their past."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sim.config import SimConfig
from sim.keep import model_hash
from sim.model import GoToMarket, past_of
from sim.past import Past
from sim.store import Encoded, Rows, decoded, encoded
from sim.study.branching import Trunk, lives
from sim.study.results import Failure


@dataclass(frozen=True)
class Done:
    """One run that finished or failed."""

    scenario: str
    seed: int
    run: Encoded | None
    failure: Failure | None = None

    @property
    def rows(self) -> Rows | None:
        """Outcomes and quarters, without the columns that say whose they are; None if the run failed."""
        return None if self.run is None else decoded(self.run)


class Work(Protocol):
    """Anything that a worker can be handed."""

    def lived(self) -> list[Done]:
        """Do it; whatever goes wrong is the result of the run that it went wrong in."""

    def apart(self) -> Iterator[Work]:
        """The same seed by seed."""

    def failed(self, error: str) -> list[Done]:
        """All of it as runs that failed for one reason."""


def live(work: Work) -> list[Done]:
    """Do what was handed over: a function, because that is what can be sent to other processes."""
    return work.lived()


@dataclass(frozen=True)
class Task:
    """Scenarios of one trunk under some seeds; `model` is the code that they are to be run by."""

    scenarios: Mapping[str, SimConfig]
    trunk: Trunk
    seeds: tuple[int, ...]
    model: str

    def lived(self) -> list[Done]:
        """Live the task's runs; whatever goes wrong is the result of the run that it went wrong in."""
        if self.model != model_hash():
            return self.failed(f"worker has another model: {model_hash()} in place of {self.model}")
        past = past_of(self.scenarios[self.trunk.names[0]])
        return [done for seed in self.seeds for done in _lived(self, seed, past)]

    def apart(self) -> Iterator[Task]:
        """The same seed by seed."""
        for seed in self.seeds:
            yield replace(self, seeds=(seed,))

    def failed(self, error: str) -> list[Done]:
        """All of it as runs that failed for one reason."""
        return [
            Done(name, seed, None, Failure(name, seed, error, error))
            for seed in self.seeds
            for name in self.trunk.names
        ]


def _lived(task: Task, seed: int, past: Past) -> Iterator[Done]:
    clock = time.perf_counter()
    for names, end in lives(task.scenarios, task.trunk, seed, past):
        # What is shared is counted to the life that finishes first.
        seconds = time.perf_counter() - clock
        yield from (_done(name, seed, end, seconds / len(names)) for name in names)
        clock = time.perf_counter()


def _done(name: str, seed: int, end: GoToMarket | Exception, seconds: float) -> Done:
    """One run; a failure is a result like any other, so that it takes nobody along but who shared its life."""
    try:
        if isinstance(end, Exception):
            raise end
        return Done(name, seed, encoded(end.results(), end.quarter_rows(), seconds))
    except Exception as error:  # noqa: BLE001 - whatever it was, it is this run's alone
        why = f"{type(error).__name__}: {error}"
        return Done(name, seed, None, Failure(name, seed, why, traceback.format_exc()))


def keys_of(name: str, config: SimConfig, seed: int) -> dict[str, Any]:
    """The columns that say what a row is about."""
    return {
        "company": config.company.name,
        "org": config.org.name,
        "practices": config.practices.name,
        "roles": config.roles.name,
        "market": config.market.name,
        "scenario": name,
        "seed": seed,
    }


def run_rows(config: SimConfig, seed: int, past: Past) -> Rows:
    """One run on its own: its outcomes and its quarters."""
    model = GoToMarket(config, seed, past).run()
    rows = model.results(), model.quarter_rows()
    model.forget()
    return rows
