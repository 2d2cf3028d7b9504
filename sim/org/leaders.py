"""The people who hold the posts: how competent, how far-sighted, how strained, what they spent their hours on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.config import FUNCTIONS, MechanismsConfig, PeopleConfig, Profile
from sim.org import strain
from sim.org.attention import N_ACTIVITIES
from sim.org.structure import Structure
from sim.periods import MONTHS_PER_QUARTER
from sim.randomness import Decision, Luck

Floats = npt.NDArray[np.float64]


@dataclass
class Leaders:
    """State of all leaders, one row per post of the structure."""

    skill: Floats  # (n_posts, 2): competence in sales and in marketing, 0..1
    horizon: Floats  # (n_posts,): quarters, before pressure
    cross_domain: Floats  # (n_posts,): 0..1
    attention: Floats  # (n_posts, 9): hours a week
    spare: Floats  # (n_posts, 2): hours a week of staff work per function
    hours: Floats  # (n_posts,): effective hours a week, after strain, meetings and switching
    exhaustion: Floats  # (n_posts,): SD
    disengagement: Floats
    trait: Floats


def home_skill(people: PeopleConfig, mechanisms: MechanismsConfig, profile: Profile) -> Floats:
    """Mean competence of a profile in sales and in marketing, shape (2,): full at home, less away from it."""
    background = np.array([profile.sales_background, profile.marketing_background])
    penalty = people.away_penalty if mechanisms.away_penalty else 0.0
    return people.leader_skill * (1.0 - penalty * (1.0 - background))


def hired_leaders(
    structure: Structure, people: PeopleConfig, mechanisms: MechanismsConfig, luck: Luck | None
) -> Leaders:
    """Leaders drawn from their posts' profiles; without luck, or without spread, each is its profile's mean.

    Skill is drawn per function, so that the same luck meets whoever leads that function in any structure.
    """
    n = structure.n
    skill = np.empty((n, len(FUNCTIONS)))
    horizon = np.empty(n)
    trait = np.zeros(n)
    for post in range(n):
        profile = structure.posts[post].profile
        skill[post] = home_skill(people, mechanisms, profile)
        horizon[post] = profile.planning_horizon_quarters
        if luck is None:
            continue
        number = structure.luck_number(post)
        if mechanisms.leader_strain:
            trait[post] = people.strain_trait * luck.normals(Decision.LEADER_STRAIN, number, -1)[0]
        if mechanisms.profile_spread:
            draws = luck.normals(Decision.LEADER_SKILL, np.arange(len(FUNCTIONS)))
            skill[post] = np.clip(skill[post] + profile.skill_spread * draws, 0.05, 1.0)
            home = min(structure.functions[post], default=number)
            horizon[post] *= math.exp(profile.horizon_spread * luck.normals(Decision.LEADER_HORIZON, home)[0])
    cross = np.array([post.profile.cross_domain for post in structure.posts])
    return Leaders(
        skill=skill,
        horizon=horizon,
        cross_domain=cross if mechanisms.cross_domain else np.zeros(n),
        attention=np.zeros((n, N_ACTIVITIES)),
        spare=np.zeros((n, len(FUNCTIONS))),
        hours=np.array([post.hours_per_week for post in structure.posts]),
        exhaustion=trait.copy(),
        disengagement=trait.copy(),
        trait=trait,
    )


def live_quarter(
    leaders: Leaders,
    structure: Structure,
    people: PeopleConfig,
    luck: Luck,
    needed: Floats,
    pressing: float,
    month: int,
) -> None:
    """Three months of leaders' strain from `month` on: needs beyond their hours and pressure wear.

    `needed` is hours a week per post, `pressing` the pressure above the usual in SD of demands. A leader with
    hours to spare works them too, so there is no relief below a full week.
    """
    overload = np.clip(needed / np.maximum(leaders.hours, 1.0) - 1.0, 0.0, 1.0)
    demands = overload / people.overload_per_sd + pressing
    resources = np.zeros(structure.n)
    numbers = np.array([structure.luck_number(post) for post in range(structure.n)])
    for event in range(month, month + MONTHS_PER_QUARTER):
        noise, other = (luck.normals(Decision.LEADER_STRAIN, numbers, 2 * event + k) for k in (0, 1))
        leaders.exhaustion = strain.next_exhaustion(
            people, leaders.exhaustion, leaders.trait, demands, resources, noise
        )
        leaders.disengagement = strain.next_disengagement(
            people, leaders.disengagement, leaders.trait, demands, resources, other
        )
