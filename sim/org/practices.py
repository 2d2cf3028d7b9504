"""What practices cost: hours of staff and leaders, and money. At level 0 a practice costs nothing."""

from __future__ import annotations

from sim.config import PathwaysConfig, PracticesConfig
from sim.periods import QUARTERS_PER_YEAR


def staff_hours_per_week(pathways: PathwaysConfig, practices: PracticesConfig) -> float:
    """Hours a week that practices take of each person in the teams."""
    return (
        pathways.reviews_staff_hours * practices.joint_reviews
        + pathways.clarity_staff_hours * practices.role_clarity
        + pathways.crm_staff_hours * practices.shared_crm
        + pathways.learning_staff_hours * practices.cross_learning
    )


def leader_hours_per_week(pathways: PathwaysConfig, practices: PracticesConfig) -> float:
    """Hours a week that practices take of each leader of a function."""
    return pathways.kpis_leader_hours * practices.shared_kpis + pathways.reviews_leader_hours * practices.joint_reviews


def cost_usd_per_quarter(
    pathways: PathwaysConfig, practices: PracticesConfig, n_people: float, pay_usd_per_year: float
) -> float:
    """Money that practices cost a quarter, USD: licences per person and pooled incentives."""
    licences = pathways.crm_usd_per_year * practices.shared_crm * n_people
    incentives = pathways.incentives_pay_share * practices.unified_incentives * pay_usd_per_year
    return (licences + incentives) / QUARTERS_PER_YEAR
