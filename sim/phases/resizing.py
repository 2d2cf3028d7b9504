"""Teams change their size, or come and go as a whole: seats, people, what lies between them, accounts, costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents import Marketer, Salesperson
from sim.market.case import author_of
from sim.org import headcount
from sim.org.structure import MARKETING
from sim.org.workforce import Bools
from sim.phases import reviewing, starting

if TYPE_CHECKING:
    from sim.model import GoToMarket


def resize(model: GoToMarket, function: int) -> None:
    """Bring one team to the size that is set; whoever has no seat any more goes, new seats are filled."""
    company, people = model.config.company, model.config.people
    team = (model.sales, model.marketing)[function]
    n, before = (company.n_salespeople, company.n_marketers)[function], team.n
    if n == before:
        return
    is_staffed = model.planner.structure.is_staffed[function]
    n_gone = int(team.is_filled[n:].sum())
    is_new = headcount.resize_team(team, n, people, model.luck, is_sought(model))
    _agents_follow(model, function, before, n)
    _seats_follow(model)
    model.trust = headcount.resized_trust(
        model.trust, people, model.luck, model.sales.person, starting.authors(model)
    )  # fmt: skip
    headcount.resize_beliefs(model.channels, model.marketing.n)
    _accounts_follow(model)
    if is_staffed:
        let_go_and_found(model, function, n_gone, int(is_new.sum()))


def is_sought(model: GoToMarket) -> bool:
    """Whether new seats stand empty until somebody is found."""
    return model.config.transition and model.config.mechanisms.reorganisation and model.config.mechanisms.attrition


def let_go_and_found(model: GoToMarket, function: int, n_gone: int, n_found: int) -> None:
    """Severance of who must go, and what it costs to find others; nothing where changes cost nothing."""
    people = model.config.people
    if model.config.transition and model.config.mechanisms.reorganisation:
        company = model.config.company
        pay = (company.salesperson_cost_usd_per_year, company.marketer_cost_usd_per_year)[function]
        model.change_usd += (people.severance_share * n_gone + people.replacement_cost_share * n_found) * pay


def strangers_come(model: GoToMarket, function: int, is_new: Bools) -> None:
    """Other people sit in these seats: nobody knows them yet."""
    nobody = {team.function: np.zeros(team.n, dtype=bool) for team in (model.sales, model.marketing)}
    reviewing.quits_are_felt(model, nobody | {function: is_new})


def staff_marketing(model: GoToMarket, was_staffed: bool) -> None:
    """A department that is closed lets everybody go; one that is opened looks for everybody."""
    team, is_staffed = model.marketing, model.is_marketing_staffed
    if was_staffed == is_staffed or not team.n:
        return
    if was_staffed:
        let_go_and_found(model, MARKETING, int(team.is_filled.sum()), 0)
        return
    everybody = np.ones(team.n, dtype=bool)
    team.leave(everybody, model.config.people, model.luck)
    if not is_sought(model):
        headcount.fill_seats(team, everybody)
    strangers_come(model, MARKETING, everybody)
    let_go_and_found(model, MARKETING, 0, team.n)


def _agents_follow(model: GoToMarket, function: int, before: int, n: int) -> None:
    kind = (Salesperson, Marketer)[function]
    for agent in [agent for agent in model.agents_by_type.get(kind, []) if agent.seat >= n]:
        agent.remove()
    for seat in range(before, n):
        kind(model, seat)


def _seats_follow(model: GoToMarket) -> None:
    """Seats of the market's loop: a new one starts with a colleague's usual load and no hours left over."""
    load = float(model.seats.load.mean())
    fresh = starting.open_seats(model.sales.n, len(starting.authors(model)), load, 0.0)
    model.seats = headcount.resized_seats(model.seats, fresh)


def _accounts_follow(model: GoToMarket) -> None:
    """Accounts and leads of seats that were cut pass to those that are left."""
    accounts, n_authors = model.prospects, model.seats.follow_up.shape[1]
    accounts.owner[accounts.owner >= model.sales.n] = -1  # the loop finds them another
    cases = accounts.cases
    for row in np.flatnonzero(cases["author"] >= n_authors).tolist():
        cases["author"][row] = author_of(model.market_luck, int(cases["account"][row]), n_authors)
