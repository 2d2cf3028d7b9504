"""What activities do, and when, is measured; what leaders believe of it is what was measured."""

import numpy as np
import pytest

from sim.model import past_of
from sim.org.attention import ACTIVITY_NAMES, PROGRAMME_COLUMNS, PROGRAMMES
from sim.org.horizon import Judgement, View
from sim.org.remits import remits_of
from sim.study.held import EFFORT, HALF, HOURS, QUARTERS, SELLING, Held, Push, Split, held, path, pushes
from sim.study.patterns.sightings import reference_company
from sim.study.response import Response, best_split, kernel_order, payoffs, responses

SEEDS = range(4)
SURE = ("deal_support/hours", "content/hours", "brand/effort", "content/effort")  # known within a tenth
QUARTERS_PER_YEAR = 4


@pytest.fixture(scope="module")
def company():
    return held(reference_company("company=medium"))


@pytest.fixture(scope="module")
def paths(company):
    past = past_of(company)
    pushed = [None, *(push for name in SURE for push in pushes()[name])]
    return {push: np.array([path(company, seed, past, push) for seed in SEEDS]) for push in pushed}


def test_decisions_are_held_whatever_happens(company):
    model = Held(company, 0, past_of(company))
    plans = []
    for _ in range(8):
        model.step()
        plans.append(model.plan)
    assert all(plan is plans[0] for plan in plans)
    assert model.money.own_usd == company.company.program_budget_usd_per_year


def test_a_push_moves_one_activity_from_the_first_measured_quarter_on(company):
    model = Held(company, 0, past_of(company), Push("brand", HOURS, HALF))
    before = None
    for _ in range(company.warm_up_quarters + 1):
        before = model.plan if model.quarter <= 0 and hasattr(model, "plan") else before
        model.step()
    moved = model.plan.coverage != before.coverage
    assert [name for name, is_moved in zip(ACTIVITY_NAMES, moved, strict=True) if is_moved] == ["brand"]
    np.testing.assert_array_equal(model.plan.budget_shares, before.budget_shares)


def test_every_activity_is_pushed_and_programmes_by_their_money_too():
    paid = {f"{name}/{EFFORT}" for name in (*PROGRAMMES, SELLING)}
    assert set(pushes()) == {f"{name}/{HOURS}" for name in ACTIVITY_NAMES} | paid


def test_what_leaders_believe_of_activities_is_what_was_measured(company, paths):
    """Of those that are known well, within a fifth or four standard errors; others need more futures than a test."""
    stored = company.activities
    names = iter(SURE)
    for response in measured(paths):
        name, what = next(names).split("/")
        believed = getattr(stored, name).elasticity if what == HOURS else getattr(stored, name).money_elasticity
        found = response.elasticity
        error = (found.high - found.low) / (2.0 * 3.182)
        assert believed == pytest.approx(found.mean, abs=max(0.2 * believed, 4.0 * error)), response.name


def measured(paths):
    control = paths[None]
    usual = payoffs(control, control).mean()
    for name in SURE:
        pushed = pushes()[name]
        last = payoffs(paths[pushed[-1]], control) if len(pushed) > 1 else payoffs(control, control)
        factor = pushed[-1].factor / pushed[0].factor if len(pushed) > 1 else 1.0 / pushed[0].factor
        yield Response(name, (last - payoffs(paths[pushed[0]], control)) / usual / np.log(factor))


def test_the_response_of_a_stock_that_fills_up_has_its_lag_and_the_first_order_kernel():
    ends = np.exp(-np.arange(QUARTERS + 1) / 4.0)
    steps = 0.2 * (1.0 + 4.0 * np.diff(ends))  # means over each quarter of 1 - exp(-t/4)
    response = Response("stock", np.tile(steps, (3, 1)))
    assert response.elasticity.mean == pytest.approx(0.2, rel=0.01)
    assert response.lag.mean == pytest.approx(4.0, abs=0.1)
    assert kernel_order([response]) == pytest.approx(1.0, abs=0.1)


def test_what_comes_at_once_has_no_lag():
    response = Response("at once", np.full((3, QUARTERS), 0.1))
    assert response.lag.mean == pytest.approx(0.0, abs=1e-9)


def test_responses_are_named_after_their_pushes(paths):
    control = paths[None]
    everything = {None: control, **{push: control for some in pushes().values() for push in some}}
    found = responses(everything)
    assert [response.name for response in found] == list(pushes())
    assert all(response.elasticity.mean == 0.0 for response in found)


def test_the_rule_splits_the_budget_as_the_model_does_best(company):
    """At the horizon of the discount rate the rule's shares lie within .10 of those that are worth most."""
    horizon = QUARTERS_PER_YEAR / company.company.discount_rate_per_year
    judgement = Judgement(company.people.kernel_order, mixes_values=True)
    options = remits_of(company, company.org).funded[PROGRAMME_COLUMNS]
    rule = judgement.values(options, View(horizon, horizon, mandate=1.0))
    dice = np.random.default_rng(1)
    past = past_of(company)
    drawn = [rule * np.exp(0.5 * dice.standard_normal(len(rule))) for _ in range(12)]
    splits = [Split(tuple(shares / shares.sum())) for shares in drawn]
    control = np.array([path(company, seed, past, None) for seed in (0, 1)])
    paths = [np.array([path(company, seed, past, split) for seed in (0, 1)]) for split in splits]
    best = best_split(splits, paths, control, horizon)
    assert np.abs(rule - best).max() <= 0.10, (rule, best)
    # Worth is a sum of logarithms of shares, so this is the worth lost, in units of all programmes' elasticity: a
    # programme that gets little counts as well, and one that gets nothing is refused.
    assert (best > 0.0).all()
    assert best @ np.log(best / rule) <= 0.02, (rule, best)
