import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.market.rules import (
    accept_chance,
    cold_find_rate,
    discount,
    drifted,
    estimated_chance,
    expected_discount,
    found_hazard,
    inquiry_hazard,
    logistic,
    lognormal,
    moved_toward,
    renewal_chance,
    response_hours,
    size_factor,
    win_log_odds,
)

SHARES = st.floats(0.0, 1.0)
OPEN_SHARES = st.floats(0.001, 0.999)
ODDS = st.floats(-20.0, 20.0)
FITS = st.floats(-4.0, 4.0)
RATES = st.floats(1e-6, 10.0)


def pairs(numbers):
    return st.tuples(numbers, numbers).map(sorted)


@given(odds=pairs(ODDS))
def test_a_chance_is_a_probability_that_rises_with_its_log_odds(odds):
    low, high = (logistic(o) for o in odds)
    assert 0.0 < low <= high < 1.0


@given(odds=ODDS)
def test_even_odds_are_a_half_and_opposite_odds_add_up_to_1(odds):
    assert logistic(0.0) == 0.5
    assert logistic(odds) + logistic(-odds) == pytest.approx(1.0)


@given(median=st.floats(0.1, 1e6), sigma=st.floats(0.0, 2.0), shares=pairs(OPEN_SHARES))
def test_a_lognormal_has_its_median_in_the_middle_and_rises_with_the_draw(median, sigma, shares):
    assert lognormal(math.log(median), sigma, 0.5) == pytest.approx(median)
    low, high = (lognormal(math.log(median), sigma, share) for share in shares)
    assert 0.0 < low <= high


def test_one_sigma_above_the_median_is_a_factor_of_e_to_the_sigma():
    assert lognormal(0.0, 1.1, 0.841344746) == pytest.approx(math.exp(1.1), rel=1e-6)


@given(level=SHARES, resting=SHARES, keep=SHARES)
def test_a_stock_left_alone_moves_to_its_resting_level_and_not_beyond(level, resting, keep):
    after = drifted(level, resting, keep)
    assert min(level, resting) - 1e-12 <= after <= max(level, resting) + 1e-12
    assert after - resting == pytest.approx((level - resting) * keep, abs=1e-12)


def test_after_a_half_life_half_of_the_distance_is_left():
    keep, level = 0.5 ** (1 / 52), 0.9
    for _ in range(52):
        level = drifted(level, 0.3, keep)
    assert level == pytest.approx(0.6)


@given(level=SHARES, target=SHARES, gain=SHARES)
def test_an_exposure_closes_its_share_of_the_gap(level, target, gain):
    after = moved_toward(level, target, gain)
    assert abs(after - target) == pytest.approx((1.0 - gain) * abs(level - target), abs=1e-12)
    assert moved_toward(level, target, 1.0) == pytest.approx(target, abs=1e-15)
    assert moved_toward(level, target, 0.0) == level


@given(rate=RATES, brand=SHARES, usual=st.floats(0.01, 1.0))
def test_at_todays_brand_and_activation_accounts_inquire_at_todays_rate(rate, brand, usual):
    assert inquiry_hazard(rate, brand, usual, usual, 1.0, 1.0) == pytest.approx(rate)
    assert inquiry_hazard(rate, brand, usual, usual, 1.0, 2.0) == pytest.approx(2.0 * rate)


@given(rate=RATES, brand=OPEN_SHARES, equities=pairs(SHARES), activations=pairs(st.floats(0.0, 5.0)))
def test_brand_and_activation_bring_inquiries_each_by_its_own_part(rate, brand, equities, activations):
    for low, high in (
        [inquiry_hazard(rate, brand, equity, 0.25, 1.0, 1.0) for equity in equities],
        [inquiry_hazard(rate, brand, 0.25, 0.25, activation, 1.0) for activation in activations],
    ):
        assert 0.0 <= low <= high
    assert inquiry_hazard(rate, 1.0, 0.25, 0.25, activations[0], 1.0) == pytest.approx(rate)
    assert inquiry_hazard(rate, 0.0, equities[0], 0.25, 1.0, 1.0) == pytest.approx(rate)


@given(hours=pairs(st.floats(0.0, 100.0)), equities=pairs(SHARES), elasticity=st.floats(0.1, 1.0))
def test_sales_finds_more_with_hours_and_where_the_brand_is_known(hours, equities, elasticity):
    low, high = (found_hazard(cold_find_rate(0.01, h, elasticity, 1.0), 2.0, 0.25) for h in hours)
    assert 0.0 <= low <= high
    cold, warm = (found_hazard(cold_find_rate(0.01, 5.0, elasticity, 1.0), 2.0, equity) for equity in equities)
    assert cold <= warm


def test_prospecting_has_falling_returns_and_none_without_hours():
    found = [found_hazard(cold_find_rate(0.01, hours, 0.5, 1.0), 2.0, 0.25) for hours in (0.0, 4.0, 8.0, 16.0)]
    assert found[0] == 0.0
    assert found[3] == pytest.approx(2.0 * found[1])
    assert found[2] - found[1] > (found[3] - found[2]) / 2


def test_a_warm_account_is_found_up_to_three_times_as_easily():
    cold, warm = (found_hazard(cold_find_rate(0.01, 5.0, 0.5, 1.0), 2.0, equity) for equity in (0.0, 1.0))
    assert warm == pytest.approx(3.0 * cold)


@given(fits=pairs(FITS), noise=st.floats(-4, 4), gap=st.floats(0.0, 6.0))
def test_fit_and_readiness_raise_a_leads_score(fits, noise, gap):
    low, high = (estimated_chance(-3.0, 0.5, fit, True, gap, noise) for fit in fits)
    assert low <= high
    assert estimated_chance(-3.0, 0.5, fits[0], False, gap, noise) <= low


def test_junk_is_told_apart_only_where_there_is_a_gap():
    ready, junk = (estimated_chance(-3.0, 0.5, 0.3, is_ready, 0.0, 0.1) for is_ready in (True, False))
    assert ready == junk
    ready, junk = (estimated_chance(-3.0, 0.5, 0.3, is_ready, 2.2, 0.1) for is_ready in (True, False))
    assert math.log(ready / (1 - ready)) - math.log(junk / (1 - junk)) == pytest.approx(2.2)


@given(loads=pairs(st.floats(0.0, 2.0)), share=OPEN_SHARES)
def test_a_busy_seat_answers_later_and_never_never(loads, share):
    low, high = (response_hours(24.0, load, 1.0, 1.5, share) for load in loads)
    assert 0.0 < low <= high < math.inf


def test_the_median_response_is_a_day_at_half_load_and_nineteen_when_swamped():
    assert response_hours(24.0, 0.5, 1.0, 1.5, 0.5) == pytest.approx(24.0)
    for load in (0.95, 1.0, 2.0):
        assert response_hours(24.0, load, 1.0, 1.5, 0.5) == pytest.approx(24.0 * 19)
    assert response_hours(24.0, 0.5, 0.5, 1.5, 0.5) == pytest.approx(12.0)


@given(hours=pairs(st.floats(0.0, 2000.0)), fit=FITS, decay=st.floats(0.0, 1.0), ratio=SHARES)
def test_a_late_call_finds_fewer_who_still_listen(hours, fit, decay, ratio):
    soon, late = (accept_chance(1.0, 0.5, fit, True, ratio, h, decay) for h in hours)
    assert 0.0 < late <= soon < 1.0
    assert accept_chance(1.0, 0.5, fit, False, ratio, hours[0], decay) <= soon


def test_the_odds_of_acceptance_halve_from_an_hour_to_seven():
    one, seven = (accept_chance(1.0, 0.5, 0.0, True, 0.04, hours, 0.5) for hours in (1.0, 7.0))
    assert (seven / (1 - seven)) / (one / (1 - one)) == pytest.approx(0.5)


def test_junk_has_its_ratio_of_a_ready_accounts_odds():
    ready, junk = (accept_chance(1.0, 0.5, 0.0, is_ready, 0.04, 3.0, 0.5) for is_ready in (True, False))
    assert (junk / (1 - junk)) / (ready / (1 - ready)) == pytest.approx(0.04)


@given(scores=pairs(FITS), sigma=st.floats(0.0, 2.0), exponent=st.floats(0.0, 1.0))
def test_a_bigger_deal_takes_longer(scores, sigma, exponent):
    norm = math.exp(0.5 * (exponent * sigma) ** 2)
    low, high = (size_factor(score, sigma, exponent, norm) for score in scores)
    assert 0.0 < low <= high


def test_four_times_the_value_takes_twice_the_hours():
    small, big = (size_factor(score, 1.0, 0.5, 1.0) for score in (0.0, math.log(4.0)))
    assert big == pytest.approx(2.0 * small)


@given(cap=st.floats(0.0, 0.3), habit=SHARES, shortfalls=pairs(SHARES))
def test_a_discount_stays_within_its_cap_and_deepens_late_when_behind(cap, habit, shortfalls):
    early = discount(cap, habit, shortfalls[1], False)
    low, high = (discount(cap, habit, shortfall, True) for shortfall in shortfalls)
    assert early == pytest.approx(cap * habit)
    assert 0.0 <= early <= low + 1e-15
    assert low <= high <= cap + 1e-15
    assert discount(cap, habit, 1.0, True) == pytest.approx(cap)


@given(level=st.floats(0.0, 0.3), weeks=pairs(st.integers(0, 520)), retention=st.floats(0.5, 1.0))
def test_a_remembered_discount_fades(level, weeks, retention):
    soon, late = (expected_discount(level, week, retention) for week in weeks)
    assert 0.0 <= late <= soon <= level
    assert expected_discount(level, 0, retention) == level


def test_half_of_a_reference_price_is_left_after_its_half_life():
    assert expected_discount(0.2, 52, 0.5 ** (1 / 52)) == pytest.approx(0.1)


@given(fits=pairs(FITS), favourabilities=pairs(SHARES), equities=pairs(SHARES), values=pairs(FITS))
def test_a_deal_is_easier_to_win_with_fit_favour_and_a_known_name_and_harder_with_size(
    fits, favourabilities, equities, values
):
    def odds(fit=0.0, value=0.0, favourability=0.5, equity=0.25):
        return win_log_odds(-1.5, fit, 0.5, value, -0.15, favourability, 0.8, equity, math.log(5.0))

    assert odds(fit=fits[0]) <= odds(fit=fits[1])
    assert odds(favourability=favourabilities[0]) <= odds(favourability=favourabilities[1])
    assert odds(equity=equities[0]) <= odds(equity=equities[1])
    assert odds(value=values[0]) >= odds(value=values[1])


def test_being_on_the_day_one_list_multiplies_the_odds_by_five():
    off, on = (win_log_odds(-1.5, 0.0, 0.5, 0.0, -0.15, 0.5, 0.8, x, math.log(5.0)) for x in (0.0, 1.0))
    assert math.exp(on - off) == pytest.approx(5.0)


@given(favour=pairs(SHARES), promise=pairs(SHARES), missed=pairs(st.floats(0.0, 0.3)))
def test_customers_stay_for_favour_and_kept_promises_and_leave_over_missed_discounts(favour, promise, missed):
    def chance(favourability=0.5, overpromise=0.2, missed_discount=0.0):
        return renewal_chance(1.0, favourability, 1.5, overpromise, 1.0, missed_discount, 0.5)

    assert 0.0 < chance(favour[0]) <= chance(favour[1]) < 1.0
    assert chance(overpromise=promise[0]) >= chance(overpromise=promise[1])
    assert chance(missed_discount=missed[0]) >= chance(missed_discount=missed[1])
