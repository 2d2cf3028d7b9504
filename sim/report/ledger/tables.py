"""The ledger's tables, nothing rounded: what its CSV files hold. Every number has an id, as in C03.late."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.study.claims.flips import Flip
from sim.study.claims.verdict import Row
from sim.study.claims.why import Reasons
from sim.study.plausible.assessment import Assessment
from sim.study.plausible.shares import strata


def claims_table(rows: Sequence[Row]) -> pd.DataFrame:
    """A row for every number of every claim, with the verdict of its claim and the worlds behind it."""
    return pd.DataFrame(
        {
            "id": f"{row.claim.name}.{one.number.name}",
            "claim": row.claim.words,
            "number": one.number.words,
            "unit": one.number.unit,
            "mean": row.estimate(one).mean,
            "low": row.estimate(one).low,
            "high": row.estimate(one).high,
            "level": row.level,
            "n": row.estimate(one).n,
            "is_judged": one.number.is_judged,
            "side": one.number.side,
            "against": one.number.against if one.number.is_judged else None,
            "direction": row.direction,
            "verdict": row.verdict,
            "p_holm": row.p_holm,
            "is_negligible": row.is_negligible(one),
            "article_figure": one.number.article,
            "figure_is": row.figure(one),
            "band_low": one.number.band[0] if one.number.band else None,
            "band_high": one.number.band[1] if one.number.band else None,
            "meets_band": row.meets_band(one),
            "input": row.claim.input,
            "note": row.claim.note,
            "remark": one.remark,
            "read_from": one.number.of.formula if one.number.of else (one.number.quarter or "the prior's worlds"),
            "worlds": " ".join(f"{weight:+g}*{name}" for name, weight in one.number.worlds.items()),
            "divided_by": ""
            if one.number.per is None
            else " ".join(f"{weight:+g}*{name}" for name, weight in one.number.per.worlds.items()),
            "articles": " ".join(row.claim.articles),
        }
        for row in rows
        for one in row.measured
    )


def why_table(found: Sequence[Reasons]) -> pd.DataFrame:
    """A row for every judged number of a supported claim and every mechanism that was switched off."""
    return pd.DataFrame(
        {
            "id": f"{one.claim}.{one.number}@without={one.mechanism}",
            "claim": one.claim,
            "mechanism": one.mechanism,
            "on": one.on.mean,
            "on_low": one.on.low,
            "on_high": one.on.high,
            "off": one.off.mean,
            "off_low": one.off.low,
            "off_high": one.off.high,
            "fallen": one.fallen.mean,
            "fallen_low": one.fallen.low,
            "fallen_high": one.fallen.high,
            "p_fallen_holm": one.p_fallen,
            "row_is_supported_without": one.is_supported,
            "n_seeds": one.on.n,
        }
        for reasons in found
        for one in reasons.without
    )


def flips_table(flips: Sequence[Flip]) -> pd.DataFrame:
    """A row for every number that was followed along an axis, and every level of it."""
    return pd.DataFrame(
        {
            "id": f"{flip.claim}.{flip.number.name}{flip.variation.suffix}",
            "claim": flip.claim,
            "number": flip.number.name,
            "words": flip.number.words,
            "axis": flip.variation.axis,
            "level": flip.variation.level,
            "unit": flip.number.unit,
            "mean": flip.at.mean,
            "low": flip.at.low,
            "high": flip.at.high,
            "n_seeds": flip.at.n,
            "verdict": flip.verdict,
        }
        for flip in flips
    )


def worlds_table(found: Assessment) -> pd.DataFrame:
    """A row for every world that was drawn: its factors, how implausible it is, who is ahead in it."""
    table = pd.DataFrame([{"world": name, **world} for name, world in found.drawn.items()])
    table["implausibility"] = [found.implausible[name].distance for name in table["world"]]
    table["furthest_pattern"] = [found.implausible[name].pattern for name in table["world"]]
    table["is_plausible"] = [found.is_plausible(name) for name in table["world"]]
    for cell, seen in found.found.items():
        chances = dict(zip(seen.worlds, seen.chances, strict=True))
        table[f"chance/{cell.practices}/{cell.costs}"] = table["world"].map(chances)
    return table


def shares_table(found: Assessment) -> pd.DataFrame:
    """For every cell: in what share of worlds the favoured structure is ahead of all rivals, in all and by stratum."""
    rows = []
    for cell, seen in found.found.items():
        every = [("all", "", seen.share())]
        every += [(f.name, label, at) for f, label, at in strata(found.prior, found.plausible, seen)]
        rows += [
            {
                "practices": cell.practices, "costs": cell.costs, "factor": factor, "stratum": label,
                "share": at.mean, "low": at.low, "high": at.high, "n_worlds": at.n,
            }
            for factor, label, at in every
        ]  # fmt: skip
    return pd.DataFrame(rows)


def regrets_table(found: Assessment) -> pd.DataFrame:
    """For every cell and structure: how far the favoured one is ahead, and what always choosing it costs."""
    rows = []
    for cell, seen in found.found.items():
        for name, regret in seen.regrets().items():
            ahead = seen.ahead(name) if name else None
            rows.append(
                {
                    "practices": cell.practices, "costs": cell.costs, "structure": name or found.prior.favoured,
                    "regret": regret.mean, "regret_low": regret.low, "regret_high": regret.high,
                    "favoured_ahead": ahead.mean if ahead else None, "ahead_low": ahead.low if ahead else None,
                    "ahead_high": ahead.high if ahead else None, "n_worlds": regret.n, "reliability": seen.reliability,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def extremes_table(found: Assessment) -> pd.DataFrame:
    """A row for every case that the search found and each rival, with the world's factors."""
    return pd.DataFrame(
        {
            "best_for": "rivals" if one.for_rivals else found.prior.favoured,
            "practices": one.case.cell.practices,
            "costs": one.case.cell.costs,
            "rival": rival,
            "favoured_ahead_percent": at.mean,
            "low": at.low,
            "high": at.high,
            "favoured_ahead_usd": one.ahead_usd[rival].mean,
            "usd_low": one.ahead_usd[rival].low,
            "usd_high": one.ahead_usd[rival].high,
            "n_seeds": at.n,
            "n_tried": one.case.n_tried,
            "n_plausible": one.case.n_plausible,
            **one.case.world,
        }
        for one in found.extremes
        for rival, at in one.ahead.items()
    )
