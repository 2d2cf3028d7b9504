"""A claim of the articles, and the numbers that it comes to: as `conf/claims.yaml` registers them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.study.claims.quantity import Quantity

ABOVE, BELOW = "above", "below"
ALL, ANY = "all", "any"
BEST = "best"
"""Stands among a number's worlds for the best of `best_of`."""

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Ratio:
    """A contrast that another one is divided by."""

    of: Quantity
    worlds: Weights


@dataclass(frozen=True)
class Number:
    """One number of a claim: a contrast of worlds, and where the claim has it."""

    name: str
    words: str
    unit: str
    worlds: Weights
    of: Quantity | None = None
    per: Ratio | None = None
    times: float = 1.0
    plus: float = 0.0
    side: str = ""
    against: float = 0.0
    article: float | None = None
    """The figure that the article gives."""
    band: tuple[float, float] | None = None
    """What is credible; open ends are infinite."""
    quarter: str = ""
    """Of a number that asks whether a quarter comes, and when: which kind of quarter."""
    best_of: tuple[str, ...] = ()
    plausible: Mapping[str, object] | None = None
    """Of a number that is measured over the prior: under which practices, and whether at equal cost."""

    @property
    def is_judged(self) -> bool:
        """Whether the claim rests on it."""
        return bool(self.side)

    @property
    def names(self) -> tuple[str, ...]:
        """Every world that it needs, in the order in which the file names them."""
        per = self.per.worlds if self.per else {}
        return tuple(dict.fromkeys(name for name in (*self.worlds, *self.best_of, *per) if name != BEST))

    def meets_band(self, low: float, high: float) -> bool | None:
        """Whether an interval meets the credible band; None where there is none."""
        if self.band is None or not (math.isfinite(low) and math.isfinite(high)):
            return None
        return low <= self.band[1] and high >= self.band[0]


@dataclass(frozen=True)
class Claim:
    """One row of the ledger."""

    name: str
    words: str
    articles: tuple[str, ...]
    reference: str
    """The world whose gross profit says what is negligible."""
    numbers: tuple[Number, ...]
    judged_by: str = ALL
    input: str = ""
    """Of a row whose outcome is largely put in: by what."""
    note: str = ""
    flips: tuple[str, ...] = ()
    """Numbers of which it is asked where their verdict changes."""

    @property
    def judged(self) -> tuple[Number, ...]:
        """The numbers that it rests on."""
        return tuple(number for number in self.numbers if number.is_judged)


@dataclass(frozen=True)
class Rules:
    """How verdicts are found, written down before the first full run."""

    registered: str
    level: float
    negligible_share: float
