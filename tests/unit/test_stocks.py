import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.market.prospects import Stage, empty_prospects
from sim.market.stocks import stocks_of

ACCOUNTS = st.lists(
    st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.sampled_from(Stage), st.floats(-3.0, 3.0)),
    min_size=1, max_size=30,
)  # fmt: skip
LOCATION, SIGMA = 10.0, 0.8


def market_of(accounts):
    """Accounts with this awareness, favourability, stage and value score; customers pay by their score."""
    p = empty_prospects(len(accounts))
    for name, values in zip(
        ("awareness", "favourability", "stage", "value_score"), zip(*accounts, strict=True), strict=True
    ):
        p[name] = values
    p.contract_usd = np.where(p.stage == Stage.CUSTOMER, 1000.0 * (4.0 + p.value_score), 0.0)
    return p


@given(accounts=ACCOUNTS)
def test_one_pass_finds_what_each_sum_over_the_accounts_finds(accounts):
    p = market_of(accounts)
    found, is_open = stocks_of(p, LOCATION, SIGMA), p.stage == Stage.OPPORTUNITY
    assert found == pytest.approx(
        (
            p.awareness.mean(),
            p.favourability.mean(),
            (p.awareness * p.favourability).mean(),
            (p.stage == Stage.CUSTOMER).sum(),
            p.contract_usd.sum(),
            (is_open | (p.stage == Stage.MQL)).sum(),
            np.exp(LOCATION + SIGMA * p.value_score[is_open]).sum(),
        ),
        rel=1e-12,
    )


def test_looking_changes_no_account():
    p = market_of([(0.5, 0.4, Stage.OPPORTUNITY, 1.0), (0.1, 0.2, Stage.CUSTOMER, 0.0)])
    before = p.copy()
    stocks_of(p, LOCATION, SIGMA)
    assert np.array_equal(before, p)
