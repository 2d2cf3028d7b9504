"""What the deciders of a quarter think: whose judgement counts in each decision by formula, and what comes of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.org import attention as attending
from sim.org.horizon import Voices, valued, weighed
from sim.org.posts import Floats, Posts, Record, board, options, voices
from sim.org.structure import MARKETING, SALES
from sim.org.sums import total

LAG_SOON, LAG_WIN, LAG_NURTURE, LAG_LATE = 0.5, 2.0, 3.0, 4.0  # quarters
OF_DISCOUNTS, OF_LEADS = np.array([LAG_LATE, LAG_SOON]), np.array([LAG_SOON, LAG_WIN, LAG_NURTURE])
SELLING_COLUMNS = np.array([attending.index("deal_support"), attending.index("coaching")])
N_SELLING = len(SELLING_COLUMNS)
FUNDED_COLUMNS = np.concatenate([SELLING_COLUMNS, attending.PROGRAMME_COLUMNS])


class Views(NamedTuple):
    """Who is heard in each decision by formula."""

    budget: Voices
    discount: Voices
    lead_bar: Voices
    selling: Voices  # in the split of money between selling and programmes: on the side of sales
    programmes: Voices  # and on that of marketing


class Judged(NamedTuple):
    """What the deciders think."""

    budget_shares: Floats  # (4,): of the programmes
    selling_worth: float  # share of programmes in the worth of programmes and selling, as the leader of sales judges
    programmes_worth: float  # as that of marketing judges
    discount_weights: Floats  # (2,): payoff weights w(4) and w(.5)
    lead_weights: Floats  # (3,): w(.5), w(2) and w(3)


@compiled
def views(posts: Posts, rules_record: Record, horizon: Floats, presence: Floats, cooperation: float) -> Views:
    """Who is heard in each decision; the board alone where the channel is off."""
    rules = rules_record[0]
    nobody = board(rules)
    sales = voices(posts, posts.leader_of[SALES], rules, horizon, presence, cooperation)
    marketing = voices(posts, posts.leader_of[MARKETING], rules, horizon, presence, cooperation)
    return Views(
        marketing if rules.budget else nobody,
        sales if rules.discount else nobody,
        marketing if rules.lead_bar else nobody,
        sales if rules.split else nobody,
        marketing if rules.split else nobody,
    )


@compiled
def judged(posts: Posts, rules_record: Record, horizon: Floats, presence: Floats, cooperation: float) -> Judged:
    """What the deciders think of programmes, and of what pays late."""
    rules, heard = rules_record[0], views(posts, rules_record, horizon, presence, cooperation)
    order, mixes_values = rules.kernel_order, rules.mixes_values
    funded = options(posts, FUNDED_COLUMNS)
    return Judged(
        valued(options(posts, attending.PROGRAMME_COLUMNS), order, mixes_values, heard.budget),
        total(valued(funded, order, mixes_values, heard.selling)[N_SELLING:]),
        total(valued(funded, order, mixes_values, heard.programmes)[N_SELLING:]),
        weighed(OF_DISCOUNTS, order, mixes_values, heard.discount),
        weighed(OF_LEADS, order, mixes_values, heard.lead_bar),
    )
