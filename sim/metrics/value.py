"""Value: what the company earned, what it spent, what it is left with."""

from __future__ import annotations

from sim.metrics.outcome import LAST, RATE, RUN, RUN_ENDS, SUM, Outcome, fact, last, pooled, total
from sim.periods import QUARTERS_PER_YEAR

MONTHS_PER_YEAR = 12.0

VALUE = (
    Outcome("npv_usd", "discounted profit + discounted run-off", "USD", "more", RUN, fact("npv_usd")),
    Outcome("revenue_usd", "recognised contract value", "USD", "more", SUM, total("revenue_usd"), True),
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
        "growth_per_year",
        "growth of contract value from the end of the warm-up to the end",
        "% a year",
        "more",
        RUN_ENDS,
        fact("growth_per_year"),
    ),
    Outcome("bookings_usd", "contract value signed by new customers", "USD a year", "more", SUM, total("bookings_usd")),
    Outcome("discount_usd", "list value less signed value", "USD a year", "less", SUM, total("discount_usd")),
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
        "cac_usd",
        "costs of sales and marketing / wins, same window",
        "USD",
        "less",
        RATE,
        pooled("costs_usd", "wins"),
    ),
    Outcome(
        "cac_payback_months",
        "costs of sales and marketing / monthly gross margin of new contracts",
        "months",
        "less",
        RATE,
        pooled("costs_usd", "bookings_margin_usd", factor=MONTHS_PER_YEAR),
    ),
    Outcome("leadership_cost_usd", "pay of leaders", "USD", "less", SUM, total("leaders_usd")),
    Outcome("programme_usd", "programme money", "USD", "", SUM, total("programme_usd")),
    Outcome("practices_usd", "money that practices cost", "USD", "less", SUM, total("practices_usd")),
    Outcome(
        "attrition_cost_usd",
        "cost of replacing leavers, leaders included",
        "USD",
        "less",
        SUM,
        total("hiring_usd"),
    ),
    Outcome(
        "reorganisation_usd",
        "fees and severance of what a scenario changes",
        "USD",
        "less",
        SUM,
        total("reorganisation_usd"),
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
)
