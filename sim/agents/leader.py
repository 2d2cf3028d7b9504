"""A leader: holds a post, spends a week's hours over the activities of the functions led."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.org import attention as attending
from sim.org import strain

if TYPE_CHECKING:
    from sim.model import GoToMarket


class Leader(mesa.Agent):
    """One post's holder; `post` is its number in the structure."""

    model: GoToMarket

    def __init__(self, model: GoToMarket, post: int) -> None:
        super().__init__(model)
        self.post = post

    def plan(self) -> None:
        """Plan the quarter's hours."""
        m = self.model
        m.planner.attend(m.leaders, self.post, m.pressure, m.cooperation)

    @property
    def title(self) -> str:
        """Name of the post."""
        return self.model.planner.structure.names[self.post]

    @property
    def horizon_quarters(self) -> float:
        """Effective planning horizon under the present pressure, quarters."""
        return float(self.model.planner.horizons(self.model.leaders, self.model.pressure)[self.post])

    @property
    def attention(self) -> dict[str, float]:
        """Hours a week given to each activity."""
        hours = self.model.leaders.attention[self.post]
        return dict(zip(attending.ACTIVITY_NAMES, hours.tolist(), strict=True))

    @property
    def exhaustion(self) -> float:
        """Exhaustion, 0-100."""
        norms = self.model.config.norms.leaders
        return float(strain.score(self.model.leaders.exhaustion[self.post], norms.exhaustion))
