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
from sim.periods import MONTHS_PER_QUARTER, WEEKS_PER_MONTH, WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import Decision, Luck, event_number

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
SEATS_PER_FUNCTION = 2**20  # keeps the seats of two functions apart as entities of draws
MONTHS_OF_A_LIFE = 2**12


class CalledAway(NamedTuple):
    """Who left at a quarter's start because the scenario says so: people of either function, numbers of posts."""

    staff: tuple[int, int] = (0, 0)
    posts: tuple[int, ...] = ()


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
        return np.arange(self.n) + self.function * SEATS_PER_FUNCTION

    @property
    def is_filled(self) -> Bools:
        """Seats with somebody in them at the quarter's start."""
        return self.vacant_weeks <= 0.0

    def take_seats(self, which: Bools, people: PeopleConfig, luck: Luck) -> None:
        """New persons sit down: skill, trait and staying power are theirs; strain starts at the trait."""
        who, number = self.entities[which], self.person[which]
        self.skill[which] = luck.normals(Decision.SEAT_SKILL, who, number)
        self.trait[which] = people.strain_trait * luck.normals(Decision.SEAT_TRAIT, who, number)
        self.exhaustion[which] = self.trait[which]
        self.disengagement[which] = self.trait[which]
        self.leave_left[which] = luck.exponentials(Decision.SEAT_LEAVES, who, number)
        self.tenure_weeks[which] = 0.0
        self.crossover[which] = people.crossover_start

    def presence(self) -> Floats:
        """Share of each week of the coming quarter that each seat is filled, shape (n_seats, 13)."""
        weeks = np.arange(1, WEEKS_PER_QUARTER + 1)
        return np.clip(weeks[None, :] - self.vacant_weeks[:, None], 0.0, 1.0)

    def ramp(self, people: PeopleConfig) -> Floats:
        """Share of full output by time since hire, in (0, 1], at the middle of each week; shape (n_seats, 13)."""
        if people.ramp_months == 0.0:
            return np.ones((self.n, WEEKS_PER_QUARTER))
        middle = np.arange(WEEKS_PER_QUARTER)[None, :] + 0.5 - self.vacant_weeks[:, None]
        tenure = np.maximum(self.tenure_weeks[:, None] + middle, 0.0)
        return np.minimum(tenure / (people.ramp_months * WEEKS_PER_MONTH), 1.0)

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
        """A quarter of three months: strain moves, some give notice; returns who leaves, shape (n_seats,).

        Who gives notice stays to the quarter's end, strained as before; seat-weeks until then are at risk, those
        after are not, so leavers per seat-year at risk have the stated rate.
        """
        self.demands, self.resources = demands, resources
        present = self._months_present()
        self.lived = PersonTime()
        leaves = np.zeros(self.n, dtype=bool)
        slope = people.strain_leaving if switches.staff_strain else 0.0
        norm = reference.leaving if switches.staff_strain else 0.0
        base = base_per_year / (WEEKS_PER_YEAR / WEEKS_PER_MONTH) if switches.attrition else 0.0
        for month in range(MONTHS_PER_QUARTER):
            here = present[:, month]
            self._feel_month(people, luck, here > 0.0)
            self._count_month(here, reference)
            at_risk = np.where(leaves, 0.0, here)
            hazard = base * strain.leaving_factor(slope, self.exhaustion, norm) * at_risk
            self.lived.at_risk_weeks += strain.weeks_at_risk(self.leave_left, hazard, at_risk)
            self.leave_left = self.leave_left - hazard
            leaves |= (self.leave_left <= 0.0) & (at_risk > 0.0)
        self.lived.left = int(leaves.sum())
        self._pass_weeks()
        if self.lived.left:
            self.leave(leaves, people, luck)
        return leaves

    def _months_present(self) -> Floats:
        """Share of each month of the quarter that each seat is filled, shape (n_seats, 3)."""
        ends = np.arange(1, MONTHS_PER_QUARTER + 1) * WEEKS_PER_MONTH
        return np.clip((ends[None, :] - self.vacant_weeks[:, None]) / WEEKS_PER_MONTH, 0.0, 1.0)

    def _feel_month(self, people: PeopleConfig, luck: Luck, is_here: Bools) -> None:
        """A month of strain for those who are there: nobody wears out on an empty chair."""
        events = event_number(self.person, self.months)
        for name, loop, offset in (
            ("exhaustion", strain.exhaustion_loop(people), 0),
            ("disengagement", strain.disengagement_loop(people), MONTHS_OF_A_LIFE),
        ):
            noise = luck.normals(Decision.SEAT_STRAIN, self.entities, events + offset)
            before = getattr(self, name)
            after = strain.later(people, loop, before, self.trait, self.demands, self.resources, noise)
            setattr(self, name, np.where(is_here, after, before))
        self.months = self.months + 1

    def _count_month(self, here: Floats, reference: strain.Group) -> None:
        worn = strain.score(self.exhaustion, reference.exhaustion)
        distant = strain.score(self.disengagement, reference.disengagement)
        lived = self.lived
        lived.months += float(here.sum())
        lived.exhaustion += float(here @ worn)
        lived.disengagement += float(here @ distant)
        lived.burnout += float(here @ (0.5 * (worn + distant)))
        lived.high_strain += float(here @ (strain.standard(self.exhaustion, reference.exhaustion) > strain.HIGH_STRAIN))

    def _pass_weeks(self) -> None:
        self.tenure_weeks = self.tenure_weeks + self.presence().sum(axis=1)
        self.vacant_weeks = np.maximum(self.vacant_weeks - WEEKS_PER_QUARTER, 0.0)

    def leave(self, leaves: Bools, people: PeopleConfig, luck: Luck) -> None:
        """These seats fall vacant now; who takes them is drawn and comes when the search ends."""
        self.person[leaves] += 1
        self.seek(leaves, people, luck)

    def seek(self, which: Bools, people: PeopleConfig, luck: Luck) -> None:
        """Somebody is sought for these seats: the person whose number they have."""
        search = luck.exponentials(Decision.SEAT_SEARCH, self.entities[which], self.person[which])
        self.vacant_weeks[which] = people.search_weeks * search
        self.take_seats(which, people, luck)


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
