"""A scenario: a named, meaningful config, and the one run that a notebook asks of it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.compose import sim_config
from sim.config import SimConfig
from sim.model import GoToMarket
from sim.study.task import keys_of


@dataclass(frozen=True)
class Scenario:
    """A config with a name of its own."""

    name: str
    config: SimConfig

    @staticmethod
    def of(name: str, *overrides: str) -> Scenario:
        """A scenario from overrides, as in `Scenario.of("bold", "company=small", "org=separate")`."""
        return Scenario(name, sim_config(*overrides))

    def run(self, seed: int = 0) -> pd.DataFrame:
        """One future: a row per quarter, with the columns that say what it is about."""
        model = GoToMarket(self.config, seed).run()
        keys = keys_of(self.name, self.config, seed)
        return pd.DataFrame([keys | row for row in model.quarter_rows()])
