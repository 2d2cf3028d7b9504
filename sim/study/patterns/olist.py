"""A real funnel to hold beside the simulated one: Olist's marketing funnel, read where its files lie, never copied.

8,000 leads and 842 deals of a Brazilian marketplace, public under CC BY-NC-SA 4.0. Wins are recorded from December 2017
on, so only the cohorts of January to May 2018 are complete.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd

from sim.params import ConfigError
from sim.study.patterns.shapes import cycle_spread, hazard_slope
from sim.study.patterns.watched import MOST_COUNTED

VARIABLE = "TWOHATS_OLIST"
LEADS, DEALS = "olist_marketing_qualified_leads_dataset.csv", "olist_closed_deals_dataset.csv"
FIRST_COHORT, LEAST_LEADS, LEAST_MONTHS = "2018-01-01", 200, 3
UNNAMED = ("unknown", "other", "other publicities")


def olist_folder() -> Path | None:
    """Where the files lie, as the environment says; None where it says nothing. `ConfigError` for a wrong place."""
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    for file in (LEADS, DEALS):
        if not (Path(named) / file).is_file():
            raise ConfigError(f"{VARIABLE} = {named}: has no {file}; must be the folder of both files of the funnel")
    return Path(named)


def olist_patterns(folder: Path) -> dict[str, float]:
    """The patterns that the funnel shows, by their names: the same functions of counts as for simulated futures."""
    leads = pd.read_csv(folder / LEADS, parse_dates=["first_contact_date"])
    deals = pd.read_csv(folder / DEALS, parse_dates=["won_date"])
    joined = leads.merge(deals, on="mql_id", how="left")
    joined = joined[joined["first_contact_date"] >= FIRST_COHORT]
    won = joined[joined["won_date"].notna()]
    days = (won["won_date"] - won["first_contact_date"]).dt.total_seconds() / 86_400
    weeks = np.clip((days // 7).astype(int), 0, MOST_COUNTED - 1)
    ages = np.bincount(weeks, minlength=MOST_COUNTED).astype(float)
    return {
        "P1a": len(won) / len(joined),
        "P1b": _channel_ratio(joined),
        "P2a": cycle_spread(ages),
        "P2b": hazard_slope(ages, len(joined)),
        "P4a": _dispersion(won),
    }


def _channel_ratio(joined: pd.DataFrame) -> float:
    """Best over worst share won, of the channels that have a name and leads enough."""
    by_channel = joined.groupby("origin")["won_date"].agg(["count", "size"])
    named = by_channel[(by_channel["size"] >= LEAST_LEADS) & ~by_channel.index.isin(UNNAMED)]
    shares = named["count"] / named["size"]
    return float(shares.max() / shares.min())


def _dispersion(won: pd.DataFrame) -> float:
    """Dispersion of closers' wins in an active month, chance taken out, of those with some months."""
    monthly = won.groupby(["sr_id", won["won_date"].dt.to_period("M")]).size()
    months = monthly.groupby(level=0).size()
    regulars = months.index[months >= LEAST_MONTHS]
    totals = monthly.groupby(level=0).sum()[regulars]
    exposed = months[regulars]
    means = totals / exposed
    chance = float((means.mean() / exposed).mean())  # variance of a mean of counts
    return float(np.sqrt(max(means.var() - chance, 0.0)) / means.mean())
