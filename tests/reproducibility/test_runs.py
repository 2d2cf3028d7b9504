"""The same question has the same answer: twice, in another process, on more cores, in another order."""

import json
import os
import subprocess
import sys

import pytest

from sim.model import GoToMarket, past_of
from sim.settings import ExecutorSettings
from sim.study import runner
from sim.study.pools import n_processes
from sim.study.runner import run_all

SERIAL = ExecutorSettings("serial")
SEEDS = (0, 2, 7)


def rows(config, seed, past):
    model = GoToMarket(config, seed, past).run()
    found = [model.results(), *model.quarter_rows()]
    model.forget()
    return found


def exact(found):
    """Rows as text that two bit-identical rows share, blanks included."""
    return json.dumps(found, sort_keys=True)


def test_the_same_company_and_seed_live_the_same_life_twice(structured, tiny_past):
    assert exact(rows(structured, 3, tiny_past)) == exact(rows(structured, 3, tiny_past))


def test_a_past_from_the_cache_is_as_good_as_the_one_that_was_lived(tiny, tiny_past):
    assert exact(rows(tiny, 3, None)) == exact(rows(tiny, 3, tiny_past))


def test_another_seed_is_another_life(tiny, tiny_past):
    lives = {exact(rows(tiny, seed, tiny_past)) for seed in range(6)}
    assert len(lives) == 6


def test_seed_0_is_a_seed_and_the_default_one(tiny, tiny_past):
    zero = exact(rows(tiny, 0, tiny_past))
    assert zero == exact(rows(tiny, 0, tiny_past))
    model = GoToMarket(tiny, past=tiny_past).run()
    assert exact([model.results(), *model.quarter_rows()]) == zero


def test_another_run_in_between_changes_nothing(tiny, tiny_with, tiny_past):
    model, other = GoToMarket(tiny, 0, tiny_past), GoToMarket(tiny_with("org=founder_led"), 9, tiny_past)
    for _ in range(8):
        model.step()
        other.step()
    assert exact([model.results(), *model.quarter_rows()]) == exact(rows(tiny, 0, tiny_past))


def test_looking_at_the_world_changes_nothing(tiny, tiny_past):
    model = GoToMarket(tiny, 0, tiny_past)
    for _ in range(8):
        model.step()
        model.quarters()
        if model.quarter > 1:
            model.results()
        for agent in model.prospect_agents([0, 7, 1199]):
            assert agent.awareness == model.prospects.awareness[agent.account]
            assert agent.stage_name in ("outside", "mql", "opportunity", "customer")
        model.random.random()
        model.rng.random()
    assert exact([model.results(), *model.quarter_rows()]) == exact(rows(tiny, 0, tiny_past))


def test_a_longer_horizon_leaves_its_first_quarters_as_they_were(tiny_with, tiny_past):
    short, long = (GoToMarket(tiny_with(f"horizon_quarters={n}"), 4, tiny_past).run().quarter_rows() for n in (4, 8))
    assert exact(long[: len(short)]) == exact(short)


@pytest.fixture(scope="module")
def scenarios(tiny_with):
    return {org: tiny_with(f"org={org}") for org in ("separate", "merged_sales_led", "no_marketing")}


@pytest.fixture(scope="module")
def serially(scenarios):
    return run_all(scenarios, SEEDS, SERIAL)


def by_run(done):
    return {(d.scenario, d.seed): exact(d.rows) for d in done}


def test_rows_come_in_the_order_that_was_asked_for(serially, scenarios):
    assert [(d.scenario, d.seed) for d in serially] == [(name, seed) for name in scenarios for seed in SEEDS]
    assert all(d.failure is None for d in serially)


def test_the_order_of_scenarios_and_seeds_changes_no_row(serially, scenarios):
    backwards = run_all(dict(reversed(scenarios.items())), SEEDS[::-1], SERIAL)
    assert [(d.scenario, d.seed) for d in backwards] == [(d.scenario, d.seed) for d in reversed(serially)]
    assert by_run(backwards) == by_run(serially)


def test_runs_that_finish_in_another_order_are_put_back_in_order(serially, scenarios, monkeypatch):
    real = runner._lived
    monkeypatch.setattr(runner, "_lived", lambda *asked: reversed(list(real(*asked))))
    assert [exact(d.rows) for d in run_all(scenarios, SEEDS, SERIAL)] == [exact(d.rows) for d in serially]


def test_a_scenario_alone_has_the_rows_that_it_has_among_others(serially, scenarios):
    alone = run_all({"separate": scenarios["separate"]}, SEEDS[1:2], SERIAL)
    assert by_run(alone).items() <= by_run(serially).items()


def test_progress_hears_of_every_run(scenarios):
    heard = []
    run_all(scenarios, SEEDS, SERIAL, heard.append)
    assert sum(heard) == len(scenarios) * len(SEEDS)


def test_two_processes_give_the_rows_of_one(serially, scenarios):
    executor = ExecutorSettings("processes", n_jobs=2)
    assert n_processes(executor, 3) == 2
    assert [exact(d.rows) for d in run_all(scenarios, SEEDS, executor)] == [exact(d.rows) for d in serially]


def test_processes_are_as_many_as_asked_and_never_more_than_tasks():
    assert n_processes(SERIAL, 100) == 1
    assert n_processes(ExecutorSettings("processes", n_jobs=3), 100) == 3
    assert n_processes(ExecutorSettings("processes", n_jobs=8), 2) == 2
    assert n_processes(ExecutorSettings("processes"), 1000) == (os.cpu_count() or 1)
    assert n_processes(ExecutorSettings("processes"), 0) == 1


def test_a_run_that_fails_takes_nobody_along(scenarios, tiny, monkeypatch):
    real = GoToMarket.step

    def step(self):
        if self.seed == 1:
            raise ZeroDivisionError("by the test")
        real(self)

    past_of(tiny)
    monkeypatch.setattr(GoToMarket, "step", step)
    done = run_all({"separate": scenarios["separate"]}, (0, 1, 2), SERIAL)
    assert [d.failure is None for d in done] == [True, False, True]
    assert done[1].rows is None
    assert done[1].failure.error == "ZeroDivisionError: by the test"
    assert "by the test" in done[1].failure.trace


FRESH = """
import json, sys
from sim.compose import sim_config
from sim.model import GoToMarket
model = GoToMarket(sim_config(*sys.argv[2:]), int(sys.argv[1])).run()
print(json.dumps([model.results(), *model.quarter_rows()], sort_keys=True))
"""


def test_a_fresh_python_lives_the_same_life(tiny_overrides, tiny_with, tiny_past, environment):
    # Sets and dicts of names in another order than here, one thread instead of many.
    fresh = environment | {"PYTHONHASHSEED": "12345", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", FRESH, "2", *tiny_overrides, "org=cro_two_heads"]
    ran = subprocess.run(command, capture_output=True, text=True, env=fresh, check=True)
    assert json.dumps(json.loads(ran.stdout), sort_keys=True) == exact(
        rows(tiny_with("org=cro_two_heads"), 2, tiny_past)
    )
