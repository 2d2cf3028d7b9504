from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import ACTIVITIES_OF, ActivitiesConfig, PeopleConfig
from sim.org.attention import (
    ACTIVITY_NAMES,
    FUNCTION_OF,
    Week,
    column,
    coverage,
    index,
    switching_hours,
    team_needs,
)

PEOPLE = PeopleConfig()
HOURS = st.floats(0.0, 80.0)
ACTIVITY = st.tuples(st.floats(0.0, 20.0), st.floats(0.001, 1.0))  # need, weight
ACTIVITIES = st.lists(ACTIVITY, min_size=1, max_size=9)


def split(activities):
    return tuple(np.array(numbers) for numbers in zip(*activities, strict=True))


def test_coverage_runs_from_0_to_1():
    assert coverage(0.0, 5.0) == 0.0
    assert coverage(5.0, 5.0) == 1.0
    assert coverage(9.0, 5.0) == 1.0
    assert coverage(0.0, 0.0) == 1.0


@given(attended=st.tuples(st.floats(0, 1), st.floats(0, 1)), needed=st.floats(0.1, 40.0))
def test_coverage_rises_with_hours_and_ever_less(attended, needed):
    low, high = sorted(attended)
    at_low, at_middle, at_high = (float(coverage(x * needed, needed)) for x in (low, (low + high) / 2, high))
    assert at_low <= at_high
    assert at_middle >= (at_low + at_high) / 2 - 1e-12


def test_the_first_half_of_the_hours_makes_three_quarters_of_the_leadership():
    assert coverage(1.0, 2.0) == pytest.approx((1 - np.exp(-1)) / (1 - np.exp(-2)))
    assert coverage(1.0, 2.0) == pytest.approx(0.73, abs=0.01)


@pytest.mark.parametrize(("team", "hours"), [((2, 1), 22), ((6, 2), 30), ((12, 6), 40), ((36, 16), 55)])
def test_a_growing_company_needs_22_then_30_then_40_then_55_leader_hours(team, hours):
    of_leader, _ = team_needs(PEOPLE, team)
    assert of_leader.sum() == pytest.approx(hours, abs=1.0)


def test_the_ninth_person_brings_no_jump():
    eight, just_more, nine, ten = (team_needs(PEOPLE, (n, n))[0] for n in (8, 8.0001, 9, 10))
    np.testing.assert_allclose(just_more, eight, atol=1e-3)
    np.testing.assert_allclose(nine - eight, ten - nine)
    np.testing.assert_allclose(nine - eight, [0.35, 0.40])


@given(team=st.tuples(st.integers(0, 500), st.integers(0, 500)))
def test_leaders_and_team_leads_together_give_every_person_the_same(team):
    of_leader, of_leads = team_needs(PEOPLE, team)
    np.testing.assert_allclose(of_leader + of_leads, [6 + 1.4 * team[0], 12 + 1.6 * team[1]])
    assert (of_leads[np.array(team) <= 8] == 0.0).all()


def test_the_span_is_counted_team_by_team():
    _, of_leads = team_needs(PEOPLE, (8, 8))
    assert of_leads.tolist() == [0.0, 0.0]


@given(factor=st.floats(0.25, 4.0))
def test_the_common_factor_scales_every_need(factor):
    scaled, usual = (team_needs(replace(PEOPLE, need_factor=f), (12, 6)) for f in (factor, 1.0))
    np.testing.assert_allclose(np.concatenate(scaled), factor * np.concatenate(usual))


def test_the_activities_of_a_function_share_its_whole_need():
    shares = column(ActivitiesConfig(), "need_share")
    assert [shares[f == FUNCTION_OF].sum() for f in (0, 1)] == pytest.approx([1.0, 1.0])
    assert (*ACTIVITIES_OF["sales"], *ACTIVITIES_OF["marketing"]) == ACTIVITY_NAMES
    assert [ACTIVITY_NAMES[index(name)] for name in ("coaching", "brand")] == ["coaching", "brand"]


def test_one_domain_costs_no_switching():
    assert switching_hours(50.0, np.array([40.0, 0.0]), 0.1) == 0.0
    assert switching_hours(50.0, np.zeros(4), 0.1) == 0.0


def test_a_second_domain_of_the_same_size_costs_the_whole_loss():
    assert switching_hours(50.0, np.array([20.0, 20.0]), 0.1) == pytest.approx(5.0)
    assert switching_hours(50.0, np.array([3.0, 3.0, 3.0]), 0.1) == pytest.approx(10.0)


@given(
    week=st.lists(st.floats(0.0, 50.0), min_size=1, max_size=14),
    loss=st.floats(0.0, 0.25),
    contracted=st.floats(1, 80),
)
def test_switching_takes_at_most_half_of_the_hours(week, loss, contracted):
    lost = switching_hours(contracted, np.array(week), loss)
    assert -1e-9 <= lost <= 0.5 * contracted
    many = switching_hours(contracted, np.ones(12), 0.25)
    assert many == 0.5 * contracted


@given(big=st.floats(1.0, 50.0), small=st.floats(0.0, 1.0))
def test_a_side_line_costs_less_than_a_second_job(big, small):
    side_line, second_job = (switching_hours(50.0, np.array([big, other]), 0.1) for other in (small, big))
    assert side_line <= second_job + 1e-9


@given(
    contracted=st.floats(1.0, 80.0),
    factor=st.floats(0.8, 1.0),
    lost=st.tuples(st.floats(0.0, 20.0), st.floats(0.0, 20.0), st.floats(0.0, 40.0)),
)
def test_a_week_is_what_strain_practices_meetings_and_switching_leave_of_it(contracted, factor, lost):
    week = Week(contracted, factor, *lost)
    assert week.effective >= 0.0
    assert week.effective == pytest.approx(max(contracted - week.strain - sum(lost), 0.0))
    assert week.effective <= contracted
