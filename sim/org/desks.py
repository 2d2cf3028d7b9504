"""What the hours of a team come to: seats' hours a week for deals, leads and programmes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.config import MechanismsConfig, PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org import strain
from sim.org.attention import index
from sim.org.planning import Plan
from sim.org.practices import staff_hours_per_week
from sim.org.workforce import Workforce
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_YEAR

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
COACHING = index("coaching")


def staff_week(people: PeopleConfig) -> float:
    """Hours of a mean calendar week, leave included."""
    return people.staff_hours_per_week * people.weeks_worked_per_year / WEEKS_PER_YEAR


def working_hours(
    people: PeopleConfig, switches: MechanismsConfig, team: Workforce, presence: Floats, coaching: float = 0.0
) -> Floats:
    """Worth of each seat's weeks in hours of a fully ramped person; `presence` and result of shape (n_seats, 13).

    `coaching` is how well it is led, 0..1.
    """
    output = strain.output_factor(people, team.exhaustion) if switches.staff_strain else np.ones(team.n)
    gain = people.coaching_gain * coaching
    return _worth(staff_week(people), presence, team.ramp(people), output, team.skill, gain)


@compiled
def _worth(week: float, presence: Floats, ramp: Floats, output: Floats, skill: Floats, gain: float) -> Floats:
    hours = np.empty(presence.shape)
    for seat in range(len(hours)):
        factor = coaching_factor(skill[seat], gain)
        for w in range(hours.shape[1]):
            hours[seat, w] = week * presence[seat, w] * ramp[seat, w] * output[seat] * factor
    return hours


@plain
def coaching_factor(skill: float, gain: float) -> float:
    """Output of who is coached: `gain` (7% if coached well) on average, most in the team's middle [coaching-gain]."""
    return 1.0 + gain * (math.sqrt(2.0) * math.exp(-0.5 * skill**2))


@dataclass(frozen=True)
class SalesDesk:
    """Hours of sales in a quarter: worth per seat and week, and what is added to every filled seat."""

    hours: Floats  # (n_seats, 13): worth of the seats' own hours
    kept_share: float  # of own hours, after own content, practices, crossover and bought hours, against today's
    added: Floats  # (13,): hours a week per filled seat from leaders' spare time and marketers
    is_present: Bools  # (n_seats, 13)

    @property
    def worked(self) -> Floats:
        """Hours of each seat in each week, shape (n_seats, 13)."""
        return self.hours * self.kept_share + self.is_present * self.added


def sales_desk(
    people: PeopleConfig,
    switches: MechanismsConfig,
    team: Workforce,
    presence: Floats,
    plan: Plan,
    kept_share: float,
    added_hours: float,
) -> SalesDesk:
    """The quarter's sales hours; `added_hours` a week are spread over the filled seats."""
    hours = working_hours(people, switches, team, presence, float(plan.quality[COACHING]))
    is_present = presence > 0.0
    n_present = is_present.sum(axis=0, dtype=np.float64)
    return SalesDesk(hours, kept_share, (n_present > 0.0) * (added_hours / np.maximum(n_present, 1.0)), is_present)


@dataclass(frozen=True)
class MarketingDesk:
    """Hours of marketing per seat in a quarter."""

    hours: Floats  # (n_seats, 13)
    kept_share: float  # after practices and crossover, against today's

    @cached_property
    def programme_hours(self) -> Floats:
        """Hours a week of each seat for programmes, mean over the quarter, shape (n_seats,)."""
        return mean_hours(self.hours) * self.kept_share


def mean_hours(hours: Floats) -> Floats:
    """Mean over the quarter's weeks of each seat's hours, shape (n_seats,)."""
    return np.asarray(hours.sum(axis=1) / hours.shape[1])


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
