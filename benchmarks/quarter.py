"""A quarter of the medium company's market to begin from, as often as is asked, with as many accounts as is asked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from benchmarks.line import Run
from sim.compose import sim_config
from sim.market.start import started_prospects
from sim.model import GoToMarket, past_of
from sim.randomness import Luck
from tests.reference.comparing import plain_market
from tests.reference.compiled import CompiledMarket, Quarter

SEED = 1


@cache
def medium_quarter() -> Quarter:
    """The third quarter of a medium company under two leaders: 10,000 accounts."""
    config = sim_config("company=medium", "org=separate")
    model = GoToMarket(config, SEED, past_of(config))
    for _ in range(2):
        model.step()
    model.quarter_begins()
    model.leaders_plan()
    model.staff_plan()
    accounts, wins, week = model.prospects.copy(), model.cohort_wins.copy(), model.week
    seats = type(model.seats)(*(column.copy() for column in model.seats))
    model.market_runs()
    model.forget()
    return Quarter(config.company, config.market, SEED, model.anchors, model.policy, seats, accounts, wins, week)


def sized_quarter(n_prospects: int) -> Quarter:
    """The same with another number of accounts, started from the same past, as many of them customers."""
    quarter = medium_quarter()
    config = sim_config("company=medium", "org=separate")
    customers = round(config.company.n_customers * n_prospects / config.company.n_prospects)
    company = replace(config.company, n_prospects=n_prospects, n_customers=customers)
    reservoir = past_of(config).reservoir
    assert reservoir is not None, "a past that has been lived has one"
    return quarter._replace(accounts=started_prospects(company, reservoir, Luck(SEED)), week=0)


def compiled(quarter: Quarter) -> Run:
    """The compiled market's next quarter, ready to go."""
    return CompiledMarket(quarter).pass_quarter


def plain(quarter: Quarter) -> Run:
    """The twin's next quarter, ready to go."""
    market = plain_market(quarter)
    market.forget()
    return lambda: market.pass_quarter(quarter.anchors, quarter.policy, quarter.seats)


def bytes_per_prospect(quarter: Quarter) -> float:
    """Memory of the accounts and their cases after the quarter."""
    market = CompiledMarket(quarter)
    market.pass_quarter()
    return (market.accounts.accounts.nbytes + market.accounts.cases.nbytes) / len(market.accounts)


def state_columns(quarter: Quarter) -> list[np.ndarray]:
    """Contiguous copies of the columns that every week changes, or reads, of every account."""
    names = ("awareness", "favourability", "entry_left", "idle_left", "market_until", "stage")
    return [np.ascontiguousarray(quarter.accounts[name]) for name in names]
