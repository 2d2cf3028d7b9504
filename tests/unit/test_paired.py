"""What two scenarios come to under the same seeds: payback, crossover, leakage, growth, ratios."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.pair_values import crossover_quarter, growth_percent, payback_quarter
from sim.study.paired import CREDITS, HORIZON, PAIRED_OUTCOMES, YEARS, is_made_perfect
from sim.study.results import Results
from sim.study.statistics import mean_estimate

NEVER = math.inf
MONEY = ("profit_usd", "leaders_usd", "revenue_usd", "bookings_usd", "contracts_usd")
MARKETINGS = tuple(f"{rule}_marketing_usd" for rule in CREDITS)


def side(name, **columns):
    """A scenario's quarters: each column a number, or a list per seed of numbers per measured quarter.

    Quarter 0 is warm-up: contracts of 100 at its end, and money that nothing measured may count.
    """
    given = {column: np.atleast_2d(np.asarray(values, float)) for column, values in columns.items()}
    n_seeds, n_quarters = np.broadcast_shapes(*(values.shape for values in given.values()))
    measured = {c: np.broadcast_to(given.get(c, np.zeros((1, 1))), (n_seeds, n_quarters)) for c in MONEY + MARKETINGS}
    rows = [
        {"scenario": name, "seed": seed, "quarter": quarter, "is_warm_up": quarter < 1}
        | {c: values[seed, quarter - 1] if quarter else 1e9 for c, values in measured.items()}
        | ({} if quarter else {"contracts_usd": 100.0})
        for seed in range(n_seeds)
        for quarter in range(n_quarters + 1)
    ]
    return pd.DataFrame(rows)


def config(org="two", **levels):
    """The part of a config that tells a pair apart, as the manifest has it."""
    return {"org": {"name": org}, "practices": {"name": "ours", "shared_kpis": 0.4, "shared_crm": 0.4, **levels}}


PERFECT = {"shared_kpis": 1.0, "shared_crm": 1.0}


def results_of(a, b, configs=None):
    """Results of a and b, rows in no order, with configs if they are known."""
    quarters = pd.concat([a, b], ignore_index=True).sample(frac=1, random_state=3)
    scenarios = {name: {"config": at} for name, at in (configs or {}).items()}
    return Results(pd.DataFrame(), quarters, {"scenarios": scenarios})


def paired(a, b, configs=None):
    return results_of(a, b, configs).paired("a", "b")


def profits(*of_a, leaders=1.0):
    """A pair in which b earns nothing and a's leaders cost so much more; a list of profits per seed."""
    return side("a", profit_usd=of_a, leaders_usd=leaders), side("b", profit_usd=np.zeros_like(of_a))


# Payback


@pytest.mark.parametrize(
    ("profit", "quarter"),
    [
        ([-10, -10, 5, 20, 1], 4),  # cumulated -10, -20, -15, 5, 6
        ([-10, -1, -1, -1, -1], NEVER),
        ([3, 3, 3, 3, 3], 1),
        ([-10, 10, 0, 0, 0], 2),  # just covered is covered
        ([-10, 20, -20, 5, 10], 5),  # covered once, then not: it has to last
        ([-10, 20, 1, 1, -30], NEVER),
        ([-1, -1, -1, -1, 4], 5),
    ],
)
def test_a_leader_is_paid_back_when_the_gain_covers_the_pay_for_good(profit, quarter):
    assert payback_quarter(*profits(profit)).tolist() == [quarter]


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9), st.integers(0, 5)), min_size=1, max_size=8),
)
def test_payback_is_that_of_its_definition(quarters):
    gains, _, pay = zip(*quarters, strict=True)
    base = [b for _, b, _ in quarters]
    # Profit before leaders' pay: what is left of it is profit after the pay.
    a = side("a", profit_usd=[[g + b - p for g, b, p in zip(gains, base, pay, strict=True)]], leaders_usd=[pay])
    b = side("b", profit_usd=[base])
    gained, cost = list(itertools.accumulate(gains)), list(itertools.accumulate(pay))
    covered = [g >= c for g, c in zip(gained, cost, strict=True)]
    lasting = [q for q in range(len(covered)) if all(covered[q:])]
    expected = (lasting[0] + 1 if lasting else NEVER) if cost[-1] else math.nan
    assert payback_quarter(a, b).tolist() == pytest.approx([expected], nan_ok=True)


def test_without_more_pay_there_is_nothing_to_pay_back():
    assert payback_quarter(*profits([5, 5], leaders=0.0)).isna().all()
    assert payback_quarter(*profits([5, 5], leaders=-1.0)).isna().all()


def test_a_payback_that_never_comes_is_a_share_of_futures_and_in_no_mean():
    a, b = profits([-1, 2, 0], [-1, 0, 0], [1, 0, 0], [-9, -9, -9])
    outcome = paired(a, b)
    assert outcome.by_seed["payback_quarter"].tolist() == [2, NEVER, 1, NEVER]
    row = outcome.summary.loc["payback_quarter"]
    assert (row["n_seeds"], row["never_share"], row["median"]) == (4, 0.5, 2)
    assert row[["mean", "low", "high"]].isna().all()


def test_a_payback_that_mostly_never_comes_has_no_median_quarter():
    row = paired(*profits([2, 0], [-1, 0], [-1, 0])).summary.loc["payback_quarter"]
    assert (row["median"], row["never_share"]) == (NEVER, pytest.approx(2 / 3))


def test_futures_without_anything_to_pay_back_are_not_counted():
    a, b = profits([-1, 2], [-1, 2], leaders=[[1, 1], [0, 0]])
    row = paired(a, b).summary.loc["payback_quarter"]
    assert (row["n_seeds"], row["never_share"]) == (1, 0.0)
    nothing = paired(*profits([-1, 2], leaders=0.0)).summary.loc["payback_quarter"]
    assert nothing["n_seeds"] == 0
    assert math.isnan(nothing["never_share"])


# Crossover


@pytest.mark.parametrize(
    ("profit", "quarter"),
    [
        ([-10, 20, 1, 1], 2),
        ([10, -20, 1, 30], 4),  # back and forth: the last time counts
        ([1, 1, 1, 1], math.nan),
        ([-1, -1, -1, -1], math.nan),
        ([0, 0, 5, 1], math.nan),  # who comes out of a tie was not on the other side
        ([5, -5, 5, 1], math.nan),  # into a tie and out on the side of before
        ([5, -5, -5, 1], 3),  # into a tie and out on the other side
        ([0, 0, 0, 0], math.nan),
    ],
)
def test_cumulated_profit_crosses_where_its_difference_changes_sign(profit, quarter):
    assert crossover_quarter(*profits(profit)).tolist() == pytest.approx([quarter], nan_ok=True)


@given(st.lists(st.lists(st.integers(-3, 3), min_size=6, max_size=6), min_size=1, max_size=4))
def test_a_crossover_is_the_same_from_both_sides_and_that_of_its_definition(seeds):
    a, b = profits(*seeds)
    found = crossover_quarter(a, b)
    pd.testing.assert_series_equal(found, crossover_quarter(b, a))
    for profit, quarter in zip(seeds, found, strict=True):
        on = [(q, math.copysign(1, x)) for q, x in enumerate(itertools.accumulate(profit), 1) if x]
        turns = [q for (_, before), (q, now) in itertools.pairwise(on) if before != now]
        assert quarter == turns[-1] if turns else math.isnan(quarter)


def test_futures_without_a_crossover_are_a_share():
    row = paired(*profits([-1, 2, 0], [1, 0, 0], [1, 1, -9])).summary.loc["crossover_quarter"]
    assert (row["n_seeds"], row["never_share"]) == (3, pytest.approx(1 / 3))
    assert row["median"] == 2  # the lower of 2 and 3: a quarter that there is
    assert math.isnan(row["mean"])


# Leakage


def leaking(**changed):
    """Two years in which a earns 10 and then 6 a quarter, b 8 and then 12 of a revenue of 50 and then 100."""
    a = side("a", profit_usd=[[10] * 4 + [6] * 4] * 2, revenue_usd=[[40] * 8] * 2)
    b = side("b", profit_usd=[[8] * 4 + [12] * 4, [8] * 4 + [16] * 4], revenue_usd=[[50] * 4 + [100] * 4] * 2)
    return paired(a, b, {"a": config(), "b": config(**PERFECT)} | changed)


def test_leakage_is_the_profit_that_perfect_practices_would_add_as_a_share_of_their_revenue():
    by_seed = leaking().by_seed
    assert by_seed["leakage"].tolist() == pytest.approx([16 / 600, 32 / 600])
    assert by_seed["leakage_year_1"].tolist() == pytest.approx([-8 / 200, -8 / 200])  # dearer before they pay
    assert by_seed["leakage_year_2"].tolist() == pytest.approx([24 / 400, 40 / 400])
    assert "leakage_year_3" not in by_seed


def test_leakage_is_averaged_with_its_interval():
    row = leaking().summary.loc["leakage_year_2"]
    expected = mean_estimate(pd.Series([24 / 400, 40 / 400]))  # equal revenue, so a plain mean
    assert (row["mean"], row["low"], row["high"]) == pytest.approx((expected.mean, expected.low, expected.high))
    assert (row["n_seeds"], row["unit"]) == (2, "share")


@pytest.mark.parametrize(
    "changed",
    [
        {"b": config(shared_kpis=1.0)},  # one practice is not yet perfect
        {"b": config(org="one", **PERFECT)},  # and another structure
        {"b": {}},  # not known
    ],
)
def test_what_is_not_the_same_company_with_perfect_practices_has_no_leakage(changed):
    outcome = leaking(**changed)
    names = ["leakage", "leakage_year_1", "leakage_year_2"]
    assert outcome.by_seed[names].isna().all(axis=None)
    assert (outcome.summary.loc[names, "n_seeds"] == 0).all()
    assert outcome.summary.loc[names, ["mean", "low", "high", "median"]].isna().all(axis=None)


def test_only_practices_may_differ_for_leakage_and_all_of_the_others_must_be_in_full():
    assert is_made_perfect(config(), config(**PERFECT))
    assert is_made_perfect(config(**PERFECT), config(**PERFECT))
    assert not is_made_perfect(config(**PERFECT), config())
    assert not is_made_perfect({}, {})


def test_a_horizon_shorter_than_a_year_has_no_whole_year():
    names = paired(*profits([1, 2, 3])).by_seed.columns
    assert "leakage" in names
    assert not [name for name in names if name.startswith("leakage_year")]


# Growth and ratios


def test_growth_is_that_of_contracts_a_year_from_the_start_of_the_horizon():
    two_years = side("a", contracts_usd=[[50] * 7 + [121], [100] * 8])
    assert growth_percent(two_years).tolist() == pytest.approx([10, 0])
    half_a_year = side("a", contracts_usd=[[100, 110]])
    assert growth_percent(half_a_year).tolist() == pytest.approx([21])


def test_growth_differs_in_percentage_points_a_year():
    a, b = (side(name, contracts_usd=[[x] * 4 for x in ends]) for name, ends in (("a", [115, 105]), ("b", [110, 108])))
    outcome = paired(a, b)
    assert outcome.by_seed["growth_difference"].tolist() == pytest.approx([5, -3])
    row = outcome.summary.loc["growth_difference"]
    assert (row["mean"], row["median"], row["unit"]) == (pytest.approx(1), pytest.approx(1), "percentage points a year")
    assert row["low"] < 1 < row["high"]


def test_nothing_cannot_grow():
    table = side("a", contracts_usd=[[5, 5]])
    table.loc[table["quarter"] == 0, "contracts_usd"] = 0.0
    assert growth_percent(table).isna().all()


def test_the_revenue_ratio_pools_the_horizon_and_the_futures():
    a, b = side("a", revenue_usd=[[10, 30], [300, 300]]), side("b", revenue_usd=[[10, 10], [200, 200]])
    outcome = paired(a, b)
    assert outcome.by_seed["revenue_ratio"].tolist() == pytest.approx([2.0, 1.5])
    assert outcome.summary.loc["revenue_ratio", "mean"] == pytest.approx(640 / 420)
    assert outcome.summary.loc["revenue_ratio", "median"] == pytest.approx(1.75)


def test_bookings_are_compared_by_source_under_each_rule():
    a = side("a", bookings_usd=[[60, 40]], first_marketing_usd=30, last_marketing_usd=0, shared_marketing_usd=25)
    b = side("b", bookings_usd=[[50, 30]], first_marketing_usd=10, last_marketing_usd=0, shared_marketing_usd=20)
    found = paired(a, b).by_seed.loc[0]
    assert found["bookings_ratio"] == pytest.approx(100 / 80)
    assert found["bookings_marketing_first_ratio"] == pytest.approx(60 / 20)
    assert found["bookings_sales_first_ratio"] == pytest.approx(40 / 60)
    assert found["bookings_marketing_shared_ratio"] == pytest.approx(50 / 40)
    assert found["bookings_sales_shared_ratio"] == pytest.approx(50 / 40)
    assert found["bookings_sales_last_ratio"] == pytest.approx(100 / 80)
    assert math.isnan(found["bookings_marketing_last_ratio"])


def test_a_source_without_a_deal_has_no_ratio_however_its_shares_add_up():
    # 0.1 + 0.2 of touches is not 0.3 of a computer's: what is left is noise and no bookings of sales.
    shares = side("b", bookings_usd=0.3, shared_marketing_usd=0.1 + 0.2)
    outcome = paired(side("a", bookings_usd=1.0), shares)
    assert outcome.by_seed["bookings_sales_shared_ratio"].isna().all()
    assert outcome.summary.loc["bookings_sales_shared_ratio", "n_seeds"] == 0


# The pair


@settings(max_examples=20)
@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=4), min_size=2, max_size=5))
def test_a_scenario_against_its_twin_differs_in_nothing(profit):
    revenue = [[1e6] * 4] * len(profit)
    a, b = (side(n, profit_usd=profit, revenue_usd=revenue, leaders_usd=5.0, contracts_usd=7.0) for n in ("a", "b"))
    outcome = paired(a, b, {"a": config(**PERFECT), "b": config(**PERFECT)})
    assert (outcome.by_seed["revenue_ratio"] == 1).all()
    assert (outcome.by_seed[["growth_difference", "leakage", "leakage_year_1"]] == 0).all(axis=None)
    assert outcome.by_seed[["payback_quarter", "crossover_quarter"]].isna().all(axis=None)
    assert outcome.summary.loc["crossover_quarter", "never_share"] == 1


def test_there_is_a_row_per_seed_and_a_column_per_outcome():
    outcome = paired(*profits(*[[1.0] * 8] * 3))
    assert (outcome.a, outcome.b) == ("a", "b")
    assert outcome.by_seed.index.tolist() == [0, 1, 2]
    by_year = [name for name, one in PAIRED_OUTCOMES.items() if one.window == YEARS]
    expected = [name for name in PAIRED_OUTCOMES if name not in by_year]
    assert list(outcome.by_seed) == list(outcome.summary.index)
    assert set(outcome.by_seed) == {*expected, *(f"{name}_{year}" for name in by_year for year in (1, 2))}


def test_one_future_has_numbers_and_no_interval():
    row = paired(side("a", revenue_usd=[[3.0]]), side("b", revenue_usd=[[2.0]])).summary.loc["revenue_ratio"]
    assert (row["mean"], row["n_seeds"]) == (1.5, 1)
    assert row[["low", "high"]].isna().all()


def test_every_paired_outcome_says_what_it_is():
    for name, outcome in PAIRED_OUTCOMES.items():
        assert outcome.name == name
        assert outcome.window in (HORIZON, YEARS)
        assert len(outcome.formula) > 10
        assert (outcome.never is not None) == (outcome.unit == "quarter")


def test_a_saved_pair_is_the_same_pair(tmp_path):
    a, b = profits([-1, 2, 0], [1, 0, 0])
    results = results_of(a, b, {"a": config(), "b": config(**PERFECT)})
    results = Results(pd.DataFrame({"scenario": ["a", "b"], "seed": 0}), results.quarters, results.manifest)
    again = Results.load(results.save(tmp_path)).paired("a", "b")
    pd.testing.assert_frame_equal(again.by_seed, results.paired("a", "b").by_seed)
    pd.testing.assert_frame_equal(again.summary, results.paired("a", "b").summary)


def test_a_scenario_that_was_not_run_is_refused_by_name():
    results = results_of(*profits([1, 2]))
    with pytest.raises(ValueError, match=r"scenario c was not run; there are "):
        results.paired("a", "c")


def test_futures_that_are_not_the_same_are_refused():
    a, b = profits([1, 2], [1, 2])
    with pytest.raises(ValueError, match=r"a and b were not run under the same seeds and quarters: seeds \[1\] differ"):
        paired(a, b[b["seed"] == 0])
    with pytest.raises(ValueError, match=r"seeds \[0, 1\] differ"):
        paired(a, b[b["quarter"] < 2])


def test_a_quarter_that_is_there_twice_is_refused():
    a, b = profits([1, 2])
    with pytest.raises(ValueError, match=r"scenario b has a quarter of a seed twice"):
        paired(a, pd.concat([b, b]))
