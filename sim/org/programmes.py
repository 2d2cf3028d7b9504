"""What marketing's money, hours and leadership make of the market: reach, activation, content, channels.

All efforts are relative to `today`: at today's plan and full teams each is 1, and the anchors turn that into
the stated company.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.config import MarketConfig, PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org import attention as attending
from sim.org.planning import Plan
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_QUARTER, weekly_retention

Floats = npt.NDArray[np.float64]
BRAND, ACTIVATION, CONTENT, EXPERIMENTS = range(len(attending.PROGRAMMES))
LEAD_QUALITY = attending.index("lead_quality")


@dataclass
class Programmes:
    """Slow stocks of marketing; activation and content are 1 at today's fixed point."""

    activation: float = 1.0
    content: float = 1.0
    insight: float = 0.5  # 0..1

    def advance_activation(self, target: float, market: MarketConfig) -> Floats:
        """Activation's level in each week of the quarter, shape (13,): a stock that retains .72 a month."""
        keep = market.activation_retention_per_month ** (1.0 / WEEKS_PER_MONTH)
        path = []
        for _ in range(WEEKS_PER_QUARTER):
            self.activation = keep * self.activation + (1.0 - keep) * target
            path.append(self.activation)
        return np.array(path)

    def advance_slow(self, effort: float, insight: float, market: MarketConfig, people: PeopleConfig) -> None:
        """Content and insight a quarter later: content follows effort, insight what is asked and led."""
        self.content += market.content_adjustment * (effort**market.content_elasticity - self.content)
        self.insight += people.insight_adjustment * (insight - self.insight)


def led(quality: float, share: float) -> float:
    """Output of an activity against a perfectly led one: 1 - share + share x quality."""
    return 1.0 - share + share * quality


def efforts(plan: Plan, today: Plan, money: float, hours: float, people: PeopleConfig) -> Floats:
    """Effort in each programme against today's, shape (4,): money and marketers' hours, split alike, well led.

    `money` and `hours` are multiples of today's.
    """
    theta = people.program_money_share
    size = money**theta * hours ** (1.0 - theta) if money > 0.0 and hours > 0.0 else 0.0
    each = zip(*(numbers.tolist() for numbers in (
        plan.budget_shares, today.budget_shares, plan.quality[attending.PROGRAMME_COLUMNS],
        today.quality[attending.PROGRAMME_COLUMNS],
    )), strict=True)  # fmt: skip
    share = people.leadership_share
    return np.array([now / usual * size * led(well, share) / led(usually, share) for now, usual, well, usually in each])


def reach(effort: float, market: MarketConfig) -> float:
    """Probability a week that a prospect notices the brand: concave in effort, the stated one at 1."""
    usual = -math.log(1.0 - market.brand_reach_per_week)
    return 1.0 - math.exp(-usual * effort**market.reach_elasticity)


def share_of_voice(effort: float, market: MarketConfig) -> float:
    """Own share of the category's brand media, 0..1."""
    own = market.share_of_voice * effort
    return own / (own + (1.0 - market.share_of_voice) * market.rivals_voice) if own > 0.0 else 0.0


def weekly_keep(voice: float, market: MarketConfig) -> float:
    """Share of awareness and of favourability's lead that is left after a week; rivals' voice pulls."""
    keep = weekly_retention(market.brand_half_life_months * WEEKS_PER_MONTH)
    extra = market.rivals_pull * (market.share_of_voice - voice)
    return float(keep ** max(0.0, 1.0 + extra))


def deserved_favourability(content: float, consistency: float, market: MarketConfig) -> float:
    """Favourability that an account which notices moves to, 0..1: content and one story."""
    earned = market.favourability_content * content + market.favourability_consistency * consistency
    return min(max(market.favourability_base + earned, 0.0), 1.0)


def score_noise(
    plan: Plan,
    market: MarketConfig,
    people: PeopleConfig,
    pathways: PathwaysConfig,
    practices: PracticesConfig,
) -> float:
    """SD of the error in a lead's estimated chance, log odds."""
    quality = float(plan.quality[LEAD_QUALITY])
    return (
        market.score_noise
        * (1.0 - people.lead_quality_slope * quality)
        * (1.0 - pathways.noise_shared_crm * practices.shared_crm)
        * (1.0 - people.cross_domain_slope * plan.cross_domain)
    )
