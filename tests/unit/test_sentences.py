"""Numbers are written with sense, and sentences say what the numbers support and no more."""

import dataclasses
import math
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.labels import (
    Scale,
    Style,
    capitalised,
    count,
    count_word,
    futures,
    interval,
    money,
    money_scale,
    points_scale,
    resolving,
    share,
    share_with_interval,
    style_of,
)
from sim.report.precision import how_precise
from sim.report.sentences import Sentence, plausibility, verdict
from sim.settings import EQUAL_COST
from sim.study.crossover import Crossover
from sim.study.statistics import Estimate

STYLES = {
    "separate": Style("Two leaders", "two leaders", True, "#0072B2", 2),
    "merged": Style("One leader from sales", "one leader from sales", False, "#D55E00", 1),
    "cro": Style("CRO with two heads", "a CRO with two heads", False, "#009E73", 3),
}
LUCK = np.random.default_rng(7).normal(0, 1e6, 64)


def runs_of(n=64, **gains):
    """Runs whose NPV is the luck of a future plus a gain, with a little luck of their own."""
    rng = np.random.default_rng(1)
    return pd.concat(
        pd.DataFrame({"scenario": name, "seed": range(n), "npv_usd": 30e6 + LUCK[:n] + gain + rng.normal(0, 4e5, n)})
        for name, gain in gains.items()
    )


def quarters_of(n=64, n_quarters=12, **profit):
    """Quarters in which a structure's profit is a function of the quarter."""
    return pd.DataFrame(
        [
            {
                "scenario": name,
                "seed": seed,
                "quarter": q,
                "is_warm_up": q < 1,
                "profit_usd": value(q) + LUCK[seed],
            }
            for name, value in profit.items()
            for seed in range(n)
            for q in range(-1, n_quarters + 1)
        ]
    )


def flat(q):
    return 0.0


def pays_late(q):
    """Behind by 310k in quarter 1, gaining 100k a quarter: the sum turns positive in quarter 8."""
    return 1e5 * (q - 4.1)


# Numbers


@pytest.mark.parametrize(
    ("usd", "text"),
    [
        (4.1e6, "$4.1M"),
        (-4.1e6, "−$4.1M"),
        (25.34e6, "$25.3M"),
        (123.4e6, "$123M"),
        (1234.5e6, "$1,234M"),
        (0.35e6, "$0.35M"),
        (0.996e6, "$1.0M"),
        (99.96e6, "$100M"),
        (99_600, "$0.10M"),
        (99_000, "$99k"),
        (850, "$1k"),
        (-85_000, "−$85k"),
        (0, "$0"),
        (-0.0, "$0"),
        (-49, "$0"),
        (float("nan"), "–"),
        (float("inf"), "$∞M"),
    ],
)
def test_money_is_written_with_the_digits_a_reader_can_use(usd, text):
    assert money(usd) == text


@given(st.floats(-1e12, 1e12))
def test_money_never_has_more_than_three_digits_that_mean_something_below_a_billion(usd):
    text = money(usd)
    assert text.count("$") == 1
    assert text.startswith("−") == (usd < 0 and text != "$0")
    if abs(usd) < 1e9:
        assert sum(c.isdigit() for c in text) <= 3


def test_a_value_and_its_interval_share_one_scale():
    at = Estimate(4.1e6, 0.05e6, 9.95e6, 64)
    assert interval(at, money_scale(at.mean, at.low, at.high)) == "0.1 to 9.9"


def test_an_interval_is_never_written_as_a_single_number():
    at = Estimate(4.12e6, 4.11e6, 4.14e6, 64)
    assert interval(at, resolving(money_scale(at.mean), at)) == "4.11 to 4.14"
    assert interval(Estimate(1.0, math.nan, math.nan, 1), Scale(1, 0, "")) == "no interval"


def test_a_clear_difference_is_never_written_as_zero():
    at = Estimate(-0.004, -0.007, -0.001, 64)
    assert resolving(Scale(1, 1, "points"), at)(at.mean, is_signed=True) == "−0.004"


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_a_signed_number_says_its_sign_and_zero_has_none(value):
    text = points_scale(value)(value, is_signed=True)
    if text.strip("+−0.,") == "":
        assert text[0] not in "+−"
    else:
        assert text[0] == ("+" if value > 0 else "−")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.914, "91%"), (0, "0%"), (1, "100%"), (0.004, "<1%"), (0.996, ">99%"), (math.nan, "–")],
)
def test_a_share_never_rounds_to_never_or_always(value, text):
    assert share(value) == text


def test_a_share_carries_its_interval():
    assert share_with_interval(Estimate(0.44, 0.431, 0.449, 64)) == "44% (43 to 45)"
    assert share_with_interval(Estimate(0.44, math.nan, math.nan, 1)) == "44%"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (17_352.4, "17,400"),
        (347.2, "347"),
        (87.46, "87.5"),
        (4.21, "4.2"),
        (0, "0"),
        (-12, "−12.0"),
        (math.nan, "–"),
    ],
)
def test_counts_have_at_most_three_digits_that_mean_something(value, text):
    assert count(value) == text


def test_small_counts_are_words():
    assert (count_word(9), count_word(12), count_word(13), count_word(0)) == ("nine", "twelve", "13", "0")
    assert (futures(1), futures(64), futures(1, in_words=True)) == ("1 future", "64 futures", "one future")


def test_a_sentence_starts_with_a_capital_and_keeps_the_others():
    assert capitalised("a CRO with two heads") == "A CRO with two heads"
    assert capitalised("") == ""


def test_a_scenario_without_a_style_is_named():
    with pytest.raises(KeyError, match=r"scenario founder has no style; there are styles for separate, merged, cro"):
        style_of(STYLES, "founder")


# The verdict


def test_the_verdict_says_by_how_much_how_surely_and_when_it_pays():
    sentence = verdict(
        runs_of(separate=4.1e6, merged=0.0),
        quarters_of(separate=pays_late, merged=flat),
        STYLES,
        "separate",
        "merged",
    )
    assert sentence.text == (
        "Two leaders are worth $4.1M more than one leader from sales (95% interval 4.0 to 4.2, net present "
        "value over 3 years and what is left) and are ahead in all 64 futures; "
        "the second salary is paid back in quarter 8 (8 to 8)."
    )
    assert str(sentence) == sentence.text


def test_every_number_of_the_verdict_has_an_id():
    runs, quarters = runs_of(separate=4e6, merged=0.0), quarters_of(separate=pays_late, merged=flat)
    numbers = verdict(runs, quarters, STYLES, "separate", "merged").numbers
    assert set(numbers) == {
        "npv_difference:separate-merged",
        "ahead_share:separate-merged",
        "n_seeds",
        "crossover_quarter:separate-merged",
    }
    assert isinstance(numbers["npv_difference:separate-merged"], Estimate)
    assert isinstance(numbers["crossover_quarter:separate-merged"], Crossover)
    assert numbers["npv_difference:separate-merged"].mean == pytest.approx(4e6, abs=3e5)


def test_the_sentence_turns_round_when_the_other_one_is_better():
    sentence = verdict(
        runs_of(separate=0.0, merged=2.3e6),
        quarters_of(separate=flat, merged=lambda q: 5e4),
        STYLES,
        "separate",
        "merged",
    )
    assert sentence.text.startswith("One leader from sales is worth $2.")
    assert " more than two leaders (95% interval " in sentence.text
    assert sentence.text.endswith("; its cumulated profit is ahead from quarter 1 (1 to 1) on.")
    assert "npv_difference:merged-separate" in sentence.numbers


def test_without_a_clear_difference_nobody_wins_and_nothing_is_paid_back():
    runs = runs_of(separate=0.0, merged=0.0)
    sentence = verdict(runs, quarters_of(separate=pays_late, merged=flat), STYLES, "separate", "merged")
    assert sentence.text.startswith("There is no clear difference between two leaders and one leader from sales: −$")
    assert "64 futures" in sentence.text
    for word in ("more", "ahead", "paid back", "better", "best"):
        assert word not in sentence.text


def test_a_null_world_has_no_clear_difference():
    runs = runs_of(separate=0.0)
    twin = pd.concat([runs, runs.assign(scenario="merged")])
    sentence = verdict(twin, quarters_of(separate=flat, merged=flat), STYLES, "separate", "merged")
    assert ": $0 to $0 (" in sentence.text


def test_a_difference_written_as_zero_dollars_is_no_difference():
    runs = runs_of(separate=0.0)
    twin = pd.concat([runs, runs.assign(scenario="merged", npv_usd=runs["npv_usd"] - 3.0)])
    sentence = verdict(twin, quarters_of(separate=flat, merged=flat), STYLES, "separate", "merged")
    assert sentence.text.startswith("There is no clear difference")


def test_one_future_cannot_tell():
    sentence = verdict(
        runs_of(n=1, separate=9e6, merged=0.0, cro=20e6),
        quarters_of(n=1, separate=flat, merged=flat),
        STYLES,
        "separate",
        "merged",
    )
    assert sentence.text == (
        "One future cannot tell two leaders from one leader from sales: no interval, so no clear difference."
    )


def test_a_payback_that_may_never_come_is_not_promised():
    quarters = quarters_of(separate=lambda q: 1e5 * (q - 6.4), merged=flat)
    own_luck = np.random.default_rng(4).normal(0, 3e5, 64)
    quarters["profit_usd"] += np.where(quarters["scenario"] == "separate", own_luck[quarters["seed"]], 0)
    sentence = verdict(runs_of(separate=4e6, merged=0.0), quarters, STYLES, "separate", "merged")
    assert "paid back" not in sentence.text
    assert not any(name.startswith("crossover") for name in sentence.numbers)


def test_there_is_no_second_salary_against_a_structure_that_pays_as_many():
    runs, quarters = runs_of(cro=4e6, separate=0.0), quarters_of(cro=pays_late, separate=flat)
    assert "; the extra cost is paid back in quarter 8" in verdict(runs, quarters, STYLES, "separate", "cro").text
    unknown = {name: dataclasses.replace(style, n_leaders=None) for name, style in STYLES.items()}
    assert "the extra cost" in verdict(runs, quarters, unknown, "separate", "cro").text


def test_a_mean_carried_by_a_few_futures_is_not_hidden():
    runs = runs_of(separate=0.0)
    lucky = np.where(np.arange(64) < 28, 8e6, -0.5e6)
    twin = pd.concat([runs, runs.assign(scenario="merged", npv_usd=runs["npv_usd"] + lucky)])
    sentence = verdict(twin, quarters_of(separate=flat, merged=flat), STYLES, "separate", "merged")
    assert "but is ahead in only 44% of 64 futures" in sentence.text


def test_a_third_structure_that_is_clearly_best_is_named():
    runs = runs_of(separate=4e6, merged=0.0, cro=5.2e6)
    quarters = quarters_of(separate=flat, merged=flat, cro=flat)
    sentence = verdict(runs, quarters, STYLES, "separate", "merged")
    assert "; best of the three is a CRO with two heads, $1.2M above two leaders (95% interval " in sentence.text
    assert "npv_difference:cro-separate" in sentence.numbers


def test_a_third_structure_that_is_not_clearly_best_is_not_named():
    runs = runs_of(separate=4e6, merged=0.0, cro=4.05e6)
    quarters = quarters_of(separate=flat, merged=flat, cro=flat)
    assert "best of" not in verdict(runs, quarters, STYLES, "separate", "merged").text


def test_a_horizon_that_is_no_whole_number_of_years_is_told_in_quarters():
    runs = runs_of(separate=4e6, merged=0.0)
    for n_quarters, text in ((10, "10 quarters"), (4, "1 year "), (8, "2 years")):
        quarters = quarters_of(n_quarters=n_quarters, separate=flat, merged=flat)
        assert f"net present value over {text}" in verdict(runs, quarters, STYLES, "separate", "merged").text


def test_a_scenario_that_was_not_run_is_refused_by_name():
    with pytest.raises(ValueError, match=r"scenario cro was not run; there are separate, merged"):
        verdict(runs_of(separate=0.0, merged=0.0), quarters_of(separate=flat), STYLES, "separate", "cro")


@given(st.floats(-6e6, 6e6))
def test_the_verdict_names_a_winner_exactly_when_the_difference_is_clear(gain):
    runs = runs_of(n=12, separate=gain, merged=0.0)
    sentence = verdict(runs, quarters_of(n=12, separate=flat, merged=flat), STYLES, "separate", "merged")
    difference = next(value for name, value in sentence.numbers.items() if name.startswith("npv_difference"))
    assert ("worth" in sentence.text.split("(")[0]) == difference.is_clear
    assert sentence.text.endswith(".")


@pytest.mark.parametrize("gain", [4e6, -4e6, 0.0])
def test_a_verdict_at_equal_total_cost_says_so_once(gain):
    runs, quarters = runs_of(separate=gain, merged=0.0), quarters_of(separate=flat, merged=flat)
    sentence = verdict(runs, quarters, STYLES, "separate", "merged", EQUAL_COST)
    assert sentence.text.count(" at equal total cost") == 1
    usual = verdict(runs, quarters, STYLES, "separate", "merged")
    assert sentence.text.replace(" at equal total cost", "") == usual.text
    assert sentence.numbers == usual.numbers


def test_one_future_cannot_tell_at_equal_total_cost_either():
    runs, quarters = runs_of(n=1, separate=9e6, merged=0.0), quarters_of(n=1, separate=flat, merged=flat)
    text = verdict(runs, quarters, STYLES, "separate", "merged", EQUAL_COST).text
    assert text.startswith("One future cannot tell two leaders from one leader from sales at equal total cost: no")


def test_at_equal_total_cost_there_is_no_second_salary_to_pay_back():
    runs, quarters = runs_of(separate=4e6, merged=0.0), quarters_of(separate=pays_late, merged=flat)
    text = verdict(runs, quarters, STYLES, "separate", "merged", EQUAL_COST).text
    assert "salary" not in text
    assert text.endswith("; their cumulated profit is ahead from quarter 8 (8 to 8) on.")


# Plausibility


def test_the_simulated_company_is_held_against_the_stated_one():
    sentence = plausibility(
        {"revenue_usd_per_year": 25e6, "win_rate": 0.22, "sales_cycle_days": 80},
        {
            "revenue_usd_per_year": Estimate(25.3e6, 24.1e6, 26.5e6, 64),
            "win_rate": Estimate(0.218, 0.212, 0.224, 64),
            "sales_cycle_days": Estimate(82.2, 79.1, 85.3, 64),
        },
    )
    assert sentence.text == (
        "Simulated against stated: revenue $25.3M a year (95% interval 24.1 to 26.5; stated 25), "
        "win rate 21.8% (95% interval 21.2 to 22.4; stated 22), "
        "cycle 82 days (95% interval 79 to 85; stated 80)."
    )
    assert sentence.numbers["stated:win_rate"] == 0.22


def test_plausibility_takes_one_number_per_seed_and_only_what_both_sides_know():
    sentence = plausibility({"win_rate": 0.2}, {"win_rate": pd.Series([0.2]), "sales_cycle_days": pd.Series([80.0])})
    assert sentence.text == "Simulated against stated: win rate 20.0% (no interval; stated 20)."
    assert plausibility({}, {}) == Sentence("Simulated against stated: nothing to compare.", {})


def test_a_fact_that_is_not_known_is_refused_by_name():
    with pytest.raises(KeyError, match=r"churn: not among revenue_usd_per_year, win_rate, sales_cycle_days"):
        plausibility({"churn": 0.1}, {})


def test_words_are_ready_before_anything_heavy_is_loaded():
    code = (
        "import sys, sim.report.labels, sim.report.tables, sim.report.sentences;"
        "print([m for m in ('matplotlib', 'scipy', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("wanted", "needed", "said"),
    [(2e4, 90, "about 90 futures are needed, as with seeds=90"), (0.0, 0, "no number of futures is enough")],
)
def test_a_precision_not_reached_says_what_it_takes_or_that_nothing_would_do(wanted, needed, said):
    found = {"wanted": wanted, "half_width": 1e6, "widest": "b", "is_reached": False, "seeds_needed": needed}
    manifest = {"precision": {"assessment": found, "seeds_run": 16, "asked": 0.02, "looks_planned": [16]}}
    study = SimpleNamespace(reference="a", scenarios={"a": SimpleNamespace(horizon_quarters=8)})
    styles = {name: Style(name, f"structure {name}", False, "#000000") for name in "ab"}
    text = how_precise(study, SimpleNamespace(manifest=manifest), styles).text
    assert said in text
    assert "0 futures" not in text.replace("90 futures", "")
