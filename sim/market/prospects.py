"""Accounts as columns of one table: a record per account, row = account number.

A buying episode runs lead -> MQL -> opportunity -> won, or lost, disqualified, nurtured. A lead lives for a
moment within its week, so the stages that a row can rest in are four.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

import numpy as np


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


# One record per account. What every week touches comes first, so that it shares a cache line.
COLUMNS: tuple[tuple[str, type], ...] = (
    ("awareness", np.float64),  # 0..1
    ("favourability", np.float64),  # 0..1
    ("entry_left", np.float64),  # Exp(1) threshold less the hazard met so far
    ("idle_left", np.float64),
    ("market_until", np.int32),  # in market before this week
    ("nurture_until", np.int32),  # nurtured before this week
    ("contract_usd", np.float64),  # a year, 0 if no customer
    ("renewal_week", np.int32),
    ("owner", np.int16),  # seat of the salesperson, -1 if none
    ("stage", np.int8),
    ("will_be_called", np.int8),  # the owner means to follow up
    # in market
    ("inquiry_left", np.float64),
    ("found_left", np.float64),
    ("episode", np.int32),  # spells in market so far, exogenous
    ("attempts", np.int32),  # cases within the episode
    ("first_touch", np.int8),  # Source
    ("last_touch", np.int8),
    ("marketing_touches", np.int16),
    ("sales_touches", np.int16),
    ("author", np.int16),  # seat of the marketer whose lead it is
    # with sales
    ("stage_week", np.int32),  # week in which the stage began
    ("mql_week", np.int32),  # week in which the case became an MQL, negative if found by sales
    ("case", np.int64),  # event number of the present case
    ("precedence", np.float64),  # keyed order of service
    ("score", np.float64),  # estimated chance of winning
    ("response_hours", np.float64),  # until an MQL is called
    ("effort", np.float64),  # selling hours that the opportunity needs
    ("work_left", np.float64),
    ("pace", np.float64),  # selling hours a week that the buyer can take in
    # slow and fixed
    ("fit", np.float64),  # SD
    ("value_score", np.float64),  # SD of ln value
    ("expected_discount", np.float64),  # reference price: share off list that is remembered
    ("overpromise", np.float64),  # 1 - consistency of the message at signature
    ("discount_week", np.int32),  # when the expected discount was set
    ("idle_responses", np.int32),
    ("contract_year", np.int32),  # renewals decided so far over all contracts
)
ACCOUNT = np.dtype(list(COLUMNS), align=True)
COLUMN_NAMES = tuple(name for name, _ in COLUMNS)

Prospects: TypeAlias = np.recarray  # shape (n_prospects,), dtype ACCOUNT; weeks are absolute week numbers


def empty_prospects(n_prospects: int) -> Prospects:
    """Records of zeros for `n_prospects` accounts."""
    return np.zeros(n_prospects, dtype=ACCOUNT).view(np.recarray)
