"""Is the simulated company the stated one? Its last year before the horizon against what its owner says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.config import CompanyConfig
from sim.periods import DAYS_PER_WEEK, QUARTERS_PER_YEAR
from sim.study.statistics import Estimate, mean_estimate, ratio_of_means


def stated(company: CompanyConfig) -> dict[str, float]:
    """What the owner says: revenue in USD a year, win rate of closed, typical cycle of won deals in days."""
    return {
        "revenue_usd_per_year": company.revenue_usd_per_year,
        "win_rate": company.win_rate,
        "sales_cycle_days": company.sales_cycle_days,
    }


def simulated(quarters: pd.DataFrame, scenario: str) -> dict[str, Estimate]:
    """The same over seeds, from the last four quarters of the warm-up, which every scenario spends under `today`.

    Rates pool the seeds' counts: a start-up closes so few deals in a year that the mean of ratios is biased.
    """
    is_year = quarters["is_warm_up"] & (quarters["quarter"] > -QUARTERS_PER_YEAR)
    year = quarters[(quarters["scenario"] == scenario) & is_year]
    sums = year.groupby("seed")[["revenue_usd", "wins", "closed", "log_cycle"]].sum()
    log_weeks = ratio_of_means(sums["log_cycle"], sums["wins"])
    days = [float(DAYS_PER_WEEK * np.exp(x)) for x in (log_weeks.mean, log_weeks.low, log_weeks.high)]
    return {
        "revenue_usd_per_year": mean_estimate(sums["revenue_usd"]),
        "win_rate": ratio_of_means(sums["wins"], sums["closed"]),
        "sales_cycle_days": Estimate(days[0], days[1], days[2], log_weeks.n),
    }
