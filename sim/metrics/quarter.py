"""What is recorded of a quarter: counts, sums, and stocks at its end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.market.laws import Flow
from sim.market.prospects import Stage
from sim.metrics.outcome import Row
from sim.org import attention as attending
from sim.org import strain
from sim.org.programmes import BRAND, EXPERIMENTS, own_content_share, share_of_voice
from sim.org.structure import MARKETING, SALES
from sim.past import mean_equity
from sim.periods import WEEKS_PER_YEAR, is_warm_up

if TYPE_CHECKING:
    from sim.model import GoToMarket

HIGH_STRAIN = 0.842  # SD: the upper fifth of the reference population

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
        "brand_budget_share": float(plan.budget_shares[BRAND]) * model.is_marketing_staffed,
        "experiments_budget_share": float(plan.budget_shares[EXPERIMENTS]) * model.is_marketing_staffed,
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
        "seat_years_sales": model.paid_weeks[SALES] / WEEKS_PER_YEAR,
        "seat_years_marketing": model.paid_weeks[MARKETING] / WEEKS_PER_YEAR,
    }


def public_row(row: Row) -> dict[str, Any]:
    """A quarter's row without the parts that only serve pooling."""
    return {name: value for name, value in row.items() if not name.endswith(("_sum", "_weight"))}
