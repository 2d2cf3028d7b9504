import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.org.horizon import (
    SHORTEST_HORIZON,
    Judgement,
    View,
    effective_horizon,
    payoff_weight,
    pressure_of,
)

HORIZONS = st.floats(0.25, 100.0)
LAGS = st.floats(0.0, 20.0)
ORDERS = st.floats(0.5, 100.0) | st.just(math.inf)
SHARES = st.floats(0.0, 1.0)
PROGRAMMES = np.array([0.10, 0.12, 0.06, 0.03])
PROGRAMME_LAGS = np.array([6.0, 2.0, 3.0, 4.0])


def options(elasticities, lags):
    made = np.zeros(len(lags), [(name, np.float64) for name in ("elasticity", "lag", "held")])
    made["elasticity"], made["lag"], made["held"] = elasticities, lags, np.nan
    return made


def values(view, judgement, elasticities=PROGRAMMES, lags=PROGRAMME_LAGS):
    return judgement.values(options(elasticities, lags), view)


def alone(horizon):
    return View(own=horizon, superior=horizon, mandate=1.0)


@given(horizon=HORIZONS, order=ORDERS)
def test_a_payoff_without_lag_is_worth_all_of_it(horizon, order):
    assert payoff_weight(0.0, horizon, order) == 1.0


@given(lags=st.tuples(LAGS, LAGS), horizon=HORIZONS, order=ORDERS)
def test_a_later_payoff_is_never_worth_more(lags, horizon, order):
    soon, late = sorted(lags)
    assert payoff_weight(late, horizon, order) <= payoff_weight(soon, horizon, order)
    assert 0.0 < payoff_weight(late, horizon, order) <= 1.0


@given(lag=LAGS, horizons=st.tuples(HORIZONS, HORIZONS), order=ORDERS)
def test_who_looks_further_never_values_a_payoff_less(lag, horizons, order):
    near, far = sorted(horizons)
    assert payoff_weight(lag, near, order) <= payoff_weight(lag, far, order)


def test_the_weight_falls_strictly_with_the_lag_and_rises_strictly_with_the_horizon():
    for order in (1.0, 2.0, math.inf):
        assert (np.diff([payoff_weight(lag, 4.0, order) for lag in (0.5, 2.0, 6.0)]) < 0).all()
        assert (np.diff([payoff_weight(4.0, h, order) for h in (1.0, 2.0, 6.0)]) > 0).all()


@given(lag=LAGS, horizon=HORIZONS)
def test_the_kernel_of_order_1_is_hyperbolic(lag, horizon):
    assert payoff_weight(lag, horizon, 1.0) == pytest.approx(horizon / (horizon + lag))


@given(lag=LAGS, horizon=HORIZONS)
def test_the_kernel_of_infinite_order_is_exponential(lag, horizon):
    assert payoff_weight(lag, horizon, math.inf) == pytest.approx(math.exp(-lag / horizon))


@given(lag=st.floats(0.0, 8.0), horizon=st.floats(1.0, 40.0))
def test_the_kernel_comes_nearer_to_the_exponential_as_its_order_grows(lag, horizon):
    limit = payoff_weight(lag, horizon, math.inf)
    off = [float(payoff_weight(lag, horizon, order) - limit) for order in (1.0, 10.0, 1e3, 1e7)]
    assert (np.diff(off) <= 1e-9).all()
    assert off[-1] == pytest.approx(0.0, abs=1e-5)


@given(
    options=st.lists(st.tuples(st.floats(0.001, 1.0), LAGS), min_size=2, max_size=9),
    horizons=st.tuples(HORIZONS, HORIZONS),
    order=ORDERS,
)
def test_the_share_of_the_longest_lag_never_falls_when_the_horizon_rises(options, horizons, order):
    elasticities, lags = np.array(options).T
    judgement = Judgement(order, mixes_values=True)
    longest = int(np.argmax(lags))
    near, far = (values(alone(h), judgement, elasticities, lags)[longest] for h in sorted(horizons))
    assert near <= far + 1e-12


def test_a_longer_horizon_moves_money_from_activation_to_brand():
    judgement = Judgement(1.0, mixes_values=True)
    near, far = (values(alone(h), judgement) for h in (2.0, 6.0))
    assert far[0] > near[0] + 0.02
    assert far[1] < near[1] - 0.02


@given(horizon=HORIZONS, pressures=st.tuples(st.floats(0.0, 0.5), st.floats(0.0, 0.5)), slope=st.floats(0, 2))
def test_pressure_never_lengthens_a_horizon(horizon, pressures, slope):
    calm, pressed = sorted(pressures)
    assert effective_horizon(horizon, pressed, slope) <= effective_horizon(horizon, calm, slope)
    assert effective_horizon(horizon, 0.0, slope) == horizon


def test_half_a_plan_missed_shortens_horizons_by_two_fifths_and_never_below_a_quarter_of_a_quarter():
    assert effective_horizon(6.0, 0.5, 1.0) == pytest.approx(6.0 * math.exp(-0.5))
    assert effective_horizon(0.3, 0.5, 2.0) == SHORTEST_HORIZON == 0.25


def test_pressure_is_the_missed_share_of_the_plan_up_to_a_half():
    assert [pressure_of(booked, 100.0) for booked in (130.0, 100.0, 80.0, 20.0)] == pytest.approx([0, 0, 0.2, 0.5])


VIEWS = st.builds(
    View,
    own=HORIZONS,
    superior=HORIZONS,
    mandate=SHARES,
    peer=st.none() | HORIZONS,
    cooperation=SHARES,
)


@given(view=VIEWS, order=ORDERS)
def test_mixed_values_still_add_up_to_1(view, order):
    for mixes_values in (True, False):
        mixed = values(view, Judgement(order, mixes_values))
        assert mixed.sum() == pytest.approx(1.0, abs=1e-12)
        assert (mixed >= 0.0).all()


@given(own=HORIZONS, superior=HORIZONS, peer=HORIZONS)
def test_a_full_mandate_without_cooperation_is_exactly_ones_own_judgement(own, superior, peer):
    judgement = Judgement(1.0, mixes_values=True)
    view = View(own, superior, mandate=1.0, peer=peer, cooperation=0.0)
    assert np.array_equal(values(view, judgement), values(alone(own), judgement))
    lags = [0.5, 4.0]
    assert np.array_equal(judgement.weights(lags, view), [payoff_weight(lag, own, 1.0) for lag in lags])


@given(horizon=HORIZONS, mandate=SHARES, cooperation=SHARES, order=ORDERS)
def test_equal_horizons_make_mandate_and_cooperation_irrelevant(horizon, mandate, cooperation, order):
    judgement = Judgement(order, mixes_values=True)
    view = View(horizon, horizon, mandate, horizon, cooperation)
    assert np.array_equal(values(view, judgement), values(alone(horizon), judgement))
    assert np.array_equal(judgement.weights([0.5, 4.0], view), judgement.weights([0.5, 4.0], alone(horizon)))


def test_the_superior_is_heard_before_the_peer():
    own, superior, peer = (np.array([x]) for x in (0.0, 1.0, 10.0))
    view = View(1.0, 1.0, mandate=0.6, peer=1.0, cooperation=0.5)
    heard_first = 0.0 + 0.4 * (1.0 - 0.0)
    assert view.mixed(own, superior, peer) == pytest.approx(heard_first + 0.25 * (10.0 - heard_first))


def test_a_mandate_of_0_is_the_superiors_judgement():
    judgement = Judgement(1.0, mixes_values=True)
    np.testing.assert_allclose(values(View(2.0, 6.0, 0.0), judgement), values(alone(6.0), judgement), rtol=1e-12)


def test_two_peers_in_full_agreement_meet_half_way():
    judgement = Judgement(1.0, mixes_values=True)
    one, other = (values(View(h, h, 1.0, p, 1.0), judgement) for h, p in ((2.0, 8.0), (8.0, 2.0)))
    np.testing.assert_allclose(one, other, rtol=1e-12)
    np.testing.assert_allclose(one, 0.5 * (values(alone(2.0), judgement) + values(alone(8.0), judgement)))


def test_agreement_erases_a_difference_in_outlook_only_where_horizons_are_mixed():
    far_apart, alike = View(1.0, 1.0, 1.0, 16.0, 1.0), View(4.0, 4.0, 1.0, 4.0, 1.0)
    for order in (1.0, 2.0, math.inf):
        by_horizon, by_value = Judgement(order, mixes_values=False), Judgement(order, mixes_values=True)
        np.testing.assert_allclose(values(far_apart, by_horizon), values(alike, by_horizon), rtol=1e-12)
        apart, together = (by_horizon.weights([0.5, 6.0], view) for view in (far_apart, alike))
        np.testing.assert_allclose(apart, together, rtol=1e-12)
        assert np.abs(values(far_apart, by_value) - values(alike, by_value)).max() > 0.003
        apart, together = (by_value.weights([0.5, 6.0], view) for view in (far_apart, alike))
        assert np.abs(apart - together).max() > 0.02


@given(own=HORIZONS, other=HORIZONS)
def test_mixing_horizons_alone_is_ones_own_horizon_too(own, other):
    judgement = Judgement(1.0, mixes_values=False)
    assert judgement.weights([4.0], View(own, other, 1.0)) == pytest.approx([payoff_weight(4.0, own, 1.0)])


def test_options_that_are_worth_nothing_get_equal_shares():
    judgement = Judgement(1.0, mixes_values=True)
    assert values(alone(4.0), judgement, np.zeros(4)).tolist() == [0.25] * 4


@given(own=HORIZONS, peer=HORIZONS, cooperation=SHARES)
def test_more_cooperation_never_moves_a_judgement_away_from_the_peers(own, peer, cooperation):
    assume(abs(own - peer) > 0.1)
    judgement = Judgement(1.0, mixes_values=True)
    target = values(alone(peer), judgement)
    off = [np.abs(values(View(own, own, 1.0, peer, c), judgement) - target).sum() for c in (0.0, cooperation)]
    assert off[1] <= off[0] + 1e-12


@given(own=HORIZONS, superior=HORIZONS, peer=HORIZONS, mandate=SHARES, cooperation=SHARES, order=ORDERS)
def test_values_are_what_decider_superior_and_peer_each_think_mixed(own, superior, peer, mandate, cooperation, order):
    view, judgement = View(own, superior, mandate, peer, cooperation), Judgement(order, mixes_values=True)
    opinions = judgement.opinions(options(PROGRAMMES, PROGRAMME_LAGS), view.voices)
    for opinion in opinions:
        assert opinion.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(values(view, judgement), view.mixed(*opinions), rtol=1e-12)
    np.testing.assert_allclose(opinions[0], values(alone(own), judgement), rtol=1e-12)
