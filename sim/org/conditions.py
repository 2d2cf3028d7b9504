"""Demands and resources: the conditions of work, each entering strain once, in SD of the reference population.

Construct: job demands-resources [Demerouti2001]; weights by the size of meta-analytic correlations; form ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.config import Moment, PeopleConfig
from sim.org.once import once_per_config

Floats = npt.NDArray[np.float64]
Number = TypeVar("Number", float, Floats)
DEMANDS = ("workload", "conflict", "ambiguity", "junk", "pressure", "travel")
RESOURCES = ("support", "autonomy", "use", "recognition", "clarity")
FURTHEST = 3.0  # SD: beyond it more of a condition is not felt as more


@compiled
def in_sd(value: Number, mean: float, sd: float) -> Number:
    """A condition in SD of the reference population, in [-3, 3]; of one person or of many."""
    return np.minimum(np.maximum((value - mean) / sd, -FURTHEST), FURTHEST)


@compiled
def ratios(parts: Floats, wholes: Floats, otherwise: float) -> Floats:
    """Part by whole of each person, and `otherwise` for whoever has no whole; shape (n_people,)."""
    shares = np.full(len(parts), otherwise)
    for i in range(len(parts)):
        if wholes[i] > 0.0:
            shares[i] = parts[i] / wholes[i]
    return shares


@compiled
def _weighted_sum(conditions: Floats, weights: Floats, means: Floats, sds: Floats) -> Floats:
    """Conditions of shape (n_conditions, n_people) in SD, summed by weight; shape (n_people,)."""
    total = np.zeros(conditions.shape[1])
    for c in range(len(weights)):
        for i in range(len(total)):
            total[i] += weights[c] * in_sd(conditions[c, i], means[c], sds[c])
    return total


def standardised(value: Number, moment: Moment) -> Number:
    """A condition in SD of the reference population, in [-3, 3]."""
    return in_sd(value, moment.mean, moment.sd)


def composite(people: PeopleConfig, reference: Any, conditions: Mapping[str, Floats], names: tuple[str, ...]) -> Floats:
    """Weighted sum of the named conditions that a group knows, scaled to one SD if they are independent.

    `reference` is the group's reference (`sim.config.norms`); conditions have shape (n_people,).
    """
    known, *numbers = _known(people, reference, names)
    return _weighted_sum(np.array([conditions[name] for name in known]), *numbers)


@once_per_config
def _known(
    people: PeopleConfig, reference: Any, names: tuple[str, ...]
) -> tuple[tuple[str, ...], Floats, Floats, Floats]:
    """Which of the named conditions a group knows; their weights, scaled, and the reference's means and sds."""
    known = tuple(name for name in names if hasattr(reference, name))
    weights = [getattr(people, f"{name}_weight") for name in known]
    norm = math.sqrt(sum(weight**2 for weight in weights))
    moments = [getattr(reference, name) for name in known]
    return (
        known,
        np.array([weight / norm if norm > 0.0 else 0.0 for weight in weights]),
        np.array([moment.mean for moment in moments]),
        np.array([moment.sd for moment in moments]),
    )


def ambiguity(people: PeopleConfig, crossover: float, leader_effect: float, unsettled: float = 0.0) -> float:
    """Role ambiguity of a team: work in the other function, a leader new or missing, what is left of a reorganisation.

    `unsettled` is 1 just after a reorganisation and fades to 0.
    """
    return (
        people.ambiguity_hybrid * crossover
        + people.ambiguity_new_leader * (1.0 - leader_effect)
        + people.ambiguity_reorganisation * unsettled
    )
