"""Is the simulated company the stated one? Its last year before the horizon against what its owner says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.config import CompanyConfig
from sim.periods import DAYS_PER_WEEK, QUARTERS_PER_YEAR


def stated(company: CompanyConfig) -> dict[str, float]:
    """What the owner says: revenue in USD a year, win rate of closed, typical cycle of won deals in days."""
    return {
        "revenue_usd_per_year": company.revenue_usd_per_year,
        "win_rate": company.win_rate,
        "sales_cycle_days": company.sales_cycle_days,
    }


def simulated(quarters: pd.DataFrame, scenario: str) -> dict[str, pd.Series]:
    """The same by seed, over the last four quarters of the warm-up, which every scenario spends under `today`."""
    year = quarters[
        (quarters["scenario"] == scenario) & quarters["is_warm_up"] & (quarters["quarter"] > -QUARTERS_PER_YEAR)
    ]
    sums = year.groupby("seed")[["revenue_usd", "wins", "closed", "log_cycle"]].sum()
    return {
        "revenue_usd_per_year": sums["revenue_usd"],
        # A start-up closes so few deals that a year's own ratio is biased: seeds share one denominator.
        "win_rate": sums["wins"] / sums["closed"].mean(),
        "sales_cycle_days": DAYS_PER_WEEK * np.exp(sums["log_cycle"] / sums["wins"].mean()),
    }
