"""Sentences about a change say what the numbers support and no more."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.report.change_sentences import change_sentences, change_verdict, getting_there, now_or_later, paid_back
from sim.report.labels import DOING_NOTHING, Style, at_no_cost, share_of_futures
from sim.study.change import NOT_RUN, Effect
from sim.study.crossover import Crossover
from sim.study.payback import Payback
from sim.study.statistics import Estimate, share_estimate

CHANGE = Style("Split the role in Q5", "splitting the role in quarter 5", False, "#0072B2")
STYLES = {"changed": CHANGE, "nothing": DOING_NOTHING, "free": at_no_cost(CHANGE)}
CLEAR = Estimate(0.8e6, 0.3e6, 1.3e6, 64)
UNCLEAR = Estimate(0.6e6, -0.3e6, 1.5e6, 64)
NONE = Estimate(0.0, 0.0, 0.0, 64)
NEVER_BEHIND = Payback(math.nan, math.nan, math.nan, 12, share_estimate(0, 64), share_estimate(0, 0))


def effect(**told):
    """An effect of which only what is told is something."""
    rows = pd.DataFrame({"scenario": ["changed"], "outcome": ["burnout"], "quarter": [12], "mean": [1.0]})
    told.setdefault("by_seed", pd.Series(np.ones(64)))
    return Effect(
        **{
            "changed": "changed",
            "nothing": "nothing",
            "free": "free",
            "first": 5,
            "horizon": 12,
            "npv": CLEAR,
            "npv_free": NONE,
            "within": NONE,
            "left": NONE,
            "pays": share_estimate(45.5, 64),
            "transition": NONE,
            "fees": NONE,
            "crossover": Crossover(None, 13.0, 13.0, 12, 64, False),
            "payback": NEVER_BEHIND,
            "by_quarter": rows,
            **told,
        }
    )


def said(**told):
    return change_verdict(effect(**told), STYLES).text


# The answer


def test_a_change_that_pays_is_told_with_its_worth_how_often_and_from_when():
    sentence = change_verdict(effect(crossover=Crossover(9, 8.0, 11.0, 12, 64, False)), STYLES)
    assert sentence.text == (
        "Splitting the role in quarter 5 is worth $0.8M more than doing nothing (95% interval 0.3 to 1.3, net present "
        "value over 3 years and what is left) and pays in 71% of 64 futures (95% interval 59 to 81); cumulated profit "
        "is ahead from quarter 9 (8 to 11) on."
    )
    assert set(sentence.numbers) == {
        "npv_difference:changed-nothing",
        "pays_share:changed-nothing",
        "crossover_quarter:changed-nothing",
        "n_seeds",
    }


@pytest.mark.parametrize(
    ("mean", "n_hits", "words"),
    [
        (1, 64, "and pays in all 64 futures (95% interval 94 to 100)"),
        (1, 28, "but pays in only 44% of 64 futures (95% interval 32 to 56)"),
        (-1, 0, "and pays in none of 64 futures (95% interval 0 to 6)"),
        (-1, 13, "and pays in only 20% of 64 futures (95% interval 12 to 32)"),
        (-1, 40, "yet pays in 62% of 64 futures (95% interval 50 to 73)"),
    ],
)
def test_how_often_it_pays_is_set_against_the_mean(mean, n_hits, words):
    text = said(npv=CLEAR if mean > 0 else -CLEAR, pays=share_estimate(n_hits, 64))
    assert f"$0.8M {'more' if mean > 0 else 'less'} than doing nothing (95% interval 0.3 to 1.3, " in text
    assert words in text


def test_a_crossover_that_is_not_sure_is_not_promised():
    for crossover in (Crossover(9, 8.0, 13.0, 12, 64, False), Crossover(9, math.nan, math.nan, 12, 4, False)):
        assert "ahead from" not in said(crossover=crossover)


def test_without_a_clear_difference_the_interval_is_given_and_nothing_is_promised():
    sentence = change_verdict(effect(npv=UNCLEAR, pays=share_estimate(36, 64)), STYLES)
    assert sentence.text == (
        "There is no clear difference between splitting the role in quarter 5 and doing nothing: −$0.3M to $1.5M "
        "(95% interval of the first minus the second, net present value over 3 years and what is left, 64 futures)."
    )
    assert set(sentence.numbers) == {"npv_difference:changed-nothing", "n_seeds"}


def test_a_few_bad_futures_do_not_hide_that_it_pays_in_most():
    assert said(npv=UNCLEAR, pays=share_estimate(50, 64)).endswith(
        "64 futures); yet it pays in 78% of 64 futures (95% interval 67 to 86)."
    )
    assert "yet it pays in only 16% of" in said(npv=UNCLEAR, pays=share_estimate(10, 64))


def test_a_difference_written_as_zero_dollars_is_no_difference():
    tiny = Estimate(3.0, 2.0, 4.0, 64)
    assert said(npv=tiny, pays=share_estimate(32, 64)).startswith("There is no clear difference")


def test_one_future_cannot_tell():
    alone = Estimate(9e6, math.nan, math.nan, 1)
    told = effect(npv=alone, pays=share_estimate(1, 1), transition=alone, by_seed=pd.Series([9e6]))
    (sentence,) = change_sentences(told, STYLES)
    assert sentence.text == (
        "One future cannot tell splitting the role in quarter 5 from doing nothing: no interval, so no clear "
        "difference."
    )


def test_a_change_that_changes_nothing_gets_one_sentence():
    null = effect(npv=NONE, pays=share_estimate(32, 64), by_seed=pd.Series(np.zeros(64)))
    null = dataclasses.replace(null, by_quarter=null.by_quarter.assign(mean=0.0))
    (sentence,) = change_sentences(null, STYLES)
    assert ": $0 to $0 (" in sentence.text


def test_several_changes_take_the_plural():
    styles = STYLES | {"changed": dataclasses.replace(CHANGE, phrase="two changes", is_plural=True)}
    text = change_verdict(effect(), styles).text
    assert text.startswith("Two changes are worth $0.8M more")
    assert "and pay in 71%" in text


@settings(max_examples=50)
@given(st.floats(-3e6, 3e6), st.floats(1e3, 2e6), st.integers(0, 64))
def test_worth_is_stated_exactly_when_it_is_clear(mean, half, n_hits):
    npv = Estimate(mean, mean - half, mean + half, 64)
    text = said(npv=npv, pays=share_estimate(n_hits, 64))
    assert ("worth $" in text) == npv.is_clear
    assert text.endswith(".")


# Now or later


def test_what_is_earned_now_and_lost_later_is_told_apart():
    told = effect(within=Estimate(0.4e6, 0.2e6, 0.6e6, 64), left=Estimate(-1.2e6, -1.5e6, -0.9e6, 64))
    assert now_or_later(told).text == (
        "Within 3 years profit is worth $0.40M more (95% interval 0.20 to 0.60), but what is left after that $1.2M "
        "less (95% interval 0.9 to 1.5)."
    )


@pytest.mark.parametrize("left", [CLEAR, UNCLEAR, -UNCLEAR])
def test_what_is_left_is_not_told_apart_unless_it_clearly_takes_from_the_rest(left):
    assert now_or_later(effect(within=CLEAR, left=left)) is None


# Getting there


def test_the_price_of_getting_there_is_told_with_its_fees():
    told = effect(
        transition=Estimate(0.4e6, 0.3e6, 0.5e6, 64),
        fees=Estimate(0.1e6, 0.1e6, 0.1e6, 64),
        npv_free=Estimate(1.2e6, 0.7e6, 1.7e6, 64),
    )
    sentence = getting_there(told, STYLES)
    assert sentence.text == (
        "Getting there costs $0.40M of net present value (95% interval 0.30 to 0.50), of which fees and severance "
        "$0.10M; had it cost nothing, splitting the role in quarter 5 would be worth $1.2M more than doing "
        "nothing (95% interval 0.7 to 1.7)."
    )
    assert set(sentence.numbers) == {
        "transition_cost:free-changed",
        "fees_usd:changed",
        "npv_difference:free-nothing",
        "n_seeds",
    }


def test_fees_above_the_whole_price_are_no_part_of_it():
    told = effect(transition=CLEAR, fees=Estimate(2e6, 1.5e6, 2.5e6, 64))
    text = getting_there(told, STYLES).text
    assert "of which" not in text
    assert "fees and severance $2.0M (95% interval 1.5 to 2.5)" in text


def test_a_price_that_is_not_clear_is_said_so():
    assert getting_there(effect(transition=UNCLEAR), STYLES).text == (
        "There is no clear cost of getting there: −$0.3M to $1.5M of net present value (95% interval)."
    )


def test_a_reorganisation_that_saves_money_is_not_called_a_cost():
    text = getting_there(effect(transition=-CLEAR, fees=CLEAR), STYLES).text
    assert text.startswith("Getting there costs nothing on balance: it adds $0.8M of net present value (95%")
    assert text.endswith("fees and severance $0.8M (95% interval 0.3 to 1.3) included.")


def test_a_change_without_a_reorganisation_costs_nothing_to_get_to():
    assert getting_there(effect(transition=NONE), STYLES).text == "Getting there costs nothing in any future."


def test_nothing_is_said_of_a_price_that_was_not_run():
    assert getting_there(effect(free=None, transition=NOT_RUN, npv_free=NOT_RUN), STYLES) is None


# Payback


def payback_of(n_behind, n_repaid, quarter=8.0, low=7.0, high=10.0):
    repaid = share_estimate(n_repaid, n_behind)
    return effect(payback=Payback(quarter, low, high, 12, share_estimate(n_behind, 64), repaid))


def test_payback_says_how_often_it_falls_behind_how_often_it_catches_up_and_when():
    sentence = paid_back(payback_of(58, 41), STYLES)
    assert sentence.text == (
        "In 58 of 64 futures cumulated profit falls behind doing nothing at some time; in 71% of those (95% interval "
        "58 to 81) it has caught up for good by quarter 12, in half of them by quarter 8 (7 to 10)."
    )
    assert set(sentence.numbers) == {
        "behind_share:changed-nothing",
        "repaid_share:changed-nothing",
        "payback_quarter:changed-nothing",
        "n_seeds",
    }


def test_a_quarter_of_payback_that_may_lie_beyond_the_horizon_is_not_named():
    sentence = paid_back(payback_of(58, 30, quarter=12.0, low=9.0, high=math.inf), STYLES)
    assert sentence.text.endswith("it has caught up for good by quarter 12.")
    assert "payback_quarter:changed-nothing" not in sentence.numbers


@pytest.mark.parametrize(
    ("n_behind", "n_repaid", "words"),
    [
        (64, 64, "In all 64 futures cumulated profit falls behind doing nothing at some time; in all of those (95%"),
        (20, 0, "; in none of those (95% interval 0 to 16) has it caught up for good by quarter 12."),
        (1, 1, "In 1 of 64 futures cumulated profit falls behind doing nothing at some time; there it has caught up"),
        (1, 0, "; there it has not caught up for good by quarter 12."),
    ],
)
def test_all_none_and_a_single_one_are_said_in_words(n_behind, n_repaid, words):
    assert words in paid_back(payback_of(n_behind, n_repaid, math.inf, math.nan, math.nan), STYLES).text


def test_who_never_falls_behind_has_nothing_to_pay_back():
    assert paid_back(effect(), STYLES).text == (
        "In none of 64 futures does cumulated profit fall behind doing nothing: there is nothing to pay back."
    )


def test_a_share_of_many_futures_never_shrinks_its_interval_to_a_number():
    assert share_of_futures(share_estimate(7061, 10_000)) == "71% of 10,000 futures (95% interval 70 to 71)"
    assert share_of_futures(share_estimate(706_000, 10**6)) == "70.6% of 1,000,000 futures (95% interval 70.5 to 70.7)"
