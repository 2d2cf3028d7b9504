"""What the rules say of a row: where it lies, how surely, and how it compares with the article's figure.

A row that rests on all of its numbers is supported if each lies where the claim has it: its p is the largest
(intersection-union test), and contradicted if any lies clearly on the other side, Bonferroni's correction for their
number paid; a row that rests on any of them is the mirror image. Over the rows Holm's procedure holds the chance of
even one false verdict. The intervals shown are those of the level at which Holm tests the row; figures and credible
bands are held against wider ones, which hold for all rows together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.study.claims.claim import ALL, ANY, Claim, Rules
from sim.study.claims.measuring import Measured
from sim.study.statistics import Estimate, holm

SUPPORTED, UNCLEAR, CONTRADICTED, NOT_MEASURED = "supported", "no clear difference", "contradicted", "not measured"
DIRECTIONS = (SUPPORTED, UNCLEAR, CONTRADICTED, NOT_MEASURED)
INSIDE, FIGURE_ABOVE, FIGURE_BELOW = "inside", "above", "below"
MONEY = "USD"


@dataclass(frozen=True)
class Row:
    """A claim as it was measured and judged."""

    claim: Claim
    measured: tuple[Measured, ...]
    direction: str
    p_holm: float
    level: float
    """Of its intervals."""
    negligible_usd: float
    """Money below it is negligible."""
    size_level: float
    """Of intervals that hold for all rows together (Bonferroni): figures and bands are held against these."""

    def estimate(self, measured: Measured) -> Estimate:
        """A number's mean with the interval of the row's level."""
        return measured.estimate(self.level)

    def figure(self, measured: Measured) -> str:
        """Where the article's figure lies: inside, above or below the interval; empty where it gives none."""
        article, at = measured.number.article, measured.estimate(self.size_level)
        if article is None or not at.has_interval:
            return ""
        return FIGURE_ABOVE if article > at.high else FIGURE_BELOW if article < at.low else INSIDE

    def meets_band(self, measured: Measured) -> bool | None:
        """Whether a number's interval meets what is credible; None where nothing is said of that."""
        at = measured.estimate(self.size_level)
        return measured.number.meets_band(at.low, at.high)

    def is_negligible(self, measured: Measured) -> bool:
        """Whether a number is money, and as far as is known too little to matter."""
        at = self.estimate(measured)
        return measured.number.unit == MONEY and max(abs(at.low), abs(at.high)) < self.negligible_usd

    @property
    def judged(self) -> tuple[Measured, ...]:
        """The numbers that the claim rests on."""
        return tuple(one for one in self.measured if one.number.is_judged)

    @property
    def deciding(self) -> Measured:
        """The number that decided: of those that the row rests on the least sure, or the one that contradicts most."""
        if self.direction == CONTRADICTED:
            return min(self.judged, key=lambda one: one.p_contradiction)
        if self.direction == SUPPORTED and self.claim.judged_by == ANY:
            return min(self.judged, key=lambda one: one.p_support)
        return max(self.judged, key=lambda one: one.p_support)

    @property
    def money_is_negligible(self) -> bool:
        """Whether what contradicts the claim, or all that supports it, is money that does not matter."""
        resting = [self.deciding] if self.direction == CONTRADICTED else self.judged
        return all(self.is_negligible(one) for one in resting)

    @property
    def verdict(self) -> str:
        """The direction; negligible where it is about money that does not matter."""
        is_small = self.money_is_negligible and self.direction in (SUPPORTED, CONTRADICTED)
        return f"{self.direction}, negligible" if is_small else self.direction


def p_values(judged_by: str, judged: Sequence[Measured]) -> tuple[float, float]:
    """Two-sided p of a row's support and of its contradiction, each at most 1; NaN where a number is not known."""
    support, contradiction = ([getattr(one, name) for one in judged] for name in ("p_support", "p_contradiction"))
    if any(map(math.isnan, support)):
        return math.nan, math.nan
    n = len(judged)
    jointly, singly = (support, contradiction) if judged_by == ALL else (contradiction, support)
    both = min(max(jointly), 1.0), min(n * min(singly), 1.0)
    return both if judged_by == ALL else (both[1], both[0])


def is_supported(judged_by: str, judged: Sequence[Measured], level: float) -> bool:
    """Whether a row alone, without regard to others, is supported at a level."""
    return p_values(judged_by, judged)[0] < 1.0 - level


def rows_of(
    claims: Sequence[Claim],
    found: Mapping[str, Sequence[Measured]],
    gross_profit_usd: Mapping[str, float],
    rules: Rules,
    n_registered: int,
) -> list[Row]:
    """All claims that were measured, judged together; those that were not asked count as tested and not shown.

    `found` has the numbers by claim, `gross_profit_usd` the discounted gross profit of each claim's reference.
    """
    judged = {c.name: [one for one in found[c.name] if one.number.is_judged] for c in claims}
    both = {c.name: p_values(c.judged_by, judged[c.name]) for c in claims}
    p = pd.Series({name: min(pair) if not math.isnan(pair[0]) else 1.0 for name, pair in both.items()})
    others = pd.Series(1.0, index=[f"other {number}" for number in range(n_registered - len(p))])
    adjusted, alphas = holm(pd.concat([p, others])), alphas_of(p, n_registered, 1.0 - rules.level)
    return [
        Row(
            claim, tuple(found[claim.name]), _direction(both[claim.name], adjusted[claim.name], rules.level),
            float(adjusted[claim.name]), 1.0 - alphas[claim.name] / _shared_by(claim),
            rules.negligible_share * gross_profit_usd[claim.name], 1.0 - (1.0 - rules.level) / n_registered,
        )
        for claim in claims
    ]  # fmt: skip


def alphas_of(p: pd.Series, n: int, alpha: float) -> pd.Series:
    """At which error Holm's procedure tests each of `n` rows: a smaller share of alpha the fewer were rejected."""
    ordered, n_rejected, found = p.sort_values(kind="stable"), 0, {}
    for name, value in ordered.items():
        found[name] = alpha / (n - n_rejected)
        if n_rejected == len(found) - 1 and value < found[name]:
            n_rejected += 1
    return pd.Series(found).reindex(p.index)


def _shared_by(claim: Claim) -> int:
    return len(claim.judged) if claim.judged_by == ANY else 1


def _direction(both: tuple[float, float], p_holm: float, level: float) -> str:
    support, contradiction = both
    if math.isnan(support):
        return NOT_MEASURED
    if p_holm >= 1.0 - level:
        return UNCLEAR
    return SUPPORTED if support < contradiction else CONTRADICTED
