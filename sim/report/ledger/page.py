"""The ledger as a page: rules first, then the table, every row in full, why, where it flips, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.labels import INTERVAL, MINUS
from sim.report.ledger.sentences import extremes_told, phrases, shares_told, strata_told, tally, why_told
from sim.report.ledger.words import band, beside_band, beside_figure, claimed, figure, with_interval
from sim.report.reference.markdown import linked, table
from sim.study.claims.claim import Rules
from sim.study.claims.flips import Flip
from sim.study.claims.verdict import Row
from sim.study.claims.why import Reasons
from sim.study.plausible.assessment import Assessment
from sim.study.plausible.shares import strata

SOURCES_PAGE = "parameters.md"


def rules_told(rules: Rules) -> list[str]:
    """The rules, registered before the first full run."""
    level, share = f"{rules.level:.0%}", f"{rules.negligible_share:.0%}"
    return [
        f"Rules, registered {rules.registered}, before the first full run; what was amended says so:",
        "- Direction: supported if the interval lies on the claimed side, contradicted if on the other, else no clear"
        + " difference. A row that rests on all of its numbers is as sure as the least sure of them, and contradicted"
        + " if any is clearly on the other side; one that rests on any of them the other way round.",
        f"- All verdicts hold together at {level} (Holm over all rows); the interval shown is that at which Holm tests"
        + " the row, not one that holds for all rows.",
        "- Size: the article's figure lies inside, above or below the interval, and the interval meets the credible"
        + " band or not, both with intervals that hold for all rows (Bonferroni). Nothing is fitted to either.",
        f"- Money is negligible if its interval lies within {share} of the reference's discounted gross profit.",
        "- Why: a mechanism is named if without it the row is not supported any more, and what it rests on has clearly"
        + " fallen in the same futures (Holm over mechanisms).",
        "- Where it flips: a verdict turns round if it is clear on either side along an axis, each by itself at 95%.",
        "- Over the prior: worlds count if no pattern is 3 sd or more away; the claim is held against half of them.",
    ]


def page(
    rows: Sequence[Row],
    rules: Rules,
    why: Sequence[Reasons],
    flips: Sequence[Flip],
    assessment: Assessment | None,
    n_seeds: int,
) -> str:
    """The whole page as Markdown."""
    parts = [
        "# The claims ledger",
        "\n".join(rules_told(rules)),
        f"{tally(rows)} ({n_seeds} futures).",
        _overview(rows, why),
        "## Row by row",
        *(_in_full(row) for row in rows),
    ]
    if why:
        parts += ["## Why", why_told(why)]
    if flips:
        parts += ["## Where it flips", f"Each number by itself, {INTERVAL}.", _flips(flips)]
    if assessment is not None and assessment.found:
        parts += ["## Over all that is not known", *_prior(assessment)]
    return "\n\n".join(parts) + "\n"


def _overview(rows: Sequence[Row], why: Sequence[Reasons]) -> str:
    needed = {one.claim: ", ".join(one.needed) for one in why}
    head = ("", "claim", "the number that decides", "verdict", "the article's figure", "credible", "vanishes without")
    cells = (
        (
            row.claim.name, row.claim.words,
            f"{row.deciding.number.words}: {with_interval(row.estimate(row.deciding), row.deciding.number)}",
            f"**{row.verdict}**" + ("; *input*" if row.claim.input else ""), beside_figure(row),
            beside_band(row), needed.get(row.claim.name, ""),
        )
        for row in rows
    )  # fmt: skip
    return table(head, cells)


def _in_full(row: Row) -> str:
    claim = row.claim
    said = [f"### {claim.name} {claim.words}", f"**{row.verdict}**, p {_p(row.p_holm)} after Holm."]
    if claim.input:
        said.append(f"*Input*: {claim.input}.")
    if claim.note:
        said.append(f"Note: {claim.note}.")
    head = ("id", "number", "unit", f"model ({row.level:.2%} interval)", "claimed", "figure", "band", "")
    cells = []
    for one in row.measured:
        at, number = row.estimate(one), one.number
        meets = row.meets_band(one)
        marks = [
            f"figure {row.figure(one)}" if row.figure(one) else "",
            {True: "meets the band", False: "outside the band", None: ""}[meets],
            "negligible" if row.is_negligible(one) else "",
            one.remark,
        ]
        cells.append(
            (
                f"{claim.name}.{number.name}", number.words, number.unit, with_interval(at, number), claimed(number),
                figure(number), band(number), "; ".join(filter(None, marks)),
            )
        )  # fmt: skip
    articles = ", ".join(linked(article, SOURCES_PAGE) for article in claim.articles)
    return "\n\n".join([*said, table(head, cells), f"Claimed in: {articles}."])


def _p(p: float) -> str:
    return "below .0001" if p < 0.0001 else f"{p:.4f}".lstrip("0") if p < 1.0 else "1"


def _flips(flips: Sequence[Flip]) -> str:
    head = ("id", "number", "axis", "level", "model", "verdict")
    return table(
        head,
        (
            (
                f"{f.claim}.{f.number.name}{f.variation.suffix}",
                f.number.words,
                f.variation.axis,
                f.variation.level,
                with_interval(f.at, f.number),
                f.verdict,
            )
            for f in flips
        ),
    )


def _cases(found: Assessment) -> Iterator[tuple[str, ...]]:
    names = phrases(found)
    for one in found.extremes:
        side = "merging" if one.for_rivals else names[found.prior.favoured]
        for rival, at in one.ahead.items():
            lead = f"{at.mean:+.1f} ({at.low:.1f} to {at.high:.1f})".replace("-", MINUS)
            yield side, one.case.cell.words, names[rival], lead, f"{one.case.n_tried}, {one.case.n_plausible} plausible"


def _prior(found: Assessment) -> Iterator[str]:
    yield shares_told(found)
    yield strata_told(found)
    yield extremes_told(found)
    yield "Every case that was searched for, in futures of its own:"
    yield table(
        ("best for", "held equal", "rival", "two leaders' lead over it, % of gross profit", "worlds tried"),
        _cases(found),
    )
    head = ("", "", *(cell.words for cell in found.found))
    labels: dict[tuple[str, str], list[str]] = {}
    for seen in found.found.values():
        for factor, label, at in strata(found.prior, found.plausible, seen):
            text = f"{100 * at.mean:.0f}% ({100 * at.low:.0f} to {100 * at.high:.0f})" if at.has_interval else "–"
            labels.setdefault((f"{factor.words}, {factor.unit}".strip(", "), label), []).append(text)
    favoured = phrases(found)[found.prior.favoured]
    yield f"Share of plausible worlds in which {favoured} are ahead of every merged form, by stratum:"
    yield table(head, ((*key, *cells) for key, cells in labels.items()))
