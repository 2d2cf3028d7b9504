"""The answer to `twohats patterns`: what is known beside what the model shows, fitted and merely looked at apart."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd
from rich.table import Table

from sim.compose import compose
from sim.params import ConfigError
from sim.report.delivery import dry, results_folder, run_with_progress, say_notes, store_of
from sim.report.figures.canvas import save
from sim.report.figures.patterns import patterns_figure
from sim.report.labels import futures
from sim.report.pattern_words import in_words, known, shown
from sim.report.progress import Interrupted, shown_progress
from sim.report.reference.markdown import linked
from sim.report.reference.markdown import table as markdown_table
from sim.report.tables import report_console
from sim.settings import StudySettings
from sim.sources import SOURCES
from sim.store import config_hash
from sim.study.patterns.checked import CHECKED
from sim.study.patterns.fitted import FITTED
from sim.study.patterns.gathering import gathered, lacking_looks
from sim.study.patterns.olist import olist_folder, olist_patterns
from sim.study.patterns.pattern import Pattern, Seen
from sim.study.patterns.sightings import estimate, reference_company
from sim.study.patterns.verdict import VERDICTS, Finding
from sim.study.patterns.worlds import values_of, worlds
from sim.study.results import Results
from sim.study.study import Study

FAILED = 1
TODAY = "today"
"""The company as it is, beside the worlds that are compared."""
LEAST_FUTURES = 8  # an interval from fewer would say nothing of most patterns
LEAST_QUARTERS = 8


def patterns(overrides: Sequence[str], config_dir: str | Path | None, command: str) -> int:
    """Measure every pattern, print the table, write the folder; exit status 0, or 1 if a run failed."""
    settings = compose(overrides, config_dir).study
    if settings.seed is not None:
        raise ConfigError(f"seed = {settings.seed}: one future shows no pattern; must be seeds={LEAST_FUTURES} or more")
    if settings.seeds < LEAST_FUTURES:
        raise ConfigError(f"seeds = {settings.seeds} futures: must be at least {LEAST_FUTURES}")
    company = reference_company(*overrides, config_dir=config_dir)
    if company.horizon_quarters < LEAST_QUARTERS:
        raise ConfigError(
            f"horizon_quarters = {company.horizon_quarters} quarters measured: must be at least {LEAST_QUARTERS}; "
            "an MQL is given a year to be won in"
        )
    study, real = _worlds_apart(overrides, config_dir, settings, command), olist_folder()
    with store_of(settings) as store:
        if settings.dry_run:
            n_looks = lacking_looks([company], study.seeds, store)
            print(f"{dry(study, store)}; besides, {n_looks} futures are looked at week by week, about a second each")
            return 0
        results = run_with_progress(study, store, with_quarters=False)
        with shown_progress(len(study.seeds), "futures") as (advance, heard):
            try:
                looked, failures = gathered({TODAY: company}, study.seeds, settings.executor, store, advance)
            except KeyboardInterrupt:
                raise Interrupted(command, study.n_runs + sum(heard), study.n_runs + len(study.seeds)) from None
        say_notes(store)
    for failure in (*failures, *results.failures):
        print(f"twohats: {failure.scenario}, seed {failure.seed} failed: {failure.error}", file=sys.stderr)
    if failures or results.failures:
        return FAILED
    seen, compared = looked[TODAY], values_of(results.runs, study.scenarios, study.seeds)
    found = findings([{**one, **other} for one, other in zip(seen, compared, strict=True)])
    beside = {} if real is None else olist_patterns(real)
    results.manifest["looked_at"] = {"company": company.company.name, "config_hash": config_hash(company)}
    tell(found, beside, results, results_folder(settings.results_dir, "patterns"), command)
    return 0


def _worlds_apart(
    overrides: Sequence[str], config_dir: str | Path | None, settings: StudySettings, command: str
) -> Study:
    """The worlds that patterns compare, under the same futures; each has a company of its own."""
    beside = (override for override in overrides if not override.startswith("company"))
    named = worlds(*beside, config_dir=config_dir)
    return Study(named, settings.seed_list(), next(iter(named)), executor=settings.executor, command=command)


def findings(seen: Sequence[Seen]) -> list[Finding]:
    """All patterns as measured in these futures, the fitted ones first."""
    return [Finding(p, estimate(p, seen), is_fitted) for group, is_fitted in GROUPS for p in group]


GROUPS: tuple[tuple[tuple[Pattern, ...], bool], ...] = ((FITTED, True), (CHECKED, False))


def rows(found: Sequence[Finding]) -> pd.DataFrame:
    """One row for each pattern, nothing rounded: what `patterns.csv` holds."""
    return pd.DataFrame(
        {
            "id": f.pattern.name,
            "pattern": f.pattern.words,
            "unit": f.pattern.unit,
            "mean": f.estimate.mean,
            "low": f.estimate.low,
            "high": f.estimate.high,
            "n_seeds": f.estimate.n,
            "known_low": f.pattern.low,
            "known_high": f.pattern.high,
            "is_fitted": f.is_fitted,
            "verdict": f.verdict,
            "rests_on": f.pattern.rests_on,
            "source": SOURCES[f.pattern.source],
        }
        for f in found
    )


def judged(finding: Finding) -> str:
    """The verdict, and whether it was put in."""
    return f"{finding.verdict}; put in" if finding.pattern.rests_on else finding.verdict


def tally(found: Sequence[Finding]) -> str:
    """How often each verdict was given, what was put in apart: "11 inside, 2 near; put in: 3 inside"."""

    def counted(some: Iterable[Finding]) -> str:
        counts = Counter(f.verdict for f in some)
        return ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if verdict in counts)

    put_in = counted(f for f in found if f.pattern.rests_on)
    return counted(f for f in found if not f.pattern.rests_on) + (f"; put in: {put_in}" if put_in else "")


def page(found: Sequence[Finding]) -> str:
    """Both tables as Markdown."""
    head = ("", "pattern", "unit", "model (95% interval)", "known", "", "source")
    parts = []
    for title, is_fitted in (("Fitted to", True), ("Looked at, never fitted to", False)):
        cells = (
            (f.pattern.name, f.pattern.words, f.pattern.unit, shown(f.estimate), known(f.pattern), judged(f),
             linked(f.pattern.source, "parameters.md"))
            for f in found
            if f.is_fitted == is_fitted
        )  # fmt: skip
        parts.append(f"## {title}\n\n{markdown_table(head, cells)}\n")
    return "\n".join(parts)


def printed(found: Sequence[Finding], title: str) -> Table:
    """The table of the terminal."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name, justify in (("", "left"), ("pattern", "left"), ("model", "right"), ("known", "right"), ("", "left")):
        table.add_column(name, justify=justify, no_wrap=name != "pattern")  # type: ignore[arg-type]
    for f in found:
        table.add_row(
            f.pattern.name, f"{f.pattern.words}, {f.pattern.unit}", shown(f.estimate), known(f.pattern), judged(f)
        )
    return table


def tell(found: Sequence[Finding], beside: Mapping[str, float], results: Results, folder: Path, command: str) -> None:
    """Print both tables, and write the rows, the picture and the manifest."""
    console, company = report_console(), results.manifest["looked_at"]["company"]
    console.print(f"Company {company}, {futures(found[0].estimate.n)}; P12 and P16 are of worlds of their own.\n")
    for _, is_fitted in GROUPS:
        of_group = [f for f in found if f.is_fitted == is_fitted]
        console.print(printed(of_group, "Fitted to" if is_fitted else "Looked at, never fitted to"))
        console.print(f"{tally(of_group)}.\n")
    if beside:
        console.print(f"Olist's funnel by the same measures: {in_words(beside)}.\n")
    table, manifest = rows(found), results.manifest
    table["olist"] = table["id"].map(beside)
    table.to_csv(folder / "patterns.csv", index=False, encoding="utf-8", lineterminator="\n")
    (folder / "patterns.md").write_text(page(found), encoding="utf-8")
    small = (
        f"Two Hats {manifest['versions']['twohats']}, model {manifest['model_hash']}. "
        f"Company {company}, {futures(found[0].estimate.n)}; P12 and P16 are of worlds of their own. {command}"
    )
    save(patterns_figure(found), table, folder / "figures", "patterns", small)
    results.save(folder)
    console.print(f"Files: {folder}", soft_wrap=True, highlight=False)
