"""Who is credited with bookings: the truth of the touch log, and what the company records by its own rule.

Credit moves trust, pay and beliefs, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.market.laws import Flow

Floats = npt.NDArray[np.float64]
RECORDED_BY = {
    "first": Flow.RECORDED_FIRST_USD,
    "last": Flow.RECORDED_LAST_USD,
    "shared": Flow.RECORDED_SHARED_USD,
}
FLATTERED_END = {"first": -1.0, "last": 1.0, "shared": 0.0}  # which channels a rule flatters: far from a deal, or near
MEMORY = 0.75  # a quarter: people remember about a year of wins


@dataclass
class Credit:
    """Bookings of about the last year, and marketing's part in them: true shared credit, and as recorded. USD."""

    bookings_usd: float
    true_usd: float
    recorded_usd: float

    def recall(self, flows: Floats, rule: str, is_on: bool) -> None:
        """One more quarter's wins; while the mechanism is off the record is the truth."""
        true = float(flows[Flow.SHARED_MARKETING_USD])
        recorded = float(flows[RECORDED_BY[rule]]) if is_on else true
        self.bookings_usd = MEMORY * self.bookings_usd + float(flows[Flow.BOOKINGS_USD])
        self.true_usd = MEMORY * self.true_usd + true
        self.recorded_usd = MEMORY * self.recorded_usd + recorded

    @property
    def true_share(self) -> float:
        """Marketing's true shared credit, share of bookings; 0 without bookings."""
        return self.true_usd / self.bookings_usd if self.bookings_usd > 0.0 else 0.0

    @property
    def recorded_share(self) -> float:
        """Marketing's recorded credit, share of bookings; 0 without bookings."""
        return self.recorded_usd / self.bookings_usd if self.bookings_usd > 0.0 else 0.0


def logged_share(people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig) -> float:
    """Share of accounts whose marketing touches are recorded: shared data closes the gap."""
    gap = 1.0 - people.logged_share
    return people.logged_share + pathways.logged_shared_crm * practices.shared_crm * gap


def measurement(
    people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, is_on: bool
) -> tuple[float, float]:
    """How channels are measured by what is recorded: whom the rule flatters, and the multiple of the usual noise.

    What is not logged can't be measured: noise grows as the records' gaps do. While the mechanism is off the record
    is the truth.
    """
    if not is_on:
        return 0.0, 1.0
    return FLATTERED_END[people.attribution], 1.0 / logged_share(people, pathways, practices)


def unfairness(credit: Credit, people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig) -> Floats:
    """How unfair credit feels to sales and to marketing, 0..1, shape (2,): whoever gets less than the truth.

    Pooled incentives take the sting out of it.
    """
    gap = (credit.recorded_share - credit.true_share) / people.unfair_credit_full
    sting = 1.0 - pathways.fairness_unified_incentives * practices.unified_incentives
    return np.array([sting * min(max(wronged, 0.0), 1.0) for wronged in (gap, -gap)])
