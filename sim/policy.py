"""From plan to market: what the company's decisions and stocks mean for accounts this quarter."""

from __future__ import annotations

from typing import NamedTuple

from sim.config import MarketConfig, PracticesConfig, SimConfig
from sim.market.laws import Policy
from sim.org import programmes as programming
from sim.org.attention import index
from sim.org.attribution import logged_share
from sim.org.planning import Plan
from sim.org.programmes import ACTIVATION, BRAND, Floats, Programmes
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER

DEAL_SUPPORT = index("deal_support")


class MarketSize(NamedTuple):
    """Size of the market against the first measured quarter's: what it was when its growth last changed, and since."""

    then: float = 1.0
    since: int = 1  # quarter

    def now(self, quarter: int, growth_per_year: float) -> float:
        """Size in a quarter, multiple of the first measured quarter's; steady before it."""
        years = max(quarter - self.since, 0) / QUARTERS_PER_YEAR
        return float(self.then * (1.0 + growth_per_year) ** years)

    def at(self, quarter: int, growth_per_year: float) -> MarketSize:
        """The same market from a quarter on in which its growth changes; until then it grew so much a year."""
        return MarketSize(self.now(quarter, growth_per_year), quarter)


def entry_hazard(market: MarketConfig, size: float, demand: float) -> float:
    """Spells a week per account: the market's share, its size against the start's, this quarter's demand."""
    return float(market.in_market_share_per_quarter / WEEKS_PER_QUARTER * size * demand)


def market_policy(
    config: SimConfig,
    practices: PracticesConfig,
    plan: Plan,
    today: Plan,
    efforts: Floats,
    stocks: Programmes,
    channel_effect: float,
    consistency: float,
    hazard: float,
) -> Policy:
    """What the market feels of the company this quarter; activation's stock advances through its weeks."""
    market, people, pathways = config.market, config.people, config.pathways
    brand, activation = float(efforts[BRAND]), float(efforts[ACTIVATION])
    keep = programming.weekly_keep(programming.share_of_voice(brand, market), market)
    target = channel_effect * activation**market.activation_elasticity
    support = float(plan.quality[DEAL_SUPPORT]) - float(today.quality[DEAL_SUPPORT])
    return Policy(
        entry_hazard=hazard,
        reach=programming.reach(brand, market),
        deserved=programming.deserved_favourability(stocks.content, consistency, market),
        keep_awareness=keep,
        keep_favourability=keep,
        activation=stocks.advance_activation(target, market),
        bar=plan.lead_bar,
        nurture_bar=plan.nurture_bar,
        score_noise=programming.score_noise(plan, market, people, pathways, practices),
        response_factor=1.0 - pathways.response_role_clarity * practices.role_clarity,
        discount_cap=plan.discount_cap,
        discount_habit=people.discount_habit,
        consistency=consistency,
        support=people.deal_support_slope * support,
        logged_share=logged_share(people, pathways, practices),
    )
