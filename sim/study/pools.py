"""Who lives the tasks: this process, processes beside it, or a Dask cluster; all are asked in the same way."""

from __future__ import annotations

import os
import signal
import threading
import time
import warnings
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from typing import Any, Protocol

from sim.params import ConfigError
from sim.settings import DASK, SERIAL, ExecutorSettings
from sim.study.task import Done, Work, live

Promise = Any  # a future of whoever is asked, with `result()`
IDLE_SECONDS = 600  # after which processes that nobody asks anything end
LOOK_SECONDS = 1.0  # between a worker's looks at whether its parent is still there


class Pool(Protocol):
    """Workers that take tasks and hand back what was done."""

    deaths: tuple[type[Exception], ...]
    """What a promise raises whose worker died."""

    @property
    def n_workers(self) -> int:
        """How many tasks are lived at once, now."""

    def submit(self, task: Work) -> Promise:
        """Hand a task over."""

    def first(self, promises: Collection[Promise]) -> set[Promise]:
        """Those of the promises that are kept or broken: waits until there is one."""

    def renew(self) -> None:
        """New workers for those that died."""

    def close(self, at_once: bool) -> None:
        """Let the workers go, in the middle of their work if it must be at once."""


class Later:
    """A task that is lived when somebody asks for its result."""

    def __init__(self, task: Work) -> None:
        self._task = task

    def result(self) -> list[Done]:
        """Live it."""
        return live(self._task)


class OneByOne:
    """The process itself that asks."""

    deaths: tuple[type[Exception], ...] = ()
    n_workers = 1

    def submit(self, task: Work) -> Promise:
        """Remember the task."""
        return Later(task)

    def first(self, promises: Collection[Promise]) -> set[Promise]:
        """The one that was made first: what it comes to is kept before the next one begins."""
        return {next(iter(promises))}

    def renew(self) -> None:
        """Nobody can have died."""

    def close(self, at_once: bool) -> None:
        """Nobody is to be let go of."""


class Processes:
    """Processes on this machine, from joblib's own executor: its face towards us tells which task was whose."""

    deaths: tuple[type[Exception], ...] = (BrokenExecutor,)

    def __init__(self, n_workers: int) -> None:
        self.n_workers = n_workers
        self.renew()

    def submit(self, task: Work) -> Promise:
        """Hand a task to whoever is free."""
        return self._executor.submit(live, task)

    def first(self, promises: Collection[Promise]) -> set[Promise]:
        """Those that are ready."""
        return wait(promises, return_when=FIRST_COMPLETED).done

    def renew(self) -> None:
        """Processes that are there already are used again, dead ones replaced."""
        from joblib.externals.loky import get_reusable_executor

        # Loky replaces a process that has grown, and tells; no task is lost by it.
        warnings.filterwarnings("ignore", message="A worker stopped while some jobs were given to the executor")

        self._executor = get_reusable_executor(
            self.n_workers, timeout=IDLE_SECONDS, initializer=_begin, initargs=(os.getpid(),)
        )

    def close(self, at_once: bool) -> None:
        """They stay for the next study of this process, and end with it, unless they are to stop at once."""
        if at_once:
            self._executor.shutdown(wait=False, kill_workers=True)


def _begin(parent: int) -> None:
    """What a worker does first: leave Ctrl-C to the process that asked for the runs, and end when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process when its parent has: one that was killed could not say goodbye."""
    while os.getppid() == parent:  # Windows tells the parent's number for ever, and ends nobody here
        time.sleep(LOOK_SECONDS)
    os._exit(1)


def pool_of(executor: ExecutorSettings, n_tasks: int) -> Pool:
    """The workers that settings ask for, never more than there are tasks."""
    if executor.name == DASK:
        try:
            from sim.study.cluster import Cluster
        except ImportError as error:
            raise ConfigError(
                f"executor = {DASK}: {error}; must be installed by pip install 'twohats[cluster]'"
            ) from error
        return Cluster(executor)
    n_workers = n_processes(executor, n_tasks)
    return OneByOne() if n_workers == 1 else Processes(n_workers)


def n_processes(executor: ExecutorSettings, n_tasks: int) -> int:
    """Processes worth starting: as set, else one per core, never more than there are tasks."""
    wanted = 1 if executor.name == SERIAL else executor.n_jobs or os.cpu_count() or 1
    return max(1, min(wanted, n_tasks))
