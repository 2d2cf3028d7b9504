"""How a study's answer reaches its reader: progress, the results folder, what is printed, the manifest."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sim.config import ConfigError
from sim.model import past_of
from sim.report.labels import CONTRASTS
from sim.report.sentences import Sentence, plausibility
from sim.report.tables import report_console
from sim.settings import StudySettings
from sim.study import plausibility as plausible
from sim.study.results import Results
from sim.study.runner import n_processes, run_rows
from sim.study.study import Study

FAILED = 1
KILOBYTES_PER_RUN = 8.0  # rows of a run and its quarters in Parquet

Telling = Callable[[Study, Results, Path, Console], None]
"""Prints what came out of a study without failures, and writes what its folder holds beside the rows."""


def answer(study: Study, settings: StudySettings, kind: str, tell: Telling) -> int:
    """Run a study, tell its answer, write its folder; exit status 0, or 1 if a run failed."""
    if settings.dry_run:
        print(dry(study))
        return 0
    folder = results_folder(settings.results_dir, kind)
    return deliver(study, run_with_progress(study), folder, tell)


def dry(study: Study) -> str:
    """What a study would take, without running it: one run is timed."""
    name, config = next(iter(study.scenarios.items()))
    past = past_of(config)
    run_rows(name, config, study.seeds[0], past)  # compiled code is loaded once
    clock = time.perf_counter()
    run_rows(name, config, study.seeds[0], past)
    seconds = (time.perf_counter() - clock) * study.n_runs / n_processes(study.executor, study.n_runs)
    megabytes = study.n_runs * KILOBYTES_PER_RUN / 1000.0
    return (
        f"{study.n_runs} runs: {len(study.scenarios)} scenarios x {len(study.seeds)} seeds, about {seconds:.0f} s "
        f"on {n_processes(study.executor, study.n_runs)} processes and {megabytes:.0f} MB of results"
    )


def run_with_progress(study: Study) -> Results:
    """Run a study under a progress bar with rate and time left (on the terminal's error stream)."""
    console = Console(file=sys.stderr)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("getting to know the company", total=study.n_runs, rate="")

        def advance(n: int) -> None:
            bar.advance(task, n)
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, description="running", rate=f"{speed:.0f} runs/s" if speed else "")

        return study.run(advance)


def results_folder(results_dir: str, study_name: str) -> Path:
    """A new folder named by UTC time, `results/compare/2026-11-22T14-03-11`; a second one in a second gets -2."""
    base = Path(results_dir) / study_name / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}"
    folder, number = base, 1
    while folder.exists():
        number += 1
        folder = base.with_name(f"{base.name}-{number}")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ConfigError(f"results_dir = {results_dir}: {why}; must be a folder that can be written to") from error
    return folder


def deliver(study: Study, results: Results, folder: Path, tell: Telling) -> int:
    """Print the answer and write the results folder; exit status 0, or 1 if a run failed."""
    console = report_console()
    if not results.failures:
        tell(study, results, folder, console)
    results.save(folder)
    for failure in results.failures:
        print(f"twohats: run {failure.scenario}, seed {failure.seed} failed: {failure.error}", file=sys.stderr)
    console.print(f"Files: {folder}", soft_wrap=True, highlight=False)
    return FAILED if results.failures else 0


def say(study: Study, results: Results, sentences: Sequence[Sentence], console: Console) -> None:
    """Print sentences, and keep in the manifest each one's numbers by id and the runs behind them."""
    for sentence in sentences:
        console.print(sentence.text, highlight=False, markup=False)
    results.manifest["sentences"] = [_traced(sentence, study) for sentence in sentences]


def _traced(sentence: Sentence, study: Study) -> dict[str, Any]:
    """A sentence, its numbers by id, and the runs behind them."""
    numbers = {name: asdict(number) if is_dataclass(number) else number for name, number in sentence.numbers.items()}
    return {
        "text": sentence.text,
        "numbers": json.loads(json.dumps(numbers, default=str)),
        "runs": {"scenarios": list(study.scenarios), "seeds": list(study.seeds)},
    }


def plausible_company(study: Study, results: Results) -> Sentence:
    """How the simulated company compares with the stated one."""
    company = study.scenarios[study.reference].company
    return plausibility(plausible.stated(company), plausible.simulated(results.quarters, study.reference))


def small_print(study: Study, results: Results, whom: str = "every structure") -> str:
    """How a figure was made: company, seeds and for whom they are the same, what is held equal, model, command."""
    config, equal = study.scenarios[study.reference], CONTRASTS[study.contrast]
    return (
        f"Two Hats {results.manifest['versions']['twohats']}, model {results.manifest['model_hash']}. "
        f"Company {config.company.name}, market {config.market.name}, {len(study.seeds)} simulated futures, the same "
        f"for {whom}{f', all{equal}' if equal else ''}; {config.horizon_quarters} quarters after "
        f"{config.warm_up_quarters} under today's structure. {study.command}"
    )
