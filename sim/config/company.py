"""The company as its owner would state it: size, sales, people, money. One class, facts of `today`.

The market's unknown constants (how often a ready account inquires, how hard it is to win) are solved from
these facts, so that the simulated company is the stated one before anything is changed (`sim.past`).
Values are for a company of $25M a year; ranges of the evidence are in `conf/company/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.params import param


@dataclass(frozen=True)
class TodayNames:
    """Names of the structure, practices and roles that the company has before the first measured quarter."""

    org: str = ""  # no structure is named in code: each file in `conf/company/` says its own
    practices: str = "typical"
    roles: str = "specialised"


@dataclass(frozen=True)
class CompanyConfig:
    """What the company says of itself; sizes live here, the market's dynamics in `MarketConfig`."""

    name: str = "medium"
    n_prospects: int = param(
        10_000, unit="accounts", low=50, high=1_000_000, source="assumed: consistent with spells and wins"
    )
    n_customers: int = param(
        833, unit="customers", low=1, high=900_000, source="assumed: revenue divided by contract value"
    )
    acv_usd: float = param(
        30_000.0,
        unit="USD a year, mean of contracts won",
        low=500,
        high=5_000_000,
        source="bridge-ae-metrics",
    )
    deal_value_sigma: float = param(1.1, unit="sd of ln value", low=0.0, high=2.0, source="ibm-win-loss", moved=0.6)
    renewal_share_per_year: float = param(
        0.86, unit="share", low=0.3, high=0.99, source="assumed: consistent with stationary customers"
    )
    expansion_per_year: float = param(
        0.0, unit="share of contract value", low=-0.2, high=0.5, source="assumed: neutral", moved=0.05
    )
    win_rate: float = param(0.22, unit="share of closed", low=0.03, high=0.8, source="win-rate-benchmarks")
    sales_sourced_share: float = param(
        0.55, unit="share of opportunities", low=0.05, high=0.95, source="sales-sourced-share"
    )
    inquiries_per_quarter: float = param(1446.0, unit="inquiries", low=1, high=1_000_000, source="funnel-benchmarks")
    mqls_per_quarter: float = param(362.0, unit="MQLs", low=1, high=500_000, source="funnel-benchmarks")
    sales_cycle_days: float = param(80.0, unit="days, median of won", low=10, high=400, source="sales-cycle-by-value")
    hours_per_opportunity: float = param(
        12.5, unit="selling hours", low=0.5, high=200, source="assumed: utilisation of selling .82"
    )
    hours_per_mql: float = param(1.5, unit="hours", low=0.1, high=20, source="assumed: calls and notes")
    n_salespeople: int = param(12, unit="people", low=1, high=1_000, source="assumed: revenue per seat")
    n_marketers: int = param(6, unit="people", low=0, high=500, source="assumed: revenue per seat")
    program_budget_usd_per_year: float = param(
        1_100_000.0, unit="USD a year", low=1_000, high=200_000_000, source="idc-spend"
    )
    salesperson_cost_usd_per_year: float = param(
        190_000.0, unit="USD a year", low=20_000, high=1_000_000, source="assumed: on-target earnings"
    )
    marketer_cost_usd_per_year: float = param(
        110_000.0, unit="USD a year", low=20_000, high=600_000, source="assumed: salary and overhead"
    )
    leader_cost_usd_per_year: float = param(
        350_000.0, unit="USD a year, head of sales", low=50_000, high=2_000_000, source="vp-sales-pay"
    )
    gross_margin: float = param(0.75, unit="share", low=0.1, high=0.98, source="assumed: software and services")
    discount_rate_per_year: float = param(
        0.10, unit="a year", low=0.0, high=0.60, source="assumed: cost of capital; .60 is survival risk"
    )
    board_horizon_quarters: float = param(
        6.0, unit="quarters", low=0.5, high=40, source="assumed: between managers and owners", moved=2.0
    )
    today: TodayNames = field(default_factory=TodayNames)

    @property
    def revenue_usd_per_year(self) -> float:
        """Stated revenue, USD a year: customers times mean contract value."""
        return self.n_customers * self.acv_usd

    @property
    def wins_per_quarter(self) -> float:
        """New customers a quarter that keep the stated number of customers level."""
        return self.n_customers * (1.0 - self.renewal_share_per_year) / 4.0

    @property
    def opportunities_per_quarter(self) -> float:
        """Opportunities a quarter that yield the stationary wins at the stated win rate."""
        return self.wins_per_quarter / self.win_rate
