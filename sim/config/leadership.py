"""Leadership: what it needs and does, how it decides, how leaders learn, leave and are succeeded."""

from __future__ import annotations

from dataclasses import dataclass

from sim.params import choice, param


@dataclass(frozen=True)
class LeadershipConfig:
    """Hours, needs, competence and what leading makes of an activity (`model.md`, section 6)."""

    leader_hours_per_week: float = param(
        50.0, unit="hours of a whole working week", low=30, high=70, source="leader-hours"
    )
    leader_skill: float = param(
        0.8, unit="competence in the home discipline", low=0.1, high=1.0, source="assumed: of 1"
    )
    away_penalty: float = param(
        0.2,
        unit="share of competence lost away from home",
        low=0.0,
        high=0.4,
        source="assumed: prior U(0, .4)",
        where="org=merged_sales_led",
    )
    attention_competence_weight: float = param(
        0.5,
        unit="exponent of competence in attention",
        low=0.0,
        high=1.0,
        source="assumed: prior U(0, 1)",
        where="org=merged_sales_led",
    )
    attention_adjustment: float = param(
        0.5,
        unit="share of the way a quarter",
        low=0.05,
        high=1.0,
        source="assumed: half-way",
        moved=1.0,
        where="org=merged_sales_led",
    )
    need_factor: float = param(
        1.0,
        unit="multiple of the leader hours needed",
        low=0.25,
        high=4.0,
        source="assumed: prior logU(.5, 2); anchored on coaching-hours",
    )
    sales_need_base_hours: float = param(6.0, unit="hours a week", low=0, high=40, source="assumed: 22-55 h in all")
    sales_need_hours_per_person: float = param(1.4, unit="hours a week", low=0, high=6, source="coaching-hours")
    marketing_need_base_hours: float = param(
        12.0, unit="hours a week", low=0, high=40, source="assumed: 22-55 h in all"
    )
    marketing_need_hours_per_person: float = param(1.6, unit="hours a week", low=0, high=6, source="coaching-hours")
    span_of_control: float = param(
        8.0,
        unit="people",
        low=2,
        high=30,
        source="span-of-control",
        moved=4.0,
        where="company.n_salespeople=16",
    )
    team_lead_share: float = param(
        0.75,
        unit="share of the need beyond the span",
        low=0.0,
        high=1.0,
        source="assumed: three quarters",
        where="company.n_salespeople=16",
    )
    team_lead_quality: float = param(
        0.5,
        unit="leadership quality",
        low=0.0,
        high=1.0,
        source="assumed: below a leader's",
        where="company.n_salespeople=16",
    )
    team_lead_premium_usd_per_year: float = param(
        40_000.0,
        unit="USD a year per span of people beyond the first",
        low=0,
        high=300_000,
        source="assumed: pay above a seat's",
        where="company.n_salespeople=16",
    )
    spare_hour_yield: float = param(
        0.5,
        unit="worth of a leader's spare hour in staff's hours",
        low=0.0,
        high=1.0,
        source="assumed: middle of its range, because spare minutes come in pieces; decides close calls",
    )
    switching_loss: float = param(
        0.10,
        unit="share of contracted hours per further domain",
        low=0.0,
        high=0.25,
        source="task-switching",
        where="org=merged_sales_led",
    )
    leader_meeting_hours: float = param(
        2.0, unit="hours a week each, two leaders", low=0, high=10, source="assumed: 2-4 h"
    )
    pressure_slope: float = param(1.0, unit="log horizon per unit of pressure", low=0.0, high=2.0, source="graham-2005")
    kernel_order: float = param(
        0.9,
        unit="n of the payoff kernel",
        low=0.5,
        high=100,
        source="measured-response",
        may_be_infinite=True,
        moved=4.0,
    )
    mixing: str = choice(
        "values",
        ("values", "horizons"),
        source="assumed: mixing values keeps a difference in outlook alive",
        moved="horizons",
    )
    attention_rule: str = choice(
        "luce",
        ("luce", "marginal"),
        source="assumed: people match time to worth; the rival equalises returns",
        moved="marginal",
        where="org=founder_led",
    )
    leadership_share: float = param(
        0.4,
        unit="share of an activity's output that leadership makes",
        low=0.0,
        high=1.0,
        source="assumed: no direct evidence, top sensitivity parameter",
    )
    coaching_gain: float = param(0.07, unit="share of output", low=0.0, high=0.3, source="coaching-gain")
    deal_support_slope: float = param(
        0.5,
        unit="log odds of winning per unit of leadership quality",
        low=0.0,
        high=2.0,
        source="assumed: executive sponsor",
        moved=2.0,
    )
    lead_quality_slope: float = param(
        0.4,
        unit="share of score noise removed by full leadership",
        low=0.0,
        high=0.9,
        source="assumed: lead definition",
    )
    cross_domain_slope: float = param(
        0.3,
        unit="share of score noise removed by full cross-domain skill",
        low=0.0,
        high=0.9,
        source="assumed: the case for one mind",
        where="org=merged_balanced",
    )


@dataclass(frozen=True)
class DecisionConfig:
    """Constants of the decisions by formula (`model.md`, section 2)."""

    discount_later_cost: float = param(
        0.6,
        unit="B, later cost of a discount against its price",
        low=0.0,
        high=1.2,
        source="assumed: prior U(0, 1.2)",
    )
    discount_habit: float = param(
        0.5, unit="share of the cap used in an ordinary week", low=0.0, high=1.0, source="discount-depth"
    )
    volume_credit_usd: float = param(
        150.0, unit="USD of credit per MQL", low=0, high=2_000, source="assumed: volume KPI", moved=0.0
    )
    volume_weight: float = param(
        1.0, unit="weight of the volume KPI", low=0.0, high=1.0, source="assumed: prior U(0, 1)", moved=0.0
    )
    hour_value_share: float = param(
        0.6, unit="marginal against mean value of a selling hour", low=0.05, high=1.5, source="albers-2010"
    )
    reallocation_limit: float = param(
        0.10,
        unit="share of money a quarter",
        low=0.0,
        high=0.5,
        source="assumed: budgets are sticky",
        moved=0.0,
        where="org=merged_marketing_led",
    )
    reallocation_lag: float = param(
        0.7,
        unit="share of the way left undone a quarter by two owners",
        low=0.0,
        high=1.0,
        source="assumed: negotiations",
        where="org=separate",
    )
    bought_hours_limit: float = param(
        0.30,
        unit="share of selling hours",
        low=0.0,
        high=1.0,
        source="assumed: overtime and contractors",
        moved=0.02,
        where="org=no_marketing",
    )


@dataclass(frozen=True)
class LearningConfig:
    """Skill grows with hours in a domain and fades without; leaders leave, are sought and succeeded."""

    learnable_share: float = param(
        0.5,
        unit="share of the penalty away from home that practice makes good",
        low=0.0,
        high=1.0,
        source="assumed: half is want of practice",
        where="org=merged_sales_led",
    )
    learning_per_quarter: float = param(
        0.06,
        unit="share of the way to the potential a quarter at full practice",
        low=0.0,
        high=0.5,
        source="assumed: years",
        where="org=founder_led",
    )
    fading_per_quarter: float = param(
        0.02,
        unit="share of the way to the floor a quarter without practice",
        low=0.0,
        high=0.5,
        source="assumed: slower than learning",
        where="org=founder_led",
    )
    skill_floor: float = param(
        0.3,
        unit="competence that is never lost",
        low=0.05,
        high=0.8,
        source="assumed: common sense",
        where="org=founder_led",
    )
    leader_attrition_per_year: float = param(
        0.30, unit="leavers per leader-year, every kind alike", low=0.0, high=1.5, source="leader-tenures"
    )
    leader_search_weeks: float = param(
        17.0, unit="weeks, mean search for an ordinary profile", low=0, high=104, source="assumed: four months"
    )
    rarity_slope: float = param(
        1.0,
        unit="multiple of the search added per unit of rarity",
        low=0.0,
        high=5.0,
        source="assumed: few are at home in both",
        where="org=merged_balanced",
    )
    leader_ramp_months: float = param(
        3.0, unit="months until a new leader leads in full", low=0.0, high=18, source="fractional-market"
    )
    leader_replacement_share: float = param(
        0.3, unit="share of a year's pay to replace a leader", low=0.0, high=3.0, source="assumed: a search firm's fee"
    )
