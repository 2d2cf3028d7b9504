from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compose import sim_config
from sim.config import MechanismsConfig, NormsConfig, PeopleConfig, Post, Profile
from sim.org.leaders import (
    hired_leaders,
    home_skill,
    leave_posts,
    leaving_per_year,
    live_quarter,
    luck_numbers,
    rarity,
    search_weeks,
    steady_careers,
)
from sim.org.structure import MARKETING, NOBODY, SALES, Structure, resolved
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import Luck

PEOPLE, SWITCHES, NORMS = PeopleConfig(), MechanismsConfig(), NormsConfig()
CALM = replace(SWITCHES, leader_strain=False)
NOBODY_LEAVES = replace(SWITCHES, leader_departure=False)
ORGS = ("separate", "merged_sales_led", "merged_marketing_led", "merged_balanced", "founder_led", "fractional_cmo",
        "marketing_under_sales", "cro_two_heads", "no_marketing")  # fmt: skip
PROFILES = {
    name: Profile(sales_background=s, marketing_background=m, cross_domain=x)
    for name, s, m, x in (("sales", 1, 0, 0.2), ("marketing", 0, 1, 0.2), ("both", 1, 1, 0.2), ("versed", 1, 0, 0.8))
}


class Department(Structure):
    """Many posts of one kind, each with a luck of its own, so that chance averages out."""

    def luck_number(self, post):
        return post


def many(n, profile=PROFILES["sales"], **post):
    holder = Post(functions=("sales",), profile=profile, **post)
    return Department(
        names=tuple(map(str, range(n))),
        posts=(holder,) * n,
        functions=((SALES,),) * n,
        superior=(NOBODY,) * n,
        leader_of=(0, 0),
        is_staffed=(True, True),
    )


@lru_cache
def of_conf(name):
    return resolved(sim_config("company=medium", f"org={name}").org)


def lived(leaders, structure, quarters=1, people=PEOPLE, switches=CALM, demands=0.0, luck=None, first=0):
    """Quarters of leaders' lives; what each came to."""
    luck, nothing, came_to = luck or Luck(0), np.zeros(structure.n), []
    for quarter in range(first, first + quarters):
        live_quarter(
            leaders, structure, people, switches, luck, nothing + demands, nothing, NORMS.leaders, 3 * quarter
        )  # fmt: skip
        came_to.append(leaders.lived)
    return came_to


def rate(quarters):
    """Leavers per year that a post was filled by somebody who had not given notice."""
    return sum(q.left for q in quarters) / (sum(q.at_risk_weeks for q in quarters) / WEEKS_PER_YEAR)


# ---- who is hired


@pytest.mark.parametrize("name", ORGS)
def test_without_luck_every_post_is_held_by_the_mean_of_its_profile(name):
    structure = of_conf(name)
    leaders = hired_leaders(structure, PEOPLE, SWITCHES, None)
    for post in range(structure.n):
        profile = structure.posts[post].profile
        assert leaders.skill[post] == pytest.approx(home_skill(PEOPLE, SWITCHES, profile))
        assert leaders.horizon[post] == profile.planning_horizon_quarters
        assert leaders.cross_domain[post] == profile.cross_domain
    assert (leaders.presence() == 1.0).all()
    assert (leaders.effect(PEOPLE) == 1.0).all()


@given(sales=st.floats(0.0, 1.0), marketing=st.floats(0.0, 1.0), penalty=st.floats(0.0, 0.4))
def test_away_from_home_competence_is_lost_in_proportion(sales, marketing, penalty):
    people = replace(PEOPLE, away_penalty=penalty)
    skill = home_skill(people, SWITCHES, Profile(sales_background=sales, marketing_background=marketing))
    assert skill == pytest.approx([0.8 * (1.0 - penalty * (1.0 - at_home)) for at_home in (sales, marketing)])


@given(penalty=st.floats(0.01, 0.4), share=st.floats(0.0, 1.0))
def test_practice_can_make_good_a_part_of_what_is_lost_away_from_home(penalty, share):
    people = replace(PEOPLE, away_penalty=penalty, learnable_share=share)
    leaders = hired_leaders(many(1), people, SWITCHES, None)
    lost = 0.8 * penalty
    assert leaders.potential[0] == pytest.approx([0.8, 0.8 - (1.0 - share) * lost])


def test_holders_of_a_post_differ_as_its_profile_says():
    profile = replace(PROFILES["sales"], skill_spread=0.1, horizon_spread=0.3, planning_horizon_quarters=4.0)
    found = [hired_leaders(many(1, profile), PEOPLE, SWITCHES, Luck(seed)) for seed in range(800)]
    skill = np.array([leaders.skill[0] for leaders in found])
    assert skill.mean(axis=0) == pytest.approx([0.8, 0.64], abs=0.012)
    assert skill[:, MARKETING].std() == pytest.approx(0.1, rel=0.1)
    ahead = np.log([leaders.horizon[0] / 4.0 for leaders in found])
    assert [ahead.mean(), ahead.std()] == pytest.approx([0.0, 0.3], abs=0.03)


def test_whoever_leads_a_function_has_the_same_luck_with_skill_in_every_structure():
    def luck_of(name, function, seed):
        structure = of_conf(name)
        post = structure.leader_of[function]
        profile = structure.posts[post].profile
        skill = hired_leaders(structure, PEOPLE, SWITCHES, Luck(seed)).skill[post, function]
        return (skill - home_skill(PEOPLE, SWITCHES, profile)[function]) / profile.skill_spread

    for seed in range(5):
        for function in (SALES, MARKETING):
            draws = [luck_of(name, function, seed) for name in ("separate", "merged_sales_led", "fractional_cmo")]
            unclipped = [draw for draw in draws if abs(draw) < 3.0]
            assert unclipped == pytest.approx([draws[0]] * len(unclipped))


# ---- a common hazard


@pytest.mark.parametrize("name", ORGS)
def test_leaders_of_every_kind_leave_at_one_common_hazard(name):
    structure = of_conf(name)
    assert leaving_per_year(structure, PEOPLE).tolist() == [PEOPLE.leader_attrition_per_year] * structure.n


def test_a_post_with_a_tenure_of_its_own_is_left_at_that_rate():
    structure = replace(many(2), posts=(Post(tenure_years=2.0), Post()))
    assert leaving_per_year(structure, PEOPLE).tolist() == [0.5, 0.30]


@pytest.mark.parametrize("stated", [0.15, 0.30, 0.60])
def test_posts_are_left_at_the_stated_rate(stated):
    # 4,000 posts over five years: a standard error of at most 2% of the rate; three of them are allowed.
    people, structure = replace(PEOPLE, leader_attrition_per_year=stated), many(4_000)
    came_to = lived(hired_leaders(structure, people, CALM, Luck(0)), structure, 20, people)
    assert rate(came_to) == pytest.approx(stated, rel=0.06 if stated < 0.3 else 0.04)


def test_tenures_last_as_long_as_is_stated_for_a_post():
    structure = many(4_000, tenure_years=1.5)
    came_to = lived(hired_leaders(structure, PEOPLE, CALM, Luck(0)), structure, 20)
    assert rate(came_to) == pytest.approx(1 / 1.5, rel=0.04)


def test_strained_leaders_leave_more_readily():
    structure = many(2_000)
    calm, worn = (
        rate(lived(hired_leaders(structure, PEOPLE, SWITCHES, Luck(0)), structure, 12, switches=SWITCHES, demands=d))
        for d in (0.0, 2.0)
    )
    assert worn > 1.15 * calm


def test_nobody_leaves_while_departures_are_off():
    structure = many(500)
    leaders = hired_leaders(structure, PEOPLE, NOBODY_LEAVES, Luck(0))
    came_to = lived(leaders, structure, 20, switches=NOBODY_LEAVES)
    assert sum(q.left for q in came_to) == leaders.person.sum() == 0
    assert (leaders.presence() == 1.0).all()


# ---- notice, search, succession


def test_who_gives_notice_stays_to_the_quarters_end():
    structure = many(50)
    leaders = hired_leaders(structure, PEOPLE, NOBODY_LEAVES, Luck(0))
    leaders.leave_left[:] = 0.001  # everybody has had enough in the first month
    assert (leaders.presence() == 1.0).all()
    (came_to,) = lived(leaders, structure)
    assert came_to.left == 50
    assert came_to.months == 150.0
    assert came_to.at_risk_weeks < 0.1 * 50 * WEEKS_PER_QUARTER
    assert (leaders.vacant_weeks > 0.0).all()
    assert (leaders.person == 1).all()


def test_a_successor_is_somebody_new_from_the_posts_profile_who_has_yet_to_come():
    structure = many(400, replace(PROFILES["both"], skill_spread=0.05))
    leaders = hired_leaders(structure, PEOPLE, SWITCHES, Luck(0))
    before = leaders.skill.copy()
    left = np.arange(400) < 300
    leave_posts(leaders, left, structure, PEOPLE, SWITCHES, Luck(0))
    assert (leaders.tenure_weeks[left] == 0.0).all()
    assert (leaders.vacant_weeks[left] > 0.0).all()
    assert (leaders.exhaustion[left] == leaders.trait[left]).all()
    assert np.array_equal(leaders.skill[~left], before[~left])
    # Persons are drawn per function, so posts of one function get the same person; another than before.
    assert (leaders.skill[left] != before[left]).all()
    assert np.abs(leaders.skill[left] - 0.8).max() < 5 * 0.05


@given(sales=st.floats(0.0, 1.0), marketing=st.floats(0.0, 1.0), versed=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_being_at_home_in_both_or_versed_in_both_makes_a_profile_rarer(sales, marketing, versed):
    low, high = (Profile(sales, marketing, cross_domain=x) for x in sorted(versed))
    assert 0.0 <= rarity(low) <= rarity(high)
    assert rarity(replace(low, sales_background=1.0, marketing_background=1.0)) >= rarity(low)


def test_an_ordinary_profile_is_found_in_17_weeks_and_a_rarer_one_takes_longer():
    weeks = {name: search_weeks(many(1, profile), PEOPLE)[0] for name, profile in PROFILES.items()}
    assert weeks["sales"] == weeks["marketing"] == PEOPLE.leader_search_weeks == 17.0
    assert weeks["both"] == pytest.approx(2.0 * 17.0)
    assert weeks["versed"] == pytest.approx(1.6 * 17.0)
    alike = replace(PEOPLE, rarity_slope=0.0)
    assert {search_weeks(many(1, profile), alike)[0] for profile in PROFILES.values()} == {17.0}


@pytest.mark.parametrize("kind", ["sales", "both"])
def test_searches_last_as_long_as_the_profile_is_rare(kind):
    # 4,000 searches: a standard error of 1.6% of the mean; three of them are allowed.
    structure = many(4_000, PROFILES[kind])
    leaders = hired_leaders(structure, PEOPLE, NOBODY_LEAVES, Luck(0))
    leave_posts(leaders, np.ones(4_000, dtype=bool), structure, PEOPLE, SWITCHES, Luck(0))
    assert leaders.vacant_weeks.mean() == pytest.approx(search_weeks(structure, PEOPLE)[0], rel=0.05)


def test_a_search_for_a_rarer_profile_has_the_same_luck_and_lasts_in_proportion():
    weeks = []
    for kind in ("sales", "both"):
        structure = many(50, PROFILES[kind])
        leaders = hired_leaders(structure, PEOPLE, NOBODY_LEAVES, Luck(3))
        leave_posts(leaders, np.ones(50, dtype=bool), structure, PEOPLE, SWITCHES, Luck(3))
        weeks.append(leaders.vacant_weeks)
    np.testing.assert_allclose(weeks[1], 2.0 * weeks[0])


def test_a_vacant_post_is_filled_when_the_search_ends_and_leads_in_full_three_months_later():
    structure = many(1)
    leaders = hired_leaders(structure, PEOPLE, NOBODY_LEAVES, None)
    leaders.vacant_weeks[:], leaders.tenure_weeks[:], leaders.leave_left[:] = 19.5, 0.0, 1e9
    found = []
    for quarter in range(4):
        found.append((leaders.presence()[0], leaders.effect(PEOPLE)[0]))
        lived(leaders, structure, first=quarter)
    presence, effect = zip(*found, strict=True)
    assert presence == pytest.approx((0.0, 0.5, 1.0, 1.0))
    assert effect[0] == 0.0
    assert 0.0 < effect[1] < 0.5 * presence[1]
    assert effect[1] < effect[2] < 1.0
    assert effect[3] == 1.0
    assert leaders.tenure_weeks[0] == pytest.approx(2.5 * WEEKS_PER_QUARTER)


@given(vacant=st.floats(0.0, 40.0), tenure=st.floats(0.0, 40.0), months=st.floats(0.0, 18.0))
def test_a_leader_has_no_effect_while_away_and_never_more_than_presence(vacant, tenure, months):
    leaders = hired_leaders(many(1), PEOPLE, NOBODY_LEAVES, None)
    leaders.vacant_weeks[:], leaders.tenure_weeks[:] = vacant, tenure if vacant == 0.0 else 0.0
    presence, effect = leaders.presence()[0], leaders.effect(replace(PEOPLE, leader_ramp_months=months))[0]
    assert 0.0 <= effect <= presence + 1e-12 <= 1.0 + 1e-12
    if months == 0.0:
        assert effect == pytest.approx(presence)


# ---- a steady start


@pytest.mark.parametrize(("kind", "stated"), [("sales", 0.30), ("both", 0.60)])
def test_careers_start_in_their_steady_state(kind, stated):
    # 4,000 posts: a standard error of at most .008 of a share; three of them are allowed.
    people, structure = replace(PEOPLE, leader_attrition_per_year=stated), many(4_000, PROFILES[kind])
    leaders = hired_leaders(structure, people, CALM, Luck(0))
    start = (leaders.presence().mean(), leaders.effect(people).mean(), (leaders.vacant_weeks > 0.0).mean())
    lived(leaders, structure, 12, people)
    later = (leaders.presence().mean(), leaders.effect(people).mean(), (leaders.vacant_weeks > 0.0).mean())
    assert start == pytest.approx(later, abs=0.024)


@pytest.mark.parametrize(("kind", "stated"), [("sales", 0.30), ("both", 0.60)])
def test_the_long_run_means_in_closed_form_are_those_of_many_careers(kind, stated):
    people, structure = replace(PEOPLE, leader_attrition_per_year=stated), many(4_000, PROFILES[kind])
    leaders, presence, effect = hired_leaders(structure, people, CALM, Luck(0)), [], []
    for quarter in range(12):
        presence.append(leaders.presence().mean())
        effect.append(leaders.effect(people).mean())
        lived(leaders, structure, 1, people, first=quarter)
    closed = [mean[0] for mean in steady_careers(structure, people)]
    assert [np.mean(presence), np.mean(effect)] == pytest.approx(closed, abs=0.012)


def test_careers_held_at_their_mean_have_no_leavers():
    structure = many(200)
    leaders = hired_leaders(structure, PEOPLE, CALM, Luck(0))
    leaders.steady = steady_careers(structure, PEOPLE)
    came_to = lived(leaders, structure, 12)
    assert sum(q.left for q in came_to) == 0
    assert leaders.presence() == pytest.approx(steady_careers(structure, PEOPLE)[0])


def test_leaders_start_as_strained_as_their_conditions_leave_them():
    structure, n = many(4_000), 4_000
    leaders = hired_leaders(structure, PEOPLE, SWITCHES, Luck(0))
    leaders.settle_strain(PEOPLE, Luck(0), luck_numbers(structure), np.full(n, 0.5), np.full(n, -0.5))
    start = [leaders.exhaustion.mean(), leaders.exhaustion.std(), leaders.disengagement.mean()]
    for quarter in range(8):
        live_quarter(
            leaders, structure, PEOPLE, NOBODY_LEAVES, Luck(0), np.full(n, 0.5), np.full(n, -0.5), NORMS.leaders,
            3 * quarter,
        )  # fmt: skip
    end = [leaders.exhaustion.mean(), leaders.exhaustion.std(), leaders.disengagement.mean()]
    assert start == pytest.approx(end, abs=0.05)
    assert start[0] > 0.2


# ---- what a quarter came to


def test_one_leader_of_both_functions_counts_as_often_as_two_and_who_leads_none_not_at_all():
    for name, months in (("merged_balanced", 6.0), ("separate", 6.0), ("cro_two_heads", 6.0), ("no_marketing", 3.0)):
        structure = of_conf(name)
        (came_to,) = lived(hired_leaders(structure, PEOPLE, NOBODY_LEAVES, Luck(0)), structure)
        assert came_to.months == months, name


def test_nobody_is_strained_in_a_vacant_post():
    structure = many(2)
    leaders = hired_leaders(structure, PEOPLE, NOBODY_LEAVES, Luck(0))
    leaders.vacant_weeks[:] = [30.0, 0.0]
    before = leaders.exhaustion.copy()
    (came_to,) = lived(leaders, structure, switches=SWITCHES, demands=3.0)
    assert leaders.exhaustion[0] == before[0]
    assert leaders.exhaustion[1] != before[1]
    assert came_to.months == 3.0


def test_leaders_feel_no_strain_while_it_is_off():
    structure = many(20)
    leaders = hired_leaders(structure, PEOPLE, CALM, Luck(0))
    lived(leaders, structure, 4, demands=3.0)
    assert (leaders.exhaustion == 0.0).all()
    assert (leaders.trait == 0.0).all()


def test_ramp_and_search_are_counted_in_weeks_of_the_year():
    assert PEOPLE.leader_ramp_months * WEEKS_PER_MONTH == pytest.approx(WEEKS_PER_QUARTER)
