"""A Dask cluster as workers: one that is there already, or a local one; checked before it is trusted with work."""

from __future__ import annotations

import time
from collections.abc import Collection

from distributed import Client, Future, KilledWorker, LocalCluster
from distributed import wait as wait_for

from sim.keep import model_hash
from sim.params import ConfigError
from sim.settings import ExecutorSettings
from sim.study.pools import Promise
from sim.study.task import Done, Work, live

LOOK_SECONDS = 2.0  # between looks at whether anybody is still there


class Handed:
    """A task that was handed over; its result is fetched with a time limit, because who has it may die."""

    def __init__(self, future: Future[list[Done]]) -> None:
        self.future = future
        self._done: list[Done] | None = None
        self._error: Exception | None = None

    def is_fetched(self, seconds: float) -> bool:
        """Whether what came of it is here, or how it broke."""
        try:
            self._done = self.future.result(timeout=seconds)
        except TimeoutError:
            return False
        except Exception as error:  # noqa: BLE001 - told to whoever asks for the result
            self._error = error
        return True

    def result(self) -> list[Done]:
        """What came of it, once fetched."""
        if self._error is not None:
            raise self._error
        if self._done is None:
            raise RuntimeError("asked for before it was fetched")
        return self._done


class Cluster:
    """A scheduler and its workers. Tasks of one that dies go to another; Dask gives up on a task after four deaths."""

    deaths: tuple[type[Exception], ...] = (KilledWorker,)

    def __init__(self, executor: ExecutorSettings) -> None:
        self._patience = executor.timeout_seconds
        self._where = f"executor.address = {executor.address}" if executor.address else "executor = dask"
        self._local = None if executor.address else _local(executor.n_jobs)
        try:
            self._client = Client(executor.address or self._local, timeout=self._patience, set_as_default=False)
            self._client.wait_for_workers(1, timeout=self._patience)
        except (OSError, ValueError, TimeoutError) as error:
            raise ConfigError(
                f"{self._where}: nobody to work there within {self._patience:g} s ({error}); "
                "must be the address of a running Dask scheduler with workers, such as tcp://10.0.0.1:8786"
            ) from error
        self._check_workers()

    @property
    def n_workers(self) -> int:
        """Threads of all workers that are there now."""
        return max(1, sum(self._client.nthreads().values()))

    def submit(self, task: Work) -> Promise:
        """Hand a task to the scheduler."""
        return Handed(self._client.submit(live, task, pure=False))

    def first(self, promises: Collection[Promise]) -> set[Promise]:
        """Those that are ready; raises `ConfigError` when nobody has been there to work for as long as is patient."""
        alone_since = None
        while True:
            ready = self._fetched(promises)
            if ready:
                return ready
            if self._is_somebody_there():
                alone_since = None
                continue
            now = time.monotonic()
            alone_since = alone_since or now
            if now - alone_since > self._patience:
                raise ConfigError(
                    f"{self._where}: no worker has been there for {self._patience:g} s; must have workers. What had "
                    "finished is kept, and the same command goes on"
                )

    def _fetched(self, promises: Collection[Promise]) -> set[Promise]:
        """Those whose result is here: one that was ready on a worker that died since is not, and is lived again."""
        by_future = {promise.future: promise for promise in promises if isinstance(promise, Handed)}
        try:
            with self._client.as_current():
                done = wait_for(list(by_future), timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return set()
        return {by_future[future] for future in done if by_future[future].is_fetched(LOOK_SECONDS)}

    def renew(self) -> None:
        """Workers come and go as the scheduler knows."""

    def close(self, at_once: bool) -> None:
        """Leave a cluster that was there before; end a local one."""
        self._client.close(timeout=1 if at_once else 10)
        if self._local is not None:
            self._local.close(timeout=1 if at_once else 10)

    def _is_somebody_there(self) -> bool:
        return self._client.status == "running" and bool(self._client.nthreads())

    def _check_workers(self) -> None:
        """Every worker must have this package with the same model: asked with a time limit, so that nothing hangs."""
        asked = {
            worker: self._client.submit(_model, workers=[worker], pure=False) for worker in self._client.nthreads()
        }
        for worker, promise in asked.items():
            try:
                found = promise.result(timeout=self._patience)
            except Exception as error:
                raise ConfigError(
                    f"{self._where}: worker {worker} can't run the model ({type(error).__name__}: {error}); must have "
                    "this version of twohats installed"
                ) from error
            if found != model_hash():
                raise ConfigError(
                    f"{self._where}: worker {worker} has model {found}, here it is {model_hash()}; must have this "
                    "version of twohats installed"
                )


def _model() -> str:
    """The model that a worker has."""
    return model_hash()


def _local(n_jobs: int | None) -> LocalCluster:
    return LocalCluster(n_workers=n_jobs, threads_per_worker=1, dashboard_address=None, silence_logs=50)
