"""What leaders spend time and money on: each activity's long-run elasticity, payoff lag and need of hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.params import param

MEASURED = "measured-response"


@dataclass(frozen=True)
class Activity:
    """One activity: what a leader's hours in it are worth in the long run, after how long, and how many it needs."""

    elasticity: float = param(
        0.05, unit="% gross profit per % of a leader's hours", low=0.001, high=1.0, source=MEASURED
    )
    lag_quarters: float = param(2.0, unit="quarters, mean payoff lag", low=0.0, high=20, source=MEASURED)
    need_share: float = param(
        0.2,
        unit="share of the function's need of leader hours",
        low=0.0,
        high=1.0,
        source="assumed: fixed table",
    )


@dataclass(frozen=True)
class PaidActivity(Activity):
    """One that money is split over too: attention goes by what hours do, budgets by what money does."""

    money_elasticity: float = param(
        0.05, unit="% gross profit per % of money and staff", low=0.001, high=1.0, source=MEASURED
    )


def _activity(elasticity: float, lag_quarters: float, need_share: float) -> Any:
    return field(default_factory=lambda: Activity(elasticity, lag_quarters, need_share))


def _paid(elasticity: float, lag_quarters: float, need_share: float, money: float) -> Any:
    return field(default_factory=lambda: PaidActivity(elasticity, lag_quarters, need_share, money))


@dataclass(frozen=True)
class ActivitiesConfig:
    """The nine activities, three of sales and six of marketing; needs add up to 1 within a function.

    Money is split over programmes, and between them and selling hours, which stand under deal support.
    """

    deal_support: PaidActivity = _paid(0.093, 0.1, 0.45, 0.42)
    coaching: Activity = _activity(0.005, 1.0, 0.40)
    sales_people: Activity = _activity(0.011, 4.0, 0.15)
    brand: PaidActivity = _paid(0.036, 2.9, 0.22, 0.259)
    activation: PaidActivity = _paid(0.005, 2.0, 0.26, 0.013)
    content: PaidActivity = _paid(0.188, 5.5, 0.18, 0.122)
    experiments: PaidActivity = _paid(0.001, 4.0, 0.07, 0.008)
    lead_quality: Activity = _activity(0.011, 2.0, 0.15)
    marketing_people: Activity = _activity(0.002, 4.0, 0.12)
