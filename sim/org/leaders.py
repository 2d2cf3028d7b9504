"""The people who hold the posts: how competent, how far-sighted, how strained, how long there, who follows them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.config import FUNCTIONS, MechanismsConfig, PeopleConfig, Profile
from sim.org import months, strain
from sim.org.attention import N_ACTIVITIES
from sim.org.careers import quarter_later, quarterly_effect, quarterly_presence
from sim.org.months import N_COUNTS, Person, Place, live_months
from sim.org.once import once_per_config
from sim.org.structure import Structure
from sim.org.workforce import open_share
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import Decision, Luck, event_number

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
LONG_THERE = 10.0 * WEEKS_PER_YEAR
EVENTS = 2, (0, 1)  # of a month's strain: exhaustion has the even numbers
USUAL_CROSS_DOMAIN = 0.2  # of an ordinary profile; what lies above makes one rare


@dataclass
class Leaders:
    """State of all leaders, one row per post of the structure."""

    skill: Floats  # (n_posts, 2): competence in sales and in marketing, 0..1
    potential: Floats  # (n_posts, 2): competence after long practice
    horizon: Floats  # (n_posts,): quarters, before pressure
    cross_domain: Floats  # (n_posts,): 0..1
    attention: Floats  # (n_posts, 9): hours a week while there
    spare: Floats  # (n_posts, 2): hours a week of staff work per function while there
    hours: Floats  # (n_posts,): effective hours a week, after strain, meetings and switching
    exhaustion: Floats  # (n_posts,): SD
    disengagement: Floats
    trait: Floats
    person: Ints  # running number of the post's holder
    vacant_weeks: Floats  # until the post is filled, 0 if it is
    tenure_weeks: Floats
    leave_left: Floats  # Exp(1) threshold less the hazard met so far
    met: tuple[tuple[int, int], ...] = ()  # luck numbers of posts there were before, and their last persons
    lived: months.PersonTime = field(default_factory=months.PersonTime)  # the last quarter, weighted by functions led
    steady: tuple[Floats, Floats] | None = None  # presence and effect held at their long-run mean: nobody leaves

    def take_posts(
        self,
        which: npt.NDArray[np.bool_],
        structure: Structure,
        people: PeopleConfig,
        switches: MechanismsConfig,
        luck: Luck | None,
    ) -> None:
        """New holders are drawn from their posts' profiles; without luck, or spread, each is its profile's mean.

        Skill is drawn per function, so that the same luck meets whoever leads that function in any structure.
        """
        for post in np.flatnonzero(which).tolist():
            profile = structure.posts[post].profile
            home = home_skill(people, switches, profile)
            skill, horizon, trait = home, profile.planning_horizon_quarters, 0.0
            if luck is not None:
                number, person = structure.luck_number(post), int(self.person[post])
                if switches.leader_strain:
                    trait = people.strain_trait * float(luck.normals(Decision.LEADER_STRAIN, number, -1 - person)[0])
                if switches.profile_spread:
                    draws = luck.normals(Decision.LEADER_SKILL, np.arange(len(FUNCTIONS)), person)
                    skill = np.clip(home + profile.skill_spread * draws, 0.05, 1.0)
                    first = min(structure.functions[post], default=number)
                    ahead = luck.normals(Decision.LEADER_HORIZON, first, person)[0]
                    horizon *= math.exp(profile.horizon_spread * ahead)
                self.leave_left[post] = luck.exponentials(Decision.LEADER_LEAVES, number, person)[0]
            self.skill[post] = skill
            missing = people.leader_skill - home if switches.learning else np.zeros(len(FUNCTIONS))
            self.potential[post] = np.minimum(skill + people.learnable_share * missing, 1.0)
            self.horizon[post] = horizon
            self.cross_domain[post] = profile.cross_domain if switches.cross_domain else 0.0
            self.trait[post] = self.exhaustion[post] = self.disengagement[post] = trait
            self.tenure_weeks[post] = 0.0

    def presence(self) -> Floats:
        """Share of the coming quarter that each post is filled, shape (n_posts,)."""
        if self.steady is not None:
            return self.steady[0].copy()
        return quarterly_presence(self.vacant_weeks)

    def effect(self, people: PeopleConfig) -> Floats:
        """Share of full leadership in the coming quarter, 0..1: presence, and a new holder's ramp; (n_posts,)."""
        if self.steady is not None:
            return self.steady[1].copy()
        return quarterly_effect(self.tenure_weeks, self.vacant_weeks, people.leader_ramp_months * WEEKS_PER_MONTH)

    def settle_strain(
        self, people: PeopleConfig, luck: Luck, numbers: Ints, demands: Floats, resources: Floats
    ) -> None:
        """Strain as after years under these conditions, with its usual scatter; `numbers` key the draws."""
        for name, loop, event in (
            ("exhaustion", strain.exhaustion_loop(people), 0),
            ("disengagement", strain.disengagement_loop(people), 1),
        ):
            draws = luck.normals(Decision.LEADER_START, numbers, event)
            mean = loop.settled(self.trait, demands, resources)
            setattr(self, name, mean + loop.noise_sd(people) * draws)


def home_skill(people: PeopleConfig, mechanisms: MechanismsConfig, profile: Profile) -> Floats:
    """Mean competence of a profile in sales and in marketing, shape (2,): full at home, less away from it."""
    background = np.array([profile.sales_background, profile.marketing_background])
    penalty = people.away_penalty if mechanisms.away_penalty else 0.0
    return people.leader_skill * (1.0 - penalty * (1.0 - background))


def rarity(profile: Profile) -> float:
    """How rare a profile is, 0 for one discipline: at home in more than one, or versed in both worlds."""
    homes = max(profile.sales_background + profile.marketing_background - 1.0, 0.0)
    return homes + max(profile.cross_domain - USUAL_CROSS_DOMAIN, 0.0)


def leaving_per_year(structure: Structure, people: PeopleConfig) -> Floats:
    """Base hazard of each post, a year: common to all kinds, or the post's own; shape (n_posts,)."""
    own = [post.tenure_years for post in structure.posts]
    return np.array([people.leader_attrition_per_year if t is None else 1.0 / t for t in own])


def search_weeks(structure: Structure, people: PeopleConfig) -> Floats:
    """Mean search for a successor of each post, weeks: the rarer the profile the longer; shape (n_posts,)."""
    rare = np.array([rarity(post.profile) for post in structure.posts])
    return np.asarray(people.leader_search_weeks * (1.0 + people.rarity_slope * rare))


def hired_leaders(
    structure: Structure, people: PeopleConfig, mechanisms: MechanismsConfig, luck: Luck | None
) -> Leaders:
    """Leaders of a structure in its steady state; without luck all posts are filled by their profiles' means."""
    leaders = empty_posts(structure)
    leaders.take_posts(np.ones(structure.n, dtype=bool), structure, people, mechanisms, luck)
    leaders.tenure_weeks[:] = LONG_THERE
    if luck is not None and mechanisms.leader_departure:
        _start_careers(leaders, structure, people, luck)
    return leaders


def empty_posts(structure: Structure) -> Leaders:
    """A row per post of a structure before anybody holds one."""
    n = structure.n
    zeros: dict[str, Any] = {
        name: np.zeros(n)
        for name in (
            "horizon", "cross_domain", "exhaustion", "disengagement", "trait", "vacant_weeks", "tenure_weeks",
            "leave_left",
        )
    }  # fmt: skip
    return Leaders(
        skill=np.zeros((n, len(FUNCTIONS))),
        potential=np.zeros((n, len(FUNCTIONS))),
        attention=np.zeros((n, N_ACTIVITIES)),
        spare=np.zeros((n, len(FUNCTIONS))),
        hours=np.array([post.hours_per_week for post in structure.posts]),
        person=np.zeros(n, dtype=np.int64),
        **zeros,
    )


def _start_careers(leaders: Leaders, structure: Structure, people: PeopleConfig, luck: Luck) -> None:
    """Memoryless careers: some posts are open, some holders new."""
    numbers = luck_numbers(structure)
    search, leaving = search_weeks(structure, people), leaving_per_year(structure, people)
    tenure = WEEKS_PER_YEAR / np.maximum(leaving, 1e-9)
    shares = np.array([open_share(rate, weeks) for rate, weeks in zip(leaving, search, strict=True)])
    is_open = luck.uniforms(Decision.LEADER_START, numbers, 2) < shares
    age = luck.exponentials(Decision.LEADER_START, numbers, 3)
    leaders.vacant_weeks = np.where(is_open, search * age, 0.0)
    leaders.tenure_weeks = np.where(is_open, 0.0, np.minimum(tenure * age, LONG_THERE))


def steady_careers(structure: Structure, people: PeopleConfig) -> tuple[Floats, Floats]:
    """Long-run means of presence and of effect, each of shape (n_posts,).

    A cycle is a tenure, the notice (half a quarter on average) and a search; of the tenure half a ramp is lost.
    """
    rate = np.maximum(leaving_per_year(structure, people), 1e-9)
    filled = WEEKS_PER_YEAR / rate + 0.5 * WEEKS_PER_QUARTER
    presence = filled / (filled + search_weeks(structure, people))
    ramp = people.leader_ramp_months * WEEKS_PER_MONTH
    lost = np.minimum(0.5 * ramp / filled, 1.0)
    return presence, presence * (1.0 - lost)


def luck_numbers(structure: Structure) -> Ints:
    """Entity numbers of all posts in keyed draws, shape (n_posts,)."""
    return np.array([structure.luck_number(post) for post in range(structure.n)], dtype=np.int64)


def live_quarter(
    leaders: Leaders,
    structure: Structure,
    people: PeopleConfig,
    switches: MechanismsConfig,
    luck: Luck,
    demands: Floats,
    resources: Floats,
    reference: strain.Group,
    month: int,
) -> Bools:
    """Three months of leaders' lives from `month` on: strain, notice, succession; returns who leaves, (n_posts,).

    Who gives notice stays to the quarter's end; the successor, drawn from the post's profile, comes after a search.
    """
    columns = PostColumns(
        leaders.person, leaders.vacant_weeks, leaders.tenure_weeks, leaders.leave_left, leaders.trait,
        leaders.exhaustion, leaders.disengagement,
    )  # fmt: skip
    is_at_risk = switches.leader_departure and leaders.steady is None
    rules = months.rules_of(people, reference, switches.leader_strain, switches.leader_strain, EVENTS)
    counts, leaves = _live_quarter(
        columns, demands, resources, *_posts(structure, people), month, *rules, luck.key(Decision.LEADER_STRAIN),
        is_at_risk,
    )  # fmt: skip
    leaders.lived = months.person_time(counts)
    if leaders.lived.left:
        leave_posts(leaders, leaves, structure, people, switches, luck)
    return leaves


class PostColumns(NamedTuple):
    """The columns of `Leaders` that the months move or ask for, arrays of shape (n_posts,)."""

    person: Ints
    vacant_weeks: Floats
    tenure_weeks: Floats
    leave_left: Floats
    trait: Floats
    exhaustion: Floats
    disengagement: Floats


@compiled
def _live_quarter(
    posts: PostColumns, demands: Floats, resources: Floats, numbers: Ints, weights: Floats, hazards: Floats, month: int,
    strains: months.Records, rules: months.Records, key: np.uint64, is_at_risk: bool,
) -> tuple[Floats, Bools]:  # fmt: skip
    """What the months came to, and which posts fall vacant; one leader of both functions counts as often as two."""
    counts, leaves = np.zeros(N_COUNTS), np.zeros(len(demands), dtype=np.bool_)
    for p in range(len(demands)):
        who = Person(
            posts.vacant_weeks[p], posts.trait[p], demands[p], resources[p], posts.exhaustion[p],
            posts.disengagement[p], posts.leave_left[p],
        )  # fmt: skip
        place = Place(
            numbers[p], 2 * event_number(posts.person[p], month), weights[p], hazards[p] if is_at_risk else -1.0
        )
        posts.exhaustion[p], posts.disengagement[p], posts.leave_left[p], leaves[p] = live_months(
            who, place, strains, rules[0], key, counts
        )
        posts.tenure_weeks[p], posts.vacant_weeks[p] = quarter_later(posts.tenure_weeks[p], posts.vacant_weeks[p])
    return counts, leaves


@once_per_config
def _posts(structure: Structure, people: PeopleConfig) -> tuple[Ints, Floats, Floats]:
    """Luck number, functions led and base hazard of leaving, a month, of each post; shapes (n_posts,)."""
    led = np.array([float(len(functions)) for functions in structure.functions])
    return luck_numbers(structure), led, leaving_per_year(structure, people) * (WEEKS_PER_MONTH / WEEKS_PER_YEAR)


def leave_posts(
    leaders: Leaders,
    leaves: npt.NDArray[np.bool_],
    structure: Structure,
    people: PeopleConfig,
    switches: MechanismsConfig,
    luck: Luck,
) -> None:
    """These posts fall vacant now; their successors are drawn and will come when the search ends."""
    leaders.person[leaves] += 1
    seek(leaders, leaves, structure, people, luck)
    leaders.take_posts(leaves, structure, people, switches, luck)


def seek(
    leaders: Leaders, which: npt.NDArray[np.bool_], structure: Structure, people: PeopleConfig, luck: Luck
) -> None:
    """Somebody is sought for these posts: the person whose number they have."""
    draws = luck.exponentials(Decision.LEADER_SEARCH, luck_numbers(structure), leaders.person)
    leaders.vacant_weeks = np.where(which, search_weeks(structure, people) * draws, leaders.vacant_weeks)
