"""Which functions hold each mechanism's rule, and which settings its numbers: a table, switch by switch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sim.market.channels import Channels
from sim.org import (
    alignment,
    allotment,
    attention,
    attribution,
    conditions,
    conflict,
    content,
    decisions,
    desks,
    headcount,
    horizon,
    interface,
    judgements,
    leaders,
    learning,
    pay,
    posts,
    programmes,
    remits,
    reorganisation,
    strain,
    structure,
    trust,
    weeks,
)
from sim.org.money import Money
from sim.org.planning import Planner
from sim.org.workforce import Workforce

Rule = Callable[..., Any] | property


@dataclass(frozen=True)
class Mechanism:
    """A switch with the functions whose docstrings say what it does, and the settings it reads."""

    rules: tuple[Rule, ...]
    settings: tuple[str, ...] = ()


HORIZON = {
    "horizon_attention": Mechanism(
        (horizon.payoff_weight, allotment.capped_luce, allotment.equal_returns),
        (
            "people.kernel_order",
            "people.attention_competence_weight",
            "people.attention_rule",
        ),
    ),
    "horizon_budget": Mechanism((horizon.payoff_weight, horizon.Judgement.values, programmes.efforts)),
    "horizon_discount": Mechanism((decisions.discount_cap,), ("people.discount_later_cost", "people.discount_habit")),
    "horizon_lead_bar": Mechanism(
        (decisions.lead_bar, decisions.passed_lead_cost_usd, decisions.nurture_bar),
        ("people.volume_credit_usd", "people.volume_weight", "people.hour_value_share", "market.nurture_cost_usd"),
    ),
    "horizon_reallocation": Mechanism((judgements.judged, decisions.reallocated)),
    "horizon_development": Mechanism((remits.activities_of,)),
    "pressure": Mechanism((horizon.pressure_of, horizon.effective_horizon), ("people.pressure_slope",)),
    "mandate": Mechanism((horizon.View.mixed, posts.voices), ("org.posts.NAME.mandate",)),
    "peer_mixing": Mechanism((horizon.View.mixed, posts.voices), ("people.mixing",)),
}
COMPETENCE = {
    "away_penalty": Mechanism((leaders.home_skill,), ("people.away_penalty", "people.leader_skill")),
    "profile_spread": Mechanism(
        (leaders.Leaders.take_posts,), ("org.posts.NAME.profile.skill_spread", "org.posts.NAME.profile.horizon_spread")
    ),
    "cross_domain": Mechanism(
        (Planner.cross_domain, programmes.score_noise, content.message_consistency),
        ("people.cross_domain_slope", "people.consistency_cross_domain", "org.posts.NAME.profile.cross_domain"),
    ),
    "learning": Mechanism(
        (learning.practised, learning.settled_skill),
        ("people.learnable_share", "people.learning_per_quarter", "people.fading_per_quarter", "people.skill_floor"),
    ),
}
CAPACITY = {
    "attention_scarcity": Mechanism(
        (attention.team_needs, allotment.capped_luce, allotment.equal_returns, attention.coverage),
        ("people.need_factor", "people.span_of_control", "people.team_lead_share", "people.attention_adjustment"),
    ),
    "spare_hours": Mechanism((weeks.plan_weeks, desks.sales_desk), ("people.spare_hour_yield",)),
    "switching_loss": Mechanism((attention.switching_hours,), ("people.switching_loss",)),
    "reallocation": Mechanism(
        (Money.reallocate, decisions.reallocated),
        ("people.reallocation_limit", "people.reallocation_lag", "people.bought_hours_limit"),
    ),
}
INTERFACE = {
    "leader_meetings": Mechanism((weeks.plan_weeks,), ("people.leader_meeting_hours",)),
    "internalisation": Mechanism((interface.internalisation,)),
    "cooperation": Mechanism(
        (interface.cooperation_target, interface.grown_cooperation),
        ("people.cooperation_base", "people.cooperation_level_gap", "people.cooperation_pressure",
         "people.cooperation_conflict", "people.cooperation_adjustment"),
    ),
    "own_content": Mechanism(
        (content.supply, content.own_content_share),
        ("people.content_use_full", "people.own_content_floor", "people.own_content_extra"),
    ),
    "trust": Mechanism(
        (trust.contact_rate, trust.experience, trust.Trust.grow, trust.follow_up_chance),
        ("people.contact_hours_base", "people.trust_gain", "people.trust_decay", "people.fairness_weight",
         "people.ignored_share"),
    ),
    "conflict": Mechanism(
        (conflict.conflict_score, conflict.conflict_level, conflict.conflict_hours_per_week),
        ("people.conflict_median", "people.conflict_skew", "people.conflict_trust", "people.conflict_pressure",
         "people.conflict_unfairness", "people.conflict_hours"),
    ),
    "single_unit": Mechanism(
        (structure.Structure.is_single_unit, conflict.conflict_score), ("people.single_unit_relief",)
    ),
    "attribution": Mechanism(
        (attribution.Credit.recall, attribution.logged_share, attribution.unfairness),
        ("people.attribution", "people.logged_share", "people.unfair_credit_full", "people.credit_bias"),
    ),
    "practice_upkeep": Mechanism(
        (alignment.actual_alignment, alignment.perceived_alignment, alignment.upkeep, alignment.lived),
        ("people.perception_bias", "people.perception_noise", "people.aspired_alignment", "people.upkeep_slope"),
    ),
    "role_ambiguity": Mechanism(
        (conditions.ambiguity,), ("people.ambiguity_hybrid", "people.ambiguity_new_leader", "people.ambiguity_weight")
    ),
    "insight": Mechanism(
        (content.insight_target, content.content_used),
        ("people.insight_base", "people.insight_leadership", "people.insight_adjustment", "people.content_use_fit"),
    ),
    "channels": Mechanism(
        (Channels.shares, Channels.effectiveness, Channels.pass_quarter, Channels.learn),
        ("people.channel_drift", "people.channel_fatigue", "people.channel_recovery",
         "people.exploration_per_quarter", "people.belief_learning", "people.belief_noise"),
    ),
}  # fmt: skip
STRAIN = {
    "staff_strain": Mechanism(
        (conditions.composite, strain.later, strain.output_factor, strain.leaving_factor),
        ("people.demand_effect", "people.resource_effect", "people.strain_noise", "people.strain_trait",
         "people.strain_output", "people.strain_leaving"),
    ),
    "leader_strain": Mechanism((strain.later, strain.leader_hours_factor), ("people.strain_leader_hours",)),
    "attrition": Mechanism(
        (Workforce.live,),
        ("people.sales_attrition_per_year", "people.marketing_attrition_per_year", "people.search_weeks",
         "people.ramp_months"),
    ),
    "leader_departure": Mechanism(
        (leaders.live_quarter, leaders.leaving_per_year, leaders.search_weeks, leaders.rarity),
        ("people.leader_attrition_per_year", "people.leader_search_weeks", "people.rarity_slope",
         "people.leader_ramp_months"),
    ),
    "variable_pay": Mechanism(
        (pay.payout, pay.mean_payout, pay.pay_factor),
        ("people.salesperson_variable_share", "people.marketer_variable_share", "people.accelerator"),
    ),
}  # fmt: skip
TRANSITION = {
    "reorganisation": Mechanism(
        (reorganisation.who_stays, reorganisation.handed_over, reorganisation.is_unsettled, conditions.ambiguity,
         headcount.resize_team),
        ("people.ambiguity_reorganisation", "people.reorganisation_months", "people.severance_share",
         "people.leader_replacement_share", "people.replacement_cost_share", "people.leader_search_weeks",
         "people.leader_ramp_months"),
    ),
}  # fmt: skip
MECHANISMS: dict[str, tuple[str, dict[str, Mechanism]]] = {
    "Horizon": ("How far ahead the person in charge of a decision looks shapes what gets done.", HORIZON),
    "Competence": ("People lead better what they know; skills grow with practice and fade without it.", COMPETENCE),
    "Capacity": ("Attention is finite: hours, span of control, loss in switching between domains.", CAPACITY),
    "Interface": (
        "Trust, shared definitions, feedback and conflict decide what happens between the functions.",
        INTERFACE,
    ),
    "Strain": ("Demands and resources make and unmake burnout, which costs performance and people.", STRAIN),
    "Transition": (
        "Getting from one structure to another takes people, time and money; only where `transition` is on.",
        TRANSITION,
    ),
}
"""The five mechanisms of the model and the way between structures, each in one sentence, with their switches."""
