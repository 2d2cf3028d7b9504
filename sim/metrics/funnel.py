"""The funnel: leads, MQLs, opportunities, wins, how fast and how deep discounted."""

from __future__ import annotations

from sim.metrics.outcome import LAST, RATE, SUM, Outcome, fact, geometric_cycle, last, pooled, total

FUNNEL = (
    Outcome("leads", "cases opened: inquiries and accounts found by sales", "leads", "", SUM, total("leads")),
    Outcome("mqls", "inquiries at or above the bar", "MQLs", "", SUM, total("mqls")),
    Outcome("accepted_leads", "MQLs accepted by sales", "leads", "more", SUM, total("accepted_leads")),
    Outcome("opportunities", "opportunities opened", "opportunities", "more", SUM, total("opportunities")),
    Outcome("wins", "contracts signed by new customers", "wins", "more", SUM, total("wins")),
    Outcome("win_rate", "won / (won + lost by decision)", "share of closed", "more", RATE, pooled("wins", "closed")),
    Outcome(
        "mql_win_share",
        "MQLs won within 365 days / MQLs, cohorts at least 4 quarters before the end",
        "share",
        "more",
        "pooled over complete cohorts",
        fact("mql_win_share"),
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
        "open_pipeline_usd",
        "list value of open opportunities",
        "USD a year",
        "more",
        LAST,
        last("open_pipeline_usd"),
    ),
    Outcome(
        "pipeline_coverage",
        "list value of open opportunities / bookings planned for a quarter",
        "multiple",
        "more",
        LAST,
        lambda rows, run: rows[-1]["open_pipeline_usd"] / rows[-1]["open_plan_usd"],
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
        "junk_hours_share",
        "hours on leads that were none / hours on leads",
        "share",
        "less",
        RATE,
        pooled("junk_hours", "lead_hours_used"),
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
        "mean_discount", "mean discount of won contracts", "share of list", "", RATE, pooled("discount_sum", "wins")
    ),
    Outcome(
        "late_wins_share",
        "won in the last 3 weeks of a quarter / won (even: .23)",
        "share",
        "",
        RATE,
        pooled("late_wins", "wins"),
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
        "selling_utilisation",
        "hours spent on opportunities / selling hours",
        "share",
        "",
        RATE,
        pooled("selling_hours_used", "selling_hours"),
    ),
)
