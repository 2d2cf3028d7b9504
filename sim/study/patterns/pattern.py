"""A pattern: one number of the model that is known of real companies too."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Seen = Mapping[str, Any]
"""What was seen of some futures, added up: sums by name and counts (`sim.study.patterns.sightings`)."""


@dataclass(frozen=True)
class Pattern:
    """One thing that is known of companies like these.

    The literature's range is open at an end where only a sign is known, and at both where nothing is: then the model
    predicts.
    """

    name: str
    words: str
    unit: str
    low: float
    high: float
    source: str
    value: Callable[[Seen], float]
    typical: float | None = None
    rests_on: str = ""
    """What puts it in, if something does: then that it comes out says little for the model."""

    @property
    def number(self) -> int:
        """Its place among the patterns: 3 of P3a and P3b."""
        return int("".join(letter for letter in self.name if letter.isdigit()))

    @property
    def aim(self) -> float:
        """What a fit aims at: what is typical, or the middle of the range."""
        return 0.5 * (self.low + self.high) if self.typical is None else self.typical

    @property
    def spread(self) -> float:
        """Sd that the range stands for: its ends are four sd apart."""
        return 0.25 * (self.high - self.low)

    @property
    def is_open(self) -> bool:
        """Whether at most a direction is known."""
        return math.isinf(self.low) or math.isinf(self.high)

    @property
    def is_prediction(self) -> bool:
        """Whether nothing is known."""
        return math.isinf(self.low) and math.isinf(self.high)


def ratio(top: str, bottom: str) -> Callable[[Seen], float]:
    """One sum over another."""
    return lambda seen: float(seen[top] / seen[bottom])
