from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.learning import (
    crossover_pace,
    learned,
    lived_skill,
    mean_skill,
    practised,
    settled_crossover,
    settled_skill,
)

PEOPLE, PATHWAYS = PeopleConfig(), PathwaysConfig()
NONE = PracticesConfig(**dict.fromkeys(PracticesConfig().levels(), 0.0))
SHARES = st.floats(0.0, 1.0)
SKILLS = st.floats(0.05, 1.0)
ABOVE_FLOOR = st.floats(0.30, 1.0)


def later(skill, potential, practice, quarters=1, people=PEOPLE):
    """Competence of one person in one domain after some quarters of the same practice."""
    now, most, hours = (np.array([float(x)]) for x in (skill, potential, practice))
    for _ in range(quarters):
        now = practised(people, now, most, hours)
    return float(now[0])


def settled(potential, practice, people=PEOPLE):
    return float(settled_skill(people, np.array([float(potential)]), np.array([float(practice)]))[0])


# ---- leaders


@given(skills=st.tuples(SKILLS, SKILLS), practices=st.tuples(SHARES, SHARES))
def test_more_practice_never_leaves_anybody_less_skilled(skills, practices):
    skill, potential = sorted(skills)
    assert later(skill, potential, min(practices)) <= later(skill, potential, max(practices)) + 1e-15


@given(skills=st.tuples(SKILLS, SKILLS))
def test_skill_grows_with_practice_toward_the_potential_and_not_beyond(skills):
    skill, potential = sorted(skills)
    assert skill - 1e-15 <= later(skill, potential, 1.0) <= potential + 1e-15
    assert later(skill, potential, 1.0) == pytest.approx(skill + 0.06 * (potential - skill))


@given(skill=ABOVE_FLOOR)
def test_skill_fades_without_practice_toward_a_floor_above_0(skill):
    assert 0.3 - 1e-12 <= later(skill, skill, 0.0) <= skill + 1e-12
    assert later(skill, skill, 0.0) == pytest.approx(skill - 0.02 * (skill - 0.3))


@given(skill=st.floats(0.05, 0.30))
def test_who_has_less_than_the_floor_has_nothing_to_lose(skill):
    assert later(skill, skill, 0.0, quarters=20) == skill


@given(potential=SKILLS, practice=SHARES, floor=st.floats(0.05, 0.8))
def test_the_settled_skill_is_where_practice_and_its_lack_balance(potential, practice, floor):
    people = replace(PEOPLE, skill_floor=floor)
    point = settled(potential, practice, people)
    assert later(point, potential, practice, people=people) == pytest.approx(point, abs=1e-12)


def test_years_of_the_same_practice_lead_to_the_settled_skill_from_anywhere_above_the_floor():
    start, potential, practice = grid()
    skill = start
    for _ in range(2000):
        skill = practised(PEOPLE, skill, potential, practice)
    np.testing.assert_allclose(skill, settled_skill(PEOPLE, potential, practice), atol=1e-9)


def test_who_practises_fully_reaches_the_potential_and_who_never_does_the_floor():
    assert later(0.4, 0.9, 1.0, quarters=400) == pytest.approx(0.9)
    assert later(0.9, 0.9, 0.0, quarters=2000) == pytest.approx(PEOPLE.skill_floor) == pytest.approx(0.3)


@given(potential=ABOVE_FLOOR, practices=st.tuples(SHARES, SHARES))
def test_the_settled_skill_lies_between_floor_and_potential_and_rises_with_practice(potential, practices):
    low, high = (settled(potential, practice) for practice in sorted(practices))
    assert PEOPLE.skill_floor - 1e-12 <= low <= high <= potential + 1e-12
    assert settled(potential, 1.0) == pytest.approx(potential)
    assert settled(potential, 0.0) == pytest.approx(PEOPLE.skill_floor)


def test_where_nothing_is_learned_or_lost_everybody_stays_at_the_potential():
    still = replace(PEOPLE, learning_per_quarter=0.0, fading_per_quarter=0.0)
    assert settled(0.7, 0.4, still) == 0.7
    assert later(0.6, 0.7, 0.4, quarters=8, people=still) == 0.6


def grid():
    """Starts and potentials above the floor, and practice, in all combinations."""
    axes = np.meshgrid(np.linspace(0.3, 1.0, 8), np.linspace(0.35, 1.0, 8), np.linspace(0.0, 1.0, 6))
    return [axis.ravel() for axis in axes]


def test_competence_after_some_quarters_in_closed_form_is_that_of_the_quarters_one_by_one():
    start, potential, practice = grid()
    skill = start
    for quarters in range(25):
        closed = lived_skill(PEOPLE, start, potential, practice, np.full_like(start, quarters))
        np.testing.assert_allclose(skill, closed, atol=1e-12)
        skill = practised(PEOPLE, skill, potential, practice)


@pytest.mark.parametrize("leaving", [0.02, 0.07, 0.3])
def test_the_mean_competence_in_a_post_is_that_over_the_ages_of_its_holders(leaving):
    start, potential, practice = grid()
    mean, share, skill = np.zeros_like(start), leaving, start
    for _ in range(3000):
        mean, share = mean + share * skill, share * (1.0 - leaving)
        skill = practised(PEOPLE, skill, potential, practice)
    np.testing.assert_allclose(mean, mean_skill(PEOPLE, start, potential, practice, np.full_like(start, leaving)))


def test_who_never_leaves_is_settled_in_the_long_run():
    start, potential, practice = grid()
    for_ever = mean_skill(PEOPLE, start, potential, practice, np.zeros_like(start))
    np.testing.assert_allclose(for_ever, settled_skill(PEOPLE, potential, practice))


# ---- staff in the other function


@given(time=st.floats(0.0, 0.5), learned=SHARES)
def test_the_other_function_is_learned_by_time_in_it_and_by_training(time, learned):
    pace = crossover_pace(PEOPLE, PATHWAYS, replace(NONE, cross_learning=learned), time)
    assert 0.0 <= pace <= 1.0
    if time > 0.0:
        assert pace == pytest.approx(0.5 * time + 0.3 * learned)
    else:
        assert pace == 0.0


def test_a_beginners_hour_is_worth_three_tenths_and_a_practised_one_six():
    assert settled_crossover(PEOPLE, PATHWAYS, NONE, 0.0) == PEOPLE.crossover_start == 0.3
    assert settled_crossover(PEOPLE, PATHWAYS, NONE, 0.2) == PEOPLE.crossover_yield == 0.6
    unteachable = replace(PEOPLE, crossover_learning=0.0)
    assert settled_crossover(unteachable, PATHWAYS, NONE, 0.2) == 0.3


def test_leaders_learn_as_far_as_they_are_there():
    skill, potential, practice = np.random.default_rng(3).uniform(0.05, 1.0, (3, 3, 2))
    presence = np.array([1.0, 0.0, 0.4])
    found = learned(PEOPLE, skill, potential, practice, presence)
    whole = practised(PEOPLE, skill, potential, practice)
    np.testing.assert_allclose(found, skill + presence[:, None] * (whole - skill), rtol=1e-12)
    assert np.array_equal(found[1], skill[1])
