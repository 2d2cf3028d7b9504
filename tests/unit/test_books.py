from dataclasses import asdict, fields, replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.books import Books, Quarter, booked, discount_factor, leaders_cost_per_quarter, team_leads_cost_per_quarter
from sim.compose import sim_config
from sim.config import PeopleConfig, PracticesConfig
from sim.org.structure import resolved

PEOPLE = PeopleConfig()
FULL_WEEK = PEOPLE.leader_hours_per_week
USD = st.floats(-1e7, 1e7)
COSTS = [f.name for f in fields(Books) if f.name not in ("revenue", "delivery")]
NO_PRACTICES = PracticesConfig(**dict.fromkeys(PracticesConfig().levels(), 0.0))


@lru_cache
def of_medium(org, *overrides):
    return sim_config("company=medium", f"org={org}", *overrides)


def leaders_usd(org, *overrides):
    """Yearly pay of all leaders of a medium company."""
    config = of_medium(org, *overrides)
    return 4 * leaders_cost_per_quarter(config.company, resolved(config.org), FULL_WEEK)


@given(st.builds(Books, **{f.name: USD for f in fields(Books)}))
def test_profit_is_gross_profit_less_every_cost(books):
    assert books.gross_profit == pytest.approx(books.revenue - books.delivery)
    assert books.costs == pytest.approx(sum(asdict(books)[name] for name in COSTS), abs=1e-3)
    assert books.profit == pytest.approx(books.gross_profit - books.costs, abs=1e-3)


@pytest.mark.parametrize("name", COSTS)
def test_a_dollar_more_of_any_cost_is_a_dollar_less_of_profit(name):
    books = Books(**{f.name: 0.0 for f in fields(Books)})
    assert replace(books, **{name: 1.0}).profit == -1.0


def test_two_leaders_cost_their_two_salaries():
    assert leaders_usd("separate") == pytest.approx((1.0 + 0.9) * 350_000)


def test_one_leader_costs_a_sixth_more_than_a_head_of_sales():
    for org in ("merged_sales_led", "merged_marketing_led", "merged_balanced"):
        assert leaders_usd(org) == pytest.approx(1.15 * 350_000)


def test_a_founders_hours_cost_their_market_price():
    assert leaders_usd("founder_led") == pytest.approx(1.15 * 350_000 * 24 / 50)


def test_a_fractional_leader_costs_what_is_stated():
    assert leaders_usd("fractional_cmo") == pytest.approx(350_000 + 120_000)


def test_a_superior_who_leads_no_function_is_paid_too():
    assert leaders_usd("cro_two_heads") == pytest.approx((1.4 + 1.0 + 0.9) * 350_000)


def test_pay_follows_hours_unless_it_is_stated():
    half = "org.posts.head_of_marketing.hours_per_week=25"
    assert leaders_usd("separate", half) == pytest.approx((1.0 + 0.45) * 350_000)
    stated = "org.posts.head_of_marketing.cost_usd_per_year=1"
    assert leaders_usd("separate", half, stated) == pytest.approx(350_001)


def test_team_leads_cost_nothing_within_the_span_and_one_premium_per_span_beyond():
    assert team_leads_cost_per_quarter(PEOPLE, (8, 8)) == 0.0
    assert 4 * team_leads_cost_per_quarter(PEOPLE, (16, 4)) == pytest.approx(40_000)
    assert 4 * team_leads_cost_per_quarter(PEOPLE, (12, 12)) == pytest.approx(40_000)
    assert 4 * team_leads_cost_per_quarter(PEOPLE, (9,)) == pytest.approx(5_000)


def test_a_dollar_in_a_year_is_worth_a_dollar_less_the_rate():
    assert discount_factor(0.10, 0) == 1.0
    assert discount_factor(0.10, 4) == pytest.approx(1 / 1.10)
    assert discount_factor(0.60, 6) == pytest.approx(1.6**-1.5)
    assert discount_factor(0.0, 40) == 1.0


QUARTER = Quarter(
    revenue_usd=1_000_000.0,
    nurtured=40.0,
    paid_weeks=(130.0, 65.0),
    pay_factors=(1.1, 0.9),
    leavers=(2, 1),
    leader_presence=(1.0, 0.4),
    left_posts=(1,),
    team_sizes=(12, 6),
    programme_usd_per_year=800_000.0,
    bought_share=0.05,
    reorganisation_usd=12_345,
)


def test_a_quarters_books_price_everything_that_happened():
    config = of_medium("separate")
    books = booked(config, resolved(config.org), NO_PRACTICES, QUARTER)
    assert asdict(books) == pytest.approx(
        {
            "revenue": 1_000_000,
            "delivery": 250_000,
            "salespeople": 1.1 * 130 / 52 * 190_000,
            "bought_hours": 0.05 * 130 / 52 * 190_000,
            "marketers": 0.9 * 65 / 52 * 110_000,
            "team_leads": 40_000 * 4 / 8 / 4,
            "leaders": (1.0 + 0.4 * 0.9) * 350_000 / 4,
            "programmes": 200_000,
            "nurture": 40 * 25,
            "practices": 0,
            "hiring": 0.6 * (2 * 190_000 + 110_000) + 0.3 * 0.9 * 350_000,
            "reorganisation": 12_345,
        }
    )


def test_practices_are_paid_for_everybody_in_the_teams():
    config = of_medium("separate")
    crm, incentives = (replace(NO_PRACTICES, **{name: 1.0}) for name in ("shared_crm", "unified_incentives"))
    structure = resolved(config.org)
    assert booked(config, structure, crm, QUARTER).practices == pytest.approx(18 * 2_400 / 4)
    staff_pay = 130 / 52 * 190_000 + 65 / 52 * 110_000
    assert booked(config, structure, incentives, QUARTER).practices == pytest.approx(0.02 * staff_pay)


@given(factors=st.tuples(st.floats(0.3, 3.0), st.floats(0.3, 3.0)))
def test_variable_pay_moves_the_pay_of_staff_and_nothing_else(factors):
    config = of_medium("separate")
    structure = resolved(config.org)
    usual, varied = (
        asdict(booked(config, structure, PracticesConfig(), replace(QUARTER, pay_factors=f)))
        for f in ((1.0, 1.0), factors)
    )
    for name, factor in zip(("salespeople", "marketers"), factors, strict=True):
        assert varied.pop(name) == pytest.approx(factor * usual.pop(name))
    assert varied == usual


@given(presence=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)))
def test_a_vacant_post_is_not_paid(presence):
    config = of_medium("separate")
    structure = resolved(config.org)
    paid = leaders_cost_per_quarter(config.company, structure, FULL_WEEK, presence)
    assert 4 * paid == pytest.approx((presence[0] + 0.9 * presence[1]) * 350_000)
    assert leaders_cost_per_quarter(config.company, structure, FULL_WEEK) == pytest.approx(1.9 * 350_000 / 4)


def test_a_leader_who_leaves_costs_three_tenths_of_a_years_pay_of_the_post():
    config = of_medium("fractional_cmo")
    structure = resolved(config.org)
    nobody, both = (
        booked(config, structure, NO_PRACTICES, replace(QUARTER, leavers=(0, 0), left_posts=posts)).hiring
        for posts in ((), (0, 1))
    )
    assert nobody == 0.0
    assert both == pytest.approx(0.3 * (350_000 + 120_000))


def test_an_empty_seat_is_not_paid():
    config = of_medium("separate")
    books = booked(config, resolved(config.org), NO_PRACTICES, replace(QUARTER, paid_weeks=(0.0, 0.0)))
    assert books.salespeople == books.marketers == 0.0
