"""Strain: a slow loop of demands and resources [Demerouti2001, Guthier2020]; the form is ours.

Latent, counted in SD of a frozen reference population (`sim.config.norms`). The loop is written for a span of
any length, so that a week, a month and a quarter agree: thirteen weeks of it are one quarter of it.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.config import Moment, PeopleConfig
from sim.periods import WEEKS_PER_MONTH

Floats = npt.NDArray[np.float64]
Number = TypeVar("Number", float, Floats)
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


class Span(NamedTuple):
    """How strain goes through a span: share kept, months' worth of what conditions add, sd of what chance adds."""

    keep: float
    gain: float
    noise_sd: float


class Loop(NamedTuple):
    """One of the two strains: how far demands and resources move it in a month, SD per SD."""

    demand_effect: float
    resource_effect: float

    @property
    def keep(self) -> float:
        """Share of strain left after a month under unchanged conditions, the perception of demands included."""
        return PERSISTENCE + STRAIN_LOOP * self.demand_effect

    def over(self, people: PeopleConfig, months: float) -> Span:
        """The loop over a span: conditions and noise accumulate as they would in single months."""
        keep = self.keep**months
        return Span(keep, (1.0 - keep) / (1.0 - self.keep), self.noise_sd(people, months))

    def settled(self, trait: Floats, demands: Floats, resources: Floats) -> Floats:
        """Mean strain of people who have long lived under these conditions."""
        return drive(self, trait, demands, resources) / (1.0 - self.keep)

    def noise_sd(self, people: PeopleConfig, months: float = math.inf) -> float:
        """Sd of what chance adds in a span; over an endless one the stationary sd."""
        kept = 0.0 if math.isinf(months) else self.keep ** (2.0 * months)
        return people.strain_noise * math.sqrt((1.0 - kept) / (1.0 - self.keep**2))


@plain
def drive(loop: Loop, trait: Number, demands: Number, resources: Number) -> Number:
    """What a month adds to strain, SD: the trait, demands, resources."""
    return (1.0 - PERSISTENCE) * trait + loop.demand_effect * demands - loop.resource_effect * resources


@plain
def moved(span: Span, strain: Number, added: Number, noise: Number) -> Number:
    """Strain after a span: what is left of it, what a month's conditions add (`drive`) so many times over, chance."""
    return span.keep * strain + span.gain * added + span.noise_sd * noise


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
    return moved(loop.over(people, months), strain, drive(loop, trait, demands, resources), noise)


@compiled
def percentile(standing: float) -> float:
    """Share of a normal population, in percent, that lies below so many SD."""
    return 50.0 * math.erfc(-standing / math.sqrt(2.0))


@compiled
def _percentiles(standings: Floats) -> Floats:
    shares = np.empty(len(standings))
    for i in range(len(standings)):
        shares[i] = percentile(standings[i])
    return shares


def score(strain: npt.ArrayLike, moment: Moment) -> Floats:
    """Strain on 0-100: percentile in the reference population, so 50 is its mean."""
    standings = np.asarray(standard(np.asarray(strain, dtype=np.float64), moment))
    return _percentiles(standings.ravel()).reshape(standings.shape)


@plain
def standard(strain: Number, moment: Moment) -> Number:
    """Strain in SD from the reference population's mean."""
    return (strain - moment.mean) / moment.sd


@plain
def output_factor(people: PeopleConfig, exhaustion: Number) -> Number:
    """Work that an hour yields, in [.7, 1.15]: the one place where staff's strain enters."""
    return np.minimum(np.maximum(1.0 - people.strain_output * exhaustion, 0.7), 1.15)


@plain
def leader_hours_factor(people: PeopleConfig, exhaustion: Number) -> Number:
    """Share of contracted hours that a leader works effectively, in [.8, 1]."""
    return np.maximum(0.8, 1.0 - people.strain_leader_hours * np.maximum(exhaustion, 0.0))


@plain
def leaving_factor(slope: float, exhaustion: Number, norm: float) -> Number:
    """Multiple of the base hazard of leaving: exp(slope x E - k), 1 on average in the reference population."""
    return np.exp(slope * exhaustion - norm)


@compiled
def weeks_at_risk(left: float, hazard: float, present: float) -> float:
    """Weeks of a person's month before notice was given: up to where the threshold, `left` away, is crossed."""
    share = min(max(left / hazard, 0.0), 1.0) if hazard > 0.0 else 1.0
    return present * share * WEEKS_PER_MONTH
