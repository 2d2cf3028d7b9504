"""A salesperson's seat: splits the week's hours over deals, leads, content, practices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.seat import Seat
from sim.org.practices import staff_hours_per_week
from sim.org.trust import OF_SALES

if TYPE_CHECKING:
    from sim.config import SalesNorms
    from sim.org.workforce import Workforce


class Salesperson(Seat):
    """One seat in sales."""

    @property
    def team(self) -> Workforce:
        """All seats in sales."""
        return self.model.sales

    @property
    def norms(self) -> SalesNorms:
        """Salespeople of the reference population."""
        return self.model.config.norms.sales

    @property
    def trust_in(self) -> dict[int, float]:
        """Trust in the leads of each marketer's seat, 0..1."""
        if not self.model.is_marketing_staffed:
            return {}
        return dict(enumerate(self.model.trust.level[OF_SALES, self.seat].tolist()))

    @property
    def hours(self) -> dict[str, float]:
        """Hours a week of this quarter for deals and leads, in hours' worth of a fully ramped person; mean."""
        seats = self.model.seats
        return {
            "deals": float(seats.selling_hours[self.seat].mean()),
            "leads": float(seats.lead_hours[self.seat].mean()),
        }

    @property
    def prospecting_hours(self) -> float:
        """Of the hours for leads, those left for own prospecting in the last week."""
        return float(self.model.seats.prospecting_hours[self.seat])

    @property
    def overhead_hours(self) -> dict[str, float]:
        """Hours a week of everybody in sales that content of their own and practices take."""
        config = self.model.config
        return {
            "own_content": self.model.own_content * config.people.staff_hours_per_week,
            "practices": staff_hours_per_week(config.pathways, self.model.practices),
        }

    @property
    def quota_usd(self) -> float:
        """Bookings expected of the seat this quarter, USD."""
        return float(self.model.seats.quota_usd[self.seat])

    @property
    def booked_usd(self) -> float:
        """Bookings of the seat this quarter, USD."""
        return float(self.model.seats.booked_usd[self.seat])

    @property
    def attainment(self) -> float:
        """Bookings over quota this quarter."""
        return float(self.model.seats.booked_usd[self.seat] / max(self.quota_usd, 1e-9))
