"""The brand's week of one account: who notices it, and what becomes of awareness and favourability."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, inlined
from sim.market.codes import Account
from sim.market.laws import Laws, Policy
from sim.market.rules import drifted, moved_toward
from sim.randomness import MarketLuck, draws_below, entity_bits, is_among


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
