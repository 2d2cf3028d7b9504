"""What is known of the weeks of a quarter before they are lived: hazards, contracts, whom each of them wakes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.compiled import borrowing, compiled
from sim.market.laws import Anchors, Policy
from sim.market.prospects import Table

Week = np.record  # one row of the weeks, see `WEEK`
Accounts = npt.NDArray[np.int32]
NOBODY = -1

WEEK = np.dtype(
    [
        ("activation", np.float64),  # level against today's
        ("junk_hazard", np.float64),  # idle responses of an account out of market
        ("revenue_usd", np.float64),  # a year's worth of the customers' contracts
        ("rounding_usd", np.float64),  # what rounding lost of it
        ("n_idle", np.int64),  # accounts out of market that the week wakes
        ("n_idle_more", np.int64),  # accounts out of market and at rest, more than in the week before
        ("first", np.int32),  # account that heads the queue of those whom the week wakes, NOBODY if there is none
        ("last", np.int32),
    ],
    align=True,
)


@borrowing
def foresee(weeks: Table, anchors: Anchors, policy: Policy) -> None:
    """Fill in what a quarter's policy makes of its weeks; nobody is woken yet."""
    for w in range(len(weeks) - 1):
        weeks[w].activation = policy.activation[w]
        weeks[w].junk_hazard = anchors.junk_rate * policy.activation[w]
        weeks[w].first = NOBODY


@borrowing
def add_revenue(coming: Week, usd: float) -> None:
    """One more contract in a week's sum, with what rounding loses kept: the order of accounts must not show."""
    before = coming.revenue_usd
    after = before + usd
    added = after - before
    coming.revenue_usd = after
    coming.rounding_usd += (before - (after - added)) + (usd - added)


@borrowing
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
    # Insertion: those at rest since the quarter began stand nearly in order; few come to rest within it.
    for count in range(n):
        place = count
        while place > 0 and accounts[place - 1] > i:
            accounts[place] = accounts[place - 1]
            place -= 1
        accounts[place] = i
        i = following[i]
    return accounts
