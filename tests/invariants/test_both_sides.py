"""No mechanism can only hurt one side: what can hurt one leader of both can hurt two, and the other way round."""

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.books import pay_usd_per_year
from sim.composition.catalogue import catalogue
from sim.config import Change, MechanismsConfig, TodayConfig
from sim.org.leaders import hired_leaders, leaving_per_year, rarity, search_weeks
from sim.org.planning import Planner
from sim.org.structure import resolved
from sim.randomness import Luck
from tests.invariants.worlds import OF_LEADERS, composed, parted, run, settled_in, with_posts, without

ORGS = catalogue().options("org")
PRESSURE = 0.1

# One leader and two under the same strain of circumstances: 24 hours a week in all, beside other duties, half at home.
CIRCUMSTANCES = {"other_domains": 2, "pay_ratio": 1.0}
BOTH = {"sales_background": 0.5, "marketing_background": 0.5, "cross_domain": 0.5}
STRUCTURES = {
    "one": ("founder_led", {"founder": CIRCUMSTANCES | BOTH | {"hours_per_week": 24.0}}),
    "two": (
        "separate",
        {
            post: CIRCUMSTANCES | BOTH | {"hours_per_week": 12.0}
            for post in ("head_of_sales", "head_of_marketing")
        },
    ),
}  # fmt: skip


def hard_pressed(side, *off, practices=None, quarters=1):
    """A company that has always been led so, under everything but what is named."""
    name, changes = STRUCTURES[side]
    config = replace(composed("separate"), horizon_quarters=quarters)
    if practices is not None:
        config = replace(config, practices=practices)
    config = replace(config, people=replace(config.people, leader_attrition_per_year=1.0))
    return without(settled_in(config, with_posts(composed(name).org, **changes)), *off)


NEEDS_TWO = {"peer_mixing", "leader_meetings", "cooperation", "internalisation"}  # nobody meets, or fails, himself
NEEDS_ONE = {"single_unit"}  # a relief: staff of two leaders are two units
NEEDS_A_CHANGE = "reorganisation"  # see below: what it costs, it costs on the way from one side to the other
SWITCHES = sorted(field.name for field in fields(MechanismsConfig) if field.name not in ("clamp", NEEDS_A_CHANGE))


@pytest.fixture(scope="module")
def under_all():
    """Runs with every mechanism on."""
    return {side: run(hard_pressed(side)) for side in STRUCTURES}


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_mechanism_reaches_one_leader_as_well_as_two(under_all, switch):
    reached = {
        side
        for side in STRUCTURES
        if parted(under_all[side], run(hard_pressed(side, switch)), OF_LEADERS - {"costs_usd"})
    }
    excused = {"one"} if switch in NEEDS_TWO else {"two"} if switch in NEEDS_ONE else set()
    assert reached == set(STRUCTURES) - excused


@pytest.mark.parametrize("way", [("one", "two"), ("two", "one")], ids="-".join)
def test_a_reorganisation_costs_whichever_way_it_goes(way):
    before, after = (hard_pressed(side, quarters=3) for side in way)
    changes = (Change(2, org=after.org),)
    there, for_free = (
        run(replace(config, transition=True, changes=changes)) for config in (before, without(before, NEEDS_A_CHANGE))
    )
    assert parted(there, for_free, OF_LEADERS - {"costs_usd"})
    spent = [sum(row["reorganisation_usd"] for row in model.rows) for model in (there, for_free)]
    assert spent[0] > spent[1] == 0.0
    assert there.unsettled.min() > 0.0


def settled_plan(config):
    """What leaders would plan who are their posts' profiles."""
    planner = Planner(config, TodayConfig(config.org, config.practices, config.roles))
    leaders = hired_leaders(planner.structure, config.people, config.mechanisms, None)
    cooperation = planner.cooperation_target(leaders, PRESSURE)
    planner.settle(leaders, PRESSURE, cooperation)
    return planner.decided(leaders, PRESSURE, cooperation)


@pytest.mark.parametrize("side", STRUCTURES)
@pytest.mark.parametrize("switch", ["attention_scarcity", "switching_loss", "away_penalty", "learning"])
def test_scarce_hours_other_duties_strange_ground_and_want_of_practice_cost_one_and_two(side, switch):
    hit, spared = (settled_plan(hard_pressed(side, *off)).quality for off in ([], [switch]))
    # Scarcity forces choices, and who learns gets better at what is done most: it is the sum that suffers.
    assert hit.sum() < spared.sum()


@pytest.mark.parametrize("org", ["founder_led", "fractional_cmo", "merged_sales_led"])
def test_other_duties_and_clients_count_as_domains_like_the_second_function(org):
    config = composed(org)
    hours = [settled_plan(without(config, *off)).hours.sum() for off in ([], ["switching_loss"])]
    assert hours[0] < hours[1] - 1.0


@pytest.mark.parametrize("side", STRUCTURES)
def test_overwork_costs_hours_of_one_and_of_two(side):
    off = ["leader_departure", "profile_spread"]
    hours = {
        is_on: np.mean([run(hard_pressed(side, *off, *shut), seed).plan.hours.sum() for seed in range(2)])
        for is_on, shut in ((True, []), (False, ["leader_strain"]))
    }
    assert hours[True] < hours[False]


@pytest.mark.parametrize("side", STRUCTURES)
def test_departures_leave_one_and_two_without_a_lead_and_cost_their_succession(side, under_all):
    steady = run(hard_pressed(side, "leader_departure"))
    effects = [np.mean([row["leadership_effect"] for row in model.rows]) for model in (under_all[side], steady)]
    assert effects[0] < effects[1] == 1.0


def test_leaders_of_every_kind_leave_at_one_hazard():
    people = composed("separate").people
    for name in ORGS:
        assert set(leaving_per_year(resolved(composed(name).org), people)) == {people.leader_attrition_per_year}


def test_posts_of_every_kind_are_vacant_equally_often_at_equal_rarity():
    """A share of search / (search + tenure) of all leaders is missing at any time, whatever the structure."""
    people, switches = composed("separate").people, MechanismsConfig()
    expected = {}
    for name in ("fractional_cmo", "merged_marketing_led"):
        structure = resolved(composed(name).org)
        assert {rarity(post.profile) for post in structure.posts} == {0.0}
        leaders = [hired_leaders(structure, people, switches, Luck(seed)) for seed in range(400)]
        expected[name] = np.mean([hired.vacant_weeks > 0.0 for hired in leaders])
    search, tenure = people.leader_search_weeks, 52.0 / people.leader_attrition_per_year
    for share in expected.values():
        assert share == pytest.approx(search / (search + tenure), abs=0.03)


def test_the_title_of_a_post_of_any_kind_can_make_its_tenure_shorter():
    people = composed("separate").people
    for name in ORGS:
        org = composed(name).org
        shorter = with_posts(org, **{post: {"tenure_years": 1.5} for post in org.posts})
        assert (leaving_per_year(resolved(shorter), people) > people.leader_attrition_per_year).all()


def test_a_rare_profile_is_sought_longer_in_any_post():
    people = composed("separate").people
    rare = {"sales_background": 1.0, "marketing_background": 1.0, "cross_domain": 0.9}
    for name in ORGS:
        org = composed(name).org
        plain, rarer = (resolved(o) for o in (org, with_posts(org, **dict.fromkeys(org.posts, rare))))
        assert (search_weeks(rarer, people) > search_weeks(plain, people)).all()


def test_an_hour_of_a_founder_costs_what_an_hour_of_any_leader_at_that_ratio_costs():
    company, week = composed("separate").company, composed("separate").people.leader_hours_per_week
    founder = composed("founder_led").org.posts["founder"]
    full_time = composed("merged_balanced").org.posts["head_of_sales_and_marketing"]
    assert founder.pay_ratio == full_time.pay_ratio
    paid = [pay_usd_per_year(company, post, week) / post.hours_per_week for post in (founder, full_time)]
    assert paid[0] == pytest.approx(paid[1])
    assert paid[0] > 0.0


def test_the_gap_between_two_leaders_is_one_of_level_not_of_being_specialists():
    config = composed("separate", "practices=none")

    def cooperation(sales, marketing):
        """C that two leaders move to, competence given as backgrounds (sales, marketing) of each."""
        people = [{"sales_background": s, "marketing_background": m} for s, m in (sales, marketing)]
        org = with_posts(config.org, head_of_sales=people[0], head_of_marketing=people[1])
        planner = Planner(config, TodayConfig(org, config.practices, config.roles))
        return planner.cooperation_target(hired_leaders(planner.structure, config.people, config.mechanisms, None), 0.0)

    specialists, generalists = cooperation((1.0, 0.0), (0.0, 1.0)), cooperation((1.0, 1.0), (1.0, 1.0))
    assert specialists == generalists
    assert cooperation((1.0, 0.0), (0.0, 0.0)) < specialists


@pytest.mark.parametrize("side", STRUCTURES)
def test_whoever_believes_all_is_well_lets_practices_slip_one_or_two(side):
    strong = composed("separate", "practices=strong").practices
    model = run(hard_pressed(side, "leader_departure", practices=strong))
    agreed = np.mean(list(strong.levels().values()))
    assert model.rows[-1]["practices_lived"] < agreed
