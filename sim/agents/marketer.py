"""A marketer's seat: hours for the programmes, and for selling where roles are hybrid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.org import strain

if TYPE_CHECKING:
    from sim.model import GoToMarket


class Marketer(mesa.Agent):
    """One seat in marketing; `seat` is its number, the person in it changes."""

    model: GoToMarket

    def __init__(self, model: GoToMarket, seat: int) -> None:
        super().__init__(model)
        self.seat = seat
        self.hours_per_week = 0.0

    def plan(self) -> None:
        """Hours a week for the programmes in the coming quarter; the split over them follows the budget's."""
        self.hours_per_week = self.model.marketing_desk.programme_hours(self.seat)

    @property
    def is_filled(self) -> bool:
        """Whether somebody sits there."""
        return bool(self.model.marketing.is_filled[self.seat])

    @property
    def exhaustion(self) -> float:
        """Exhaustion of the person in the seat, 0-100."""
        norms = self.model.config.norms.marketing
        return float(strain.score(self.model.marketing.exhaustion[self.seat], norms.exhaustion))
