"""Everything that can be set: frozen dataclasses, the only place where a default is written.

`SimConfig` has no default structure, because no structure is named in code; `sim.compose` loads one from
`conf/` and checks the whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sim.config.activities import ActivitiesConfig, Activity, PaidActivity
from sim.config.changes import Change, arms, check_open, check_place, in_force
from sim.config.company import CompanyConfig, TodayNames
from sim.config.market import MarketConfig
from sim.config.mechanisms import ClampConfig, MechanismsConfig
from sim.config.norms import LeaderNorms, MarketingNorms, Moment, NormsConfig, SalesNorms
from sim.config.people import PeopleConfig
from sim.config.practices import PathwaysConfig, PracticesConfig, RolesConfig
from sim.config.structure import BOARD, FUNCTIONS, OrgConfig, Post, Profile, check_structure
from sim.params import ConfigError, check, param, switch

__all__ = [
    "BOARD",
    "FUNCTIONS",
    "ActivitiesConfig",
    "Activity",
    "Change",
    "ClampConfig",
    "CompanyConfig",
    "ConfigError",
    "LeaderNorms",
    "MarketConfig",
    "MarketingNorms",
    "MechanismsConfig",
    "Moment",
    "NormsConfig",
    "OrgConfig",
    "PaidActivity",
    "PathwaysConfig",
    "PeopleConfig",
    "Post",
    "PracticesConfig",
    "Profile",
    "RolesConfig",
    "SalesNorms",
    "SimConfig",
    "TodayConfig",
    "TodayNames",
    "arms",
    "check_config",
    "fingerprint",
    "fingerprint_of",
    "in_force",
]


@dataclass(frozen=True)
class TodayConfig:
    """The structure, practices and roles under which the warm-up runs."""

    org: OrgConfig
    practices: PracticesConfig = field(default_factory=PracticesConfig)
    roles: RolesConfig = field(default_factory=RolesConfig)


@dataclass(frozen=True)
class SimConfig:
    """One scenario in full: what is true of it, nothing about how it is run."""

    org: OrgConfig
    today: TodayConfig
    company: CompanyConfig = field(default_factory=CompanyConfig)
    practices: PracticesConfig = field(default_factory=PracticesConfig)
    roles: RolesConfig = field(default_factory=RolesConfig)
    market: MarketConfig = field(default_factory=MarketConfig)
    people: PeopleConfig = field(default_factory=PeopleConfig)
    activities: ActivitiesConfig = field(default_factory=ActivitiesConfig)
    pathways: PathwaysConfig = field(default_factory=PathwaysConfig)
    mechanisms: MechanismsConfig = field(default_factory=MechanismsConfig)
    norms: NormsConfig = field(default_factory=NormsConfig)
    horizon_quarters: int = param(12, unit="quarters measured", low=1, high=40, source="assumed: three years")
    added_usd_per_year: float = param(
        0.0,
        unit="USD a year for programmes and selling hours, in today's proportion, from quarter 1 on",
        low=-100_000_000,
        high=100_000_000,
        source="assumed: none; an equal-cost contrast spends what a structure saves",
        moved=100_000.0,
    )
    warm_up_quarters: int = param(4, unit="quarters before", low=4, high=40, source="assumed: a year of today", moved=6)
    transition: bool = switch(
        False,
        neutral="what is changed is taken up settled, as if it had been so for years",
        where="org=merged_sales_led",
    )
    changes: tuple[Change, ...] = ()


def check_config(config: SimConfig) -> SimConfig:
    """Return the config, or raise `ConfigError` with one line for the first setting that can't be."""
    check_structure(config.today.org, "today.org")
    _check_as_is(config)
    left: set[str] = set()
    for change in config.changes:
        left |= {*change.leaves}
        _check_change(config, change, left)
    return config


def _check_as_is(config: SimConfig) -> None:
    check(config)
    check_structure(config.org)
    _check_company(config)


def _check_change(config: SimConfig, change: Change, left: Collection[str]) -> None:
    where = f"in quarter {change.quarter}"
    if not 1 <= change.quarter <= config.horizon_quarters:
        raise ConfigError(
            f"changes: quarter = {change.quarter}: must be in [1, {config.horizon_quarters}], the measured quarters"
        )
    then = in_force(config, change.quarter)
    try:
        _check_as_is(then)
    except ConfigError as mistake:
        raise ConfigError(f"{where}, {mistake}") from None
    before = in_force(config, change.quarter - 1)
    for verb, names in (("leaves", change.leaves), ("hires", change.hires)):
        for name in names:
            check_place(f"{where}, {verb}", name, then, before)
    for name in change.hires:
        check_open(f"{where}, hires", name, then, before, left)
    same = [other for other in config.changes if other.quarter == change.quarter and other is not change]
    for part in ("org", "practices", "roles"):
        if getattr(change, part) and any(getattr(other, part) for other in same):
            raise ConfigError(f"{where}, {part} is changed twice; must be one")


def _check_company(config: SimConfig) -> None:
    company, market = config.company, config.market
    if company.n_customers > 0.5 * company.n_prospects:
        raise ConfigError(
            f"company.n_customers = {company.n_customers} customers: must be at most half of "
            f"company.n_prospects = {company.n_prospects} accounts"
        )
    spells = (company.n_prospects - company.n_customers) * market.in_market_share_per_quarter
    if company.opportunities_per_quarter > 0.6 * spells:
        raise ConfigError(
            f"company.n_prospects = {company.n_prospects} accounts: {spells:.0f} come into the market a quarter, "
            f"too few for the {company.opportunities_per_quarter:.0f} opportunities that "
            "company.n_customers, renewal_share_per_year and win_rate ask for; must be at most 60% of them"
        )
    if company.mqls_per_quarter > 0.9 * company.inquiries_per_quarter:
        raise ConfigError(
            f"company.mqls_per_quarter = {company.mqls_per_quarter:g} MQLs: must be at most 90% of "
            f"company.inquiries_per_quarter = {company.inquiries_per_quarter:g} inquiries"
        )
    ready = company.inquiries_per_quarter * (1.0 - market.junk_share_of_inquiries)
    if ready > 0.8 * spells:
        raise ConfigError(
            f"company.inquiries_per_quarter = {company.inquiries_per_quarter:g} inquiries: "
            f"{ready:.0f} of ready accounts are more than 80% of the {spells:.0f} that come into the market; "
            "raise company.n_prospects or market.junk_share_of_inquiries"
        )
    if "marketing" not in config.today.org.staffed:
        raise ConfigError(
            f"company.today.org = {company.today.org}: must staff marketing, "
            "because efforts are measured against today's"
        )
    if company.n_marketers == 0 and "marketing" in {*config.org.staffed, *config.today.org.staffed}:
        raise ConfigError("company.n_marketers = 0 people: must be at least 1 where marketing is staffed")
    for function in FUNCTIONS:
        needs = sum(getattr(config.activities, name).need_share for name in ACTIVITIES_OF[function])
        if abs(needs - 1.0) > 1e-9:
            names = ", ".join(ACTIVITIES_OF[function])
            raise ConfigError(f"activities: need_share of {function} adds up to {needs:g}; must be 1 over {names}")


ACTIVITIES_OF: Mapping[str, tuple[str, ...]] = {
    "sales": ("deal_support", "coaching", "sales_people"),
    "marketing": ("brand", "activation", "content", "experiments", "lead_quality", "marketing_people"),
}


def fingerprint(config: Any) -> str:
    """Sixteen hexadecimal digits that two configs share only if every value is the same."""
    return fingerprint_of(asdict(config))


def fingerprint_of(values: Any) -> str:
    """The same of plain values: dicts, lists, numbers and words."""
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
