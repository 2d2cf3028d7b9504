"""What is recorded of a quarter: counts, sums, and stocks at its end."""

from __future__ import annotations

import math
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.market.laws import Flow
from sim.market.stocks import stocks_of
from sim.metrics.outcome import Row
from sim.org import attention as attending
from sim.org.conflict import staff_conflict
from sim.org.desks import staff_week
from sim.org.pay import quotas_met
from sim.org.programmes import BRAND, share_of_voice
from sim.org.structure import MARKETING, SALES
from sim.periods import WEEKS_PER_YEAR, is_warm_up

if TYPE_CHECKING:
    from sim.model import GoToMarket

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
    "expected_bookings_usd": Flow.EXPECTED_BOOKINGS_USD,
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


_FLOW_NAMES, _flows_named = tuple(_FLOW_COLUMNS), itemgetter(*map(int, _FLOW_COLUMNS.values()))
_ATTENTION_COLUMNS = tuple(f"attention_{name}_share" for name in attending.ACTIVITY_NAMES)
_OF_MARKETING = tuple(i for i, function in enumerate(attending.FUNCTION_OF) if function == MARKETING)
_BUDGET_COLUMNS = tuple(f"{name}_budget_share" for name in attending.PROGRAMMES)


def quarter_row(model: GoToMarket) -> dict[str, Any]:
    """Everything recorded of the quarter that has just run: counts, sums, stocks at its end."""
    row: dict[str, Any] = {
        "quarter": model.quarter,
        "is_warm_up": is_warm_up(model.quarter),
        **_flow_columns(model),
        **_books_columns(model),
        **_stock_columns(model),
        **_work_columns(model),
        **_leader_columns(model),
        **_people_columns(model),
        **_interface_columns(model),
    }
    # Plain numbers: Python adds its own floats more exactly than NumPy's, and a row that was kept has no others.
    return {name: value.item() if isinstance(value, np.generic) else value for name, value in row.items()}


def _flow_columns(model: GoToMarket) -> dict[str, float]:
    row = dict(zip(_FLOW_NAMES, _flows_named(model.flows_of_quarter().tolist()), strict=True))
    row["opportunities"] = row["opportunities_marketing"] + row["opportunities_sales"]
    row["closed"] = row["wins"] + row["lost_by_decision"]
    row["churned"] = row["renewals_due"] - row["renewed"]
    row["recorded_marketing_usd"] = row[f"recorded_{model.config.people.attribution}_usd"]
    row["bookings_margin_usd"] = row["bookings_usd"] * model.config.company.gross_margin
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
    market = stocks_of(model.prospects, model.anchors.value_location, model.laws.value_sigma)
    return {
        "brand_equity": 100.0 * market.equity,
        "awareness": market.awareness,
        "favourability": market.favourability,
        "customers": float(market.customers),
        "contracts_usd": market.contracts_usd,
        "open_leads": float(market.open_leads),
        "open_pipeline_usd": market.open_pipeline_usd,
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
    week, seats = staff_week(model.config.people), model.seats
    n_met, n_quotas = quotas_met(seats.booked_usd, seats.quota_usd)
    own_content = model.own_content * model.config.people.staff_hours_per_week * model.paid_weeks[SALES]
    return {
        "selling_hours": float(seats.selling_hours.sum()),
        "sales_staff_hours": week * model.paid_weeks[SALES],
        "marketing_staff_hours": week * model.paid_weeks[MARKETING],
        "own_content_hours": own_content,
        "content_used_share": model.content_used if model.is_marketing_staffed else math.nan,
        "quota_met": float(n_met),
        "quotas": float(n_quotas),
    }


def _leader_columns(model: GoToMarket) -> dict[str, float]:
    plan, structure, skill = model.plan, model.planner.structure, model.leaders.skill
    of_sales, of_marketing = structure.leader_of
    # Leaders of functions: a superior who leads none has no activities to share hours over.
    total_hours = sum(
        post.hours_per_week * there
        for post, led, there in zip(structure.posts, structure.functions, model.leader_presence.tolist(), strict=True)
        if led
    )
    by_activity, spare = plan.attention.sum(axis=0).tolist(), float(plan.spare.sum())
    marketing = sum([by_activity[activity] for activity in _OF_MARKETING])
    return {
        **{name: _share(hours, total_hours) for name, hours in zip(_ATTENTION_COLUMNS, by_activity, strict=True)},
        "attention_marketing_hours": marketing,
        "leader_hours": total_hours,
        "attention_marketing_share": _share(marketing, total_hours),
        "attention_spare_share": _share(spare, total_hours),
        "attention_lost_share": max(0.0, 1.0 - _share(sum(by_activity) + spare, total_hours)),
        "horizon_sales": float(plan.horizon[of_sales]),
        "horizon_marketing": float(plan.horizon[of_marketing]),
        **{
            name: share * model.is_marketing_staffed
            for name, share in zip(_BUDGET_COLUMNS, plan.budget_shares.tolist(), strict=True)
        },
        "leaders_present": float(model.leader_presence.sum()),
        "leader_skill_sales": float(skill[of_sales, SALES]),
        "leader_skill_marketing": float(skill[of_marketing, MARKETING]),
        "leadership_effect": float(0.5 * (plan.effect[of_sales] + plan.effect[of_marketing])),
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
    is_staffed = model.is_marketing_staffed
    staff = (sales, marketing) if is_staffed else (sales,)
    everybody = (*staff, leaders)
    burnout, months = sum(group.burnout for group in everybody), sum(group.months for group in everybody)
    return {
        "burnout_sum": burnout,
        "burnout_weight": months,
        "burnout_staff_sum": sum(group.burnout for group in staff),
        "burnout_staff_weight": sum(group.months for group in staff),
        "exhaustion_sum": sum(group.exhaustion for group in everybody),
        "disengagement_sum": sum(group.disengagement for group in everybody),
        "high_strain_sum": sum(group.high_strain for group in everybody),
        "left_leaders": float(leaders.left),
        "seat_years_leaders": leaders.at_risk_weeks / WEEKS_PER_YEAR,
        "burnout_sales_sum": sales.burnout,
        "burnout_sales_weight": sales.months,
        "exhaustion_sales_sum": sales.exhaustion,
        "burnout_marketing_sum": marketing.burnout * is_staffed,
        "burnout_marketing_weight": marketing.months * is_staffed,
        "disengagement_marketing_sum": marketing.disengagement * is_staffed,
        "burnout_leaders_sum": leaders.burnout,
        "burnout_leaders_weight": leaders.months,
        "left_sales": float(sales.left),
        "seat_years_sales": sales.at_risk_weeks / WEEKS_PER_YEAR,
        "left_marketing": float(marketing.left * is_staffed),
        "seat_years_marketing": marketing.at_risk_weeks / WEEKS_PER_YEAR * is_staffed,
        "burnout": _share(burnout, months),
    }


def _interface_columns(model: GoToMarket) -> dict[str, float]:
    """Trust, views, conflict and alignment; blank where there are no two functions to speak of."""
    if not model.is_marketing_staffed:
        return dict.fromkeys(INTERFACE, math.nan)
    credit, outlook = model.credit, model.trust.outlook(model.config.people)
    conflict, levels = staff_conflict(model.sales, model.marketing), model.practices.levels().values()
    return {
        "trust": model.trust.mean(),
        "trust_of_sales": outlook.of_sales,
        "trust_of_marketing": outlook.of_marketing,
        "negative_views_share": outlook.negative_views_share,
        "conflict": conflict.mean,
        "high_conflict_share": conflict.high_share,
        "alignment": model.alignment,
        "perceived_alignment": model.perceived_alignment,
        "practices_lived": sum(levels) / len(levels),
        "recorded_marketing_share": credit.recorded_share,
        "true_marketing_share": credit.true_share,
        "unfair_to_sales": float(model.unfair[SALES]),
        "unfair_to_marketing": float(model.unfair[MARKETING]),
    }


def public_row(row: Row) -> dict[str, Any]:
    """A quarter's row without the parts that only serve pooling."""
    return {name: value for name, value in row.items() if not name.endswith(("_sum", "_weight"))}
