"""The four kinds of agent are Mesa's, and looking at them changes nothing."""

import mesa
import numpy as np
import pytest

from sim.agents import Leader, Marketer, Prospect, Salesperson
from sim.market.prospects import COLUMN_NAMES, Stage
from sim.model import GoToMarket


@pytest.fixture
def model(tiny, tiny_past):
    run = GoToMarket(tiny, 1, tiny_past)
    run.step()
    return run


def test_every_seat_and_post_has_its_agent(model, tiny):
    kinds = model.agents_by_type
    assert len(kinds[Leader]) == len(tiny.today.org.posts)
    assert len(kinds[Salesperson]) == tiny.company.n_salespeople
    assert len(kinds[Marketer]) == tiny.company.n_marketers
    assert Prospect not in kinds


def test_leaders_change_with_the_structure(model, tiny):
    while model.quarter < 1:
        model.step()
    model.step()
    assert len(model.agents_by_type[Leader]) == len(tiny.org.posts)
    titles = {leader.title for leader in model.agents_by_type[Leader]}
    assert titles == set(tiny.org.posts)


def test_a_prospect_is_a_view_of_its_row(model):
    agents = model.prospect_agents([3, 17])
    assert sorted(agent.account for agent in agents) == [3, 17]
    for agent in agents:
        for name in COLUMN_NAMES:
            assert getattr(agent, name) == model.prospects[name][agent.account]
        assert agent.stage_name == Stage(int(model.prospects.stage[agent.account])).name.lower()
        with pytest.raises(AttributeError, match="Prospect has no shoe_size"):
            _ = agent.shoe_size


def test_a_view_follows_the_market(model):
    (agent,) = model.prospect_agents([5])
    before = agent.awareness
    model.step()
    assert agent.awareness == model.prospects.awareness[5] != before


def test_prospects_can_be_selected_as_mesa_does(model):
    everybody = model.prospect_agents()
    assert len(everybody) == len(model.prospects)
    customers = everybody.select(lambda agent: agent.stage_name == "customer")
    assert len(customers) == int((model.prospects.stage == Stage.CUSTOMER).sum())


def test_asking_for_agents_changes_no_number(tiny, tiny_past):
    quiet, watched = (GoToMarket(tiny, 4, tiny_past) for _ in range(2))
    for _ in range(5):
        quiet.step()
        watched.step()
        watched.prospect_agents(np.arange(50))
        [leader.attention for leader in watched.agents_by_type[Leader]]
    assert quiet.rows == watched.rows


def test_mesas_collector_records_leaders_and_the_model(tiny, tiny_past):
    model = GoToMarket(tiny, 2, tiny_past)
    collector = mesa.DataCollector(
        model_reporters={"brand_equity": lambda m: m.rows[-1]["brand_equity"]},
        agenttype_reporters={Leader: {"exhaustion": "exhaustion", "title": "title"}},
    )
    for _ in range(3):
        model.step()
        collector.collect(model)
    assert list(collector.get_model_vars_dataframe()["brand_equity"]) == [row["brand_equity"] for row in model.rows]
    leaders = collector.get_agenttype_vars_dataframe(Leader)
    assert leaders["exhaustion"].between(0.0, 100.0).all()


def test_people_say_how_they_are(model):
    for agent in [*model.agents_by_type[Salesperson], *model.agents_by_type[Marketer]]:
        assert 0.0 <= agent.exhaustion <= 100.0
        assert agent.is_filled in (True, False)
    for seat in model.agents_by_type[Salesperson]:
        assert seat.quota_usd >= 0.0
        assert seat.attainment >= 0.0
