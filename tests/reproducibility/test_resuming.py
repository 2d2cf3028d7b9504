"""What had finished is not run again, whatever ended the study; and the rows are those of one that nobody disturbed."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import BrokenExecutor
from functools import partial

import pandas as pd
import pytest

from benchmarks.kills import TINY, invocation, kept_in, rows_in
from sim.cli import main
from sim.model import GoToMarket
from sim.report.progress import CtrlC
from sim.settings import ExecutorSettings
from sim.store import Store, run_key
from sim.store.inventory import verified
from sim.store.opening import FILE
from sim.study import runner
from sim.study.pools import Later
from sim.study.runner import fill, lacking, run_all
from sim.study.study import Study
from sim.study.task import live

COMMAND = "import sys; from sim.cli import main; sys.exit(main(sys.argv[1:]))"
SERIAL, PAIR = ExecutorSettings("serial"), ExecutorSettings("processes", n_jobs=2)
SEEDS = tuple(range(6))
on_posix = pytest.mark.skipif(os.name != "posix", reason="signals as here are POSIX's")


@pytest.fixture(scope="module")
def study(tiny_with):
    scenarios = {org: tiny_with(f"org={org}") for org in ("separate", "merged_sales_led")}
    return Study(scenarios, SEEDS, "separate", executor=SERIAL)


@pytest.fixture(scope="module")
def undisturbed(study):
    return study.run()


def lives_counted(monkeypatch):
    lived, real = Counter(), GoToMarket.results

    def results(self):
        lived[self.config.org.name, self.seed] += 1
        return real(self)

    monkeypatch.setattr(GoToMarket, "results", results)
    return lived


def same(a, b):
    pd.testing.assert_frame_equal(a.runs, b.runs)
    pd.testing.assert_frame_equal(a.quarters, b.quarters)


# ---- what is there is not run again


def test_rows_from_the_store_are_the_rows_that_were_run(study, undisturbed, tmp_path):
    with Store(tmp_path) as store:
        same(study.run(store=store), undisturbed)
    with Store(tmp_path) as store:
        same(study.run(store=store), undisturbed)


def test_the_same_study_again_runs_nothing(study, tmp_path, monkeypatch):
    with Store(tmp_path) as store:
        study.run(store=store)
        lived = lives_counted(monkeypatch)
        study.run(store=store)
    assert not lived


def test_more_seeds_extend_a_study_and_another_study_shares_its_runs(study, undisturbed, tmp_path, monkeypatch):
    with Store(tmp_path) as store:
        few = Study({"two leaders": study.scenarios["separate"]}, SEEDS[:2], "two leaders", executor=SERIAL)
        few.run(store=store)
        lived = lives_counted(monkeypatch)
        same(study.run(store=store), undisturbed)
    assert lived == {("separate", s): 1 for s in SEEDS[2:]} | {("merged_sales_led", s): 1 for s in SEEDS}


def test_a_run_that_was_damaged_is_run_again(study, undisturbed, tmp_path, monkeypatch):
    with Store(tmp_path) as store:
        study.run(store=store)
        digest = run_key(study.scenarios["separate"], 3).digest
        store.change(lambda c: c.execute("UPDATE run SET outcomes = x'00' WHERE key = ?", (digest,)))
        lived = lives_counted(monkeypatch)
        same(study.run(store=store), undisturbed)
        assert lived == {("separate", 3): 1}
        assert "seed 3 is damaged; set aside" in store.notes[0]


def test_an_index_that_leads_nowhere_is_made_anew(study, undisturbed, tmp_path):
    with Store(tmp_path) as store:
        study.run(store=store)
        # A table without its index's rows, as a page that was overwritten leaves it.
        store.change(lambda c: c.execute("PRAGMA writable_schema = ON"))
        root = store.ask("SELECT rootpage FROM sqlite_schema WHERE name = 'run'")[0][0]
        size = store.ask("PRAGMA page_size")[0][0]
        store.ask("PRAGMA wal_checkpoint(TRUNCATE)")
    with (tmp_path / FILE).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(bytes(size))
    with Store(tmp_path) as store:
        same(study.run(store=store), undisturbed)
        assert "set aside as" in " ".join(store.notes)


def test_a_changed_model_runs_everything_again(study, tmp_path, monkeypatch):
    with Store(tmp_path) as store:
        study.run(store=store)
        assert lacking(store, *study.design) == {}
        monkeypatch.setattr("sim.store.key.model_hash", lambda: "another")
        assert lacking(store, *study.design) == dict.fromkeys(study.scenarios, SEEDS)


def test_progress_hears_first_of_what_is_there(study, tmp_path):
    with Store(tmp_path) as store:
        fill(store, study.scenarios, SEEDS[:4], SERIAL)
        heard = []
        study.run(heard.append, store)
    assert heard[0] == 8
    assert sum(heard) == study.n_runs


def test_a_failed_run_is_kept_with_its_error_and_tried_again(study, undisturbed, tmp_path, monkeypatch):
    real = GoToMarket.step

    def step(self):
        if self.seed == 1 and self.config.org.name == "merged_sales_led":
            raise ZeroDivisionError("by the test")
        real(self)

    with Store(tmp_path) as store:
        with monkeypatch.context() as patched:
            patched.setattr(GoToMarket, "step", step)
            results = study.run(store=store)
        assert [(f.scenario, f.seed, f.error) for f in results.failures] == [
            ("merged_sales_led", 1, "ZeroDivisionError: by the test")
        ]
        assert len(results.runs) == study.n_runs - 1
        ((seed, error, trace),) = store.ask("SELECT seed, error, trace FROM failure")
        assert (seed, error) == (1, "ZeroDivisionError: by the test")
        assert "Traceback" in trace
        same(study.run(store=store), undisturbed)
        assert store.ask("SELECT * FROM failure") == []


# ---- workers that die


class Mortal:
    """One worker at a time, which dies of some seeds, always or the first time."""

    deaths = (BrokenExecutor,)
    n_workers = 2

    def __init__(self, always=(), once=()):
        self.always, self.once, self.n_renewed = set(always), set(once), 0

    def submit(self, task):
        return Promised(self, task)

    def first(self, promises):
        return {next(iter(promises))}

    def renew(self):
        self.n_renewed += 1

    def close(self, at_once):
        pass


class Promised:
    """Kept, or broken by a death."""

    def __init__(self, pool, task):
        self.pool, self.task = pool, task

    def result(self):
        deadly = (self.pool.always | self.pool.once) & {*self.task.seeds}
        self.pool.once -= deadly
        if deadly:
            raise BrokenExecutor
        return live(self.task)


def test_runs_of_a_worker_that_died_are_done_again(study, undisturbed, monkeypatch):
    pool = Mortal(once=(2, 5))
    monkeypatch.setattr(runner, "pool_of", lambda *asked: pool)
    same(study.run(), undisturbed)
    assert pool.n_renewed >= 1


def test_the_seed_that_workers_die_of_fails_alone(study, monkeypatch):
    pool = Mortal(always=(4,))
    monkeypatch.setattr(runner, "pool_of", lambda *asked: pool)
    results = study.run()
    assert {(f.scenario, f.seed) for f in results.failures} == {(name, 4) for name in study.scenarios}
    assert {f.error for f in results.failures} == {"the worker died every time: killed from outside, or out of memory"}
    assert set(results.runs["seed"]) == set(SEEDS) - {4}


def test_a_worker_with_another_model_is_told(study, monkeypatch):
    monkeypatch.setattr("sim.study.task.model_hash", lambda: "another")
    results = study.run()
    assert len(results.failures) == study.n_runs
    assert "worker has another model: another in place of" in results.failures[0].error


def test_one_by_one_a_run_is_lived_when_it_is_asked_for(study, monkeypatch):
    lived = lives_counted(monkeypatch)
    batches = runner.done_by(SERIAL, study.scenarios, dict.fromkeys(study.scenarios, SEEDS))
    next(batches)
    assert len(lived) <= runner.RUNS_PER_TASK
    batches.close()
    assert isinstance(runner.pool_of(SERIAL, 9).submit(None), Later)


@on_posix
def test_a_killed_worker_process_takes_no_run_along(study, undisturbed):
    seeds = tuple(range(40))
    long = Study(study.scenarios, seeds, "separate", executor=PAIR)
    killed = []

    def kill(n):
        if not killed:
            killed.extend(loky_workers())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    results = long.run(lambda n: kill(n) if n and loky_workers() else None)
    assert killed
    assert not results.failures
    few = results.runs[results.runs["seed"] < len(SEEDS)].reset_index(drop=True)
    pd.testing.assert_frame_equal(few, undisturbed.runs)


def loky_workers():
    from joblib.externals.loky import reusable_executor

    executor = reusable_executor._executor
    return [] if executor is None else [p.pid for p in (executor._processes or {}).values()]


def test_two_processes_give_the_rows_of_one(study, undisturbed):
    found = run_all(study.scenarios, SEEDS, PAIR)
    assert [done.rows[0]["npv_usd"] for done in found] == undisturbed.runs["npv_usd"].tolist()


# ---- invocations that are killed, stopped, or two at once


def command(folder, *more):
    return [sys.executable, "-c", COMMAND, "compare", *TINY, "orgs=[separate,merged_sales_led,no_marketing]",
            f"results_dir={folder}", *more]  # fmt: skip


@on_posix
def test_a_study_that_is_killed_again_and_again_loses_nothing_that_had_finished(tmp_path):
    killed, undisturbed = (invocation(tmp_path / name, "executor=serial", 12) for name in ("killed", "undisturbed"))
    subprocess.run(undisturbed, check=True)
    dice, before = random.Random(3), set()
    for _ in range(3):
        process = subprocess.Popen(killed)
        wait_until(partial(has_more_or_ended, tmp_path / "killed", len(before), process))
        time.sleep(dice.uniform(0, 0.1))
        process.kill()
        process.wait()
        now = kept_in(tmp_path / "killed")
        assert before <= now
        before = now
    assert len(before) > 0
    subprocess.run(killed, check=True)
    pd.testing.assert_frame_equal(*(rows_in(tmp_path / name) for name in ("killed", "undisturbed")))


def has_more_or_ended(folder, n, process):
    return len(kept_in(folder)) > n or process.poll() is not None


@on_posix
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(tmp_path):
    process = subprocess.Popen(
        command(tmp_path, "seeds=600", "executor.n_jobs=2"),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    wait_until(lambda: len(kept_in(tmp_path)) > 20)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.count("\n") == 1, said
    line = said.strip()
    assert line.startswith("twohats: interrupted; ")
    assert "of 1800 runs are kept, and the same command goes on from there: twohats compare" in line
    n_said = int(line.split("interrupted; ")[1].split()[0])
    assert 20 < n_said <= len(kept_in(tmp_path))
    assert not list(tmp_path.glob("compare/*"))


@on_posix
def test_workers_end_when_the_process_that_asked_is_killed(tmp_path):
    process = subprocess.Popen(invocation(tmp_path, "executor=processes executor.n_jobs=2", 600))
    wait_until(lambda: len(kept_in(tmp_path)) > 0)
    workers = [int(pid) for pid in subprocess.check_output(["pgrep", "-P", str(process.pid)], text=True).split()]
    process.kill()
    process.wait()
    assert len(workers) >= 2
    wait_until(lambda: not any(map(is_there, workers)), seconds=30)


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_invocations_at_once_do_no_harm(tmp_path):
    both = [subprocess.Popen(invocation(tmp_path, f"executor={name}", 12)) for name in ("serial", "processes")]
    assert [process.wait(timeout=240) for process in both] == [0, 0]
    with Store(tmp_path) as store:
        assert store.notes == []
        assert store.ask("SELECT count(*), count(DISTINCT key) FROM run") == [(3 * 12, 3 * 12)]
        assert verified(store) == 3 * 12


def wait_until(is_so, seconds=120):
    patient_until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < patient_until, "it never came to that"
        time.sleep(0.02)


def test_dry_run_says_what_is_there_and_what_is_not(tmp_path, tiny_overrides, capsys):
    overrides = ["compare", *tiny_overrides, "orgs=[separate]", f"results_dir={tmp_path}", "executor=serial"]
    assert main([*overrides, "seeds=3"]) == 0
    capsys.readouterr()
    assert main([*overrides, "seeds=5", "dry_run=true"]) == 0
    said = capsys.readouterr().out
    assert "5 runs: 1 scenarios x 5 seeds, of which 3 are there already; the others take about" in said
    with Store(tmp_path) as store:
        assert store.ask("SELECT count(*) FROM run") == [(3,)]


def test_a_full_disk_is_one_line_and_what_had_finished_is_kept(tmp_path, tiny_overrides, monkeypatch, capsys):
    real = Store.add_all

    def add_all(self, lots):
        if len(self.ask("SELECT key FROM run")) >= 4:
            pages = self.ask("PRAGMA page_count")[0][0]
            self.ask(f"PRAGMA max_page_count = {pages}")
        real(self, lots)

    monkeypatch.setattr(Store, "add_all", add_all)
    overrides = [
        "compare",
        *tiny_overrides,
        "orgs=[separate]",
        f"results_dir={tmp_path}",
        "executor=serial",
        "seeds=40",
    ]
    assert main(overrides) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"twohats: {tmp_path / FILE}: disk is full: what had finished is kept; make room and give")
    assert said.count("\n") == 1
    monkeypatch.undo()
    with Store(tmp_path) as store:
        assert store.notes == []
        assert 4 <= store.ask("SELECT count(*) FROM run")[0][0] < 40
    assert main(overrides) == 0


def test_a_ctrl_c_that_somebody_swallows_counts_at_the_next_batch():
    before = signal.getsignal(signal.SIGINT)
    with CtrlC() as pressed:
        pressed.check()
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            pressed.check()
    assert signal.getsignal(signal.SIGINT) is before
