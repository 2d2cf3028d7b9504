"""Staff: hours and skill, strain, careers."""

from __future__ import annotations

from dataclasses import dataclass

from sim.params import param


@dataclass(frozen=True)
class StaffConfig:
    """Hours and skill of salespeople and marketers (`model.md`, section 6)."""

    staff_hours_per_week: float = param(46.0, unit="hours", low=20, high=70, source="rep-hours")
    weeks_worked_per_year: float = param(50.0, unit="weeks", low=30, high=52, source="assumed: leave")
    selling_share: float = param(0.35, unit="share of a salesperson's hours", low=0.1, high=0.7, source="cso-insights")
    lead_work_share: float = param(
        0.24, unit="share of a salesperson's hours", low=0.02, high=0.5, source="cso-insights"
    )
    own_content_floor: float = param(
        0.04,
        unit="share of hours on own content when led well",
        low=0.0,
        high=0.2,
        source="rep-content-time",
        moved=0.12,
        where="org=no_marketing",
    )
    own_content_extra: float = param(
        0.11,
        unit="share of hours more when nobody leads content",
        low=0.0,
        high=0.3,
        source="rep-content-time",
        where="org=no_marketing",
    )
    crossover_yield: float = param(
        0.5,
        unit="worth of an hour in the other function",
        low=0.0,
        high=1.0,
        source="assumed: contested, keszey-biemans-2016",
        where="roles=hybrid",
    )
    skill_sigma: float = param(0.45, unit="sd of ln productivity", low=0.0, high=1.0, source="rep-dispersion")
    skill_win_slope: float = param(
        0.5, unit="log odds of winning per ln productivity", low=0.0, high=2.0, source="rep-win-dispersion"
    )
    program_money_share: float = param(
        0.7,
        unit="% output per % programme money; the rest is marketers' hours",
        low=0.0,
        high=1.0,
        source="assumed: money buys most reach",
        where="practices=strong",
    )


@dataclass(frozen=True)
class StrainConfig:
    """The monthly loop of demands and resources, the same for staff and leaders."""

    demand_effect: float = param(
        0.040, unit="SD a month per SD of demands", low=0.0, high=0.2, source="strain-recursion"
    )
    resource_effect: float = param(
        0.030, unit="SD a month per SD of resources", low=0.0, high=0.2, source="strain-recursion"
    )
    disengagement_demand_effect: float = param(
        0.015, unit="SD a month per SD of demands", low=0.0, high=0.2, source="strain-recursion"
    )
    disengagement_resource_effect: float = param(
        0.040, unit="SD a month per SD of resources", low=0.0, high=0.2, source="strain-recursion"
    )
    pressure_per_sd: float = param(
        0.10,
        unit="pressure above the usual that is one SD of demands",
        low=0.01,
        high=1.0,
        source="assumed: sd of pressure",
    )
    load_per_sd: float = param(
        0.15, unit="load above the usual that is one SD of demands", low=0.01, high=1.0, source="assumed: sd of load"
    )
    overload_per_sd: float = param(
        0.50,
        unit="leader hours needed beyond those there, as a share, that is one SD of demands",
        low=0.05,
        high=4.0,
        source="assumed: half a week more",
        where="org=founder_led",
    )
    care_per_sd: float = param(
        0.20,
        unit="leadership of people above today's that is one SD of resources",
        low=0.01,
        high=2.0,
        source="assumed: a quarter of full leadership",
    )
    demand_weight: float = param(
        0.5,
        unit="weight of load and of pressure each in demands",
        low=0.0,
        high=1.0,
        source="assumed: two of four demands",
    )
    strain_noise: float = param(0.33, unit="SD a month", low=0.0, high=1.0, source="strain-recursion")
    strain_trait: float = param(0.40, unit="SD between persons", low=0.0, high=1.0, source="strain-recursion")
    strain_output: float = param(
        0.085,
        unit="share of output lost per SD of exhaustion",
        low=0.0,
        high=0.3,
        source="exhaustion-performance",
    )
    strain_leader_hours: float = param(
        0.045,
        unit="share of leader hours lost per SD of exhaustion",
        low=0.0,
        high=0.2,
        source="assumed: as output",
    )
    strain_leaving: float = param(
        0.37, unit="log hazard per SD of exhaustion", low=0.0, high=1.5, source="swider-zimmerman-2010"
    )


@dataclass(frozen=True)
class CareerConfig:
    """Leaving, searching, ramping up."""

    sales_attrition_per_year: float = param(
        0.30, unit="leavers per filled seat-year", low=0.0, high=1.5, source="sales-turnover"
    )
    marketing_attrition_per_year: float = param(
        0.20, unit="leavers per filled seat-year", low=0.0, high=1.5, source="marketing-turnover", moved=1.5
    )
    search_weeks: float = param(13.0, unit="weeks, mean vacancy", low=0, high=104, source="assumed: a quarter")
    ramp_months: float = param(5.5, unit="months to full output", low=0.0, high=18, source="ramp-time")
    replacement_cost_share: float = param(
        0.6, unit="share of a year's cost", low=0.0, high=3.0, source="replacement-cost"
    )
