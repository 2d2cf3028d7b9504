"""Demands and resources: the conditions of work, each entering strain once, in SD of the reference population.

Construct: job demands-resources [Demerouti2001]; weights by the size of meta-analytic correlations; form ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.config import Moment, PeopleConfig

Floats = npt.NDArray[np.float64]
DEMANDS = ("workload", "conflict", "ambiguity", "junk", "pressure", "travel")
RESOURCES = ("support", "autonomy", "use", "recognition", "clarity")
FURTHEST = 3.0  # SD: beyond it more of a condition is not felt as more


def standardised(value: Floats, moment: Moment) -> Floats:
    """A condition in SD of the reference population, in [-3, 3]."""
    return np.clip((value - moment.mean) / moment.sd, -FURTHEST, FURTHEST)


def composite(people: PeopleConfig, reference: Any, conditions: Mapping[str, Floats], names: tuple[str, ...]) -> Floats:
    """Weighted sum of the named conditions that a group knows, scaled to one SD if they are independent.

    `reference` is the group's reference (`sim.config.norms`); conditions have shape (n_people,).
    """
    known = [name for name in names if hasattr(reference, name)]
    weights = {name: getattr(people, f"{name}_weight") for name in known}
    norm = math.sqrt(sum(weight**2 for weight in weights.values()))
    total = np.zeros_like(conditions[known[0]])
    if norm > 0.0:
        for name in known:
            total = total + weights[name] / norm * standardised(conditions[name], getattr(reference, name))
    return total


def ambiguity(people: PeopleConfig, crossover: float, leader_effect: float, unsettled: float = 0.0) -> float:
    """Role ambiguity of a team: work in the other function, a leader new or missing, what is left of a reorganisation.

    `unsettled` is 1 just after a reorganisation and fades to 0.
    """
    return (
        people.ambiguity_hybrid * crossover
        + people.ambiguity_new_leader * (1.0 - leader_effect)
        + people.ambiguity_reorganisation * unsettled
    )
