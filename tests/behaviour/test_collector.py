"""A Mesa DataCollector of quarters, people and accounts: what it records is what is there, and nothing changes."""

import math

import numpy as np
import pandas as pd
import pytest

from sim.agents import Leader, Marketer, Prospect, Salesperson
from sim.agents.collector import OF_ACCOUNTS
from sim.model import GoToMarket
from sim.org.attention import ACTIVITY_NAMES, PROGRAMMES

STEPS = 7


@pytest.fixture(scope="module")
def collected(tiny, tiny_past):
    """A model after some quarters, beyond the change of structure, and what was collected of it."""
    model = GoToMarket(tiny, 2, tiny_past)
    collector = model.collector()
    collector.collect(model)
    for _ in range(STEPS):
        model.step()
        collector.collect(model)
    return model, collector


@pytest.mark.parametrize("prospects", [False, True])
def test_collecting_changes_no_number(tiny, tiny_past, prospects):
    quiet, watched = (GoToMarket(tiny, 4, tiny_past) for _ in range(2))
    collector = watched.collector(prospects)
    for _ in range(STEPS):
        quiet.step()
        watched.step()
        collector.collect(watched)
    assert quiet.rows == watched.rows


def test_the_models_table_is_its_quarters(collected):
    model, collector = collected
    pd.testing.assert_frame_equal(collector.get_model_vars_dataframe(), model.quarters())


def test_a_run_can_be_collected_whole(tiny, tiny_past):
    model = GoToMarket(tiny, 2, tiny_past)
    collector = model.collector()
    assert model.run(collector) is model
    assert len(collector.get_model_vars_dataframe()) == tiny.warm_up_quarters + tiny.horizon_quarters
    assert model.rows == GoToMarket(tiny, 2, tiny_past).run().rows


@pytest.mark.parametrize("kind", [Leader, Salesperson, Marketer])
def test_steps_are_whole_numbers_and_quarters_go_with_them(collected, kind):
    model, collector = collected
    table = collector.get_agenttype_vars_dataframe(kind)
    steps = table.index.get_level_values("Step")
    assert steps.dtype == np.int64
    assert sorted(set(steps)) == list(range(STEPS + 1))
    assert (table["quarter"] == steps - model.config.warm_up_quarters).all()


def test_every_seat_has_a_row_a_quarter(collected):
    model, collector = collected
    for kind, n in ((Salesperson, model.sales.n), (Marketer, model.marketing.n)):
        table = collector.get_agenttype_vars_dataframe(kind)
        assert not table.duplicated(["quarter", "seat"]).any()
        assert len(table) == n * (STEPS + 1)


def test_leaders_are_those_of_the_structure_of_the_quarter(collected):
    model, collector = collected
    table = collector.get_agenttype_vars_dataframe(Leader)
    for quarter, posts in table.groupby("quarter")["post"]:
        org = model.config.today.org if quarter < 1 else model.config.org
        assert sorted(posts) == sorted(org.posts)


def test_what_is_recorded_last_is_what_is_there(collected):
    model, collector = collected
    for kind, key in ((Leader, "post"), (Salesperson, "seat"), (Marketer, "seat")):
        last = collector.get_agenttype_vars_dataframe(kind).xs(STEPS, level="Step").set_index(key)
        for agent in model.agents_by_type[kind]:
            row = last.loc[agent.title if kind is Leader else agent.seat]
            assert (row["is_filled"], row["person"]) == (agent.is_filled, agent.person)
            for name in set(row.index) & {"exhaustion", "disengagement", "tenure_weeks", "trust", "conflict", "skill"}:
                assert row[name] == getattr(agent, name) or (not agent.is_filled and math.isnan(row[name]))


def test_nobody_has_no_strain(tiny, tiny_past):
    model = GoToMarket(tiny, 0, tiny_past)
    model.sales.vacant_weeks[0] = 30.0
    collector = model.collector()
    model.run(collector)
    table = collector.get_agenttype_vars_dataframe(Salesperson)
    assert not table["is_filled"].all()
    of_persons = ["tenure_weeks", "ramp", "skill", "exhaustion", "disengagement", "trust", "conflict"]
    assert table.loc[~table["is_filled"], of_persons].isna().all(axis=None)
    assert table.loc[table["is_filled"], of_persons].notna().all(axis=None)


def test_bookings_of_the_seats_add_up_to_the_quarters(collected):
    _, collector = collected
    by_seat = collector.get_agenttype_vars_dataframe(Salesperson).groupby("quarter")["booked_usd"].sum()
    quarters = collector.get_model_vars_dataframe().set_index("quarter")["bookings_usd"]
    np.testing.assert_allclose(by_seat.loc[quarters.index], quarters)


def test_hours_of_the_leaders_add_up_to_what_they_have(collected):
    _, collector = collected
    table = collector.get_agenttype_vars_dataframe(Leader).query("quarter > -4")
    spent = [f"hours_{name}" for name in ACTIVITY_NAMES] + ["spare_hours_sales", "spare_hours_marketing"]
    assert (table[spent].sum(axis=1) <= table["hours_per_week"] + 1e-9).all()


def test_accounts_are_recorded_only_when_asked_for(tiny, tiny_past):
    model = GoToMarket(tiny, 0, tiny_past)
    asked = model.collector(prospects=True)
    for _ in range(2):
        model.step()
        asked.collect(model)
    table = asked.get_agenttype_vars_dataframe(Prospect)
    assert len(table) == 2 * tiny.company.n_prospects
    assert list(table.columns) == ["quarter", *OF_ACCOUNTS]
    last = table.xs(2, level="Step").set_index("account")
    assert np.array_equal(last["awareness"].loc[range(tiny.company.n_prospects)], model.prospects.awareness)
    assert Prospect not in model.collector().agenttype_reporters


def test_where_marketing_is_not_staffed_nobody_is_there_to_trust(tiny_with):
    model = GoToMarket(tiny_with("org=no_marketing"), 0)
    collector = model.collector()
    model.run(collector)
    measured = collector.get_agenttype_vars_dataframe(Salesperson).query("quarter > 0")
    assert measured["trust"].isna().all()
    seat = next(iter(model.agents_by_type[Salesperson]))
    assert seat.trust_in == {}


def test_agents_tell_what_the_arrays_hold(collected):
    model, _ = collected
    for seat in model.agents_by_type[Salesperson]:
        assert list(seat.trust_in) == list(range(model.marketing.n))
        assert seat.trust == pytest.approx(model.trust.level[0, seat.seat].mean())
        assert set(seat.hours) == {"deals", "leads"}
        assert seat.hours["deals"] == model.seats.selling_hours[seat.seat].mean()
        assert seat.prospecting_hours >= 0.0
        assert 0.0 <= seat.overhead_hours["own_content"] < model.config.people.staff_hours_per_week
        assert seat.attainment == pytest.approx(seat.booked_usd / max(seat.quota_usd, 1e-9))
        assert 0.0 <= seat.ramp <= 1.0
        assert 1.0 <= seat.conflict <= 7.0
    for seat in model.agents_by_type[Marketer]:
        assert list(seat.trust_in) == list(range(model.sales.n))
        assert list(seat.hours) == list(PROGRAMMES)
        assert sum(seat.hours.values()) == pytest.approx(seat.hours_per_week)
        assert len(seat.beliefs) == model.channels.beliefs.shape[1]
    for leader in model.agents_by_type[Leader]:
        assert set(leader.functions) == set(model.config.org.posts[leader.title].functions)
        assert set(leader.skill) == {"sales", "marketing"}
        assert 0.0 <= leader.disengagement <= 100.0
