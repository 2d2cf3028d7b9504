"""How aligned the functions are, how aligned their leaders believe they are, and what follows for practices.

Leaders see alignment rosier than it is; what looks mended they mend no further.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    multiple: float  # 1 is as agreed
    practices: PracticesConfig  # as lived


def actual_alignment(cooperation: float, trust: float, consistency: float) -> float:
    """Alignment in [0, 1]: the mean of leaders' cooperation, people's trust and one story."""
    return (cooperation + trust + consistency) / 3.0


def perceived_alignment(people: PeopleConfig, luck: Luck, actual: float, quarter: int) -> Floats:
    """Alignment as the leader of each function sees it, 0..1, shape (2,): actual + .15 + noise.

    The noise belongs to the function, so that one leader of both looks from both sides.
    """
    noise = people.perception_noise * luck.normals(Decision.PERCEPTION, np.arange(2), quarter)
    return np.minimum(np.maximum(actual + people.perception_bias + noise, 0.0), 1.0)


def upkeep(people: PeopleConfig, perceived: float) -> float:
    """How far leaders keep agreed practices up, in [.5, 1.25], 1 as agreed: less where all looks well."""
    return min(max(1.0 - people.upkeep_slope * (perceived - people.aspired_alignment), LEAST_UPKEEP), MOST_UPKEEP)


def lived(practices: PracticesConfig, multiple: float) -> PracticesConfig:
    """Practices as they are lived: level^(1/upkeep), so nothing stays nothing, and what is wholly a habit stays whole.

    In between it is the leaders' push that counts: at .4 an upkeep of .8 leaves .32, one of 1.25 makes .48; without
    any upkeep nothing is lived.
    """
    is_kept = multiple > 0.0
    levels: dict[str, Any] = {
        name: level ** (1.0 / multiple) if is_kept else 0.0 for name, level in practices.levels().items()
    }
    return PracticesConfig(practices.name, **levels)
