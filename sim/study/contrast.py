"""What structures are held equal in: their practices alone, or their total cost too.

At equal practices each structure costs what it costs. At equal total cost, what a structure costs less than the
reference is given to it for programmes and selling hours, and what it costs more is taken from them. Counted is a
year at full teams; what happens on the way (vacancies, hiring, nurturing) is an outcome and is left to happen.
Whose money can't all be spent, or saved, within the limit of bought hours is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.books import leaders_cost_per_quarter, team_leads_cost_per_quarter
from sim.config import SimConfig
from sim.org.alignment import lived
from sim.org.money import Money
from sim.org.practices import cost_usd_per_quarter
from sim.org.structure import MARKETING, resolved
from sim.params import ConfigError
from sim.periods import QUARTERS_PER_YEAR
from sim.settings import EQUAL_COST, EQUAL_PRACTICES

CENT = 0.01


@dataclass(frozen=True)
class OutOfReach:
    """A scenario that can't be made to cost as much as the reference."""

    name: str
    config: SimConfig
    """As given."""
    needed_usd: float
    """What it would have to spend more than with nothing added, USD a year; negative where it would have to save."""
    fitting_usd: float
    """How much of that can be spent, or saved, USD a year: between 0 and `needed_usd`."""


def contrasted(scenarios: Mapping[str, SimConfig], reference: str, contrast: str) -> dict[str, SimConfig]:
    """The scenarios as they are to be run: as given, or each with the money that makes their costs equal."""
    return at_equal_cost(scenarios, reference) if contrast == EQUAL_COST else dict(scenarios)


def left_out(scenarios: Mapping[str, SimConfig], reference: str, contrast: str) -> tuple[OutOfReach, ...]:
    """The scenarios that `contrasted` leaves out; none where costs need not be equal."""
    return out_of_reach(scenarios, reference) if contrast == EQUAL_COST else ()


def at_equal_cost(scenarios: Mapping[str, SimConfig], reference: str) -> dict[str, SimConfig]:
    """The scenarios, each given or denied so much money that all cost as much a year as the reference, left as is.

    Those out of reach are left out; raises `ConfigError` if they are all that was to be held against the reference.
    """
    target = yearly_cost_usd(scenarios[reference])
    unequal = {one.name: one for one in out_of_reach(scenarios, reference)}
    if unequal and len(unequal) == len(scenarios) - 1:
        raise _nothing_to_compare(tuple(unequal.values()), reference, scenarios[reference].people.bought_hours_limit)
    return {
        name: config if name == reference else _costing(config, target)  # the reference stays to the bit
        for name, config in scenarios.items()
        if name not in unequal
    }


def out_of_reach(scenarios: Mapping[str, SimConfig], reference: str) -> tuple[OutOfReach, ...]:
    """The scenarios whose money can't all be spent, or saved, on programmes and selling hours, in their order."""
    target = yearly_cost_usd(scenarios[reference])
    unequal = []
    for name, config in scenarios.items():
        bare = yearly_cost_usd(replace(config, added_usd_per_year=0.0))
        reached = yearly_cost_usd(_costing(config, target))
        if name != reference and abs(reached - target) > CENT:
            unequal.append(OutOfReach(name, config, _to_the_cent(target - bare), _to_the_cent(reached - bare)))
    return tuple(unequal)


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
    # Practices are between two functions; where one is not staffed they are not lived and cost nothing.
    practices = config.practices if all(structure.is_staffed) else lived(config.practices, 0.0)
    per_quarter = (
        leaders_cost_per_quarter(company, structure, people.leader_hours_per_week)
        + team_leads_cost_per_quarter(people, sizes)
        + cost_usd_per_quarter(config.pathways, practices, sum(sizes), staff_usd)
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
    return replace(config, added_usd_per_year=_to_the_cent(added))


def _to_the_cent(usd: float) -> float:
    """An amount in whole cents, so that who costs the same gets exactly nothing; + 0.0: that nothing has no sign."""
    return round(usd, 2) + 0.0


def _nothing_to_compare(unequal: tuple[OutOfReach, ...], reference: str, limit: float) -> ConfigError:
    """The mistake of asking for equal cost where nobody can have it: who is how far off."""
    needs = ", ".join(
        f"{one.name} needs {one.needed_usd:+,.0f} USD a year ({one.fitting_usd:+,.0f} fits)" for one in unequal
    )
    return ConfigError(
        f"contrast = {EQUAL_COST}: to cost as much as {reference}, {needs} for programmes and selling hours; "
        f"must fit within people.bought_hours_limit = {limit:g}, or be contrast={EQUAL_PRACTICES}"
    )
