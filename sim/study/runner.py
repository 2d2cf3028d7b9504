"""Runs: what the store lacks is lived, by whoever is asked, and kept as it comes; rows do not depend on by whom.

A worker that dies takes no run along: what it had in hand is handed over again, seed by seed and one at a time, until
it is known which run it is that workers die of.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from sim.config import SimConfig
from sim.keep import model_hash
from sim.model import past_of
from sim.settings import ExecutorSettings
from sim.store import RunKey, Store, run_keys
from sim.study.branching import trunks
from sim.study.pools import Pool, Promise, n_processes, pool_of
from sim.study.results import Failure
from sim.study.task import Done, Task, Work

RUNS_PER_TASK = 4  # some tenths of a second: handing a task over costs a thousandth
TASKS_AHEAD = 2  # for each worker: nobody waits for work, and memory does not grow with their number
MOST_DEATHS = 2  # of workers with one seed in hand and nothing else, until it is believed to be the seed

Scenarios = Mapping[str, SimConfig]
Keys = Mapping[str, Mapping[int, RunKey]]  # by scenario and seed
Progress = Callable[[int], None]


def run_all(
    scenarios: Scenarios, seeds: Sequence[int], executor: ExecutorSettings, progress: Progress = lambda n: None
) -> list[Done]:
    """Every scenario under every seed, in the order of scenarios and seeds; `progress` hears of finished runs."""
    finished: dict[tuple[str, int], Done] = {}
    for batch in done_by(executor, scenarios, dict.fromkeys(scenarios, tuple(seeds))):
        finished |= {(done.scenario, done.seed): done for done in batch}
        progress(len(batch))
    return [finished[name, seed] for name in scenarios for seed in seeds]


def fill(
    store: Store,
    scenarios: Scenarios,
    seeds: Sequence[int] | Mapping[str, Sequence[int]],
    executor: ExecutorSettings,
    progress: Progress = lambda n: None,
) -> list[Failure]:
    """Run what the store does not have of scenarios and seeds, and keep it; returns the runs that failed.

    Seeds are the same for every scenario, or given by scenario. `progress` hears of runs that are there, those of
    before first.
    """
    keys = _keys(scenarios, seeds)
    missing = _lacking(store, keys)
    progress(sum(map(len, keys.values())) - sum(map(len, missing.values())))
    failures: list[Failure] = []
    with contextlib.closing(done_by(executor, scenarios, missing)) as batches:
        for batch in batches:
            _keep(store, scenarios, keys, batch)
            failures += [done.failure for done in batch if done.failure is not None]
            progress(len(batch))
    return failures


def lacking(store: Store, scenarios: Scenarios, seeds: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """Seeds by scenario that the store does not have; scenarios of which it has all are left out."""
    return _lacking(store, _keys(scenarios, seeds))


def _keys(scenarios: Scenarios, seeds: Sequence[int] | Mapping[str, Sequence[int]]) -> Keys:
    by_name = seeds if isinstance(seeds, Mapping) else dict.fromkeys(scenarios, seeds)
    return {
        name: dict(zip(by_name[name], run_keys(config, by_name[name]), strict=True))
        for name, config in scenarios.items()
    }


def _lacking(store: Store, keys: Keys) -> dict[str, tuple[int, ...]]:
    present = store.present(chain.from_iterable(asked.values() for asked in keys.values()))
    missing = {name: tuple(s for s, key in asked.items() if key not in present) for name, asked in keys.items()}
    return {name: lacked for name, lacked in missing.items() if lacked}


def _keep(store: Store, scenarios: Scenarios, keys: Keys, batch: Iterable[Done]) -> None:
    runs = [(done, keys[done.scenario][done.seed]) for done in batch]
    store.add_all([(scenarios[done.scenario], {key: done.run}) for done, key in runs if done.run is not None])
    for done, key in runs:
        if done.failure is not None:
            store.add_failure(scenarios[done.scenario], key, done.failure.error, done.failure.trace)


def done_by(
    executor: ExecutorSettings, scenarios: Scenarios, seeds: Mapping[str, Sequence[int]]
) -> Generator[list[Done]]:
    """Live the scenarios, each under its seeds, in batches in the order in which they finish.

    What scenarios have in common is lived once per seed (`sim.study.branching`).
    """
    by_trunk = list(_tasks_by_trunk(scenarios, seeds))
    n_tasks = sum(map(len, by_trunk))
    if n_tasks == 0:
        return
    if len(by_trunk) <= n_processes(executor, n_tasks):
        for tasks in by_trunk:
            past_of(tasks[0].scenarios[tasks[0].trunk.names[0]])  # solved once here, so that workers find it kept
    yield from done_of(executor, _taking_turns(by_trunk), n_tasks)


def done_of(executor: ExecutorSettings, works: Iterator[Work], n_works: int) -> Generator[list[Done]]:
    """What comes of so many pieces of work, in the order in which they finish."""
    with _employed(pool_of(executor, n_works)) as pool:
        yield from _lived(pool, works)


def _tasks_by_trunk(scenarios: Scenarios, seeds: Mapping[str, Sequence[int]]) -> Iterator[list[Task]]:
    """Tasks of each trunk of scenarios that lack the same seeds."""
    alike: dict[tuple[int, ...], list[str]] = {}
    for name in scenarios:
        if seeds.get(name):
            alike.setdefault(tuple(seeds[name]), []).append(name)
    for lacked, names in alike.items():
        for trunk in trunks({name: scenarios[name] for name in names}):
            group = {name: scenarios[name] for name in trunk.names}
            size = max(1, RUNS_PER_TASK // len(group))
            starts = range(0, len(lacked), size)
            yield [Task(group, trunk, lacked[start : start + size], model_hash()) for start in starts]


def _taking_turns(by_trunk: Iterable[list[Task]]) -> Iterator[Task]:
    """All tasks; the first of a trunk comes before the others of the trunk before it.

    Two workers then solve two companies' pasts, not both the same one.
    """
    rest: list[Task] = []
    for first, *others in by_trunk:
        yield first
        yield from rest
        rest = others
    yield from rest


@contextlib.contextmanager
def _employed(pool: Pool) -> Iterator[Pool]:
    """Workers until the end, or until something goes wrong, and then no longer."""
    try:
        yield pool
    except BaseException:
        pool.close(at_once=True)
        raise
    pool.close(at_once=False)


def _lived(pool: Pool, tasks: Iterator[Work]) -> Iterator[list[Done]]:
    """Hand out tasks and take in what was done; those whose worker died again, alone."""
    while True:
        lost: list[Work] = []
        yield from _handed_out(pool, tasks, TASKS_AHEAD * pool.n_workers, lost)
        if not lost:
            return
        for task in chain.from_iterable(task.apart() for task in lost):
            yield from _alone(pool, task)


def _handed_out(pool: Pool, tasks: Iterator[Work], ahead: int, lost: list[Work]) -> Iterator[list[Done]]:
    """Hand out tasks until there are no more, or until workers have died: `lost` gets what they had in hand."""
    promised: dict[Promise, Work] = {}
    while True:
        while not lost and len(promised) < max(ahead, TASKS_AHEAD * pool.n_workers):
            task = next(tasks, None)
            if task is None:
                break
            promised[pool.submit(task)] = task
        if not promised:
            break
        for promise in pool.first(promised):
            task = promised.pop(promise)
            try:
                yield promise.result()
            except pool.deaths:
                lost.append(task)
    if lost:
        pool.renew()


def _alone(pool: Pool, task: Work) -> Iterator[list[Done]]:
    """One task with nobody beside it; given up when workers keep dying of it."""
    for _ in range(MOST_DEATHS):
        lost: list[Work] = []
        yield from _handed_out(pool, iter([task]), 1, lost)
        if not lost:
            return
    yield task.failed("the worker died every time: killed from outside, or out of memory")
