"""What a point of a sweep costs beside its run, and a job of Hydra's: `python -m benchmarks.points [points]`."""

from __future__ import annotations

import io
import sys
import tempfile
from contextlib import redirect_stdout

from benchmarks.kills import TINY
from benchmarks.line import seconds
from sim.cli import main as command
from sim.cli.sweeping import asked_for, composed
from sim.settings import ExecutorSettings
from sim.study.runner import run_all

JOBS = 20


def main(arguments: list[str]) -> int:
    """Measure with so many points of one run each; milliseconds per point."""
    n = int(arguments[0]) if arguments else 1000
    sweep = [*TINY[:-1], "seed=0", "executor=serial", f"market.volatility=range(0,1,{1 / n})", "org=separate"]
    asked = asked_for(sweep)
    n = len(asked.points)
    found = seconds(lambda: asked_for(sweep))
    compose = seconds(lambda: composed(asked))
    configs = composed(asked)
    run_all({"0": configs["0"]}, (0,), ExecutorSettings("serial"))
    runs = seconds(lambda: run_all(configs, (0,), ExecutorSettings("serial")))
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        whole = seconds(lambda: command(["sweep", "-m", *sweep, f"results_dir={folder}"]))
        few = [*sweep[:-2], f"market.volatility=range(0,1,{1 / JOBS})", "org=separate", "hydra/launcher=basic"]
        hydra = seconds(lambda: command(["sweep", "-m", *few, f"results_dir={folder}"]))
    each = 1e3 / n
    print(f"{n} points: found {found * each:.2f}, composed {compose * each:.2f}, run {runs * each:.2f} ms each")
    beside, job = (whole - runs) * each, 1e3 * hydra / JOBS
    print(f"the whole command {whole * each:.2f} ms each, {beside:.2f} beside the run, pictures and all")
    print(f"as jobs of Hydra's: {job:.0f} ms each, {job - runs * each:.0f} beside the run")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
