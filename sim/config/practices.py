"""The six practices of alignment, each 0..1: a dial apart from structure, with hours and money of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sim.params import param

TYPICAL = 0.4


def practice(hours: str) -> float:
    """A config field for one practice; `hours` names what it costs at 1."""
    return param(TYPICAL, unit=f"0 to 1; at 1 costs {hours}", low=0.0, high=1.0, source="assumed: typical is .4")


@dataclass(frozen=True)
class PracticesConfig:
    """How much of each practice is lived; at 0 each costs nothing and does nothing."""

    name: str = "typical"
    shared_kpis: float = practice("1 leader hour a week")
    joint_reviews: float = practice("1 staff hour and 2 leader hours a week")
    role_clarity: float = practice("half a staff hour a week")
    shared_crm: float = practice("2,400 USD a year and half an hour a week per person")
    unified_incentives: float = practice("2% of staff pay")
    cross_learning: float = practice("1 staff hour a week")

    def levels(self) -> dict[str, float]:
        """The six levels by name, in declared order."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "name"}


@dataclass(frozen=True)
class RolesConfig:
    """How far people work in each other's function."""

    name: str = "specialised"
    crossover: float = param(
        0.0,
        unit="share of hours worked in the other function",
        low=0.0,
        high=0.5,
        source="assumed: specialised",
        moved=0.2,
    )


@dataclass(frozen=True)
class PathwaysConfig:
    """What each practice moves at 1, and what it costs; effects and costs scale with its level."""

    cooperation_shared_kpis: float = param(0.18, unit="C", low=0, high=1, source="lmf-massey-2019", moved=0.6)
    cooperation_joint_reviews: float = param(0.18, unit="C", low=0, high=1, source="lmf-massey-2019", moved=0.6)
    cooperation_role_clarity: float = param(0.12, unit="C", low=0, high=1, source="lmf-massey-2019", moved=0.6)
    cooperation_shared_crm: float = param(
        0.08, unit="C", low=0, high=1, source="assumed: facts end quarrels", moved=0.6
    )
    cooperation_unified_incentives: float = param(0.14, unit="C", low=0, high=1, source="hulland-2012", moved=0.6)
    cooperation_cross_learning: float = param(0.02, unit="C", low=0, high=1, source="lmf-massey-2019", moved=0.6)
    contact_joint_reviews: float = param(
        1.0, unit="hours a week per person with the other function", low=0, high=10, source="lmf-massey-2019"
    )
    contact_cross_learning: float = param(
        0.5, unit="hours a week per person with the other function", low=0, high=10, source="assumed: shadowing"
    )
    insight_joint_reviews: float = param(0.3, unit="insight", low=0, high=1, source="assumed: sales knows buyers")
    insight_shared_crm: float = param(0.1, unit="insight", low=0, high=1, source="assumed: data")
    logged_shared_crm: float = param(
        0.9, unit="share of the records' gap closed", low=0, high=1, source="assumed: one system"
    )
    fairness_unified_incentives: float = param(
        0.8, unit="share of unfair credit that stops to matter", low=0, high=1, source="hulland-2012"
    )
    pooled_unified_incentives: float = param(
        0.5, unit="share of commission paid on everybody's bookings", low=0, high=1, source="assumed: a pool"
    )
    learning_cross_learning: float = param(
        0.3,
        unit="share of the way a quarter, skill in the other function",
        low=0,
        high=1,
        source="lmf-massey-2019",
        where="roles=hybrid",
    )
    clarity_role_clarity: float = param(
        1.0, unit="clarity as a resource", low=0, high=2, source="demands-meta-analyses"
    )
    response_role_clarity: float = param(
        0.5,
        unit="share of response time removed by a service level",
        low=0,
        high=0.95,
        source="hbr-lead-audit",
    )
    noise_shared_crm: float = param(0.3, unit="share of score noise removed", low=0, high=0.9, source="assumed: data")
    consistency_role_clarity: float = param(0.1, unit="consistency", low=0, high=0.5, source="assumed: one story")
    kpis_leader_hours: float = param(1.0, unit="hours a week", low=0, high=10, source="assumed: targets", moved=9.0)
    reviews_leader_hours: float = param(2.0, unit="hours a week", low=0, high=10, source="assumed: 2-4 h", moved=9.0)
    reviews_staff_hours: float = param(1.0, unit="hours a week", low=0, high=10, source="assumed: a meeting")
    clarity_staff_hours: float = param(0.5, unit="hours a week", low=0, high=10, source="assumed: handover notes")
    crm_staff_hours: float = param(0.5, unit="hours a week", low=0, high=10, source="assumed: keeping records")
    crm_usd_per_year: float = param(2_400.0, unit="USD per person", low=0, high=20_000, source="assumed: licences")
    incentives_pay_share: float = param(
        0.02, unit="share of staff pay", low=0, high=0.3, source="assumed: pooled bonus"
    )
    learning_staff_hours: float = param(1.0, unit="hours a week", low=0, high=10, source="assumed: shadowing")
