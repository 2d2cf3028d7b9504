"""What may be concluded from paired runs, and what may not."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.crossover import crossover_quarter
from sim.study.statistics import (
    LEAST_SEEDS_TO_RESAMPLE,
    Estimate,
    ahead_share,
    best_share,
    by_seed,
    differences_to,
    holm,
    mean_estimate,
    paired_difference,
    paired_p_value,
    pairing_ratio,
    ratio_of_means,
)

moderate = st.floats(-1e6, 1e6)
samples = st.lists(moderate, min_size=2, max_size=40)


def series(values):
    return pd.Series(np.asarray(values, dtype=float), index=range(len(values)))


def runs_of(**outcomes):
    """Runs of scenarios with one outcome, "npv_usd", per seed."""
    return pd.concat(
        pd.DataFrame({"scenario": name, "seed": range(len(values)), "npv_usd": np.asarray(values, float)})
        for name, values in outcomes.items()
    )


def quarters_of(n_quarters=12, **profit):
    """Quarters of scenarios whose profit is given by a function of (seed, quarter), with two of warm-up."""
    return pd.DataFrame(
        [
            {"scenario": name, "seed": seed, "quarter": q, "is_warm_up": q < 1, "profit_usd": value(seed, q)}
            for name, (n_seeds, value) in profit.items()
            for seed in range(n_seeds)
            for q in range(-1, n_quarters + 1)
        ]
    )


# Estimates


def test_the_t_interval_of_a_known_sample_is_the_textbook_one():
    at = mean_estimate(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    half_width = 2.7764451 * math.sqrt(2.5 / 5)
    assert (at.mean, at.n) == (3.0, 5)
    assert (at.low, at.high) == pytest.approx((3 - half_width, 3 + half_width), rel=1e-6)


def test_a_95_percent_interval_holds_the_truth_in_about_95_of_100_samples():
    rng = np.random.default_rng(20261122)
    estimates = [mean_estimate(rng.normal(3.0, 2.0, size=10)) for _ in range(400)]
    hits = sum(at.low <= 3.0 <= at.high for at in estimates)
    # 380 expected, standard deviation 4.4: four of them either way.
    assert 362 <= hits <= 398


def test_a_higher_level_asks_for_a_wider_interval():
    values = np.array([1.0, 4.0, 2.0, 8.0])
    assert mean_estimate(values, 0.99).low < mean_estimate(values, 0.95).low < mean_estimate(values, 0.5).low


@given(samples)
def test_the_mean_lies_in_its_interval(values):
    at = mean_estimate(np.array(values))
    assert at.low <= at.mean <= at.high


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_seeds_give_no_interval_and_nothing_clear(n):
    at = mean_estimate(np.full(n, 7.0))
    assert at.n == n
    assert not at.has_interval
    assert not at.is_clear


def test_a_blank_outcome_is_left_out_and_not_counted():
    at = mean_estimate(np.array([1.0, np.nan, 3.0]))
    assert (at.mean, at.n) == (2.0, 2)


def test_a_level_outside_0_to_1_is_refused():
    with pytest.raises(ValueError, match=r"level = 95: must be between 0 and 1"):
        mean_estimate(np.array([1.0, 2.0]), level=95)


def test_seen_from_the_other_side_a_difference_turns_its_sign():
    assert -Estimate(2.0, 1.0, 4.0, 9) == Estimate(-2.0, -4.0, -1.0, 9)


# Paired differences


def test_a_difference_whose_interval_includes_zero_is_called_unclear():
    assert not Estimate(1.0, -0.1, 2.1, 64).is_clear
    assert not Estimate(0.0, 0.0, 0.0, 64).is_clear
    assert Estimate(1.0, 0.1, 1.9, 64).is_clear
    assert Estimate(-1.0, -1.9, -0.1, 64).is_clear


def test_a_structure_does_not_differ_from_itself():
    npv = series([30.0, 31.0, 25.0])
    assert paired_difference(npv, npv) == Estimate(0.0, 0.0, 0.0, 3)
    assert paired_p_value(npv, npv) == 1


def test_different_seeds_are_refused_by_name():
    treated = pd.Series([1.0, 2.0, 3.0], index=[0, 1, 7])
    control = pd.Series([1.0, 2.0, 3.0], index=[0, 1, 9])
    with pytest.raises(ValueError, match=r"seeds differ: \[7, 9\] are on one side only"):
        paired_difference(treated, control)


def test_a_seed_that_occurs_twice_is_refused():
    twice = pd.Series([1.0, 2.0], index=[3, 3])
    with pytest.raises(ValueError, match="a seed occurs twice"):
        paired_difference(twice, twice)


@given(samples, st.randoms(use_true_random=False))
def test_the_order_of_seeds_does_not_matter(values, random):
    treated, control = series(values), series(values[::-1])
    order = list(range(len(values)))
    random.shuffle(order)
    shuffled = paired_difference(treated, control.reindex(order))
    straight = paired_difference(treated, control)
    assert shuffled.mean == pytest.approx(straight.mean, abs=1e-6)


def test_what_both_sides_share_does_not_widen_the_interval():
    rng = np.random.default_rng(5)
    luck = rng.normal(0, 100, 64)
    own = rng.normal(0, 1, 64)
    alone = paired_difference(series(own + 3), series(np.zeros(64)))
    shared = paired_difference(series(own + 3 + luck), series(luck))
    assert (shared.low, shared.high) == pytest.approx((alone.low, alone.high))


@settings(max_examples=50)
@given(samples)
def test_a_difference_is_clear_exactly_when_its_p_is_below_5_percent(values):
    treated, control = series(values), series(np.zeros(len(values)))
    p = paired_p_value(treated, control)
    if abs(p - 0.05) > 1e-9:
        assert paired_difference(treated, control).is_clear == (p < 0.05)


def test_one_pair_has_no_p_value():
    assert math.isnan(paired_p_value(series([1.0]), series([2.0])))


def test_twice_as_many_leads_are_a_ratio_of_two():
    control = series([100.0, 120.0, 80.0])
    assert ratio_of_means(2 * control, control) == Estimate(2.0, 2.0, 2.0, 3)


def test_a_ratio_to_nothing_is_not_defined():
    ratio = ratio_of_means(series([1.0, 2.0]), series([0.0, 0.0]))
    assert math.isnan(ratio.mean)
    assert not ratio.has_interval


def test_the_interval_of_a_ratio_holds_the_truth_in_about_95_of_100_samples():
    rng = np.random.default_rng(11)
    hits = 0
    for _ in range(400):
        luck = rng.normal(100, 10, 32)
        ratio = ratio_of_means(series(0.8 * luck + rng.normal(0, 3, 32)), series(luck))
        hits += ratio.low <= 0.8 <= ratio.high
    assert 360 <= hits <= 398


# Many comparisons


def test_holm_multiplies_the_smallest_p_by_the_number_of_comparisons():
    adjusted = holm(pd.Series({"a": 0.01, "b": 0.04, "c": 0.03}))
    assert adjusted.to_dict() == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06})


def test_holm_leaves_out_what_was_not_tested():
    adjusted = holm(pd.Series({"a": 0.01, "b": np.nan}))
    assert adjusted["a"] == pytest.approx(0.01)
    assert math.isnan(adjusted["b"])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_makes_a_p_smaller_and_keeps_their_order(values):
    p = pd.Series(values)
    adjusted = holm(p)
    assert (adjusted >= p - 1e-12).all()
    assert adjusted.max() <= 1
    assert adjusted[p.sort_values().index].is_monotonic_increasing


def test_among_many_structures_that_do_not_differ_joint_flags_are_rarely_false():
    rng = np.random.default_rng(3)
    false_alone, false_jointly = 0, 0
    for _ in range(40):
        null = {f"s{i}": rng.normal(size=20) for i in range(9)}
        differences = differences_to(runs_of(**null), "npv_usd", "s0")
        false_alone += differences["is_clear"].any()
        false_jointly += differences["is_clear_jointly"].any()
    assert false_jointly <= 6 < false_alone


def test_scenarios_run_with_different_seeds_are_refused():
    runs = runs_of(a=[1.0, 2.0], b=[1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match=r"seeds differ between scenarios: \[2\] were not run in every"):
        by_seed(runs, "npv_usd")


def test_a_scenario_with_the_same_seed_twice_is_refused():
    runs = runs_of(a=[1.0, 2.0])
    with pytest.raises(ValueError, match="a scenario has a seed twice"):
        by_seed(pd.concat([runs, runs]), "npv_usd")


# Who is ahead


def test_a_tie_for_the_best_is_split_evenly():
    shares = best_share(runs_of(a=[3.0, 1.0], b=[3.0, 2.0], c=[1.0, 0.0]), "npv_usd")
    assert shares.to_dict() == {"a": 0.25, "b": 0.75, "c": 0.0}


def test_for_burnout_the_least_is_the_best():
    shares = best_share(runs_of(a=[3.0, 1.0], b=[4.0, 0.0]), "npv_usd", largest_is_best=False)
    assert shares.to_dict() == {"a": 0.5, "b": 0.5}


@given(st.lists(st.tuples(moderate, moderate, moderate), min_size=1, max_size=20))
def test_somebody_is_the_best_in_every_future(rows):
    a, b, c = zip(*rows, strict=True)
    assert best_share(runs_of(a=a, b=b, c=c), "npv_usd").sum() == pytest.approx(1)


@given(samples)
def test_what_one_is_ahead_the_other_is_behind(values):
    a, b = series(values), series(values[::-1])
    assert ahead_share(a, b) + ahead_share(b, a) == pytest.approx(1)


def test_unpaired_luck_has_a_pairing_ratio_of_about_one():
    rng = np.random.default_rng(8)
    a, b = series(rng.normal(size=5000)), series(rng.normal(size=5000))
    assert pairing_ratio(a, b) == pytest.approx(1, abs=0.1)


def test_shared_luck_raises_the_pairing_ratio():
    rng = np.random.default_rng(8)
    luck = rng.normal(0, 10, 500)
    a, b = series(luck + rng.normal(size=500)), series(luck + rng.normal(size=500))
    # (101 + 101) / 2
    assert pairing_ratio(a, b) == pytest.approx(101, rel=0.2)


def test_a_difference_that_never_varies_needs_no_second_seed():
    assert pairing_ratio(series([1.0, 5.0]), series([0.0, 4.0])) == math.inf
    assert math.isnan(pairing_ratio(series([1.0, 1.0]), series([0.0, 0.0])))
    assert math.isnan(pairing_ratio(series([1.0]), series([0.0])))


# When it pays


def test_the_second_salary_is_paid_back_when_the_sum_turns_positive():
    # -3, -1, 1, 3, ...: the sum is -3, -4, -3, 0, 5.
    quarters = quarters_of(two=(20, lambda seed, q: 2 * q - 5 + seed), one=(20, lambda seed, q: seed))
    crossover = crossover_quarter(quarters, "two", "one")
    assert (crossover.quarter, crossover.low, crossover.high) == (5, 5, 5)
    assert crossover.starts_behind
    assert crossover.is_clear


def test_a_lead_that_is_lost_again_is_no_crossover():
    quarters = quarters_of(two=(20, lambda seed, q: 10 if q < 6 else -20), one=(20, lambda seed, q: 0))
    crossover = crossover_quarter(quarters, "two", "one")
    assert crossover.quarter is None
    assert crossover.low == crossover.high == crossover.never == 13
    assert not crossover.is_clear


def test_who_is_ahead_from_the_start_crosses_in_the_first_quarter():
    quarters = quarters_of(two=(20, lambda seed, q: 1.0), one=(20, lambda seed, q: 0))
    crossover = crossover_quarter(quarters, "two", "one")
    assert crossover.quarter == 1
    assert not crossover.starts_behind


def test_warm_up_does_not_count_toward_the_payback():
    quarters = quarters_of(two=(20, lambda seed, q: 1e9 if q < 1 else -1), one=(20, lambda seed, q: 0))
    assert crossover_quarter(quarters, "two", "one").quarter is None


def test_an_unsure_crossover_reaches_never():
    rng = np.random.default_rng(1)
    luck = rng.normal(0, 10, 16)
    quarters = quarters_of(two=(16, lambda seed, q: luck[seed] + q - 6), one=(16, lambda seed, q: 0))
    crossover = crossover_quarter(quarters, "two", "one")
    assert crossover.high == crossover.never
    assert not crossover.is_clear


def test_too_few_futures_give_a_crossover_without_interval():
    n = LEAST_SEEDS_TO_RESAMPLE - 1
    quarters = quarters_of(two=(n, lambda seed, q: q - 4), one=(n, lambda seed, q: 0))
    crossover = crossover_quarter(quarters, "two", "one")
    assert crossover.quarter == 8
    assert math.isnan(crossover.low)
    assert not crossover.is_clear


def test_the_same_quarters_give_the_same_crossover_interval():
    rng = np.random.default_rng(2)
    luck = rng.normal(0, 3, 32)
    quarters = quarters_of(two=(32, lambda seed, q: luck[seed] + q - 4), one=(32, lambda seed, q: 0))
    assert crossover_quarter(quarters, "two", "one") == crossover_quarter(quarters, "two", "one")


def test_a_crossover_of_different_seeds_is_refused():
    quarters = quarters_of(two=(9, lambda seed, q: 1), one=(8, lambda seed, q: 0))
    with pytest.raises(ValueError, match="two and one differ in seeds or quarters: profit_usd cannot be paired"):
        crossover_quarter(quarters, "two", "one")


def test_a_crossover_of_a_scenario_that_was_not_run_is_refused():
    quarters = quarters_of(two=(9, lambda seed, q: 1))
    with pytest.raises(ValueError, match="scenario one has no measured quarters"):
        crossover_quarter(quarters, "two", "one")
