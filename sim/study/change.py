"""What a change is worth against doing nothing, within the same futures: quarter by quarter, and all in all.

Three scenarios are the same to the bit until the change: the changed one, the control in which nothing is done, and
the same change had its reorganisation cost nothing. That one is no option that anybody has; it tells what of the
effect is the price of getting there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.books import discount_factor
from sim.study.crossover import Crossover, by_seed_and_quarter, crossover_quarter
from sim.study.payback import Payback, payback
from sim.study.statistics import Estimate, ahead_share, by_seed, mean_estimate, paired_difference, share_estimate

SO_FAR = "npv_so_far_usd"
"""Profit cumulated from quarter 1 and discounted to its start; without what is left after the horizon."""
LEVELS = ("revenue_usd", "brand_equity", "burnout")
"""Outcomes that are told by their value in each quarter."""
NOT_RUN = Estimate(math.nan, math.nan, math.nan, 0)
"""Stands for every estimate about a scenario that was not run."""


@dataclass(frozen=True)
class Effect:
    """A change against doing nothing; every estimate is changed - nothing, paired by seed, unless it says otherwise."""

    changed: str
    nothing: str
    free: str | None
    """The same change had its reorganisation cost nothing; None = not run."""
    first: int
    """The quarter at which the change applies."""
    horizon: int
    """The last measured quarter."""
    npv: Estimate
    """Net present value, USD: profit within the horizon and what is left after it."""
    npv_free: Estimate
    """NPV of free - nothing, USD; NaN if free was not run."""
    within: Estimate
    """Of the NPV, discounted profit within the horizon, USD."""
    left: Estimate
    """Of the NPV, what is left after the horizon, USD."""
    pays: Estimate
    """Share of futures in which the changed NPV is higher, in [0, 1], with its Wilson interval; a tie counts half."""
    transition: Estimate
    """What getting there costs: NPV of free - changed, USD, positive where it costs; NaN if free was not run."""
    fees: Estimate
    """Fees and severance of the reorganisation, discounted, USD; in the changed scenario alone."""
    crossover: Crossover
    """When cumulated profit is ahead for good, on average."""
    payback: Payback
    """When what was lost at first is earned back, future by future."""
    by_seed: pd.Series
    """The difference in NPV in each future, USD, index seed."""
    by_quarter: pd.DataFrame
    """Rows of scenario (changed, free), outcome and quarter: difference from nothing, its interval, n_seeds."""
    later: tuple[int, ...] = ()
    """Further quarters in which something changes."""

    @property
    def n(self) -> int:
        """Futures."""
        return self.npv.n

    @property
    def is_null(self) -> bool:
        """Whether the change changes nothing at all in any future."""
        return bool((self.by_quarter["mean"] == 0).all() and (self.by_seed == 0).all())


def effect_of(
    runs: pd.DataFrame,
    quarters: pd.DataFrame,
    changed: str,
    nothing: str,
    free: str | None,
    first: int,
    discount_rate_per_year: float,
    later: tuple[int, ...] = (),
) -> Effect:
    """The effect of a change that applies at quarter `first`; refuses scenarios not run under the same seeds."""
    arms = [changed] if free is None else [changed, free]
    tables = {arm: differences(quarters, arm, nothing, discount_rate_per_year) for arm in arms}
    at_end = tables[changed][SO_FAR].iloc[:, -1]
    horizon = int(tables[changed][SO_FAR].columns[-1])
    if not 1 <= first <= horizon:
        raise ValueError(f"first = {first}: must be a measured quarter, 1 to {horizon}")
    npv = by_seed(runs[runs["scenario"].isin([nothing, *arms])], "npv_usd")
    difference = npv[changed] - npv[nothing]
    worth = mean_estimate(difference)
    fees = discounted(by_seed_and_quarter(quarters, changed, "reorganisation_usd"), discount_rate_per_year)
    return Effect(
        changed=changed,
        nothing=nothing,
        free=free,
        first=first,
        horizon=horizon,
        npv=worth,
        npv_free=NOT_RUN if free is None else paired_difference(npv[free], npv[nothing]),
        within=mean_estimate(at_end),
        left=paired_difference(difference, at_end),
        pays=share_estimate(ahead_share(npv[changed], npv[nothing]) * worth.n, worth.n),
        transition=NOT_RUN if free is None else paired_difference(npv[free], npv[changed]),
        fees=mean_estimate(fees.sum(axis=1)),
        crossover=crossover_quarter(quarters, changed, nothing),
        payback=payback(quarters, changed, nothing),
        by_seed=difference,
        by_quarter=pd.concat([estimates(table, arm) for arm, table in tables.items()], ignore_index=True),
        later=later,
    )


def differences(
    quarters: pd.DataFrame, treated: str, control: str, discount_rate_per_year: float
) -> dict[str, pd.DataFrame]:
    """Treated - control by outcome: NPV so far and the levels; each with index seed, columns measured quarter."""
    profit = paired_quarters(quarters, treated, control, "profit_usd")
    so_far = discounted(profit, discount_rate_per_year).cumsum(axis=1)
    return {SO_FAR: so_far} | {name: paired_quarters(quarters, treated, control, name) for name in LEVELS}


def paired_quarters(quarters: pd.DataFrame, treated: str, control: str, column: str) -> pd.DataFrame:
    """Treated - control in one column: index seed, columns measured quarter; refuses what cannot be paired."""
    a, b = (by_seed_and_quarter(quarters, scenario, column) for scenario in (treated, control))
    if not (a.index.equals(b.index) and a.columns.equals(b.columns)):
        raise ValueError(f"{treated} and {control} differ in seeds or quarters: {column} cannot be paired")
    return a - b


def discounted(usd: pd.DataFrame, rate_per_year: float) -> pd.DataFrame:
    """Amounts of quarters (columns), each at its worth at the start of quarter 1."""
    return usd * [discount_factor(rate_per_year, int(quarter)) for quarter in usd.columns]


def estimates(tables: Mapping[str, pd.DataFrame], scenario: str) -> pd.DataFrame:
    """Mean and interval of each outcome's differences by quarter, tidy."""
    rows = []
    for outcome, table in tables.items():
        for quarter, values in table.items():
            at = mean_estimate(values)
            rows.append((scenario, outcome, quarter, at.mean, at.low, at.high, at.n))
    return pd.DataFrame(rows, columns=["scenario", "outcome", "quarter", "mean", "low", "high", "n_seeds"])
