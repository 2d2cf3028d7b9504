from dataclasses import fields, replace
from inspect import getsource

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import Moment, NormsConfig, PeopleConfig
from sim.model import GoToMarket
from sim.org import conditions as met
from sim.org import strain
from sim.org.conditions import CONDITIONS, DEMANDS, FURTHEST, RESOURCES, ambiguity, standardised
from sim.phases import living

PEOPLE, NORMS = PeopleConfig(), NormsConfig()
GROUPS = {"sales": NORMS.sales, "marketing": NORMS.marketing, "leaders": NORMS.leaders}
VALUES = st.floats(-50.0, 50.0)
SHARES = st.floats(0.0, 1.0)
EACH = [
    (group, name)
    for group, reference in GROUPS.items()
    for name in (*DEMANDS, *RESOURCES)
    if hasattr(reference, name)
]  # fmt: skip


def names_of(group, kind):
    return [name for name in kind if hasattr(GROUPS[group], name)]


def usual(group, **changed):
    """Conditions of one person of the reference's mean, some of them changed by so many SD."""
    reference = GROUPS[group]
    every = {name: getattr(reference, name) for name in names_of(group, (*DEMANDS, *RESOURCES))}
    return {name: np.array([m.mean + changed.get(name, 0.0) * m.sd]) for name, m in every.items()}


def composite(people, reference, conditions, kind):
    """Demands or resources that people under these conditions feel."""
    here = met.nothing_met(len(next(iter(conditions.values()))))
    for name, values in conditions.items():
        here[CONDITIONS.index(name)] = values
    return met.composite(people, reference, here)[(DEMANDS, RESOURCES).index(kind)]


def felt(group, kind, people=PEOPLE, **changed):
    return float(composite(people, GROUPS[group], usual(group, **changed), kind)[0])


# ---- in SD of the reference population


@given(value=VALUES, mean=VALUES, sd=st.floats(0.01, 20.0))
def test_a_condition_is_felt_in_sd_of_the_reference_and_no_further_than_three(value, mean, sd):
    found = standardised(np.array([value]), Moment(mean, sd))[0]
    assert found == pytest.approx(min(max((value - mean) / sd, -3.0), 3.0))
    assert FURTHEST == 3.0


@pytest.mark.parametrize("group", GROUPS)
def test_the_mean_person_of_the_reference_feels_neither_demands_nor_resources(group):
    assert felt(group, DEMANDS) == felt(group, RESOURCES) == 0.0


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("kind", [DEMANDS, RESOURCES], ids=["demands", "resources"])
def test_independent_conditions_of_the_reference_add_up_to_one_sd(group, kind):
    names, n = names_of(group, kind), 200_000
    chance = np.random.default_rng(0)
    reference = GROUPS[group]
    conditions = {
        name: chance.normal(getattr(reference, name).mean, getattr(reference, name).sd, n) for name in names
    }  # fmt: skip
    total = composite(PEOPLE, reference, conditions, kind)
    assert [total.mean(), total.std()] == pytest.approx([0.0, 1.0], abs=0.01)


@given(weights=st.lists(st.floats(0.01, 2.0), min_size=6, max_size=6))
def test_only_the_ratio_of_weights_counts(weights):
    few, many = (
        replace(PEOPLE, **{f"{name}_weight": factor * w for name, w in zip(DEMANDS, weights, strict=True)})
        for factor in (0.5, 1.0)
    )
    changed = {"workload": 1.0, "conflict": -0.5, "junk": 2.0}
    assert felt("sales", DEMANDS, few, **changed) == pytest.approx(felt("sales", DEMANDS, many, **changed))


def test_without_any_weight_nothing_is_felt():
    numb = replace(PEOPLE, **{f"{name}_weight": 0.0 for name in DEMANDS})
    assert felt("sales", DEMANDS, numb, workload=2.0) == 0.0


def test_role_ambiguity_weighs_most_and_travel_least():
    weights = {name: getattr(PEOPLE, f"{name}_weight") for name in DEMANDS}
    assert max(weights, key=weights.get) == "ambiguity"
    assert min(weights, key=weights.get) == "travel"


# ---- each enters once


def test_no_condition_is_both_a_demand_and_a_resource():
    assert not {*DEMANDS} & {*RESOURCES}
    weights = {f.name.removesuffix("_weight") for f in fields(PEOPLE) if f.name.endswith("_weight")}
    assert {*DEMANDS, *RESOURCES} <= weights


@pytest.mark.parametrize(("group", "name"), EACH)
def test_a_condition_enters_one_side_once_and_by_its_weight(group, name):
    kind, other = (DEMANDS, RESOURCES) if name in DEMANDS else (RESOURCES, DEMANDS)
    norm = np.sqrt(sum(getattr(PEOPLE, f"{n}_weight") ** 2 for n in names_of(group, kind)))
    assert felt(group, kind, **{name: 1.0}) == pytest.approx(getattr(PEOPLE, f"{name}_weight") / norm)
    assert felt(group, other, **{name: 1.0}) == 0.0


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_feels_what_its_reference_knows_and_nothing_else(group):
    known = {f.name for f in fields(GROUPS[group])} - {"exhaustion", "disengagement", "leaving"}
    assert known == {*names_of(group, DEMANDS), *names_of(group, RESOURCES)}
    for stranger in {*DEMANDS, *RESOURCES} - known:
        conditions = usual(group) | {stranger: np.array([99.0])}
        for kind in (DEMANDS, RESOURCES):
            assert composite(PEOPLE, GROUPS[group], conditions, kind)[0] == 0.0


@pytest.fixture(scope="module")
def model(tiny, tiny_past):
    lived = GoToMarket(tiny, 1, tiny_past)
    for _ in range(3):
        lived.step()
    return lived


def test_every_person_meets_every_condition_of_the_group(model):
    met = {
        "sales": (living.sales_conditions(model), model.sales.n),
        "marketing": (living.marketing_conditions(model), model.marketing.n),
        "leaders": (living.raw_leader_conditions(model, model.plan, model.pressure), model.planner.structure.n),
    }
    for group, (conditions, n) in met.items():
        asked = {*names_of(group, DEMANDS), *names_of(group, RESOURCES)}
        assert asked <= {*conditions}, group
        for name in asked:
            assert conditions[name].shape == (n,), f"{group}: {name}"
            assert np.isfinite(conditions[name]).all()


def test_strain_knows_conditions_by_their_two_sums_alone():
    # The loop itself names none of them, so none can enter a second time.
    source = getsource(strain.Loop) + "".join(map(getsource, (strain.drive, strain.moved, strain.later)))
    assert not [name for name in (*DEMANDS, *RESOURCES) if name in source]


# ---- conditions of selling and of leading


def test_a_quarter_of_selling_is_what_arrays_say():
    chance, n = np.random.default_rng(0), 6
    load, junk, calling, used, booked, quota = chance.uniform(0.5, 2.0, (6, n))
    calling[0] = junk[0] = quota[1] = 0.0
    booked[2] = 9.0 * quota[2]
    here = met.nothing_met(n)
    met.meet_selling(here, load, junk, calling, used, booked, quota, 1.5, 0.8)
    assert np.array_equal(here[met.WORKLOAD], load)
    assert here[met.JUNK] == pytest.approx([0.0, *(junk / np.maximum(calling, 1e-9))[1:]])
    assert here[met.TRAVEL] == pytest.approx(used / 13 * 1.5)
    assert here[met.RECOGNITION, 1] == 0.8, "who has no quota has done what was asked"
    assert here[met.RECOGNITION, 2] == 1.6, "more than twice the quota is not felt as more"
    assert here[met.RECOGNITION, 3:] == pytest.approx(0.8 * np.minimum(booked[3:] / quota[3:], 2.0))


def test_leaders_are_loaded_by_needs_beyond_their_hours_and_meet_their_peers_quarrels_too():
    led = np.array([[True, True, False], [False, False, True], [False, False, False]])
    here, needs = met.nothing_met(3), np.array([30.0, 30.0, 20.0])
    met.meet_leading(here, led, needs, np.array([40.0, 40.0, 0.0]), np.array([True, True, False]), 2.0, 3.0)
    assert here[met.WORKLOAD].tolist() == [0.5, 0.0, 0.0]
    assert here[met.CONFLICT].tolist() == [2.5, 2.5, 1.5]


# ---- role ambiguity


@given(crossover=st.floats(0.0, 0.5), effects=st.tuples(SHARES, SHARES))
def test_two_jobs_and_a_new_or_missing_leader_leave_people_unclear(crossover, effects):
    low, high = sorted(effects)
    assert ambiguity(PEOPLE, crossover, high) <= ambiguity(PEOPLE, crossover, low)
    assert ambiguity(PEOPLE, crossover, high) == pytest.approx(crossover + 0.3 * (1.0 - high))


def test_in_one_job_under_an_old_leader_everything_is_clear():
    assert ambiguity(PEOPLE, 0.0, 1.0) == 0.0
