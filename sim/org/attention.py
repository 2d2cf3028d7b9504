"""Attention: how many hours each activity needs of a leader, how many it gets, and what leadership comes of it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.config import ACTIVITIES_OF, FUNCTIONS, ActivitiesConfig, PeopleConfig
from sim.org.structure import MARKETING
from sim.org.sums import total, total_where

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ACTIVITY_NAMES = tuple(name for function in FUNCTIONS for name in ACTIVITIES_OF[function])
N_ACTIVITIES = len(ACTIVITY_NAMES)
FUNCTION_OF = np.array([i for i, function in enumerate(FUNCTIONS) for _ in ACTIVITIES_OF[function]])
ROUNDING = 1e-9  # hours a week: what rounding leaves is no time to spare; a small power of it would be felt
PROGRAMMES = ("brand", "activation", "content", "experiments")
DEVELOPMENT = ("coaching", "sales_people", "experiments", "marketing_people")


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


@compiled
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


@compiled
def capped_luce(needs: Floats, weights: Floats, hours: float) -> Floats:
    """Hours per activity: proportional to weights, none above its need, adding up to min(hours, sum of needs)."""
    left, n = max(hours, 0.0), len(needs)
    if total(needs) <= left:
        return needs.copy()
    given, is_open = np.zeros(n), np.empty(n, np.bool_)
    for i in range(n):
        is_open[i] = needs[i] > 0.0 and weights[i] > 0.0
    while left > 0.0 and is_open.any():
        open_weight, is_full = total_where(weights, is_open), np.zeros(n, np.bool_)
        for i in range(n):
            is_full[i] = is_open[i] and left * weights[i] / open_weight >= needs[i]
        if not is_full.any():
            for i in range(n):
                given[i] = left * weights[i] / open_weight if is_open[i] else given[i]
            return given
        for i in range(n):
            if is_full[i]:
                given[i], is_open[i] = needs[i], False
        left -= total_where(needs, is_full)
    # What weighs nothing waits; then it shares by need, or there would be a jump where hours meet all needs.
    unmet = needs - given
    return given + unmet * min(max(left, 0.0) / max(total(unmet), 1e-12), 1.0)


@compiled
def target_hours(
    needs: Floats, weights: Floats, functions: Ints, hours: float, is_scarce: bool, marketing_share: float
) -> Floats:
    """Hours per activity that a leader moves to; all that is needed while hours are not scarce.

    Where the share of marketing is held (NaN where it is not) who leads both divides the hours by it first.
    """
    if not is_scarce:
        return needs.copy()
    is_marketing = functions == MARKETING
    if np.isnan(marketing_share) or is_marketing.all() or not is_marketing.any():
        return capped_luce(needs, weights, hours)
    target, shared = np.empty(len(needs)), min(hours, total(needs))
    for part, share in ((is_marketing, marketing_share), (~is_marketing, 1.0 - marketing_share)):
        target[part] = capped_luce(needs[part], weights[part], share * shared)
    return target


@compiled
def given_hours(before: Floats, target: Floats, hours: float, step: float, is_scarce: bool) -> Floats:
    """Hours per activity after a step from last quarter's toward the target; shape of `target`."""
    given = before + step * (target - before)
    # Hours may have shrunk since: what is not there can't be given.
    return given * min(1.0, hours / max(total(given), 1e-12)) if is_scarce else given


@compiled
def spare_hours(values: Floats, functions: Ints, left: float) -> Floats:
    """Hours of staff work per function that a leader has left, by what its activities are worth; shape (2,)."""
    spare = np.zeros(len(FUNCTIONS))
    for i in range(len(values)):
        spare[functions[i]] += values[i]
    return spare * (left if left > ROUNDING else 0.0)


@compiled
def coverage(attended: float, needed: float) -> float:
    """g(x/N) in [0, 1] with g(1) = 1: falling returns to a leader's hours; 1 where nothing is needed."""
    ratio = attended / needed if needed > 0.0 else 1.0
    return (1.0 - math.exp(-2.0 * min(ratio, 1.0))) / (1.0 - math.exp(-2.0))


@compiled
def led(
    attention: Floats, skill: Floats, effect: Floats, leader: Ints, needs: Floats, lead_needs: Floats,
    lead_quality: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Coverage and leadership quality of each activity, shapes (9,); team leads' part included, 0 without staff.

    `leader` is the post that leads an activity, negative where nobody works in it.
    """
    covered, quality = np.zeros(len(needs)), np.zeros(len(needs))
    for i in range(len(needs)):
        post, whole = leader[i], needs[i] + lead_needs[i]
        if post < 0:
            continue
        covered[i] = coverage(attention[post, i], needs[i]) * effect[post]
        own = skill[post, FUNCTION_OF[i]] * covered[i]
        quality[i] = (needs[i] * own + lead_needs[i] * lead_quality) / whole if whole > 0.0 else own
    return covered, quality


@compiled
def practice(attention: Floats, needs: Floats) -> Floats:
    """Hours of each leader in each function against what it needs, 0..1; shape (n_posts, 2)."""
    practised, needed = np.zeros((len(attention), len(FUNCTIONS))), np.zeros(len(FUNCTIONS))
    for i in range(len(needs)):
        needed[FUNCTION_OF[i]] += needs[i]
    for post in range(len(attention)):
        for i in range(len(needs)):
            practised[post, FUNCTION_OF[i]] += attention[post, i] if needs[i] > 0.0 else 0.0
        for f in range(len(FUNCTIONS)):
            practised[post, f] = min(practised[post, f] / needed[f], 1.0) if needed[f] > 0.0 else 0.0
    return practised


@compiled
def domains(attention: Floats, spare: Floats, contracted: float, rest: float, n_elsewhere: int) -> Floats:
    """Hours of a leader's week by domain: the functions, then other duties, which share the rest of the week.

    Lost hours are worked too: left out, they would make the week look more split and lose still more.
    """
    n = len(spare)
    week = np.full(n + n_elsewhere, rest / max(n_elsewhere, 1))
    led = np.zeros(n)
    for i in range(len(attention)):
        led[FUNCTION_OF[i]] += attention[i]
    worked = total(led + spare)
    for f in range(n):
        week[f] = contracted * (led[f] + spare[f]) / max(worked, 1e-12)
    return week


@compiled
def switching_hours(contracted: float, week_shares: Floats, loss: float) -> float:
    """Hours lost between domains: loss x (n_eff - 1) x contracted, at most half; n_eff = 1/sum of squared shares."""
    whole = total(week_shares)
    if whole <= 0.0:
        return 0.0
    n_effective = 1.0 / total((week_shares / whole) ** 2)
    return min(loss * (n_effective - 1.0), 0.5) * contracted
