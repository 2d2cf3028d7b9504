"""The store at size: `python -m benchmarks.storage`, ten thousand small runs, then a hundred thousand stored ones.

Minutes, so not a part of `make bench`. Peak memory is that of a process of its own, its start included; what one that
has only imported the package takes is told beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.kills import TINY

RUNS, STORED = 10_000, 100_000
MEASURED = """
import json, resource, sys, time
from sim import Study
from sim.store import Store, run_keys
from sim.study.reading import runs_of
if __name__ == "__main__":
    folder, n, *overrides = sys.argv[1:]
    study = Study.compare(*overrides, "orgs=[separate]", f"seeds={{n}}")
    with Store(folder) as store:
        clock = time.perf_counter()
        {work}
        seconds = time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({{"seconds": seconds, "peak_megabytes": peak}}))
"""
NOTHING, RUN = "pass", "study.run(store=store, with_quarters=False)"
COPY = """config = study.scenarios["separate"]
        keys = run_keys(config, study.seeds)
        (run,) = (kept.run for kept in store.runs(keys[:1], with_quarters=True))
        for first in range(0, int(n), 1000):
            store.add(config, dict.fromkeys(keys[first:first + 1000], run))"""
OUTCOMES = "assert len(runs_of(store, *study.design)) == int(n)"
ONE_BY_ONE = """keys = run_keys(study.scenarios["separate"], study.seeds)
        assert sum(1 for _ in store.runs(keys, with_quarters=True)) == int(n)"""


def measured(folder: Path, n: int, work: str) -> dict[str, float]:
    """Seconds and peak memory of some work with a store, in a process of its own."""
    program = MEASURED.format(work=work)
    asked = [sys.executable, "-c", program, str(folder), str(n), *TINY[:-1]]
    return dict(json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout))


def main() -> int:
    """Measure, and print a line each."""
    with tempfile.TemporaryDirectory() as root:
        few, many = Path(root) / "few", Path(root) / "many"
        measured(few, 4, RUN)  # compiled, and the past lived
        print("nothing:", measured(few, 4, NOTHING), flush=True)
        print(f"{RUNS:,} small runs:", measured(few, RUNS, RUN), flush=True)
        print(f"{RUNS:,} that are there already:", measured(few, RUNS, RUN), flush=True)
        measured(many, 4, RUN)
        print(f"{STORED:,} runs copied into a store:", measured(many, STORED, COPY), flush=True)
        print(f"outcomes of {STORED:,} as a table:", measured(many, STORED, OUTCOMES), flush=True)
        print(f"{STORED:,} with quarters, one by one:", measured(many, STORED, ONE_BY_ONE), flush=True)
        size = sum(path.stat().st_size for path in many.iterdir())
        print(f"size: {size / STORED:,.0f} bytes a run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
