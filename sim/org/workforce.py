"""One function's team as arrays over seats: who sits there, how skilled, how far ramped up, how strained, who leaves.

A seat is a position that may be filled or open; it keeps its number, the person in it changes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.config import MechanismsConfig, PeopleConfig
from sim.org import strain
from sim.org.careers import weekly_presence, weekly_ramp
from sim.org.constants import constants
from sim.org.months import PersonTime, person_time, rules_of
from sim.org.seats import EVENTS, SeatColumns, live_quarter, seat_luck, take_seats
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import Decision, Luck

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
SEATS_PER_FUNCTION = 2**20  # keeps the seats of two functions apart as entities of draws


class CalledAway(NamedTuple):
    """Who left at a quarter's start because the scenario says so: people of either function, numbers of posts."""

    staff: tuple[int, int] = (0, 0)
    posts: tuple[int, ...] = ()


@dataclass
class Workforce:
    """State of one team's seats, arrays of shape (n_seats,)."""

    function: int
    person: Ints  # running number of the person in the seat
    vacant_weeks: Floats  # until the seat is filled, 0 if it is
    tenure_weeks: Floats
    leave_left: Floats  # Exp(1) threshold less the hazard met so far
    skill: Floats  # SD
    trait: Floats  # SD
    exhaustion: Floats
    disengagement: Floats
    months: Ints  # months of strain lived in the seat, the event of its noise
    crossover: Floats  # worth of an hour in the other function
    demands: Floats  # last quarter's, SD
    resources: Floats
    conflict: Floats  # 1-7
    met: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # last person of each seat there ever was
    lived: PersonTime = field(default_factory=PersonTime)  # the last quarter

    @property
    def n(self) -> int:
        """Number of seats."""
        return len(self.person)

    @property
    def entities(self) -> Ints:
        """Entity numbers of the seats in keyed draws."""
        return np.arange(self.n) + self._first

    @property
    def is_filled(self) -> Bools:
        """Seats with somebody in them at the quarter's start."""
        return self.vacant_weeks <= 0.0

    def presence(self) -> Floats:
        """Share of each week of the coming quarter that each seat is filled, shape (n_seats, 13)."""
        return weekly_presence(self.vacant_weeks)

    def ramp(self, people: PeopleConfig) -> Floats:
        """Share of full output by time since hire, in [0, 1], at the middle of each week; shape (n_seats, 13)."""
        return weekly_ramp(self.tenure_weeks, self.vacant_weeks, people.ramp_months * WEEKS_PER_MONTH)

    def live(
        self,
        people: PeopleConfig,
        switches: MechanismsConfig,
        luck: Luck,
        demands: Floats,
        resources: Floats,
        base_per_year: float,
        reference: strain.Group,
    ) -> Bools:
        """A quarter of three months: strain moves, some give notice and go; returns who, shape (n_seats,)."""
        self.demands, self.resources = demands, resources
        base = base_per_year / (WEEKS_PER_YEAR / WEEKS_PER_MONTH) if switches.attrition else 0.0
        rules = rules_of(people, reference, True, switches.staff_strain, EVENTS)
        seats, numbers = self._seats(), (seat_luck(luck), constants(people))
        counts, leaves = live_quarter(seats, self._first, demands, resources, base, *rules, *numbers)
        self.lived = person_time(counts)
        return leaves

    def leave(self, leaves: Bools, people: PeopleConfig, luck: Luck) -> None:
        """These seats fall vacant now; who takes them is drawn and comes when the search ends."""
        self.person[leaves] += 1
        self.seek(leaves, people, luck)

    def seek(self, which: Bools, people: PeopleConfig, luck: Luck) -> None:
        """Somebody is sought for these seats: the person whose number they have."""
        take_seats(self._seats(), self._first, which, people.search_weeks, seat_luck(luck), constants(people))

    def take_seats(self, which: Bools, people: PeopleConfig, luck: Luck) -> None:
        """New persons sit down at once: skill, trait and staying power are theirs; strain starts at the trait."""
        take_seats(self._seats(), self._first, which, 0.0, seat_luck(luck), constants(people))

    @property
    def _first(self) -> int:
        """Entity number of the first seat."""
        return self.function * SEATS_PER_FUNCTION

    def _seats(self) -> SeatColumns:
        return SeatColumns(
            self.person, self.months, self.vacant_weeks, self.tenure_weeks, self.leave_left, self.skill, self.trait,
            self.exhaustion, self.disengagement, self.crossover,
        )  # fmt: skip


def started_workforce(
    function: int,
    n_seats: int,
    people: PeopleConfig,
    switches: MechanismsConfig,
    luck: Luck,
    base_per_year: float,
    strain_moments: tuple[float, float, float, float],
) -> Workforce:
    """A team in its steady state: some seats open, some people new, strain with these means and sds."""
    zeros: dict[str, Any] = {
        name: np.zeros(n_seats)
        for name in (
            "vacant_weeks", "tenure_weeks", "leave_left", "skill", "trait", "exhaustion", "disengagement", "crossover",
            "demands", "resources",
        )
    }  # fmt: skip
    team = Workforce(
        function=function,
        person=np.zeros(n_seats, dtype=np.int64),
        months=np.zeros(n_seats, dtype=np.int64),
        conflict=np.ones(n_seats),
        **zeros,
    )
    everyone = np.ones(n_seats, dtype=bool)
    team.take_seats(everyone, people, luck)
    mean_e, sd_e, mean_d, sd_d = strain_moments
    loops = (strain.exhaustion_loop(people), strain.disengagement_loop(people))
    team.exhaustion, team.disengagement = (
        _started_strain(people, loop, team.trait, mean, sd, luck.normals(Decision.START_STATE, team.entities, event))
        for loop, mean, sd, event in ((loops[0], mean_e, sd_e, 1), (loops[1], mean_d, sd_d, 2))
    )
    if not switches.attrition or base_per_year <= 0.0:
        team.tenure_weeks[:] = WEEKS_PER_YEAR * math.ceil(people.ramp_months / 12.0 + 1.0)
        return team
    # Memoryless careers: exponential age and exponential residual vacancy.
    is_open = luck.uniforms(Decision.START_STATE, team.entities, 3) < open_share(base_per_year, people.search_weeks)
    age = luck.exponentials(Decision.START_STATE, team.entities, 4)
    team.vacant_weeks = np.where(is_open, people.search_weeks * age, 0.0)
    team.tenure_weeks = np.where(is_open, 0.0, WEEKS_PER_YEAR / base_per_year * age)
    return team


def open_share(leavers_per_year: float, search_weeks: float) -> float:
    """Share of seats that are open at a quarter's start in the steady state.

    People leave at a quarter's end, so that is when most seats are open. With q the chance to leave in a quarter
    and s that a search outlasts one: open = open x s + full quarter x q + joined in it x q / 2.
    """
    if search_weeks <= 0.0:
        return 0.0
    leaves = 1.0 - math.exp(-leavers_per_year * WEEKS_PER_QUARTER / WEEKS_PER_YEAR)
    lasts = math.exp(-WEEKS_PER_QUARTER / search_weeks)
    return leaves / (1.0 - lasts + leaves - 0.5 * (1.0 - lasts) * leaves)


def _started_strain(
    people: PeopleConfig, loop: strain.Loop, trait: Floats, mean: float, sd: float, draws: Floats
) -> Floats:
    """Strain with this mean and sd, as far as the trait explains it, and chance beyond."""
    nothing = np.zeros_like(trait)
    explained = loop.settled(trait, nothing, nothing)
    part = float(loop.settled(np.array([people.strain_trait]), np.zeros(1), np.zeros(1))[0])
    return mean + explained + math.sqrt(max(sd**2 - part**2, 0.0)) * draws
