"""Runs in parallel: the same rows whatever the number of processes and the order in which they finish."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.config import SimConfig
from sim.model import GoToMarket, past_of
from sim.past import Past
from sim.settings import ExecutorSettings
from sim.study.branching import Trunk, lives, trunks
from sim.study.results import Failure

RUNS_PER_TASK = 4  # some tenths of a second: handing a task over costs a thousandth

Rows = tuple[dict[str, Any], list[dict[str, Any]]]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Done:
    """One run that finished or failed."""

    scenario: str
    seed: int
    rows: Rows | None
    failure: Failure | None = None


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


def run_rows(name: str, config: SimConfig, seed: int, past: Past) -> Rows:
    """One run: its row and its quarters' rows."""
    model = GoToMarket(config, seed, past).run()
    rows = _rows(name, config, model)
    model.forget()
    return rows


def _rows(name: str, config: SimConfig, model: GoToMarket) -> Rows:
    keys = keys_of(name, config, model.seed)
    return keys | model.results(), [keys | row for row in model.quarter_rows()]


def run_all(
    scenarios: Mapping[str, SimConfig],
    seeds: Sequence[int],
    executor: ExecutorSettings,
    progress: Progress = lambda n: None,
) -> list[Done]:
    """Every scenario under every seed, in the order of scenarios and seeds; `progress` hears of finished runs.

    What scenarios have in common is lived once per seed (`sim.study.branching`).
    """
    tasks: list[Task] = []
    for trunk in trunks(scenarios):
        group = {name: scenarios[name] for name in trunk.names}
        past_of(group[trunk.names[0]])  # solved once here, so that workers find it kept
        size = max(1, RUNS_PER_TASK // len(group))
        tasks += [(group, trunk, tuple(seeds[first : first + size])) for first in range(0, len(seeds), size)]
    finished: dict[tuple[str, int], Done] = {}
    for batch in _batches(tasks, executor):
        finished |= {(done.scenario, done.seed): done for done in batch}
        progress(len(batch))
    return [finished[name, seed] for name in scenarios for seed in seeds]


def n_processes(executor: ExecutorSettings, n_tasks: int) -> int:
    """Processes worth starting: as set, else one per core, never more than there are tasks."""
    wanted = 1 if executor.name == "serial" else executor.n_jobs or os.cpu_count() or 1
    return max(1, min(wanted, n_tasks))


Task = tuple[dict[str, SimConfig], Trunk, tuple[int, ...]]


def _batches(tasks: list[Task], executor: ExecutorSettings) -> Iterator[list[Done]]:
    n_jobs = n_processes(executor, len(tasks))
    if n_jobs == 1:
        yield from (_batch(*task) for task in tasks)
        return
    from joblib import Parallel, delayed

    # loky by name: Mesa 3.3 sets the start method of multiprocessing for everybody.
    parallel = Parallel(n_jobs=n_jobs, backend="loky", return_as="generator_unordered", batch_size=1)
    yield from parallel(delayed(_batch)(*task) for task in tasks)


def _batch(scenarios: dict[str, SimConfig], trunk: Trunk, seeds: tuple[int, ...]) -> list[Done]:
    past = past_of(scenarios[trunk.names[0]])
    return [
        _done(name, scenarios[name], seed, end)
        for seed in seeds
        for names, end in lives(scenarios, trunk, seed, past)
        for name in names
    ]


def _done(name: str, config: SimConfig, seed: int, end: GoToMarket | Exception) -> Done:
    """One run; a failure is a result like any other, so that it takes nobody along but who shared its life."""
    try:
        if isinstance(end, Exception):
            raise end
        return Done(name, seed, _rows(name, config, end))
    except Exception as error:  # noqa: BLE001 - whatever it was, it is this run's alone
        why = f"{type(error).__name__}: {error}"
        return Done(name, seed, None, Failure(name, seed, why, traceback.format_exc()))
