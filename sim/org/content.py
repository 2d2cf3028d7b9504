"""Content and insight: what marketing makes, what sales uses of it, what salespeople make themselves, one story."""

from __future__ import annotations

import math

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org import attention as attending
from sim.org.planning import Plan

CONTENT = attending.index("content")


def insight_target(people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, plan: Plan) -> float:
    """Insight into buyers in [0, 1] that a company settles at: leadership of content, joint reviews, shared data."""
    return min(
        people.insight_base
        + people.insight_leadership * float(plan.quality[CONTENT])
        + pathways.insight_joint_reviews * practices.joint_reviews
        + pathways.insight_shared_crm * practices.shared_crm,
        1.0,
    )


def content_used(people: PeopleConfig, insight: float, trust: float) -> float:
    """Share of marketing's content that sales uses, 0..1: it must fit the buyer and come from somebody trusted."""
    return min(people.content_use_base + people.content_use_fit * math.sqrt(max(insight * trust, 0.0)), 1.0)


def supply(people: PeopleConfig, covered: float, used: float) -> float:
    """How well salespeople are supplied with content that they use, 0..1; `covered` is g(x/N) of leading it."""
    return covered * min(used / people.content_use_full, 1.0)


def own_content_share(people: PeopleConfig, supplied: float, is_on: bool) -> float:
    """Share of a salesperson's hours that goes into content of their own."""
    return people.own_content_floor + (people.own_content_extra * (1.0 - supplied) if is_on else 0.0)


def message_consistency(
    people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, supplied: float, cross_domain: float
) -> float:
    """How far everybody tells the same story, 0..1: what each makes alone diverges."""
    return min(
        1.0,
        people.consistency_base
        + people.consistency_supply * supplied
        + people.consistency_cross_domain * cross_domain
        + pathways.consistency_role_clarity * practices.role_clarity,
    )
