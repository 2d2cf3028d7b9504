"""What cannot be lost is counted: every lead, every opportunity, every customer, in every quarter."""

import math

import numpy as np
import pytest

from sim.market.laws import Flow
from sim.market.prospects import COLUMN_NAMES, Source, Stage
from sim.metrics.quarter import INTERFACE
from sim.model import GoToMarket
from sim.past import begun

EXITS = (Flow.WON, Flow.LOST_SILENCE, Flow.LOST_DECISION, Flow.DISQUALIFIED, Flow.NURTURED)
QUARTERS = 8


def stages(model):
    """How many accounts rest in each stage."""
    counts = np.bincount(model.prospects.stage, minlength=len(Stage))
    return {stage: int(counts[stage]) for stage in Stage}


@pytest.fixture(scope="module")
def quarters(world, tiny_past):
    """Per quarter of one world: the model after it, its flows, and the stages before and after."""
    model, lived = GoToMarket(world, 3, tiny_past), []
    for _ in range(QUARTERS):
        before = stages(model)
        model.step()
        lived.append((model.flows_of_quarter(), before, stages(model)))
    model.forget()
    return lived


def test_every_lead_is_won_lost_disqualified_nurtured_or_still_open(quarters):
    for flows, before, after in quarters:
        opened = flows[Flow.CREATED] - sum(flows[way] for way in EXITS)
        assert opened == sum(after[s] - before[s] for s in (Stage.MQL, Stage.OPPORTUNITY))


def test_every_mql_is_called_lost_to_silence_or_still_waiting(quarters):
    for flows, before, after in quarters:
        gone = flows[Flow.CONTACTED] + flows[Flow.LOST_SILENCE]
        assert flows[Flow.MQLS] - gone == after[Stage.MQL] - before[Stage.MQL]


def test_every_opportunity_is_won_lost_or_still_open(quarters):
    for flows, before, after in quarters:
        begun_now = flows[Flow.OPPORTUNITIES_MARKETING] + flows[Flow.OPPORTUNITIES_SALES]
        decided = flows[Flow.WON] + flows[Flow.LOST_DECISION]
        assert begun_now - decided == after[Stage.OPPORTUNITY] - before[Stage.OPPORTUNITY]
        assert decided == flows[Flow.DECIDED]


def test_customers_come_by_winning_and_go_by_not_renewing(quarters):
    for flows, before, after in quarters:
        gone = flows[Flow.RENEWALS_DUE] - flows[Flow.RENEWED]
        assert flows[Flow.WON] - gone == after[Stage.CUSTOMER] - before[Stage.CUSTOMER]
        assert 0 <= gone <= before[Stage.CUSTOMER]


def test_leads_come_from_inquiries_and_from_sales(quarters):
    for flows, _, _ in quarters:
        inquiries = flows[Flow.CREATED_READY] + flows[Flow.CREATED_JUNK]
        assert flows[Flow.CREATED] == inquiries + flows[Flow.OPPORTUNITIES_SALES]


def test_the_funnel_narrows(quarters):
    for flows, before, _ in quarters:
        inquiries = flows[Flow.CREATED_READY] + flows[Flow.CREATED_JUNK]
        assert inquiries >= flows[Flow.MQLS]
        assert flows[Flow.MQLS] + before[Stage.MQL] >= flows[Flow.CONTACTED]
        assert flows[Flow.CONTACTED] >= flows[Flow.ACCEPTED] >= flows[Flow.OPPORTUNITIES_MARKETING]
        assert flows[Flow.WON] >= flows[Flow.LATE_WON]
        assert (flows >= 0.0).all()


def test_every_world_has_leads_decisions_and_renewals(quarters):
    flows = sum(flows for flows, _, _ in quarters)
    for flow in (Flow.CREATED, Flow.MQLS, Flow.DECIDED, Flow.RENEWALS_DUE, Flow.SPELLS):
        assert flows[flow] > 0


def assert_sound(model):
    """No account, seat or stock is in a state that cannot be."""
    p, n_seats = model.prospects, model.sales.n
    for name in COLUMN_NAMES:
        assert np.isfinite(p[name]).all(), name
    assert np.isin(p.stage, list(Stage)).all()
    assert np.isin(p.first_touch, list(Source)).all()
    assert np.isin(p.last_touch, list(Source)).all()
    for name in ("awareness", "favourability", "expected_discount", "overpromise"):
        assert (p[name] >= 0.0).all(), name
        assert (p[name] <= 1.0).all(), name
    assert (p.owner >= -1).all()
    assert (p.owner < n_seats).all()
    assert (p.author >= 0).all()
    assert (p.author < max(model.marketing.n, 1)).all()
    for name in ("marketing_touches", "sales_touches", "episode", "attempts", "idle_responses", "contract_year"):
        assert (p[name] >= 0).all(), name
    assert (p.idle_left > 0.0).all()
    is_customer = p.stage == Stage.CUSTOMER
    assert (p.contract_usd[is_customer] > 0.0).all()
    assert (p.contract_usd[~is_customer] == 0.0).all()
    assert (p.renewal_week[is_customer] >= model.week).all()
    assert (p.renewal_week[is_customer] <= model.week + 52).all()
    is_open = p.stage == Stage.OPPORTUNITY
    assert (p.pace[is_open] > 0.0).all()
    assert (p.work_left[is_open] <= p.effort[is_open]).all()
    assert (p.work_left[is_open] >= 0.0).all()
    for column in model.seats:
        assert np.isfinite(column).all()
    for team in (model.sales, model.marketing):
        for name in ("vacant_weeks", "tenure_weeks", "leave_left", "skill", "exhaustion", "disengagement"):
            assert np.isfinite(getattr(team, name)).all(), name
        assert (team.vacant_weeks >= 0.0).all()
    leaders = model.leaders
    for name in ("skill", "horizon", "attention", "spare", "hours", "exhaustion", "disengagement"):
        assert np.isfinite(getattr(leaders, name)).all(), name
    assert all(math.isfinite(value) and value >= 0.0 for value in vars(model.programmes).values())
    is_two = model.is_marketing_staffed
    # Of one function alone, or with nobody there to quarrel, there is nothing to say.
    blank = {"conflict", "high_conflict_share"} | (set() if is_two else {*INTERFACE, "content_used_share"})
    for name, value in model.rows[-1].items():
        assert math.isfinite(value) or name in blank, name


def test_no_account_seat_or_row_is_ever_in_an_impossible_state(world, tiny_past):
    model = GoToMarket(world, 7, tiny_past)
    assert_sound_at_the_start(model)
    for _ in range(QUARTERS):
        model.step()
        assert_sound(model)
    model.forget()


def assert_sound_at_the_start(model):
    p = model.prospects
    assert (p.stage == Stage.CUSTOMER).sum() == model.config.company.n_customers
    assert (p.owner == -1).all()
    for name in COLUMN_NAMES:
        assert np.isfinite(p[name]).all(), name


def test_a_past_that_has_only_begun_is_sound_too(world):
    model = GoToMarket(world, 1, begun(world))
    for _ in range(QUARTERS):
        model.step()
        assert_sound(model)
    model.forget()
