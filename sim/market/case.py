"""A case: one lead of one account, from the hand raised to its close; and the spell in market that it lives in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.compiled import borrowing, plain
from sim.market.codes import MARKETING, NURTURED, OPPORTUNITY, OUTSIDE, Account, Case
from sim.market.laws import Anchors, Floats, Laws
from sim.market.rules import lognormal, size_factor
from sim.randomness import MarketLuck, exponential, uniform

CASES_PER_EPISODE = 1024


@borrowing
def territory(luck: MarketLuck, account: int, is_filled: np.ndarray) -> int:
    """Seat that serves an account, -1 if all are vacant: the filled seat with the highest keyed draw.

    Rendezvous hashing: a seat that is added or vacated moves only the accounts that it wins or held.
    """
    best, seat = -1.0, -1
    for s in range(len(is_filled)):
        if is_filled[s]:
            u = uniform(luck.owner, account, s)
            if u > best:
                best, seat = u, s
    return seat


@borrowing
def author_of(luck: MarketLuck, account: int, n_marketers: int) -> int:
    """Marketer whose lead an account's inquiry is: the seat with the highest keyed draw, 0 if there is none."""
    best, seat = -1.0, 0
    for s in range(n_marketers):
        u = uniform(luck.author, account, s)
        if u > best:
            best, seat = u, s
    return seat


@borrowing
def touch(a: Account, source: int) -> None:
    """Write one contact into the true touch log of an account: first, last, and how many by each function."""
    if a.first_touch == 0:
        a.first_touch = source
    a.last_touch = source
    count_touch(a, source)


@borrowing
def count_touch(a: Account, source: int) -> None:
    """Count a contact within a case that is open already: its last touch stays the one that opened it.

    Sales speaks to everybody before they buy; a log in which that was the last touch would say nothing.
    """
    if source == MARKETING:
        a.marketing_touches += 1
    else:
        a.sales_touches += 1


@borrowing
def begin_spell(a: Account, c: Case, luck: MarketLuck, laws: Laws, i: int, week: int, is_filled: np.ndarray) -> None:
    """An account comes into the market: how long, who serves it, when it would raise its hand."""
    episode = a.episode
    slow = uniform(luck.spell_is_slow, i, episode) < laws.slow_spell_share
    share = uniform(luck.spell_length, i, episode)
    if slow:
        weeks = lognormal(laws.slow_spell_log_weeks, laws.slow_spell_sigma, share)
    else:
        weeks = lognormal(laws.fast_spell_log_weeks, laws.fast_spell_sigma, share)
    a.market_until = week + 1 + int(min(weeks, 10_000.0))
    a.attempts = 0
    a.first_touch = 0
    a.last_touch = 0
    a.marketing_touches = 0
    a.sales_touches = 0
    a.owner = territory(luck, i, is_filled)
    await_next_case(a, c, luck, i)


@borrowing
def next_case(a: Account) -> int:
    """Event number of the account's next case in its present episode."""
    return (a.episode * CASES_PER_EPISODE + min(a.attempts, CASES_PER_EPISODE - 1)) * 2 + 1


@plain
def idle_case(response: Any) -> Any:
    """Event number of the case that an account's response from out of market makes; responses count from 1."""
    return response * 2


@borrowing
def await_next_case(a: Account, c: Case, luck: MarketLuck, i: int) -> None:
    """New thresholds for the next inquiry and the next find."""
    case = next_case(a)
    c.inquiry_left = exponential(uniform(luck.raises_hand, i, case))
    c.found_left = exponential(uniform(luck.found_by_sales, i, case))


@borrowing
def close_case(a: Account, c: Case, luck: MarketLuck, i: int, week: int, stage: int) -> None:
    """The case is over: the account is outside again, or a customer."""
    a.stage = stage
    c.stage_week = week
    a.attempts += 1
    if stage == OUTSIDE and week < a.market_until:
        await_next_case(a, c, luck, i)


@borrowing
def open_case(c: Case, luck: MarketLuck, i: int, case: int) -> None:
    """A lead is created: its number and its keyed order of service."""
    c.case = case
    c.precedence = uniform(luck.served_first, i, case)
    c.mql_week = -1


@borrowing
def nurture(a: Account, laws: Laws, flows: Floats, week: int) -> None:
    """The lead goes into nurture: it is written to for a while and inquires more readily."""
    a.nurture_until = week + laws.nurture_weeks
    flows[NURTURED] += 1


@borrowing
def begin_opportunity(a: Account, c: Case, luck: MarketLuck, laws: Laws, anchors: Anchors, i: int, week: int) -> None:
    """An opportunity opens: the hours that it needs and the pace at which the buyer takes them in."""
    case = c.case
    size = size_factor(a.value_score, laws.value_sigma, laws.size_exponent, laws.size_norm)
    # The mean of the lognormal, not its median, is the stated number of hours.
    log_hours = math.log(laws.hours_per_opportunity * size) - 0.5 * laws.effort_sigma**2
    c.effort = lognormal(log_hours, laws.effort_sigma, uniform(luck.effort, i, case))
    weeks = size * lognormal(anchors.pace_location, laws.cycle_sigma, uniform(luck.pace, i, case))
    c.work_left = c.effort
    c.pace = c.effort / max(weeks, 0.5)
    a.stage = OPPORTUNITY
    c.stage_week = week
