from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import MarketingNorms, PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.content import (
    CONTENT,
    content_used,
    insight_target,
    message_consistency,
    own_content_share,
    supply,
)

PEOPLE, PATHWAYS, TYPICAL = PeopleConfig(), PathwaysConfig(), PracticesConfig()
NAMES = tuple(TYPICAL.levels())
NONE = PracticesConfig(**dict.fromkeys(NAMES, 0.0))
SHARES = st.floats(0.0, 1.0)
LEVELS = st.builds(PracticesConfig, **dict.fromkeys(NAMES, SHARES))


@pytest.fixture(scope="module")
def plan_led(tiny_past):
    """A way to lead content with some quality, all else as today."""

    def led(quality):
        every = tiny_past.today.quality.copy()
        every[CONTENT] = quality
        return replace(tiny_past.today, quality=every)

    return led


def consistency(supplied=0.5, versed=0.2, practices=NONE, people=PEOPLE):
    return message_consistency(people, PATHWAYS, practices, supplied, versed)


# ---- insight


@given(practices=LEVELS, quality=SHARES)
def test_insight_lies_between_0_and_1(plan_led, practices, quality):
    assert 0.0 <= insight_target(PEOPLE, PATHWAYS, practices, plan_led(quality)) <= 1.0
    generous = replace(PATHWAYS, insight_joint_reviews=1.0)
    assert insight_target(PEOPLE, generous, replace(NONE, joint_reviews=1.0), plan_led(1.0)) == 1.0


def test_insight_is_made_by_leadership_of_content_joint_reviews_and_shared_data(plan_led):
    def insight(quality=0.0, **levels):
        return insight_target(PEOPLE, PATHWAYS, replace(NONE, **levels), plan_led(quality))

    assert insight() == PEOPLE.insight_base == 0.2
    assert insight(quality=1.0) - insight() == pytest.approx(0.4)
    assert insight(joint_reviews=1.0) - insight() == pytest.approx(0.3)
    assert insight(shared_crm=1.0) - insight() == pytest.approx(0.1)
    for name in {*NAMES} - {"joint_reviews", "shared_crm"}:
        assert insight(**{name: 1.0}) == insight()


# ---- use of content


@given(insights=st.tuples(SHARES, SHARES), trusts=st.tuples(SHARES, SHARES))
def test_content_that_fits_and_comes_from_the_trusted_is_used_more(insights, trusts):
    low = content_used(PEOPLE, min(insights), min(trusts))
    high = content_used(PEOPLE, max(insights), max(trusts))
    assert 0.0 <= low <= high <= 1.0


def test_a_fifth_of_content_is_used_anyhow_and_four_fifths_at_best():
    for insight, trust in ((0.0, 1.0), (1.0, 0.0), (0.0, 0.0)):
        assert content_used(PEOPLE, insight, trust) == pytest.approx(0.2)
    assert content_used(PEOPLE, 1.0, 1.0) == pytest.approx(0.8)


@given(insight=SHARES, trust=SHARES)
def test_insight_and_trust_need_each_other(insight, trust):
    assert content_used(PEOPLE, insight, trust) == pytest.approx(content_used(PEOPLE, trust, insight))
    assert content_used(PEOPLE, insight, trust) == pytest.approx(0.2 + 0.6 * (insight * trust) ** 0.5)


# ---- supply, own content, one story


@given(covered=SHARES, used=SHARES)
def test_salespeople_are_supplied_by_content_that_is_led_and_used(covered, used):
    assert supply(PEOPLE, covered, used) == pytest.approx(covered * min(used / 0.7, 1.0))
    assert supply(PEOPLE, covered, 0.0) == supply(PEOPLE, 0.0, used) == 0.0


def test_seven_tenths_used_are_enough():
    assert supply(PEOPLE, 1.0, 0.7) == supply(PEOPLE, 1.0, 1.0) == 1.0


@given(supplies=st.tuples(SHARES, SHARES))
def test_who_is_supplied_less_makes_more_content_of_ones_own(supplies):
    badly, well = (own_content_share(PEOPLE, supplied, True) for supplied in sorted(supplies))
    assert 0.04 <= well <= badly <= 0.15 + 1e-12


def test_without_supply_a_seventh_of_the_week_goes_into_own_content():
    assert own_content_share(PEOPLE, 0.0, True) == pytest.approx(0.04 + 0.11)
    assert own_content_share(PEOPLE, 1.0, True) == pytest.approx(0.04)


@given(supplied=SHARES)
def test_own_content_stays_at_its_floor_while_switched_off(supplied):
    assert own_content_share(PEOPLE, supplied, False) == PEOPLE.own_content_floor


@given(supplies=st.tuples(SHARES, SHARES), versed=st.tuples(SHARES, SHARES), practices=LEVELS)
def test_the_story_is_one_where_content_is_supplied_and_leaders_are_versed(supplies, versed, practices):
    low = consistency(min(supplies), min(versed), practices)
    high = consistency(max(supplies), max(versed), practices)
    assert 0.0 <= low <= high <= 1.0


def test_supply_versatility_and_a_clear_handover_each_add_to_one_story():
    assert consistency(supplied=1.0) - consistency(supplied=0.0) == pytest.approx(0.35)
    assert consistency(versed=1.0) - consistency(versed=0.0) == pytest.approx(0.1)
    assert consistency(practices=replace(NONE, role_clarity=1.0)) - consistency() == pytest.approx(0.1)
    for name in {*NAMES} - {"role_clarity"}:
        assert consistency(practices=replace(NONE, **{name: 1.0})) == consistency()


def test_nobody_tells_more_than_one_story():
    assert consistency(1.0, 1.0, replace(NONE, role_clarity=1.0), replace(PEOPLE, consistency_base=1.0)) == 1.0


def test_the_reference_of_marketers_knows_how_much_of_their_work_is_used():
    # Their resource `use` is the mean of leads called, at most all, and content used, .2 to .8.
    assert 0.1 < MarketingNorms().use.mean < 0.9
