from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import MechanismsConfig, PeopleConfig
from sim.org.structure import MARKETING, SALES
from sim.org.workforce import started_workforce
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_QUARTER
from sim.randomness import Decision, Luck

PEOPLE, SWITCHES = PeopleConfig(), MechanismsConfig()
NOBODY_LEAVES = replace(SWITCHES, attrition=False)
WITHOUT_STRAIN = replace(SWITCHES, staff_strain=False)
REFERENCE = (0.0, 1.0, 0.0, 1.0)
QUARTERS = 20


def team_of(n, people=PEOPLE, switches=SWITCHES, base=0.30, function=SALES, seed=0):
    return started_workforce(function, n, people, switches, Luck(seed), base, REFERENCE)


def lived(team, people=PEOPLE, switches=SWITCHES, base=0.30, quarters=QUARTERS, push=0.0, demands=0.0):
    """Years of one team, without demands or resources unless stated."""
    luck, nothing = Luck(0), np.zeros(team.n)
    for _ in range(quarters):
        team.feel(people, luck, nothing + demands, nothing)
        team.pass_quarter(people, switches, luck, base, push)
    return team


def rate(team):
    return team.left / (team.filled_weeks / 52.0)


@given(vacant=st.lists(st.floats(0.0, 60.0), min_size=1, max_size=8))
def test_a_seat_is_present_for_all_of_the_quarter_but_its_vacancy(vacant):
    team = team_of(len(vacant), switches=NOBODY_LEAVES)
    team.vacant_weeks = np.array(vacant)
    presence = team.presence()
    assert presence.shape == (len(vacant), WEEKS_PER_QUARTER)
    np.testing.assert_allclose(presence.sum(axis=1), np.maximum(WEEKS_PER_QUARTER - np.array(vacant), 0.0), atol=1e-9)
    assert (np.diff(presence, axis=1) >= 0.0).all()


def test_someone_hired_in_the_middle_of_a_week_works_the_rest_of_it():
    team = team_of(1, switches=NOBODY_LEAVES)
    team.vacant_weeks[:] = 2.25
    assert team.presence()[0, :4].tolist() == [0.0, 0.0, 0.75, 1.0]


def test_output_ramps_up_for_five_and_a_half_months():
    team = team_of(1, switches=NOBODY_LEAVES)
    team.tenure_weeks[:] = 0.0
    weeks = 5.5 * WEEKS_PER_MONTH
    ramp = team.ramp(PEOPLE)[0]
    assert ramp[0] == pytest.approx(0.5 / weeks)
    np.testing.assert_allclose(np.diff(ramp), 1.0 / weeks)
    team.tenure_weeks[:] = weeks
    assert (team.ramp(PEOPLE) == 1.0).all()
    assert (team_of(3).ramp(replace(PEOPLE, ramp_months=0.0)) == 1.0).all()


def test_the_ramp_begins_when_the_seat_is_filled():
    team = team_of(1, switches=NOBODY_LEAVES)
    team.tenure_weeks[:], team.vacant_weeks[:] = 0.0, 4.0
    ramp = team.ramp(PEOPLE)[0]
    assert (ramp[:4] == 0.0).all()
    assert ramp[4] == pytest.approx(0.5 / (5.5 * WEEKS_PER_MONTH))


@pytest.mark.parametrize("base", [0.20, 0.30])
def test_seats_are_left_at_nearly_the_stated_rate(base):
    # Below it by 3%: who leaves stays to the quarter's end, and that counts as filled. Below it by 6% in all: the
    # strained leave first, so that those who stay are less strained and more alike than the reference.
    without = lived(team_of(20_000, switches=WITHOUT_STRAIN, base=base), switches=WITHOUT_STRAIN, base=base)
    assert rate(without) == pytest.approx(base, rel=0.05)
    assert rate(lived(team_of(20_000, base=base), base=base)) == pytest.approx(base, rel=0.09)


def test_strain_drives_people_away():
    calm, worn = (rate(lived(team_of(3_000), demands=d)) for d in (0.0, 2.0))
    assert worn > 1.15 * calm


def test_a_push_multiplies_the_hazard():
    held, driven = (
        rate(lived(team_of(5_000, switches=WITHOUT_STRAIN), switches=WITHOUT_STRAIN, push=push)) for push in (-0.5, 0.5)
    )
    assert driven / held == pytest.approx(np.exp(1.0), rel=0.08)


def test_more_hazard_keeps_every_earlier_leaver():
    held, driven = (
        lived(team_of(2_000, switches=WITHOUT_STRAIN), switches=WITHOUT_STRAIN, quarters=1, push=push)
        for push in (0.0, 0.5)
    )
    left_anyway, left_now = held.person > 0, driven.person > 0
    assert left_anyway.any()
    assert (left_now >= left_anyway).all()
    assert left_now.sum() > left_anyway.sum()


def test_nobody_leaves_while_attrition_is_off():
    team = lived(team_of(200, switches=NOBODY_LEAVES), switches=NOBODY_LEAVES)
    assert team.left == 0
    assert (team.person == 0).all()
    assert team.is_filled.all()
    assert team.filled_weeks == 200 * QUARTERS * WEEKS_PER_QUARTER


def test_a_leaver_is_replaced_by_somebody_new_after_a_search():
    team = team_of(500)
    before = {name: getattr(team, name).copy() for name in ("person", "skill", "trait", "leave_left")}
    lived(team, quarters=1)
    left = team.person > before["person"]
    assert left.any()
    assert (team.person - before["person"] == left).all()
    assert team.left == left.sum()
    assert (team.vacant_weeks[left] > 0.0).all()
    assert (team.skill[left] != before["skill"][left]).all()
    assert (team.skill[~left] == before["skill"][~left]).all()
    assert (team.trait[~left] == before["trait"][~left]).all()
    assert (team.tenure_weeks[left] == 0.0).all()
    assert (team.exhaustion[left] == team.trait[left]).all()
    assert (team.leave_left[~left] < before["leave_left"][~left]).any()


def test_searches_last_a_quarter_on_average():
    team = lived(team_of(5_000), quarters=1)
    searching = team.vacant_weeks[team.person > 0]
    assert searching.mean() == pytest.approx(PEOPLE.search_weeks, rel=0.2)
    assert searching.std() == pytest.approx(PEOPLE.search_weeks, rel=0.2)


def test_every_seat_is_filled_again():
    team = team_of(300)
    was_open = ~team.is_filled
    assert was_open.any()
    lived(team, switches=NOBODY_LEAVES, quarters=8)
    assert team.is_filled.all()
    assert (team.tenure_weeks[was_open] > 0.0).all()
    assert (team.tenure_weeks[was_open] < 8 * WEEKS_PER_QUARTER).all()


def test_vacancies_start_in_their_steady_state():
    team = team_of(20_000)
    start = 1.0 - team.is_filled.mean()
    expected = PEOPLE.search_weeks / (PEOPLE.search_weeks + 52.0 / 0.30)
    assert start == pytest.approx(expected, abs=0.006)
    lived(team, quarters=8)
    assert 1.0 - team.presence().mean() == pytest.approx(expected, abs=0.012)


def test_a_team_starts_with_the_strain_that_it_is_used_to():
    team = started_workforce(SALES, 20_000, PEOPLE, SWITCHES, Luck(0), 0.30, (-0.1, 0.9, 0.2, 0.8))
    assert [team.exhaustion.mean(), team.exhaustion.std()] == pytest.approx([-0.1, 0.9], abs=0.02)
    assert [team.disengagement.mean(), team.disengagement.std()] == pytest.approx([0.2, 0.8], abs=0.02)


def test_people_differ_in_skill_and_trait():
    team = team_of(20_000)
    assert [team.skill.mean(), team.skill.std()] == pytest.approx([0.0, 1.0], abs=0.02)
    assert [team.trait.mean(), team.trait.std()] == pytest.approx([0.0, 0.40], abs=0.02)


def test_seats_of_two_functions_and_two_persons_of_a_seat_meet_different_luck():
    sales, marketing = (team_of(100, function=function) for function in (SALES, MARKETING))
    assert not np.isin(sales.entities, marketing.entities).any()
    assert not np.isin(sales.skill, marketing.skill).any()
    luck = Luck(0)
    first, second = (luck.normals(Decision.SEAT_SKILL, sales.entities, person) for person in (0, 1))
    assert not np.isin(first, second).any()


def test_an_added_seat_changes_nothing_for_the_others():
    small, large = (lived(team_of(n), quarters=6) for n in (20, 21))
    for name in ("person", "vacant_weeks", "skill", "trait", "exhaustion", "disengagement", "leave_left"):
        assert np.array_equal(getattr(small, name), getattr(large, name)[:20]), name


def test_exhaustion_and_disengagement_of_a_month_are_not_the_same_luck():
    team = team_of(5_000, switches=NOBODY_LEAVES)
    team.trait[:], team.exhaustion[:], team.disengagement[:] = 0.0, 0.0, 0.0
    team.feel(PEOPLE, Luck(0), np.zeros(5_000), np.zeros(5_000))
    assert abs(np.corrcoef(team.exhaustion, team.disengagement)[0, 1]) < 0.06
    assert (team.months == 3).all()
