"""Between two leaders: how far they cooperate, and what each counts of the other's costs."""

from __future__ import annotations

from typing import NamedTuple

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig


def _clipped(value: float) -> float:
    return min(max(value, 0.0), 1.0)


class CooperationTerms(NamedTuple):
    """What C of two leaders is made of: a base, what each practice adds, what gap, pressure and conflict take."""

    base: float
    shared_kpis: float
    joint_reviews: float
    role_clarity: float
    shared_crm: float
    unified_incentives: float
    cross_learning: float
    level_gap: float  # taken, as the two that follow
    pressure: float
    conflict: float

    @property
    def target(self) -> float:
        """C in [0, 1] that the leaders move to."""
        gain = (
            self.shared_kpis + self.joint_reviews + self.role_clarity
            + self.shared_crm + self.unified_incentives + self.cross_learning
        )  # fmt: skip
        loss = self.level_gap + self.pressure + self.conflict
        return _clipped(self.base + gain - loss)


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
    return cooperation_terms(people, pathways, practices, level_gap, pressure, conflict_above_usual).target


def cooperation_terms(
    people: PeopleConfig,
    pathways: PathwaysConfig,
    practices: PracticesConfig,
    level_gap: float,
    pressure: float,
    conflict_above_usual: float,
) -> CooperationTerms:
    """The terms of `cooperation_target`, each in units of C."""
    return CooperationTerms(
        base=people.cooperation_base,
        shared_kpis=pathways.cooperation_shared_kpis * practices.shared_kpis,
        joint_reviews=pathways.cooperation_joint_reviews * practices.joint_reviews,
        role_clarity=pathways.cooperation_role_clarity * practices.role_clarity,
        shared_crm=pathways.cooperation_shared_crm * practices.shared_crm,
        unified_incentives=pathways.cooperation_unified_incentives * practices.unified_incentives,
        cross_learning=pathways.cooperation_cross_learning * practices.cross_learning,
        level_gap=people.cooperation_level_gap * level_gap,
        pressure=people.cooperation_pressure * pressure,
        conflict=people.cooperation_conflict * conflict_above_usual,
    )


def internalisation(
    leads_both: bool, mandate: float, cooperation: float, shared_kpis: float, superior_answers_for_both: bool
) -> float:
    """Omega in [0, 1]: how far a decider counts the other function's costs; 1 for who leads both."""
    if leads_both:
        return 1.0
    own = max(cooperation, shared_kpis)
    return mandate * own + (1.0 - mandate) * (1.0 if superior_answers_for_both else own)


def grown_cooperation(people: PeopleConfig, target: float, quarters: float) -> float:
    """C of two leaders so many quarters after the newer of them came: from the base toward the target."""
    missing = max(target - people.cooperation_base, 0.0)
    return target - missing * (1.0 - people.cooperation_adjustment) ** quarters


def steady_cooperation(people: PeopleConfig, target: float, leaving_per_quarter: float) -> float:
    """Long-run mean of C where one of two leaders is replaced with this chance a quarter."""
    missing = max(target - people.cooperation_base, 0.0)
    kept = (1.0 - leaving_per_quarter) * (1.0 - people.cooperation_adjustment)
    return target - missing * leaving_per_quarter / (1.0 - kept) if leaving_per_quarter > 0.0 else target
