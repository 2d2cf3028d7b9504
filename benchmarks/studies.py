"""Studies: two processes against one, what a study costs beside its runs, and how soon the command answers."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from benchmarks.line import Line, fastest, of_rounds, seconds
from sim.cli import main
from sim.compose import sim_config
from sim.report.answer import styles_of
from sim.report.sentences import verdict
from sim.report.tables import comparison_table
from sim.settings import ExecutorSettings
from sim.store import Store
from sim.study.runner import run_all
from sim.study.study import Study

SERIAL, PAIR = ExecutorSettings("serial"), ExecutorSettings("processes", 2)
ROUNDS, SECONDS_OF_RUNS = 3, 75.0
COMPARISON = ("company=medium", "seeds=16", "executor=serial")


def workers() -> Line:
    """Two warm processes against one, over at least a minute of runs; starting them is told apart."""
    scenarios = {org: sim_config("company=medium", f"org={org}") for org in ("separate", "merged_sales_led")}
    one = seconds(lambda: run_all(scenarios, range(4), SERIAL)) / 4
    start = seconds(lambda: run_all(scenarios, range(2), PAIR)) - one
    run_all(scenarios, range(8), PAIR)  # both have met the code and the company
    n_seeds, ratios, alone = max(8, round(SECONDS_OF_RUNS / ROUNDS / one)), [], 0.0
    for _ in range(ROUNDS):
        serial = seconds(lambda: run_all(scenarios, range(n_seeds), SERIAL))
        alone += serial
        ratios.append(serial / seconds(lambda: run_all(scenarios, range(n_seeds), PAIR)))
    details = {"seconds_of_runs": alone, "seconds_to_start": start}
    return of_rounds("two warm processes against one", ratios, unit="x", at_least=1.7, details=details)


def overhead() -> Line:
    """What design, store and statistics take beside the bare runs; all of `twohats compare`, pictures too, apart."""
    study = Study.compare(*COMPARISON)
    ratios, shares = [], []
    run_all(study.scenarios, range(2), SERIAL)
    for _ in range(ROUNDS):
        runs = seconds(lambda: run_all(study.scenarios, study.seeds, SERIAL))
        ratios.append(100.0 * (seconds(_concluded) / runs - 1.0))
        shares.append(100.0 * (seconds(_compared) / runs - 1.0))
    details = {"answer_files_and_figures_too_percent": sorted(shares)[ROUNDS // 2]}
    return of_rounds("design, store, statistics beside the runs", ratios, unit="%", at_most=10, details=details)


def _concluded() -> None:
    """A study from its overrides to its table and its sentence."""
    with tempfile.TemporaryDirectory() as folder, Store(folder) as store:
        study = Study.compare(*COMPARISON)
        results = study.run(store=store)
        comparison_table(results.runs, study.reference)
        pair = (study.reference, study.versus)
        verdict(results.runs, results.quarters, styles_of(study.scenarios), *pair, study.contrast)


def _compared() -> None:
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        main(["compare", *COMPARISON, f"results_dir={Path(folder)}"])


def command() -> Line:
    """Seconds until `twohats --help` has answered, Python's own start included."""
    asked = [sys.executable, "-m", "sim.cli", "--help"]
    helped = [fastest(lambda: lambda: subprocess.run(asked, check=True, capture_output=True), 1) for _ in range(9)]
    nothing = [sys.executable, "-c", "pass"]
    bare = fastest(lambda: lambda: subprocess.run(nothing, check=True, capture_output=True), 9)
    return of_rounds("twohats --help", helped, unit="s", at_most=0.5, details={"python_alone_s": bare})
