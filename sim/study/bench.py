"""Where a study of several parts gets its runs: what is missing is run, what is there is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pandas as pd

from sim.config import SimConfig
from sim.study.claims.quantity import Rows
from sim.study.patterns.pattern import Seen

Scenarios = Mapping[str, SimConfig]
Seeds = Sequence[int] | Mapping[str, Sequence[int]]


class Bench(Protocol):
    """Runs and reads; raises what the caller handles if a run fails."""

    def run(self, scenarios: Scenarios, seeds: Seeds, what: str) -> None:
        """Run what is missing of scenarios under seeds, the same for all or by scenario."""

    def outcomes(self, scenarios: Scenarios, seeds: Sequence[int]) -> pd.DataFrame:
        """Outcomes alone of scenarios that were run, one row per scenario and seed."""

    def rows(self, scenarios: Scenarios, seeds: Sequence[int]) -> Rows:
        """Outcomes and quarters of scenarios that were run."""

    def looked(self, companies: Scenarios, seeds: Sequence[int], what: str) -> Mapping[str, list[Seen]]:
        """What is seen of companies in each future, week by week."""
