"""Between the functions: cooperation of two leaders, what each counts of the other's costs, trust."""

from __future__ import annotations

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig


def _clipped(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def cooperation_target(
    people: PeopleConfig,
    pathways: PathwaysConfig,
    practices: PracticesConfig,
    level_gap: float,
    pressure: float,
) -> float:
    """C in [0, 1] that two leaders move to: practices, less the gap in level and pressure [homburg-jensen-2007]."""
    gain = (
        pathways.cooperation_shared_kpis * practices.shared_kpis
        + pathways.cooperation_joint_reviews * practices.joint_reviews
        + pathways.cooperation_role_clarity * practices.role_clarity
        + pathways.cooperation_shared_crm * practices.shared_crm
        + pathways.cooperation_unified_incentives * practices.unified_incentives
        + pathways.cooperation_cross_learning * practices.cross_learning
    )
    loss = people.cooperation_level_gap * level_gap + people.cooperation_pressure * pressure
    return _clipped(people.cooperation_base + gain - loss)


def internalisation(
    leads_both: bool, mandate: float, cooperation: float, shared_kpis: float, superior_answers_for_both: bool
) -> float:
    """Omega in [0, 1]: how far a decider counts the other function's costs; 1 for who leads both."""
    if leads_both:
        return 1.0
    own = max(cooperation, shared_kpis)
    return mandate * own + (1.0 - mandate) * (1.0 if superior_answers_for_both else own)


def trust_level(people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig) -> float:
    """Mean trust in [0, 1] of a salesperson in a marketer's leads under these practices."""
    return _clipped(
        people.trust_base
        + pathways.trust_role_clarity * practices.role_clarity
        + pathways.trust_joint_reviews * practices.joint_reviews
        + pathways.trust_shared_crm * practices.shared_crm
        + pathways.trust_unified_incentives * practices.unified_incentives
    )


def follow_up_chance(trust: float, ignored_share: float) -> float:
    """Probability that a salesperson takes up a lead: 1 at full trust, 1 - ignored_share at none."""
    return 1.0 - ignored_share * (1.0 - trust)
