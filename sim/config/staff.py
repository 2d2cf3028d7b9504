"""Staff: hours and skill, strain, careers."""

from __future__ import annotations

from dataclasses import dataclass

from sim.params import param

REORGANISED = "transition=true org=merged_marketing_led"  # today is another structure


@dataclass(frozen=True)
class StaffConfig:
    """Hours and skill of salespeople and marketers (`model.md`, section 6)."""

    staff_hours_per_week: float = param(46.0, unit="hours", low=20, high=70, source="rep-hours")
    weeks_worked_per_year: float = param(50.0, unit="weeks", low=30, high=52, source="assumed: leave")
    selling_share: float = param(0.35, unit="share of a salesperson's hours", low=0.1, high=0.7, source="cso-insights")
    lead_work_share: float = param(
        0.24, unit="share of a salesperson's hours", low=0.02, high=0.5, source="cso-insights"
    )
    crossover_start: float = param(
        0.3,
        unit="worth of a beginner's hour in the other function",
        low=0.0,
        high=1.0,
        source="assumed: contested, keszey-biemans-2016",
        where="roles=hybrid",
    )
    crossover_yield: float = param(
        0.6,
        unit="worth of a practised hour in the other function",
        low=0.0,
        high=1.0,
        source="assumed: contested, keszey-biemans-2016",
        where="roles=hybrid",
    )
    crossover_learning: float = param(
        0.5,
        unit="share of the way a quarter per unit of time in the other function",
        low=0.0,
        high=2.0,
        source="assumed: a practised hand after five years of a fifth of the time",
        where="roles=hybrid",
    )
    skill_sigma: float = param(
        0.52,
        unit="sd of ln productivity",
        low=0.0,
        high=1.0,
        source="fitted, see docs/calibration; within rep-dispersion",
    )
    skill_win_slope: float = param(
        0.88,
        unit="log odds of winning per ln productivity",
        low=0.0,
        high=2.0,
        source="fitted, see docs/calibration; within rep-win-dispersion",
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
    workload_weight: float = param(
        0.45, unit="weight among demands", low=0.0, high=2.0, source="demands-meta-analyses", moved=1.5
    )
    conflict_weight: float = param(
        0.45, unit="weight among demands", low=0.0, high=2.0, source="demands-meta-analyses", moved=1.5
    )
    ambiguity_weight: float = param(
        0.50, unit="weight among demands", low=0.0, high=2.0, source="gilboa-2008", moved=1.5
    )
    pressure_weight: float = param(
        0.30, unit="weight among demands", low=0.0, high=2.0, source="assumed: below workload", moved=1.5
    )
    junk_weight: float = param(
        0.20, unit="weight among demands", low=0.0, high=2.0, source="assumed: modest", moved=1.5
    )
    travel_weight: float = param(
        0.10, unit="weight among demands", low=0.0, high=2.0, source="assumed: small", moved=1.5
    )
    support_weight: float = param(
        0.40, unit="weight among resources", low=0.0, high=2.0, source="demands-meta-analyses", moved=1.5
    )
    autonomy_weight: float = param(
        0.30, unit="weight among resources", low=0.0, high=2.0, source="demands-meta-analyses", moved=1.5
    )
    use_weight: float = param(
        0.30, unit="weight among resources", low=0.0, high=2.0, source="assumed: as autonomy", moved=1.5
    )
    recognition_weight: float = param(
        0.30, unit="weight among resources", low=0.0, high=2.0, source="assumed: as autonomy", moved=1.5
    )
    clarity_weight: float = param(
        0.20, unit="weight among resources", low=0.0, high=2.0, source="assumed: below support", moved=1.5
    )
    ambiguity_hybrid: float = param(
        1.0,
        unit="ambiguity per unit of time in the other function",
        low=0.0,
        high=5.0,
        source="assumed: two jobs, two masters",
        where="roles=hybrid",
    )
    ambiguity_new_leader: float = param(
        0.3, unit="ambiguity under a leader who is new or missing", low=0.0, high=2.0, source="assumed: unknown ways"
    )
    ambiguity_reorganisation: float = param(
        0.1,
        unit="ambiguity just after a reorganisation",
        low=0.0,
        high=2.0,
        source="assumed: one SD of what people differ in",
        where=REORGANISED,
    )
    reorganisation_months: float = param(
        6.0,
        unit="months in which that fades to a third",
        low=0.5,
        high=36,
        source="assumed: two quarters until everybody knows who does what",
        where=REORGANISED,
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
    severance_share: float = param(
        0.25,
        unit="share of a year's pay for who must go",
        low=0.0,
        high=2.0,
        source="assumed: three months' notice and severance",
        where=f"{REORGANISED} company.today.org=separate",  # nobody pays off a founder
    )
    replacement_cost_share: float = param(
        0.6, unit="share of a year's cost", low=0.0, high=3.0, source="replacement-cost"
    )
