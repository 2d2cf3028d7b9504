"""Who is awake: in market, with sales, or woken this week. Each has a case, in a row that is used again and again."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.market.codes import Case
from sim.market.prospects import Table
from sim.market.rest import is_at_rest

Rows = npt.NDArray[np.int32]  # of cases, in the order of their accounts


@compiled
def kept_awake(accounts: Table, kept: Table, cases: Table, week: int) -> Rows:
    """Rows of the cases that are still open in a quarter that begins: the first ones, copied from those kept."""
    n_awake = 0
    for row in range(len(kept)):
        if not is_at_rest(accounts[kept[row].account], week):
            cases[n_awake] = kept[row]
            n_awake += 1
    return np.arange(n_awake).astype(np.int32)


@compiled
def everybody_else(cases: Table, awake: Rows, n_prospects: int) -> Rows:
    """Accounts that are not awake, in ascending order."""
    others = np.empty(n_prospects - len(awake), dtype=np.int32)
    n_passed = 0
    for i in range(n_prospects):
        if n_passed < len(awake) and cases[awake[n_passed]].account == i:
            n_passed += 1
        else:
            others[i - n_passed] = i
    return others


@compiled
def with_woken(cases: Table, awake: Rows, free: Rows, n_rows: int, wake: Rows) -> tuple[Rows, Rows, int]:
    """Rows of all that are awake, by account, with an empty case for each that wakes; rows still free; rows in use."""
    merged = np.empty(len(awake) + len(wake), dtype=np.int32)
    n_free = len(free)
    old = 0
    for place in range(len(merged)):
        new = place - old
        if new == len(wake) or (old < len(awake) and cases[awake[old]].account < wake[new]):
            merged[place] = awake[old]
            old += 1
            continue
        if n_free > 0:
            n_free -= 1
            row = free[n_free]
        else:
            row = n_rows
            n_rows += 1
        merged[place] = row
        clear(cases[row], wake[new])
    return merged, free[:n_free], n_rows


@compiled
def clear(c: Case, account: int) -> None:
    """A case of an account about which nothing is to be known yet."""
    c.account = account
    c.inquiry_left = c.found_left = 0.0
    c.case = 0
    c.precedence = c.score = c.response_hours = 0.0
    c.effort = c.work_left = c.pace = 0.0
    c.stage_week = 0
    c.mql_week = -1
    c.author = 0
    c.will_be_called = 0


@compiled
def sorted_out(accounts: Table, cases: Table, awake: Rows, week: int) -> tuple[Rows, Rows]:
    """Rows of accounts that stay awake, and of those that come to rest before `week`."""
    stay, tired = np.empty(len(awake), dtype=np.int32), np.empty(len(awake), dtype=np.int32)
    n = 0
    for place in range(len(awake)):
        row = awake[place]
        if is_at_rest(accounts[cases[row].account], week):
            tired[place - n] = row
        else:
            stay[n] = row
            n += 1
    return stay[:n], tired[: len(awake) - n]
