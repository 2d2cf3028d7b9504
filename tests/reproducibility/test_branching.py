"""What scenarios have in common is lived once, and nobody can tell from the rows."""

import itertools
import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config import Change
from sim.model import GoToMarket
from sim.settings import ExecutorSettings
from sim.study import runner
from sim.study.branching import trunks
from sim.study.runner import run_all
from sim.study.task import run_rows

SERIAL = ExecutorSettings("serial")
HORIZON = 5


@pytest.fixture(scope="module")
def scenarios(tiny_with):
    base = replace(tiny_with(f"horizon_quarters={HORIZON}"), transition=True)
    base = replace(base, today=replace(base.today, org=base.org))
    merged, founder = (tiny_with(f"org={org}").org for org in ("merged_sales_led", "founder_led"))
    return {
        "nothing": base,
        "merged in 2": replace(base, changes=(Change(2, org=merged),)),
        "merged in 2, split in 4": replace(base, changes=(Change(2, org=merged), Change(4, org=base.org))),
        "founder in 2": replace(base, changes=(Change(2, org=founder),)),
        "spends in 4": replace(base, changes=(Change(4, settings={"company.program_budget_usd_per_year": 1e5}),)),
        "founder from 1": replace(base, org=founder),
        "the same again": replace(base, changes=()),
    }


@pytest.fixture(autouse=True)
def _one_past(tiny_past, monkeypatch):
    for where in ("runner", "task"):
        monkeypatch.setattr(f"sim.study.{where}.past_of", lambda config: tiny_past)


def test_branches_have_the_rows_of_runs_of_their_own(scenarios, tiny_past):
    for done in run_all(scenarios, (0, 1), SERIAL):
        assert done.failure is None
        alone = run_rows(scenarios[done.scenario], done.seed, tiny_past)
        assert json.dumps(done.rows) == json.dumps(alone)


def test_every_quarter_in_common_is_lived_once(scenarios, monkeypatch):
    lived, real = Counter(), GoToMarket.step

    def step(self):
        lived[self.seed] += 1
        real(self)

    monkeypatch.setattr(GoToMarket, "step", step)
    run_all(scenarios, (3, 4), SERIAL)
    # 4 of warm-up; nothing 5 and the same again 0; merged in 2: 4 and its split 2; founder in 2: 4; spends in 4: 2;
    # founder from 1: 5
    (tree,) = trunks(scenarios)
    assert lived == {3: 26, 4: 26}
    assert tree.n_quarters == 26
    assert sum(config.warm_up_quarters + config.horizon_quarters for config in scenarios.values()) == 63


def test_structures_that_are_compared_share_their_warm_up(tiny_with):
    compared = {org: tiny_with(f"org={org}") for org in ("separate", "merged_sales_led", "no_marketing")}
    (tree,) = trunks(compared)
    assert (tree.names, tree.first, tree.end) == (tuple(compared), -3, 1)
    assert [branch.names for branch in tree.branches] == [(org,) for org in compared]


def test_other_pasts_and_horizons_are_other_trees(tiny, tiny_with):
    others = {
        "a": tiny, "b": replace(tiny, horizon_quarters=3), "c": tiny_with("people.switching_loss=0.2"),
        "d": replace(tiny, company=replace(tiny.company, name="other")),
    }  # fmt: skip
    assert [tree.names for tree in trunks(others)] == [("a",), ("b",), ("c",), ("d",)]


def test_an_error_ends_those_who_share_the_life_and_nobody_else(scenarios, monkeypatch):
    real = GoToMarket.step

    def step(self):
        if self.base.changes and self.base.changes[0].quarter == 2 and self.quarter == 3:
            raise ZeroDivisionError("by the test")
        real(self)

    monkeypatch.setattr(GoToMarket, "step", step)
    done = {done.scenario: done for done in run_all(scenarios, (0,), SERIAL)}
    failed = {name for name, one in done.items() if one.failure is not None}
    assert failed == {"merged in 2", "merged in 2, split in 4", "founder in 2"}
    assert all(done[name].failure.error == "ZeroDivisionError: by the test" for name in failed)


def test_the_order_of_scenarios_changes_no_row(scenarios):
    forward, backward = (
        {done.scenario: json.dumps(done.rows) for done in run_all(dict(items), (5,), SERIAL)}
        for items in (scenarios.items(), reversed(scenarios.items()))
    )
    assert forward == backward


QUARTERS = st.sets(st.integers(1, HORIZON), max_size=3)


@settings(max_examples=40)
@given(st.lists(QUARTERS, min_size=1, max_size=6))
def test_a_tree_has_every_scenario_once_and_never_more_quarters_than_apart(tiny, quarters):
    def config(turns):
        budgets = [Change(q, settings={"company.program_budget_usd_per_year": 1e5 + q}) for q in sorted(turns)]
        return replace(tiny, horizon_quarters=HORIZON, transition=True, changes=tuple(budgets))

    known = {str(number): config(turns) for number, turns in enumerate(quarters)}
    forest = trunks(known)

    def leaves(trunk):
        return [trunk] if not trunk.branches else [leaf for branch in trunk.branches for leaf in leaves(branch)]

    ends = [leaf for tree in forest for leaf in leaves(tree)]
    assert sorted(name for leaf in ends for name in leaf.names) == sorted(known)
    assert all(leaf.end == HORIZON + 1 for leaf in ends)
    n = sum(tree.n_quarters for tree in forest)
    assert n <= len(known) * (HORIZON + 4)
    for leaf, other in itertools.combinations(ends, 2):
        assert {frozenset(quarters[int(name)]) for name in leaf.names}.isdisjoint(
            frozenset(quarters[int(name)]) for name in other.names
        )


def test_a_task_is_a_few_runs_whatever_the_number_of_scenarios(scenarios, monkeypatch):
    asked = []
    monkeypatch.setattr(runner, "_lived", lambda pool, tasks: asked.extend(tasks) or iter(()))
    with pytest.raises(KeyError):
        run_all({"nothing": scenarios["nothing"]}, range(10), SERIAL)
    assert [len(task.seeds) for task in asked] == [4, 4, 2]
