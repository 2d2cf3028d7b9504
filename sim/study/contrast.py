"""What structures are held equal in: their practices alone, or their total cost too.

At equal practices each structure costs what it costs. At equal total cost, what a structure costs less than the
reference is given to it for programmes and selling hours, and what it costs more is taken from them. Counted is a
year at full teams; what happens on the way (vacancies, hiring, nurturing) is an outcome and is left to happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.books import leaders_cost_per_quarter, team_leads_cost_per_quarter
from sim.config import SimConfig
from sim.org.money import Money
from sim.org.practices import cost_usd_per_quarter
from sim.org.structure import MARKETING, resolved
from sim.params import ConfigError
from sim.periods import QUARTERS_PER_YEAR
from sim.settings import EQUAL_COST, EQUAL_PRACTICES

CENT = 0.01


def contrasted(scenarios: Mapping[str, SimConfig], reference: str, contrast: str) -> dict[str, SimConfig]:
    """The scenarios as they are to be run: as given, or each with the money that makes their costs equal."""
    return at_equal_cost(scenarios, reference) if contrast == EQUAL_COST else dict(scenarios)


def at_equal_cost(scenarios: Mapping[str, SimConfig], reference: str) -> dict[str, SimConfig]:
    """The scenarios, each given or denied so much money that all cost as much a year as the reference, left as is.

    Raises `ConfigError` for all of whose money not all can be spent, or saved, on programmes and selling hours.
    """
    target = yearly_cost_usd(scenarios[reference])
    equal = {
        name: config if name == reference else _costing(config, target)  # the reference stays to the bit
        for name, config in scenarios.items()
    }
    unequal = [name for name, config in equal.items() if abs(yearly_cost_usd(config) - target) > CENT]
    if unequal:
        raise _out_of_reach(equal, reference, unequal)
    return equal


def yearly_cost_usd(config: SimConfig) -> float:
    """What sales and marketing are planned to cost a year at full teams, USD."""
    return committed_usd(config) + spent_usd(config)


def committed_usd(config: SimConfig) -> float:
    """What comes with structure and practices, USD a year: staff, leaders, team leads, practices' money."""
    company, people, structure = config.company, config.people, resolved(config.org)
    seats = (company.n_salespeople, company.n_marketers)
    pay = (company.salesperson_cost_usd_per_year, company.marketer_cost_usd_per_year)
    teams = [(n, yearly) for n, yearly, is_there in zip(seats, pay, structure.is_staffed, strict=True) if is_there]
    sizes, staff_usd = tuple(n for n, _ in teams), sum(n * yearly for n, yearly in teams)
    per_quarter = (
        leaders_cost_per_quarter(company, structure, people.leader_hours_per_week)
        + team_leads_cost_per_quarter(people, sizes)
        + cost_usd_per_quarter(config.pathways, config.practices, sum(sizes), staff_usd)
    )
    return staff_usd + QUARTERS_PER_YEAR * per_quarter


def spent_usd(config: SimConfig) -> float:
    """What programmes and selling hours take of the budget and of what was added to it, USD a year, split as today.

    Selling hours that are not worked (bought hours below 0) are money saved.
    """
    company, people = config.company, config.people
    money = Money(company.program_budget_usd_per_year)
    money.given(config.added_usd_per_year)
    if resolved(config.org).is_staffed[MARKETING]:
        money.stay(company, people)
    else:
        money.stop_programmes(company, people)
    selling = company.n_salespeople * company.salesperson_cost_usd_per_year
    return money.programme_usd + money.bought_share * selling


def _costing(config: SimConfig, target_usd: float) -> SimConfig:
    """The scenario with what is left to the target added, or taken away."""
    added = target_usd - committed_usd(config) - config.company.program_budget_usd_per_year
    # In whole cents, so that who costs the same gets exactly nothing; + 0.0, because that nothing has no sign.
    return replace(config, added_usd_per_year=round(added, 2) + 0.0)


def _out_of_reach(equal: Mapping[str, SimConfig], reference: str, unequal: list[str]) -> ConfigError:
    """The mistake of asking for equal cost where it can't be had: who is too far off, and which others are not."""
    needs = []
    for name in unequal:
        fits = spent_usd(equal[name]) - equal[name].company.program_budget_usd_per_year
        needs.append(f"{name} needs {equal[name].added_usd_per_year:+,.0f} USD a year ({fits:+,.0f} fits)")
    others = ",".join(name for name in equal if name not in {*unequal, reference})
    return ConfigError(
        f"contrast = {EQUAL_COST}: to cost as much as {reference}, {', '.join(needs)} for programmes and selling "
        f"hours; must fit within people.bought_hours_limit = {equal[reference].people.bought_hours_limit:g}, "
        + (f"as with orgs=[{others}]" if others else f"or be contrast={EQUAL_PRACTICES}")
    )
