"""Accounts at rest: nine of ten, in whose weeks the brand is noticed, or not, and nothing else happens.

Nobody else can tell in which week of the quarter such an account is looked at. So each is taken through the coming
weeks at once, in registers, up to the week in which something happens to it; that week is lived like any other's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, inlined
from sim.market.codes import CUSTOMER, OUTSIDE, Account
from sim.market.laws import Laws, Policy
from sim.market.prospects import Table
from sim.market.rules import drifted, moved_toward
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import MarketLuck, draws_below, entity_bits, is_among

Week = np.record  # one row of the weeks, see `WEEK`
Accounts = npt.NDArray[np.int32]
NOBODY = -1


WEEK = np.dtype(
    [
        ("activation", np.float64),  # level against today's
        ("junk_hazard", np.float64),  # idle responses of an account out of market
        ("revenue_usd", np.float64),  # a year's worth of the customers' contracts
        ("rounding_usd", np.float64),  # what rounding lost of it
        ("n_idle", np.int64),  # accounts out of market to which something happens
        ("n_idle_more", np.int64),  # accounts out of market and at rest, more than in the week before
        ("first", np.int32),  # account that heads the queue of those whom the week wakes, NOBODY if there is none
        ("last", np.int32),
    ],
    align=True,
)
"""What is known of a week of the quarter before it is lived."""


class Brand(NamedTuple):
    """What a quarter does to awareness and favourability."""

    reach: np.uint64  # as a number of lowest draws, see `draws_below`
    reach_of_customers: np.uint64
    keep_awareness: float  # share left after a week
    keep_favourability: float
    indifference: float  # favourability that nothing is heard of
    deserved: float  # favourability that those who notice move to
    awareness_gain: float
    favourability_gain: float


@compiled
def brand_of(laws: Laws, policy: Policy) -> Brand:
    """The brand in one quarter; customers, who live with the product, notice it at least so often."""
    return Brand(
        draws_below(policy.reach), draws_below(max(policy.reach, laws.customer_notice)), policy.keep_awareness,
        policy.keep_favourability, laws.indifference, policy.deserved, laws.awareness_gain, laws.favourability_gain,
    )  # fmt: skip


@compiled
def is_at_rest(a: Account, week: int) -> bool:
    """Whether an account is a customer, or out of market and not with sales, in the week to come."""
    return a.stage == CUSTOMER or (a.stage == OUTSIDE and week >= a.market_until)


@compiled
def add_revenue(coming: Week, usd: float) -> None:
    """One more contract in a week's sum, with what rounding loses kept: the order of accounts must not show."""
    before = coming.revenue_usd
    after = before + usd
    added = after - before
    coming.revenue_usd = after
    coming.rounding_usd += (before - (after - added)) + (usd - added)


@inlined
def rest(
    a: Account, i: int, luck: MarketLuck, brand: Brand, entry_hazard: float, weeks: Table, first_week: int, begin: int,
    end: int,
) -> int:  # fmt: skip
    """Take an account at rest from week `begin` of the quarter on; returns the week of its next event, or `end`."""
    is_customer = a.stage == CUSTOMER
    n_weeks = end - begin
    if is_customer:
        n_weeks = min(n_weeks, max(a.renewal_week - first_week - begin, 0))
    entry_left, idle_left = a.entry_left, a.idle_left
    n_quiet = 0
    while n_quiet < n_weeks:
        entry_next = entry_left - entry_hazard
        idle_next = idle_left if is_customer else idle_left - weeks[begin + n_quiet].junk_hazard
        if entry_next <= 0.0 or idle_next <= 0.0:
            break
        entry_left, idle_left = entry_next, idle_next
        n_quiet += 1
    a.entry_left, a.idle_left = entry_left, idle_left
    hear_for_weeks(a, i, luck, brand, is_customer, first_week + begin, n_quiet)
    w = begin + n_quiet
    if is_customer:
        for passed in range(begin, w):
            add_revenue(weeks[passed], a.contract_usd)
    else:
        weeks[begin].n_idle_more += 1
        weeks[w].n_idle_more -= 1
    return w


@inlined
def hear_for_weeks(
    a: Account, i: int, luck: MarketLuck, brand: Brand, is_customer: bool, first_week: int, n_weeks: int
) -> None:
    """The first `n_weeks`, 13 at most, of an account's brand: `hear` for one after the other."""
    draws = entity_bits(luck.brand_noticed, i)
    reach = brand.reach_of_customers if is_customer else brand.reach
    # First who notices when, one bit a week, then what comes of it: draws do not wait for levels. Always a quarter's
    # weeks, those that do not count included: a loop of known length is unrolled, and costs half.
    noticed = np.int64(0)
    for k in range(WEEKS_PER_QUARTER):
        noticed |= np.int64(is_among(draws, first_week + k, reach)) << np.int64(k)
    awareness, favourability = a.awareness, a.favourability
    for k in range(WEEKS_PER_QUARTER):
        aware, favour = heard(brand, awareness, favourability, noticed & np.int64(1) == 1)
        noticed >>= np.int64(1)
        if k < n_weeks:
            awareness, favourability = aware, favour
    a.awareness, a.favourability = awareness, favourability


@inlined
def hear(a: Account, i: int, luck: MarketLuck, brand: Brand, is_customer: bool, week: int) -> bool:
    """A week of the brand; whether it is noticed."""
    reach = brand.reach_of_customers if is_customer else brand.reach
    is_noticed = is_among(entity_bits(luck.brand_noticed, i), week, reach)
    a.awareness, a.favourability = heard(brand, a.awareness, a.favourability, is_noticed)
    return is_noticed


@inlined
def heard(brand: Brand, awareness: float, favourability: float, is_noticed: bool) -> tuple[float, float]:
    """Awareness and favourability a week later: both fade, and move if the brand is noticed."""
    aware = awareness * brand.keep_awareness
    favour = drifted(favourability, brand.indifference, brand.keep_favourability)
    if is_noticed:
        aware = moved_toward(aware, 1.0, brand.awareness_gain)
        favour = moved_toward(favour, brand.deserved, brand.favourability_gain)
    return aware, favour


@compiled
def queue_up(week: Week, following: Accounts, i: int) -> None:
    """Let a week wake an account."""
    following[i] = NOBODY
    if week.first == NOBODY:
        week.first = i
    else:
        following[week.last] = i
    week.last = i


@compiled
def woken(week: Week, following: Accounts) -> Accounts:
    """Accounts that a week wakes, in ascending order; `following` has the one behind each in its queue."""
    n = 0
    i = week.first
    while i != NOBODY:
        n += 1
        i = following[i]
    accounts = np.empty(n, dtype=np.int32)
    i = week.first
    # Insertion: those at rest since the quarter began stand in order, the few that came to rest within it do not.
    for count in range(n):
        place = count
        while place > 0 and accounts[place - 1] > i:
            accounts[place] = accounts[place - 1]
            place -= 1
        accounts[place] = i
        i = following[i]
    return accounts
