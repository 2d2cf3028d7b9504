"""What the leaders of a structure lead, what it needs of them, and what they weigh: prepared once per structure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.compiled import record
from sim.config import OrgConfig, SimConfig
from sim.org import attention as attending
from sim.org.allotment import MARGINAL
from sim.org.attention import Activities, Activity
from sim.org.once import once_per_config
from sim.org.posts import Bools, Floats, Ints, Post, Posts, Record, Rules
from sim.org.structure import NOBODY, Structure, resolved


@dataclass(frozen=True)
class Remits:
    """What a structure's leaders are there for; arrays of records as compiled code takes them."""

    structure: Structure
    posts: Posts
    leader_of: Ints  # (2,): post that leads a function
    activities: Activities
    funded: Activities  # the same, worth what their money and staff are worth in place of a leader's hours
    needs: Floats  # (9,): hours a week that each activity needs of a leader
    led: Bools  # (n_posts, 9): whose activity it is
    rules: Record


@once_per_config
def remits_of(config: SimConfig, org: OrgConfig) -> Remits:
    """The remits of a structure's posts in the company as it is."""
    structure, function = resolved(org), attending.FUNCTION_OF
    activities = activities_of(config, structure)
    funded = activities.copy()
    funded["elasticity"] = attending.column(config.activities, "money_elasticity")
    led = np.array([[f in functions for f in function.tolist()] for functions in structure.functions])
    return Remits(
        structure=structure,
        posts=np.concatenate([record(_post(config, structure, post)) for post in range(structure.n)]),
        leader_of=np.array(structure.leader_of),
        activities=activities,
        funded=funded,
        needs=activities["need"].copy(),
        led=led,
        rules=record(_rules(config)),
    )


def activities_of(config: SimConfig, structure: Structure) -> Activities:
    """The nine activities: coaching, people and experiments may be the board's to judge, whoever decides."""
    company, function = config.company, attending.FUNCTION_OF
    needs = attending.team_needs(config.people, (company.n_salespeople, company.n_marketers))
    share = attending.column(config.activities, "need_share") * np.array(structure.is_staffed)[function]
    is_held = attending.IS_DEVELOPMENT & (not config.mechanisms.horizon_development)
    columns = {
        "function": function,
        "leader": np.where(np.array(structure.is_staffed), structure.leader_of, NOBODY)[function],
        "need": share * needs[0][function],
        "lead_need": share * needs[1][function],
        "elasticity": attending.column(config.activities, "elasticity"),
        "lag": attending.column(config.activities, "lag_quarters"),
        "held": np.where(is_held, company.board_horizon_quarters, np.nan),
    }
    activities = np.zeros(len(function), [(name, columns[name].dtype) for name in Activity._fields])
    for name, column in columns.items():
        activities[name] = column
    return activities


def _post(config: SimConfig, structure: Structure, number: int) -> Post:
    post, peer, switches = structure.posts[number], structure.peer_of(number), config.mechanisms
    return Post(
        hours=float(post.hours_per_week),
        n_elsewhere=post.other_domains,
        leads=bool(structure.functions[number]),
        superior=structure.superior[number],
        peer=peer,
        is_listened_to=peer != NOBODY and switches.peer_mixing,
        mandate=float(post.mandate) if switches.mandate else 1.0,
    )


def _rules(config: SimConfig) -> Rules:
    people, switches = config.people, config.mechanisms
    held = switches.clamp.attention_marketing_share
    return Rules(
        kernel_order=float(people.kernel_order),
        mixes_values=people.mixing == "values",
        equalises=people.attention_rule == MARGINAL,
        board_horizon=float(config.company.board_horizon_quarters),
        attention=switches.horizon_attention,
        budget=switches.horizon_budget,
        discount=switches.horizon_discount,
        lead_bar=switches.horizon_lead_bar,
        split=switches.horizon_reallocation,
        adjustment=float(people.attention_adjustment),
        is_scarce=switches.attention_scarcity,
        uses_spare=switches.spare_hours,
        marketing_share=math.nan if held is None else float(held),
        full_week=float(people.leader_hours_per_week),
        meeting_hours=float(people.leader_meeting_hours) if switches.leader_meetings else 0.0,
        switching_loss=float(people.switching_loss) if switches.switching_loss else 0.0,
    )
