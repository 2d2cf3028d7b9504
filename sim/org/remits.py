"""What the leaders of a structure lead, what it needs of them, and what they weigh: prepared once per structure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.compiled import record
from sim.config import OrgConfig, SimConfig
from sim.org import attention as attending
from sim.org.once import once_per_config
from sim.org.posts import Floats, Ints, Posts, Record, Rules
from sim.org.structure import NOBODY, Structure, resolved


@dataclass(frozen=True)
class Remits:
    """What a structure's leaders are there for."""

    structure: Structure
    posts: Posts
    rules: Record  # of `Rules`
    lead_needs: Floats  # (9,): hours a week that each activity needs of team leads
    leader: Ints  # (9,): post that leads an activity, NOBODY where nobody works in it


@once_per_config
def remits_of(config: SimConfig, org: OrgConfig) -> Remits:
    """The remits of a structure's posts in the company as it is."""
    structure, company, function = resolved(org), config.company, attending.FUNCTION_OF
    needs, lead_needs = attending.team_needs(config.people, (company.n_salespeople, company.n_marketers))
    shares = attending.column(config.activities, "need_share")
    is_staffed = np.array(structure.is_staffed)[function]
    needs, lead_needs = (np.where(is_staffed, shares * hours[function], 0.0) for hours in (needs, lead_needs))
    return Remits(
        structure=structure,
        posts=posts_of(config, structure, needs),
        rules=record(_rules(config)),
        lead_needs=lead_needs,
        leader=np.where(is_staffed, np.array(structure.leader_of)[function], NOBODY),
    )


def posts_of(config: SimConfig, structure: Structure, needs: Floats) -> Posts:
    """The posts, and the activities: coaching, people and experiments may be the board's to judge, whoever decides."""
    switches, peer = config.mechanisms, np.array([structure.peer_of(post) for post in range(structure.n)])
    is_held = attending.IS_DEVELOPMENT & (not switches.horizon_development)
    return Posts(
        hours=np.array([post.hours_per_week for post in structure.posts]),
        n_elsewhere=np.array([post.other_domains for post in structure.posts]),
        superior=np.array(structure.superior),
        peer=peer,
        is_listened_to=(peer != NOBODY) & switches.peer_mixing,
        mandate=np.array([post.mandate if switches.mandate else 1.0 for post in structure.posts]),
        led=np.array([[f in led for f in attending.FUNCTION_OF.tolist()] for led in structure.functions]),
        leader_of=np.array(structure.leader_of),
        needs=needs,
        elasticity=attending.column(config.activities, "elasticity"),
        lag=attending.column(config.activities, "lag_quarters"),
        held=np.where(is_held, config.company.board_horizon_quarters, np.nan),
    )


def _rules(config: SimConfig) -> Rules:
    people, switches = config.people, config.mechanisms
    held = switches.clamp.attention_marketing_share
    return Rules(
        kernel_order=people.kernel_order,
        mixes_values=people.mixing == "values",
        board_horizon=config.company.board_horizon_quarters,
        attention=switches.horizon_attention,
        budget=switches.horizon_budget,
        discount=switches.horizon_discount,
        lead_bar=switches.horizon_lead_bar,
        split=switches.horizon_reallocation,
        adjustment=people.attention_adjustment,
        is_scarce=switches.attention_scarcity,
        uses_spare=switches.spare_hours,
        marketing_share=math.nan if held is None else held,
        full_week=people.leader_hours_per_week,
        meeting_hours=people.leader_meeting_hours if switches.leader_meetings else 0.0,
        switching_loss=people.switching_loss if switches.switching_loss else 0.0,
    )
