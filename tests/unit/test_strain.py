from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import PeopleConfig
from sim.org.strain import (
    leader_hours_factor,
    next_disengagement,
    next_exhaustion,
    output_factor,
    score,
)

PEOPLE = PeopleConfig()
STRAINS = st.floats(-6.0, 6.0)
RECURSIONS = pytest.mark.parametrize("following", [next_exhaustion, next_disengagement])
MONTHS, PERSONS = 180, 20_000


def settled(following, demands=0.0, resources=0.0, people=PEOPLE):
    """Strain after forty years of the same demands and resources, without luck."""
    state, nothing = np.zeros(1), np.zeros(1)
    for _ in range(480):
        state = following(people, state, nothing, nothing + demands, nothing + resources, nothing)
    return float(state[0])


@pytest.fixture(scope="module")
def population():
    """Exhaustion and demands of people who stay, by month: conditions differ between persons and by month."""
    chance = np.random.default_rng(4)
    between, persistence = 0.4, 0.8

    def conditions():
        lasting = np.sqrt(between) * chance.standard_normal(PERSONS)
        passing = np.sqrt(1.0 - between) * chance.standard_normal(PERSONS)
        while True:
            shock = np.sqrt((1.0 - between) * (1.0 - persistence**2)) * chance.standard_normal(PERSONS)
            passing = persistence * passing + shock
            yield lasting + passing

    demands, resources = conditions(), conditions()
    trait = PEOPLE.strain_trait * chance.standard_normal(PERSONS)
    state, lived, met = trait.copy(), [], []
    for _ in range(MONTHS):
        met.append(next(demands))
        noise = chance.standard_normal(PERSONS)
        state = next_exhaustion(PEOPLE, state, trait, met[-1], next(resources), noise)
        lived.append(state)
    return np.array(lived), np.array(met)


def correlation(one, other):
    return np.corrcoef(one, other)[0, 1]


def test_people_differ_in_exhaustion_by_one_standard_deviation(population):
    exhaustion, _ = population
    assert exhaustion[-1].std() == pytest.approx(0.99, abs=0.05)
    assert exhaustion[-1].mean() == pytest.approx(0.0, abs=0.05)


def test_the_population_stays_as_it_is(population):
    exhaustion, _ = population
    assert exhaustion[-1].std() == pytest.approx(exhaustion[MONTHS // 2].std(), rel=0.02)


def test_half_of_the_differences_are_still_there_after_a_year(population):
    exhaustion, _ = population
    assert correlation(exhaustion[-1], exhaustion[-13]) == pytest.approx(0.54, abs=0.05)


def test_the_exhausted_perceive_more_demands_than_there_are(population):
    exhaustion, demands = population
    perceived = demands[-1] + 0.20 * exhaustion[-1]
    assert correlation(exhaustion[-1], perceived) == pytest.approx(0.44, abs=0.04)
    assert correlation(exhaustion[-1], demands[-1]) < 0.35


def test_a_years_lagged_effect_of_demands_is_small(population):
    exhaustion, demands = population
    before = np.column_stack([np.ones(PERSONS), exhaustion[-13], demands[-13]])
    slopes = np.linalg.lstsq(before, exhaustion[-1], rcond=None)[0]
    assert slopes[2] / exhaustion[-1].std() == pytest.approx(0.12, abs=0.04)


def test_one_sd_of_lasting_demands_costs_four_tenths_of_an_sd():
    assert settled(next_exhaustion, demands=1.0) == pytest.approx(0.040 / (0.10 - 0.040 * 0.20))
    assert settled(next_exhaustion, demands=1.0) == pytest.approx(0.43, abs=0.01)


@RECURSIONS
def test_strain_without_conditions_or_luck_fades(following):
    assert settled(following) == 0.0
    rested = following(PEOPLE, np.ones(1), np.zeros(1), np.zeros(1), np.zeros(1), np.zeros(1))
    assert 0.85 < rested[0] < 0.95


@RECURSIONS
def test_demands_wear_and_resources_restore(following):
    assert settled(following, demands=1.0) > 0.1
    assert settled(following, resources=1.0) < -0.1
    assert settled(following, demands=1.0, resources=1.0) < settled(following, demands=1.0)


def test_demands_drain_and_missing_resources_distance():
    drained, distanced = (settled(f, demands=1.0) for f in (next_exhaustion, next_disengagement))
    assert drained > 2.0 * distanced
    drained, distanced = (settled(f, resources=-1.0) for f in (next_exhaustion, next_disengagement))
    assert distanced > drained


@RECURSIONS
@given(state=STRAINS, trait=STRAINS, demands=STRAINS, resources=STRAINS, noise=STRAINS)
def test_a_month_moves_strain_a_tenth_of_the_way_to_the_trait(following, state, trait, demands, resources, noise):
    arrays = [np.array([x]) for x in (state, trait, demands, resources, noise)]
    after = following(PEOPLE, *arrays)[0]
    k_demand, k_resource = (0.040, 0.030) if following is next_exhaustion else (0.015, 0.040)
    expected = 0.90 * state + 0.10 * trait + k_demand * (demands + 0.20 * state) - k_resource * resources + 0.33 * noise
    assert after == pytest.approx(expected, abs=1e-12)


def test_the_mean_person_of_the_reference_scores_50_and_the_upper_fifth_more_than_80():
    assert score(0.0) == 50.0
    assert score(0.842) == pytest.approx(80.0, abs=0.1)
    assert score([-1.0, 1.0]).sum() == pytest.approx(100.0)


@given(strains=st.tuples(STRAINS, STRAINS))
def test_scores_rise_with_strain_from_0_to_100(strains):
    low, high = score(sorted(strains))
    assert 0.0 <= low <= high <= 100.0


@given(strains=st.tuples(st.floats(-50, 50), st.floats(-50, 50)), loss=st.floats(0.0, 0.3))
def test_the_strained_yield_less_between_70_and_115_percent(strains, loss):
    people = replace(PEOPLE, strain_output=loss)
    rested, worn = output_factor(people, np.array(sorted(strains)))
    assert 0.7 <= worn <= rested <= 1.15


def test_one_sd_of_exhaustion_costs_a_twelfth_of_the_output():
    assert output_factor(PEOPLE, np.array([0.0, 1.0, 9.0, -9.0])).tolist() == [1.0, 0.915, 0.7, 1.15]


def test_exhaustion_costs_leaders_hours_and_rest_adds_none():
    factors = leader_hours_factor(PEOPLE, np.array([-3.0, 0.0, 1.0, 20.0]))
    assert factors == pytest.approx([1.0, 1.0, 0.955, 0.8])
