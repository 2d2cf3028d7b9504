"""What the market holds at a moment, in one pass over the accounts: brand, customers, leads and pipeline."""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.compiled import compiled
from sim.market.codes import CUSTOMER, MQL, OPPORTUNITY
from sim.market.prospects import Prospects, Table


class Stocks(NamedTuple):
    """Sums and means over all accounts."""

    awareness: float  # mean, 0..1
    favourability: float  # mean, 0..1
    equity: float  # mean of awareness x favourability, 0..1
    customers: int
    contracts_usd: float  # a year
    open_leads: int  # MQLs and opportunities
    open_pipeline_usd: float  # list value of open opportunities


@compiled
def _stocks(
    accounts: Table, value_location: float, value_sigma: float
) -> tuple[float, float, float, int, float, int, float]:
    awareness, favourability, equity, contracts, pipeline = 0.0, 0.0, 0.0, 0.0, 0.0
    n_customers, n_leads = 0, 0
    n = len(accounts)
    for i in range(n):
        a = accounts[i]
        awareness += a.awareness
        favourability += a.favourability
        equity += a.awareness * a.favourability
        contracts += a.contract_usd
        if a.stage == CUSTOMER:
            n_customers += 1
        elif a.stage == MQL:
            n_leads += 1
        elif a.stage == OPPORTUNITY:
            n_leads += 1
            pipeline += math.exp(value_location + value_sigma * a.value_score)
    return awareness / n, favourability / n, equity / n, n_customers, contracts, n_leads, pipeline


def stocks_of(prospects: Prospects, value_location: float, value_sigma: float) -> Stocks:
    """What the market holds now; an account's list value is lognormal with this location and sigma, ln USD."""
    return Stocks(*_stocks(prospects.accounts, value_location, value_sigma))
