"""What a measured pattern says beside what is known: inside, near, below, above; or the known sign, or not."""

from __future__ import annotations

from dataclasses import dataclass

from sim.study.patterns.pattern import Pattern
from sim.study.statistics import Estimate

INSIDE, NEAR, BELOW, ABOVE = "inside", "near", "below", "above"
AS_KNOWN, UNCLEAR, OTHERWISE = "as known", "no clear difference", "the other way"
NOT_SEEN, NOT_KNOWN, PREDICTED = "not to be seen", "not known yet", "a prediction"
MATCHES = (INSIDE, AS_KNOWN)
VERDICTS = (INSIDE, AS_KNOWN, NEAR, UNCLEAR, BELOW, ABOVE, OTHERWISE, PREDICTED, NOT_KNOWN, NOT_SEEN)


@dataclass(frozen=True)
class Finding:
    """One pattern as it was measured."""

    pattern: Pattern
    estimate: Estimate
    is_fitted: bool

    @property
    def verdict(self) -> str:
        """In one word: where the number lies against the range; `near` if only its interval reaches into it."""
        pattern, found = self.pattern, self.estimate
        if not found.has_interval:
            return NOT_SEEN
        if pattern.is_prediction:
            return PREDICTED
        if pattern.is_open:
            signed = found if pattern.low == 0.0 else -found
            return AS_KNOWN if signed.low > 0.0 else OTHERWISE if signed.high < 0.0 else UNCLEAR
        if found.high < pattern.low:
            return BELOW
        if found.low > pattern.high:
            return ABOVE
        if found.high - found.low > pattern.high - pattern.low:
            return NOT_KNOWN  # an interval as wide as what it is held against says nothing
        return INSIDE if pattern.low <= found.mean <= pattern.high else NEAR
