"""The answer to a comparison: table, one sentence, plausibility, and the figures of the results folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from sim.config import SimConfig
from sim.report.contrasts import added_money, who_is_left_out
from sim.report.delivery import answer, plausible_company, say, small_print
from sim.report.labels import Style
from sim.report.precision import how_precise, who_may_be_best
from sim.report.sentences import Sentence, verdict
from sim.report.styles import styles_of
from sim.report.tables import comparison_table, printed_tables
from sim.settings import EQUAL_COST, StudySettings
from sim.study.ranking import against_the_best
from sim.study.results import Results
from sim.study.study import Study


def compare(scenarios: Mapping[str, SimConfig], settings: StudySettings, command: str = "") -> int:
    """Run a comparison, print its answer, write its folder; exit status 0, or 1 if a run failed."""
    return answer(Study.of(scenarios, settings, command), settings, "compare", tell)


def tell(study: Study, results: Results, folder: Path, console: Console) -> None:
    """Print a comparison's table and sentences, write its summary and figures."""
    styles = styles_of(study.scenarios)
    table = comparison_table(results.runs, study.reference)
    table.to_csv(folder / "summary.csv", index=False, encoding="utf-8", lineterminator="\n")
    for part in printed_tables(table, styles, study.reference, console.width, study.contrast):
        console.print(part)
    sentences = [plausible_company(study, results)]
    if study.versus:
        pair = (study.reference, study.versus)
        sentences.insert(0, verdict(results.runs, results.quarters, styles, *pair, study.contrast))
        if len(study.scenarios) > 2 and len(study.seeds) > 1:
            sentences[1:1] = _who_may_be_best(results, styles)
    if "precision" in results.manifest:
        sentences.append(how_precise(study, results, styles))
    if study.contrast == EQUAL_COST:
        sentences = [*_equalised(study, styles), *sentences]
    if study.scenarios[study.reference].transition:
        sentences.insert(0, _from_today(study))
    say(study, results, sentences, console)
    draw(study, results, folder / "figures")


def _who_may_be_best(results: Results, styles: Mapping[str, Style]) -> list[Sentence]:
    """Whom the data leave as the best of all, if they rule out some and leave several."""
    ranked = against_the_best(results.runs, "npv_usd")
    sentence = who_may_be_best({str(name): bool(may) for name, may in ranked["may_be_best"].items()}, styles)
    return [sentence] if sentence.text else []


def _from_today(study: Study) -> Sentence:
    """That getting there is paid for, and by whom it is not."""
    today = study.scenarios[study.reference].today.org
    return Sentence(
        f"Each structure reorganises from today's in quarter 1 and pays for it; {today.phrase or today.name}, today's "
        "own, has nothing to pay."
    )


def _equalised(study: Study, styles: Mapping[str, Style]) -> list[Sentence]:
    """What made all cost the same, and whom nothing could."""
    added = added_money(study.scenarios, styles, study.reference)
    if not study.left_out:
        return [added]
    return [added, who_is_left_out(study.left_out, styles_of({one.name: one.config for one in study.left_out}))]


def draw(study: Study, results: Results, folder: Path) -> None:
    """The figures of a comparison, each as PNG and SVG beside the CSV of what it shows."""
    from sim.report.figures import attention, convergence, differences, funnel, headlines, save
    from sim.report.figures.convergence import FEWEST

    styles, reference = styles_of(study.scenarios), study.reference
    table = comparison_table(results.runs, reference)
    drawn = {
        "headlines": headlines(results.quarters, styles, reference),
        "attention": attention(results.quarters, styles),
    }
    if len(study.scenarios) > 1:
        drawn["differences"] = differences(table, styles, reference)
        drawn["funnel"] = funnel(results.runs, styles, reference)
        if len(study.seeds) >= FEWEST:
            drawn["convergence"] = convergence(results.runs, styles, reference)
    for name, (figure, data) in drawn.items():
        save(figure, data, folder, name, small_print(study, results))
