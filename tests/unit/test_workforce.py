from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import MechanismsConfig, NormsConfig, PeopleConfig
from sim.org import strain
from sim.org.structure import MARKETING, SALES
from sim.org.workforce import open_share, started_workforce
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import Decision, Luck

PEOPLE, SWITCHES, NORMS = PeopleConfig(), MechanismsConfig(), NormsConfig()
NOBODY_LEAVES = replace(SWITCHES, attrition=False)
WITHOUT_STRAIN = replace(SWITCHES, staff_strain=False)
REFERENCE = (0.0, 1.0, 0.0, 1.0)
QUARTERS = 20


def team_of(n, people=PEOPLE, switches=SWITCHES, base=0.30, function=SALES, seed=0, strained=REFERENCE):
    return started_workforce(function, n, people, switches, Luck(seed), base, strained)


def lived(team, people=PEOPLE, switches=SWITCHES, base=0.30, quarters=QUARTERS, demands=0.0, reference=NORMS.sales):
    """Years of one team, without demands or resources unless stated; what each quarter came to."""
    luck, nothing, came_to = Luck(0), np.zeros(team.n), []
    for _ in range(quarters):
        team.live(people, switches, luck, nothing + demands, nothing, base, reference)
        came_to.append(team.lived)
    return came_to


def rate(quarters):
    """Leavers per year that a seat was filled by somebody who had not given notice."""
    return sum(q.left for q in quarters) / (sum(q.at_risk_weeks for q in quarters) / WEEKS_PER_YEAR)


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
def test_seats_are_left_at_the_stated_rate(base):
    # 20,000 seats over five years: a standard error of .7% of the rate at most; three of them are allowed.
    came_to = lived(team_of(20_000, switches=WITHOUT_STRAIN, base=base), switches=WITHOUT_STRAIN, base=base)
    assert rate(came_to) == pytest.approx(base, rel=0.021)


@pytest.mark.parametrize(("group", "base"), [("sales", 0.30), ("marketing", 0.20)])
def test_people_strained_like_the_reference_leave_at_the_stated_rate(group, base):
    norms = getattr(NORMS, group)
    team, quarters = team_of(10_000, base=base), []
    for quarter in range(12):
        # Held at the reference's strain, whoever comes and goes.
        team.exhaustion = Luck(quarter + 1).normals(Decision.START_STATE, team.entities)
        team.exhaustion = norms.exhaustion.mean + norms.exhaustion.sd * team.exhaustion
        quarters += lived(team, base=base, quarters=1, reference=norms)
    assert rate(quarters) == pytest.approx(base, rel=0.04)


def test_strain_drives_people_away():
    calm, worn = (rate(lived(team_of(3_000), demands=d)) for d in (0.0, 2.0))
    assert worn > 1.15 * calm


def test_strain_drives_nobody_away_while_it_is_switched_off():
    calm, worn = (team_of(500, switches=WITHOUT_STRAIN) for _ in range(2))
    for team, demands in ((calm, 0.0), (worn, 2.0)):
        lived(team, switches=WITHOUT_STRAIN, quarters=8, demands=demands)
    assert np.array_equal(calm.person, worn.person)
    assert calm.person.sum() > 0


def test_a_higher_base_rate_multiplies_the_hazard():
    held, driven = (
        rate(lived(team_of(5_000, switches=WITHOUT_STRAIN, base=0.25), switches=WITHOUT_STRAIN, base=base))
        for base in (0.25, 0.50)
    )
    assert driven / held == pytest.approx(2.0, rel=0.08)


def test_more_hazard_keeps_every_earlier_leaver():
    teams = [team_of(2_000, switches=WITHOUT_STRAIN) for _ in range(2)]
    for team, base in zip(teams, (0.30, 0.50), strict=True):
        lived(team, switches=WITHOUT_STRAIN, quarters=1, base=base)
    left_anyway, left_now = (team.person > 0 for team in teams)
    assert left_anyway.any()
    assert (left_now >= left_anyway).all()
    assert left_now.sum() > left_anyway.sum()


def test_nobody_leaves_while_attrition_is_off():
    team = team_of(200, switches=NOBODY_LEAVES)
    came_to = lived(team, switches=NOBODY_LEAVES)
    assert sum(q.left for q in came_to) == 0
    assert (team.person == 0).all()
    assert team.is_filled.all()
    assert [q.at_risk_weeks for q in came_to] == pytest.approx([200 * WEEKS_PER_QUARTER] * QUARTERS)
    assert [q.months for q in came_to] == [600.0] * QUARTERS


def test_who_gives_notice_stays_to_the_quarters_end():
    team = team_of(500, switches=NOBODY_LEAVES)
    team.leave_left[:] = 0.001  # everybody has had enough in the first month
    (came_to,) = lived(team, quarters=1)
    assert came_to.left == 500
    assert came_to.months == 1500.0
    assert came_to.at_risk_weeks < 0.1 * 500 * WEEKS_PER_QUARTER
    assert (team.vacant_weeks > 0.0).all()


def test_the_person_time_of_leavers_is_counted():
    team = team_of(400, switches=NOBODY_LEAVES)
    team.leave_left[:200], team.leave_left[200:] = 0.0, 50.0
    team.exhaustion[:200], team.exhaustion[200:] = 4.0, -4.0
    (came_to,) = lived(team, people=replace(PEOPLE, strain_noise=0.0), quarters=1)
    assert came_to.left == 200
    assert came_to.high_strain == pytest.approx(600.0)
    assert came_to.exhaustion / came_to.months == pytest.approx(50.0, abs=1.0)


def test_a_leaver_is_replaced_by_somebody_new_after_a_search():
    team = team_of(500)
    before = {name: getattr(team, name).copy() for name in ("person", "skill", "trait", "leave_left")}
    (came_to,) = lived(team, quarters=1)
    left = team.person > before["person"]
    assert left.any()
    assert (team.person - before["person"] == left).all()
    assert came_to.left == left.sum()
    assert (team.vacant_weeks[left] > 0.0).all()
    assert (team.skill[left] != before["skill"][left]).all()
    assert (team.skill[~left] == before["skill"][~left]).all()
    assert (team.trait[~left] == before["trait"][~left]).all()
    assert (team.tenure_weeks[left] == 0.0).all()
    assert (team.exhaustion[left] == team.trait[left]).all()
    assert (team.crossover[left] == PEOPLE.crossover_start).all()
    assert (team.leave_left[~left] < before["leave_left"][~left]).any()


def test_nobody_wears_out_on_an_empty_chair():
    team = team_of(50, switches=NOBODY_LEAVES)
    team.vacant_weeks[:25] = 30.0
    before = team.exhaustion.copy()
    (came_to,) = lived(team, quarters=1, demands=3.0)
    assert (team.exhaustion[:25] == before[:25]).all()
    assert (team.exhaustion[25:] != before[25:]).all()
    assert came_to.months == 75.0


def test_searches_last_a_quarter_on_average():
    team = team_of(5_000)
    lived(team, quarters=1)
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


@pytest.mark.parametrize(("base", "weeks"), [(0.30, 13.0), (1.0, 26.0)])
def test_vacancies_start_in_their_steady_state(base, weeks):
    people = replace(PEOPLE, search_weeks=weeks)
    # 10,000 seats: a standard error below .005; three of them are allowed.
    team = team_of(10_000, people, WITHOUT_STRAIN, base)
    start = 1.0 - team.is_filled.mean()
    assert start == pytest.approx(open_share(base, weeks), abs=0.014)
    lived(team, people, WITHOUT_STRAIN, base, quarters=6)
    assert 1.0 - team.is_filled.mean() == pytest.approx(start, abs=0.014)


def test_a_team_starts_with_the_strain_that_it_is_used_to():
    team = team_of(20_000, strained=(-0.1, 0.9, 0.2, 0.8))
    assert [team.exhaustion.mean(), team.exhaustion.std()] == pytest.approx([-0.1, 0.9], abs=0.02)
    assert [team.disengagement.mean(), team.disengagement.std()] == pytest.approx([0.2, 0.8], abs=0.02)


def test_who_is_easily_strained_is_so_from_the_start():
    team = team_of(20_000, strained=(-0.1, 0.9, 0.2, 0.8))
    loop = strain.exhaustion_loop(PEOPLE)
    nothing = np.zeros(team.n)
    explained = loop.settled(team.trait, nothing, nothing)
    slope = np.cov(team.exhaustion, explained)[0, 1] / explained.var()
    assert slope == pytest.approx(1.0, abs=0.05)


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
    small, large = (team_of(n) for n in (20, 21))
    for team in (small, large):
        lived(team, quarters=6)
    for name in ("person", "vacant_weeks", "skill", "trait", "exhaustion", "disengagement", "leave_left"):
        assert np.array_equal(getattr(small, name), getattr(large, name)[:20]), name


def test_exhaustion_and_disengagement_of_a_month_are_not_the_same_luck():
    team = team_of(5_000, switches=NOBODY_LEAVES)
    team.trait[:], team.exhaustion[:], team.disengagement[:] = 0.0, 0.0, 0.0
    lived(team, switches=NOBODY_LEAVES, quarters=1)
    assert abs(np.corrcoef(team.exhaustion, team.disengagement)[0, 1]) < 0.06
    assert (team.months == 3).all()
