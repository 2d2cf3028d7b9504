"""A leader: holds a post, spends a week's hours over the activities of the functions led."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.config import FUNCTIONS
from sim.org import attention as attending
from sim.org import strain

if TYPE_CHECKING:
    from sim.model import GoToMarket


class Leader(mesa.Agent):
    """One post's holder; `post` is its number in the structure. While it is open, its holder is who comes next.

    A view: leaders plan their weeks together (`sim.org.weeks`), each for the own post.
    """

    model: GoToMarket

    def __init__(self, model: GoToMarket, post: int) -> None:
        super().__init__(model)
        self.post = post

    @property
    def title(self) -> str:
        """Name of the post."""
        return self.model.planner.structure.names[self.post]

    @property
    def functions(self) -> tuple[str, ...]:
        """Names of the functions led."""
        return tuple(FUNCTIONS[f] for f in self.model.planner.structure.functions[self.post])

    @property
    def is_filled(self) -> bool:
        """Whether somebody holds the post."""
        return bool(self.model.leaders.vacant_weeks[self.post] <= 0.0)

    @property
    def person(self) -> int:
        """Running number of the post's holder, 0 for who held it first."""
        return int(self.model.leaders.person[self.post])

    @property
    def tenure_weeks(self) -> float:
        """Weeks in the post."""
        return float(self.model.leaders.tenure_weeks[self.post])

    @property
    def skill(self) -> dict[str, float]:
        """Competence in each function, 0..1."""
        return dict(zip(FUNCTIONS, self.model.leaders.skill[self.post].tolist(), strict=True))

    @property
    def horizon_quarters(self) -> float:
        """Effective planning horizon under the present pressure, quarters."""
        return float(self.model.planner.horizons(self.model.leaders, self.model.pressure)[self.post])

    @property
    def hours_per_week(self) -> float:
        """Effective hours, after strain, meetings, practices and switching."""
        return float(self.model.leaders.hours[self.post])

    @property
    def attention(self) -> dict[str, float]:
        """Hours a week given to each activity."""
        hours = self.model.leaders.attention[self.post]
        return dict(zip(attending.ACTIVITY_NAMES, hours.tolist(), strict=True))

    @property
    def spare_hours(self) -> dict[str, float]:
        """Hours a week of staff work in each function."""
        return dict(zip(FUNCTIONS, self.model.leaders.spare[self.post].tolist(), strict=True))

    @property
    def exhaustion(self) -> float:
        """Exhaustion, 0-100."""
        norms = self.model.config.norms.leaders
        return float(strain.score(self.model.leaders.exhaustion[self.post], norms.exhaustion))

    @property
    def disengagement(self) -> float:
        """Disengagement, 0-100."""
        norms = self.model.config.norms.leaders
        return float(strain.score(self.model.leaders.disengagement[self.post], norms.disengagement))
