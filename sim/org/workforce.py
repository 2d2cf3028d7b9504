"""One function's team as arrays over seats: who sits there, how skilled, how far ramped up, who leaves.

A seat is a position that may be filled or open; it keeps its number, the person in it changes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.config import MechanismsConfig, PeopleConfig
from sim.org import strain
from sim.periods import MONTHS_PER_QUARTER, WEEKS_PER_MONTH, WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import Decision, Luck, event_number

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SEATS_PER_FUNCTION = 2**20  # keeps the seats of two functions apart as entities of draws
MONTHS_OF_A_LIFE = 2**12


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
    left: int = 0  # people who left so far
    filled_weeks: float = 0.0  # seat-weeks filled so far

    @property
    def n(self) -> int:
        """Number of seats."""
        return len(self.person)

    @property
    def entities(self) -> Ints:
        """Entity numbers of the seats in keyed draws."""
        return np.arange(self.n) + self.function * SEATS_PER_FUNCTION

    @property
    def is_filled(self) -> npt.NDArray[np.bool_]:
        """Seats with somebody in them at the quarter's start."""
        return self.vacant_weeks <= 0.0

    def take_seats(self, which: npt.NDArray[np.bool_], people: PeopleConfig, luck: Luck) -> None:
        """New persons sit down: skill, trait and staying power are theirs."""
        who, number = self.entities[which], self.person[which]
        self.skill[which] = luck.normals(Decision.SEAT_SKILL, who, number)
        self.trait[which] = people.strain_trait * luck.normals(Decision.SEAT_TRAIT, who, number)
        self.exhaustion[which] = self.trait[which]
        self.disengagement[which] = self.trait[which]
        self.leave_left[which] = luck.exponentials(Decision.SEAT_LEAVES, who, number)
        self.tenure_weeks[which] = 0.0

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

    def feel(self, people: PeopleConfig, luck: Luck, demands: Floats, resources: Floats) -> None:
        """Three months of strain under these demands and resources, SD, shape (n_seats,)."""
        for _ in range(MONTHS_PER_QUARTER):
            events = event_number(self.person, self.months)
            noise = luck.normals(Decision.SEAT_STRAIN, self.entities, events)
            other = luck.normals(Decision.SEAT_STRAIN, self.entities, events + MONTHS_OF_A_LIFE)
            after = strain.next_exhaustion(people, self.exhaustion, self.trait, demands, resources, noise)
            later = strain.next_disengagement(people, self.disengagement, self.trait, demands, resources, other)
            # Nobody wears out on an empty chair: a hire arrives at the trait.
            self.exhaustion = np.where(self.is_filled, after, self.exhaustion)
            self.disengagement = np.where(self.is_filled, later, self.disengagement)
            self.months += 1

    def pass_quarter(
        self, people: PeopleConfig, switches: MechanismsConfig, luck: Luck, base_per_year: float, push: float
    ) -> int:
        """Time passes: vacancies fill, tenure grows, those whose threshold is crossed leave; how many left.

        The hazard is base x exp(.37 E - k + push); k holds the base rate in the reference population, whose
        exhaustion is standard normal: k = .37^2 / 2.
        """
        presence = self.presence().sum(axis=1)
        self.filled_weeks += float(presence.sum())
        hired = (self.vacant_weeks > 0.0) & (self.vacant_weeks < WEEKS_PER_QUARTER)
        self.vacant_weeks = np.maximum(self.vacant_weeks - WEEKS_PER_QUARTER, 0.0)
        self.tenure_weeks += presence
        if not switches.attrition:
            return 0
        slope = people.strain_leaving if switches.staff_strain else 0.0
        rate = base_per_year / WEEKS_PER_YEAR * np.exp(slope * self.exhaustion - 0.5 * slope**2 + push)
        self.leave_left -= rate * presence
        leaves = (self.leave_left <= 0.0) & (self.is_filled | hired)
        if not leaves.any():
            return 0
        self.person[leaves] += 1
        search = luck.exponentials(Decision.SEAT_SEARCH, self.entities[leaves], self.person[leaves])
        self.vacant_weeks[leaves] = people.search_weeks * search
        self.take_seats(leaves, people, luck)
        n_left = int(leaves.sum())
        self.left += n_left
        return n_left


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
    zeros = np.zeros(n_seats)
    team = Workforce(
        function=function,
        person=np.zeros(n_seats, dtype=np.int64),
        vacant_weeks=zeros.copy(),
        tenure_weeks=zeros.copy(),
        leave_left=zeros.copy(),
        skill=zeros.copy(),
        trait=zeros.copy(),
        exhaustion=zeros.copy(),
        disengagement=zeros.copy(),
        months=np.zeros(n_seats, dtype=np.int64),
    )
    everyone = np.ones(n_seats, dtype=bool)
    team.take_seats(everyone, people, luck)
    mean_e, sd_e, mean_d, sd_d = strain_moments
    team.exhaustion = mean_e + sd_e * luck.normals(Decision.START_STATE, team.entities, 1)
    team.disengagement = mean_d + sd_d * luck.normals(Decision.START_STATE, team.entities, 2)
    if not switches.attrition or base_per_year <= 0.0:
        team.tenure_weeks[:] = WEEKS_PER_YEAR * math.ceil(people.ramp_months / 12.0 + 1.0)
        return team
    # Memoryless careers: exponential age and exponential residual vacancy.
    open_share = people.search_weeks / (people.search_weeks + WEEKS_PER_YEAR / base_per_year)
    is_open = luck.uniforms(Decision.START_STATE, team.entities, 3) < open_share
    age = luck.exponentials(Decision.START_STATE, team.entities, 4)
    team.vacant_weeks = np.where(is_open, people.search_weeks * age, 0.0)
    team.tenure_weeks = np.where(is_open, 0.0, WEEKS_PER_YEAR / base_per_year * age)
    return team
