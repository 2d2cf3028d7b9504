"""A marketer's seat: hours for the programmes, and for selling where roles are hybrid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.seat import Seat
from sim.org.attention import PROGRAMMES
from sim.org.trust import OF_MARKETING

if TYPE_CHECKING:
    from sim.config import MarketingNorms
    from sim.org.workforce import Workforce


class Marketer(Seat):
    """One seat in marketing."""

    @property
    def team(self) -> Workforce:
        """All seats in marketing."""
        return self.model.marketing

    @property
    def norms(self) -> MarketingNorms:
        """Marketers of the reference population."""
        return self.model.config.norms.marketing

    @property
    def trust_in(self) -> dict[int, float]:
        """Trust in what each salesperson's seat makes of marketing's work, 0..1."""
        if not self.model.is_marketing_staffed:
            return {}
        return dict(enumerate(self.model.trust.level[OF_MARKETING, :, self.seat].tolist()))

    @property
    def hours_per_week(self) -> float:
        """Hours a week of this quarter for the programmes; the split over them follows the budget's."""
        planned = self.model.marketing_desk.programme_hours
        # Who has just got a seat has not planned yet.
        return float(planned[self.seat]) if self.seat < len(planned) else 0.0

    @property
    def hours(self) -> dict[str, float]:
        """Hours a week of this quarter for each programme, in hours' worth of a fully ramped person."""
        shares = self.model.plan.budget_shares.tolist()
        return {name: share * self.hours_per_week for name, share in zip(PROGRAMMES, shares, strict=True)}

    @property
    def beliefs(self) -> tuple[float, ...]:
        """What the person believes of each channel: ln of its effectiveness."""
        return tuple(self.model.channels.beliefs[self.seat].tolist())
