"""Decisions by formula: discount cap, bar for a qualified lead, budget, reallocation (`model.md`, section 2)."""

from __future__ import annotations

from typing import NamedTuple

from sim.config import CompanyConfig, PeopleConfig
from sim.periods import QUARTERS_PER_YEAR

LARGEST_DISCOUNT = 0.30
HIGHEST_BAR = 0.5


class DiscountTerms(NamedTuple):
    """What a discount cap rests on, in the order of `discount_cap`'s arguments."""

    gross_margin: float
    later_cost: float  # B
    weight_late: float  # w(4) as judged
    weight_soon: float  # w(.5)
    price_slope: float  # log odds per unit of discount
    win_rate: float  # the company's reference, p


class LeadBarTerms(NamedTuple):
    """What the bar for a qualified lead rests on, in the order of `lead_bar`'s arguments."""

    internalised: float  # omega
    hours_cost_usd: float  # c, per passed lead
    credit_usd: float  # b, per MQL
    margin_usd: float  # m, per win
    weight_soon: float  # w(.5) as judged
    weight_win: float  # w(2)


class NurtureTerms(NamedTuple):
    """What the bar for nurturing rests on, in the order of `nurture_bar`'s arguments."""

    cost_usd: float  # per nurtured lead
    margin_usd: float  # m, per win
    weight_nurture: float  # w(3) as judged


def discount_cap(
    gross_margin: float,
    later_cost: float,
    weight_late: float,
    weight_soon: float,
    price_slope: float,
    win_rate: float,
) -> float:
    """Deepest discount worth giving, share of list in [0, .30].

    d* = g - (1 + B w(4)/w(.5)) / (slope (1 - p)), the margin at which one more point of discount wins as much
    margin as it gives away, where B is what it costs later through reference price and brand.
    """
    later = 1.0 + later_cost * weight_late / weight_soon
    return min(max(gross_margin - later / (price_slope * (1.0 - win_rate)), 0.0), LARGEST_DISCOUNT)


def lead_bar(
    internalised: float,
    hours_cost_usd: float,
    credit_usd: float,
    margin_usd: float,
    weight_soon: float,
    weight_win: float,
) -> float:
    """Estimated win chance from which a lead is passed, in [0, .5].

    p* = (omega c w(.5) - (1 - omega) b w(0)) / (m w(2)): the salesperson's hours as far as they count for the
    decider, less the credit for volume, against the margin of a win.
    """
    worth = internalised * hours_cost_usd * weight_soon - (1.0 - internalised) * credit_usd
    return min(max(worth / (margin_usd * weight_win), 0.0), HIGHEST_BAR)


def nurture_bar(cost_usd: float, margin_usd: float, weight_nurture: float) -> float:
    """Estimated win chance from which nurturing a lead pays: its cost against the margin of a later win."""
    return cost_usd / (margin_usd * weight_nurture)


def selling_hours_per_quarter(company: CompanyConfig, people: PeopleConfig) -> float:
    """Nominal hours a quarter of all salespeople for deals and leads."""
    share = people.selling_share + people.lead_work_share
    hours = people.staff_hours_per_week * people.weeks_worked_per_year / QUARTERS_PER_YEAR
    return company.n_salespeople * hours * share


def hour_value_usd(company: CompanyConfig, people: PeopleConfig) -> float:
    """Shadow value of a selling hour, USD: the marginal share of mean gross profit of new business per hour."""
    margin = company.wins_per_quarter * company.acv_usd * company.gross_margin
    return people.hour_value_share * margin / selling_hours_per_quarter(company, people)


def passed_lead_cost_usd(company: CompanyConfig, people: PeopleConfig) -> float:
    """Cost of passing a lead, USD: expected salesperson's hours times the value of an hour."""
    marketing_opportunities = company.opportunities_per_quarter * (1.0 - company.sales_sourced_share)
    hours = company.hours_per_mql + marketing_opportunities / company.mqls_per_quarter * company.hours_per_opportunity
    return hours * hour_value_usd(company, people)


def reallocated(programme_usd: float, target_usd: float, money_usd: float, limit: float, left_undone: float) -> float:
    """Programme budget after a quarter's shift toward its target: at most `limit` of all money, part undone."""
    shift = (target_usd - programme_usd) * (1.0 - left_undone)
    return programme_usd + min(max(shift, -limit * money_usd), limit * money_usd)
