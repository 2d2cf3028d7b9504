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
        assert 0.0 <= agent.disengagement <= 100.0
        assert 1.0 <= agent.conflict <= 7.0
        assert 0.0 <= agent.trust <= 1.0
        assert 0.0 <= agent.ramp <= 1.0
        assert agent.is_filled in (True, False)
    for seat in model.agents_by_type[Salesperson]:
        assert seat.quota_usd >= 0.0
        assert seat.attainment >= 0.0
    for leader in model.agents_by_type[Leader]:
        assert 0.0 <= leader.exhaustion <= 100.0
        assert all(0.0 < skill <= 1.0 for skill in leader.skill.values())


def test_people_as_strained_as_the_reference_say_50(model):
    norms = model.config.norms
    for kind, people, reference in (
        (Salesperson, model.sales, norms.sales),
        (Marketer, model.marketing, norms.marketing),
        (Leader, model.leaders, norms.leaders),
    ):
        people.exhaustion[:] = reference.exhaustion.mean
        assert {agent.exhaustion for agent in model.agents_by_type[kind]} == {50.0}


def test_salesperson_and_marketer_each_have_a_view_of_the_other_and_need_not_agree(model):
    for seller in model.agents_by_type[Salesperson]:
        for marketer in model.agents_by_type[Marketer]:
            assert seller.trust_in[marketer.seat] == model.trust.level[0, seller.seat, marketer.seat]
            assert marketer.trust_in[seller.seat] == model.trust.level[1, seller.seat, marketer.seat]
            assert seller.trust_in[marketer.seat] != marketer.trust_in[seller.seat]
