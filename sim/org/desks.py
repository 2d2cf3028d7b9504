"""What the hours of a team come to: seats' hours a week for deals, leads and programmes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.config import MechanismsConfig, PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org import strain
from sim.org.attention import index
from sim.org.planning import Plan
from sim.org.practices import staff_hours_per_week
from sim.org.workforce import Workforce
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_QUARTER, WEEKS_PER_YEAR

Floats = npt.NDArray[np.float64]


def staff_week(people: PeopleConfig) -> float:
    """Hours of a mean calendar week, leave included."""
    return people.staff_hours_per_week * people.weeks_worked_per_year / WEEKS_PER_YEAR


def working_hours(people: PeopleConfig, switches: MechanismsConfig, team: Workforce) -> Floats:
    """Worth of each seat's weeks in hours of a fully ramped person, shape (n_seats, 13)."""
    output = strain.output_factor(people, team.exhaustion) if switches.staff_strain else np.ones(team.n)
    return staff_week(people) * team.presence() * team.ramp(people) * output[:, None]


def coaching_factor(people: PeopleConfig, skill: Floats, quality: float) -> Floats:
    """Output gained by coaching, per seat: +7% on average at quality 1, most in the team's middle [coaching-gain]."""
    middle = np.sqrt(2.0) * np.exp(-0.5 * skill**2)
    return 1.0 + people.coaching_gain * quality * middle


@dataclass(frozen=True)
class SalesDesk:
    """Hours of sales in a quarter: worth per seat and week, and what is added to every filled seat."""

    people: PeopleConfig
    hours: Floats  # (n_seats, 13): worth of the seats' own hours
    kept_share: float  # of own hours, after own content, practices, crossover and bought hours, against today's
    added: Floats  # (13,): hours a week per filled seat from leaders' spare time and marketers
    is_present: npt.NDArray[np.bool_]  # (n_seats, 13)

    def selling_hours(self, seat: int) -> Floats:
        """Hours for opportunities in each week, shape (13,)."""
        return self.people.selling_share * self._hours(seat)

    def lead_hours(self, seat: int) -> Floats:
        """Hours for MQLs and own prospecting in each week, shape (13,)."""
        return self.people.lead_work_share * self._hours(seat)

    def _hours(self, seat: int) -> Floats:
        return self.hours[seat] * self.kept_share + np.where(self.is_present[seat], self.added, 0.0)


def sales_desk(
    people: PeopleConfig,
    switches: MechanismsConfig,
    team: Workforce,
    plan: Plan,
    kept_share: float,
    added_hours: float,
) -> SalesDesk:
    """The quarter's sales hours; `added_hours` a week are spread over the filled seats."""
    own = (
        working_hours(people, switches, team)
        * coaching_factor(people, team.skill, plan.quality[index("coaching")])[:, None]
    )
    is_present = team.presence() > 0.0
    present = is_present.sum(axis=0)
    added = np.divide(added_hours, present, out=np.zeros(WEEKS_PER_QUARTER), where=present > 0)
    return SalesDesk(people, own, kept_share, added, is_present)


@dataclass(frozen=True)
class MarketingDesk:
    """Hours of marketing per seat in a quarter."""

    hours: Floats  # (n_seats, 13)
    kept_share: float

    def programme_hours(self, seat: int) -> float:
        """Hours a week for programmes, mean over the quarter."""
        return float(self.hours[seat].mean() * self.kept_share)


def marketing_desk(people: PeopleConfig, switches: MechanismsConfig, team: Workforce, kept: float) -> MarketingDesk:
    """The quarter's hours of marketing; `kept` is their share left after practices and crossover."""
    return MarketingDesk(working_hours(people, switches, team), kept)


def kept_by_sales(
    people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, crossover: float, content: float,
    quarrels: float,
) -> float:  # fmt: skip
    """Share of salespeople's hours left after content of their own, practices, quarrels (hours a week), crossover."""
    lost = (staff_hours_per_week(pathways, practices) + quarrels) / people.staff_hours_per_week
    return max(1.0 - content - lost, 0.0) * (1.0 - crossover)


def kept_by_marketing(
    people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, crossover: float, quarrels: float
) -> float:
    """Share of marketers' hours left after practices, quarrels (hours a week) and crossover."""
    lost = (staff_hours_per_week(pathways, practices) + quarrels) / people.staff_hours_per_week
    return max(1.0 - lost, 0.0) * (1.0 - crossover)


def usual_presence(people: PeopleConfig, switches: MechanismsConfig, leavers_per_year: float) -> float:
    """Share of a team's hours left after vacancies and ramp in the steady state."""
    if not switches.attrition:
        return 1.0
    rate = leavers_per_year / WEEKS_PER_YEAR
    ramp = people.ramp_months * WEEKS_PER_MONTH
    stay = (1.0 - math.exp(-rate * ramp)) / (rate * ramp) if rate * ramp > 0.0 else 1.0
    return stay / (1.0 + rate * people.search_weeks)
