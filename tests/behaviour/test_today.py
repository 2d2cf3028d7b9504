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
STOCKS = (
    "revenue_usd", "customers", "brand_equity", "opportunities", "burnout", "trust_of_sales", "trust_of_marketing",
    "conflict", "insight", "cooperation", "channel_effectiveness", "leader_skill_sales", "leader_skill_marketing",
    "leaders_present", "practices_lived", "consistency",
)  # fmt: skip


@pytest.fixture(scope="module", params=COMPANIES)
def lived_on(request):
    """Rows of today running on, per seed, and the company."""
    config = sim_config(f"company={request.param}", "org=separate")
    config = sim_config(f"company={request.param}", f"org={config.company.today.org}")
    past = past_of(config)
    rows = []
    for seed in SEEDS:
        model = GoToMarket(config, seed, past).run()
        rows += [row | {"seed": seed, "scenario": "today"} for row in model.quarter_rows()]
        model.forget()
    return config.company, pd.DataFrame(rows)


def test_the_last_year_before_the_horizon_is_the_stated_one(lived_on):
    company, quarters = lived_on
    facts, told = simulated(quarters, "today"), stated(company)
    for name, allowed in (("revenue_usd_per_year", 0.05), ("win_rate", 0.06), ("sales_cycle_days", 0.10)):
        off = facts[name].mean / told[name] - 1.0
        noise = 0.5 * (facts[name].high - facts[name].low) / told[name]
        assert abs(off) < max(allowed, noise), f"{name} is off by {off:.1%}"


def test_nothing_drifts(lived_on):
    _, quarters = lived_on
    for name in STOCKS:
        by_seed = quarters.pivot_table(index="seed", columns="quarter", values=name)
        x = np.arange(by_seed.shape[1]) - (by_seed.shape[1] - 1) / 2
        slopes = by_seed.to_numpy() @ x / (x @ x) / by_seed.to_numpy().mean()
        # 99.9%: a dozen outcomes of four companies are looked at.
        reach = stats.t.ppf(0.9995, len(slopes) - 1) * stats.sem(slopes)
        assert abs(slopes.mean()) <= reach, f"{name} moves {slopes.mean():.2%} a quarter"


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


def test_channels_do_what_they_did(lived_on):
    _, quarters = lived_on
    by_seed = quarters.groupby("seed")["channel_effectiveness"].mean()
    assert by_seed.mean() == pytest.approx(1.0, abs=4 * by_seed.sem())


# By size of the company, of sales in marketers' leads: about half among 12 and 6, less the more people there are.
TRUST = {"startup": (0.5, 0.8), "small": (0.5, 0.7), "medium": (0.44, 0.54), "large": (0.25, 0.40)}


def test_people_of_big_companies_know_and_trust_each_other_less(lived_on):
    company, quarters = lived_on
    low, high = TRUST[company.name]
    assert low < quarters["trust_of_sales"].mean() < high


def test_conflict_is_low_on_average_with_few_who_suffer_from_it(lived_on):
    _, quarters = lived_on
    assert 1.8 < quarters["conflict"].mean() < 3.0
    assert 0.0 < quarters["high_conflict_share"].mean() < 0.15


def test_leaders_believe_the_functions_to_be_more_aligned_than_they_are(lived_on):
    _, quarters = lived_on
    gap = (quarters["perceived_alignment"] - quarters["alignment"]).groupby(quarters["seed"]).mean()
    # Fifteen hundredths, less where nobody can see more than all there is.
    assert 0.10 < gap.mean() < 0.15 + 4 * gap.sem()
