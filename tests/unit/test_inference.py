"""Intervals, rankings, equivalence and stopping say what their definitions say, and no more than the data know."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.coverage import coverage
from sim.study.bootstrap import bca_difference, chance_of_being_best
from sim.study.equivalence import Verdict, equivalence
from sim.study.looks import looking, looks
from sim.study.ranking import against_the_best
from sim.study.statistics import best_share, mean_estimate, paired_difference, share_estimate, t_quantile
from sim.study.stopping import assess, seeds_needed

SAMPLE = st.lists(st.floats(-1e6, 1e6), min_size=10, max_size=30)


@pytest.fixture
def dice():
    """Luck of a test's own: what it draws does not hang on which tests ran before."""
    return np.random.default_rng(7)


def table_of(**columns):
    frames = [
        pd.DataFrame({"scenario": name, "seed": range(len(values)), "npv_usd": np.asarray(values, dtype=float)})
        for name, values in columns.items()
    ]
    return pd.concat(frames, ignore_index=True)


# ---- BCa


def test_bca_lies_near_t_for_a_bell_and_to_the_right_of_it_for_a_skewed_sample(dice):
    bell, skewed = pd.Series(dice.standard_normal(200)), pd.Series(np.exp(dice.standard_normal(60)))
    none, zero = pd.Series(np.zeros(200)), pd.Series(np.zeros(60))
    a, b = bca_difference(bell, none), paired_difference(bell, none)
    assert (a.low, a.high) == pytest.approx((b.low, b.high), abs=0.03)
    a, b = bca_difference(skewed, zero), paired_difference(skewed, zero)
    assert a.low > b.low
    assert a.high > b.high


@given(SAMPLE)
def test_bca_contains_no_surprise(sample):
    values, none = pd.Series(sample), pd.Series(np.zeros(len(sample)))
    at = bca_difference(values, none, n_resamples=200)
    assert at.mean == pytest.approx(values.mean(), abs=1e-6)
    if at.has_interval:
        assert values.min() - 1e-6 <= at.low <= at.high <= values.max() + 1e-6


def test_bca_does_not_hang_on_the_order_of_seeds_and_is_the_same_twice(dice):
    treated, control = pd.Series(dice.standard_normal(40)), pd.Series(dice.standard_normal(40))
    shuffled = treated.sample(frac=1, random_state=3)
    assert bca_difference(treated, control) == bca_difference(treated, control)
    assert bca_difference(shuffled.sort_index(), control) == bca_difference(treated, control)


def test_bca_knows_what_it_cannot_know():
    few = pd.Series([1.0, 2.0, 3.0])
    assert not bca_difference(few, few * 0).has_interval
    same = pd.Series(np.full(20, 3.5))
    assert bca_difference(same, same * 0) == mean_estimate(same)


# ---- who is best


def test_chance_of_being_best_is_about_means_and_best_share_about_futures(dice):
    noise = dice.standard_normal(400)
    # a is ahead in most futures by a little, and far behind in a few.
    ahead = np.where(dice.random(400) < 0.8, 0.5, -4.0)
    runs = table_of(a=noise + ahead, b=noise)
    assert best_share(runs, "npv_usd")["a"] > 0.75
    assert chance_of_being_best(runs, "npv_usd")["a"] < 0.05


def test_chances_add_up_to_one_and_ties_are_split():
    runs = table_of(a=[1.0] * 10, b=[1.0] * 10, c=[0.0] * 10)
    assert chance_of_being_best(runs, "npv_usd").to_dict() == {"a": 0.5, "b": 0.5, "c": 0.0}
    assert chance_of_being_best(runs, "npv_usd", largest_is_best=False)["c"] == 1.0
    assert chance_of_being_best(table_of(a=[1.0, 2.0], b=[0.0, 1.0]), "npv_usd").isna().all()


def test_the_best_is_found_where_common_luck_hides_it(dice):
    luck = 100 * dice.standard_normal(32)
    runs = table_of(a=luck + 1 + 0.1 * dice.standard_normal(32), b=luck + 0.1 * dice.standard_normal(32), c=luck - 5)
    ranked = against_the_best(runs, "npv_usd")
    assert list(ranked.index) == ["a", "b", "c"]
    assert ranked["is_clearly_best"].tolist() == [True, False, False]
    assert ranked["may_be_best"].tolist() == [True, False, False]
    assert ranked.loc["a", "mean"] == pytest.approx(1, abs=0.1)
    assert against_the_best(runs, "npv_usd", largest_is_best=False).index[0] == "c"


def test_of_two_the_ranking_is_the_one_sided_paired_t_bound(dice):
    a, b = dice.standard_normal(20), dice.standard_normal(20)
    ranked, alone = against_the_best(table_of(a=a, b=b), "npv_usd"), paired_difference(pd.Series(a), pd.Series(b), 0.90)
    assert alone.low < 0 < alone.high
    assert ranked.loc["a", ["mean", "low", "high"]].tolist() == pytest.approx([alone.mean, alone.low, alone.high])
    assert ranked.loc["b", ["mean", "low", "high"]].tolist() == pytest.approx([-alone.mean, -alone.high, -alone.low])


def test_one_that_alone_may_be_best_is_not_worse_than_anybody_and_the_others_are_not_better(dice):
    ranked = against_the_best(table_of(a=9 + dice.random(20), b=dice.random(20), c=dice.random(20)), "npv_usd")
    assert ranked.loc["a", "low"] == 0.0
    assert ranked.loc["a", "high"] > 8
    assert (ranked.loc[["b", "c"], "high"] == 0.0).all()
    assert (ranked.loc[["b", "c"], "low"] < -8).all()


def test_more_structures_make_each_comparison_less_sure(dice):
    values = {name: dice.standard_normal(30) for name in "abcdef"}
    few = against_the_best(table_of(a=values["a"], b=values["b"] - 0.5), "npv_usd")
    many = against_the_best(
        table_of(a=values["a"], b=values["b"] - 0.5, **{n: values[n] - 99 for n in "cdef"}), "npv_usd"
    )
    assert many.loc["a", "high"] > few.loc["a", "high"]
    assert many.loc["a", "low"] < few.loc["a", "low"]


def test_two_that_never_differ_may_both_be_best():
    ranked = against_the_best(table_of(a=[1.0, 2.0, 3.0], b=[1.0, 2.0, 3.0], c=[0.0, 1.0, 2.0]), "npv_usd")
    assert ranked["may_be_best"].to_dict() == {"a": True, "b": True, "c": False}
    assert not ranked["is_clearly_best"].any()


@given(st.lists(st.tuples(*[st.floats(-1e3, 1e3)] * 3), min_size=4, max_size=12), st.floats(0.1, 1e6))
def test_a_ranking_does_not_hang_on_unit_or_order(rows, unit):
    values = np.array(rows)
    one = against_the_best(table_of(a=values[:, 0], b=values[:, 1], c=values[:, 2]), "npv_usd")
    other = against_the_best(table_of(c=unit * values[:, 2], a=unit * values[:, 0], b=unit * values[:, 1]), "npv_usd")
    for name in "abc":
        scaled = unit * one.loc[name, ["mean", "low", "high"]].to_numpy(float)
        assert other.loc[name, ["mean", "low", "high"]].to_numpy(float) == pytest.approx(
            scaled, rel=1e-6, abs=1e-6 * unit
        )
    assert one["may_be_best"].any()
    assert ((one["low"] <= 0) & (one["high"] >= 0)).all()
    assert one["is_clearly_best"].sum() <= 1


def test_nobody_is_ranked_alone_and_one_future_rules_out_nobody():
    with pytest.raises(ValueError, match="must be at least 2"):
        against_the_best(table_of(a=[1.0, 2.0]), "npv_usd")
    one = against_the_best(table_of(a=[1.0], b=[0.0]), "npv_usd")
    assert one["may_be_best"].all()
    assert one[["low", "high"]].isna().all(axis=None)
    with pytest.raises(ValueError, match=r"level = 0.4: must be between 0.5 and 1"):
        against_the_best(table_of(a=[1.0, 2.0], b=[0.0, 1.0]), "npv_usd", level=0.4)


# ---- equivalence


@pytest.mark.parametrize(
    ("shift", "noise", "verdict"),
    [
        (0.0, 0.1, Verdict.EQUIVALENT),
        (0.5, 0.1, Verdict.EQUIVALENT),
        (2.0, 0.1, Verdict.DIFFERENT),
        (0.3, 9.0, Verdict.NOT_KNOWN),
    ],
)
def test_equivalence_says_what_the_data_know(shift, noise, verdict, dice):
    control = pd.Series(100 + dice.standard_normal(30))
    treated = control + shift + noise * dice.standard_normal(30)
    assert equivalence(treated, control, 1.0).verdict == verdict
    assert equivalence(treated, control, 0.01, is_share=True).verdict == verdict


def test_the_p_value_of_equivalence_is_that_of_the_worse_one_sided_test(dice):
    control, treated = pd.Series(np.zeros(25)), pd.Series(0.2 + dice.standard_normal(25))
    below = stats.ttest_1samp(treated, 0.9, alternative="less").pvalue
    above = stats.ttest_1samp(treated, -0.9, alternative="greater").pvalue
    found = equivalence(treated, control, 0.9)
    assert found.p_value == pytest.approx(max(below, above))
    assert (found.verdict == Verdict.EQUIVALENT) == (found.p_value < 0.05)


def test_a_margin_is_above_zero_and_one_pair_knows_nothing():
    one = pd.Series([1.0])
    with pytest.raises(ValueError, match="must be above 0"):
        equivalence(one, one, 0.0)
    with pytest.raises(ValueError, match=r"margin = 0\.0: must be above 0"):
        equivalence(one, one, 0.0, is_share=True)
    with pytest.raises(ValueError, match=r"mean of control = 0: has no shares; the margin must be given in the out"):
        equivalence(one, 0.0 * one, 0.1, is_share=True)
    assert equivalence(one, one, 1.0).verdict == Verdict.NOT_KNOWN
    same = pd.Series(np.ones(9))
    assert equivalence(same, same, 0.1).verdict == Verdict.EQUIVALENT


# ---- looking and stopping


def test_looks_are_doubled_up_to_the_most():
    assert looks(8) == (8,)
    assert looks(16) == (16,)
    assert looks(100) == (16, 32, 64, 100)
    assert looks(128) == (16, 32, 64, 128)


def test_an_interval_of_several_looks_is_that_of_a_level_divided_among_them(dice):
    values = pd.Series(dice.standard_normal(30))
    once = mean_estimate(values, 0.99)
    with looking(5):
        assert mean_estimate(values, 0.95) == once
        assert share_estimate(3, 9, 0.95) != share_estimate(3, 9, 0.5)
    assert mean_estimate(values, 0.99) == once
    assert t_quantile(30) == pytest.approx(stats.t.ppf(0.975, 29))


@given(st.integers(3, 60), st.floats(0.05, 5.0))
def test_the_seeds_needed_are_the_fewest_that_do(n, half_width):
    values = np.random.default_rng(n).standard_normal(n)
    needed, spread = seeds_needed(values, half_width), values.std(ddof=1)

    def reach(m):
        return stats.t.ppf(0.975, m - 1) * spread / math.sqrt(m)

    assert reach(needed) <= half_width * (1 + 1e-9)
    assert needed == 2 or reach(needed - 1) > half_width * (1 - 1e-9)


def test_seeds_needed_refuses_what_has_no_answer():
    with pytest.raises(ValueError, match="must be at least 2, and above 0"):
        seeds_needed(np.array([1.0]), 1.0)
    with pytest.raises(ValueError, match="must be at least 2, and above 0"):
        seeds_needed(np.array([1.0, 2.0]), 0.0)


def test_an_assessment_names_the_widest_difference_and_what_it_needs(dice):
    luck = 100 + 5 * dice.standard_normal(32)
    runs = table_of(a=luck, b=luck + 0.1 * dice.standard_normal(32), c=luck + 30 * dice.standard_normal(32))
    found = assess(runs, "npv_usd", "a", 0.02, 3)
    assert (found.widest, found.is_reached, found.n_seeds) == ("c", False, 32)
    assert found.wanted == pytest.approx(0.02 * luck.mean())
    assert found.seeds_needed > 32
    few = assess(runs[runs["scenario"] != "c"], "npv_usd", "a", 0.02, 3)
    assert (few.is_reached, few.seeds_needed) == (True, 0)
    a, b = (runs[runs["scenario"] == name].set_index("seed")["npv_usd"] for name in "ab")
    with looking(3):
        assert few.differences["b"] == paired_difference(b, a)


def test_a_share_of_a_reference_worth_nothing_is_never_reached():
    found = assess(table_of(a=[-1.0, 1.0, -1.0, 1.0], b=[1.0, 2.0, 3.0, 5.0]), "npv_usd", "a", 0.02, 1)
    assert (found.is_reached, found.wanted, found.seeds_needed) == (False, 0.0, 0)


def test_with_nothing_to_compare_the_precision_is_reached():
    assert assess(table_of(a=[1.0, 2.0]), "npv_usd", "a", 0.02, 1).is_reached


# ---- coverage


def test_the_best_and_all_others_are_covered_together_as_often_as_said_whatever_luck_is_common(dice):
    ahead, hits, n_samples = np.array([0.0, 0.0, 0.0, 0.0, 0.1]), 0, 400
    truth = pd.Series([-0.1, -0.1, -0.1, -0.1, 0.1], index=list("abcde"))
    for _ in range(n_samples):
        values = ahead + 10 * dice.standard_normal((16, 1)) + dice.standard_normal((16, 5))
        ranked = against_the_best(table_of(**dict(zip("abcde", values.T, strict=True))), "npv_usd")
        hits += ((ranked["low"] <= truth[ranked.index]) & (truth[ranked.index] <= ranked["high"])).all()
    # Four binomial errors below 95%; four comparisons without adjustment cover in 86%.
    assert hits / n_samples > 0.95 - 4 * math.sqrt(0.95 * 0.05 / n_samples)


def test_intervals_cover_as_often_as_they_say():
    replications, few = 800, 50
    table = coverage(replications, few, numbers=(16,)).set_index(["interval", "differences"])["covered"]
    errors, few_errors = (4 * math.sqrt(0.95 * 0.05 / n) for n in (replications, few))
    assert table["paired t", "bell-shaped"] == pytest.approx(0.95, abs=errors)
    assert table["BCa", "bell-shaped"] == pytest.approx(0.93, abs=few_errors)  # known to be a little short at 16
    assert table["with the best of 5, all together", "bell-shaped"] >= 0.95 - few_errors
    assert table["the same, common luck, unlike", "bell-shaped"] >= 0.95 - few_errors
    assert table["stopped at 10% precision", "bell-shaped"] >= 0.95 - few_errors
    assert table["paired t", "skewed"] < 0.95 - errors  # what skewness costs, as docs/statistics.md says
