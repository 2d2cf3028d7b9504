import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from sim.compose import sim_config
from sim.model import GoToMarket
from sim.org.allotment import capped_luce, equal_returns
from sim.org.attention import coverage

HOURS = st.floats(0.0, 80.0)
PAIR = st.tuples(st.integers(0, 8), st.integers(0, 8))
ACTIVITY = st.tuples(st.floats(0.01, 20.0), st.floats(0.001, 1.0))  # need, weight
ACTIVITIES = st.lists(ACTIVITY, min_size=1, max_size=9)

on_both_rules = pytest.mark.parametrize("rule", [capped_luce, equal_returns])


def split(activities):
    return tuple(np.array(numbers) for numbers in zip(*activities, strict=True))


@on_both_rules
@given(activities=ACTIVITIES, hours=HOURS)
def test_no_activity_gets_more_hours_than_it_needs(rule, activities, hours):
    needs, weights = split(activities)
    given_hours = rule(needs, weights, hours)
    assert (given_hours <= needs + 1e-12).all()
    assert (given_hours >= 0.0).all()


@on_both_rules
@given(activities=ACTIVITIES, hours=HOURS)
def test_all_hours_are_given_until_every_need_is_met(rule, activities, hours):
    needs, weights = split(activities)
    assert rule(needs, weights, hours).sum() == pytest.approx(min(hours, needs.sum()), abs=1e-9)


@given(activities=ACTIVITIES, hours=HOURS)
def test_activities_short_of_their_need_share_by_weight_and_the_others_would_get_more(activities, hours):
    needs, weights = split(activities)
    given_hours = capped_luce(needs, weights, hours)
    is_short = given_hours < needs - 1e-9
    if not is_short.any():
        return
    rate = given_hours[is_short] / weights[is_short]
    np.testing.assert_allclose(rate, rate[0], rtol=1e-9, atol=1e-12)
    assert (rate[0] * weights[~is_short] >= needs[~is_short] - 1e-6).all()


@on_both_rules
@given(activities=ACTIVITIES, hours=st.tuples(HOURS, HOURS))
def test_more_hours_take_none_from_any_activity(rule, activities, hours):
    needs, weights = split(activities)
    few, many = (rule(needs, weights, h) for h in sorted(hours))
    assert (many >= few - 1e-9).all()


@on_both_rules
def test_what_weighs_nothing_waits_until_everything_else_is_done(rule):
    needs, weights = np.array([10.0, 6.0, 4.0]), np.array([1.0, 0.0, 0.0])
    assert rule(needs, weights, 8.0).tolist() == [8.0, 0.0, 0.0]
    assert rule(needs, weights, 15.0) == pytest.approx([10.0, 3.0, 2.0])
    assert rule(needs, weights, 20.0).tolist() == [10.0, 6.0, 4.0]
    assert rule(needs, np.zeros(3), 10.0) == pytest.approx([5.0, 3.0, 2.0])


@on_both_rules
def test_without_hours_nothing_is_led(rule):
    assert rule(np.array([3.0, 4.0]), np.array([0.5, 0.5]), 0.0).tolist() == [0.0, 0.0]
    assert rule(np.array([3.0, 4.0]), np.array([0.5, 0.5]), -2.0).tolist() == [0.0, 0.0]


@on_both_rules
def test_hours_beyond_all_needs_are_left_over(rule):
    assert rule(np.array([3.0, 4.0]), np.array([0.9, 0.1]), 30.0).tolist() == [3.0, 4.0]


def led(needs, weights, hours):
    return sum(w * coverage(x, n) for n, w, x in zip(needs, weights, hours, strict=True))


@given(
    activities=ACTIVITIES,
    hours=HOURS,
    minutes=st.floats(0.001, 1.0),
    pair=st.tuples(st.integers(0, 8), st.integers(0, 8)),
)
def test_no_minute_would_do_more_elsewhere_where_returns_are_equalised(activities, hours, minutes, pair):
    needs, weights = split(activities)
    best = equal_returns(needs, weights, hours)
    giver, taker = (i % len(needs) for i in pair)
    moved = best.copy()
    step = min(minutes, best[giver], needs[taker] - best[taker])
    moved[giver] -= step
    moved[taker] += step
    assert led(needs, weights, moved) <= led(needs, weights, best) + 1e-9


def test_equal_returns_are_the_optimum_that_a_solver_finds():
    needs, weights = np.array([8.4, 7.4, 2.8, 4.8, 5.6]), np.array([0.3, 0.1, 0.05, 0.4, 0.15])
    found = minimize(
        lambda x: -led(needs, weights, x), needs * 0.5, bounds=[(0.0, n) for n in needs],
        constraints={"type": "eq", "fun": lambda x: x.sum() - 14.0}, method="SLSQP", options={"ftol": 1e-14},
    )  # fmt: skip
    assert equal_returns(needs, weights, 14.0) == pytest.approx(found.x, abs=1e-3)


def random_case(number):
    luck = np.random.default_rng(number)
    needs, weights = luck.uniform(0.5, 15.0, 7), luck.uniform(0.02, 1.0, 7)
    return needs, weights, luck.uniform(0.02, 0.98) * needs.sum()


@pytest.mark.parametrize("case", range(20))
def test_a_solver_finds_the_same_optimum_wherever_it_is_asked(case):
    needs, weights, hours = random_case(case)
    found = minimize(
        lambda x: -led(needs, weights, x), needs * hours / needs.sum(),
        jac=lambda x: -weights * 2.0 / needs * np.exp(-2.0 * x / needs) / (1.0 - np.exp(-2.0)),
        bounds=[(0.0, n) for n in needs], method="SLSQP", options={"ftol": 1e-15, "maxiter": 1000},
        constraints={"type": "eq", "fun": lambda x: x.sum() - hours, "jac": np.ones_like},
    )  # fmt: skip
    assert equal_returns(needs, weights, hours) == pytest.approx(found.x, abs=1e-4)


@on_both_rules
@given(activities=ACTIVITIES, waits=st.lists(st.floats(0.01, 20.0), max_size=3))
def test_there_is_no_jump_where_hours_meet_all_that_has_weight_or_all_needs(rule, activities, waits):
    needs, weights = split(activities)
    wanted = needs.sum()
    needs, weights = np.append(needs, waits), np.append(weights, np.zeros(len(waits)))
    for meets in (wanted, needs.sum()):
        just_less, just_more = (rule(needs, weights, meets + step) for step in (-1e-7, 1e-7))
        # Hours by weight pour into what is still open: the widest ratio of weights is 1000.
        assert np.abs(just_more - just_less).max() < 1e-3


@on_both_rules
@given(activities=ACTIVITIES, steps=st.integers(0, 4))
def test_hours_that_rounding_makes_too_few_are_hours_like_others(rule, activities, steps):
    needs, weights = split(activities)
    hours = float(sum(needs))
    for _ in range(steps):
        hours = np.nextafter(hours, 0.0)
    assert rule(needs, weights, hours) == pytest.approx(needs, rel=1e-9)


def test_one_activity_that_lacks_a_rounding_gets_what_it_needs():
    need = 14.593107312229796
    assert equal_returns(np.array([need]), np.array([0.88]), np.nextafter(need, 0.0)) == pytest.approx([need])


@on_both_rules
@given(activities=ACTIVITIES, hours=HOURS, luck=st.randoms(use_true_random=False))
def test_the_order_of_activities_does_not_matter(rule, activities, hours, luck):
    needs, weights = split(activities)
    order = list(range(len(needs)))
    luck.shuffle(order)
    assert rule(needs[order], weights[order], hours) == pytest.approx(rule(needs, weights, hours)[order], abs=1e-9)


def test_which_rule_leaders_follow_matters_where_their_hours_are_scarce():
    def attention(rule):
        config = sim_config("company=large", "org=founder_led", "horizon_quarters=1", f"people.attention_rule={rule}")
        return GoToMarket(config, 0).run().plan.attention.sum(axis=0)

    luce, marginal = attention("luce"), attention("marginal")
    assert luce.sum() == pytest.approx(marginal.sum(), rel=0.02)
    assert np.abs(luce - marginal).max() > 0.2
