"""A model goes on where another run was: what is not state follows from its own config."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.config import TodayConfig, in_force
from sim.market.laws import laws_of
from sim.org.planning import Planner
from sim.phases import starting
from sim.phases.changing import FIRST_MEASURED
from sim.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from sim.model import GoToMarket


def resume(model: GoToMarket, start: Snapshot) -> None:
    """Take over the state of another run, or raise `SnapshotError` if this one would not be in it.

    Mesa's own count of steps begins anew: quarters are ours.
    """
    start.check(model.base, model.seed)
    for name, value in start.copied().items():
        setattr(model, name, value)
    config = in_force(model.base, start.quarter)
    model.config, model.laws = config, laws_of(config.company, config.market)
    is_measured = start.quarter >= FIRST_MEASURED
    model.chosen = TodayConfig(config.org, config.practices, config.roles) if is_measured else config.today
    model.planner = Planner(config, model.chosen).under(model.practices)
    _cohorts_fit(model)
    starting.leaders_sit_down(model)
    starting.staff_sits_down(model)


def _cohorts_fit(model: GoToMarket) -> None:
    """Room for the quarters of this run, which may be more or fewer than the other's."""
    n = model.base.warm_up_quarters + model.base.horizon_quarters
    wins = np.zeros(max(n, len(model.rows)))
    known = min(n, len(model.cohort_wins))
    wins[:known] = model.cohort_wins[:known]
    model.cohort_wins = wins
