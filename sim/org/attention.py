"""Attention: how many hours each activity needs of a leader, how many it gets, and what leadership comes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.config import ACTIVITIES_OF, FUNCTIONS, ActivitiesConfig, PeopleConfig

Floats = npt.NDArray[np.float64]

ACTIVITY_NAMES = tuple(name for function in FUNCTIONS for name in ACTIVITIES_OF[function])
N_ACTIVITIES = len(ACTIVITY_NAMES)
FUNCTION_OF = np.array([i for i, function in enumerate(FUNCTIONS) for _ in ACTIVITIES_OF[function]])
PROGRAMMES = ("brand", "activation", "content", "experiments")
DEVELOPMENT = ("coaching", "sales_people", "experiments", "marketing_people")


@dataclass(frozen=True)
class Week:
    """A leader's week: the hours contracted, and what takes of them."""

    contracted: float
    strain_factor: float  # share of the contracted hours that strain leaves
    practices: float  # hours
    meetings: float  # hours with the other leader
    switching: float  # hours lost between domains

    @property
    def effective(self) -> float:
        """Hours left for leading."""
        lost = self.practices + self.meetings + self.switching
        return max(self.contracted * self.strain_factor - lost, 0.0)

    @property
    def strain(self) -> float:
        """Hours lost to strain."""
        return self.contracted * (1.0 - self.strain_factor)


def index(name: str) -> int:
    """Column of an activity."""
    return ACTIVITY_NAMES.index(name)


PROGRAMME_COLUMNS = np.array([index(name) for name in PROGRAMMES])
IS_DEVELOPMENT = np.array([name in DEVELOPMENT for name in ACTIVITY_NAMES])


def column(activities: ActivitiesConfig, field: str) -> Floats:
    """One property of all activities, shape (9,)."""
    return np.array([getattr(getattr(activities, name), field) for name in ACTIVITY_NAMES])


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


def capped_luce(needs: Floats, weights: Floats, hours: float) -> Floats:
    """Hours per activity: proportional to weights, none above its need, adding up to min(hours, sum of needs)."""
    given = np.zeros_like(needs)
    left = max(hours, 0.0)
    if needs.sum() <= left:
        return needs.copy()
    is_open = (needs > 0.0) & (weights > 0.0)
    while is_open.any() and left > 0.0:
        share = left * weights / weights[is_open].sum()
        is_full = is_open & (share >= needs)
        if not is_full.any():
            given[is_open] = share[is_open]
            return given
        given[is_full] = needs[is_full]
        left -= needs[is_full].sum()
        is_open &= ~is_full
    # What weighs nothing waits; then it shares by need, or there would be a jump where hours meet all needs.
    unmet = needs - given
    return given + unmet * min(max(left, 0.0) / max(unmet.sum(), 1e-12), 1.0)


def coverage(attended: npt.ArrayLike, needed: npt.ArrayLike) -> Floats:
    """g(x/N) in [0, 1] with g(1) = 1: falling returns to a leader's hours; 1 where nothing is needed."""
    needed = np.asarray(needed, dtype=np.float64)
    ratio = np.divide(attended, needed, out=np.ones_like(needed), where=needed > 0.0)
    return (1.0 - np.exp(-2.0 * np.minimum(ratio, 1.0))) / (1.0 - np.exp(-2.0))


def switching_hours(contracted: float, week_shares: Floats, loss: float) -> float:
    """Hours lost between domains: loss x (n_eff - 1) x contracted, at most half; n_eff = 1/sum of squared shares."""
    total = week_shares.sum()
    if total <= 0.0:
        return 0.0
    n_effective = 1.0 / float(((week_shares / total) ** 2).sum())
    return min(loss * (n_effective - 1.0), 0.5) * contracted
