"""Points fill the space that was asked for, and a sweep says what its runs say."""

import itertools
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.compose import compose
from sim.composition.schema import declared
from sim.params import LOG_UNIFORM, UNIFORM, ConfigError
from sim.points import Points, number_of
from sim.study.design import LATIN_HYPERCUBE, SOBOL, Range, from_csv, grid, range_of, sampled
from sim.study.effects import main_effects, most_telling, points_table, with_factors

VOLATILITY = Range("market.volatility", 0.0, 0.5, is_whole=False)
TEAM = Range("company.n_salespeople", 2, 9, is_whole=True)


# ---- designs


def test_a_grid_has_every_combination_once():
    points = grid({"org": ["a", "b"], "company.n_salespeople": ["1", "2", "3"]})
    assert [tuple(point.values()) for point in points] == list(itertools.product("ab", "123"))


@given(st.integers(2, 60), st.integers(0, 5))
def test_a_latin_hypercube_has_one_point_in_each_slice(n, seed):
    shares = [float(p["market.volatility"]) / 0.5 for p in sampled(LATIN_HYPERCUBE, [VOLATILITY, TEAM], n, seed=seed)]
    assert sorted(int(share * n) for share in shares) == list(range(n))


def test_a_sobol_sequence_is_even_in_every_half_and_quarter():
    points = sampled(SOBOL, [VOLATILITY, TEAM], 64)
    cells = Counter(
        (int(float(p["market.volatility"]) / 0.125), (int(p["company.n_salespeople"]) - 2) // 2) for p in points
    )
    assert set(cells.values()) == {4}
    assert len(cells) == 16


def test_whole_numbers_stay_whole_and_each_has_the_same_room():
    counts = Counter(p["company.n_salespeople"] for p in sampled(LATIN_HYPERCUBE, [TEAM], 800))
    assert counts == {str(n): 100 for n in range(2, 10)}


def test_wide_ranges_are_sampled_in_the_logarithm():
    wide = Range("company.acv_usd", 100.0, 1_000_000.0, is_whole=False)
    values = [float(p["company.acv_usd"]) for p in sampled(LATIN_HYPERCUBE, [wide], 400)]
    assert np.median(values) == pytest.approx(10_000, rel=0.05)
    assert declared("company.n_prospects")[0].metadata["parameter"].prior == LOG_UNIFORM
    assert declared("market.volatility")[0].metadata["parameter"].prior == UNIFORM
    assert not VOLATILITY.is_log


def test_names_are_crossed_with_every_sampled_point():
    points = sampled(LATIN_HYPERCUBE, [VOLATILITY], 5, {"org": ["a", "b"]})
    by_org = {org: [p["market.volatility"] for p in points if p["org"] == org] for org in "ab"}
    assert by_org["a"] == by_org["b"]
    assert len(points) == 10


def test_the_same_seed_gives_the_same_points():
    assert sampled(SOBOL, [VOLATILITY], 8) == sampled(SOBOL, [VOLATILITY], 8)
    assert sampled(SOBOL, [VOLATILITY], 8) != sampled(SOBOL, [VOLATILITY], 8, seed=1)


def test_a_parameters_own_range_is_taken_where_none_is_given():
    assert range_of("market.volatility") == Range("market.volatility", 0.0, 1.0, is_whole=False)
    assert range_of("company.n_salespeople").is_whole


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("people.mixing",), "is no number to sample"),
        (("mechanisms.trust",), "is no number to sample"),
        (("nobody.knows",), "is no number to sample"),
        (("market.volatility", 0.5, 0.2), "must ascend within"),
        (("market.volatility", 0.0, 3.0), r"must ascend within \[0, 1\]"),
    ],
)
def test_a_range_that_cannot_be_is_a_mistake(asked, said):
    with pytest.raises(ConfigError, match=said):
        range_of(*asked)


def test_points_are_read_from_a_file(tmp_path):
    (tmp_path / "points.csv").write_text("org,market.volatility\nseparate, 0.1\n\nfounder_led,0.2\n", encoding="utf-8")
    assert from_csv(tmp_path / "points.csv") == [
        {"org": "separate", "market.volatility": "0.1"}, {"org": "founder_led", "market.volatility": "0.2"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("org\n", "has no points"),
        ("org,market.volatility\nseparate\n", r"row 2: has \['separate'\]; must have a value for"),
        ("org,org\na,b\n", "names a column twice"),
    ],
)
def test_a_file_that_is_no_list_of_points_is_a_mistake(tmp_path, text, said):
    (tmp_path / "points.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        from_csv(tmp_path / "points.csv")


# ---- points composed at once


VALUES = {
    "org": st.sampled_from(["separate", "founder_led"]),
    "company": st.sampled_from(["small", "startup"]),
    "practices": st.sampled_from(["strong", "none"]),
    "market.volatility": st.sampled_from(["0", "0.25", "1e-1", "7", "-1"]),
    "company.n_salespeople": st.sampled_from(["3", "12", "2.5", "0"]),
    "company.n_prospects": st.sampled_from(["20000", "60", "x"]),
    "people.mixing": st.sampled_from(["values", "horizons"]),
    "mechanisms.trust": st.sampled_from(["true", "false"]),
    "mechanisms.clamp.trust": st.sampled_from(["0.3", "null"]),
    "org.posts.founder.mandate": st.just("0.7"),
    "horizon_quarters": st.sampled_from(["4", "41"]),
    "added_usd_per_year": st.sampled_from(["1000", "5.5"]),
}


@settings(max_examples=60)
@given(st.fixed_dictionaries({"org": VALUES["org"]}, optional={k: v for k, v in VALUES.items() if k != "org"}))
def test_a_point_composed_fast_is_the_point_composed_anew(point):
    def outcome(make):
        try:
            return make()
        except ConfigError as mistake:
            return str(mistake)

    overrides = [f"{name}={value}" for name, value in point.items()]
    assert outcome(lambda: POINTS.config(point)) == outcome(lambda: compose(["seeds=2", *overrides]).sim)


POINTS = Points(["seeds=2"])


def test_only_plain_numbers_of_the_model_are_set_directly():
    assert number_of("company.n_salespeople", "3") == 3
    assert number_of("market.volatility", "3e-1") == 0.3
    for name, text in (("company.n_salespeople", "3.0"), ("market.volatility", "null"), ("seeds", "3"), ("org", "3")):
        assert number_of(name, text) is None


# ---- what a sweep says


def runs_of(points, value, n_seeds=6):
    dice, rows = np.random.default_rng(1), []
    luck = dice.standard_normal(n_seeds)
    for number, point in enumerate(points):
        for seed in range(n_seeds):
            outcome = value(point) + luck[seed] + 0.01 * dice.standard_normal()
            rows.append({"scenario": str(number), "seed": seed, "org": "x", **dict.fromkeys(OUTCOMES, outcome)})
    return with_factors(pd.DataFrame(rows), points)


OUTCOMES = ("npv_usd", "revenue_usd", "brand_equity", "burnout")
POINTS_OF_GRID = grid({"org": ["a", "b"], "size": ["1", "2", "4"], "kind": ["p", "q"]})


def worth(point):
    return 10 * float(point["size"]) + (3 if point["org"] == "b" else 0)


def test_a_table_of_points_has_their_means_and_differences_at_the_same_levels():
    table = points_table(runs_of(POINTS_OF_GRID, worth), ["org", "size", "kind"], "a")
    assert len(table) == 12
    assert table["npv_usd_mean"].to_numpy() - table["npv_usd_mean"].iloc[0] == pytest.approx(
        [worth(p) - worth(POINTS_OF_GRID[0]) for p in POINTS_OF_GRID], abs=0.05
    )
    others = table[table["org"] == "b"]
    assert others["npv_difference_mean"].to_numpy() == pytest.approx(3, abs=0.05)
    assert (others["npv_difference_low"] < others["npv_difference_high"]).all()
    assert table.loc[table["org"] == "a", "npv_difference_mean"].isna().all()


def test_effects_are_averages_over_the_other_factors():
    runs = runs_of(POINTS_OF_GRID, worth)
    effects = main_effects(runs, ["org", "size", "kind"], "npv_usd").set_index(["factor", "structure", "level"])["mean"]
    assert effects["size", "a", 4] - effects["size", "a", 1] == pytest.approx(30, abs=0.05)
    assert effects["kind", "b", "p"] - effects["kind", "b", "q"] == pytest.approx(0, abs=0.05)
    found = most_telling(runs, ["org", "size", "kind"], "npv_usd")
    assert found[0] == "size"
    assert found[2].mean - found[1].mean == pytest.approx(30, abs=0.05)


def test_of_factors_that_do_nothing_none_is_named():
    dice = np.random.default_rng(3)
    runs = runs_of(POINTS_OF_GRID, lambda point: float(dice.standard_normal()))
    runs["npv_usd"] = dice.standard_normal(len(runs))
    assert most_telling(runs, ["org", "size", "kind"], "npv_usd") is None


def test_structures_alone_are_a_factor_and_samples_are_told_by_bins():
    alone = runs_of(grid({"org": ["a", "b"]}), lambda p: 1.0 if p["org"] == "b" else 0.0)
    effects = main_effects(alone, ["org"], "npv_usd")
    assert effects["level"].tolist() == ["a", "b"]
    many = runs_of([{"size": repr(x)} for x in np.linspace(0, 1, 80).tolist()], lambda p: float(p["size"]))
    binned = main_effects(many, ["size"], "npv_usd")
    assert len(binned) == 8
    assert binned["mean"].is_monotonic_increasing
