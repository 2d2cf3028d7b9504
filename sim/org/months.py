"""Three months of a group's lives, compiled: strain, notice, and the weeks that pass; alike for staff and leaders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, record
from sim.config import PeopleConfig
from sim.org.careers import present_share
from sim.org.once import once_per_config
from sim.org.strain import (
    HIGH_STRAIN,
    Group,
    disengagement_loop,
    drive,
    exhaustion_loop,
    leaving_factor,
    moved,
    percentile,
    standard,
    weeks_at_risk,
)
from sim.periods import MONTHS_PER_QUARTER, WEEKS_PER_MONTH
from sim.randomness import normal, uniform

Floats = npt.NDArray[np.float64]
Records = npt.NDArray[Any]
EXHAUSTION, DISENGAGEMENT = 0, 1
MONTHS, BURNOUT, EXHAUSTED, DISENGAGED, STRAINED, AT_RISK, LEFT, N_COUNTS = range(8)  # the fields of `PersonTime`


@dataclass
class PersonTime:
    """What a quarter's person-months came to, those of people who left included."""

    months: float = 0.0
    burnout: float = 0.0  # 0-100, summed over person-months
    exhaustion: float = 0.0
    disengagement: float = 0.0
    high_strain: float = 0.0
    at_risk_weeks: float = 0.0  # seat-weeks filled by people who had not given notice
    left: int = 0


class Person(NamedTuple):
    """One person at a quarter's start, and what it is like."""

    vacant_weeks: float  # until they come, 0 for who is there
    trait: float  # SD
    demands: float  # SD
    resources: float
    exhaustion: float  # SD
    disengagement: float
    leave_left: float  # Exp(1) threshold less the hazard met so far


class Place(NamedTuple):
    """One person's place in the group: luck, how often a month counts, hazard of leaving."""

    entity: int  # in keyed draws
    event: int  # number of the first month
    weight: float
    hazard: float  # a month, strained like the reference; nobody is asked where it is negative


class Strain(NamedTuple):
    """One of the two strains for compiled code: `Loop`, its `Span` of a month, the reference's `Moment`."""

    demand_effect: float
    resource_effect: float
    keep: float
    gain: float
    noise_sd: float
    mean: float
    sd: float
    event: int  # number of its chance within a month, or beyond all months


class Rules(NamedTuple):
    """How the months of a group go, beside their two strains."""

    is_felt: bool  # strain
    events: int  # a month
    slope: float  # of leaving with exhaustion
    norm: float  # K of the hazard of leaving


@once_per_config
def rules_of(
    people: PeopleConfig, reference: Group, is_felt: bool, drives_away: bool, events: tuple[int, tuple[int, int]]
) -> tuple[Records, Records]:
    """The two strains of a group, exhaustion first, and its rules, as records.

    Strain is felt or not, and drives people away or not; `events` are numbers of a month, and of the strains in it.
    """
    strains = [
        Strain(*loop, *loop.over(people, 1.0), moment.mean, moment.sd, event)
        for loop, moment, event in (
            (exhaustion_loop(people), reference.exhaustion, events[1][EXHAUSTION]),
            (disengagement_loop(people), reference.disengagement, events[1][DISENGAGEMENT]),
        )
    ]
    slope, norm = (people.strain_leaving, reference.leaving) if drives_away else (0.0, 0.0)
    return np.concatenate([record(strain) for strain in strains]), record(Rules(is_felt, events[0], slope, norm))


def person_time(counts: Floats) -> PersonTime:
    """What the months came to, from the sums of `live_months`."""
    lived = PersonTime(*counts[:LEFT].tolist())
    lived.left = int(counts[LEFT])
    return lived


@compiled
def live_months(
    who: Person, place: Place, strains: Records, rules: Any, key: np.uint64, counts: Floats
) -> tuple[float, float, float, bool]:
    """A person's exhaustion, disengagement and threshold after three months by a group's `rules_of`, and if they leave.

    `key` is the stream of strain's chance; what the months come to is added to `counts`. Who gives notice stays to the
    quarter's end, strained as before; weeks until then are at risk, those after are not, so leavers per year at risk
    have the stated rate.
    """
    exhausting, distancing = strains[EXHAUSTION], strains[DISENGAGEMENT]
    worn, distant, left, leaves = who.exhaustion, who.disengagement, who.leave_left, False
    # Each person is summed alone first: a person who counts twice then comes to what two like them do, to the bit.
    months, exhausted, disengaged, burnout, strained, at_risk = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for month in range(MONTHS_PER_QUARTER):
        here = present_share(who.vacant_weeks, (month + 1) * WEEKS_PER_MONTH, WEEKS_PER_MONTH)
        if here <= 0.0:
            continue  # nobody wears out on an empty chair
        if rules.is_felt:
            event = place.event + month * rules.events
            worn = _month_later(exhausting, worn, who, key, place.entity, event)
            distant = _month_later(distancing, distant, who, key, place.entity, event)
        share, standing = here * place.weight, standard(worn, exhausting)
        exhaustion, disengagement = percentile(standing), percentile(standard(distant, distancing))
        months += share
        exhausted += share * exhaustion
        disengaged += share * disengagement
        burnout += share * (0.5 * (exhaustion + disengagement))
        strained += share if standing > HIGH_STRAIN else 0.0
        if place.hazard >= 0.0 and not leaves:
            hazard = place.hazard * leaving_factor(rules.slope, worn, rules.norm) * here
            at_risk += weeks_at_risk(left, hazard, here)
            left -= hazard
            leaves = left <= 0.0
    counts[MONTHS] += months
    counts[EXHAUSTED] += exhausted
    counts[DISENGAGED] += disengaged
    counts[BURNOUT] += burnout
    counts[STRAINED] += strained
    counts[AT_RISK] += at_risk
    counts[LEFT] += leaves
    return worn, distant, left, leaves


@compiled
def _month_later(strain: Any, before: float, who: Person, key: np.uint64, entity: int, event: int) -> float:
    """One of the strains after a month more."""
    added = drive(strain, who.trait, who.demands, who.resources)
    return moved(strain, before, added, normal(uniform(key, entity, event + strain.event)))
