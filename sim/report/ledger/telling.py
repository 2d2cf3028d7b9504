"""A finished ledger told: printed, drawn, written as a page and as tables, and traced to its runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from sim.compose import sim_config
from sim.report.figures.canvas import save
from sim.report.figures.claims import claims_figure
from sim.report.figures.flips import flips_figure
from sim.report.figures.plausible import plausible_figure
from sim.report.ledger.page import page, rules_told
from sim.report.ledger.sentences import (
    extremes_told,
    flips_told,
    shares_told,
    strata_told,
    tally,
    verdict_cell,
    why_told,
)
from sim.report.ledger.tables import (
    claims_table,
    extremes_table,
    flips_table,
    regrets_table,
    shares_table,
    why_table,
    worlds_table,
)
from sim.report.ledger.words import beside_band, beside_figure, with_interval
from sim.report.styles import styles_of
from sim.report.tables import report_console
from sim.settings import StudySettings
from sim.study.claims.flips import Flip
from sim.study.claims.registry import Register
from sim.study.claims.verdict import Row
from sim.study.claims.why import Reasons
from sim.study.plausible.assessment import LOOKS, Assessment
from sim.study.results import Results


@dataclass(frozen=True)
class Ledger:
    """Everything that came out."""

    register: Register
    rows: list[Row]
    why: list[Reasons]
    flips: list[Flip]
    assessment: Assessment | None
    results: Results


def traced(ledger: Ledger, n_runs: Mapping[str, int], seconds: float) -> dict[str, Any]:
    """For the manifest: rules, verdicts, how many runs each part asked for, and the runs behind every number."""
    found = ledger.assessment
    return {
        "rules": vars(ledger.register.rules),
        "seconds": round(seconds, 1),
        "runs_asked": dict(n_runs),
        "verdicts": {row.claim.name: row.verdict for row in ledger.rows},
        "numbers": {
            f"{row.claim.name}.{one.number.name}": {"worlds": list(one.number.names), "n": int(row.estimate(one).n)}
            for row in ledger.rows
            for one in row.measured
        },
        "prior": None if found is None else {"drawn": len(found.drawn), "seeds": found.n_seeds, "looks": LOOKS},
    }


def tell(ledger: Ledger, folder: Path, settings: StudySettings, command: str) -> None:
    """Print the ledger, and write the page, the tables and the picture."""
    console, rules = report_console(), ledger.register.rules
    for line in rules_told(rules):
        console.print(line, highlight=False, markup=False)
    console.print(_printed(ledger.rows))
    console.print(f"{tally(ledger.rows)} ({settings.seeds} futures).", highlight=False)
    sentences = [*flips_told(ledger.flips)]
    if ledger.why:
        console.print(why_told(ledger.why), highlight=False, markup=False)
    if ledger.assessment is not None and ledger.assessment.found:
        found = ledger.assessment
        sentences += [shares_told(found), strata_told(found), extremes_told(found)]
    for sentence in sentences:
        console.print(sentence, highlight=False, markup=False)
    text = page(ledger.rows, rules, ledger.why, ledger.flips, ledger.assessment, settings.seeds)
    (folder / "claims.md").write_text(text, encoding="utf-8")
    for name, table in _tables(ledger).items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
    manifest = ledger.results.manifest
    small = (
        f"Two Hats {manifest['versions']['twohats']}, model {manifest['model_hash']}. Company medium unless the claim "
        f"says otherwise, the same futures on both sides of every difference. {command}"
    )
    _draw(ledger, settings, folder / "figures", small)
    ledger.results.save(folder)
    console.print(f"Files: {folder}", soft_wrap=True, highlight=False)


def _draw(ledger: Ledger, settings: StudySettings, folder: Path, small: str) -> None:
    """The page of claims; and where verdicts change, and the prior's worlds, if they were asked for."""
    save(claims_figure(ledger.rows, settings.seeds), claims_table(ledger.rows), folder, "claims", small)
    if ledger.flips:
        figure = flips_figure(ledger.flips, settings.ledger.flip_seeds)
        save(figure, flips_table(ledger.flips), folder, "flips", small)
    found = ledger.assessment
    if found is not None and found.found:
        structures = (found.prior.favoured, *found.prior.rivals)
        styles = styles_of({name: sim_config(f"org={name}") for name in structures})
        figure = plausible_figure(found, verdict_cell(found), styles)
        save(figure, shares_table(found), folder, "plausible", small)


def _tables(ledger: Ledger) -> Mapping[str, pd.DataFrame]:
    tables = {"claims": claims_table(ledger.rows)}
    if ledger.why:
        tables["why"] = why_table(ledger.why)
    if ledger.flips:
        tables["flips"] = flips_table(ledger.flips)
    if ledger.assessment is not None:
        found = ledger.assessment
        tables |= {"worlds": worlds_table(found), "shares": shares_table(found)}
        tables |= {"regrets": regrets_table(found), "extremes": extremes_table(found)}
    return tables


def _printed(rows: Sequence[Row]) -> Table:
    table = Table(
        "", "claim, and the number that decides", "model", "verdict", "article", "credible", box=None, pad_edge=False
    )
    for row in rows:
        one = row.deciding
        verdict = f"{row.verdict} (input)" if row.claim.input else row.verdict
        table.add_row(
            row.claim.name, f"{row.claim.words}: {one.number.words}", with_interval(row.estimate(one), one.number),
            verdict, beside_figure(row), beside_band(row),
        )  # fmt: skip
    return table
