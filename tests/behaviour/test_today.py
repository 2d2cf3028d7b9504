"""A company that changes nothing stays what it is: the simulated one is the stated one, and nothing drifts."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.compose import sim_config
from sim.model import GoToMarket, past_of
from sim.study.plausibility import simulated, stated

SEEDS = range(32)
COMPANIES = ["startup", "small", "medium", "large"]


@pytest.fixture(scope="module", params=COMPANIES)
def lived_on(request):
    """Rows of today running on, per seed, and the company."""
    config = sim_config(f"company={request.param}", "org=separate")
    config = sim_config(f"company={request.param}", f"org={config.company.today.org}")
    past = past_of(config)
    seeds = SEEDS if request.param != "large" else range(16)
    quarters = [GoToMarket(config, seed, past).run().quarters().assign(seed=seed, scenario="today") for seed in seeds]
    return config.company, pd.concat(quarters, ignore_index=True)


def test_the_last_year_before_the_horizon_is_the_stated_one(lived_on):
    company, quarters = lived_on
    facts, told = simulated(quarters, "today"), stated(company)
    for name, allowed in (("revenue_usd_per_year", 0.05), ("win_rate", 0.06), ("sales_cycle_days", 0.10)):
        off = facts[name].mean / told[name] - 1.0
        noise = 0.5 * (facts[name].high - facts[name].low) / told[name]
        assert abs(off) < max(allowed, noise), f"{name} is off by {off:.1%}"


def test_nothing_drifts(lived_on):
    _, quarters = lived_on
    for name in ("revenue_usd", "customers", "brand_equity", "opportunities", "burnout"):
        by_seed = quarters.pivot_table(index="seed", columns="quarter", values=name)
        x = np.arange(by_seed.shape[1]) - (by_seed.shape[1] - 1) / 2
        slopes = by_seed.to_numpy() @ x / (x @ x) / by_seed.to_numpy().mean()
        # 99.9%: five outcomes of four companies are looked at.
        reach = stats.t.ppf(0.9995, len(slopes) - 1) * stats.sem(slopes)
        assert abs(slopes.mean()) < reach, f"{name} moves {slopes.mean():.2%} a quarter"


def test_the_stated_counts_come_out(lived_on):
    company, quarters = lived_on
    told = {
        "leads": None,
        "mqls": company.mqls_per_quarter,
        "opportunities": company.opportunities_per_quarter,
        "wins": company.wins_per_quarter,
    }
    for name, expected in told.items():
        if expected is not None:
            seeds = quarters.groupby("seed")[name].mean()
            assert abs(seeds.mean() / expected - 1.0) < max(0.06, 3 * seeds.sem() / expected), name
