"""Words, numbers and dice of the plain market: what its rules take from the config, worked out from scratch."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import numpy as np

from sim.config import CompanyConfig, MarketConfig
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_YEAR

OUTSIDE, MQL, OPPORTUNITY, CUSTOMER = range(4)  # where an account rests at the end of a week
NOBODY, MARKETING, SALES = range(3)  # who touched an account
NO_SEAT = -1
FOUND_BY_SALES = -1  # in place of the week in which a case became an MQL
CASES_PER_EPISODE = 1024
LATE_WEEKS = 3  # weeks before quarter-end in which a quota presses
PULL_FORWARD_WEEKS = 2.0  # a deal this close to its end can be closed early at quarter-end
MAX_CYCLE_WEEKS = 2 * WEEKS_PER_YEAR
BUSIEST = 0.95  # load at which a queue stops growing
MOST_LOAD = 2.0
MOST_DELAY = 3.0  # multiple of the buyer's own pace
SHORTEST_DEAL_WEEKS = 0.5
LONGEST_SPELL_WEEKS = 10_000.0

Plain = TypeVar("Plain", bound=tuple)
Rule = TypeVar("Rule", bound=Callable[..., object])
RULES: set[str] = set()


def rule(method: Rule) -> Rule:
    """Mark a method as one of the market's rules, by whose name a disagreement is reported; it stays as it is."""
    RULES.add(method.__name__)
    return method


def plain(values: Plain) -> Plain:
    """A named tuple of numbers and arrays as one of Python's own numbers and (nested) lists."""
    return type(values)(*(np.asarray(value).tolist() for value in values))


class Constants(NamedTuple):
    """What the rules use of the config beyond its own numbers."""

    opportunity_share: float  # of accepted MQLs
    list_slope: float  # log odds of winning per unit of equity
    price_slope: float  # log odds of winning per unit of discount
    price_retention: float  # share of an expected discount that is left after a week
    size_norm: float  # mean of value to the power of the size exponent
    fast_spell_log_weeks: float
    slow_spell_log_weeks: float


def constants_of(company: CompanyConfig, settings: MarketConfig) -> Constants:
    """The constants of one company in one market."""
    wins = company.n_customers * (1.0 - company.renewal_share_per_year) / 4.0  # a quarter, as many as leave
    from_marketing = wins / company.win_rate * (1.0 - company.sales_sourced_share)
    accepted = company.mqls_per_quarter * settings.accepted_share_of_mqls
    half_life_weeks = settings.reference_price_half_life_months * WEEKS_PER_MONTH
    return Constants(
        opportunity_share=min(from_marketing / accepted, 1.0),
        list_slope=math.log(settings.day_one_odds_ratio),
        price_slope=-settings.price_elasticity / (1.0 - company.win_rate),
        price_retention=0.5 ** (1.0 / half_life_weeks),
        size_norm=math.exp((settings.size_exponent * company.deal_value_sigma) ** 2 / 2.0),
        fast_spell_log_weeks=math.log(settings.fast_spell_weeks),
        slow_spell_log_weeks=math.log(settings.slow_spell_weeks),
    )
