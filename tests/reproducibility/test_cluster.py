"""A Dask cluster gives the rows of one process, also when a worker is killed in the middle, and never just hangs."""

import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from sim.cli import main
from sim.params import ConfigError
from sim.settings import ExecutorSettings
from sim.study.pools import pool_of
from sim.study.study import Study

distributed = pytest.importorskip("distributed")
SERIAL = ExecutorSettings("serial")
SEEDS = range(40)
pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals as here are POSIX's"),
    # Dask's own: sockets of a worker that was killed.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def wait_until(is_so, seconds=90):
    patient_until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < patient_until, "it never came to that"
        time.sleep(0.1)


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers of their own, started from the shell on this machine's loopback; address, workers."""
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
         "--scheduler-file", str(file)], **quiet,
    )  # fmt: skip
    wait_until(file.exists)
    wait_until(lambda: file.read_text().endswith("}"))
    address = json.loads(file.read_text())["address"]
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard",
             "--no-nanny", "--local-directory", str(tmp_path)], **quiet,
        )
        for _ in range(2)
    ]  # fmt: skip
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def study(tiny_with):
    return Study(
        {org: tiny_with(f"org={org}") for org in ("separate", "founder_led")}, SEEDS, "separate", executor=SERIAL
    )


def on(study, address, **more):
    executor = ExecutorSettings("dask", address=address, **more)
    return Study(study.scenarios, study.seeds, study.reference, executor=executor)


def test_a_cluster_with_a_killed_worker_gives_the_rows_of_one_process(study, cluster):
    address, workers = cluster
    alone, heard = study.run(), []

    def kill_one(n):
        heard.append(n)
        if sum(heard) >= 10 and workers[0].poll() is None:
            workers[0].send_signal(signal.SIGKILL)
            workers[0].wait()

    together = on(study, address).run(kill_one)
    assert workers[0].poll() == -signal.SIGKILL
    assert workers[1].poll() is None
    assert together.failures == ()
    pd.testing.assert_frame_equal(together.runs, alone.runs)
    pd.testing.assert_frame_equal(together.quarters, alone.quarters)


def test_when_all_workers_are_gone_it_is_said(study, cluster):
    address, workers = cluster

    def kill_all(n):
        for worker in workers:
            if worker.poll() is None and n:
                worker.kill()
                worker.wait()

    with pytest.raises(ConfigError, match=r"no worker has been there for 12 s; must have workers"):
        on(study, address, timeout_seconds=12.0).run(kill_all)


def test_a_local_cluster_is_started_and_ended(study):
    few = Study(study.scenarios, range(4), study.reference, executor=ExecutorSettings("dask", n_jobs=2))
    alone = Study(study.scenarios, range(4), study.reference, executor=SERIAL)
    pd.testing.assert_frame_equal(few.run().runs, alone.run().runs)


def test_a_worker_with_another_model_is_refused(cluster, monkeypatch):
    monkeypatch.setattr("sim.study.cluster.model_hash", lambda: "another")
    with pytest.raises(ConfigError, match=r"has model [0-9a-f]{16}, here it is another"):
        pool_of(ExecutorSettings("dask", address=cluster[0]), 1)


def test_nobody_at_the_address_is_one_line_in_time(capsys, tmp_path, tiny_overrides):
    address = "tcp://127.0.0.1:9"
    overrides = (
        "executor=dask",
        f"executor.address={address}",
        "executor.timeout_seconds=1",
        f"results_dir={tmp_path}",
    )
    start = time.monotonic()
    assert main(["compare", *tiny_overrides, "seeds=1", f"results_dir={tmp_path}", *overrides]) == 2
    assert time.monotonic() - start < 30
    said = capsys.readouterr().err
    assert said.startswith(f"twohats: executor.address = {address}: nobody to work there within 1 s")
    assert said.count("\n") == 1
