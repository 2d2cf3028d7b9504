from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.config import MechanismsConfig, Moment, NormsConfig, PeopleConfig
from sim.org.conflict import (
    HIGHEST,
    LOWEST,
    conflict_hours_per_week,
    conflict_level,
    conflict_score,
    quarrels,
    staff_conflict,
)
from sim.org.structure import MARKETING, SALES
from sim.org.trust import Trust
from sim.org.workforce import started_workforce
from sim.randomness import Decision, Luck, event_number

PEOPLE, NORMS = PeopleConfig(), NormsConfig()
USUAL = Moment(0.5, 0.15)
SHARES = st.floats(0.0, 1.0)
SCORES = st.floats(-8.0, 8.0)
PERSONS = 100_000


def score(people=PEOPLE, trust=0.5, pressing=0.0, unfair=0.0, temper=0.0, occasion=0.0, relief=0.0):
    """Conflict of one person, SD."""
    moods = (np.array([float(x)]) for x in (temper, occasion))
    return float(conflict_score(people, np.array([float(trust)]), USUAL, pressing, unfair, *moods, relief)[0])


@pytest.fixture(scope="module")
def population():
    """Scores of a company as usual: trust, pressure, temper and occasions vary, credit is fair."""
    chance = np.random.default_rng(1)
    trust = np.clip(chance.normal(USUAL.mean, USUAL.sd, PERSONS), 0.0, 1.0)
    temper, occasion = chance.standard_normal((2, PERSONS))
    return conflict_score(PEOPLE, trust, USUAL, 0.0, 0.0, temper, occasion, 0.0)


@given(scores=st.lists(st.floats(-60.0, 60.0), min_size=1, max_size=9))
def test_conflict_lies_between_1_and_7(scores):
    levels = conflict_level(PEOPLE, np.array(scores))
    assert ((levels >= LOWEST) & (levels <= HIGHEST)).all()
    assert (LOWEST, HIGHEST) == (1.0, 7.0)


@given(scores=st.tuples(SCORES, SCORES))
def test_a_higher_score_is_never_less_conflict(scores):
    low, high = conflict_level(PEOPLE, np.array(sorted(scores)))
    assert low <= high


def test_conflict_is_low_on_average_with_a_long_tail_to_the_right(population):
    levels = conflict_level(PEOPLE, population)
    assert np.median(levels) == pytest.approx(1.0 + PEOPLE.conflict_median, abs=0.02)
    assert 2.0 < levels.mean() < 3.0
    assert levels.mean() > np.median(levels)
    assert stats.skew(levels) > 1.0
    assert 0.01 < (levels > 4.0).mean() < 0.10
    assert (levels > 6.0).mean() < 0.01


def test_scores_differ_by_about_one_sd(population):
    # Trust, temper and occasion: the square root of .5^2 + .6^2 + .5^2.
    assert population.std() == pytest.approx(np.sqrt(0.25 + 0.36 + 0.25), abs=0.02)
    assert population.mean() == pytest.approx(0.0, abs=0.02)


def test_people_of_one_unit_quarrel_less_by_a_quarter_of_an_sd(population):
    assert score() - score(relief=PEOPLE.single_unit_relief) == pytest.approx(0.25)
    apart, together = (conflict_level(PEOPLE, population - relief).mean() for relief in (0.0, 0.25))
    assert 0.1 < apart - together < 0.3


def test_one_sd_of_trust_lost_is_half_an_sd_of_conflict():
    assert score(trust=0.35) - score(trust=0.5) == pytest.approx(0.5)


@given(trusts=st.tuples(SHARES, SHARES), pressings=st.tuples(SCORES, SCORES), unfair=st.tuples(SHARES, SHARES))
def test_lost_trust_pressure_and_unfair_credit_each_make_conflict(trusts, pressings, unfair):
    assert score(trust=max(trusts)) <= score(trust=min(trusts))
    assert score(pressing=min(pressings)) <= score(pressing=max(pressings))
    assert score(unfair=min(unfair)) <= score(unfair=max(unfair))


@given(
    trust=SHARES, pressing=SCORES, unfair=SHARES, temper=SCORES, occasion=SCORES, relief=st.floats(0.0, 0.5)
)  # fmt: skip
def test_what_makes_conflict_adds_up_in_sd(trust, pressing, unfair, temper, occasion, relief):
    whole = score(PEOPLE, trust, pressing, unfair, temper, occasion, relief)
    parts = [
        score(trust=trust), score(pressing=pressing), score(unfair=unfair), score(temper=temper),
        score(occasion=occasion), score(relief=relief),
    ]  # fmt: skip
    assert whole == pytest.approx(sum(parts), abs=1e-9)
    assert score() == 0.0


def test_the_median_person_is_at_2_points_3():
    assert conflict_level(PEOPLE, np.zeros(1))[0] == pytest.approx(2.3)
    calm = replace(PEOPLE, conflict_median=0.0)
    assert conflict_level(calm, np.array([-3.0, 0.0, 3.0])).tolist() == [1.0, 1.0, 1.0]


@given(levels=st.tuples(st.floats(1.0, 7.0), st.floats(1.0, 7.0)))
def test_quarrels_take_hours_of_everybody(levels):
    few, many = (conflict_hours_per_week(PEOPLE, level) for level in sorted(levels))
    assert 0.0 <= few <= many
    assert many == pytest.approx(0.4 * (max(levels) - 1.0))
    assert conflict_hours_per_week(PEOPLE, LOWEST) == 0.0


def test_the_reference_population_quarrels_little():
    for group in (NORMS.sales, NORMS.marketing, NORMS.leaders):
        assert 2.0 < group.conflict.mean < 3.0
        assert 0.5 < group.conflict.sd < 1.2


# ---- teams


def team_of(function, n_seats):
    team = started_workforce(function, n_seats, PEOPLE, MechanismsConfig(), Luck(1), 0.3, (0.0, 1.0, 0.0, 1.0))
    team.person[:] = np.arange(n_seats) % 3
    return team


@pytest.mark.parametrize(("function", "others"), [(SALES, 1), (MARKETING, 0)])
def test_each_quarrels_by_trust_in_the_others_and_by_luck_of_ones_own(function, others):
    luck, level = Luck(5), np.random.default_rng(2).uniform(0.0, 1.0, (2, 7, 4))
    team = team_of(function, level.shape[1 + function])
    found = quarrels(PEOPLE, luck, 3, team, Trust(level, np.zeros_like(level)), USUAL, 0.5, 0.2, 0.1)
    temper, occasion = (
        luck.normals(Decision.QUARREL, team.entities, event_number(team.person, event)) for event in (0, 1 + 3)
    )
    scores = conflict_score(PEOPLE, level[function].mean(axis=others), USUAL, 0.5, 0.2, temper, occasion, 0.1)
    np.testing.assert_allclose(found, conflict_level(PEOPLE, scores), rtol=1e-12)


def test_staffs_conflict_is_that_of_all_who_are_there():
    sales, marketing = team_of(SALES, 3), team_of(MARKETING, 2)
    sales.conflict, sales.vacant_weeks = np.array([2.0, 7.0, 5.0]), np.array([0.0, 3.0, 0.0])
    marketing.conflict, marketing.vacant_weeks = np.array([4.0, 1.0]), np.zeros(2)
    assert staff_conflict(sales, marketing) == pytest.approx((3.0, 0.25))


def test_where_nobody_is_there_is_no_conflict_to_speak_of():
    sales, marketing = team_of(SALES, 2), team_of(MARKETING, 0)
    sales.vacant_weeks = np.ones(2)
    assert np.isnan(staff_conflict(sales, marketing)).all()
