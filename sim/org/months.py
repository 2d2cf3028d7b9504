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
from sim.periods import MONTHS_PER_QUARTER, WEEKS_PER_MONTH, WEEKS_PER_QUARTER
from sim.randomness import normal, uniform

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Records = npt.NDArray[Any]
EXHAUSTION, DISENGAGEMENT = 0, 1
MONTHS, BURNOUT, EXHAUSTED, DISENGAGED, STRAINED, AT_RISK, N_COUNTS = range(7)  # the fields of `PersonTime`


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


class People(NamedTuple):
    """Who lives through a quarter, by seat or post; arrays of shape (n,). The quarter moves the last five."""

    entity: Ints  # in keyed draws
    event: Ints  # of the first month's exhaustion
    weight: Floats  # how often a person-month counts
    hazard: Floats  # of leaving, a month, of people strained like the reference
    trait: Floats  # SD
    demands: Floats  # SD
    resources: Floats
    vacant_weeks: Floats
    tenure_weeks: Floats
    exhaustion: Floats  # SD
    disengagement: Floats
    leave_left: Floats


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


def live_quarter(
    who: People, rules: tuple[Records, Records], key: np.uint64, is_at_risk: bool
) -> tuple[PersonTime, Bools]:
    """Live through three months by a group's `rules_of`; returns what they came to, and who gave notice, shape (n,).

    `key` is the stream of strain's chance. Who gives notice stays to the quarter's end, strained as before; weeks
    until then are at risk, those after are not, so leavers per year at risk have the stated rate.
    """
    counts, leaves = _live_quarter(who, *rules, key, is_at_risk)
    lived = PersonTime(*counts.tolist())
    lived.left = int(leaves.sum())
    return lived, leaves


@compiled
def _live_quarter(
    who: People, strains: Records, rules_record: Records, key: np.uint64, is_at_risk: bool
) -> tuple[Floats, Bools]:
    rules, n = rules_record[0], len(who.trait)
    counts, leaves = np.zeros(N_COUNTS), np.zeros(n, dtype=np.bool_)
    for i in range(n):
        for month in range(MONTHS_PER_QUARTER):
            here = present_share(who.vacant_weeks[i], (month + 1) * WEEKS_PER_MONTH, WEEKS_PER_MONTH)
            if here <= 0.0:
                continue  # nobody wears out on an empty chair
            if rules.is_felt:
                event = who.event[i] + month * rules.events
                who.exhaustion[i] = _felt(who, strains[EXHAUSTION], key, i, event, who.exhaustion[i])
                who.disengagement[i] = _felt(who, strains[DISENGAGEMENT], key, i, event, who.disengagement[i])
            _count_month(who, strains, i, here * who.weight[i], counts)
            if is_at_risk and not leaves[i]:
                leaves[i] = _gives_notice(who, rules, i, here, counts)
        _pass_weeks(who, i)
    return counts, leaves


@compiled
def _felt(who: People, strain: Any, key: np.uint64, i: int, event: int, before: float) -> float:
    """One of a person's strains after a month more."""
    added = drive(strain, who.trait[i], who.demands[i], who.resources[i])
    return moved(strain, before, added, normal(uniform(key, who.entity[i], event + strain.event)))


@compiled
def _count_month(who: People, strains: Records, i: int, share: float, counts: Floats) -> None:
    standing = standard(who.exhaustion[i], strains[EXHAUSTION])
    worn, distant = percentile(standing), percentile(standard(who.disengagement[i], strains[DISENGAGEMENT]))
    counts[MONTHS] += share
    counts[EXHAUSTED] += share * worn
    counts[DISENGAGED] += share * distant
    counts[BURNOUT] += share * (0.5 * (worn + distant))
    if standing > HIGH_STRAIN:
        counts[STRAINED] += share


@compiled
def _gives_notice(who: People, rules: Any, i: int, here: float, counts: Floats) -> bool:
    """Whether a month's hazard crosses what is left of the threshold."""
    hazard = who.hazard[i] * leaving_factor(rules.slope, who.exhaustion[i], rules.norm) * here
    counts[AT_RISK] += weeks_at_risk(who.leave_left[i], hazard, here)
    who.leave_left[i] -= hazard
    return who.leave_left[i] <= 0.0


@compiled
def _pass_weeks(who: People, i: int) -> None:
    who.tenure_weeks[i] += WEEKS_PER_QUARTER - min(who.vacant_weeks[i], WEEKS_PER_QUARTER)
    who.vacant_weeks[i] = max(who.vacant_weeks[i] - WEEKS_PER_QUARTER, 0.0)
