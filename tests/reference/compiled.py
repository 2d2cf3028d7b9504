"""The compiled market with the plain one's face: a quarter to start from, run by the loop on copies of its own."""

from __future__ import annotations

import copy
from typing import NamedTuple

import numpy as np

from sim.config import CompanyConfig, MarketConfig
from sim.market.laws import N_FLOWS, Anchors, Floats, Laws, Policy, Seats, laws_of
from sim.market.prospects import Prospects
from sim.market.week import run_quarter
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import Luck


class Quarter(NamedTuple):
    """All that thirteen weeks of a market follow from; nobody changes it."""

    company: CompanyConfig
    settings: MarketConfig
    seed: int
    anchors: Anchors
    policy: Policy
    seats: Seats
    accounts: Prospects
    cohort_wins: Floats
    week: int  # the first, counted as the accounts' weeks are


class CompiledMarket:
    """The loop's own run of a quarter; `laws` other than the config's make it a market with another law."""

    def __init__(self, quarter: Quarter, laws: Laws | None = None) -> None:
        self.quarter = quarter
        self.laws = laws_of(quarter.company, quarter.settings) if laws is None else laws
        self.luck = Luck(quarter.seed).of_market()
        self.accounts, self.seats, self.cohort_wins = (
            copy.deepcopy(x) for x in (quarter.accounts, quarter.seats, quarter.cohort_wins)
        )
        self.flows = np.zeros(N_FLOWS)
        self.week = quarter.week

    def pass_week(self) -> None:
        """One week."""
        self._pass_weeks(1)

    def pass_quarter(self) -> None:
        """Thirteen weeks in one call of the loop."""
        self._pass_weeks(WEEKS_PER_QUARTER)

    def _pass_weeks(self, n: int) -> None:
        begin = self.week - self.quarter.week
        run_quarter(
            self.accounts, self.luck, self.laws, self.quarter.anchors, self.quarter.policy, self.seats, self.flows,
            self.cohort_wins, self.quarter.week, begin, begin + n,
        )  # fmt: skip
        self.week += n
