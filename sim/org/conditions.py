"""Demands and resources: the conditions of work, each entering strain once, in SD of the reference population.

Construct: job demands-resources [Demerouti2001]; weights by the size of meta-analytic correlations; form ours.
"""

from __future__ import annotations

import math
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.config import Moment, PeopleConfig
from sim.org.conflict import LOWEST
from sim.org.once import once_per_config
from sim.periods import WEEKS_PER_QUARTER

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Number = TypeVar("Number", float, Floats)
DEMANDS = ("workload", "conflict", "ambiguity", "junk", "pressure", "travel")
RESOURCES = ("support", "autonomy", "use", "recognition", "clarity")
CONDITIONS = (*DEMANDS, *RESOURCES)
WORKLOAD, CONFLICT, AMBIGUITY, JUNK, PRESSURE, TRAVEL, SUPPORT, AUTONOMY, USE, RECOGNITION, CLARITY = range(11)
SCALE = np.dtype([("weight", np.float64), ("mean", np.float64), ("sd", np.float64)])
Scales = npt.NDArray[Any]  # of `SCALE`
MOST_RECOGNITION = 2.0
FURTHEST = 3.0  # SD: beyond it more of a condition is not felt as more


@plain
def standardised(value: Number, moment: Moment) -> Number:
    """A condition in SD of the reference population, in [-3, 3]; of one person or of many."""
    return np.minimum(np.maximum((value - moment.mean) / moment.sd, -FURTHEST), FURTHEST)


def nothing_met(n: int) -> Floats:
    """A row of zeros per condition, in the order of `CONDITIONS`, for so many people; shape (11, n)."""
    return np.zeros((len(CONDITIONS), n))


def by_name(reference: Any, here: Floats) -> dict[str, Floats]:
    """The conditions, of shape (11, n_people), that a group knows; each of shape (n_people,)."""
    return {name: here[row] for row, name in enumerate(CONDITIONS) if hasattr(reference, name)}


def composite(people: PeopleConfig, reference: Any, here: Floats) -> tuple[Floats, Floats]:
    """Demands and resources: weighted sums of conditions that a group knows, of one SD if these are independent.

    `reference` is the group's reference (`sim.config.norms`); conditions have shape (11, n_people), sums (n_people,).
    """
    return _composite(here, _scales(people, reference))


@compiled
def _composite(here: Floats, scales: Scales) -> tuple[Floats, Floats]:
    n = here.shape[1]
    demands, resources = np.zeros(n), np.zeros(n)
    for row in range(len(scales)):
        total, scale = demands if row < len(DEMANDS) else resources, scales[row]
        for i in range(n):
            total[i] += scale.weight * standardised(here[row, i], scale)
    return demands, resources


@once_per_config
def _scales(people: PeopleConfig, reference: Any) -> Scales:
    """Weight of each condition, 0 where a group does not know it, and its mean and sd; one record each."""
    scales = np.array([(0.0, 0.0, 1.0)] * len(CONDITIONS), dtype=SCALE)
    for scale, name in zip(scales, CONDITIONS, strict=True):
        if hasattr(reference, name):
            moment = getattr(reference, name)
            scale["weight"], scale["mean"], scale["sd"] = getattr(people, f"{name}_weight"), moment.mean, moment.sd
    for side in (scales["weight"][: len(DEMANDS)], scales["weight"][len(DEMANDS) :]):
        norm = math.sqrt(sum(side**2))
        side /= norm if norm > 0.0 else 1.0
    return scales


@compiled
def meet_selling(
    here: Floats, load: Floats, junk_hours: Floats, calling_hours: Floats, hours_used: Floats, booked_usd: Floats,
    quota_usd: Floats, far: float, fair: float,
) -> None:  # fmt: skip
    """What a quarter of selling was like for each salesperson, into `here` of shape (11, n_seats).

    Hours used and on leads are the quarter's; `far` is travel for a usual deal, `fair` the credit that bookings find.
    """
    for s in range(len(load)):
        attained = booked_usd[s] / quota_usd[s] if quota_usd[s] > 0.0 else 1.0
        here[WORKLOAD, s] = load[s]
        here[JUNK, s] = junk_hours[s] / calling_hours[s] if calling_hours[s] > 0.0 else 0.0
        here[TRAVEL, s] = hours_used[s] / WEEKS_PER_QUARTER * far
        here[RECOGNITION, s] = min(attained, MOST_RECOGNITION) * fair


@compiled
def meet_leading(
    here: Floats, led: Bools, needs: Floats, hours: Floats, has_peer: Bools, quarrels: float, with_peer: float
) -> None:  # fmt: skip
    """How loaded leaders are and what quarrels reach them, into `here` of shape (11, n_posts).

    Needs beyond their hours wear them out; a leader with hours to spare works them too, so there is no relief
    below a full week. Their people's quarrels reach every leader's desk; who has a peer has those with the peer too.
    """
    for post in range(len(hours)):
        needed = 0.0
        for activity in range(len(needs)):
            needed += needs[activity] if led[post, activity] else 0.0
        here[WORKLOAD, post] = min(max(needed / max(hours[post], 1.0) - 1.0, 0.0), 1.0)
        here[CONFLICT, post] = 0.5 * (quarrels + (with_peer if has_peer[post] else LOWEST))


def ambiguity(people: PeopleConfig, crossover: float, leader_effect: float, unsettled: float = 0.0) -> float:
    """Role ambiguity of a team: work in the other function, a leader new or missing, what is left of a reorganisation.

    `unsettled` is 1 just after a reorganisation and fades to 0.
    """
    return (
        people.ambiguity_hybrid * crossover
        + people.ambiguity_new_leader * (1.0 - leader_effect)
        + people.ambiguity_reorganisation * unsettled
    )
