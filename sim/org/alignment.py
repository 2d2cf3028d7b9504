"""How aligned the functions are, how aligned their leaders believe they are, and what follows for practices.

Leaders see alignment rosier than it is; what looks mended they mend no further.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.config import PeopleConfig, PracticesConfig
from sim.randomness import Decision, Luck

Floats = npt.NDArray[np.float64]
LEAST_UPKEEP, MOST_UPKEEP = 0.5, 1.25


@dataclass(frozen=True)
class Upkeep:
    """How aligned the functions are, how aligned they look, and what is made of the practices agreed."""

    actual: float
    perceived: float
    multiple: float  # of the agreed levels
    practices: PracticesConfig  # as lived


def actual_alignment(cooperation: float, trust: float, consistency: float) -> float:
    """Alignment in [0, 1]: the mean of leaders' cooperation, people's trust and one story."""
    return (cooperation + trust + consistency) / 3.0


def perceived_alignment(people: PeopleConfig, luck: Luck, actual: float, quarter: int) -> Floats:
    """Alignment as the leader of each function sees it, 0..1, shape (2,): actual + .15 + noise.

    The noise belongs to the function, so that one leader of both looks from both sides.
    """
    noise = people.perception_noise * luck.normals(Decision.PERCEPTION, np.arange(2), quarter)
    return np.clip(actual + people.perception_bias + noise, 0.0, 1.0)


def upkeep(people: PeopleConfig, perceived: float) -> float:
    """Multiple of the agreed practices that is lived, in [.5, 1.25]: less where all looks well."""
    return min(max(1.0 - people.upkeep_slope * (perceived - people.aspired_alignment), LEAST_UPKEEP), MOST_UPKEEP)


def lived(practices: PracticesConfig, multiple: float) -> PracticesConfig:
    """Practices as they are lived: each agreed level times upkeep, at most 1."""
    levels: dict[str, Any] = {name: min(level * multiple, 1.0) for name, level in practices.levels().items()}
    return replace(practices, **levels)
