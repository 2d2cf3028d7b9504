from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.interface import cooperation_target, follow_up_chance, internalisation, trust_level

PEOPLE, PATHWAYS = PeopleConfig(), PathwaysConfig()
NAMES = [f.name for f in fields(PracticesConfig) if f.name != "name"]
SHARES = st.floats(0.0, 1.0)
LEVELS = st.builds(PracticesConfig, **dict.fromkeys(NAMES, SHARES))
NONE = PracticesConfig(**dict.fromkeys(NAMES, 0.0))
ALL = PracticesConfig(**dict.fromkeys(NAMES, 1.0))


def cooperation(practices=NONE, gap=0.0, pressure=0.0):
    return cooperation_target(PEOPLE, PATHWAYS, practices, gap, pressure)


@given(practices=LEVELS, gap=SHARES, pressure=st.floats(0.0, 0.5))
def test_cooperation_and_trust_stay_between_0_and_1(practices, gap, pressure):
    assert 0.0 <= cooperation(practices, gap, pressure) <= 1.0
    assert 0.0 <= trust_level(PEOPLE, PATHWAYS, practices) <= 1.0


def test_cooperation_and_trust_are_bounded_whatever_the_pathways():
    strong = replace(PATHWAYS, cooperation_shared_kpis=1.0, trust_role_clarity=1.0)
    assert cooperation_target(PEOPLE, strong, ALL, 0.0, 0.0) == 1.0
    assert trust_level(PEOPLE, strong, ALL) == 1.0
    assert cooperation_target(replace(PEOPLE, cooperation_level_gap=2.0), PATHWAYS, NONE, 1.0, 0.5) == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_every_practice_helps_two_leaders_to_cooperate(name):
    assert cooperation(replace(NONE, **{name: 1.0})) > cooperation(NONE) == PEOPLE.cooperation_base


def test_training_helps_cooperation_least():
    gains = {name: cooperation(replace(NONE, **{name: 1.0})) for name in NAMES}
    assert min(gains, key=gains.get) == "cross_learning"


@pytest.mark.parametrize("name", ["role_clarity", "joint_reviews", "shared_crm", "unified_incentives"])
def test_practices_that_make_leads_credible_raise_trust(name):
    assert trust_level(PEOPLE, PATHWAYS, replace(NONE, **{name: 1.0})) > trust_level(PEOPLE, PATHWAYS, NONE)


@given(practices=LEVELS, gaps=st.tuples(SHARES, SHARES), pressures=st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)))
def test_a_gap_in_level_and_pressure_never_help_cooperation(practices, gaps, pressures):
    assert cooperation(practices, max(gaps), 0.0) <= cooperation(practices, min(gaps), 0.0)
    assert cooperation(practices, 0.0, max(pressures)) <= cooperation(practices, 0.0, min(pressures))


def test_being_specialists_is_no_gap_in_level():
    # Two leaders, each fully at home in their own field, lose nothing; half a level between them costs a quarter.
    assert cooperation(gap=0.5) == pytest.approx(max(PEOPLE.cooperation_base - 0.25, 0.0))
    assert cooperation(gap=0.0) == PEOPLE.cooperation_base


@given(mandate=SHARES, c=SHARES, kpis=SHARES, above=st.booleans())
def test_one_mind_counts_all_costs_and_two_never_more(mandate, c, kpis, above):
    assert internalisation(True, mandate, c, kpis, above) == 1.0
    assert 0.0 <= internalisation(False, mandate, c, kpis, above) <= 1.0


@given(mandate=SHARES, above=st.booleans())
def test_two_minds_with_perfect_practices_count_as_much_as_one(mandate, above):
    for c, kpis in ((1.0, 0.0), (0.0, 1.0)):
        assert internalisation(False, mandate, c, kpis, above) == pytest.approx(1.0)


@given(mandate=SHARES, c=SHARES, kpis=SHARES)
def test_a_superior_who_answers_for_both_makes_a_weak_mandate_count_more(mandate, c, kpis):
    above = internalisation(False, mandate, c, kpis, True)
    assert above == pytest.approx(mandate * max(c, kpis) + (1 - mandate))
    assert above >= internalisation(False, mandate, c, kpis, False) - 1e-12


@given(trusts=st.tuples(SHARES, SHARES), ignored=st.floats(0.0, 0.95))
def test_trusted_leads_are_taken_up_more_often(trusts, ignored):
    low, high = sorted(trusts)
    assert follow_up_chance(low, ignored) <= follow_up_chance(high, ignored)


def test_full_trust_takes_up_every_lead_and_none_ignores_its_share():
    assert follow_up_chance(1.0, 0.5) == 1.0
    assert follow_up_chance(0.0, 0.5) == 0.5
