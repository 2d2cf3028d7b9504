"""Every outcome of a run, and of two runs side by side: name, formula, unit, direction, window."""

from __future__ import annotations

from sim.metrics.catalogue import THEMES
from sim.report.reference.markdown import code, page, table
from sim.study.paired import PAIRED_OUTCOMES

INTRODUCTION = """\
What a run comes to, each outcome defined once (`sim/metrics/`). They are the columns of `runs.parquet` and of
`GoToMarket.results()`. Windows: money and counts are summed over the measured quarters, stocks are taken at the end of
the last, rates are pooled numerators over pooled denominators, burnout is a mean over person-time, `mean` is that of
the measured quarters. Better: more, less, or neither (blank). **Bold**: the three headlines. An outcome is blank (NaN)
where there is nothing to divide by, or nobody it could be about."""

PAIRED = """\
What takes two scenarios, a and b, under the same seeds: `results.paired("a", "b")` (`sim/study/paired.py`)."""


def outcomes_page() -> str:
    """The page of outcomes."""
    parts = [INTRODUCTION]
    for theme, outcomes in THEMES.items():
        rows = [
            (f"**{code(o.name)}**" if o.is_headline else code(o.name), o.formula, o.unit, o.better, o.window)
            for o in outcomes
        ]
        parts += [f"## {theme}", table(("outcome", "formula", "unit", "better", "window"), rows)]
    paired = [(code(o.name), o.formula, o.unit, o.window) for o in PAIRED_OUTCOMES.values()]
    parts += ["## Two scenarios side by side", PAIRED, table(("outcome", "formula", "unit", "window"), paired)]
    return page("Outcomes", *parts)
