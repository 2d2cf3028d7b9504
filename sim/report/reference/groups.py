"""Which submodel reads which parameter: titles as on the page of the model, settings by group."""

from __future__ import annotations

ACTIVITIES, NORMS = "activities", "norms"
"""Groups that belong to one submodel as a whole."""
POST, PROFILE = "org.posts.NAME", "org.posts.NAME.profile"

SUBMODELS: dict[str, dict[str, str]] = {
    "Judging": {
        "people": "kernel_order mixing pressure_slope",
        "company": "board_horizon_quarters",
        POST: "mandate",
        PROFILE: "planning_horizon_quarters",
        ACTIVITIES: "",
    },
    "Leaders' weeks": {
        "people": """
            leader_hours_per_week need_factor sales_need_base_hours sales_need_hours_per_person
            marketing_need_base_hours marketing_need_hours_per_person span_of_control team_lead_share
            team_lead_quality attention_competence_weight attention_rule attention_adjustment spare_hour_yield
            switching_loss leader_meeting_hours""",
        POST: "hours_per_week other_domains",
    },
    "Decisions by formula": {
        "people": """
            discount_later_cost volume_credit_usd volume_weight hour_value_share reallocation_limit
            reallocation_lag bought_hours_limit""",
        "market": "price_elasticity nurture_cost_usd",
        "company": "program_budget_usd_per_year",
    },
    "Cooperation and counting the other's costs": {
        "people": """
            cooperation_base cooperation_level_gap cooperation_pressure cooperation_conflict
            cooperation_adjustment""",
        "pathways": """
            cooperation_shared_kpis cooperation_joint_reviews cooperation_role_clarity cooperation_shared_crm
            cooperation_unified_incentives cooperation_cross_learning""",
    },
    "Practices": {
        "people": "perception_bias perception_noise aspired_alignment upkeep_slope",
        "practices": "shared_kpis joint_reviews role_clarity shared_crm unified_incentives cross_learning",
        "pathways": """
            kpis_leader_hours reviews_leader_hours reviews_staff_hours clarity_staff_hours crm_staff_hours
            learning_staff_hours crm_usd_per_year incentives_pay_share""",
    },
    "Competence of leaders": {
        "people": """
            leader_skill away_penalty learnable_share learning_per_quarter fading_per_quarter skill_floor""",
        PROFILE: "sales_background marketing_background skill_spread horizon_spread cross_domain",
    },
    "Careers of leaders": {
        "people": """
            leader_attrition_per_year leader_search_weeks rarity_slope leader_ramp_months
            leader_replacement_share""",
        POST: "tenure_years",
    },
    "Content and one story": {
        "people": """
            insight_base insight_leadership insight_adjustment content_use_base content_use_fit content_use_full
            own_content_floor own_content_extra consistency_base consistency_supply consistency_cross_domain""",
        "market": "content_elasticity content_adjustment",
        "pathways": "insight_joint_reviews insight_shared_crm consistency_role_clarity",
    },
    "Hours of staff": {
        "people": """
            staff_hours_per_week weeks_worked_per_year selling_share lead_work_share skill_sigma skill_win_slope
            coaching_gain crossover_start crossover_yield crossover_learning""",
        "pathways": "learning_cross_learning",
        "roles": "crossover",
        "company": "n_salespeople n_marketers",
    },
    "Programmes": {
        "people": "program_money_share leadership_share lead_quality_slope cross_domain_slope deal_support_slope",
        "market": """
            brand_reach_per_week reach_elasticity share_of_voice rivals_voice rivals_pull brand_half_life_months
            favourability_base favourability_content favourability_consistency activation_retention_per_month
            activation_elasticity score_noise""",
        "pathways": "noise_shared_crm",
    },
    "Channels": {
        "people": """
            channel_drift channel_memory channel_fatigue channel_recovery exploration_per_quarter
            experiments_elasticity belief_learning belief_noise belief_sharpness credit_bias""",
    },
    "Brand": {"market": "awareness_gain favourability_gain customer_notice_per_week indifference"},
    "Market entry": {
        "market": """
            in_market_share_per_quarter volatility growth_per_year slow_spell_share fast_spell_weeks
            fast_spell_sigma slow_spell_weeks slow_spell_sigma""",
    },
    "Hands raised and accounts found": {
        "market": "brand_share_of_inquiries nurture_weeks nurture_boost warm_call_ratio prospecting_elasticity",
    },
    "Qualification and handover": {
        "market": "fit_slope junk_gap response_median_hours response_sigma",
        "people": "ignored_share",
        "pathways": "response_role_clarity",
    },
    "Follow-up": {
        "market": "junk_accept_ratio follow_up_decay silence_weeks",
        "company": "hours_per_mql",
    },
    "Selling": {
        "market": "effort_sigma cycle_sigma size_exponent",
        "company": "hours_per_opportunity",
    },
    "The buyer's decision": {
        "people": "discount_habit",
        "market": """
            favourability_slope day_one_odds_ratio value_slope consistency_slope delay_slope rivals_strength
            discount_brand_cost reference_price_persistence reference_price_half_life_months""",
    },
    "Customers": {
        "market": "renewal_favourability_slope renewal_promise_slope renewal_price_slope",
        "company": "expansion_per_year",
    },
    "Credit and pay": {
        "people": """
            attribution logged_share unfair_credit_full salesperson_variable_share marketer_variable_share
            accelerator""",
        "pathways": "logged_shared_crm fairness_unified_incentives pooled_unified_incentives",
    },
    "Trust": {
        "people": """
            contact_hours_base trust_gain trust_decay trust_newcomer promise_undefined promise_defined
            hearsay_leads fairness_weight view_spread""",
        "pathways": "contact_joint_reviews contact_cross_learning",
    },
    "Conflict": {
        "people": """
            conflict_median conflict_skew conflict_trust conflict_pressure conflict_unfairness conflict_person
            conflict_quarter single_unit_relief conflict_hours""",
    },
    "Strain": {
        "people": """
            demand_effect resource_effect disengagement_demand_effect disengagement_resource_effect
            workload_weight conflict_weight ambiguity_weight junk_weight pressure_weight travel_weight
            support_weight autonomy_weight use_weight recognition_weight clarity_weight ambiguity_hybrid
            ambiguity_new_leader strain_noise strain_trait strain_output strain_leader_hours""",
        "pathways": "clarity_role_clarity",
        NORMS: "",
    },
    "Careers of staff": {
        "people": """
            sales_attrition_per_year marketing_attrition_per_year search_weeks ramp_months strain_leaving
            replacement_cost_share""",
    },
    "Reorganisation": {
        "people": "ambiguity_reorganisation reorganisation_months severance_share",
        POST: "is_owner",
        "": "transition",
    },
    "Books": {
        "company": """
            gross_margin discount_rate_per_year salesperson_cost_usd_per_year marketer_cost_usd_per_year
            leader_cost_usd_per_year""",
        "people": "team_lead_premium_usd_per_year",
        POST: "pay_ratio cost_usd_per_year",
    },
    "The company's past": {
        "company": """
            n_prospects n_customers acv_usd deal_value_sigma renewal_share_per_year win_rate sales_sourced_share
            inquiries_per_quarter mqls_per_quarter sales_cycle_days""",
        "market": "junk_share_of_inquiries accepted_share_of_mqls",
    },
    "The run": {"": "horizon_quarters warm_up_quarters added_usd_per_year"},
}
"""Settings of each submodel by group, in the order of docs/model.md; Luck has none but the seed."""
