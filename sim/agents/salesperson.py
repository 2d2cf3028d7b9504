"""A salesperson's seat: splits the week's hours over deals, leads, content, practices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.org import strain

if TYPE_CHECKING:
    from sim.model import GoToMarket


class Salesperson(mesa.Agent):
    """One seat in sales; `seat` is its number, the person in it changes."""

    model: GoToMarket

    def __init__(self, model: GoToMarket, seat: int) -> None:
        super().__init__(model)
        self.seat = seat

    def plan(self) -> None:
        """Split the coming weeks' hours over opportunities and leads."""
        desk, seat = self.model.sales_desk, self.seat
        seats = self.model.seats
        seats.selling_hours[seat] = desk.selling_hours(seat)
        seats.lead_hours[seat] = desk.lead_hours(seat)

    @property
    def is_filled(self) -> bool:
        """Whether somebody sits there."""
        return bool(self.model.sales.is_filled[self.seat])

    @property
    def exhaustion(self) -> float:
        """Exhaustion of the person in the seat, 0-100."""
        norms = self.model.config.norms.sales
        return float(strain.score(self.model.sales.exhaustion[self.seat], norms.exhaustion))

    @property
    def quota_usd(self) -> float:
        """Bookings expected of the seat this quarter, USD."""
        return float(self.model.seats.quota_usd[self.seat])

    @property
    def attainment(self) -> float:
        """Bookings over quota this quarter."""
        return float(self.model.seats.booked_usd[self.seat] / max(self.quota_usd, 1e-9))
