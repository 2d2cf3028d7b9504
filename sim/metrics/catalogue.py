"""Outcomes of a run: each defined once, with name, formula, unit, direction and window.

Outcomes pool numerators over pooled denominators, sum money, take stocks at the end, and average burnout over
person-time.
"""

from __future__ import annotations

from sim.metrics.outcome import Outcome, fact, geometric_cycle, last, mean, pooled, total

SUM, LAST, RATE, RUN = (
    "summed over the horizon",
    "last quarter",
    "pooled over the horizon",
    "horizon and after",
)

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
            lambda rows, run: pooled("attention_marketing_hours", "leader_hours")(rows[-4:], run),
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
        Outcome(
            "experiments_budget_share",
            "experiments' share of programme money",
            "share",
            "",
            "mean",
            mean("experiments_budget_share"),
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
        Outcome("trust", "mean trust of salespeople in marketers' leads", "0-1", "more", "mean", mean("trust")),
        Outcome("pressure", "shortfall of a year's bookings against plan", "0-.5", "less", "mean", mean("pressure")),
        Outcome("consistency", "message consistency", "0-1", "more", LAST, last("consistency")),
        Outcome("channel_effectiveness", "against today's", "multiple", "more", LAST, last("channel_effectiveness")),
        Outcome("share_of_voice", "own share of category media", "share", "more", LAST, last("share_of_voice")),
        Outcome(
            "own_content_hours", "salespeople's hours on own content", "hours", "less", SUM, total("own_content_hours")
        ),
        Outcome(
            "sales_attrition",
            "leavers / filled seat-years in sales",
            "a year",
            "less",
            RATE,
            pooled("left_sales", "seat_years_sales"),
        ),
        Outcome(
            "marketing_attrition",
            "leavers / filled seat-years in marketing",
            "a year",
            "less",
            RATE,
            pooled("left_marketing", "seat_years_marketing"),
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
