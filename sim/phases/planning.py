"""The quarter's planning: practices kept up, leaders plan, content is supplied, staff plan, money becomes effort."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.market.laws import Floats
from sim.org import alignment, content, desks, interface, programmes
from sim.org.conflict import conflict_hours_per_week
from sim.org.leaders import leaving_per_year
from sim.org.money import Money
from sim.org.planning import Plan, Planner
from sim.org.structure import MARKETING, SALES
from sim.org.trust import OF_SALES, follow_up_chance
from sim.periods import QUARTERS_PER_YEAR
from sim.phases import reviewing

if TYPE_CHECKING:
    from sim.model import GoToMarket


def keep_practices_up(model: GoToMarket) -> None:
    """Leaders put into practices what they think is needed; the planner plans under what is lived."""
    kept = practices_kept(model)
    model.alignment, model.perceived_alignment, model.practices = kept.actual, kept.perceived, kept.practices
    model.planner = model.planner.under(model.practices)


def practices_kept(model: GoToMarket) -> alignment.Upkeep:
    """How aligned the functions are and look, and the practices lived for it; changes nothing.

    Practices are between two functions: where one is not staffed nobody lives them, and they cost nothing.
    """
    people, multiple, practices = model.config.people, 1.0, model.practices
    if not model.is_marketing_staffed:
        nothing = alignment.lived(model.chosen.practices, 0.0)
        return alignment.Upkeep(math.nan, math.nan, 0.0, nothing)
    actual = alignment.actual_alignment(model.cooperation, reviewing.mean_trust(model), model.consistency)
    seen = alignment.perceived_alignment(people, model.luck, actual, len(model.rows))
    perceived = float(seen[SALES] + 0.5 * (seen[MARKETING] - seen[SALES]))
    if model.config.mechanisms.practice_upkeep:
        multiple = alignment.upkeep(people, perceived)
        practices = alignment.lived(model.chosen.practices, multiple)
    return alignment.Upkeep(actual, perceived, multiple, practices)


def leaders_plan(model: GoToMarket) -> None:
    """Leaders meet, allot their hours and decide discount cap, lead bar, budget and its split with selling."""
    model.cooperation = coming_cooperation(model, model.planner)
    model.planner.attend(model.leaders, model.planner.everybody, model.pressure, model.cooperation)
    model.plan = model.planner.decided(model.leaders, model.pressure, model.cooperation)
    model.money = moved_money(model, model.plan)


def coming_cooperation(model: GoToMarket, planner: Planner) -> float:
    """C in the coming quarter: of two leaders on its way to its target; changes nothing."""
    people, switches = model.config.people, model.config.mechanisms
    target = planner.cooperation_target(model.leaders, model.pressure, conflict_above_usual(model))
    is_held = not switches.cooperation or switches.clamp.cooperation is not None
    if is_held or not planner.structure.has_two_leaders:
        return target
    if model.leaders.steady is not None:
        return pilots_cooperation(model, target)
    # Nobody gets closer to an empty chair.
    presence = model.leaders.presence()
    together = math.prod(float(presence[post]) for post in planner.structure.leader_of)
    return model.cooperation + together * people.cooperation_adjustment * (target - model.cooperation)


def conflict_above_usual(model: GoToMarket) -> float:
    """Points of staff's mean conflict above the reference population's; 0 while the mechanism is off."""
    if not model.config.mechanisms.conflict:
        return 0.0
    return reviewing.mean_conflict(model) - model.config.norms.sales.conflict.mean


def pilots_cooperation(model: GoToMarket, target: float) -> float:
    """C where careers are held at their mean: what leaders who come and go reach on average."""
    structure = model.planner.structure
    rates = leaving_per_year(structure, model.config.people)[list(structure.leader_of)]
    leaving = 1.0 - math.exp(-float(rates.sum()) / QUARTERS_PER_YEAR)
    return interface.steady_cooperation(model.config.people, target, leaving)


def moved_money(model: GoToMarket, plan: Plan) -> Money:
    """The split of money under a plan; changes nothing."""
    company, people, money = model.config.company, model.config.people, replace(model.money)
    if not model.is_marketing_staffed:
        money.stop_programmes(company, people)
    elif model.config.mechanisms.reallocation:
        money.reallocate(company, people, plan, model.past.today)
    else:
        money.stay(company, people)
    return money


def content_is_supplied(model: GoToMarket) -> None:
    """What sales uses of marketing's content, what salespeople make themselves, how consistent the story is."""
    people, practices = model.config.people, model.practices
    model.content_used = 0.0
    if model.is_marketing_staffed:
        trust = float(model.trust.level[OF_SALES].mean())
        model.content_used = content.content_used(people, model.programmes.insight, trust)
    supplied = content.supply(people, float(model.plan.coverage[content.CONTENT]), model.content_used)
    model.own_content = content.own_content_share(people, supplied, model.config.mechanisms.own_content)
    model.consistency = content.message_consistency(
        people, model.config.pathways, practices, supplied, model.plan.cross_domain
    )


def staff_plan(model: GoToMarket) -> None:
    """Salespeople and marketers split their hours; quotas are set."""
    there = (model.sales.presence(), model.marketing.presence())
    model.paid_weeks = {function: float(weeks.sum()) for function, weeks in enumerate(there)}
    if not model.is_marketing_staffed:
        model.paid_weeks[MARKETING] = 0.0
    _desks_are_set(model, *there)
    _seats_are_set(model)


def _desks_are_set(model: GoToMarket, in_sales: Floats, in_marketing: Floats) -> None:
    """Hours of both teams, given their presence; leaders' spare hours and people working across functions are added."""
    people, switches, pathways = model.config.people, model.config.mechanisms, model.config.pathways
    crossover = model.chosen.roles.crossover
    quarrels = conflict_hours_per_week(people, reviewing.mean_conflict(model)) if switches.conflict else 0.0
    kept = desks.kept_by_marketing(people, pathways, model.practices, crossover, quarrels)
    hours = desks.working_hours(people, switches, model.marketing, in_marketing)
    model.marketing_desk = desks.MarketingDesk(hours, kept / model.past.kept[MARKETING])
    kept = desks.kept_by_sales(people, pathways, model.practices, crossover, model.own_content, quarrels)
    # Bought hours lengthen or shorten every seat's week, so that they never sit at an empty desk.
    kept *= (1.0 + model.money.bought_share) / model.past.kept[SALES]
    added = people.spare_hour_yield * float(model.plan.spare[:, SALES].sum())
    if model.is_marketing_staffed and crossover > 0.0:
        added += crossover * float(desks.mean_hours(hours) @ model.marketing.crossover)
    model.sales_desk = desks.sales_desk(people, switches, model.sales, in_sales, model.plan, kept, added)


def _seats_are_set(model: GoToMarket) -> None:
    """What the market's loop asks of every seat of sales."""
    seats, people, sales = model.seats, model.config.people, model.sales
    worked, filled = model.sales_desk.worked, sales.is_filled
    seats.selling_hours[:] = people.selling_share * worked
    seats.lead_hours[:] = people.lead_work_share * worked
    seats.quota_usd[:] = filled * (model.plan_usd() / max(int(np.count_nonzero(filled)), 1))
    for counted in (
        seats.booked_usd, seats.hours_used, seats.junk_hours, seats.calling_hours, seats.passed, seats.called,
        seats.real,
    ):  # fmt: skip
        counted.fill(0.0)
    seats.win_skill[:] = people.skill_win_slope * people.skill_sigma * sales.skill
    seats.productivity[:] = np.exp(people.skill_sigma * sales.skill)
    seats.follow_up[:] = follow_up_chance(model.trust.level[OF_SALES], people.ignored_share)


def efforts(model: GoToMarket) -> Floats:
    """Effort in each programme against today's, shape (4,)."""
    people, stated = model.config.people, model.base.company
    if not model.is_marketing_staffed:
        return np.zeros(len(model.plan.budget_shares))
    week = desks.staff_week(people)
    hours = sum(model.marketing_desk.programme_hours.tolist())
    spare, usual_spare = (
        people.spare_hour_yield * float(plan.spare[:, MARKETING].sum()) for plan in (model.plan, model.past.today)
    )
    crossed = week * model.chosen.roles.crossover * float(model.sales.crossover[model.sales.is_filled].sum())
    usual = stated.n_marketers * week + usual_spare
    money = model.money.programme_usd / stated.program_budget_usd_per_year
    return programmes.efforts(model.plan, model.past.today, money, (hours + spare + crossed) / usual, people)
