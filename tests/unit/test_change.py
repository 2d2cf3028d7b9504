"""What a change is worth against doing nothing, and when it has paid back what it cost."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.change import SO_FAR, effect_of
from sim.study.pair_values import recovery_quarter
from sim.study.payback import payback
from sim.study.statistics import LEAST_SEEDS_TO_RESAMPLE, mean_estimate, share_estimate

RATE = 0.1
LEFT_USD = 5e5  # of what is left after the horizon, the same in all scenarios unless told


def nothing_at_all(seed, q):
    return 0.0


def future(scenario, n, gain, n_quarters=12, fees=None, left=0.0):
    """Runs and quarters of a scenario that earns so much more than 100 in a quarter, with two quarters of warm-up."""
    rows = [
        {
            "scenario": scenario,
            "seed": seed,
            "quarter": q,
            "is_warm_up": q < 1,
            "profit_usd": 100.0 + (gain(seed, q) if q >= 1 else 0.0),
            "revenue_usd": 1000.0 + 2 * (gain(seed, q) if q >= 1 else 0.0),
            "brand_equity": 25.0,
            "burnout": 50.0,
            "reorganisation_usd": (fees or {}).get(q, 0.0),
        }
        for seed in range(n)
        for q in range(-1, n_quarters + 1)
    ]
    quarters = pd.DataFrame(rows)
    worth = quarters["profit_usd"] * (1 + RATE) ** (-quarters["quarter"] / 4) * ~quarters["is_warm_up"]
    npv = worth.groupby(quarters["seed"]).sum() + LEFT_USD + left
    return pd.DataFrame({"scenario": scenario, "seed": npv.index, "npv_usd": npv.to_numpy()}), quarters


def world(n=12, gain=nothing_at_all, free=None, n_quarters=12, **of_change):
    """Runs and quarters of a change, of doing nothing, and if given of the change had it cost nothing."""
    parts = [
        future("changed", n, gain, n_quarters, **of_change),
        future("nothing", n, nothing_at_all, n_quarters),
    ]
    parts += [] if free is None else [future("free", n, free, n_quarters)]
    return tuple(pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))


def effect(first=5, free=None, **of_world):
    """The effect of a change in such a world."""
    name = None if free is None else "free"
    return effect_of(*world(free=free, **of_world), "changed", "nothing", name, first, RATE)


def dips(seed, q):
    """Nothing before quarter 5, then -30, -10, 10, 30, ...: the sum is -30, -40, -30, 0, 50, ..."""
    return 0.0 if q < 5 else 20.0 * (q - 6) - 10.0


# Worth


def test_npv_so_far_is_discounted_from_the_end_of_each_quarter_to_the_start_of_the_first():
    rows = effect(gain=lambda seed, q: 40.0 if q in (5, 8) else 0.0).by_quarter
    so_far = rows[rows["outcome"] == SO_FAR].set_index("quarter")["mean"]
    assert so_far[4] == 0
    assert so_far[7] == pytest.approx(40 * 1.1**-1.25)
    assert so_far[12] == pytest.approx(40 * 1.1**-1.25 + 40 * 1.1**-2)


def test_worth_is_profit_within_the_horizon_and_what_is_left():
    at = effect(gain=lambda seed, q: 40.0 * (q == 8), left=-7.0)
    assert at.within.mean == pytest.approx(40 / 1.21)
    assert at.left.mean == pytest.approx(-7)
    assert at.npv.mean == pytest.approx(at.within.mean + at.left.mean)


def test_intervals_are_those_of_differences_within_a_future():
    luck = np.random.default_rng(1).normal(0, 5, 12)
    at = effect(gain=lambda seed, q: luck[seed] * (q >= 5))
    rows = at.by_quarter
    row = rows[(rows["outcome"] == "revenue_usd") & (rows["quarter"] == 9)].iloc[0]
    by_hand = mean_estimate(2 * luck)
    assert (row["mean"], row["low"], row["high"]) == pytest.approx((by_hand.mean, by_hand.low, by_hand.high))
    assert row["n_seeds"] == 12


def test_warm_up_is_not_measured():
    rows = effect(gain=dips).by_quarter
    assert (rows["quarter"].min(), rows["quarter"].max()) == (1, 12)
    assert len(rows) == 4 * 12


def test_before_the_change_there_is_no_difference_and_no_doubt():
    rows = effect(gain=dips).by_quarter
    assert (rows.loc[rows["quarter"] < 5, ["mean", "low", "high"]] == 0).all(axis=None)


def test_a_change_pays_in_the_futures_in_which_it_is_worth_more_and_a_tie_counts_half():
    at = effect(gain=lambda seed, q: (1.0 if seed < 6 else 0.0 if seed < 8 else -1.0) * (q == 6))
    assert at.pays.mean == pytest.approx(7 / 12)
    assert at.pays.low < 0.5 < at.pays.high


@given(st.integers(2, 400).flatmap(lambda n: st.tuples(st.integers(0, 2 * n), st.just(n))))
def test_a_share_lies_in_its_interval_and_that_between_0_and_1(hits):
    twice, n = hits
    at = share_estimate(twice / 2, n)
    assert 0 <= at.low <= at.mean <= at.high <= 1
    assert at.low < at.high


def test_wilson_knows_the_textbook_interval():
    # Wilson (1927) for 8 of 10: 0.4902 to 0.9433.
    at = share_estimate(8, 10)
    assert (at.low, at.high) == pytest.approx((0.4902, 0.9433), abs=5e-5)


# The price of getting there


def test_getting_there_costs_what_the_change_is_worth_less_than_had_it_cost_nothing():
    at = effect(gain=lambda seed, q: -40.0 * (q == 8), free=lambda seed, q: 10.0 * (q == 8), fees={8: 12.1})
    assert at.transition.mean == pytest.approx(50 / 1.21)
    assert at.fees.mean == pytest.approx(10)
    assert at.npv_free.mean == pytest.approx(10 / 1.21)


def test_without_the_free_scenario_its_numbers_are_blank_and_the_fees_known():
    at = effect(gain=dips, fees={5: 3.0})
    assert at.transition.n == at.npv_free.n == 0
    assert math.isnan(at.transition.mean)
    assert not at.transition.is_clear
    assert at.fees.mean == pytest.approx(3.0 * 1.1**-1.25)
    assert set(at.by_quarter["scenario"]) == {"changed"}


def test_the_free_scenario_is_told_quarter_by_quarter_too():
    rows = effect(gain=dips, free=nothing_at_all).by_quarter
    free = rows[rows["scenario"] == "free"]
    assert len(free) == 4 * 12
    assert (free["mean"] == 0).all()


# Payback


def test_a_dip_is_paid_back_when_the_sum_is_not_behind_any_more():
    at = effect(gain=dips).payback
    assert (at.quarter, at.low, at.high) == (8, 8, 8)
    assert (at.behind.mean, at.repaid.mean, at.n_behind) == (1, 1, 12)
    assert at.is_clear


def test_the_crossover_comes_when_the_sum_is_ahead():
    crossover = effect(gain=dips).crossover
    assert (crossover.quarter, crossover.low, crossover.high) == (9, 9, 9)


def test_who_never_falls_behind_has_nothing_to_pay_back():
    at = effect(gain=lambda seed, q: float(q >= 5)).payback
    assert (at.behind.mean, at.n_behind) == (0, 0)
    assert math.isnan(at.quarter)
    assert math.isnan(at.repaid.mean)
    assert not at.is_clear


def test_what_is_not_paid_back_within_the_horizon_counts_as_later():
    # Five futures pay back in quarter 8, seven never do.
    at = effect(gain=lambda seed, q: dips(seed, q) if seed < 5 else -1.0 * (q >= 5)).payback
    assert at.quarter == math.inf
    assert at.repaid.mean == pytest.approx(5 / 12)
    assert not at.is_clear


def test_a_lead_that_is_lost_again_is_not_paid_back():
    at = effect(gain=lambda seed, q: dips(seed, q) - 1e4 * (q == 12)).payback
    assert at.repaid.mean == 0
    assert at.low == at.high == math.inf


def test_payback_asks_only_the_futures_that_fell_behind():
    at = effect(n=20, gain=lambda seed, q: dips(seed, q) if seed < 10 else 1.0 * (q >= 5)).payback
    assert at.behind.mean == 0.5
    assert (at.quarter, at.repaid.mean, at.n_behind) == (8, 1, 10)


def test_too_few_futures_give_a_payback_without_interval():
    at = effect(n=LEAST_SEEDS_TO_RESAMPLE - 1, gain=dips).payback
    assert at.quarter == 8
    assert math.isnan(at.low)
    assert not at.is_clear


def test_what_was_lost_and_won_back_to_the_cent_is_paid_back():
    quarters = world(n=1, gain=lambda seed, q: {5: -0.1, 6: -0.2, 7: 0.3}.get(q, 0.0))[1]
    a, b = (quarters[quarters["scenario"] == name] for name in ("changed", "nothing"))
    assert recovery_quarter(a, b).tolist() == [7]


@settings(max_examples=25)
@given(st.lists(st.integers(5, 14), min_size=8, max_size=20))
def test_half_of_those_behind_have_paid_back_by_the_median_quarter(quarter_of_gain):
    # Behind by 1 from quarter 5 on, until a gain of 1; one after quarter 12 comes too late.
    def gain(seed, q):
        return -1.0 * (q == 5) + 1.0 * (q == quarter_of_gain[seed] + 1)

    at = effect(n=len(quarter_of_gain), gain=gain).payback
    paid = sorted(q + 1 if q + 1 <= 12 else math.inf for q in quarter_of_gain)
    assert at.quarter == paid[(len(paid) - 1) // 2]
    assert at.low <= at.quarter <= at.high
    assert at.repaid.mean == pytest.approx(np.mean([q <= 12 for q in paid]))


def test_the_same_quarters_give_the_same_payback_interval():
    luck = np.random.default_rng(2).normal(0, 15, 32)
    quarters = world(n=32, gain=lambda seed, q: dips(seed, q) + luck[seed] * (q >= 5))[1]
    assert payback(quarters, "changed", "nothing") == payback(quarters, "changed", "nothing")
    at = payback(quarters, "changed", "nothing")
    assert at.low < at.high


# Edges


def test_a_change_that_changes_nothing_has_no_clear_difference_anywhere():
    at = effect(gain=nothing_at_all, free=nothing_at_all)
    assert at.is_null
    assert (at.npv.mean, at.npv.low, at.npv.high) == (0, 0, 0)
    assert not any(part.is_clear for part in (at.npv, at.transition, at.left, at.crossover))
    assert at.pays.mean == 0.5
    assert at.payback.n_behind == 0


@pytest.mark.parametrize("free", [None, nothing_at_all])
def test_one_future_has_no_interval_and_nothing_clear(free):
    at = effect(n=1, gain=dips, free=free)
    assert at.n == 1
    assert at.npv.mean > 0
    for estimate in (at.npv, at.pays, at.transition, at.fees, at.payback.behind, at.payback.repaid):
        assert not estimate.has_interval
    assert not any(part.is_clear for part in (at.npv, at.payback, at.crossover))


def test_a_change_in_the_last_quarter_shows_in_that_quarter_alone():
    at = effect(first=12, gain=lambda seed, q: -5.0 * (q == 12))
    changed = at.by_quarter[at.by_quarter["mean"] != 0]
    assert set(changed["quarter"]) == {12}
    assert at.payback.repaid.mean == 0
    assert at.crossover.quarter is None


@pytest.mark.parametrize("first", [0, 13])
def test_a_change_outside_the_horizon_is_refused(first):
    with pytest.raises(ValueError, match=rf"first = {first}: must be a measured quarter, 1 to 12"):
        effect(first=first)


def test_different_seeds_are_refused_by_name():
    runs, quarters = world()
    short = quarters[(quarters["scenario"] == "nothing") | (quarters["seed"] > 0)]
    with pytest.raises(ValueError, match="changed and nothing differ in seeds or quarters: profit_usd cannot be"):
        effect_of(runs, short, "changed", "nothing", None, 5, RATE)
    with pytest.raises(ValueError, match=r"seeds differ between scenarios: \[0\]"):
        effect_of(runs.iloc[1:], quarters, "changed", "nothing", None, 5, RATE)


def test_a_scenario_that_was_not_run_is_refused():
    with pytest.raises(ValueError, match="scenario free has no measured quarters"):
        effect_of(*world(), "changed", "nothing", "free", 5, RATE)
