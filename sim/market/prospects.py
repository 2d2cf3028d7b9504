"""Accounts as two tables: a short record for each, and a case for each that is in the market or with sales.

A buying episode runs lead -> MQL -> opportunity -> won, or lost, disqualified, nurtured. A lead lives for a
moment within its week, so the stages that a row can rest in are four. Nine accounts of ten are at rest: what only
buyers have is kept for buyers only, so a million accounts fit into a little more than 100 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
Table = npt.NDArray[Any]  # of records


class Stage(IntEnum):
    """Where an account rests at the end of a week."""

    OUTSIDE = 0
    MQL = 1
    OPPORTUNITY = 2
    CUSTOMER = 3


class Source(IntEnum):
    """Which function touched an account."""

    NOBODY = 0
    MARKETING = 1
    SALES = 2


# Weeks are absolute week numbers of the run. Most of what a week touches comes first, so that it shares a cache line.
ACCOUNT_COLUMNS: tuple[tuple[str, type], ...] = (
    ("awareness", np.float64),  # 0..1
    ("favourability", np.float64),  # 0..1
    ("entry_left", np.float64),  # Exp(1) threshold less the hazard met so far
    ("idle_left", np.float64),
    ("contract_usd", np.float64),  # a year, 0 if no customer
    ("market_until", np.int32),  # in market before this week
    ("renewal_week", np.int32),
    ("stage", np.int8),
    ("first_touch", np.int8),  # Source
    ("last_touch", np.int8),
    ("contract_year", np.int8),  # renewals decided so far over all contracts
    ("nurture_until", np.int32),  # nurtured before this week
    ("episode", np.int16),  # spells in market so far, exogenous
    ("idle_responses", np.int16),
    ("attempts", np.int16),  # cases within the episode
    ("owner", np.int16),  # seat of the salesperson, -1 if none
    ("marketing_touches", np.int16),
    ("sales_touches", np.int16),
    # slow and fixed
    ("discount_week", np.int32),  # when the expected discount was set
    ("expected_discount", np.float64),  # reference price: share off list that is remembered
    ("overpromise", np.float64),  # 1 - consistency of the message at signature
    ("fit", np.float64),  # SD
    ("value_score", np.float64),  # SD of ln value
)
CASE_COLUMNS: tuple[tuple[str, type], ...] = (
    # in market
    ("inquiry_left", np.float64),
    ("found_left", np.float64),
    # with sales
    ("case", np.int64),  # event number of the present case
    ("precedence", np.float64),  # keyed order of service
    ("score", np.float64),  # estimated chance of winning
    ("response_hours", np.float64),  # until an MQL is called
    ("effort", np.float64),  # selling hours that the opportunity needs
    ("work_left", np.float64),
    ("pace", np.float64),  # selling hours a week that the buyer can take in
    ("account", np.int32),
    ("stage_week", np.int32),  # week in which the stage began
    ("mql_week", np.int32),  # week in which the case became an MQL, negative if found by sales
    ("author", np.int16),  # seat of the marketer whose lead it is
    ("will_be_called", np.int8),  # the owner means to follow up
)
ACCOUNT = np.dtype(list(ACCOUNT_COLUMNS), align=True)
CASE = np.dtype(list(CASE_COLUMNS), align=True)
COLUMN_NAMES = tuple(name for name, _ in (*ACCOUNT_COLUMNS, *CASE_COLUMNS) if name != "account")


@dataclass
class Prospects:
    """All accounts, as a table of columns to whoever reads it: `prospects.stage`, `prospects["stage"]`.

    A column of accounts is a view and can be written; one of cases is gathered for all accounts, 0 where an account
    has none, and is written in `cases`. A case is kept until the week after it was closed; an idle response that is
    turned away makes none.
    """

    accounts: Table  # shape (n_prospects,), dtype ACCOUNT, row = account number
    cases: Table  # shape (n_cases,), dtype CASE, by account number

    def __len__(self) -> int:
        return len(self.accounts)

    def __getattr__(self, name: str) -> Column:
        if name not in COLUMN_NAMES:
            raise AttributeError(f"accounts have no column {name!r}")
        return self[name]

    def __getitem__(self, name: str) -> Column:
        if name in ACCOUNT.fields:  # type: ignore[operator]  # a record type has fields
            return self.accounts[name]
        column = np.zeros(len(self), dtype=CASE[name])
        column[self.cases["account"]] = self.cases[name]
        return column

    def __setitem__(self, name: str, values: npt.ArrayLike) -> None:
        self.accounts[name] = values

    def __setattr__(self, name: str, values: Any) -> None:
        if name in COLUMN_NAMES:
            self[name] = values
        else:
            super().__setattr__(name, values)

    def columns(self) -> Iterator[tuple[str, Column]]:
        """Name and column, shape (n_prospects,), of everything that is known of accounts."""
        for name in COLUMN_NAMES:
            yield name, self[name]

    def value(self, name: str, account: int) -> float | int:
        """One number of one account."""
        if name in ACCOUNT.fields:  # type: ignore[operator]  # a record type has fields
            return self.accounts[name][account].item()
        row = int(np.searchsorted(self.cases["account"], account))
        is_there = row < len(self.cases) and self.cases["account"][row] == account
        return self.cases[name][row].item() if is_there else 0

    def copy(self) -> Prospects:
        """An independent copy."""
        return Prospects(self.accounts.copy(), self.cases.copy())

    def take(self, which: npt.NDArray[np.int64]) -> Prospects:
        """Copies of these accounts, in this order and as often as they are named, numbered anew."""
        first, last = (np.searchsorted(self.cases["account"], which, side=side) for side in ("left", "right"))
        has_case = np.flatnonzero(last > first)
        cases = self.cases[first[has_case]]
        cases["account"] = has_case
        return Prospects(self.accounts[which], cases)


def empty_prospects(n_prospects: int) -> Prospects:
    """Records of zeros for `n_prospects` accounts, without a case."""
    return Prospects(np.zeros(n_prospects, dtype=ACCOUNT), np.zeros(0, dtype=CASE))


def pooled(parts: Sequence[Prospects]) -> Prospects:
    """The accounts of several tables, one below the other."""
    cases = [part.cases.copy() for part in parts]
    for rows, before in zip(cases, np.cumsum([0, *(len(part) for part in parts)]), strict=False):
        rows["account"] += before
    return Prospects(np.concatenate([part.accounts for part in parts]), np.concatenate(cases))
