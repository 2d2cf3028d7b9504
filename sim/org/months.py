"""Three months of a group's lives, compiled: strain, notice, and the weeks that pass; alike for staff and leaders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.config import PeopleConfig
from sim.org.careers import present_share
from sim.org.strain import (
    HIGH_STRAIN,
    Group,
    disengagement_loop,
    drive,
    exhaustion_loop,
    leaving_factor,
    moved,
    percentile,
    weeks_at_risk,
)
from sim.periods import MONTHS_PER_QUARTER, WEEKS_PER_MONTH, WEEKS_PER_QUARTER
from sim.randomness import normal, uniform

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
EXHAUSTION, DISENGAGEMENT = 0, 1
MONTHS, BURNOUT, EXHAUSTED, DISENGAGED, STRAINED, AT_RISK, N_COUNTS = range(7)


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


class Rules(NamedTuple):
    """How strain moves in a month, what it is counted in, and how it drives people away; pairs: `EXHAUSTION` first."""

    is_felt: bool
    demand_effect: tuple[float, float]
    resource_effect: tuple[float, float]
    keep: tuple[float, float]
    gain: tuple[float, float]
    noise_sd: tuple[float, float]
    events_per_month: int
    event_of: tuple[int, int]  # number within a month, or beyond all months
    mean: tuple[float, float]  # of the reference population
    sd: tuple[float, float]
    leaving_slope: float
    leaving_norm: float


def rules_of(
    people: PeopleConfig, reference: Group, is_felt: bool, drives_away: bool, events: tuple[int, tuple[int, int]]
) -> Rules:
    """The rules of one group; `events` are numbers of a month, and those of the two strains in it."""
    loops = (exhaustion_loop(people), disengagement_loop(people))
    keep, gain, noise_sd = zip(*(loop.over(people, 1.0) for loop in loops), strict=True)
    demand_effect, resource_effect = zip(*loops, strict=True)
    moments = (reference.exhaustion, reference.disengagement)
    return Rules(
        is_felt, demand_effect, resource_effect, keep, gain, noise_sd, *events,
        mean=(moments[EXHAUSTION].mean, moments[DISENGAGEMENT].mean),
        sd=(moments[EXHAUSTION].sd, moments[DISENGAGEMENT].sd),
        leaving_slope=people.strain_leaving if drives_away else 0.0,
        leaving_norm=reference.leaving if drives_away else 0.0,
    )  # fmt: skip


def live_quarter(who: People, rules: Any, key: np.uint64, is_at_risk: bool) -> tuple[PersonTime, Bools]:
    """Live through three months; returns what they came to, and who has given notice, shape (n,).

    `rules` are a record of `Rules`, `key` is the stream of strain's chance. Who gives notice stays to the quarter's
    end, strained as before; weeks until then are at risk, those after are not, so leavers per year at risk have the
    stated rate.
    """
    counts, leaves = _live_quarter(who, rules, key, is_at_risk)
    lived = PersonTime(*counts.tolist())
    lived.left = int(leaves.sum())
    return lived, leaves


@compiled
def _live_quarter(who: People, rules_record: Any, key: np.uint64, is_at_risk: bool) -> tuple[Floats, Bools]:
    rules, n = rules_record[0], len(who.trait)
    counts, leaves = np.zeros(N_COUNTS), np.zeros(n, dtype=np.bool_)
    for i in range(n):
        for month in range(MONTHS_PER_QUARTER):
            here = present_share(who.vacant_weeks[i], (month + 1) * WEEKS_PER_MONTH, WEEKS_PER_MONTH)
            if here <= 0.0:
                continue  # nobody wears out on an empty chair
            if rules.is_felt:
                _feel_month(who, rules, key, i, month)
            _count_month(who, rules, i, here * who.weight[i], counts)
            if is_at_risk and not leaves[i]:
                leaves[i] = _gives_notice(who, rules, i, here, counts)
        _pass_weeks(who, i)
    return counts, leaves


@compiled
def _feel_month(who: People, rules: Any, key: np.uint64, i: int, month: int) -> None:
    who.exhaustion[i] = _strained(who, rules, key, i, month, EXHAUSTION, who.exhaustion[i])
    who.disengagement[i] = _strained(who, rules, key, i, month, DISENGAGEMENT, who.disengagement[i])


@compiled
def _strained(who: People, rules: Any, key: np.uint64, i: int, month: int, kind: int, strain: float) -> float:
    """One of the two strains after a month more."""
    added = drive(
        rules.demand_effect[kind], rules.resource_effect[kind], who.trait[i], who.demands[i], who.resources[i]
    )  # fmt: skip
    event = who.event[i] + month * rules.events_per_month + rules.event_of[kind]
    noise = normal(uniform(key, who.entity[i], event))
    return moved(rules.keep[kind], rules.gain[kind], rules.noise_sd[kind], strain, added, noise)


@compiled
def _count_month(who: People, rules: Any, i: int, share: float, counts: Floats) -> None:
    standing = (who.exhaustion[i] - rules.mean[EXHAUSTION]) / rules.sd[EXHAUSTION]
    distance = (who.disengagement[i] - rules.mean[DISENGAGEMENT]) / rules.sd[DISENGAGEMENT]
    worn, distant = percentile(standing), percentile(distance)
    counts[MONTHS] += share
    counts[EXHAUSTED] += share * worn
    counts[DISENGAGED] += share * distant
    counts[BURNOUT] += share * (0.5 * (worn + distant))
    if standing > HIGH_STRAIN:
        counts[STRAINED] += share


@compiled
def _gives_notice(who: People, rules: Any, i: int, here: float, counts: Floats) -> bool:
    """Whether a month's hazard crosses what is left of the threshold."""
    hazard = who.hazard[i] * leaving_factor(rules.leaving_slope, who.exhaustion[i], rules.leaving_norm) * here
    counts[AT_RISK] += weeks_at_risk(who.leave_left[i], hazard, here)
    who.leave_left[i] -= hazard
    return who.leave_left[i] <= 0.0


@compiled
def _pass_weeks(who: People, i: int) -> None:
    who.tenure_weeks[i] += WEEKS_PER_QUARTER - min(who.vacant_weeks[i], WEEKS_PER_QUARTER)
    who.vacant_weeks[i] = max(who.vacant_weeks[i] - WEEKS_PER_QUARTER, 0.0)
