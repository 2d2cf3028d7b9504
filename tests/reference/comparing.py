"""Every variable of the two markets side by side. The only place that knows how the loop stores accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.market.laws import Floats, Flow, Seats
from sim.market.prospects import CASE, Prospects, empty_prospects
from tests.reference.account import Account
from tests.reference.case import Case
from tests.reference.compiled import CompiledMarket, Quarter
from tests.reference.constants import CUSTOMER, MQL, OPPORTUNITY, OUTSIDE
from tests.reference.market import PlainMarket

TOLERANCE = 1e-12  # relative, or absolute below 1; none between whole numbers of a market's size
Columns = Mapping[str, npt.NDArray]


class Variable(NamedTuple):
    """One variable of all accounts or seats, or of the market; `means_something` has the same shape."""

    values: npt.NDArray
    means_something: npt.NDArray


Name = tuple[str, str]  # whose it is, and what
Reading = dict[Name, Variable]


# ---- accounts as the loop stores them


def columns_of(accounts: Prospects) -> Columns:
    """Every variable of the loop's accounts by name, arrays of shape (n_prospects,), 0 where it is not kept."""
    return {name: np.array(values) for name, values in accounts.columns()}


def accounts_of(columns: Columns) -> Prospects:
    """Accounts for the loop with these variables; each has a case, and the loop keeps those that are open."""
    accounts = empty_prospects(len(columns["stage"]))
    accounts.cases = np.zeros(len(accounts), dtype=CASE)
    accounts.cases["account"] = np.arange(len(accounts))
    for name, values in columns.items():
        table = accounts.accounts if name in accounts.accounts.dtype.names else accounts.cases
        table[name] = values
    return accounts


# ---- what is read from either market


def plain_market(quarter: Quarter, kind: type[PlainMarket] = PlainMarket) -> PlainMarket:
    """The plain market at the start of a quarter."""
    columns = {name: values.tolist() for name, values in columns_of(quarter.accounts).items()}
    return kind(quarter.company, quarter.settings, quarter.seed, columns, quarter.cohort_wins.tolist(), quarter.week)


def read_plain(market: PlainMarket) -> Reading:
    """All variables of the plain market between two weeks."""
    columns = {name: [getattr(account, name) for account in market.accounts] for name in Account.VARIABLES}
    # Where there is no case, and where an MQL has not come so far, a variable is nothing.
    columns |= {name: [getattr(account.case, name, 0) for account in market.accounts] for name in Case.VARIABLES}
    arrays = {name: np.array(values) for name, values in columns.items()}
    seats = Seats(*(np.array([getattr(seat, name) for seat in market.salespeople]) for name in Seats._fields))
    flows = np.array([getattr(market.flows, flow.name.lower()) for flow in Flow])
    return reading(arrays, seats, flows, np.array(market.cohort_wins), market.week)


def read_loop(market: CompiledMarket) -> Reading:
    """All variables of the compiled market between two weeks."""
    return reading(columns_of(market.accounts), market.seats, market.flows, market.cohort_wins, market.week)


def reading(columns: Columns, seats: Seats, flows: Floats, cohort_wins: Floats, next_week: int) -> Reading:
    """Variables by whose they are and what, with marks where an account's mean something in its present stage."""
    everything = {("market", "flows"): flows, ("cohort", "wins"): cohort_wins}
    everything |= {("seat", name): values for name, values in seats._asdict().items()}
    read = {name: Variable(values, np.ones(values.shape, dtype=bool)) for name, values in everything.items()}
    used = where_used(columns["stage"], next_week < columns["market_until"])
    for name in (*Account.VARIABLES, *Case.VARIABLES):
        read["account", name] = Variable(columns[name], used.get(name, used["always"]))
    return read


def where_used(stage: npt.NDArray, is_in_market: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[np.bool_]]:
    """Accounts in whose stage a variable is used, by its name; elsewhere the loop may keep anything, or nothing."""
    is_mql, is_opportunity = stage == MQL, stage == OPPORTUNITY
    used = dict.fromkeys(Case.VARIABLES, is_mql | is_opportunity)
    used |= dict.fromkeys(("score", "author", "will_be_called", "response_hours"), is_mql)
    used |= dict.fromkeys(("effort", "work_left", "pace"), is_opportunity)
    used |= dict.fromkeys(("inquiry_left", "found_left"), (stage == OUTSIDE) & is_in_market)
    return used | {"renewal_week": stage == CUSTOMER, "always": np.ones(stage.shape, dtype=bool)}


# ---- where they differ


class Difference(NamedTuple):
    """One number on which the markets disagree."""

    whose: str  # account, seat, cohort or market
    place: tuple[int, ...]  # which of them (of the market's: which flow), and of which marketer's leads
    variable: str
    loop: float
    plain: float


def differences(loop: Reading, plain: Reading) -> Iterator[Difference]:
    """Everything on which two readings differ beyond rounding."""
    for name in plain:
        a, b = loop[name].values.astype(float), plain[name].values.astype(float)
        allowed = TOLERANCE * np.maximum(np.maximum(np.abs(a), np.abs(b)), 1.0)
        agrees = np.abs(a - b) <= allowed  # false where either is no number
        for place in np.argwhere(~agrees & loop[name].means_something & plain[name].means_something):
            at = tuple(place.tolist())
            yield Difference(name[0], at, name[1], float(a[at]), float(b[at]))
