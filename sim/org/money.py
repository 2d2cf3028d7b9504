"""Money: how it is split between programmes and selling hours, quarter by quarter."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config import CompanyConfig, PeopleConfig
from sim.org.decisions import reallocated
from sim.org.planning import Plan


@dataclass
class Money:
    """The split of money: programmes' budget, and selling hours bought from what left it."""

    programme_usd: float  # a year
    bought_share: float = 0.0  # of the team's selling hours; negative where programmes took money from selling

    def stop_programmes(self, company: CompanyConfig, people: PeopleConfig) -> None:
        """Where marketing is not staffed its money buys selling hours, as many as can be had."""
        selling = company.n_salespeople * company.salesperson_cost_usd_per_year
        self.programme_usd = 0.0
        self.bought_share = min(company.program_budget_usd_per_year / selling, people.bought_hours_limit)

    def reallocate(self, company: CompanyConfig, people: PeopleConfig, plan: Plan, today: Plan) -> None:
        """Shift money as far as both owners' judgement has left today's, which is worth today's split."""
        budget = company.program_budget_usd_per_year
        selling = company.n_salespeople * company.salesperson_cost_usd_per_year
        most = people.bought_hours_limit * selling
        wedge = plan.programme_value / today.programme_value
        target = min(max(budget * wedge, budget - most), budget + most)
        left_undone = people.reallocation_lag * (1.0 - 0.5 * sum(plan.internalisation))
        self.programme_usd = reallocated(
            self.programme_usd, target, budget + selling, people.reallocation_limit, left_undone
        )
        self.bought_share = (budget - self.programme_usd) / selling
