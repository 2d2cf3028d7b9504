"""With every channel closed structures tie to the bit: same market, staff, burnout, books but for leaders' pay.

The list that closes them is as short as it can be: each entry is needed, and every other mechanism stays on.
"""

from dataclasses import fields

import pytest

from sim.config import MechanismsConfig
from tests.invariants.worlds import (
    CLOSED,
    HORIZON_CHANNELS,
    NUMBER_OF_LEADERS,
    OF_LEADERS,
    ONE,
    ONE_POST,
    OUTLOOK_OF_LEADERS,
    PAY_OF_LEADERS,
    TWO,
    closed,
    parted,
    run,
    without,
)

OTHERS = (
    ONE,
    "merged_marketing_led",
    "merged_balanced",
    "founder_led",
    "cro_two_heads",
    "fractional_cmo",
    "marketing_under_sales",
)
QUARTERS = 3


@pytest.fixture(scope="module")
def two():
    """Two leaders in the null world."""
    return run(closed(TWO, quarters=QUARTERS))


@pytest.mark.parametrize("org", OTHERS)
def test_structures_tie_in_the_null_world(two, org):
    other = run(closed(org, quarters=QUARTERS))
    assert not parted(two, other, PAY_OF_LEADERS | NUMBER_OF_LEADERS)
    mine, theirs = two.results(), other.results()
    for headline in ("revenue_usd", "brand_equity", "burnout", "burnout_staff", "run_off_usd"):
        assert mine[headline] == theirs[headline]


def test_they_tie_too_where_leaders_equalise_returns(two):
    """Hours that are not scarce are not shared out, so that no rule of sharing them has anything to do."""
    rival = "people.attention_rule=marginal"
    for org in (TWO, *OTHERS):
        assert not parted(two, run(closed(org, rival, quarters=QUARTERS)), PAY_OF_LEADERS | NUMBER_OF_LEADERS)


@pytest.mark.parametrize(
    ("org", "post", "ratio"), [(ONE, ONE_POST, 1.9), ("founder_led", "org.posts.founder", 95 / 24)]
)
def test_at_equal_pay_structures_tie_in_value_too(two, org, post, ratio):
    """Two leaders are paid 1.9 heads of sales; a founder has 24 of 50 hours, so the same pay is a higher ratio."""
    other = run(closed(org, f"{post}.pay_ratio={ratio}", quarters=QUARTERS))
    for name in ("npv_usd", "profit_usd", "cac_usd", "leadership_cost_usd"):
        assert other.results()[name] == pytest.approx(two.results()[name], rel=1e-9)


def test_in_the_null_world_horizons_may_differ_where_nothing_follows_from_them():
    differing = (without(closed(org, opened=("horizons",)), *HORIZON_CHANNELS) for org in (ONE, TWO))
    one, two = (run(config) for config in differing)
    assert one.rows[-1]["horizon_marketing"] != two.rows[-1]["horizon_marketing"]
    assert not parted(one, two, PAY_OF_LEADERS | NUMBER_OF_LEADERS | OUTLOOK_OF_LEADERS)


# Per entry of the list: a structure that it parts from two leaders; what must be open beside it to see that, which by
# itself parts nobody; settings of both; settings of the one's posts and of the two's.
SHOWN_BY = {
    "attention_scarcity": ("fractional_cmo", (), (), (), ()),
    "spare_hours": (ONE, (), (), (), ()),
    # Nobody misses an hour unless hours are scarce: one leader of both has 49, and 44 are needed.
    "switching_loss": (ONE, ("attention_scarcity",), ("people.need_factor=1.1",), (), ()),
    "away_penalty": (ONE, (), (), (), ()),
    # Luck is keyed by function, so that persons of equal spread are equal in any structure.
    "profile_spread": (ONE, (), (), (f"{ONE_POST}.profile.skill_spread=0.2",), ()),
    "cross_domain": ("merged_balanced", (), (), (), ()),
    # Two half-time leaders have the hours that are needed, until they meet.
    "leader_meetings": (
        ONE, ("attention_scarcity",), (), (),
        ("org.posts.head_of_sales.hours_per_week=25", "org.posts.head_of_marketing.hours_per_week=24"),
    ),
    # A common superior relieves conflict, so each closes the other.
    "conflict": (ONE, ("single_unit",), (), (), ()),
    "single_unit": (ONE, ("conflict",), (), (), ()),
    # Two who cooperate in full count all costs, and who counts all costs need not cooperate for it.
    "internalisation": (ONE, ("cooperation",), (), (), ()),
    "cooperation": (ONE, ("internalisation",), (), (), ()),
    # What is kept up depends on alignment as it is seen, and that on cooperation.
    "practice_upkeep": (ONE, ("cooperation",), (), (), ()),
    "mandate": ("marketing_under_sales", (), (), (), ()),
    # Money moves where leaders differ in what they think it worth; other consequences of horizons are closed for this.
    "reallocation": (ONE, ("horizons",), (), (), ()),
    "leader_strain": (ONE, (), (), (), ()),
    "leader_departure": (ONE, (), ("people.leader_attrition_per_year=1.5",), (), ()),
    "horizons": (ONE, (), (), (), ()),
}  # fmt: skip


@pytest.mark.parametrize("entry", CLOSED)
def test_each_entry_of_the_list_is_needed_for_the_tie(entry):
    org, beside, both, of_one, of_two = SHOWN_BY[entry]
    shut = [name for name in HORIZON_CHANNELS if entry == "reallocation" and name != "horizon_reallocation"]
    for opened, is_tie in ((beside, True), ((*beside, entry), False)):
        one, two = (
            run(without(closed(name, *both, *own, opened=opened), *shut))
            for name, own in ((org, of_one), (TWO, of_two))
        )
        assert (not parted(one, two, OF_LEADERS)) == is_tie


# Open in the null world, and at work there: closing one changes the world, for all structures alike.
AT_WORK = (
    "pressure",
    "trust",
    "attribution",
    "channels",
    "own_content",
    "insight",
    "variable_pay",
    "staff_strain",
    "attrition",
    "role_ambiguity",
)
# Open, with nothing to work on: leaders who look equally far differ in no judgement, whoever mixes it; leaders who
# have the hours that are needed, in what they are at home in, neither learn nor forget; and nobody reorganises
# (`test_changes` has the null world in which somebody does).
NOTHING_TO_DO = (*HORIZON_CHANNELS, "peer_mixing", "learning", "reorganisation")


@pytest.mark.parametrize("switch", AT_WORK)
def test_what_stays_open_is_at_work_in_the_null_world_and_parts_nobody(two, switch):
    shut = [run(without(closed(org, quarters=QUARTERS), switch)) for org in (TWO, ONE)]
    assert parted(two, shut[0])
    assert not parted(*shut)


def test_the_rest_has_nothing_to_do_in_the_null_world(two):
    assert not parted(two, run(without(closed(TWO, quarters=QUARTERS), *NOTHING_TO_DO)))


def test_every_mechanism_is_closed_or_open_with_a_reason():
    switches = {field.name for field in fields(MechanismsConfig)} - {"clamp"}
    assert switches == {*CLOSED, *AT_WORK, *NOTHING_TO_DO} - {"horizons"}


def test_the_null_world_is_not_dead(two):
    results = two.results()
    assert results["wins"] > 50
    assert two.sales.person.sum() > 0
    assert 10.0 < results["burnout_staff"] < 90.0
