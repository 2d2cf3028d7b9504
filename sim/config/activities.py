"""What leaders spend time and money on: each activity's long-run elasticity, payoff lag and need of hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.params import param

STARTING_VALUE = "assumed: starting value, to be measured as the model's own impulse response"


@dataclass(frozen=True)
class Activity:
    """One activity: what effort in it is worth in the long run, after how long, and how much a leader it needs.

    A leader's hour and a dollar are two things: attention goes by what hours do, budgets by what money does.
    """

    elasticity: float = param(
        0.05, unit="% gross profit per % of a leader's hours", low=0.001, high=1.0, source=STARTING_VALUE
    )
    money_elasticity: float = param(
        0.0,
        unit="% gross profit per % of money and staff; 0 where none is split",
        low=0.0,
        high=1.0,
        source=STARTING_VALUE,
    )
    lag_quarters: float = param(2.0, unit="quarters, mean payoff lag", low=0.0, high=20, source=STARTING_VALUE)
    need_share: float = param(
        0.2,
        unit="share of the function's need of leader hours",
        low=0.0,
        high=1.0,
        source="assumed: fixed table",
    )


def _activity(elasticity: float, lag_quarters: float, need_share: float, money: float = 0.0) -> Any:
    return field(default_factory=lambda: Activity(elasticity, money, lag_quarters, need_share))


@dataclass(frozen=True)
class ActivitiesConfig:
    """The nine activities, three of sales and six of marketing; needs add up to 1 within a function.

    Money is split over programmes, and between them and selling hours, which stand under deal support.
    """

    deal_support: Activity = _activity(0.15, 0.5, 0.45, 0.22)
    coaching: Activity = _activity(0.07, 1.0, 0.40)
    sales_people: Activity = _activity(0.025, 4.0, 0.15)
    brand: Activity = _activity(0.10, 6.0, 0.22, 0.10)
    activation: Activity = _activity(0.12, 2.0, 0.26, 0.12)
    content: Activity = _activity(0.06, 3.0, 0.18, 0.06)
    experiments: Activity = _activity(0.03, 4.0, 0.07, 0.03)
    lead_quality: Activity = _activity(0.10, 2.0, 0.15)
    marketing_people: Activity = _activity(0.025, 4.0, 0.12)
