"""Decisions by formula with their numbers put in: the formula, the numbers, what the letters stand for.

The results are the plan's; nothing is computed here.
"""

from __future__ import annotations

from sim.org.allotment import MARGINAL
from sim.org.decisions import HIGHEST_BAR, LARGEST_DISCOUNT, DiscountTerms, LeadBarTerms, NurtureTerms
from sim.report.labels import share
from sim.report.trace.wording import dollars, two


def attention_formula(rule: str | None) -> str:
    """How hours follow from value and skill: x hours, N needed, v mixed value, s times skill."""
    letters = "x hours, N hours needed, v mixed value, s times skill"
    if rule is None:
        return "all that is needed, x = N: hours are not scarce."
    if rule == MARGINAL:
        formula = "equal returns (marginal), x = N/2·ln(v·s / (μ·N)), from 0 to N"
        return f"{formula};\n{letters}, μ such that the hours are spent."
    return f"matched to worth (luce), x = min(N, λ·v·s);\n{letters}, λ such that the hours are spent."


def discount_formula(t: DiscountTerms, cap: float) -> str:
    """The discount cap."""
    later = f"{two(t.later_cost)}·{two(t.weight_late)}/{two(t.weight_soon)}"
    slope = f"{two(t.price_slope)}·{two(1.0 - t.win_rate)}"
    return (
        f"{100.0 * cap:.1f}% = g − (1 + B·w(4)/w(.5)) / (β·(1 − p)), from 0 to {share(LARGEST_DISCOUNT)}\n"
        f"= {two(t.gross_margin)} − (1 + {later}) / ({slope})\n"
        "g gross margin, B later cost of a discount, w(L) worth of a payoff in L quarters,\n"
        "β slope of price, p win rate."
    )


def lead_formula(t: LeadBarTerms, hour_usd: float, bar: float) -> str:
    """The bar for a qualified lead."""
    cost = f"{two(t.internalised)}·{dollars(t.hours_cost_usd)}·{two(t.weight_soon)}"
    credit = f"{two(1.0 - t.internalised)}·{dollars(t.credit_usd)}"
    hours = t.hours_cost_usd / hour_usd
    return (
        f"{bar:.4f} = (ω·c·w(.5) − (1 − ω)·b) / (m·w(2)), from 0 to {two(HIGHEST_BAR)}\n"
        f"= ({cost} − {credit}) / ({dollars(t.margin_usd)}·{two(t.weight_win)})\n"
        f"c cost of a passed lead: {hours:.1f} hours of a salesperson's at {dollars(hour_usd)}, "
        "b credit for an MQL, m margin of a win."
    )


def nurture_formula(t: NurtureTerms, bar: float) -> str:
    """The bar from which nurturing pays."""
    return (
        f"{bar:.4f} = cost of nurturing / (m·w(3)) = {dollars(t.cost_usd)} / "
        f"({dollars(t.margin_usd)}·{two(t.weight_nurture)})"
    )
