from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.interface import (
    cooperation_target,
    cooperation_terms,
    grown_cooperation,
    internalisation,
    steady_cooperation,
)

PEOPLE, PATHWAYS = PeopleConfig(), PathwaysConfig()
NAMES = [f.name for f in fields(PracticesConfig) if f.name != "name"]
SHARES = st.floats(0.0, 1.0)
LEVELS = st.builds(PracticesConfig, **dict.fromkeys(NAMES, SHARES))
NONE = PracticesConfig(**dict.fromkeys(NAMES, 0.0))
ALL = PracticesConfig(**dict.fromkeys(NAMES, 1.0))


CONFLICTS = st.floats(-1.5, 4.5)  # points of the mean on 1-7 above the reference's


def cooperation(practices=NONE, gap=0.0, pressure=0.0, conflict=0.0):
    return cooperation_target(PEOPLE, PATHWAYS, practices, gap, pressure, conflict)


@given(practices=LEVELS, gap=SHARES, pressure=st.floats(0.0, 0.5), conflict=CONFLICTS)
def test_cooperation_stays_between_0_and_1(practices, gap, pressure, conflict):
    assert 0.0 <= cooperation(practices, gap, pressure, conflict) <= 1.0


def test_cooperation_is_bounded_whatever_the_pathways():
    strong = replace(PATHWAYS, cooperation_shared_kpis=1.0)
    assert cooperation_target(PEOPLE, strong, ALL, 0.0, 0.0, 0.0) == 1.0
    assert cooperation_target(replace(PEOPLE, cooperation_level_gap=2.0), PATHWAYS, NONE, 1.0, 0.5, 0.0) == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_every_practice_helps_two_leaders_to_cooperate(name):
    assert cooperation(replace(NONE, **{name: 1.0})) > cooperation(NONE) == PEOPLE.cooperation_base


def test_training_helps_cooperation_least():
    gains = {name: cooperation(replace(NONE, **{name: 1.0})) for name in NAMES}
    assert min(gains, key=gains.get) == "cross_learning"


@given(
    practices=LEVELS,
    gaps=st.tuples(SHARES, SHARES),
    pressures=st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)),
    conflicts=st.tuples(CONFLICTS, CONFLICTS),
)
def test_a_gap_in_level_pressure_and_quarrels_below_never_help_cooperation(practices, gaps, pressures, conflicts):
    assert cooperation(practices, gap=max(gaps)) <= cooperation(practices, gap=min(gaps))
    assert cooperation(practices, pressure=max(pressures)) <= cooperation(practices, pressure=min(pressures))
    assert cooperation(practices, conflict=max(conflicts)) <= cooperation(practices, conflict=min(conflicts))


def test_a_point_of_conflict_among_staff_costs_two_leaders_eight_points_of_cooperation_in_a_hundred():
    assert cooperation(conflict=1.0) == pytest.approx(PEOPLE.cooperation_base - 0.08)
    assert cooperation(conflict=-1.0) == pytest.approx(PEOPLE.cooperation_base + 0.08)


def test_being_specialists_is_no_gap_in_level():
    # Two leaders, each fully at home in their own field, lose nothing; half a level between them costs a quarter.
    assert cooperation(gap=0.5) == pytest.approx(max(PEOPLE.cooperation_base - 0.25, 0.0))
    assert cooperation(gap=0.0) == PEOPLE.cooperation_base


@given(practices=LEVELS, gap=SHARES, pressure=st.floats(0.0, 0.5), conflict=CONFLICTS)
def test_cooperation_is_its_base_and_what_practices_add_less_what_gap_pressure_and_conflict_take(
    practices, gap, pressure, conflict
):
    terms = cooperation_terms(PEOPLE, PATHWAYS, practices, gap, pressure, conflict)
    added = sum(getattr(terms, name) for name in NAMES)
    taken = terms.level_gap + terms.pressure + terms.conflict
    assert terms.target == pytest.approx(min(max(terms.base + added - taken, 0.0), 1.0))
    assert terms.target == cooperation(practices, gap, pressure, conflict)


@given(target=SHARES, quarters=st.tuples(st.floats(0.0, 40.0), st.floats(0.0, 40.0)))
def test_two_leaders_grow_together_from_the_base_toward_the_target(target, quarters):
    base = PEOPLE.cooperation_base
    early, late = (grown_cooperation(PEOPLE, target, n) for n in sorted(quarters))
    assert min(base, target) - 1e-12 <= early <= late + 1e-12 <= target + 2e-12
    assert grown_cooperation(PEOPLE, target, 0.0) == pytest.approx(min(base, target))
    stepwise = min(base, target)
    for _ in range(5):
        stepwise += PEOPLE.cooperation_adjustment * (target - stepwise)
    assert grown_cooperation(PEOPLE, target, 5.0) == pytest.approx(stepwise)


@given(target=st.floats(0.25, 1.0), leaving=st.floats(0.001, 0.9))
def test_in_the_long_run_cooperation_is_the_mean_over_the_ages_of_pairs(target, leaving):
    ages = range(int(30 / leaving))
    mean = sum(leaving * (1.0 - leaving) ** age * grown_cooperation(PEOPLE, target, age) for age in ages)
    assert steady_cooperation(PEOPLE, target, leaving) == pytest.approx(mean, abs=1e-6)


def test_leaders_who_never_leave_reach_their_target():
    assert steady_cooperation(PEOPLE, 0.7, 0.0) == 0.7


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
