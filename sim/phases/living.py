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
from sim.org.planning import Plan
from sim.org.reorganisation import settling
from sim.org.structure import NOBODY, SALES
from sim.org.trust import pooled_share
from sim.org.workforce import Workforce
from sim.periods import MONTHS_PER_QUARTER, WEEKS_PER_QUARTER
from sim.phases import reviewing

if TYPE_CHECKING:
    from sim.model import GoToMarket

TRAVEL_ACV_USD = 30_000.0  # a deal of this size is sold with the usual travel; bigger ones with more
MOST_RECOGNITION = 2.0
MOST_LEADER_CONFLICT = 4.0  # on 1-7, of two leaders who do not cooperate at all: rarely worse [massey-dawes-2007]


def staff_live(model: GoToMarket) -> None:
    """Three months of both teams: strain, notice, and at the quarter's end empty seats and newcomers."""
    people, switches, norms = model.config.people, model.config.mechanisms, model.config.norms
    left = {}
    for team, base, group, here in (
        (model.sales, people.sales_attrition_per_year, norms.sales, sales_conditions(model)),
        (model.marketing, people.marketing_attrition_per_year, norms.marketing, marketing_conditions(model)),
    ):
        demands = conditions.composite(people, group, here, conditions.DEMANDS)
        resources = conditions.composite(people, group, here, conditions.RESOURCES)
        left[team.function] = team.live(people, switches, model.luck, demands, resources, base, group)
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
    seats, company = model.seats, model.config.company
    attained = conditions.ratios(seats.booked_usd, seats.quota_usd, 1.0)
    far = math.sqrt(company.acv_usd / TRAVEL_ACV_USD)
    fair = 1.0 - model.unfair[SALES]
    return _shared_conditions(model, model.sales) | {
        "workload": seats.load.copy(),
        "junk": conditions.ratios(seats.junk_hours, seats.calling_hours, 0.0),
        "travel": seats.hours_used / WEEKS_PER_QUARTER * far,
        "support": np.full(model.sales.n, model.plan.quality[index("sales_people")]),
        "recognition": np.minimum(attained, MOST_RECOGNITION) * fair,
    }


def marketing_conditions(model: GoToMarket) -> dict[str, Floats]:
    """What the quarter was like for each marketer; arrays of shape (n_seats,)."""
    team, stated, seats = model.marketing, model.base.company, model.seats
    there = max(float(quarterly_presence(team.vacant_weeks).sum()), 0.5)
    asked = model.money.programme_usd / stated.program_budget_usd_per_year * stated.n_marketers / there
    called = pooled_share(seats.called.sum(axis=0), seats.passed.sum(axis=0), model.config.people.hearsay_leads)
    credit = model.credit
    known = min(credit.recorded_share / credit.true_share, MOST_RECOGNITION) if credit.true_share > 0.0 else 1.0
    return _shared_conditions(model, team) | {
        "workload": np.full(team.n, min(asked, 3.0)),
        "support": np.full(team.n, model.plan.quality[index("marketing_people")]),
        "use": 0.5 * (called[: team.n] + model.content_used),
        "recognition": np.full(team.n, known),
    }


def _shared_conditions(model: GoToMarket, team: Workforce) -> dict[str, Floats]:
    """Conditions that both functions know alike: conflict, ambiguity, pressure, autonomy, clarity."""
    config, structure = model.config, model.planner.structure
    post = structure.leader_of[team.function]
    group = (config.norms.sales, config.norms.marketing)[team.function]
    unclear = group.ambiguity.mean
    if config.mechanisms.role_ambiguity:
        unclear = conditions.ambiguity(
            config.people, model.chosen.roles.crossover, float(model.plan.effect[post]),
            float(model.unsettled[team.function]),
        )  # fmt: skip
    mandate = structure.posts[post].mandate if config.mechanisms.mandate else 1.0
    return {
        "conflict": team.conflict,
        "ambiguity": np.full(team.n, unclear),
        "pressure": np.full(team.n, model.pressure),
        "autonomy": np.full(team.n, mandate),
        "clarity": np.full(team.n, config.pathways.clarity_role_clarity * model.practices.role_clarity),
    }


def leader_conditions(model: GoToMarket, plan: Plan, pressure: float) -> tuple[Floats, Floats]:
    """Demands and resources of each leader in SD, shapes (n_posts,)."""
    people, norms = model.config.people, model.config.norms.leaders
    here = raw_leader_conditions(model, plan, pressure)
    return (
        conditions.composite(people, norms, here, conditions.DEMANDS),
        conditions.composite(people, norms, here, conditions.RESOURCES),
    )


def raw_leader_conditions(model: GoToMarket, plan: Plan, pressure: float) -> dict[str, Floats]:
    """What the quarter is like for each leader; arrays of shape (n_posts,).

    Needs beyond their hours wear them out; a leader with hours to spare works them too, so there is no relief
    below a full week. Their people's quarrels reach every leader's desk; who has a peer has those with the peer too.
    """
    config, structure, posts = model.config, model.planner.structure, model.planner.structure.posts
    needed = model.planner.led @ plan.needs
    quarrels = reviewing.mean_conflict(model)
    with_peer = LOWEST + (MOST_LEADER_CONFLICT - LOWEST) * (1.0 - plan.cooperation)
    if not config.mechanisms.conflict:
        with_peer = LOWEST
    met = [with_peer if structure.peer_of(post) != NOBODY else LOWEST for post in range(structure.n)]
    return {
        "workload": np.minimum(np.maximum(needed / np.maximum(plan.hours, 1.0) - 1.0, 0.0), 1.0),
        "conflict": 0.5 * (quarrels + np.array(met)),
        "pressure": np.full(structure.n, pressure),
        "autonomy": np.array([post.mandate if config.mechanisms.mandate else 1.0 for post in posts]),
        "clarity": np.full(structure.n, config.pathways.clarity_role_clarity * model.practices.role_clarity),
    }
