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

from sim.config import ConfigError
from sim.model import past_of
from sim.report.labels import CONTRASTS
from sim.report.progress import Interrupted, shown_progress
from sim.report.sentences import Sentence, plausibility
from sim.report.tables import report_console
from sim.settings import StudySettings
from sim.store import Store
from sim.store.opening import FILE
from sim.study import plausibility as plausible
from sim.study.looks import looking
from sim.study.pools import n_processes
from sim.study.results import Results
from sim.study.runner import lacking
from sim.study.study import Study
from sim.study.task import run_rows

FAILED = 1
KILOBYTES_PER_RUN = 11.0  # rows of a run and its quarters in the store
MOST_NOTES = 3

Telling = Callable[[Study, Results, Path, Console], None]
"""Prints what came out of a study without failures, and writes what its folder holds beside the rows."""


def answer(study: Study, settings: StudySettings, kind: str, tell: Telling) -> int:
    """Run a study, tell its answer, write its folder; exit status 0, or 1 if a run failed."""
    with store_of(settings) as store:
        if settings.dry_run:
            print(dry(study, store))
            return 0
        results = run_with_progress(study, store)
        say_notes(store)
    folder = results_folder(settings.results_dir, kind)
    with looking(len(study.looks)):
        return deliver(study.as_run(results), results, folder, tell)


def store_of(settings: StudySettings) -> Store:
    """The store of the results folder; a dry run makes none where there is none."""
    is_there = (Path(settings.results_dir) / FILE).exists()
    return Store(settings.results_dir if is_there or not settings.dry_run else None)


def dry(study: Study, store: Store) -> str:
    """What a study would take, without running it: one run is timed."""
    config = next(iter(study.scenarios.values()))
    past = past_of(config)
    run_rows(config, study.seeds[0], past)  # compiled code is loaded once
    clock = time.perf_counter()
    run_rows(config, study.seeds[0], past)
    one = time.perf_counter() - clock
    n_lacking = sum(map(len, lacking(store, *study.design).values()))
    n_workers = n_processes(study.executor, n_lacking)
    seconds, megabytes = one * n_lacking / n_workers, n_lacking * KILOBYTES_PER_RUN / 1000.0
    return (
        f"{study.n_runs} runs: {len(study.scenarios)} scenarios x {len(study.seeds)} seeds, of which "
        f"{study.n_runs - n_lacking} are there already; the others take about {seconds:.0f} s on {n_workers} processes "
        f"and {megabytes:.0f} MB"
    )


def run_with_progress(study: Study, store: Store, with_quarters: bool = True) -> Results:
    """Run what a study lacks under a progress bar (on the terminal's error stream).

    Raises `Interrupted`, which says how to go on.
    """
    with shown_progress(study.n_runs) as (advance, heard):
        try:
            return study.run(advance, store, with_quarters)
        except KeyboardInterrupt:
            raise Interrupted(study.command, sum(heard), study.n_runs) from None


def say_notes(store: Store) -> None:
    """Tell what was found damaged in the store, on the error stream; of many the first."""
    for note in store.notes[:MOST_NOTES]:
        print(f"twohats: {note}", file=sys.stderr)
    if len(store.notes) > MOST_NOTES:
        print(f"twohats: and {len(store.notes) - MOST_NOTES} more like it in {store.name}", file=sys.stderr)


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
