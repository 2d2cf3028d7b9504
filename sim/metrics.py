"""Outcomes: each defined once, with name, formula, unit, direction and window.

A quarter's raw row holds counts and sums; outcomes of a run pool numerators over pooled denominators, sum money,
take stocks at the end, and average burnout over person-time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.books import discount_factor
from sim.market.laws import Flow
from sim.org import attention as attending
from sim.org import strain
from sim.org.structure import MARKETING, SALES
from sim.past import mean_equity
from sim.periods import DAYS_PER_WEEK, QUARTERS_PER_YEAR, is_warm_up

if TYPE_CHECKING:
    from sim.model import GoToMarket

Row = Mapping[str, Any]
Rows = Sequence[Row]
COHORT_QUARTERS = 4  # an MQL's year to be won in


@dataclass(frozen=True)
class Outcome:
    """One outcome of a run: what it is called, how it is computed and how to read it."""

    name: str
    formula: str
    unit: str
    better: str  # "more", "less" or "" where neither is better
    window: str
    value: Callable[[Rows, Row], float]  # measured quarters' rows, facts of the run -> value
    is_headline: bool = False


def total(column: str) -> Callable[[Rows, Row], float]:
    """Sum of a column over the measured quarters."""
    return lambda rows, run: float(sum(row[column] for row in rows))


def last(column: str) -> Callable[[Rows, Row], float]:
    """Value of a column in the last quarter."""
    return lambda rows, run: float(rows[-1][column])


def pooled(top: str, bottom: str, factor: float = 1.0) -> Callable[[Rows, Row], float]:
    """Sum of one column over the sum of another; blank (NaN) where there is nothing to divide by."""

    def value(rows: Rows, run: Row) -> float:
        below = sum(row[bottom] for row in rows)
        return factor * sum(row[top] for row in rows) / below if below > 0.0 else math.nan

    return value


def geometric_cycle(rows: Rows, run: Row) -> float:
    """Days whose logarithm is the mean of won deals': the median of a lognormal, far less noisy than a sample's."""
    return DAYS_PER_WEEK * math.exp(pooled("log_cycle", "wins")(rows, run))


def fact(name: str) -> Callable[[Rows, Row], float]:
    """A fact of the whole run."""
    return lambda rows, run: float(run[name])


def mean(column: str) -> Callable[[Rows, Row], float]:
    """Mean of a column over the measured quarters."""
    return lambda rows, run: float(np.mean([row[column] for row in rows]))


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
        Outcome("brand_equity", "100 x mean of awareness x favourability", "0-100", "more", LAST, last("brand_equity"), True),
        Outcome(
            "burnout", "mean of exhaustion and disengagement over filled seats and leaders", "0-100", "less",
            "person-time mean", pooled("burnout_sum", "burnout_weight"), True,
        ),
        Outcome(
            "burnout_staff", "the same over filled seats only", "0-100", "less", "person-time mean",
            pooled("burnout_staff_sum", "burnout_staff_weight"),
        ),
        Outcome(
            "high_strain_share", "share of filled seats and leaders with exhaustion above .842 SD", "share", "less",
            "person-time mean", pooled("high_strain_sum", "burnout_weight"),
        ),
        Outcome("profit_usd", "gross profit - costs of sales and marketing", "USD", "more", SUM, total("profit_usd")),
        Outcome("run_off_usd", "gross profit of 12 frozen quarters after, discounted to the end", "USD", "more", RUN, fact("run_off_usd")),
        Outcome("bookings_usd", "contract value signed by new customers", "USD a year", "more", SUM, total("bookings_usd")),
        Outcome("leads", "cases opened: inquiries and accounts found by sales", "leads", "", SUM, total("leads")),
        Outcome("mqls", "inquiries at or above the bar", "MQLs", "", SUM, total("mqls")),
        Outcome("accepted_leads", "MQLs accepted by sales", "leads", "more", SUM, total("accepted_leads")),
        Outcome("opportunities", "opportunities opened", "opportunities", "more", SUM, total("opportunities")),
        Outcome("wins", "contracts signed by new customers", "wins", "more", SUM, total("wins")),
        Outcome("win_rate", "won / (won + lost by decision)", "share of closed", "more", RATE, pooled("wins", "closed")),
        Outcome("sales_cycle_days", "typical days from opportunity to won: 7 exp(mean ln weeks)", "days", "less", RATE, geometric_cycle),
        Outcome("mean_discount", "mean discount of won contracts", "share of list", "", RATE, pooled("discount_sum", "wins")),
        Outcome("discount_usd", "list value less signed value", "USD a year", "less", SUM, total("discount_usd")),
        Outcome("late_wins_share", "won in the last 3 weeks of a quarter / won (even: .23)", "share", "", RATE, pooled("late_wins", "wins")),
        Outcome("accepted_share", "accepted / MQLs", "share", "more", RATE, pooled("accepted_leads", "mqls")),
        Outcome("never_contacted_share", "MQLs lost to silence / MQLs", "share", "less", RATE, pooled("lost_to_silence", "mqls")),
        Outcome("response_hours", "mean hours to the first call", "hours", "less", RATE, pooled("response_hours_sum", "contacted")),
        Outcome(
            "mql_win_share", "MQLs won within 365 days / MQLs, cohorts at least 4 quarters before the end", "share",
            "more", "pooled over complete cohorts", fact("mql_win_share"),
        ),
        Outcome("sales_sourced_share", "opportunities found by sales / opportunities", "share", "", RATE, pooled("opportunities_sales", "opportunities")),
        Outcome("first_touch_marketing_share", "bookings first touched by marketing / bookings, true log", "share", "", RATE, pooled("first_marketing_usd", "bookings_usd")),
        Outcome("last_touch_marketing_share", "bookings last touched by marketing / bookings, true log", "share", "", RATE, pooled("last_marketing_usd", "bookings_usd")),
        Outcome("shared_marketing_share", "bookings by marketing's share of touches / bookings, true log", "share", "", RATE, pooled("shared_marketing_usd", "bookings_usd")),
        Outcome("customers", "customers", "customers", "more", LAST, last("customers")),
        Outcome("customer_churn", "not renewed / renewals due", "share a year", "less", RATE, pooled("churned", "renewals_due")),
        Outcome("net_revenue_retention", "1 + (expansion - churned) / contract value, mean year", "share a year", "more", RATE, fact("net_revenue_retention")),
        Outcome("open_pipeline_usd", "list value of open opportunities", "USD a year", "more", LAST, last("open_pipeline_usd")),
        Outcome("cac_usd", "costs of sales and marketing / wins, same window", "USD", "less", RATE, pooled("costs_usd", "wins")),
        Outcome("leadership_cost_usd", "pay of leaders", "USD", "less", SUM, total("leaders_usd")),
        Outcome("attention_marketing_share", "leaders' hours on marketing / their hours, last year", "share", "", "last 4 quarters", lambda rows, run: pooled("attention_marketing_hours", "leader_hours")(rows[-4:], run)),
        Outcome("effective_horizon_sales", "effective horizon of who leads sales", "quarters", "", "mean", mean("horizon_sales")),
        Outcome("effective_horizon_marketing", "effective horizon of who leads marketing", "quarters", "", "mean", mean("horizon_marketing")),
        Outcome("brand_budget_share", "brand's share of programme money", "share", "", "mean", mean("brand_budget_share")),
        Outcome("experiments_budget_share", "experiments' share of programme money", "share", "", "mean", mean("experiments_budget_share")),
        Outcome("programme_usd", "programme money", "USD", "", SUM, total("programme_usd")),
        Outcome("cooperation", "C of two leaders, 1 for one", "0-1", "more", "mean", mean("cooperation")),
        Outcome("internalisation_marketing", "omega of who decides marketing", "0-1", "more", "mean", mean("internalisation_marketing")),
        Outcome("trust", "mean trust of salespeople in marketers' leads", "0-1", "more", "mean", mean("trust")),
        Outcome("pressure", "shortfall of a year's bookings against plan", "0-.5", "less", "mean", mean("pressure")),
        Outcome("consistency", "message consistency", "0-1", "more", LAST, last("consistency")),
        Outcome("channel_effectiveness", "against today's", "multiple", "more", LAST, last("channel_effectiveness")),
        Outcome("share_of_voice", "own share of category media", "share", "more", LAST, last("share_of_voice")),
        Outcome("own_content_hours", "salespeople's hours on own content", "hours", "less", SUM, total("own_content_hours")),
        Outcome("sales_attrition", "leavers / filled seat-years in sales", "a year", "less", RATE, pooled("left_sales", "seat_years_sales")),
        Outcome("marketing_attrition", "leavers / filled seat-years in marketing", "a year", "less", RATE, pooled("left_marketing", "seat_years_marketing")),
        Outcome("selling_utilisation", "hours spent on opportunities / selling hours", "share", "", RATE, pooled("selling_hours_used", "selling_hours")),
    )
}  # fmt: skip
HEADLINES = tuple(name for name, outcome in OUTCOMES.items() if outcome.is_headline)

_FLOW_COLUMNS = {
    "leads": Flow.CREATED, "inquiries_ready": Flow.CREATED_READY, "inquiries_junk": Flow.CREATED_JUNK,
    "mqls": Flow.MQLS, "contacted": Flow.CONTACTED, "accepted_leads": Flow.ACCEPTED,
    "opportunities_marketing": Flow.OPPORTUNITIES_MARKETING, "opportunities_sales": Flow.OPPORTUNITIES_SALES,
    "wins": Flow.WON, "lost_to_silence": Flow.LOST_SILENCE, "lost_by_decision": Flow.LOST_DECISION,
    "disqualified": Flow.DISQUALIFIED, "nurtured": Flow.NURTURED, "bookings_usd": Flow.BOOKINGS_USD,
    "discount_usd": Flow.DISCOUNT_USD, "discount_sum": Flow.DISCOUNT_SUM, "revenue_usd": Flow.REVENUE_USD,
    "renewals_due": Flow.RENEWALS_DUE, "renewed": Flow.RENEWED, "churned_usd": Flow.CHURNED_USD,
    "expansion_usd": Flow.EXPANSION_USD, "response_hours_sum": Flow.RESPONSE_HOURS, "cycle_weeks": Flow.CYCLE_WEEKS,
    "log_cycle": Flow.LOG_CYCLE, "late_wins": Flow.LATE_WON, "first_marketing_usd": Flow.FIRST_MARKETING_USD,
    "last_marketing_usd": Flow.LAST_MARKETING_USD, "shared_marketing_usd": Flow.SHARED_MARKETING_USD,
    "spells": Flow.SPELLS, "junk_hours": Flow.JUNK_HOURS, "selling_hours_used": Flow.SELLING_HOURS_USED,
    "lead_hours_used": Flow.LEAD_HOURS_USED, "prospecting_hours": Flow.PROSPECTING_HOURS,
}  # fmt: skip


def quarter_row(model: GoToMarket) -> dict[str, Any]:
    """Everything recorded of the quarter that has just run: counts, sums, stocks at its end."""
    flows = model.flows_of_quarter()
    row: dict[str, Any] = {"quarter": model.quarter, "is_warm_up": is_warm_up(model.quarter)}
    row |= {name: float(flows[flow]) for name, flow in _FLOW_COLUMNS.items()}
    row["opportunities"] = row["opportunities_marketing"] + row["opportunities_sales"]
    row["closed"] = row["wins"] + row["lost_by_decision"]
    row["churned"] = row["renewals_due"] - row["renewed"]
    row |= _books_columns(model) | _stock_columns(model) | _leader_columns(model) | _people_columns(model)
    return row


def _books_columns(model: GoToMarket) -> dict[str, float]:
    books = model.books
    return {
        "gross_profit_usd": books.gross_profit,
        "costs_usd": books.costs,
        "profit_usd": books.profit,
        "leaders_usd": books.leaders,
        "programme_usd": books.programmes,
        "practices_usd": books.practices,
        "hiring_usd": books.hiring,
        "bought_hours_usd": books.bought_hours,
    }


def _stock_columns(model: GoToMarket) -> dict[str, float]:
    from sim.market.prospects import Stage
    from sim.org.programmes import BRAND, own_content_share, share_of_voice

    p = model.prospects
    is_open = p.stage == Stage.OPPORTUNITY
    scores = model.laws.value_sigma * p.value_score[is_open]
    is_on = model.config.mechanisms.own_content
    content = own_content_share(model.plan, model.config.people, is_on)
    return {
        "brand_equity": 100.0 * mean_equity(p),
        "awareness": float(p.awareness.mean()),
        "favourability": float(p.favourability.mean()),
        "customers": float((p.stage == Stage.CUSTOMER).sum()),
        "contracts_usd": float(p.contract_usd.sum()),
        "open_leads": float(((p.stage == Stage.MQL) | is_open).sum()),
        "open_pipeline_usd": float(np.exp(model.anchors.value_location + scores).sum()),
        "consistency": model.policy.consistency,
        "channel_effectiveness": model.programmes.channels,
        "content_stock": model.programmes.content,
        "share_of_voice": share_of_voice(float(model.efforts[BRAND]), model.config.market),
        "own_content_hours": content * model.config.people.staff_hours_per_week * model.paid_weeks[SALES],
        "selling_hours": float(model.seats.selling_hours.sum()),
        "pressure": model.pressure,
        "trust": model.trust,
    }


def _leader_columns(model: GoToMarket) -> dict[str, float]:
    plan, structure = model.plan, model.planner.structure
    # Leaders of functions: a superior who leads none has no activities to share hours over.
    total_hours = sum(
        post.hours_per_week for post, led in zip(structure.posts, structure.functions, strict=True) if led
    )
    by_activity = plan.attention.sum(axis=0)
    row = {
        f"attention_{name}_share": float(by_activity[i]) / total_hours
        for i, name in enumerate(attending.ACTIVITY_NAMES)
    }
    marketing = float(by_activity[attending.FUNCTION_OF == MARKETING].sum())
    spare = float(plan.spare.sum())
    return row | {
        "attention_marketing_hours": marketing,
        "leader_hours": total_hours,
        "attention_marketing_share": marketing / total_hours,
        "attention_spare_share": spare / total_hours,
        "attention_lost_share": max(0.0, 1.0 - (float(by_activity.sum()) + spare) / total_hours),
        "horizon_sales": float(plan.horizon[structure.leader_of[SALES]]),
        "horizon_marketing": float(plan.horizon[structure.leader_of[MARKETING]]),
        "brand_budget_share": float(plan.budget_shares[0]) * model.is_marketing_staffed,
        "experiments_budget_share": float(plan.budget_shares[3]) * model.is_marketing_staffed,
        "discount_cap": plan.discount_cap,
        "lead_bar": plan.lead_bar,
        "cooperation": plan.cooperation,
        "internalisation_sales": plan.internalisation[SALES],
        "internalisation_marketing": plan.internalisation[MARKETING],
        "programme_value": plan.programme_value,
    }


def _people_columns(model: GoToMarket) -> dict[str, float]:
    teams = [model.sales, model.marketing] if model.is_marketing_staffed else [model.sales]
    exhaustion = np.concatenate([team.exhaustion[team.is_filled] for team in teams])
    disengagement = np.concatenate([team.disengagement[team.is_filled] for team in teams])
    staff = 0.5 * (strain.score(exhaustion) + strain.score(disengagement))
    structure, leaders = model.planner.structure, model.leaders
    weights = np.array([float(len(led)) for led in structure.functions])
    heads = 0.5 * (strain.score(leaders.exhaustion) + strain.score(leaders.disengagement))
    high = float((exhaustion > HIGH_STRAIN).sum()) + float(weights @ (leaders.exhaustion > HIGH_STRAIN))
    staff_weight, weight = float(len(staff)), float(len(staff)) + float(weights.sum())
    whole = float(staff.sum()) + float(weights @ heads)
    return {
        "burnout": whole / weight if weight else math.nan,
        "burnout_sum": whole,
        "burnout_weight": weight,
        "burnout_staff_sum": float(staff.sum()),
        "burnout_staff_weight": staff_weight,
        "high_strain_sum": high,
        "left_sales": float(model.leavers[SALES]),
        "left_marketing": float(model.leavers[MARKETING]) * model.is_marketing_staffed,
        "seat_years_sales": model.paid_weeks[SALES] / 52.0,
        "seat_years_marketing": model.paid_weeks[MARKETING] / 52.0,
    }


HIGH_STRAIN = 0.842  # SD: the upper fifth of the reference population


def public_row(row: Row) -> dict[str, Any]:
    """A quarter's row without the parts that only serve pooling."""
    return {name: value for name, value in row.items() if not name.endswith(("_sum", "_weight"))}


def run_row(model: GoToMarket) -> dict[str, float]:
    """All outcomes of a finished run, by name."""
    rows = [row for row in model.rows if not row["is_warm_up"]]
    facts = _run_facts(model, rows)
    return {name: outcome.value(rows, facts) for name, outcome in OUTCOMES.items()}


def _run_facts(model: GoToMarket, rows: Rows) -> dict[str, float]:
    rate = model.config.company.discount_rate_per_year
    run_off = model.run_off_usd()
    discounted = sum(row["profit_usd"] * discount_factor(rate, row["quarter"]) for row in rows)
    value_weeks = sum(row["contracts_usd"] for row in rows) / QUARTERS_PER_YEAR
    moved = sum(row["expansion_usd"] - row["churned_usd"] for row in rows)
    return {
        "run_off_usd": run_off,
        "npv_usd": discounted + run_off * discount_factor(rate, rows[-1]["quarter"]),
        "net_revenue_retention": 1.0 + moved / value_weeks if value_weeks > 0.0 else math.nan,
        "mql_win_share": _mql_win_share(model, rows),
    }


def _mql_win_share(model: GoToMarket, rows: Rows) -> float:
    complete = rows[:-COHORT_QUARTERS]
    mqls = sum(row["mqls"] for row in complete)
    if not mqls:
        return math.nan
    first = model.config.warm_up_quarters
    return float(model.cohort_wins[first : first + len(complete)].sum() / mqls)
