"""Dysfunctional conflict between people of the two functions, 1-7: low on average, with a long tail.

Levels follow Dawes and Massey (2005) and Massey and Dawes (2007): low conflict is the rule; lost trust drives it.
That staff of one unit quarrel less is Le Meunier-FitzHugh and Massey (2019). The form is ours.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.config import Moment, PeopleConfig
from sim.org.constants import Constants, constants
from sim.org.trust import Trust
from sim.org.workforce import Workforce
from sim.randomness import Decision, Luck, event_number, normal, uniform

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Number = TypeVar("Number", float, Floats)
LOWEST, HIGHEST = 1.0, 7.0
HIGH = 4.0  # the middle of 1-7


@plain
def conflict_score(
    people: PeopleConfig,
    trust: Number,
    usual_trust: Moment,
    pressing: float,
    unfair: float,
    temper: Number,
    occasion: Number,
    relief: float,
) -> Number:
    """Conflict of each person in SD: trust lost, pressure, unfair credit, temper and occasion, less the relief.

    `trust` is each person's mean trust in the other function, `pressing` pressure in SD of the reference.
    """
    return (
        people.conflict_trust * (usual_trust.mean - trust) / usual_trust.sd
        + people.conflict_pressure * pressing
        + people.conflict_unfairness * unfair
        + people.conflict_person * temper
        + people.conflict_quarter * occasion
        - relief
    )


@plain
def conflict_level(people: PeopleConfig, score: Number) -> Number:
    """Conflict on 1-7: 1 + median x exp(skew x score), so most are low and a few are high."""
    return np.minimum(LOWEST + people.conflict_median * np.exp(people.conflict_skew * score), HIGHEST)


def quarrels(
    people: PeopleConfig, luck: Luck, quarter: int, team: Workforce, trust: Trust, usual_trust: Moment,
    pressing: float, unfair: float, relief: float,
) -> Floats:  # fmt: skip
    """Conflict of each person of a team with the other function in a quarter (0, 1, ...), 1-7: see `conflict_score`.

    Temper is a person's own, the occasion that person's in this quarter.
    """
    return _quarrels(
        constants(people), trust.in_others(team.function), constants(usual_trust), pressing, unfair, relief,
        luck.key(Decision.QUARREL), team.entities, team.person, quarter,
    )  # fmt: skip


@compiled
def _quarrels(
    people_record: Constants, trust: Floats, usual_record: Constants, pressing: float, unfair: float, relief: float,
    luck: np.uint64, entities: Ints, person: Ints, quarter: int,
) -> Floats:  # fmt: skip
    people, usual_trust = people_record[0], usual_record[0]
    levels = np.empty(len(person))
    for i in range(len(person)):
        temper = normal(uniform(luck, entities[i], event_number(person[i], 0)))
        occasion = normal(uniform(luck, entities[i], event_number(person[i], 1 + quarter)))
        score = conflict_score(people, trust[i], usual_trust, pressing, unfair, temper, occasion, relief)
        levels[i] = conflict_level(people, score)
    return levels


class StaffConflict(NamedTuple):
    """Conflict of all staff who are there."""

    mean: float  # 1-7, NaN where nobody is
    high_share: float


def staff_conflict(sales: Workforce, marketing: Workforce) -> StaffConflict:
    """Conflict of the staff of both functions, as far as seats are filled."""
    return StaffConflict(*_staff_conflict(sales.conflict, sales.is_filled, marketing.conflict, marketing.is_filled))


@compiled
def _staff_conflict(
    of_sales: Floats, sales_filled: Bools, of_marketing: Floats, marketing_filled: Bools
) -> tuple[float, float]:
    total, n_high, n = 0.0, 0, 0
    for levels, is_filled in ((of_sales, sales_filled), (of_marketing, marketing_filled)):
        for i in range(len(levels)):
            if is_filled[i]:
                total += levels[i]
                n_high += levels[i] > HIGH
                n += 1
    return total / n, n_high / n


def conflict_hours_per_week(people: PeopleConfig, mean_conflict: float) -> float:
    """Hours a week that quarrels take of each person."""
    return people.conflict_hours * (mean_conflict - LOWEST)
