"""Nobody has more hours than a week, and every hour of it is spent once."""

import numpy as np
import pytest

from sim.market.laws import Flow
from sim.model import GoToMarket
from sim.org.attention import ACTIVITY_NAMES
from sim.org.desks import staff_week

QUARTERS = 8
TINY_BIT = 1e-9


@pytest.fixture(scope="module")
def quarters(world, tiny_past):
    """A world step by step: what was planned, spent and left each quarter."""
    model, lived = GoToMarket(world, 11, tiny_past), []
    for _ in range(QUARTERS):
        model.step()
        lived.append(
            {
                "model": model,
                "plan": model.plan,
                "posts": model.planner.structure.posts,
                "selling": model.seats.selling_hours.copy(),
                "leads": model.seats.lead_hours.copy(),
                "left_over": model.seats.prospecting_hours.copy(),
                "presence": model.sales_desk.is_present.copy(),
                "flows": model.flows_of_quarter(),
                "row": model.rows[-1],
            }
        )
    return lived


def test_leaders_spend_no_more_than_their_effective_hours(quarters, world):
    for q in quarters:
        spent = q["plan"].attention.sum(axis=1) + q["plan"].spare.sum(axis=1)
        assert (q["plan"].attention >= 0.0).all()
        assert (q["plan"].spare >= -TINY_BIT).all()
        if world.mechanisms.attention_scarcity:
            assert (spent <= q["plan"].hours + TINY_BIT).all()


def test_effective_hours_are_no_more_than_the_contracted(quarters):
    for q in quarters:
        contracted = np.array([post.hours_per_week for post in q["posts"]])
        assert (q["plan"].hours <= contracted + TINY_BIT).all()
        assert (q["plan"].hours > 0.0).all()


def test_no_activity_gets_more_than_it_needs_and_none_that_is_not_led(quarters):
    for q in quarters:
        model, attention = q["model"], q["plan"].attention
        assert (attention.sum(axis=0) <= q["plan"].needs + TINY_BIT).all()
        if q is quarters[-1]:
            assert (attention[~model.planner.led] == 0.0).all()


def test_every_effective_hour_goes_to_an_activity_or_is_spare(quarters, world):
    for q in quarters:
        led = [post for post, held in enumerate(q["posts"]) if held.functions]
        attended, spare = (hours.sum(axis=1)[led] for hours in (q["plan"].attention, q["plan"].spare))
        if world.mechanisms.attention_scarcity:
            assert attended + spare == pytest.approx(q["plan"].hours[led])
        else:
            assert attended.sum() == pytest.approx(q["plan"].needs.sum())


def test_leaders_shares_of_their_week_add_up_to_1(quarters, world):
    for q in quarters:
        row = q["row"]
        attended = sum(row[f"attention_{name}_share"] for name in ACTIVITY_NAMES)
        whole = attended + row["attention_spare_share"] + row["attention_lost_share"]
        assert whole == pytest.approx(1.0) or not world.mechanisms.attention_scarcity
        assert 0.0 <= row["attention_marketing_share"] <= attended + TINY_BIT


def test_shares_of_budget_and_of_judgement_add_up_to_1(quarters):
    for q in quarters:
        assert q["plan"].budget_shares.sum() == pytest.approx(1.0)
        assert (q["plan"].budget_shares > 0.0).all()
        assert 0.0 < q["plan"].programme_value < 1.0
        for share in (*q["plan"].internalisation, q["plan"].cooperation, q["plan"].cross_domain):
            assert 0.0 <= share <= 1.0
        for quality in (q["plan"].quality, q["plan"].coverage):
            assert ((quality >= 0.0) & (quality <= 1.0 + TINY_BIT)).all()


def test_sales_never_works_hours_that_it_does_not_have(quarters):
    for q in quarters:
        flows = q["flows"]
        assert 0.0 <= flows[Flow.SELLING_HOURS_USED] <= q["selling"].sum() + TINY_BIT
        assert 0.0 <= flows[Flow.LEAD_HOURS_USED] <= q["leads"].sum() + TINY_BIT


def test_every_hour_of_sales_is_spent_on_a_deal_a_lead_or_prospecting(quarters):
    for q in quarters:
        flows = q["flows"]
        used = flows[Flow.SELLING_HOURS_USED] + flows[Flow.LEAD_HOURS_USED] + flows[Flow.PROSPECTING_HOURS]
        assert used == pytest.approx(q["selling"].sum() + q["leads"].sum())


def test_last_weeks_hours_left_over_are_within_last_weeks_hours(quarters):
    for q in quarters:
        assert (q["left_over"] >= 0.0).all()
        assert (q["left_over"] <= q["selling"][:, -1] + q["leads"][:, -1] + TINY_BIT).all()


def test_calls_take_whole_calls(quarters, world):
    per_call = world.company.hours_per_mql
    for q in quarters:
        assert q["flows"][Flow.LEAD_HOURS_USED] == pytest.approx(per_call * q["flows"][Flow.CONTACTED])


def test_an_empty_seat_sells_nothing(quarters):
    for q in quarters:
        for hours in (q["selling"], q["leads"]):
            assert (hours[~q["presence"]] == 0.0).all()
            assert (hours >= 0.0).all()
        assert (q["selling"] > 0.0).sum() >= 0.9 * q["presence"].sum()


def test_a_team_is_paid_for_no_more_weeks_than_a_quarter_has(quarters, world):
    for q in quarters:
        assert 0.0 <= q["row"]["seat_years_sales"] <= world.company.n_salespeople / 4 + TINY_BIT
        assert 0.0 <= q["row"]["seat_years_marketing"] <= world.company.n_marketers / 4 + TINY_BIT


def test_a_full_and_ramped_team_under_today_has_its_stated_hours(tiny_with):
    config = tiny_with("org=founder_led", "mechanisms.attrition=false", "mechanisms.staff_strain=false")
    model = GoToMarket(config, 0)
    model.step()
    people, team = config.people, model.sales
    coached = model.sales_desk.hours / staff_week(people)
    assert (coached >= 1.0).all()
    assert (coached <= 1.0 + np.sqrt(2) * people.coaching_gain).all()
    bought = 1.0 + model.money.bought_share
    kept = model.sales_desk.kept_share / bought
    own = staff_week(people) * coached.sum() * bought * kept
    spare = team.n * model.sales_desk.added.sum()  # of the founder
    found = model.seats.selling_hours.sum() + model.seats.lead_hours.sum()
    assert found == pytest.approx((people.selling_share + people.lead_work_share) * (own + spare), rel=1e-9)
    assert kept == pytest.approx(1.0, abs=0.02)
    assert team.is_filled.all()
