"""Numbers that describe funnels and teams, where the truth is known."""

import numpy as np
import pytest
from scipy import stats

from sim.study.patterns.shapes import (
    counted_moments,
    cycle_spread,
    hazard_slope,
    median_weeks,
    share_of_top,
    true_dispersion,
)

WEEKS = 104


def counted(numbers, length=WEEKS):
    return np.bincount(np.minimum(numbers.astype(int), length - 1), minlength=length).astype(float)


@pytest.mark.parametrize("sigma", [0.6, 0.9])
def test_the_spread_of_a_lognormal_time_is_its_sigma(sigma):
    weeks = np.exp(np.log(12.0) + sigma * stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000))
    assert cycle_spread(counted(weeks)) == pytest.approx(sigma, rel=0.03)


def test_the_median_is_found_between_weeks():
    assert median_weeks(np.array([0.0, 0.0, 10.0, 10.0])) == pytest.approx(3.0)
    assert median_weeks(np.array([0.0, 0.0, 10.0, 0.0])) == pytest.approx(2.5)


def test_a_hazard_that_falls_as_one_over_time_has_slope_minus_one():
    ages, left = np.zeros(WEEKS), 100_000.0
    for week in range(WEEKS):
        ages[week] = left * 0.02 / max(week - 0.5, 1.0) if week else 0.0
        left -= ages[week]
    assert hazard_slope(ages, 100_000.0) == pytest.approx(-1.0, abs=0.15)


def test_a_constant_hazard_has_slope_zero():
    ages = 1_000.0 * 0.97 ** np.arange(WEEKS) * 0.03
    assert hazard_slope(ages, 1_000.0) == pytest.approx(0.0, abs=0.05)


def test_pure_chance_is_no_difference_between_people():
    counts = 1e6 * stats.poisson.pmf(np.arange(WEEKS), 10.0)
    assert counted_moments(counts) == pytest.approx((10.0, 10.0), rel=1e-6)
    assert true_dispersion(counts) == pytest.approx(0.0, abs=1e-3)


def test_differences_between_people_are_found_behind_chance():
    # Rates spread as a gamma with cv .5 make counts negative binomial: r = 1/cv^2.
    counts = 1e6 * stats.nbinom.pmf(np.arange(WEEKS), 4.0, 4.0 / 14.0)
    assert true_dispersion(counts) == pytest.approx(0.5, rel=0.01)


def test_the_best_fifth_of_equals_makes_a_fifth():
    assert share_of_top(np.array([0.0, 0.0, 0.0, 50.0])) == pytest.approx(0.2)


def test_the_best_fifth_takes_all_where_only_one_in_five_wins():
    assert share_of_top(np.array([80.0, 0.0, 20.0])) == pytest.approx(1.0)
