"""The leaders' planning rehearsed: what they would decide now, and what that rests on. Changes nothing."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.org.alignment import Upkeep
from sim.org.leaders import Leaders
from sim.org.money import Money
from sim.org.plan import Allotment, Plan, Situation
from sim.org.planning import Planner
from sim.phases import planning

if TYPE_CHECKING:
    from sim.model import GoToMarket


@dataclass(frozen=True)
class Rehearsal:
    """What a quarter's planning would come to, by the functions that the quarter itself calls."""

    upkeep: Upkeep
    planner: Planner  # under the practices as lived
    cooperation: float  # C in the quarter
    allotments: tuple[Allotment, ...]  # per post
    leaders: Leaders  # with the quarter's hours
    situation: Situation
    plan: Plan
    money: Money  # after its move


def rehearsed(model: GoToMarket) -> Rehearsal:
    """The planning of the quarter that comes next (after `quarter_begins`), without running it."""
    upkeep = planning.practices_kept(model)
    planner = model.planner.under(upkeep.practices)
    cooperation = planning.coming_cooperation(model, planner)
    state = (model.pressure, cooperation)
    posts = range(planner.structure.n)
    allotments = tuple(planner.allotted(model.leaders, post, *state) for post in posts)
    leaders = copy.deepcopy(model.leaders)
    planner.attend(leaders, planner.everybody, *state)
    plan = planner.decided(leaders, *state)
    money = planning.moved_money(model, plan)
    return Rehearsal(upkeep, planner, cooperation, allotments, leaders, planner.situation(leaders, *state), plan, money)
