"""Outcomes of a run: each defined once, with name, formula, unit, direction and window.

Outcomes pool numerators over pooled denominators, sum money, take stocks at the end, and average burnout over
person-time.
"""

from __future__ import annotations

from sim.metrics.outcome import Outcome, fact, geometric_cycle, last, last_year, mean, pooled, total
from sim.org.attention import ACTIVITY_NAMES
from sim.periods import QUARTERS_PER_YEAR

SUM, LAST, RATE, RUN, RUN_ENDS = (
    "summed over the horizon",
    "last quarter",
    "pooled over the horizon",
    "horizon and after",
    "from quarter 0 to the last",
)
MONTHS_PER_YEAR = 12.0

OUTCOMES: dict[str, Outcome] = {
    outcome.name: outcome
    for outcome in (
        Outcome("npv_usd", "discounted profit + discounted run-off", "USD", "more", RUN, fact("npv_usd")),
        Outcome("revenue_usd", "recognised contract value", "USD", "more", SUM, total("revenue_usd"), True),
        Outcome(
            "brand_equity", "100 x mean of awareness x favourability", "0-100", "more", LAST, last("brand_equity"), True
        ),
        Outcome(
            "burnout",
            "mean of exhaustion and disengagement over filled seats and leaders",
            "0-100",
            "less",
            "person-time mean",
            pooled("burnout_sum", "burnout_weight"),
            True,
        ),
        Outcome(
            "burnout_staff",
            "the same over filled seats only",
            "0-100",
            "less",
            "person-time mean",
            pooled("burnout_staff_sum", "burnout_staff_weight"),
        ),
        Outcome(
            "high_strain_share",
            "share of filled seats and leaders with exhaustion above .842 SD",
            "share",
            "less",
            "person-time mean",
            pooled("high_strain_sum", "burnout_weight"),
        ),
        Outcome("profit_usd", "gross profit - costs of sales and marketing", "USD", "more", SUM, total("profit_usd")),
        Outcome(
            "run_off_usd",
            "gross profit of 12 frozen quarters after, discounted to the end",
            "USD",
            "more",
            RUN,
            fact("run_off_usd"),
        ),
        Outcome(
            "bookings_usd", "contract value signed by new customers", "USD a year", "more", SUM, total("bookings_usd")
        ),
        Outcome("leads", "cases opened: inquiries and accounts found by sales", "leads", "", SUM, total("leads")),
        Outcome("mqls", "inquiries at or above the bar", "MQLs", "", SUM, total("mqls")),
        Outcome("accepted_leads", "MQLs accepted by sales", "leads", "more", SUM, total("accepted_leads")),
        Outcome("opportunities", "opportunities opened", "opportunities", "more", SUM, total("opportunities")),
        Outcome("wins", "contracts signed by new customers", "wins", "more", SUM, total("wins")),
        Outcome(
            "win_rate", "won / (won + lost by decision)", "share of closed", "more", RATE, pooled("wins", "closed")
        ),
        Outcome(
            "sales_cycle_days",
            "typical days from opportunity to won: 7 exp(mean ln weeks)",
            "days",
            "less",
            RATE,
            geometric_cycle,
        ),
        Outcome(
            "mean_discount", "mean discount of won contracts", "share of list", "", RATE, pooled("discount_sum", "wins")
        ),
        Outcome("discount_usd", "list value less signed value", "USD a year", "less", SUM, total("discount_usd")),
        Outcome(
            "late_wins_share",
            "won in the last 3 weeks of a quarter / won (even: .23)",
            "share",
            "",
            RATE,
            pooled("late_wins", "wins"),
        ),
        Outcome("accepted_share", "accepted / MQLs", "share", "more", RATE, pooled("accepted_leads", "mqls")),
        Outcome(
            "never_contacted_share",
            "MQLs lost to silence / MQLs",
            "share",
            "less",
            RATE,
            pooled("lost_to_silence", "mqls"),
        ),
        Outcome(
            "response_hours",
            "mean hours to the first call",
            "hours",
            "less",
            RATE,
            pooled("response_hours_sum", "contacted"),
        ),
        Outcome(
            "mql_win_share",
            "MQLs won within 365 days / MQLs, cohorts at least 4 quarters before the end",
            "share",
            "more",
            "pooled over complete cohorts",
            fact("mql_win_share"),
        ),
        Outcome(
            "sales_sourced_share",
            "opportunities found by sales / opportunities",
            "share",
            "",
            RATE,
            pooled("opportunities_sales", "opportunities"),
        ),
        Outcome(
            "first_touch_marketing_share",
            "bookings first touched by marketing / bookings, true log",
            "share",
            "",
            RATE,
            pooled("first_marketing_usd", "bookings_usd"),
        ),
        Outcome(
            "last_touch_marketing_share",
            "bookings last touched by marketing / bookings, true log",
            "share",
            "",
            RATE,
            pooled("last_marketing_usd", "bookings_usd"),
        ),
        Outcome(
            "shared_marketing_share",
            "bookings by marketing's share of touches / bookings, true log",
            "share",
            "",
            RATE,
            pooled("shared_marketing_usd", "bookings_usd"),
        ),
        Outcome("customers", "customers", "customers", "more", LAST, last("customers")),
        Outcome(
            "customer_churn",
            "not renewed / renewals due",
            "share a year",
            "less",
            RATE,
            pooled("churned", "renewals_due"),
        ),
        Outcome(
            "net_revenue_retention",
            "1 + (expansion - churned) / contract value, mean year",
            "share a year",
            "more",
            RATE,
            fact("net_revenue_retention"),
        ),
        Outcome(
            "open_pipeline_usd",
            "list value of open opportunities",
            "USD a year",
            "more",
            LAST,
            last("open_pipeline_usd"),
        ),
        Outcome(
            "cac_usd",
            "costs of sales and marketing / wins, same window",
            "USD",
            "less",
            RATE,
            pooled("costs_usd", "wins"),
        ),
        Outcome("leadership_cost_usd", "pay of leaders", "USD", "less", SUM, total("leaders_usd")),
        Outcome(
            "attention_marketing_share",
            "leaders' hours on marketing / their hours, last year",
            "share",
            "",
            "last 4 quarters",
            last_year(pooled("attention_marketing_hours", "leader_hours")),
        ),
        Outcome(
            "effective_horizon_sales",
            "effective horizon of who leads sales",
            "quarters",
            "",
            "mean",
            mean("horizon_sales"),
        ),
        Outcome(
            "effective_horizon_marketing",
            "effective horizon of who leads marketing",
            "quarters",
            "",
            "mean",
            mean("horizon_marketing"),
        ),
        Outcome(
            "brand_budget_share", "brand's share of programme money", "share", "", "mean", mean("brand_budget_share")
        ),
        *(
            Outcome(
                f"{name}_budget_share",
                f"share of programme money on {name}",
                "share",
                "",
                "mean",
                mean(f"{name}_budget_share"),
            )
            for name in ("activation", "content", "experiments")
        ),
        Outcome("programme_usd", "programme money", "USD", "", SUM, total("programme_usd")),
        Outcome("cooperation", "C of two leaders, 1 for one", "0-1", "more", "mean", mean("cooperation")),
        Outcome(
            "internalisation_marketing",
            "omega of who decides marketing",
            "0-1",
            "more",
            "mean",
            mean("internalisation_marketing"),
        ),
        Outcome("trust", "mean trust of all pairs, both directions", "0-1", "more", "mean", mean("trust")),
        Outcome(
            "trust_of_sales",
            "mean trust of salespeople in marketers' leads",
            "0-1",
            "more",
            "mean",
            mean("trust_of_sales"),
        ),
        Outcome(
            "trust_of_marketing",
            "mean trust of marketers in what sales makes of their work",
            "0-1",
            "more",
            "mean",
            mean("trust_of_marketing"),
        ),
        Outcome(
            "negative_views_share",
            "directed views below .4 / directed views, v = Phi((trust - .5 + eta) / .15)",
            "share",
            "less",
            "mean",
            mean("negative_views_share"),
        ),
        Outcome("conflict", "mean dysfunctional conflict of staff", "1-7", "less", "mean", mean("conflict")),
        Outcome(
            "high_conflict_share",
            "staff with conflict above 4 / staff",
            "share",
            "less",
            "mean",
            mean("high_conflict_share"),
        ),
        Outcome("alignment", "mean of cooperation, trust and consistency", "0-1", "more", "mean", mean("alignment")),
        Outcome("perceived_alignment", "alignment as leaders see it", "0-1", "", "mean", mean("perceived_alignment")),
        Outcome(
            "practices_lived", "mean level of the six practices as lived", "0-1", "", "mean", mean("practices_lived")
        ),
        Outcome("practices_usd", "money that practices cost", "USD", "less", SUM, total("practices_usd")),
        Outcome("pressure", "shortfall of a year's bookings against plan", "0-.5", "less", "mean", mean("pressure")),
        Outcome("consistency", "message consistency", "0-1", "more", LAST, last("consistency")),
        Outcome("channel_effectiveness", "against today's", "multiple", "more", LAST, last("channel_effectiveness")),
        Outcome(
            "channels_found", "new channels found by experiments", "channels", "more", SUM, total("channels_found")
        ),
        Outcome("insight", "insight into buyers", "0-1", "more", LAST, last("insight")),
        Outcome(
            "unused_content_share",
            "1 - share of marketing's content that sales uses",
            "share",
            "less",
            "mean",
            lambda rows, run: 1.0 - mean("content_used_share")(rows, run),
        ),
        Outcome("share_of_voice", "own share of category media", "share", "more", LAST, last("share_of_voice")),
        Outcome(
            "own_content_hours", "salespeople's hours on own content", "hours", "less", SUM, total("own_content_hours")
        ),
        Outcome(
            "sales_attrition",
            "leavers / seat-years before notice in sales",
            "a year",
            "less",
            RATE,
            pooled("left_sales", "seat_years_sales"),
        ),
        Outcome(
            "marketing_attrition",
            "leavers / seat-years before notice in marketing",
            "a year",
            "less",
            RATE,
            pooled("left_marketing", "seat_years_marketing"),
        ),
        Outcome(
            "leader_attrition",
            "leavers / leader-years at risk",
            "a year",
            "less",
            RATE,
            pooled("left_leaders", "seat_years_leaders"),
        ),
        Outcome(
            "attrition_cost_usd",
            "cost of replacing leavers, leaders included",
            "USD",
            "less",
            SUM,
            total("hiring_usd"),
        ),
        *(
            Outcome(
                f"burnout_{group}",
                f"mean of exhaustion and disengagement of {people}",
                "0-100",
                "less",
                "person-time mean",
                pooled(f"burnout_{group}_sum", f"burnout_{group}_weight"),
            )
            for group, people in (("sales", "salespeople"), ("marketing", "marketers"), ("leaders", "leaders"))
        ),
        Outcome(
            "exhaustion",
            "mean exhaustion score of everybody",
            "0-100",
            "less",
            "person-time mean",
            pooled("exhaustion_sum", "burnout_weight"),
        ),
        Outcome(
            "morale",
            "100 - mean disengagement score of everybody",
            "0-100",
            "more",
            "person-time mean",
            lambda rows, run: 100.0 - pooled("disengagement_sum", "burnout_weight")(rows, run),
        ),
        Outcome(
            "sales_output_per_hour",
            "bookings / salespeople's hours, all of them",
            "USD a year per hour",
            "more",
            RATE,
            pooled("bookings_usd", "sales_staff_hours"),
        ),
        Outcome(
            "marketing_output_per_hour",
            "accepted leads / marketers' hours, all of them",
            "leads per hour",
            "more",
            RATE,
            pooled("accepted_leads", "marketing_staff_hours"),
        ),
        Outcome(
            "output_per_leader",
            "gross profit / leader-years filled",
            "USD per leader-year",
            "more",
            RATE,
            pooled("gross_profit_usd", "leaders_present", factor=QUARTERS_PER_YEAR),
        ),
        Outcome(
            "growth_per_year",
            "growth of contract value from the end of the warm-up to the end",
            "% a year",
            "more",
            RUN_ENDS,
            fact("growth_per_year"),
        ),
        Outcome(
            "quota_share",
            "seats at or above quota / seats with a quota",
            "share",
            "more",
            RATE,
            pooled("quota_met", "quotas"),
        ),
        Outcome(
            "junk_hours_share",
            "hours on leads that were none / hours on leads",
            "share",
            "less",
            RATE,
            pooled("junk_hours", "lead_hours_used"),
        ),
        Outcome(
            "pipeline_coverage",
            "list value of open opportunities / bookings planned for a quarter",
            "multiple",
            "more",
            LAST,
            lambda rows, run: rows[-1]["open_pipeline_usd"] / rows[-1]["open_plan_usd"],
        ),
        Outcome(
            "cac_payback_months",
            "costs of sales and marketing / monthly gross margin of new contracts",
            "months",
            "less",
            RATE,
            pooled("costs_usd", "bookings_margin_usd", factor=MONTHS_PER_YEAR),
        ),
        *(
            Outcome(
                f"{rule}_marketing_usd",
                f"bookings credited to marketing by {words}, true log",
                "USD a year",
                "",
                SUM,
                total(f"{rule}_marketing_usd"),
            )
            for rule, words in (
                ("first", "first touch"),
                ("last", "the touch that opened the case"),
                ("shared", "its share of touches"),
            )
        ),
        Outcome(
            "recorded_marketing_usd",
            "bookings credited to marketing as the company records it by its own rule",
            "USD a year",
            "",
            SUM,
            total("recorded_marketing_usd"),
        ),
        Outcome(
            "unfair_to_sales",
            "how unfair sales finds the recorded credit",
            "0-1",
            "less",
            "mean",
            mean("unfair_to_sales"),
        ),
        Outcome(
            "unfair_to_marketing",
            "how unfair marketing finds the recorded credit",
            "0-1",
            "less",
            "mean",
            mean("unfair_to_marketing"),
        ),
        Outcome(
            "leader_skill_sales",
            "competence in sales of who leads it",
            "0-1",
            "more",
            LAST,
            last("leader_skill_sales"),
        ),
        Outcome(
            "leader_skill_marketing",
            "competence in marketing of who leads it",
            "0-1",
            "more",
            LAST,
            last("leader_skill_marketing"),
        ),
        Outcome(
            "leadership_effect",
            "presence and ramp of the functions' leaders",
            "0-1",
            "more",
            "mean",
            mean("leadership_effect"),
        ),
        *(
            Outcome(
                f"attention_{name}_share",
                f"leaders' hours on {name.replace('_', ' ')} / their hours",
                "share",
                "",
                "last 4 quarters",
                last_year(mean(f"attention_{name}_share")),
            )
            for name in (*ACTIVITY_NAMES, "spare", "lost")
        ),
        Outcome(
            "selling_utilisation",
            "hours spent on opportunities / selling hours",
            "share",
            "",
            RATE,
            pooled("selling_hours_used", "selling_hours"),
        ),
    )
}
HEADLINES = tuple(name for name, outcome in OUTCOMES.items() if outcome.is_headline)
