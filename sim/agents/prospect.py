"""A prospect: a thin view of one account's row, made when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from sim.market.prospects import COLUMN_NAMES, Stage

if TYPE_CHECKING:
    from sim.model import GoToMarket


class Prospect(mesa.Agent):
    """One account; every column of the market is readable as an attribute, none is stored here."""

    model: GoToMarket

    def __init__(self, model: GoToMarket, account: int) -> None:
        super().__init__(model)
        self.account = account

    def __getattr__(self, name: str) -> Any:
        if name in COLUMN_NAMES:
            return self.model.prospects.value(name, self.account)
        raise AttributeError(f"Prospect has no {name}")

    @property
    def stage_name(self) -> str:
        """Where the account rests: outside, mql, opportunity or customer."""
        return Stage(int(self.model.prospects.stage[self.account])).name.lower()

    @property
    def is_in_market(self) -> bool:
        """Whether the account intends to buy now."""
        return bool(self.model.prospects.market_until[self.account] > self.model.week)
