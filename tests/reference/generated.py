"""Generated quarters: any market and company in range, any decisions, accounts in every stage; eventful on purpose."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from sim.config import CompanyConfig, MarketConfig
from sim.market.laws import Anchors, Policy, Seats
from sim.market.prospects import Prospects
from sim.params import parameters
from sim.periods import WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from tests.reference.comparing import accounts_of
from tests.reference.compiled import Quarter
from tests.reference.constants import CUSTOMER, MAX_CYCLE_WEEKS, MQL, OPPORTUNITY, OUTSIDE

SHARES = st.floats(0.0, 1.0)
LOG_ODDS = st.floats(-3.0, 3.0)
SEEDS = st.integers(0, 2**32 - 1)
# Facts of the company that the market's rules know.
OF_COMPANY = (
    "n_customers", "deal_value_sigma", "renewal_share_per_year", "expansion_per_year", "win_rate",
    "sales_sourced_share", "mqls_per_quarter", "hours_per_opportunity", "hours_per_mql",
)  # fmt: skip
MOST = 10_000  # of counts that may be a million


def ranged(config, names=None):
    """A config of this kind with each number (of these names) anywhere in its declared range."""
    drawn = {}
    for name, known, value in parameters(config):
        if names is None or name in names:
            whole = isinstance(value, int)
            high = min(known.high, MOST)
            drawn[name] = st.integers(int(known.low), int(high)) if whole else st.floats(known.low, high)
    return st.fixed_dictionaries(drawn).map(lambda values: replace(config, **values))


ANCHORS = st.builds(
    Anchors,
    ready_rate=st.floats(0.01, 0.6),
    junk_rate=st.floats(0.0, 0.3),
    score_location=LOG_ODDS,
    accept_location=st.floats(-2.0, 6.0),
    found_rate=st.floats(0.0, 0.1),
    win_location=LOG_ODDS,
    value_location=st.floats(math.log(100.0), math.log(1e6)),
    renewal_location=LOG_ODDS,
    pace_location=st.floats(-1.0, math.log(20.0)),
    equity=st.floats(0.05, 1.0),
)
POLICIES = st.builds(
    Policy,
    entry_hazard=st.floats(0.0, 0.3),
    reach=SHARES,
    deserved=SHARES,
    keep_awareness=st.floats(0.5, 1.0),
    keep_favourability=st.floats(0.5, 1.0),
    activation=st.lists(st.floats(0.0, 4.0), min_size=WEEKS_PER_QUARTER, max_size=WEEKS_PER_QUARTER).map(np.array),
    bar=st.floats(0.0, 0.5),
    nurture_bar=st.floats(0.0, 0.5),
    score_noise=st.floats(0.0, 4.0),
    response_factor=st.floats(0.1, 1.0),
    discount_cap=st.floats(0.0, 0.5),
    discount_habit=SHARES,
    consistency=SHARES,
    support=st.floats(-1.0, 1.0),
    logged_share=SHARES,
)


@st.composite
def seats(draw):
    """A sales team: some seats vacant for some weeks or all, some without quota, of one marketer's leads or several."""
    n, n_marketers = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    luck = np.random.default_rng(draw(SEEDS))
    comes = luck.integers(0, WEEKS_PER_QUARTER, n) * luck.choice([0, 0, 1], n)
    goes = np.where(luck.random(n) < 0.2, luck.integers(0, WEEKS_PER_QUARTER, n), WEEKS_PER_QUARTER)
    if draw(st.integers(0, 9)) == 9:
        goes[:] = draw(st.integers(0, 4))  # then nobody is there at all
    weeks = np.arange(WEEKS_PER_QUARTER)
    is_there = (comes[:, None] <= weeks) & (weeks < goes[:, None])
    hours = draw(st.floats(1.0, 80.0))  # a week
    return Seats(
        selling_hours=is_there * luck.uniform(0.0, hours, is_there.shape),
        lead_hours=is_there * luck.uniform(0.0, 0.5 * hours, is_there.shape),
        productivity=luck.lognormal(0.0, 0.3, n),
        win_skill=luck.normal(0.0, 0.3, n),
        follow_up=luck.random((n, n_marketers)),
        quota_usd=luck.choice([0.0, 1e4, 1e6], n),
        booked_usd=np.zeros(n),
        load=luck.uniform(0.0, 2.0, n),
        prospecting_hours=luck.uniform(0.0, hours, n),
        hours_used=np.zeros(n),
        junk_hours=np.zeros(n),
        calling_hours=np.zeros(n),
        passed=np.zeros((n, n_marketers)),
        called=np.zeros((n, n_marketers)),
        real=np.zeros((n, n_marketers)),
    )


def population(n: int, team: Seats, week: int, seed: int) -> Prospects:
    """So many accounts in all stages, as a life before `week` could have left them."""
    luck = np.random.default_rng(seed)
    n_seats, n_marketers = team.follow_up.shape
    stage = luck.choice([OUTSIDE, MQL, OPPORTUNITY, CUSTOMER], n, p=[0.4, 0.15, 0.2, 0.25])

    def weeks_ago(most):
        return week - luck.integers(0, most, n)

    came = np.where(luck.random(n) < 0.1, week - MAX_CYCLE_WEEKS, weeks_ago(20))
    effort = luck.lognormal(2.0, 1.0, n)
    columns = {
        "awareness": luck.random(n),
        "favourability": luck.random(n),
        "entry_left": luck.exponential(1.0, n),
        "idle_left": luck.exponential(1.0, n),
        "market_until": week + luck.integers(-30, 30, n),
        "nurture_until": week + luck.integers(-30, 30, n),
        "contract_usd": np.where(stage == CUSTOMER, luck.lognormal(10.0, 1.0, n), 0.0),
        "renewal_week": week + luck.integers(0, WEEKS_PER_YEAR, n),
        "owner": luck.integers(-1, n_seats, n),
        "stage": stage,
        "will_be_called": luck.integers(0, 2, n),
        "inquiry_left": luck.exponential(1.0, n),
        "found_left": luck.exponential(1.0, n),
        "episode": luck.integers(0, 30, n),
        "attempts": luck.choice([0, 1, 2, 1022, 1023, 1024], n),
        "first_touch": luck.integers(0, 3, n),
        "last_touch": luck.integers(0, 3, n),
        "marketing_touches": luck.integers(0, 20, n),
        "sales_touches": luck.integers(0, 20, n),
        "author": luck.integers(0, n_marketers, n),
        "stage_week": came,
        "mql_week": np.where(luck.random(n) < 0.4, -1, came - luck.integers(0, WEEKS_PER_YEAR, n)),
        "case": luck.integers(0, 2**16, n),
        "precedence": luck.random(n),
        "score": luck.random(n),
        "response_hours": luck.lognormal(4.0, 1.5, n),
        "effort": effort,
        "work_left": effort * luck.uniform(0.01, 1.0, n),
        "pace": effort / luck.uniform(0.5, 40.0, n),
        "fit": luck.normal(0.0, 1.0, n),
        "value_score": luck.normal(0.0, 1.0, n),
        "expected_discount": luck.uniform(0.0, 0.3, n),
        "overpromise": luck.random(n),
        "discount_week": weeks_ago(100),
        "idle_responses": luck.integers(0, 50, n),
        "contract_year": luck.integers(0, 20, n),
    }
    return accounts_of(columns)


@st.composite
def quarters(draw) -> Quarter:
    """A quarter to start from, at week 0 or later."""
    team, week = draw(seats()), WEEKS_PER_QUARTER * draw(st.integers(0, 12))
    return Quarter(
        company=draw(ranged(CompanyConfig(), OF_COMPANY)),
        settings=draw(ranged(MarketConfig())),
        seed=draw(st.integers(0, 2**31)),
        anchors=draw(ANCHORS),
        policy=draw(POLICIES),
        seats=team,
        accounts=population(draw(st.integers(60, 150)), team, week, draw(SEEDS)),
        cohort_wins=np.zeros(draw(st.integers(1, 20))),
        week=week,
    )
