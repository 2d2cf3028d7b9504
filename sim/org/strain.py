"""Strain: a slow monthly loop of demands and resources [Demerouti2001, Guthier2020]; the form is ours.

Latent, in SD of a frozen reference population whose mean is 0 and whose sd is 1.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from sim.config import PeopleConfig

Floats = npt.NDArray[np.float64]
PERSISTENCE = 0.90  # a month; with the trait's share it gives a 12-month stability of .54
STRAIN_LOOP = 0.20  # strained people perceive more demands [Guthier2020]


def next_exhaustion(
    people: PeopleConfig, exhaustion: Floats, trait: Floats, demands: Floats, resources: Floats, noise: Floats
) -> Floats:
    """Exhaustion a month later, SD: E' = .90 E + .10 m + k_D D - k_R R + .33 e, D as perceived."""
    perceived = demands + STRAIN_LOOP * exhaustion
    return (
        PERSISTENCE * exhaustion
        + (1.0 - PERSISTENCE) * trait
        + people.demand_effect * perceived
        - people.resource_effect * resources
        + people.strain_noise * noise
    )


def next_disengagement(
    people: PeopleConfig,
    disengagement: Floats,
    trait: Floats,
    demands: Floats,
    resources: Floats,
    noise: Floats,
) -> Floats:
    """Disengagement a month later, SD: as exhaustion, moved more by resources than by demands."""
    perceived = demands + STRAIN_LOOP * disengagement
    return (
        PERSISTENCE * disengagement
        + (1.0 - PERSISTENCE) * trait
        + people.disengagement_demand_effect * perceived
        - people.disengagement_resource_effect * resources
        + people.strain_noise * noise
    )


def score(strain: npt.ArrayLike) -> Floats:
    """Strain on 0-100: percentile in the reference population, so 50 is its mean."""
    return 100.0 * np.asarray(ndtr(np.asarray(strain, dtype=np.float64)))


def output_factor(people: PeopleConfig, exhaustion: Floats) -> Floats:
    """Work that an hour yields, in [.7, 1.15]: the one place where staff's strain enters."""
    return np.clip(1.0 - people.strain_output * exhaustion, 0.7, 1.15)


def leader_hours_factor(people: PeopleConfig, exhaustion: Floats) -> Floats:
    """Share of contracted hours that a leader works effectively, in [.8, 1]."""
    return np.maximum(0.8, 1.0 - people.strain_leader_hours * np.maximum(exhaustion, 0.0))
