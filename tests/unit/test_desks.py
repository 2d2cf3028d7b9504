import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import MechanismsConfig, PeopleConfig
from sim.org.desks import MarketingDesk, SalesDesk, coaching_factor, sales_desk, staff_week, working_hours
from sim.org.plan import Plan
from sim.org.strain import output_factor
from sim.org.workforce import started_workforce
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import Luck

PEOPLE = PeopleConfig()
WEEKS = range(WEEKS_PER_QUARTER)


def team_of(n, seed=0):
    return started_workforce(0, n, PEOPLE, MechanismsConfig(), Luck(seed), 0.5, (0.0, 1.0, 0.0, 1.0))


def plan_of(quality):
    led = np.full(9, quality)
    one = np.ones(1)
    return Plan(one, one, one, one, one, led, led, led, one, 0.5, 0.1, 0.02, 0.01, (1.0, 1.0), 1.0, 0.2)


@pytest.mark.parametrize("is_on", [True, False])
def test_an_hour_is_worth_presence_ramp_and_what_strain_leaves_of_it(is_on):
    team = team_of(20, seed=3)
    there, ramp, output = team.presence(), team.ramp(PEOPLE), output_factor(PEOPLE, team.exhaustion)
    assert (there < 1.0).any()
    hours = working_hours(PEOPLE, MechanismsConfig(staff_strain=is_on), team, there)
    for seat in range(team.n):
        for week in WEEKS:
            one = staff_week(PEOPLE) * there[seat, week] * ramp[seat, week]
            assert hours[seat, week] == pytest.approx(one * (output[seat] if is_on else 1.0), rel=1e-14)


def test_coaching_gives_7_percent_on_average_and_most_to_the_middle():
    skills = np.linspace(-6.0, 6.0, 2001)
    gains = np.array([coaching_factor(skill, 0.07) - 1.0 for skill in skills])
    density = np.exp(-0.5 * skills**2) / math.sqrt(2.0 * math.pi)
    assert np.trapezoid(gains * density, skills) == pytest.approx(0.07, rel=1e-6)
    assert gains.argmax() == 1000
    assert coaching_factor(0.3, 0.0) == 1.0


@given(added=st.floats(0.0, 100.0), quality=st.floats(0.0, 1.0), kept=st.floats(0.0, 1.2))
def test_added_hours_are_shared_by_who_is_there_and_all_of_them_are_worked(added, quality, kept):
    team, switches = team_of(8, seed=3), MechanismsConfig()
    there = team.presence()
    there[:, 2] = 0.0  # nobody is there
    own = working_hours(PEOPLE, switches, team, there)
    desk = sales_desk(PEOPLE, switches, team, there, plan_of(quality), kept, added)
    coached = np.array([coaching_factor(skill, quality * PEOPLE.coaching_gain) for skill in team.skill])
    np.testing.assert_allclose(desk.hours, own * coached[:, None], rtol=1e-14)
    shared = [added if week != 2 else 0.0 for week in WEEKS]
    np.testing.assert_allclose(desk.worked.sum(axis=0), (desk.hours * kept).sum(axis=0) + shared, rtol=1e-9, atol=1e-9)
    assert (desk.worked[~desk.is_present] == 0.0).all()


def test_marketers_hours_for_programmes_are_the_quarters_mean():
    hours = np.arange(26.0).reshape(2, WEEKS_PER_QUARTER)
    assert MarketingDesk(hours, 0.5).programme_hours == pytest.approx([3.0, 9.5])
    assert len(MarketingDesk(np.zeros((0, WEEKS_PER_QUARTER)), 0.5).programme_hours) == 0


def test_a_desk_without_seats_has_no_hours():
    nothing = np.zeros((0, WEEKS_PER_QUARTER))
    assert SalesDesk(nothing, 1.0, np.zeros(WEEKS_PER_QUARTER), nothing > 0.0).worked.shape == nothing.shape
