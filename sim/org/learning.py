"""Skill in a domain grows with hours in it and fades without, toward a floor above 0. Form ours."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.constants import Constants, constants

Floats = npt.NDArray[np.float64]
Number = TypeVar("Number", float, Floats)


@plain
def practised(people: PeopleConfig, skill: Number, potential: Number, practice: Number) -> Number:
    """Competence a quarter later: toward the potential by practice (0..1), toward the floor by its lack."""
    grown = people.learning_per_quarter * practice * (potential - skill)
    faded = people.fading_per_quarter * (1.0 - practice) * np.maximum(skill - people.skill_floor, 0.0)
    return skill + grown - faded


def learned(people: PeopleConfig, skill: Floats, potential: Floats, practice: Floats, presence: Floats) -> Floats:
    """Competence of leaders a quarter later, shape (n_posts, 2): a successor who has yet to come learns nothing.

    `presence`, shape (n_posts,), is the share of the quarter that each post was filled.
    """
    return _learned(constants(people), skill, potential, practice, presence)


@compiled
def _learned(people_record: Constants, skill: Floats, potential: Floats, practice: Floats, presence: Floats) -> Floats:
    people = people_record[0]
    later = np.empty_like(skill)
    for post in range(skill.shape[0]):
        for f in range(skill.shape[1]):
            now = skill[post, f]
            grown = practised(people, now, potential[post, f], practice[post, f])
            later[post, f] = now + presence[post] * (grown - now)
    return later


def settled_skill(people: PeopleConfig, potential: Floats, practice: Floats) -> Floats:
    """Competence at which practice and its lack balance; the potential at full practice."""
    up = people.learning_per_quarter * practice
    down = people.fading_per_quarter * (1.0 - practice)
    total = up + down
    mixed = np.divide(up * potential + down * people.skill_floor, total, out=potential.copy(), where=total > 0.0)
    # Who never had more than the floor has nothing to lose.
    return np.where(potential > people.skill_floor, mixed, potential)


def lived_skill(people: PeopleConfig, start: Floats, potential: Floats, practice: Floats, quarters: Floats) -> Floats:
    """Competence after so many quarters of the same practice, on the way from `start` to where it settles."""
    settled = settled_skill(people, potential, practice)
    return np.asarray(settled + (start - settled) * (1.0 - _pace(people, practice)) ** quarters)


def mean_skill(
    people: PeopleConfig, start: Floats, potential: Floats, practice: Floats, leaving_per_quarter: Floats
) -> Floats:
    """Long-run mean competence in a post whose holders come with `start` and leave with this chance a quarter."""
    settled = settled_skill(people, potential, practice)
    kept = (1.0 - leaving_per_quarter) * (1.0 - _pace(people, practice))
    missing = np.divide(leaving_per_quarter, 1.0 - kept, out=np.zeros_like(kept), where=kept < 1.0)
    return np.asarray(settled + (start - settled) * missing)


def _pace(people: PeopleConfig, practice: Floats) -> Floats:
    """Share of the way to the settled competence in a quarter."""
    return np.asarray(people.learning_per_quarter * practice + people.fading_per_quarter * (1.0 - practice))


def settled_crossover(people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, time: float) -> float:
    """Worth of an hour in the other function for a team that has long worked so; a beginner's without practice."""
    is_learning = crossover_pace(people, pathways, practices, time) > 0.0
    return people.crossover_yield if is_learning else people.crossover_start


def crossover_pace(people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, time: float) -> float:
    """Share of the way to a practised hand in a quarter: by time in the other function and by cross-learning."""
    learned = pathways.learning_cross_learning * practices.cross_learning
    return min(people.crossover_learning * time + learned, 1.0) if time > 0.0 else 0.0
