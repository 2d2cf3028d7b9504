"""What the deciders of a quarter think: whose judgement counts in each decision by formula, and what comes of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, plain
from sim.config import FUNCTIONS
from sim.org import attention as attending
from sim.org.attention import Activities
from sim.org.horizon import Voices, valued, weighed
from sim.org.posts import Bools, Floats, Holders, Ints, Posts, Record, Rules, board, voices
from sim.org.structure import MARKETING, SALES

LAG_SOON, LAG_WIN, LAG_NURTURE, LAG_LATE = 0.5, 2.0, 3.0, 4.0  # quarters
OF_DISCOUNTS, OF_LEADS = np.array([LAG_LATE, LAG_SOON]), np.array([LAG_SOON, LAG_WIN, LAG_NURTURE])
IS_PROGRAMME = np.isin(attending.ACTIVITY_NAMES, attending.PROGRAMMES)
IS_FUNDED = IS_PROGRAMME | np.isin(attending.ACTIVITY_NAMES, ("deal_support",))  # against selling hours


class Views(NamedTuple):
    """Who is heard in each decision by formula."""

    budget: Voices
    discount: Voices
    lead_bar: Voices
    selling: Voices  # in the split of money between selling and programmes: on the side of sales
    programmes: Voices  # and on that of marketing


class Judged(NamedTuple):
    """What the deciders think."""

    budget_shares: Floats  # (9,): of the programmes, 0 of other activities
    worths: Floats  # (2,): share of programmes in the worth of programmes and selling, as each function's leader judges
    discount_weights: Floats  # (2,): payoff weights w(4) and w(.5)
    lead_weights: Floats  # (3,): w(.5), w(2) and w(3)


@plain
def _views(posts: Posts, leader_of: Ints, rules: Rules, holders: Holders, cooperation: float) -> Views:
    """Who is heard in each decision; the board alone where the channel is off."""
    alone = board(rules)
    sales = voices(posts, leader_of[SALES], rules, holders, cooperation, False)
    marketing = voices(posts, leader_of[MARKETING], rules, holders, cooperation, False)
    return Views(
        marketing if rules.budget else alone,
        sales if rules.discount else alone,
        marketing if rules.lead_bar else alone,
        sales if rules.split else alone,
        marketing if rules.split else alone,
    )


@compiled
def views(posts: Posts, leader_of: Ints, rules: Record, holders: Holders, cooperation: float) -> Views:
    """Who is heard in each decision; compiled only for who asks why, as `judged` has no need of it."""
    return _views(posts, leader_of, rules[0], holders, cooperation)


@compiled
def judged(
    activities: Activities, posts: Posts, leader_of: Ints, rules_record: Record, holders: Holders, cooperation: float,
    is_programme: Bools, is_funded: Bools,
) -> Judged:  # fmt: skip
    """What the deciders think of programmes, and of what pays late."""
    rules = rules_record[0]
    heard = _views(posts, leader_of, rules, holders, cooperation)
    order, mixes_values = rules.kernel_order, rules.mixes_values
    sales = valued(activities, is_funded, order, mixes_values, heard.selling)
    marketing = valued(activities, is_funded, order, mixes_values, heard.programmes)
    worths = np.zeros(len(FUNCTIONS))
    for i in range(len(activities)):
        if is_programme[i]:
            worths[SALES] += sales[i]
            worths[MARKETING] += marketing[i]
    return Judged(
        valued(activities, is_programme, order, mixes_values, heard.budget),
        worths,
        weighed(OF_DISCOUNTS, order, mixes_values, heard.discount),
        weighed(OF_LEADS, order, mixes_values, heard.lead_bar),
    )
