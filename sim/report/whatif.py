"""The answer to a what-if: table, sentences, plausibility, and the figures of a change against doing nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from rich.console import Console

from sim.config import SimConfig
from sim.config.changes import is_resized, turns
from sim.config.scenario import ScenarioSpec
from sim.report.change_sentences import change_sentences
from sim.report.change_tables import change_table, printed_change
from sim.report.delivery import answer, plausible_company, say, small_print
from sim.report.labels import DOING_NOTHING, Style, at_no_cost
from sim.report.precision import how_precise
from sim.report.sentences import Sentence
from sim.settings import StudySettings
from sim.study.change import Effect, effect_of
from sim.study.results import Results
from sim.study.study import Study


def whatif(spec: ScenarioSpec, arms: Mapping[str, SimConfig], settings: StudySettings, command: str = "") -> int:
    """Run a change against doing nothing, print its answer, write its folder; exit status 0, or 1 if a run failed."""
    study = Study.whatif_of(arms, settings, command)
    return answer(study, settings, "whatif", partial(tell, spec))


def tell(spec: ScenarioSpec, study: Study, results: Results, folder: Path, console: Console) -> None:
    """Print a change's table and sentences, write its summary and figures."""
    effect, styles = effect_in(study, results), styles_of(spec, study)
    table = change_table(results.runs, effect.changed, effect.nothing, effect.free)
    table.to_csv(folder / "summary.csv", index=False, encoding="utf-8", lineterminator="\n")
    for part in printed_change(table, styles, effect.nothing, console.width):
        console.print(part)
    sentences = [*change_sentences(effect, styles), *_what_is_left(study, effect)]
    sentences.append(plausible_company(study, results))
    if "precision" in results.manifest:
        sentences.append(how_precise(study, results, styles))
    say(study, results, sentences, console)
    draw(effect, styles, folder / "figures", small_print(study, results, "both sides"))


def _what_is_left(study: Study, effect: Effect) -> list[Sentence]:
    """A caveat where teams or budget end up other than they were: what is left is not valued under them."""
    if not is_resized(study.scenarios[effect.changed]):
        return []
    text = "What is left after the last quarter is counted under today's teams and budget, not under the changed ones."
    return [Sentence(text)]


def effect_in(study: Study, results: Results) -> Effect:
    """What the change of a what-if came to."""
    nothing, changed, *free = study.scenarios
    config = study.scenarios[changed]
    first, *later = turns(config)
    return effect_of(
        results.runs, results.quarters, changed, nothing, free[0] if free else None, first,
        config.company.discount_rate_per_year, tuple(later),
    )  # fmt: skip


def styles_of(spec: ScenarioSpec, study: Study) -> dict[str, Style]:
    """How the arms of a what-if are named and drawn, in the words of its file."""
    nothing, changed, *free = study.scenarios
    style = Style(spec.label, spec.phrase, False, spec.color)
    return {nothing: DOING_NOTHING, changed: style} | {name: at_no_cost(style) for name in free}


def draw(effect: Effect, styles: Mapping[str, Style], folder: Path, small: str) -> None:
    """The figures of a change, each as PNG and SVG beside the CSV of what it shows."""
    from sim.report.figures import change, change_headlines, save

    for name, (figure, data) in {
        "change": change(effect, styles),
        "change_headlines": change_headlines(effect, styles),
    }.items():
        save(figure, data, folder, name, small)
