"""Accounts at rest: nine of ten, in whose weeks the brand is noticed, or not, and little else happens.

Nobody else can tell in which week of the quarter such an account is looked at. So batches of them are taken through
the coming weeks at once, all accounts of a batch one week after the other, which the processor does for several at a
time; each up to the week in which something happens to it that others can see. That week is lived like any other's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import borrowing, compiled
from sim.market.brand import Brand, hear, heard
from sim.market.calendar import Accounts, add_revenue, queue_up
from sim.market.codes import CUSTOMER, OUTSIDE, Account
from sim.market.funnel import is_passed_over
from sim.market.laws import Anchors, Floats, Laws, Policy
from sim.market.prospects import Table
from sim.randomness import MarketLuck, entity_bits, is_among

ROOM = 256  # accounts of a batch: few enough that all stays in the nearest cache


class Batch(NamedTuple):
    """Copies of what rest changes, one array for each variable, shape (ROOM,); the first so many are in use."""

    account: Accounts
    awareness: Floats
    favourability: Floats
    entry_left: Floats
    idle_left: Floats
    is_idle: Floats  # 1 out of market, 0 for a customer
    week: npt.NDArray[np.int64]  # of the quarter, that comes next
    limit: npt.NDArray[np.int64]  # week of the quarter before which it ends
    since: npt.NDArray[np.int64]  # week that came next when the batch set out
    reach: npt.NDArray[np.uint64]
    bits: npt.NDArray[np.uint64]  # see `entity_bits`


@compiled
def empty_batch() -> Batch:
    """Room for accounts."""
    return Batch(
        np.empty(ROOM, np.int32), np.empty(ROOM), np.empty(ROOM), np.empty(ROOM), np.empty(ROOM), np.empty(ROOM),
        np.empty(ROOM, np.int64), np.empty(ROOM, np.int64), np.empty(ROOM, np.int64), np.empty(ROOM, np.uint64),
        np.empty(ROOM, np.uint64),
    )  # fmt: skip


@borrowing
def is_at_rest(a: Account, week: int) -> bool:
    """Whether an account is a customer, or out of market and not with sales, in the week to come."""
    return a.stage == CUSTOMER or (a.stage == OUTSIDE and week >= a.market_until)


@compiled
def rest(
    accounts: Table, who: Accounts, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy, brand: Brand,
    weeks: Table, following: Accounts, flows: Floats, first_week: int, begin: int, end: int,
) -> None:  # fmt: skip
    """Take accounts at rest from week `begin` of the quarter on, each to the week that wakes it, or to `end`."""
    batch = empty_batch()
    n, n_taken = 0, 0
    while n + len(who) - n_taken > 0:
        n_new = min(ROOM - n, len(who) - n_taken)
        take_in(batch, n, accounts, who[n_taken : n_taken + n_new], luck, brand, weeks, first_week, begin, end)
        n += n_new
        n_taken += n_new
        first = pass_time(batch, n, policy.entry_hazard, weeks, end)
        hear_together(batch, n, brand, first_week, first, end)
        n = let_go(batch, n, accounts, luck, laws, anchors, policy, brand, weeks, following, flows, first_week, end)


@borrowing
def take_in(
    batch: Batch, n: int, accounts: Table, who: Accounts, luck: MarketLuck, brand: Brand, weeks: Table,
    first_week: int, begin: int, end: int,
) -> None:  # fmt: skip
    """Fill a batch up, behind its first `n` accounts."""
    n_idle = 0
    for j in range(len(who)):
        i = who[j]
        a = accounts[i]
        is_customer = a.stage == CUSTOMER
        batch.account[n + j] = i
        batch.awareness[n + j], batch.favourability[n + j] = a.awareness, a.favourability
        batch.entry_left[n + j], batch.idle_left[n + j] = a.entry_left, a.idle_left
        batch.is_idle[n + j] = 0.0 if is_customer else 1.0
        batch.week[n + j] = batch.since[n + j] = begin
        batch.limit[n + j] = min(max(a.renewal_week - first_week, begin), end) if is_customer else end
        batch.reach[n + j] = brand.reach_of_customers if is_customer else brand.reach
        batch.bits[n + j] = entity_bits(luck.brand_noticed, i)
        n_idle += not is_customer
    weeks[begin].n_idle_more += n_idle


@borrowing
def pass_time(batch: Batch, n: int, entry_hazard: float, weeks: Table, end: int) -> int:
    """Let a batch's thresholds run down until the week in which something happens; returns the first week of any."""
    entry_left, idle_left, is_idle, coming, limit = (
        batch.entry_left, batch.idle_left, batch.is_idle, batch.week, batch.limit
    )  # fmt: skip
    first = end
    for j in range(n):
        first = min(first, coming[j])
    for w in range(first, end):
        junk_hazard = weeks[w].junk_hazard
        # Choices between values instead of branches, or the compiler does not take several accounts at a time.
        for j in range(n):
            entry_next = entry_left[j] - entry_hazard
            idle_next = idle_left[j] - junk_hazard * is_idle[j]
            is_quiet = (coming[j] == w) & (w < limit[j]) & (entry_next > 0.0) & (idle_next > 0.0)
            entry_left[j] = entry_next if is_quiet else entry_left[j]
            idle_left[j] = idle_next if is_quiet else idle_left[j]
            coming[j] = w + 1 if is_quiet else coming[j]
    return first


@borrowing
def hear_together(batch: Batch, n: int, brand: Brand, first_week: int, first: int, end: int) -> None:
    """The brand in the weeks that have passed for a batch: `hear` for one account after the other."""
    awareness, favourability, since, coming, reach, bits = (
        batch.awareness, batch.favourability, batch.since, batch.week, batch.reach, batch.bits
    )  # fmt: skip
    for w in range(first, end):
        for j in range(n):
            is_noticed = is_among(bits[j], first_week + w, reach[j])
            aware, favour = heard(brand, awareness[j], favourability[j], is_noticed)
            has_passed = (since[j] <= w) & (w < coming[j])
            awareness[j] = aware if has_passed else awareness[j]
            favourability[j] = favour if has_passed else favourability[j]


@borrowing
def let_go(
    batch: Batch, n: int, accounts: Table, luck: MarketLuck, laws: Laws, anchors: Anchors, policy: Policy,
    brand: Brand, weeks: Table, following: Accounts, flows: Floats, first_week: int, end: int,
) -> int:  # fmt: skip
    """Write a batch back and queue up whom a week wakes; how many stay, because what happens concerns nobody else."""
    n_staying = 0
    for j in range(n):
        i = batch.account[j]
        a = accounts[i]
        w = batch.week[j]
        a.awareness, a.favourability = batch.awareness[j], batch.favourability[j]
        a.entry_left, a.idle_left = batch.entry_left[j], batch.idle_left[j]
        if a.stage == CUSTOMER:
            for passed in range(batch.since[j], w):
                add_revenue(weeks[passed], a.contract_usd)
        elif w < end and a.entry_left > policy.entry_hazard and is_passed_over(
            a, i, luck, laws, anchors, policy, flows, first_week + w
        ):  # fmt: skip
            hear(a, i, luck, brand, False, first_week + w)
            a.entry_left -= policy.entry_hazard
            w += 1
            if w < end:
                stay(batch, n_staying, j, a, w)
                n_staying += 1
                continue
        if a.stage != CUSTOMER:
            weeks[w].n_idle_more -= 1
        if w < end:
            queue_up(weeks[w], following, i)
    return n_staying


@borrowing
def stay(batch: Batch, to: int, j: int, a: Account, week: int) -> None:
    """Keep an account in its batch, at another place, from a week on."""
    batch.account[to], batch.bits[to], batch.reach[to] = batch.account[j], batch.bits[j], batch.reach[j]
    batch.awareness[to], batch.favourability[to] = a.awareness, a.favourability
    batch.entry_left[to], batch.idle_left[to] = a.entry_left, a.idle_left
    batch.is_idle[to], batch.limit[to] = batch.is_idle[j], batch.limit[j]
    batch.week[to] = batch.since[to] = week
