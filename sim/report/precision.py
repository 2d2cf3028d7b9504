"""How precise an answer is that was asked to be so precise and no more."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.labels import INTERVAL, Style, futures, money, share, style_of
from sim.report.sentences import Sentence, worth_over
from sim.study.results import Results
from sim.study.study import Study


def how_precise(study: Study, results: Results, styles: Mapping[str, Style]) -> Sentence:
    """Whether the precision was reached, after how many futures, and how many more it would take."""
    said = results.manifest["precision"]
    found, n = said["assessment"], said["seeds_run"]
    horizon = study.scenarios[study.reference].horizon_quarters
    asked, wanted = share(said["asked"]), money(found["wanted"])
    base, widest = style_of(styles, study.reference).phrase, style_of(styles, found["widest"]).phrase
    what = f"{asked} of the mean of {base} ({wanted}, {worth_over(horizon)})"
    looked = f"{INTERVAL}s hold at all {len(said['looks_planned'])} planned looks together"
    if len(said["looks_planned"]) == 1:
        looked = f"{INTERVAL}s"
    numbers = {"precision:wanted": found["wanted"], "precision:half_width": found["half_width"]}
    if found["is_reached"]:
        text = f"Stopped after {futures(n)}: every difference is known to within {what}; {looked}."
        return Sentence(text, numbers)
    known = f"that of {widest} is known to within {money(found['half_width'])} after {futures(n)}, not to within {what}"
    more = f"about {futures(found['seeds_needed'])} are needed, as with seeds={found['seeds_needed']}"
    if not found["seeds_needed"]:
        more = "no number of futures is enough for a share of nothing"
    return Sentence(f"Not as precise as asked: {known}; {more}; {looked}.", numbers)


def who_may_be_best(best: Mapping[str, bool], styles: Mapping[str, Style]) -> Sentence:
    """Whom the data leave as the best, all structures together; empty if they rule out nobody or all but one."""
    left = [style_of(styles, name).phrase for name, may in best.items() if may]
    if len(left) in (0, 1, len(best)):
        return Sentence("")
    listed = ", ".join(left[:-1]) + f" or {left[-1]}"
    return Sentence(
        f"Best by net present value is {listed}: the others are ruled out ({INTERVAL}s of all together).", {}
    )
