"""Strain: a slow loop of demands and resources [Demerouti2001, Guthier2020]; the form is ours.

Latent, counted in SD of a frozen reference population (`sim.config.norms`). The loop is written for a span of
any length, so that a week, a month and a quarter agree: thirteen weeks of it are one quarter of it.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from sim.config import Moment, PeopleConfig
from sim.periods import WEEKS_PER_MONTH

Floats = npt.NDArray[np.float64]
PERSISTENCE = 0.90  # a month; with the trait's share it gives a 12-month stability of .54
STRAIN_LOOP = 0.20  # strained people perceive more demands [Guthier2020]
HIGH_STRAIN = 0.842  # SD: the upper fifth of a normal reference population


class Group(Protocol):
    """What strain needs of a group's reference population (`sim.config.norms`)."""

    @property
    def exhaustion(self) -> Moment:
        """Mean and sd of exhaustion."""

    @property
    def disengagement(self) -> Moment:
        """Mean and sd of disengagement."""

    @property
    def leaving(self) -> float:
        """K of the hazard of leaving."""


class Loop(NamedTuple):
    """One of the two strains: how far demands and resources move it in a month, SD per SD."""

    demand_effect: float
    resource_effect: float

    @property
    def keep(self) -> float:
        """Share of strain left after a month under unchanged conditions, the perception of demands included."""
        return PERSISTENCE + STRAIN_LOOP * self.demand_effect

    def drive(self, trait: Floats, demands: Floats, resources: Floats) -> Floats:
        """What a month adds: the trait, demands, resources."""
        return np.asarray((1.0 - PERSISTENCE) * trait + self.demand_effect * demands - self.resource_effect * resources)

    def settled(self, trait: Floats, demands: Floats, resources: Floats) -> Floats:
        """Mean strain of people who have long lived under these conditions."""
        return self.drive(trait, demands, resources) / (1.0 - self.keep)

    def noise_sd(self, people: PeopleConfig, months: float = math.inf) -> float:
        """Sd of what chance adds in a span; over an endless one the stationary sd."""
        kept = 0.0 if math.isinf(months) else self.keep ** (2.0 * months)
        return people.strain_noise * math.sqrt((1.0 - kept) / (1.0 - self.keep**2))


def exhaustion_loop(people: PeopleConfig) -> Loop:
    """Exhaustion: moved more by demands."""
    return Loop(people.demand_effect, people.resource_effect)


def disengagement_loop(people: PeopleConfig) -> Loop:
    """Disengagement: moved more by resources."""
    return Loop(people.disengagement_demand_effect, people.disengagement_resource_effect)


def later(
    people: PeopleConfig,
    loop: Loop,
    strain: Floats,
    trait: Floats,
    demands: Floats,
    resources: Floats,
    noise: Floats,
    months: float = 1.0,
) -> Floats:
    """Strain after a span, SD; over one month E' = .90 E + .10 m + k_D (D + .20 E) - k_R R + .33 e.

    Demands as perceived are D + .20 E. Over n months conditions and noise accumulate as n single months would.
    """
    keep = loop.keep**months
    gain = (1.0 - keep) / (1.0 - loop.keep)
    drive = loop.drive(trait, demands, resources)
    return np.asarray(keep * strain + gain * drive + loop.noise_sd(people, months) * noise)


def score(strain: npt.ArrayLike, moment: Moment) -> Floats:
    """Strain on 0-100: percentile in the reference population, so 50 is its mean."""
    return 100.0 * np.asarray(ndtr(standard(strain, moment)))


def standard(strain: npt.ArrayLike, moment: Moment) -> Floats:
    """Strain in SD from the reference population's mean."""
    return (np.asarray(strain, dtype=np.float64) - moment.mean) / moment.sd


def output_factor(people: PeopleConfig, exhaustion: Floats) -> Floats:
    """Work that an hour yields, in [.7, 1.15]: the one place where staff's strain enters."""
    return np.clip(1.0 - people.strain_output * exhaustion, 0.7, 1.15)


def leader_hours_factor(people: PeopleConfig, exhaustion: Floats) -> Floats:
    """Share of contracted hours that a leader works effectively, in [.8, 1]."""
    return np.maximum(0.8, 1.0 - people.strain_leader_hours * np.maximum(exhaustion, 0.0))


def leaving_factor(slope: float, exhaustion: Floats, norm: float) -> Floats:
    """Multiple of the base hazard of leaving: exp(slope x E - k), 1 on average in the reference population."""
    return np.exp(slope * exhaustion - norm)


def weeks_at_risk(left: Floats, hazard: Floats, present: Floats) -> float:
    """Person-weeks of a month before notice was given: up to where the threshold, `left` away, is crossed."""
    share = np.divide(left, hazard, out=np.ones_like(left), where=hazard > 0.0)
    return float((present * np.clip(share, 0.0, 1.0)).sum()) * WEEKS_PER_MONTH
