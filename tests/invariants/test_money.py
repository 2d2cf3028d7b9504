"""Money is counted as leads are: what is booked was signed, what is earned is under contract, what is spent is paid."""

import math

import numpy as np
import pytest

from sim.books import discount_factor, pay_usd_per_year
from sim.market.laws import Flow
from sim.market.prospects import Stage
from sim.metrics import OUTCOMES
from sim.metrics.quarter import INTERFACE
from sim.model import GoToMarket

QUARTERS = 8


OF_TWO_FUNCTIONS = set(INTERFACE) & set(OUTCOMES) | {
    "marketing_attrition", "burnout_marketing", "disengagement_marketing", "marketing_output_per_hour",
    "unused_content_share",
}  # fmt: skip


@pytest.fixture(scope="module")
def model(world, tiny_past):
    """One world, run step by step, with the contracts of every account before and after each quarter."""
    model = GoToMarket(world, 5, tiny_past)
    model.contracts = [model.prospects.contract_usd.copy()]
    model.signed, model.flows, model.booked_by_seat, model.all_books, model.bought = [], [], [], [], []
    model.fixed_pay, model.variable_pay, model.fees = [], [], []
    for _ in range(QUARTERS):
        first_week = model.week
        model.step()
        p = model.prospects
        # Only a decision touches the week of a discount, and only a win makes a customer of who decides.
        is_new = (p.stage == Stage.CUSTOMER) & (p.discount_week >= first_week)
        model.signed.append(p.contract_usd[is_new].sum())
        model.contracts.append(p.contract_usd.copy())
        model.flows.append(model.flows_of_quarter())
        model.booked_by_seat.append(model.seats.booked_usd.sum())
        model.all_books.append(model.books)
        model.bought.append(model.money.bought_share)
        company, people, usual = world.company, world.people, model.past.usual
        pay = (company.salesperson_cost_usd_per_year, company.marketer_cost_usd_per_year)
        model.fixed_pay.append([model.paid_weeks[f] / 52.0 * pay[f] for f in (0, 1)])
        paid = (model.payout / usual.payout, model.credit.recorded_share / usual.credit.recorded_share)
        variable = (people.salesperson_variable_share, people.marketer_variable_share)
        model.variable_pay.append([1.0 + v * (p - 1.0) for v, p in zip(variable, paid, strict=True)])
        posts = [model.planner.structure.posts[post] for post in model.left_posts]
        fees = sum(pay_usd_per_year(company, post, people.leader_hours_per_week) for post in posts)
        model.fees.append(people.leader_replacement_share * fees)
    return model


def test_bookings_are_the_contracts_signed(model):
    for flows, signed, by_seat in zip(model.flows, model.signed, model.booked_by_seat, strict=True):
        assert flows[Flow.BOOKINGS_USD] == pytest.approx(signed, rel=1e-12)
        assert flows[Flow.BOOKINGS_USD] == pytest.approx(by_seat, rel=1e-12)


def test_contracts_grow_by_bookings_and_expansion_and_shrink_by_churn_and_nothing_else(model):
    for flows, before, after in zip(model.flows, model.contracts, model.contracts[1:], strict=False):
        moved = flows[Flow.BOOKINGS_USD] + flows[Flow.EXPANSION_USD] - flows[Flow.CHURNED_USD]
        assert after.sum() - before.sum() == pytest.approx(moved, abs=1e-9 * before.sum())


def test_the_rows_say_the_same(model):
    stock = model.contracts[0].sum()
    for row in model.rows:
        stock += row["bookings_usd"] + row["expansion_usd"] - row["churned_usd"]
        assert row["contracts_usd"] == pytest.approx(stock, rel=1e-9)


def test_revenue_is_a_quarter_of_the_contracts_in_force(model):
    for flows, before in zip(model.flows, model.contracts, strict=False):
        growth = max(flows[Flow.EXPANSION_USD], 0.0)
        most = before.sum() + flows[Flow.BOOKINGS_USD] + growth
        least = before.sum() - flows[Flow.CHURNED_USD] + min(flows[Flow.EXPANSION_USD], 0.0)
        assert (least - 1e-6) / 4 <= flows[Flow.REVENUE_USD] <= (most + 1e-6) / 4


def test_revenue_of_customers_who_change_nothing_is_exactly_a_quarter_of_their_contracts(tiny, tiny_past):
    model = GoToMarket(tiny, 5, tiny_past)
    p = model.prospects
    p.renewal_week[:] = 10**6
    p.stage[p.stage != Stage.CUSTOMER] = Stage.OUTSIDE
    p.entry_left[:] = p.idle_left[:] = 1e9
    p.market_until[:] = 0
    contracts = p.contract_usd.sum()
    model.step()
    assert model.rows[-1]["bookings_usd"] == 0.0
    assert model.rows[-1]["revenue_usd"] == pytest.approx(contracts / 4)


def test_profit_is_revenue_less_delivery_less_every_cost(model):
    margin = model.config.company.gross_margin
    for row, books in zip(model.rows, model.all_books, strict=True):
        spent = (
            books.salespeople + books.bought_hours + books.marketers + books.team_leads + books.leaders
            + books.programmes + books.nurture + books.practices + books.hiring
        )  # fmt: skip
        assert row["gross_profit_usd"] == pytest.approx(margin * row["revenue_usd"])
        assert row["costs_usd"] == pytest.approx(spent)
        assert row["profit_usd"] == pytest.approx(row["gross_profit_usd"] - row["costs_usd"])


def test_the_books_pay_for_what_happened(model):
    company, people = model.config.company, model.config.people
    paid = (model.fixed_pay, model.variable_pay, model.fees)
    for row, books, flows, fixed, variable, fees in zip(model.rows, model.all_books, model.flows, *paid, strict=True):
        assert books.revenue == row["revenue_usd"] == flows[Flow.REVENUE_USD]
        assert books.nurture == flows[Flow.NURTURED] * model.config.market.nurture_cost_usd
        assert books.salespeople == pytest.approx(fixed[0] * variable[0])
        assert books.marketers == pytest.approx(fixed[1] * variable[1])
        replaced = (
            row["left_sales"] * company.salesperson_cost_usd_per_year
            + row["left_marketing"] * company.marketer_cost_usd_per_year
        )
        assert books.hiring == pytest.approx(people.replacement_cost_share * replaced + fees)


def test_money_moves_between_programmes_and_selling_and_is_never_lost(model):
    company = model.config.company
    budget = company.program_budget_usd_per_year / 4
    team = company.n_salespeople * company.salesperson_cost_usd_per_year / 4
    most = model.config.people.bought_hours_limit
    for books, bought, fixed in zip(model.all_books, model.bought, model.fixed_pay, strict=True):
        # Hours are bought of those who are there, so an empty seat leaves its part unspent.
        assert books.bought_hours == pytest.approx(bought * fixed[0])
        assert abs(bought) <= most + 1e-9
        if books.programmes > 0.0:
            assert books.programmes + bought * team == pytest.approx(budget)
        else:
            assert bought == pytest.approx(min(budget / team, most))


def test_a_discount_is_a_part_of_the_list_price(model):
    for flows in model.flows:
        assert 0.0 <= flows[Flow.DISCOUNT_SUM] <= 0.30 * flows[Flow.WON] + 1e-12
        assert 0.0 <= flows[Flow.DISCOUNT_USD] <= 0.30 / 0.70 * flows[Flow.BOOKINGS_USD] + 1e-9


def test_credit_for_bookings_is_never_more_than_the_bookings(model):
    for flows in model.flows:
        for rule in (Flow.FIRST_MARKETING_USD, Flow.LAST_MARKETING_USD, Flow.SHARED_MARKETING_USD):
            assert 0.0 <= flows[rule] <= flows[Flow.BOOKINGS_USD] + 1e-9


def test_a_runs_sums_are_the_sums_of_its_measured_quarters(model):
    results = model.results()
    measured = [row for row in model.rows if row["quarter"] >= 1]
    assert len(measured) == QUARTERS - 4
    for name in ("revenue_usd", "profit_usd", "bookings_usd", "wins"):
        assert results[name] == pytest.approx(sum(row[name] for row in measured))


def test_value_is_discounted_profit_and_the_discounted_run_off(model):
    results, rate = model.results(), model.config.company.discount_rate_per_year
    profits = [row["profit_usd"] * discount_factor(rate, row["quarter"]) for row in model.rows[4:]]
    assert results["npv_usd"] == pytest.approx(
        sum(profits) + results["run_off_usd"] * discount_factor(rate, QUARTERS - 4)
    )
    assert results["run_off_usd"] > 0.0


def test_asking_for_the_run_off_changes_nothing(model):
    accounts, seats = model.prospects.copy(), [column.copy() for column in model.seats]
    wins = model.cohort_wins.copy()
    assert model.run_off_usd() == model.run_off_usd()
    assert all(np.array_equal(column, model.prospects[name]) for name, column in accounts.columns())
    assert all(np.array_equal(a, b) for a, b in zip(seats, model.seats, strict=True))
    assert np.array_equal(wins, model.cohort_wins)


def test_every_outcome_that_can_be_computed_is_a_number(model):
    # In four quarters no cohort of MQLs is complete; of a team that is not there, and of what lies between it and
    # the other, there is nothing to say.
    expected = {"mql_win_share"} | (set() if model.is_marketing_staffed else OF_TWO_FUNCTIONS)
    if not sum(flows[Flow.WON] for flows in model.flows[4:]):
        expected |= {name for name, outcome in OUTCOMES.items() if "pooled" in outcome.window}
    results = model.results()
    assert {name for name, value in results.items() if not math.isfinite(value)} <= expected
    assert list(results) == list(OUTCOMES)
