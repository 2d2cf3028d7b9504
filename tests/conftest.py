"""A tiny company that every test can afford: 1,200 accounts, two salespeople, one marketer."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from sim.compose import sim_config
from sim.composition.catalogue import catalogue
from sim.model import past_of

# Compiled functions take a second when first met; examples are the same every time, like all luck here.
settings.register_profile("twohats", deadline=None, derandomize=True)
settings.load_profile("twohats")

TINY = (
    "company=startup",
    "company.n_prospects=1200",
    "company.n_customers=60",
    "company.inquiries_per_quarter=100",
    "company.mqls_per_quarter=25",
    "horizon_quarters=4",
)
ORGS = catalogue().options("org")


@pytest.fixture(scope="session")
def tiny_overrides():
    """What makes a company tiny, as one would type it."""
    return TINY


@pytest.fixture(scope="session")
def tiny_with():
    """A way to make the tiny company with further overrides, under two leaders unless a structure is named."""

    def made(*overrides):
        is_named = any(override.startswith("org=") for override in overrides)
        return sim_config(*TINY, *overrides, *([] if is_named else ["org=separate"]))

    return made


@pytest.fixture(scope="session")
def tiny(tiny_with):
    return tiny_with()


@pytest.fixture(scope="session")
def tiny_past(tiny):
    """Accounts, anchors and yardsticks of the tiny company; the same for all its structures."""
    return past_of(tiny)


@pytest.fixture(scope="session", params=ORGS)
def structured(request, tiny_with):
    """The tiny company under each structure in `conf/org`."""
    return tiny_with(f"org={request.param}")


UNUSUAL = {
    "nobody stays": ("people.sales_attrition_per_year=1.5", "people.marketing_attrition_per_year=1.5"),
    "seats stand empty": ("people.sales_attrition_per_year=1", "people.search_weeks=104", "org=founder_led"),
    "hybrid roles": ("roles=hybrid", "practices=strong", "org=merged_balanced"),
    "buyers expect discounts": ("people.discount_later_cost=0", "people.discount_habit=1"),
    "leads go cold in a week": ("market.silence_weeks=1", "market.response_median_hours=400"),
    "junk": ("market.junk_accept_ratio=1", "people.volume_credit_usd=2000"),
    "contracts grow and shrink": ("company.expansion_per_year=0.2", "company.renewal_share_per_year=0.5"),
    "wild demand": ("market=volatile", "market.volatility=1", "market.growth_per_year=0.5"),
    "no scarcity": ("mechanisms.attention_scarcity=false", "org=cro_two_heads"),
}


@pytest.fixture(scope="session", params=[*ORGS, *UNUSUAL])
def world(request, tiny_with):
    """The tiny company in every structure, and in worlds that a rule might not have been written for."""
    overrides = UNUSUAL.get(request.param, (f"org={request.param}",))
    return tiny_with(*overrides)


@pytest.fixture
def environment():
    """Variables for a fresh Python that finds this checkout and the code compiled by this one."""
    root = str(Path(__file__).parents[1])
    paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": paths}
