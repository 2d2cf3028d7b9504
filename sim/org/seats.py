"""A team's seats in compiled code: a quarter that people live through, and new persons who sit down."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, record
from sim.org.careers import quarter_later
from sim.org.constants import Constants
from sim.org.months import N_COUNTS, Person, Place, Records, live_months
from sim.org.once import once_per_config
from sim.periods import MONTHS_PER_QUARTER
from sim.randomness import Decision, Luck, event_number, exponential, normal, uniform

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
MONTHS_OF_A_LIFE = 2**12
EVENTS = 1, (0, MONTHS_OF_A_LIFE)  # of a month's strain: exhaustion's number goes up by one a month


class SeatColumns(NamedTuple):
    """The columns of a `Workforce` that its people's lives move, arrays of shape (n_seats,)."""

    person: Ints
    months: Ints
    vacant_weeks: Floats
    tenure_weeks: Floats
    leave_left: Floats
    skill: Floats
    trait: Floats
    exhaustion: Floats
    disengagement: Floats
    crossover: Floats


class SeatLuck(NamedTuple):
    """Stream keys of what is drawn for a seat."""

    strain: np.uint64
    search: np.uint64
    skill: np.uint64
    trait: np.uint64
    leaves: np.uint64


@once_per_config
def seat_luck(luck: Luck) -> Records:
    """The keys of one seed, as a record of `SeatLuck`."""
    return record(SeatLuck(*(luck.key(Decision[f"SEAT_{name.upper()}"]) for name in SeatLuck._fields)))


@compiled
def live_quarter(
    seats: SeatColumns, first: int, demands: Floats, resources: Floats, hazard: float, strains: Records, rules: Records,
    luck: Records, people: Constants,
) -> tuple[Floats, Bools]:  # fmt: skip
    """A quarter of three months (`live_months`), each person counting once; who leaves is followed by somebody sought.

    `first` is the entity number of the first seat, `hazard` the base one of leaving, a month. Returns what the months
    came to, and who left, shape (n_seats,).
    """
    counts, leaves = np.zeros(N_COUNTS), np.zeros(len(seats.person), dtype=np.bool_)
    for s in range(len(leaves)):
        who = Person(
            seats.vacant_weeks[s], seats.trait[s], demands[s], resources[s], seats.exhaustion[s],
            seats.disengagement[s], seats.leave_left[s],
        )  # fmt: skip
        place = Place(first + s, event_number(seats.person[s], seats.months[s]), 1.0, hazard)
        seats.exhaustion[s], seats.disengagement[s], seats.leave_left[s], leaves[s] = live_months(
            who, place, strains, rules[0], luck[0].strain, counts
        )
        seats.months[s] += MONTHS_PER_QUARTER
        seats.person[s] += leaves[s]
        seats.tenure_weeks[s], seats.vacant_weeks[s] = quarter_later(seats.tenure_weeks[s], seats.vacant_weeks[s])
    take_seats(seats, first, leaves, people[0].search_weeks, luck, people)
    return counts, leaves


@compiled
def take_seats(
    seats: SeatColumns, first: int, which: Bools, search_weeks: float, luck: Records, people: Constants
) -> None:  # fmt: skip
    """The persons whose numbers these seats have take them after a search, of so many weeks on average.

    Skill, trait and staying power are a person's; strain starts at the trait.
    """
    streams, settings = luck[0], people[0]
    for s in range(len(which)):
        if not which[s]:
            continue
        who, number = first + s, seats.person[s]
        seats.vacant_weeks[s] = search_weeks * exponential(uniform(streams.search, who, number))
        trait = settings.strain_trait * normal(uniform(streams.trait, who, number))
        seats.trait[s] = seats.exhaustion[s] = seats.disengagement[s] = trait
        seats.skill[s] = normal(uniform(streams.skill, who, number))
        seats.leave_left[s] = exponential(uniform(streams.leaves, who, number))
        seats.tenure_weeks[s] = 0.0
        seats.crossover[s] = settings.crossover_start
