"""What becomes of decisions while a post is vacant; what each decision rests on otherwise is in the other files."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compose import sim_config
from sim.config import TodayConfig
from sim.org.judgements import IS_FUNDED, IS_PROGRAMME
from sim.org.leaders import hired_leaders
from sim.org.plan import Situation
from sim.org.planning import Planner
from sim.org.structure import MARKETING, NOBODY, SALES

SHARES = st.floats(0.0, 1.0)
FAR = 100.0  # weeks: vacant for the whole quarter


@lru_cache
def planner_of(org, *overrides):
    config = sim_config("company=medium", f"org={org}", *overrides)
    return Planner(config, TodayConfig(config.org, config.practices, config.roles))


def settled(planner):
    leaders = hired_leaders(planner.structure, planner.people, planner.switches, None)
    planner.settle(leaders, 0.0, 0.5)
    return leaders


def situation(planner, presence, cooperation=0.5):
    horizons = np.arange(1.0, planner.structure.n + 1.0)
    return Situation(horizons, np.array(presence, dtype=float), cooperation)


@given(there=SHARES)
def test_while_a_post_is_vacant_its_superior_decides(there):
    planner = planner_of("separate")
    post = planner.structure.leader_of[MARKETING]
    view = planner.view(post, situation(planner, [1.0, there]))
    assert view.superior == planner.config.company.board_horizon_quarters
    assert view.mandate == pytest.approx(planner.mandate(post) * there)


@given(there=SHARES, above=SHARES)
def test_who_has_nobody_above_for_the_time_being_decides_alone(there, above):
    planner = planner_of("marketing_under_sales")
    sales, marketing = planner.structure.leader_of
    presence = np.empty(2)
    presence[sales], presence[marketing] = above, there
    view = planner.view(marketing, situation(planner, presence))
    assert view.superior == situation(planner, presence).horizon[sales]
    assert 1.0 - view.mandate == pytest.approx((1.0 - planner.mandate(marketing) * there) * above)


@given(there=SHARES, cooperation=SHARES)
def test_an_empty_chair_has_no_say_among_peers(there, cooperation):
    planner = planner_of("separate")
    sales, marketing = planner.structure.leader_of
    presence = np.ones(2)
    presence[marketing] = there
    view = planner.view(sales, situation(planner, presence, cooperation))
    assert view.cooperation == pytest.approx(cooperation * there)


def test_one_leader_of_both_has_no_peer():
    planner = planner_of("merged_balanced")
    view = planner.view(0, situation(planner, [1.0]))
    assert view.peer is None
    assert view.cooperation == 0.0
    assert planner.structure.peer_of(0) == NOBODY


def test_an_empty_post_leaves_the_week_as_it_was():
    planner = planner_of("merged_sales_led", "people.need_factor=2")
    for vacant, is_left in ((FAR, True), (0.0, False)):
        leaders = settled(planner)
        leaders.attention *= 0.5
        leaders.vacant_weeks[:] = vacant
        before = leaders.attention.copy()
        planner.attend(leaders, planner.everybody, 0.0, 0.5)
        assert np.array_equal(leaders.attention, before) == is_left


def test_a_function_without_a_leader_for_a_quarter_is_not_led_and_the_other_is_as_before():
    planner = planner_of("separate")
    leaders = settled(planner)
    before = planner.decided(leaders, 0.0, 0.5)
    leaders.vacant_weeks[planner.structure.leader_of[MARKETING]] = FAR
    after = planner.decided(leaders, 0.0, 0.5)
    is_marketing = np.arange(len(before.quality)) >= 3
    assert (after.coverage[is_marketing] == 0.0).all()
    assert np.array_equal(after.coverage[~is_marketing], before.coverage[~is_marketing])
    assert np.array_equal(after.quality[~is_marketing], before.quality[~is_marketing])
    assert (after.quality[is_marketing] <= before.quality[is_marketing]).all()
    assert after.effect.tolist() == [1.0, 0.0]


def test_one_leader_away_leaves_both_functions_alone():
    planner = planner_of("merged_balanced")
    leaders = settled(planner)
    leaders.vacant_weeks[:] = FAR
    assert (planner.decided(leaders, 0.0, 1.0).coverage == 0.0).all()


def test_hours_of_practice_are_counted_by_function_against_what_it_needs():
    planner = planner_of("separate")
    leaders = settled(planner)
    practice = planner.practice(leaders)
    assert practice[SALES, MARKETING] == practice[MARKETING, SALES] == 0.0
    assert practice[SALES, SALES] == pytest.approx(1.0)
    leaders.attention *= 0.25
    np.testing.assert_allclose(planner.practice(leaders), 0.25 * practice)


@pytest.mark.parametrize("org", ["separate", "merged_balanced", "cro_two_heads"])
def test_leaders_who_plan_together_plan_what_each_would_alone(org):
    planner = planner_of(org)
    leaders = settled(planner)
    leaders.attention *= 0.5
    alone = [planner.allotted(leaders, post, 0.2, 0.5) for post in planner.everybody]
    planner.attend(leaders, planner.everybody, 0.2, 0.5)
    for post, plan in enumerate(alone):
        assert leaders.hours[post] == plan.week.effective
        assert leaders.attention[post].tolist() == plan.given.tolist()
        assert leaders.spare[post].tolist() == plan.spare.tolist()
        half_way = plan.before + planner.people.attention_adjustment * (plan.target - plan.before)
        assert plan.given == pytest.approx(half_way * min(1.0, plan.week.effective / max(half_way.sum(), 1e-12)))


def test_who_does_not_plan_keeps_the_week_as_it_was():
    planner = planner_of("separate")
    leaders = settled(planner)
    leaders.attention *= 0.5
    before = leaders.attention.copy()
    planner.attend(leaders, np.array([SALES]), 0.0, 0.5)
    assert not np.array_equal(leaders.attention[SALES], before[SALES])
    assert np.array_equal(leaders.attention[MARKETING], before[MARKETING])


@pytest.mark.parametrize(
    ("channel", "decision"),
    [("budget", "budget"), ("discount", "discount"), ("lead_bar", "lead_bar"), ("reallocation", "selling")],
)
def test_a_closed_channel_leaves_its_decision_to_the_board_and_the_others_as_they_were(channel, decision):
    now = situation(planner_of("separate"), [1.0, 1.0])
    usual = planner_of("separate").views(now)._asdict()
    planner = planner_of("separate", f"mechanisms.horizon_{channel}=false")
    for name, heard in planner.views(now)._asdict().items():
        if name == decision or (decision, name) == ("selling", "programmes"):
            assert heard.own == heard.superior == planner.config.company.board_horizon_quarters
        else:
            assert heard == usual[name]


def test_what_deciders_think_is_what_judgement_makes_of_their_views():
    planner = planner_of("separate")
    now = situation(planner, [0.9, 0.7])
    judged, views, judgement = planner.judged(now), planner.views(now), planner.judgement
    marketer = planner.view(planner.structure.leader_of[MARKETING], now)
    assert views.budget == marketer.voices
    shares = judgement.values(planner.remits.funded[IS_PROGRAMME], marketer)
    assert judged.budget_shares[IS_PROGRAMME].tolist() == shares.tolist()
    assert judged.lead_weights.tolist() == judgement.weights([0.5, 2.0, 3.0], marketer).tolist()
    funded = judgement.values(planner.remits.funded[IS_FUNDED], marketer)
    assert judged.worths[MARKETING] == pytest.approx(funded[IS_PROGRAMME[IS_FUNDED]].sum())
