import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compose import sim_config
from sim.org.decisions import (
    HIGHEST_BAR,
    LARGEST_DISCOUNT,
    discount_cap,
    hour_value_usd,
    lead_bar,
    nurture_bar,
    passed_lead_cost_usd,
    reallocated,
    selling_hours_per_quarter,
)
from sim.org.horizon import payoff_weight

SHARES = st.floats(0.0, 1.0)
USD = st.floats(1.0, 1e6)
WEIGHTS = st.floats(0.01, 1.0)


@pytest.fixture(scope="module")
def medium():
    return sim_config("company=medium", "org=separate")


def cap_of(horizon, margin=0.75, later_cost=0.6, win_rate=0.22, elasticity=-2.0):
    late, soon = (float(payoff_weight(lag, horizon, 1.0)) for lag in (4.0, 0.5))
    return discount_cap(margin, later_cost, late, soon, -elasticity / (1.0 - win_rate), win_rate)


@pytest.mark.parametrize(("horizon", "cap"), [(1.5, 0.14), (4.0, 0.08), (8.0, 0.04)])
def test_who_looks_further_gives_less_discount(horizon, cap):
    assert round(cap_of(horizon), 2) == cap


def test_without_later_cost_the_horizon_does_not_matter_to_discounts():
    assert cap_of(1.0, later_cost=0.0) == cap_of(20.0, later_cost=0.0) == pytest.approx(0.25)


@given(
    margin=st.floats(0.1, 0.98),
    later=st.floats(0.0, 1.2),
    horizons=st.tuples(st.floats(0.25, 40.0), st.floats(0.25, 40.0)),
    win_rate=st.floats(0.03, 0.8),
    elasticity=st.floats(-4.0, -0.5),
)
def test_a_discount_cap_lies_between_0_and_30_percent_and_never_rises_with_the_horizon(
    margin, later, horizons, win_rate, elasticity
):
    near, far = (cap_of(h, margin, later, win_rate, elasticity) for h in sorted(horizons))
    assert 0.0 <= far <= near <= LARGEST_DISCOUNT == 0.30


def test_a_richer_margin_allows_a_deeper_discount():
    assert cap_of(4.0, margin=0.6) < cap_of(4.0, margin=0.75) < cap_of(4.0, margin=0.9)


def bar_of(company, people, omega, horizon):
    soon, win = (float(payoff_weight(lag, horizon, 1.0)) for lag in (0.5, 2.0))
    margin = company.acv_usd * company.gross_margin
    cost = passed_lead_cost_usd(company, people)
    return lead_bar(omega, cost, people.volume_credit_usd, margin, soon, win)


def test_who_bears_none_of_the_hours_passes_every_lead(medium):
    for horizon in (1.0, 6.0):
        assert bar_of(medium.company, medium.people, 0.0, horizon) == 0.0


def test_who_bears_all_of_the_hours_asks_for_2_to_5_percent(medium):
    for horizon in (2.0, 4.0):
        assert 0.02 <= bar_of(medium.company, medium.people, 1.0, horizon) <= 0.05


@given(
    omegas=st.tuples(SHARES, SHARES), cost=USD, credit=USD, margin=USD, soon=WEIGHTS, win=WEIGHTS
)  # fmt: skip
def test_the_bar_never_falls_when_more_of_the_cost_is_felt(omegas, cost, credit, margin, soon, win):
    low, high = (lead_bar(omega, cost, credit, margin, soon, win) for omega in sorted(omegas))
    assert 0.0 <= low <= high <= HIGHEST_BAR == 0.5


def test_the_bar_weighs_felt_hours_and_credit_against_a_later_win():
    assert lead_bar(0.8, 600.0, 150.0, 22_500.0, 0.9, 0.6) == pytest.approx(
        (0.8 * 600 * 0.9 - 0.2 * 150) / (22_500 * 0.6)
    )


def test_credit_for_volume_lowers_the_bar_of_two_minds_only(medium):
    company, people = medium.company, medium.people
    cost, margin = passed_lead_cost_usd(company, people), company.acv_usd * company.gross_margin
    assert lead_bar(0.7, cost, 150.0, margin, 0.9, 0.6) < lead_bar(0.7, cost, 0.0, margin, 0.9, 0.6)
    assert lead_bar(1.0, cost, 150.0, margin, 0.9, 0.6) == lead_bar(1.0, cost, 0.0, margin, 0.9, 0.6)


def test_nurture_pays_from_its_cost_over_a_later_margin():
    assert nurture_bar(25.0, 22_500.0, 0.5) == pytest.approx(25 / 11_250)
    assert nurture_bar(25.0, 22_500.0, 0.25) > nurture_bar(25.0, 22_500.0, 0.5)


def test_a_passed_lead_costs_its_call_and_its_share_of_an_opportunity(medium):
    company, people = medium.company, medium.people
    hours = passed_lead_cost_usd(company, people) / hour_value_usd(company, people)
    opportunities = company.opportunities_per_quarter * (1 - company.sales_sourced_share) / company.mqls_per_quarter
    assert hours == pytest.approx(1.5 + 12.5 * opportunities)
    assert 300 <= passed_lead_cost_usd(company, people) <= 1_200


def test_twelve_people_have_4071_hours_a_quarter_for_deals_and_leads(medium):
    assert selling_hours_per_quarter(medium.company, medium.people) == pytest.approx(12 * 46 * 12.5 * 0.59)


@given(
    now=st.floats(0.0, 1e6),
    target=st.floats(0.0, 1e6),
    money=st.floats(0.0, 1e7),
    limit=SHARES,
    undone=SHARES,
)
def test_a_quarter_moves_money_toward_its_target_and_at_most_the_limit(now, target, money, limit, undone):
    after = reallocated(now, target, money, limit, undone)
    assert min(now, target) - 1e-6 <= after <= max(now, target) + 1e-6
    assert abs(after - now) <= limit * money + 1e-6
    assert abs(after - now) <= (1.0 - undone) * abs(target - now) + 1e-6


def test_two_owners_leave_a_part_of_the_way_undone():
    assert reallocated(100.0, 150.0, 1000.0, 0.10, 0.0) == 150.0
    assert reallocated(100.0, 150.0, 1000.0, 0.10, 0.7) == pytest.approx(115.0)
    assert reallocated(100.0, 400.0, 1000.0, 0.10, 0.0) == 200.0
    assert reallocated(400.0, 100.0, 1000.0, 0.10, 0.0) == 300.0
    assert reallocated(100.0, 150.0, 1000.0, 0.10, 1.0) == 100.0
