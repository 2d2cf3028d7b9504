"""Between two leaders: how far they cooperate, and what each counts of the other's costs."""

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
    conflict_above_usual: float,
) -> float:
    """C in [0, 1] that two leaders move to: practices, less gap in level, pressure, conflict [homburg-jensen-2007].

    `conflict_above_usual` is in points of staff's mean conflict above the reference population's.
    """
    gain = (
        pathways.cooperation_shared_kpis * practices.shared_kpis
        + pathways.cooperation_joint_reviews * practices.joint_reviews
        + pathways.cooperation_role_clarity * practices.role_clarity
        + pathways.cooperation_shared_crm * practices.shared_crm
        + pathways.cooperation_unified_incentives * practices.unified_incentives
        + pathways.cooperation_cross_learning * practices.cross_learning
    )
    loss = (
        people.cooperation_level_gap * level_gap
        + people.cooperation_pressure * pressure
        + people.cooperation_conflict * conflict_above_usual
    )
    return _clipped(people.cooperation_base + gain - loss)


def internalisation(
    leads_both: bool, mandate: float, cooperation: float, shared_kpis: float, superior_answers_for_both: bool
) -> float:
    """Omega in [0, 1]: how far a decider counts the other function's costs; 1 for who leads both."""
    if leads_both:
        return 1.0
    own = max(cooperation, shared_kpis)
    return mandate * own + (1.0 - mandate) * (1.0 if superior_answers_for_both else own)
