"""A seat of a function's team: what salespeople and marketers have in common."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import TYPE_CHECKING

import mesa

from sim.org import strain

if TYPE_CHECKING:
    from sim.model import GoToMarket
    from sim.org.workforce import Workforce


class Seat(mesa.Agent):
    """One seat; `seat` is its number, the person in it changes. While it is open, its person is who comes next.

    A view: the seats of a team plan their hours together (`sim.org.desks`).
    """

    model: GoToMarket

    def __init__(self, model: GoToMarket, seat: int) -> None:
        super().__init__(model)
        self.seat = seat

    @property
    @abstractmethod
    def team(self) -> Workforce:
        """The team that the seat belongs to."""

    @property
    @abstractmethod
    def norms(self) -> strain.Group:
        """The reference population of the seat's function."""

    @property
    @abstractmethod
    def trust_in(self) -> dict[int, float]:
        """Trust in the person in each seat of the other function, 0..1; empty where marketing is not staffed."""

    @property
    def is_filled(self) -> bool:
        """Whether somebody sits there."""
        return bool(self.team.is_filled[self.seat])

    @property
    def person(self) -> int:
        """Running number of the person in the seat, 0 for who was there at the start."""
        return int(self.team.person[self.seat])

    @property
    def tenure_weeks(self) -> float:
        """Weeks since the person was hired."""
        return float(self.team.tenure_weeks[self.seat])

    @property
    def ramp(self) -> float:
        """Share of full output by tenure in the week to come, 0..1."""
        return float(self.team.ramp(self.model.config.people)[self.seat, 0])

    @property
    def skill(self) -> float:
        """Skill, SD."""
        return float(self.team.skill[self.seat])

    @property
    def exhaustion(self) -> float:
        """Exhaustion of the person in the seat, 0-100."""
        return float(strain.score(self.team.exhaustion[self.seat], self.norms.exhaustion))

    @property
    def disengagement(self) -> float:
        """Disengagement of the person in the seat, 0-100."""
        return float(strain.score(self.team.disengagement[self.seat], self.norms.disengagement))

    @property
    def conflict(self) -> float:
        """Conflict with the other function, 1-7."""
        return float(self.team.conflict[self.seat])

    @property
    def trust(self) -> float:
        """Mean trust in the people of the other function, 0..1; NaN where marketing is not staffed."""
        levels = self.trust_in.values()
        return sum(levels) / len(levels) if levels else math.nan
