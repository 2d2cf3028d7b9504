"""The accounts at the start: drawn from the company's simulated past, so that nothing drifts at first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.config import CompanyConfig, MarketConfig
from sim.market.case import CASES_PER_EPISODE
from sim.market.laws import Anchors
from sim.market.prospects import Prospects, Stage, empty_prospects
from sim.periods import WEEKS_PER_YEAR
from sim.randomness import Decision, Luck

WEEK_COLUMNS = ("discount_week", "market_until", "nurture_until", "renewal_week")  # of accounts
CASE_WEEKS = ("stage_week", "mql_week")  # of cases
LONG_AGO = -(10**6)


class Reservoir(NamedTuple):
    """Accounts of the simulated past at its end, weeks counted from there (so the past is negative)."""

    accounts: Prospects
    load: float  # mean hours asked / available of a seat
    prospecting_hours: float  # mean hours a week of a seat
    selling_hours: float  # mean hours a week of a seat for opportunities, vacancies included


def chosen_customers(company: CompanyConfig, luck: Luck) -> npt.NDArray[np.bool_]:
    """Which accounts are customers at the start: exactly the stated number, those with the lowest draws."""
    draws = luck.uniforms(Decision.START_CUSTOMER, np.arange(company.n_prospects))
    last = np.partition(draws, company.n_customers - 1)[company.n_customers - 1]
    return draws <= last


def started_prospects(company: CompanyConfig, reservoir: Reservoir, luck: Luck) -> Prospects:
    """Accounts at week 0: each takes the state of a random account of the past, thresholds drawn anew.

    The thresholds are memoryless, so drawing them anew changes no distribution and keeps two accounts that
    took the same state from living the same life.
    """
    ids = np.arange(company.n_prospects)
    was_customer = reservoir.accounts.stage == Stage.CUSTOMER
    u = luck.uniforms(Decision.START_STATE, ids)
    pools = [np.flatnonzero(~was_customer), np.flatnonzero(was_customer)]
    is_customer = chosen_customers(company, luck)
    picks = [pool[(u * len(pool)).astype(np.int64)] for pool in pools]
    prospects = reservoir.accounts.take(np.where(is_customer, picks[1], picks[0]))
    prospects.owner[:] = -1
    draw_thresholds(prospects, luck)
    return prospects


def draw_thresholds(prospects: Prospects, luck: Luck) -> None:
    """New Exp(1) thresholds for entry, inquiry, find, idle response, new places in the queue; keyed as in the loop."""
    ids = np.arange(len(prospects))
    prospects.entry_left[:] = luck.exponentials(Decision.ENTERS_MARKET, ids, prospects.episode)
    cases, who = prospects.cases, prospects.cases["account"]
    if len(cases):
        number = prospects.episode[who].astype(np.int64) * CASES_PER_EPISODE + prospects.attempts[who]
        cases["inquiry_left"] = luck.exponentials(Decision.RAISES_HAND, who, number * 2 + 1)
        cases["found_left"] = luck.exponentials(Decision.FOUND_BY_SALES, who, number * 2 + 1)
        # Else two accounts that took one state would be served in an order that nothing decides.
        cases["precedence"] = luck.uniforms(Decision.SERVED_FIRST, who, cases["case"])
    prospects.idle_left[:] = luck.exponentials(Decision.RESPONDS_IDLY, ids, prospects.idle_responses)


def first_prospects(company: CompanyConfig, market: MarketConfig, anchors: Anchors, luck: Luck) -> Prospects:
    """Accounts of a past that has not begun: the stated customers, nobody in market, brand near its level."""
    n = company.n_prospects
    ids = np.arange(n)
    p = empty_prospects(n)
    p.fit[:] = luck.normals(Decision.ACCOUNT_FIT, ids)
    p.value_score[:] = luck.normals(Decision.ACCOUNT_VALUE, ids)
    p.awareness[:] = 0.5
    p.favourability[:] = 0.5
    p.owner[:] = -1
    p.nurture_until[:] = LONG_AGO
    is_customer = chosen_customers(company, luck)
    p.stage[is_customer] = Stage.CUSTOMER
    list_usd = np.exp(anchors.value_location + company.deal_value_sigma * p.value_score)
    p.contract_usd[is_customer] = list_usd[is_customer]
    weeks = 1 + (luck.uniforms(Decision.START_STATE, ids) * WEEKS_PER_YEAR).astype(np.int32)
    p.renewal_week[is_customer] = weeks[is_customer]
    p.overpromise[is_customer] = 0.3
    draw_thresholds(p, luck)
    return p


def as_past(prospects: Prospects, end_week: int) -> Prospects:
    """A copy whose weeks count from `end_week`."""
    past = prospects.copy()
    for table, names in ((past.accounts, WEEK_COLUMNS), (past.cases, CASE_WEEKS)):
        for name in names:
            table[name] -= end_week
    return past
