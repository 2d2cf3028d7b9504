"""What is recorded of a quarter: counts, sums, and stocks at its end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.market.laws import Flow
from sim.market.prospects import Stage
from sim.metrics.outcome import Row
from sim.org import attention as attending
from sim.org.desks import staff_week
from sim.org.programmes import BRAND, share_of_voice
from sim.org.structure import MARKETING, SALES
from sim.org.trust import NEGATIVE_BELOW, OF_MARKETING, OF_SALES
from sim.past import mean_equity
from sim.periods import WEEKS_PER_YEAR, is_warm_up

if TYPE_CHECKING:
    from sim.model import GoToMarket

HIGH_CONFLICT = 4.0  # the middle of 1-7
INTERFACE = (
    "trust", "trust_of_sales", "trust_of_marketing", "negative_views_share", "conflict", "high_conflict_share",
    "alignment", "perceived_alignment", "practices_lived", "recorded_marketing_share", "true_marketing_share",
    "unfair_to_sales", "unfair_to_marketing",
)  # fmt: skip

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
    "recorded_first_usd": Flow.RECORDED_FIRST_USD, "recorded_last_usd": Flow.RECORDED_LAST_USD,
    "recorded_shared_usd": Flow.RECORDED_SHARED_USD,
}  # fmt: skip


def quarter_row(model: GoToMarket) -> dict[str, Any]:
    """Everything recorded of the quarter that has just run: counts, sums, stocks at its end."""
    flows = model.flows_of_quarter()
    row: dict[str, Any] = {"quarter": model.quarter, "is_warm_up": is_warm_up(model.quarter)}
    row |= {name: float(flows[flow]) for name, flow in _FLOW_COLUMNS.items()}
    row["opportunities"] = row["opportunities_marketing"] + row["opportunities_sales"]
    row["closed"] = row["wins"] + row["lost_by_decision"]
    row["churned"] = row["renewals_due"] - row["renewed"]
    row["recorded_marketing_usd"] = row[f"recorded_{model.config.people.attribution}_usd"]
    row["bookings_margin_usd"] = row["bookings_usd"] * model.config.company.gross_margin
    row |= _books_columns(model) | _stock_columns(model) | _work_columns(model) | _leader_columns(model)
    row |= _people_columns(model) | _interface_columns(model)
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
        "reorganisation_usd": books.reorganisation,
        "bought_hours_usd": books.bought_hours,
    }


def _stock_columns(model: GoToMarket) -> dict[str, float]:
    p = model.prospects
    is_open = p.stage == Stage.OPPORTUNITY
    scores = model.laws.value_sigma * p.value_score[is_open]
    return {
        "brand_equity": 100.0 * mean_equity(p),
        "awareness": float(p.awareness.mean()),
        "favourability": float(p.favourability.mean()),
        "customers": float((p.stage == Stage.CUSTOMER).sum()),
        "contracts_usd": float(p.contract_usd.sum()),
        "open_leads": float(((p.stage == Stage.MQL) | is_open).sum()),
        "open_pipeline_usd": float(np.exp(model.anchors.value_location + scores).sum()),
        "consistency": model.consistency,
        "channel_effectiveness": model.channel_effect / model.past.usual.channel_effect,
        "channels_found": float(model.channels.found_now),
        "content_stock": model.programmes.content,
        "insight": model.programmes.insight,
        "share_of_voice": share_of_voice(float(model.efforts[BRAND]), model.config.market),
        "pressure": model.pressure,
        "open_plan_usd": model.plan_usd(),
    }


def _work_columns(model: GoToMarket) -> dict[str, float]:
    """Hours worked, and what they went into."""
    week = staff_week(model.config.people)
    own_content = model.own_content * model.config.people.staff_hours_per_week * model.paid_weeks[SALES]
    return {
        "selling_hours": float(model.seats.selling_hours.sum()),
        "sales_staff_hours": week * model.paid_weeks[SALES],
        "marketing_staff_hours": week * model.paid_weeks[MARKETING],
        "own_content_hours": own_content,
        "content_used_share": model.content_used if model.is_marketing_staffed else math.nan,
        "quota_met": float((model.seats.booked_usd >= model.seats.quota_usd)[model.seats.quota_usd > 0.0].sum()),
        "quotas": float((model.seats.quota_usd > 0.0).sum()),
    }


def _leader_columns(model: GoToMarket) -> dict[str, float]:
    plan, structure = model.plan, model.planner.structure
    # Leaders of functions: a superior who leads none has no activities to share hours over.
    total_hours = sum(
        post.hours_per_week * there
        for post, led, there in zip(structure.posts, structure.functions, model.leader_presence, strict=True)
        if led
    )
    by_activity = plan.attention.sum(axis=0)
    row = {
        f"attention_{name}_share": _share(float(by_activity[i]), total_hours)
        for i, name in enumerate(attending.ACTIVITY_NAMES)
    }
    marketing = float(by_activity[attending.FUNCTION_OF == MARKETING].sum())
    spare = float(plan.spare.sum())
    return row | {
        "attention_marketing_hours": marketing,
        "leader_hours": total_hours,
        "attention_marketing_share": _share(marketing, total_hours),
        "attention_spare_share": _share(spare, total_hours),
        "attention_lost_share": max(0.0, 1.0 - _share(float(by_activity.sum()) + spare, total_hours)),
        "horizon_sales": float(plan.horizon[structure.leader_of[SALES]]),
        "horizon_marketing": float(plan.horizon[structure.leader_of[MARKETING]]),
        **{
            f"{name}_budget_share": float(share) * model.is_marketing_staffed
            for name, share in zip(attending.PROGRAMMES, plan.budget_shares, strict=True)
        },
        "leaders_present": float(sum(model.leader_presence)),
        "leader_skill_sales": float(model.leaders.skill[structure.leader_of[SALES], SALES]),
        "leader_skill_marketing": float(model.leaders.skill[structure.leader_of[MARKETING], MARKETING]),
        "leadership_effect": float(plan.effect[list(structure.leader_of)].mean()),
        "discount_cap": plan.discount_cap,
        "lead_bar": plan.lead_bar,
        "cooperation": plan.cooperation,
        "internalisation_sales": plan.internalisation[SALES],
        "internalisation_marketing": plan.internalisation[MARKETING],
        "programme_value": plan.programme_value,
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else math.nan


def _people_columns(model: GoToMarket) -> dict[str, float]:
    """Strain over person-months, those of leavers included; who left, of how many person-years at risk."""
    sales, marketing, leaders = model.sales.lived, model.marketing.lived, model.leaders.lived
    staff = [sales, marketing] if model.is_marketing_staffed else [sales]
    everybody = [*staff, leaders]
    row = {
        "burnout_sum": sum(group.burnout for group in everybody),
        "burnout_weight": sum(group.months for group in everybody),
        "burnout_staff_sum": sum(group.burnout for group in staff),
        "burnout_staff_weight": sum(group.months for group in staff),
        "exhaustion_sum": sum(group.exhaustion for group in everybody),
        "disengagement_sum": sum(group.disengagement for group in everybody),
        "high_strain_sum": sum(group.high_strain for group in everybody),
        "left_leaders": float(leaders.left),
        "seat_years_leaders": leaders.at_risk_weeks / WEEKS_PER_YEAR,
    }
    for name, group in (("sales", sales), ("marketing", marketing), ("leaders", leaders)):
        is_there = name != "marketing" or model.is_marketing_staffed
        row |= {f"burnout_{name}_sum": group.burnout * is_there, f"burnout_{name}_weight": group.months * is_there}
    for name, group in (("sales", sales), ("marketing", marketing)):
        is_there = name != "marketing" or model.is_marketing_staffed
        row |= {
            f"left_{name}": float(group.left * is_there),
            f"seat_years_{name}": group.at_risk_weeks / WEEKS_PER_YEAR * is_there,
        }
    return row | {"burnout": _share(row["burnout_sum"], row["burnout_weight"])}


def _interface_columns(model: GoToMarket) -> dict[str, float]:
    """Trust, views, conflict and alignment; blank where there are no two functions to speak of."""
    if not model.is_marketing_staffed:
        return dict.fromkeys(INTERFACE, math.nan)
    level, credit = model.trust.level, model.credit
    views = model.trust.views(model.config.people)
    teams = [team.conflict[team.is_filled] for team in (model.sales, model.marketing)]
    conflict = np.concatenate(teams)
    return {
        "trust": float(level.mean()),
        "trust_of_sales": float(level[OF_SALES].mean()),
        "trust_of_marketing": float(level[OF_MARKETING].mean()),
        "negative_views_share": float((views < NEGATIVE_BELOW).mean()),
        "conflict": float(conflict.mean()) if len(conflict) else math.nan,
        "high_conflict_share": float((conflict > HIGH_CONFLICT).mean()) if len(conflict) else math.nan,
        "alignment": model.alignment,
        "perceived_alignment": model.perceived_alignment,
        "practices_lived": float(np.mean(list(model.practices.levels().values()))),
        "recorded_marketing_share": credit.recorded_share,
        "true_marketing_share": credit.true_share,
        "unfair_to_sales": float(model.unfair[SALES]),
        "unfair_to_marketing": float(model.unfair[MARKETING]),
    }


def public_row(row: Row) -> dict[str, Any]:
    """A quarter's row without the parts that only serve pooling."""
    return {name: value for name, value in row.items() if not name.endswith(("_sum", "_weight"))}
