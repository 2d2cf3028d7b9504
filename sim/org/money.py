"""Money: how it is split between programmes and selling hours, quarter by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.config import CompanyConfig, PeopleConfig
from sim.org.decisions import reallocated
from sim.org.planning import Plan


class Shift(NamedTuple):
    """A quarter's move of money between programmes and selling hours."""

    wedge: float  # worth of programmes as the owners judge now, against today's
    target_usd: float  # programmes' money a year that this asks for
    left_undone: float  # share of the way
    own_usd: float  # programmes' money a year after the move, without what was added


@dataclass
class Money:
    """The split of money: programmes' budget, and selling hours bought from what left it."""

    own_usd: float  # programmes' budget a year, without what was added
    bought_share: float = 0.0  # of the team's selling hours; negative where programmes took money from selling
    added_usd: float = 0.0  # a year, for both in today's proportion; negative where a structure costs more
    spent_usd: float | None = None  # on programmes a year, what was added included; None before the first split

    def given(self, added_usd: float) -> None:
        """Money that is there from now on beside the company's budgets, USD a year."""
        self.added_usd = added_usd

    @property
    def programme_usd(self) -> float:
        """Money spent on programmes, USD a year."""
        return self.spent_usd if self.spent_usd is not None else self.own_usd

    def stop_programmes(self, company: CompanyConfig, people: PeopleConfig) -> None:
        """Where marketing is not staffed its money buys selling hours, as many as can be had."""
        selling = company.n_salespeople * company.salesperson_cost_usd_per_year
        self.spent_usd = 0.0
        spare = company.program_budget_usd_per_year + self.added_usd
        self.bought_share = _within(spare / selling, people.bought_hours_limit)

    def stay(self, company: CompanyConfig, people: PeopleConfig) -> None:
        """Money stays split as today; what was added goes to both in today's proportion."""
        self._split(company, people, company.program_budget_usd_per_year)

    def reallocate(self, company: CompanyConfig, people: PeopleConfig, plan: Plan, today: Plan) -> None:
        """Shift money as far as both owners' judgement has left today's, which is worth today's split."""
        self._split(company, people, self.shift(company, people, plan, today).own_usd)

    def shift(self, company: CompanyConfig, people: PeopleConfig, plan: Plan, today: Plan) -> Shift:
        """The quarter's move that a plan asks for; changes nothing."""
        budget = company.program_budget_usd_per_year
        selling = company.n_salespeople * company.salesperson_cost_usd_per_year
        most = people.bought_hours_limit * selling
        wedge = plan.programme_value / today.programme_value
        target = min(max(budget * wedge, budget - most), budget + most)
        left_undone = people.reallocation_lag * (1.0 - 0.5 * sum(plan.internalisation))
        own = reallocated(self.own_usd, target, budget + selling, people.reallocation_limit, left_undone)
        return Shift(wedge, target, left_undone, own)

    def _split(self, company: CompanyConfig, people: PeopleConfig, own_usd: float) -> None:
        """Programmes get `own_usd` and their part of what was added; selling hours are bought with the rest."""
        budget = company.program_budget_usd_per_year
        selling = company.n_salespeople * company.salesperson_cost_usd_per_year
        added = self._added_to_programmes(company)
        self.own_usd = own_usd
        self.spent_usd = max(own_usd + added, 0.0)
        # What no more hours can be bought with stays in the bank: both sides of a contrast are told so by profit.
        self.bought_share = _within((budget - own_usd + self.added_usd - added) / selling, people.bought_hours_limit)

    def _added_to_programmes(self, company: CompanyConfig) -> float:
        budget = company.program_budget_usd_per_year
        selling = company.n_salespeople * company.salesperson_cost_usd_per_year
        return self.added_usd * budget / (budget + selling)


def _within(share: float, limit: float) -> float:
    return min(max(share, -limit), limit)
