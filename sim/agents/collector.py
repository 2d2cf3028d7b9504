"""A Mesa DataCollector that fits the model: a row per quarter, and one per person (per account if asked) and quarter.

Collect after each step. Collecting changes no number. Mesa's own ids of agents mean nothing here: people are known
by `post` or `seat` and `person`, accounts by `account`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import mesa
import pandas as pd

from sim.agents.leader import Leader
from sim.agents.marketer import Marketer
from sim.agents.prospect import Prospect
from sim.agents.salesperson import Salesperson
from sim.config import FUNCTIONS
from sim.market.channels import N_CHANNELS
from sim.org.attention import ACTIVITY_NAMES

if TYPE_CHECKING:
    from sim.model import GoToMarket

Reporter = Callable[[Any], Any]  # agent -> value

OF_ACCOUNTS = (
    "account", "stage_name", "is_in_market", "awareness", "favourability", "fit", "owner", "author", "score",
    "contract_usd", "expected_discount", "first_touch", "last_touch",
)  # fmt: skip


class Collector(mesa.DataCollector):
    """Quarters, leaders, salespeople and marketers; with `prospects` also every account, which takes its time."""

    def __init__(self, prospects: bool = False) -> None:
        kinds = {Leader: _of_leaders(), Salesperson: _of_salespeople(), Marketer: _of_marketers()}
        if prospects:
            kinds[Prospect] = {"quarter": _quarter} | {name: _read(name) for name in OF_ACCOUNTS}
        super().__init__(agenttype_reporters=kinds)

    def collect(self, model: GoToMarket) -> None:
        """Record the quarter that has just run, and people as it left them; before the first, people only."""
        if Prospect in self.agenttype_reporters:
            model.prospect_agents()
        if model.rows and not self.model_reporters:
            for name in model.quarter_rows()[-1]:
                self.model_reporters[name] = _last(name)
                self.model_vars[name] = []
        super().collect(model)

    def get_agenttype_vars_dataframe(self, agent_type: type[mesa.Agent]) -> pd.DataFrame:
        """A row per agent of a kind and step; steps are whole numbers under every Mesa."""
        table = super().get_agenttype_vars_dataframe(agent_type)
        if agent_type not in self.agenttype_reporters:
            return table
        steps, agents = (table.index.get_level_values(level) for level in table.index.names)
        return table.set_index([steps.astype(int), agents])


def _of_leaders() -> dict[str, Reporter]:
    return (
        {"quarter": _quarter, "post": _read("title"), "is_filled": _read("is_filled"), "person": _read("person")}
        | {f"skill_{name}": _of_person(_part("skill", name)) for name in FUNCTIONS}
        | {
            name: _of_person(_read(name))
            for name in ("tenure_weeks", "horizon_quarters", "exhaustion", "disengagement")
        }
        | {"hours_per_week": _read("hours_per_week")}
        | {f"hours_{name}": _part("attention", name) for name in ACTIVITY_NAMES}
        | {f"spare_hours_{name}": _part("spare_hours", name) for name in FUNCTIONS}
    )


def _of_seats() -> dict[str, Reporter]:
    known = ("tenure_weeks", "ramp", "skill", "exhaustion", "disengagement", "trust", "conflict")
    return {name: _read(name) for name in ("seat", "is_filled", "person")} | {
        name: _of_person(_read(name)) for name in known
    }


def _of_salespeople() -> dict[str, Reporter]:
    return (
        {"quarter": _quarter}
        | _of_seats()
        | {name: _read(name) for name in ("quota_usd", "booked_usd", "attainment", "prospecting_hours")}
        | {f"hours_{name}": _part("hours", name) for name in ("deals", "leads")}
    )


def _of_marketers() -> dict[str, Reporter]:
    beliefs = {f"belief_in_channel_{channel}": _part("beliefs", channel) for channel in range(N_CHANNELS)}
    return {"quarter": _quarter} | _of_seats() | {"hours_per_week": _read("hours_per_week")} | beliefs


# Plain functions, because Mesa's versions disagree about what else may report.


def _quarter(agent: Any) -> int:
    """The quarter that has just run; before the first, the one before it."""
    return int(agent.model.quarter - 1)


def _read(name: str) -> Reporter:
    return lambda agent: getattr(agent, name)


def _part(name: str, key: Any) -> Reporter:
    return lambda agent: getattr(agent, name)[key]


def _of_person(reporter: Reporter) -> Reporter:
    """What is known of a person; NaN where nobody is."""
    return lambda agent: reporter(agent) if agent.is_filled else math.nan


def _last(name: str) -> Callable[[GoToMarket], Any]:
    return lambda model: model.rows[-1][name]
