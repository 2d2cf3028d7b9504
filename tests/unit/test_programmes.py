from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import MarketConfig, PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.attention import PROGRAMME_COLUMNS, index
from sim.org.programmes import (
    ACTIVATION,
    BRAND,
    CONTENT,
    EXPERIMENTS,
    Programmes,
    deserved_favourability,
    efforts,
    led,
    reach,
    score_noise,
    share_of_voice,
    weekly_keep,
)
from sim.periods import WEEKS_PER_MONTH

MARKET, PEOPLE, PATHWAYS, PRACTICES = MarketConfig(), PeopleConfig(), PathwaysConfig(), PracticesConfig()
SHARES = st.floats(0.0, 1.0)
MULTIPLES = st.floats(0.01, 5.0)


@pytest.fixture(scope="module")
def today(tiny_past):
    """The tiny company's plan of today."""
    return tiny_past.today


def plan_with(plan, name, quality=None, coverage=None):
    """The plan with one activity led better or worse."""
    changed = {"quality": plan.quality.copy(), "coverage": plan.coverage.copy()}
    for field, value in (("quality", quality), ("coverage", coverage)):
        if value is not None:
            changed[field][index(name)] = value
    return replace(plan, **changed)


def test_todays_plan_with_todays_money_and_hours_is_effort_1(today):
    assert efforts(today, today, 1.0, 1.0, PEOPLE).tolist() == [1.0] * 4


@given(money=MULTIPLES, hours=MULTIPLES)
def test_money_and_hours_make_effort_together_with_constant_returns(today, money, hours):
    made = efforts(today, today, money, hours, PEOPLE)
    np.testing.assert_allclose(made, money**0.7 * hours**0.3)
    np.testing.assert_allclose(efforts(today, today, 2 * money, 2 * hours, PEOPLE), 2 * made)


@pytest.mark.parametrize(("money", "hours"), [(0.0, 1.0), (1.0, 0.0)])
def test_without_money_or_without_hours_nothing_is_done(today, money, hours):
    assert efforts(today, today, money, hours, PEOPLE).tolist() == [0.0] * 4


def test_budget_moved_to_brand_moves_effort_with_it(today):
    shares = today.budget_shares * [1.5, 1.0, 1.0, 1.0]
    made = efforts(replace(today, budget_shares=shares), today, 1.0, 1.0, PEOPLE)
    assert made == pytest.approx([1.5, 1.0, 1.0, 1.0])


def test_a_programme_led_better_does_more_and_the_others_the_same(today):
    better = plan_with(today, "brand", quality=today.quality[index("brand")] + 0.1)
    made = efforts(better, today, 1.0, 1.0, PEOPLE)
    assert made[BRAND] > 1.0
    assert made[1:].tolist() == [1.0] * 3


def test_leadership_makes_two_fifths_of_an_activitys_output():
    assert led(1.0, 0.4) == 1.0
    assert led(0.0, 0.4) == pytest.approx(0.6)
    assert led(0.0, 0.0) == 1.0


def test_activation_stands_still_at_todays_effort():
    stocks = Programmes()
    assert stocks.advance_activation(1.0, MARKET) == pytest.approx(np.ones(13))
    assert stocks.activation == pytest.approx(1.0)


def test_activation_keeps_72_percent_of_itself_a_month():
    stocks = Programmes()
    path = stocks.advance_activation(0.0, MARKET)
    np.testing.assert_allclose(path, 0.72 ** (np.arange(1, 14) / WEEKS_PER_MONTH))
    assert stocks.activation == path[-1]


@given(start=MULTIPLES, target=MULTIPLES)
def test_activation_moves_toward_its_target_and_not_beyond(start, target):
    path = Programmes(activation=start).advance_activation(target, MARKET)
    assert (np.abs(np.diff([start, *path])) <= abs(target - start) + 1e-12).all()
    assert min(start, target) - 1e-12 <= path.min() <= path.max() <= max(start, target) + 1e-12


def test_content_stands_still_at_todays_effort_and_insight_where_it_is_asked_for():
    stocks = Programmes(insight=0.6)
    for _ in range(20):
        stocks.advance_slow(1.0, 0.6, MARKET, PEOPLE)
    assert (stocks.content, stocks.insight) == pytest.approx((1.0, 0.6))


def test_content_follows_effort_with_falling_returns_and_insight_is_none_of_its_business():
    stocks = Programmes(insight=0.6)
    for _ in range(400):
        stocks.advance_slow(4.0, 0.6, MARKET, PEOPLE)
    assert (stocks.content, stocks.insight) == pytest.approx((4.0**MARKET.content_elasticity, 0.6), rel=1e-4)


@given(start=SHARES, target=SHARES)
def test_insight_goes_a_quarter_of_the_way_a_quarter(start, target):
    stocks = Programmes(insight=start)
    stocks.advance_slow(1.0, target, MARKET, PEOPLE)
    assert stocks.insight == pytest.approx(start + 0.25 * (target - start))
    assert min(start, target) - 1e-12 <= stocks.insight <= max(start, target) + 1e-12


def test_content_without_any_effort_is_used_up_by_three_tenths_a_quarter():
    stocks = Programmes()
    for _ in range(4):
        stocks.advance_slow(0.0, 0.5, MARKET, PEOPLE)
    assert stocks.content == pytest.approx(0.7**4)


@given(each=st.tuples(MULTIPLES, MULTIPLES))
def test_reach_is_a_probability_with_falling_returns_and_the_stated_one_today(each):
    low, high = sorted(each)
    assert reach(1.0, MARKET) == pytest.approx(MARKET.brand_reach_per_week)
    assert reach(0.0, MARKET) == 0.0
    assert 0.0 < reach(low, MARKET) <= reach(high, MARKET) < 1.0
    assert reach(2.0, MARKET) < 2.0 * reach(1.0, MARKET)


@given(each=st.tuples(MULTIPLES, MULTIPLES))
def test_the_share_of_voice_is_the_stated_one_today_and_grows_with_effort(each):
    low, high = sorted(each)
    assert share_of_voice(1.0, MARKET) == pytest.approx(MARKET.share_of_voice)
    assert 0.0 < share_of_voice(low, MARKET) <= share_of_voice(high, MARKET) < 1.0
    assert share_of_voice(0.0, MARKET) == 0.0


def test_louder_rivals_leave_a_smaller_share_of_voice():
    assert share_of_voice(1.0, replace(MARKET, rivals_voice=1.5)) < MARKET.share_of_voice
    assert share_of_voice(1.0, replace(MARKET, rivals_voice=0.0)) == 1.0


@pytest.mark.parametrize("months", [6.0, 12.0, 30.0])
def test_at_todays_share_of_voice_half_of_the_brand_is_left_after_its_half_life(months):
    market = replace(MARKET, brand_half_life_months=months)
    assert weekly_keep(market.share_of_voice, market) ** (months * WEEKS_PER_MONTH) == pytest.approx(0.5)


@given(voices=st.tuples(SHARES, SHARES))
def test_a_brand_fades_faster_where_rivals_are_louder(voices):
    low, high = (weekly_keep(voice, MARKET) for voice in sorted(voices))
    assert 0.0 < low <= high <= 1.0


def test_rivals_without_pull_change_nothing():
    market = replace(MARKET, rivals_pull=0.0)
    assert weekly_keep(0.0, market) == weekly_keep(0.9, market)


@given(contents=st.tuples(MULTIPLES, MULTIPLES), consistencies=st.tuples(SHARES, SHARES))
def test_favour_is_deserved_by_content_and_by_one_story(contents, consistencies):
    low, high = (deserved_favourability(content, 0.8, MARKET) for content in sorted(contents))
    assert 0.0 <= low <= high <= 1.0
    low, high = (deserved_favourability(1.0, consistency, MARKET) for consistency in sorted(consistencies))
    assert 0.0 <= low <= high <= 1.0


def test_a_known_and_liked_brand_at_rest_is_near_its_middle():
    assert deserved_favourability(1.0, 0.8, MARKET) == pytest.approx(0.25 + 0.20 + 0.25 * 0.8)


def test_versatility_sharpens_scores(today):
    neither, both = (replace(today, cross_domain=x) for x in (0.0, 1.0))
    sharp, blunt = (score_noise(plan, MARKET, PEOPLE, PATHWAYS, PRACTICES) for plan in (both, neither))
    assert sharp == pytest.approx((1.0 - PEOPLE.cross_domain_slope) * blunt)


def test_shared_data_and_a_led_definition_sharpen_scores(today):
    def noise(quality=0.5, crm=0.0):
        plan = plan_with(replace(today, cross_domain=0.0), "lead_quality", quality=quality)
        return score_noise(plan, MARKET, PEOPLE, PATHWAYS, replace(PRACTICES, shared_crm=crm))

    assert noise(quality=0.0) == MARKET.score_noise
    assert noise(quality=1.0) == pytest.approx(0.6 * MARKET.score_noise)
    assert noise(quality=0.0, crm=1.0) == pytest.approx(0.7 * MARKET.score_noise)


def test_the_four_programmes_are_marketing_activities():
    assert [PROGRAMME_COLUMNS[p] for p in (BRAND, ACTIVATION, CONTENT, EXPERIMENTS)] == [
        index(name) for name in ("brand", "activation", "content", "experiments")
    ]
