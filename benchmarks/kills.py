"""Studies killed at random moments, and gone on with: `python -m benchmarks.kills [kills]`.

Small studies are killed (kill -9) again and again until they are through, with one process and with two. After each
kill every run that had been kept before must still be there, and in the end the rows must be those of a study that
nobody disturbed. How long it takes is of no interest, so this is not a part of `make bench`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from sim.store import Store
from sim.store.opening import FILE

TINY = (
    "company=startup", "company.n_prospects=1200", "company.n_customers=60", "company.inquiries_per_quarter=100",
    "company.mqls_per_quarter=25", "horizon_quarters=4", "orgs=[separate,merged_sales_led,no_marketing]",
)  # fmt: skip
SEEDS = 150
EXECUTORS = ("executor=serial", "executor=processes executor.n_jobs=2")
QUARTERS = "quarters.parquet"
# A study without its figures, so that most kills come while something runs.
PROGRAM = f"""
import sys
from sim import Study
from sim.store import Store
if __name__ == "__main__":
    folder, *overrides = sys.argv[1:]
    with Store(folder) as store:
        Study.compare(*overrides).run(store=store).quarters.to_parquet(f"{{folder}}/{QUARTERS}")
"""


class Tally(NamedTuple):
    """What the kills came to."""

    kills: int
    studies: int
    lost: int  # runs that had been kept and were gone after a kill
    damaged: int  # notes of damage
    unequal: int  # studies whose rows are not those of the undisturbed one


def invocation(folder: Path, executor: str, n_seeds: int = SEEDS) -> list[str]:
    """A study in a folder."""
    return [sys.executable, "-c", PROGRAM, str(folder), *TINY, f"seeds={n_seeds}", *executor.split()]


def rows_in(folder: Path) -> pd.DataFrame:
    """The quarters of the study in a folder that came to its end."""
    return pd.read_parquet(folder / QUARTERS)


def kept_in(folder: Path) -> set[bytes]:
    """Keys of the runs that are kept in a folder."""
    if not (folder / FILE).exists():
        return set()
    with Store(folder) as store:
        assert not store.notes, store.notes
        return {key for (key,) in store.ask("SELECT key FROM run")}


def kill_until_done(folder: Path, executor: str, longest: float, dice: random.Random) -> tuple[int, int]:
    """Start a study and kill it, until it is faster than the kill; kills, and kept runs that were lost."""
    n_kills, n_lost, before = 0, 0, set[bytes]()
    while True:
        process = subprocess.Popen(
            invocation(folder, executor), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        try:
            status = process.wait(timeout=dice.uniform(0.0, 0.8 * longest))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its workers too
            process.wait()
            n_kills += 1
            now = kept_in(folder)
            n_lost += len(before - now)
            before = now
            continue
        assert status == 0, process.stderr.read() if process.stderr else ""
        return n_kills, n_lost


def killed(n_kills: int, seed: int = 0) -> Tally:
    """Kill studies at least so often."""
    dice, root = random.Random(seed), Path(tempfile.mkdtemp(prefix="twohats-kills-"))
    longest = {}
    for executor in EXECUTORS:
        start = time.perf_counter()
        subprocess.run(invocation(root / executor, executor), check=True)
        longest[executor] = time.perf_counter() - start
    expected, tally, start = rows_in(root / EXECUTORS[0]), Tally(0, 0, 0, 0, 0), time.perf_counter()
    while tally.kills < n_kills:
        folder, executor = root / f"study-{tally.studies}", EXECUTORS[tally.studies % len(EXECUTORS)]
        kills, lost = kill_until_done(folder, executor, longest[executor], dice)
        with Store(folder) as store:
            damaged = len(store.notes)
        is_unequal = not rows_in(folder).equals(expected)
        tally = Tally(*(a + b for a, b in zip(tally, (kills, 1, lost, damaged, int(is_unequal)), strict=True)))
        shutil.rmtree(folder)
        minutes = (time.perf_counter() - start) / 60
        print(f"{minutes:5.1f} min  {tally.kills} kills, {executor}: {tally}", flush=True)
    shutil.rmtree(root)
    return tally


def main(arguments: list[str]) -> int:
    """Kill, and say what it came to; 1 if anything was lost or is unequal."""
    tally = killed(int(arguments[0]) if arguments else 200)
    print(tally)
    return int(tally.lost + tally.damaged + tally.unequal > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
