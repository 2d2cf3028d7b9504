"""How people live: what the quarter demanded of them and gave them, three months of strain, who leaves, who comes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.market.laws import Floats
from sim.org import conditions
from sim.org.attention import index
from sim.org.careers import quarterly_presence
from sim.org.conflict import LOWEST
from sim.org.leaders import live_quarter
from sim.org.once import once_per_config
from sim.org.planning import Plan
from sim.org.reorganisation import settling
from sim.org.structure import NOBODY, SALES, Structure
from sim.org.trust import pooled_share
from sim.org.workforce import Workforce
from sim.periods import MONTHS_PER_QUARTER
from sim.phases import reviewing

if TYPE_CHECKING:
    from sim.model import GoToMarket

TRAVEL_ACV_USD = 30_000.0  # a deal of this size is sold with the usual travel; bigger ones with more
MOST_LEADER_CONFLICT = 4.0  # on 1-7, of two leaders who do not cooperate at all: rarely worse [massey-dawes-2007]


def staff_live(model: GoToMarket) -> None:
    """Three months of both teams: strain, notice, and at the quarter's end empty seats and newcomers."""
    people, switches, norms = model.config.people, model.config.mechanisms, model.config.norms
    left = {}
    for team, base, group, here in (
        (model.sales, people.sales_attrition_per_year, norms.sales, _met_by_sales(model)),
        (model.marketing, people.marketing_attrition_per_year, norms.marketing, _met_by_marketing(model)),
    ):
        worn = conditions.composite(people, group, here)
        left[team.function] = team.live(people, switches, model.luck, *worn, base, group)
    if any(team.lived.left for team in (model.sales, model.marketing)):
        reviewing.quits_are_felt(model, left)
    model.unsettled = model.unsettled * settling(people)


def leaders_live(model: GoToMarket) -> None:
    """Three months of the leaders: strain, notice, succession; a new face at the table starts cooperation afresh."""
    demands, resources = leader_conditions(model, model.plan, model.pressure)
    leaves = live_quarter(
        model.leaders, model.planner.structure, model.config.people, model.config.mechanisms, model.luck,
        demands, resources, model.config.norms.leaders, len(model.rows) * MONTHS_PER_QUARTER,
    )  # fmt: skip
    model.left_posts = tuple(np.flatnonzero(leaves).tolist())
    if model.left_posts:
        meet_afresh(model, leaves)


def meet_afresh(model: GoToMarket, is_new: npt.NDArray[np.bool_]) -> None:
    """Two leaders of whom one is new, `is_new` of shape (n_posts,), cooperate at first no more than strangers do."""
    switches, structure = model.config.mechanisms, model.planner.structure
    if not switches.cooperation or switches.clamp.cooperation is not None or not structure.has_two_leaders:
        return
    if is_new[list(structure.leader_of)].any():
        model.cooperation = min(model.cooperation, model.config.people.cooperation_base)


def sales_conditions(model: GoToMarket) -> dict[str, Floats]:
    """What the quarter was like for each salesperson; arrays of shape (n_seats,)."""
    return conditions.by_name(model.config.norms.sales, _met_by_sales(model))


def _met_by_sales(model: GoToMarket) -> Floats:
    seats, here = model.seats, _met_by_all(model, model.sales)
    here[conditions.SUPPORT] = model.plan.quality[index("sales_people")]
    conditions.meet_selling(
        here, seats.load, seats.junk_hours, seats.calling_hours, seats.hours_used, seats.booked_usd, seats.quota_usd,
        math.sqrt(model.config.company.acv_usd / TRAVEL_ACV_USD), 1.0 - float(model.unfair[SALES]),
    )  # fmt: skip
    return here


def marketing_conditions(model: GoToMarket) -> dict[str, Floats]:
    """What the quarter was like for each marketer; arrays of shape (n_seats,)."""
    return conditions.by_name(model.config.norms.marketing, _met_by_marketing(model))


def _met_by_marketing(model: GoToMarket) -> Floats:
    team, stated, seats, credit = model.marketing, model.base.company, model.seats, model.credit
    here = _met_by_all(model, team)
    there = max(float(quarterly_presence(team.vacant_weeks).sum()), 0.5)
    asked = model.money.programme_usd / stated.program_budget_usd_per_year * stated.n_marketers / there
    called = pooled_share(seats.called.sum(axis=0), seats.passed.sum(axis=0), model.config.people.hearsay_leads)
    known = 1.0
    if credit.true_share > 0.0:
        known = min(credit.recorded_share / credit.true_share, conditions.MOST_RECOGNITION)
    here[conditions.WORKLOAD] = min(asked, 3.0)
    here[conditions.SUPPORT] = model.plan.quality[index("marketing_people")]
    here[conditions.USE] = 0.5 * (called[: team.n] + model.content_used)
    here[conditions.RECOGNITION] = known
    return here


def _met_by_all(model: GoToMarket, team: Workforce) -> Floats:
    """Conditions that both functions know alike: conflict, ambiguity, pressure, autonomy, clarity; shape (11, n)."""
    config, structure = model.config, model.planner.structure
    post = structure.leader_of[team.function]
    here = _met_by_everybody(model, team.n, model.pressure)
    here[conditions.CONFLICT] = team.conflict
    here[conditions.AMBIGUITY] = (config.norms.sales, config.norms.marketing)[team.function].ambiguity.mean
    if config.mechanisms.role_ambiguity:
        here[conditions.AMBIGUITY] = conditions.ambiguity(
            config.people, model.chosen.roles.crossover, float(model.plan.effect[post]),
            float(model.unsettled[team.function]),
        )  # fmt: skip
    here[conditions.AUTONOMY] = structure.posts[post].mandate if config.mechanisms.mandate else 1.0
    return here


def _met_by_everybody(model: GoToMarket, n: int, pressure: float) -> Floats:
    """Conditions of the whole company: pressure and clarity; shape (11, n)."""
    here = conditions.nothing_met(n)
    here[conditions.PRESSURE] = pressure
    here[conditions.CLARITY] = model.config.pathways.clarity_role_clarity * model.practices.role_clarity
    return here


def leader_conditions(model: GoToMarket, plan: Plan, pressure: float) -> tuple[Floats, Floats]:
    """Demands and resources of each leader in SD, shapes (n_posts,)."""
    here = _met_by_leaders(model, plan, pressure)
    return conditions.composite(model.config.people, model.config.norms.leaders, here)


def raw_leader_conditions(model: GoToMarket, plan: Plan, pressure: float) -> dict[str, Floats]:
    """What the quarter is like for each leader; arrays of shape (n_posts,)."""
    return conditions.by_name(model.config.norms.leaders, _met_by_leaders(model, plan, pressure))


def _met_by_leaders(model: GoToMarket, plan: Plan, pressure: float) -> Floats:
    switches, structure = model.config.mechanisms, model.planner.structure
    with_peer = LOWEST
    if switches.conflict:
        with_peer += (MOST_LEADER_CONFLICT - LOWEST) * (1.0 - plan.cooperation)
    here, (has_peer, mandates) = _met_by_everybody(model, structure.n, pressure), _posts(structure)
    quarrels = reviewing.mean_conflict(model)
    conditions.meet_leading(here, model.planner.led, plan.needs, plan.hours, has_peer, quarrels, with_peer)
    here[conditions.AUTONOMY] = mandates if switches.mandate else 1.0
    return here


@once_per_config
def _posts(structure: Structure) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Which posts have a peer, and the mandate of each; shapes (n_posts,)."""
    has_peer = [structure.peer_of(post) != NOBODY for post in range(structure.n)]
    return np.array(has_peer), np.array([post.mandate for post in structure.posts])
