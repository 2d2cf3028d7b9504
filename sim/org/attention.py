"""Attention: how many hours each activity needs of a leader, how many it gets, and what leadership comes of it."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.config import ACTIVITIES_OF, FUNCTIONS, ActivitiesConfig, PeopleConfig

Floats = npt.NDArray[np.float64]
Activities = npt.NDArray[Any]
"""The nine activities of a company and structure, records with the fields of `Activity`."""

ACTIVITY_NAMES = tuple(name for function in FUNCTIONS for name in ACTIVITIES_OF[function])
N_ACTIVITIES = len(ACTIVITY_NAMES)
FUNCTION_OF = np.array([i for i, function in enumerate(FUNCTIONS) for _ in ACTIVITIES_OF[function]])
FIRST_OF = [ACTIVITY_NAMES.index(ACTIVITIES_OF[function][0]) for function in FUNCTIONS]  # column
PROGRAMMES = ("brand", "activation", "content", "experiments")
DEVELOPMENT = ("coaching", "sales_people", "experiments", "marketing_people")


class Activity(NamedTuple):
    """What there is to know of an activity: whose it is, what it needs, what it is worth."""

    function: int
    leader: int  # post, negative where nobody works in it
    need: float  # hours a week of a leader, 0 where nobody works in it
    lead_need: float  # hours a week of team leads
    elasticity: float
    lag: float  # quarters
    held: float  # horizon at which everybody judges it, quarters; NaN where each looks as far as the own one


class Week(NamedTuple):
    """A leader's week: the hours contracted, and what takes of them."""

    contracted: float
    strain_factor: float  # share of the contracted hours that strain leaves
    practices: float  # hours
    meetings: float  # hours with the other leader
    switching: float  # hours lost between domains

    @property
    def effective(self) -> float:
        """Hours left for leading."""
        return effective_hours(self)

    @property
    def strain(self) -> float:
        """Hours lost to strain."""
        return self.contracted * (1.0 - self.strain_factor)


@plain
def effective_hours(week: Week) -> float:
    """Hours of a week that are left for leading."""
    lost = week.practices + week.meetings + week.switching
    return max(week.contracted * week.strain_factor - lost, 0.0)


def index(name: str) -> int:
    """Column of an activity."""
    return ACTIVITY_NAMES.index(name)


PROGRAMME_COLUMNS = np.array([index(name) for name in PROGRAMMES])
IS_DEVELOPMENT = np.array([name in DEVELOPMENT for name in ACTIVITY_NAMES])


def column(activities: ActivitiesConfig, field: str) -> Floats:
    """One property of all activities, shape (9,); 0 of those that have none of the kind."""
    return np.array([getattr(getattr(activities, name), field, 0.0) for name in ACTIVITY_NAMES])


def team_needs(people: PeopleConfig, team_sizes: tuple[int, int]) -> tuple[Floats, Floats]:
    """Hours a week that each function needs of its leader, and of its team leads; shapes (2,).

    Beyond the span of control team leads take their share of each further person's need, so there is no jump
    at the first person beyond it.
    """
    base = np.array([people.sales_need_base_hours, people.marketing_need_base_hours])
    per_person = np.array([people.sales_need_hours_per_person, people.marketing_need_hours_per_person])
    size = np.array(team_sizes, dtype=np.float64)
    beyond = np.maximum(size - people.span_of_control, 0.0)
    of_leads = people.team_lead_share * per_person * beyond
    whole = base + per_person * size
    return people.need_factor * (whole - of_leads), people.need_factor * of_leads


@plain
def coverage(attended: float, needed: float) -> float:
    """g(x/N) in [0, 1] with g(1) = 1: falling returns to a leader's hours; 1 where nothing is needed."""
    ratio = attended / needed if needed > 0.0 else 1.0
    return (1.0 - math.exp(-2.0 * min(ratio, 1.0))) / (1.0 - math.exp(-2.0))


@compiled
def led(
    activities: Activities, attention: Floats, skill: Floats, effect: Floats, lead_quality: float
) -> tuple[Floats, Floats]:
    """Coverage and leadership quality of each activity, shapes (9,); team leads' part included, 0 without staff."""
    covered, quality = np.zeros(len(activities)), np.zeros(len(activities))
    for i in range(len(activities)):
        activity = activities[i]
        post, whole = activity.leader, activity.need + activity.lead_need
        if post >= 0:
            covered[i] = coverage(attention[post, i], activity.need) * effect[post]
            quality[i] = skill[post, activity.function] * covered[i]
        if post >= 0 and whole > 0.0:
            quality[i] = (activity.need * quality[i] + activity.lead_need * lead_quality) / whole
    return covered, quality


def practice(needs: Floats, attention: Floats) -> Floats:
    """Hours of each leader in each function against what it needs, 0..1; shape (n_posts, 2)."""
    needed, given = (np.add.reduceat(hours, FIRST_OF, axis=-1) for hours in (needs, attention * (needs > 0.0)))
    return np.minimum(np.divide(given, needed, out=np.zeros_like(given), where=needed > 0.0), 1.0)


@plain
def switching_hours(contracted: float, week_shares: Floats, loss: float) -> float:
    """Hours lost between domains: loss x (n_eff - 1) x contracted, at most half; n_eff = 1/sum of squared shares."""
    whole, squares = 0.0, 0.0
    for i in range(len(week_shares)):
        whole += week_shares[i]
    if whole <= 0.0:
        return 0.0
    for i in range(len(week_shares)):
        squares += (week_shares[i] / whole) ** 2
    return min(loss * (1.0 / squares - 1.0), 0.5) * contracted
