"""What is recorded of the leaders: who leads what, what they live, allot and decide.

Leaders are known by the function or activity that they lead, so that one leader of two functions is compared with
each of two leaders of one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.config import FUNCTIONS
from sim.log.record import Draw, Kind, Moment, Record
from sim.model import GoToMarket
from sim.org.attention import ACTIVITY_NAMES, FUNCTION_OF, PROGRAMMES
from sim.org.structure import MARKETING, SALES, Structure
from sim.randomness import Decision

COMPANY = "company"
SEATS = ("salesperson", "marketer")  # by function


def seat_name(function: int, seat: int) -> str:
    """How the holder of a seat is called in a log: from 1 on, as a scenario does."""
    return f"{SEATS[function]} {seat + 1}"


def posts_by_function(structure: Structure) -> Iterator[tuple[int, int]]:
    """Every function that people work in with the number of the post that leads it."""
    return ((f, structure.leader_of[f]) for f in range(len(FUNCTIONS)) if structure.is_staffed[f])


def in_force(model: GoToMarket, at: Moment) -> Iterator[Record]:
    """Structure, practices as agreed, roles, and what is set otherwise from now on: what the numbers come from."""
    structure, chosen = model.planner.structure, model.chosen
    yield at.of(Kind.IN_FORCE, COMPANY, chosen.org.name, "structure", (0,))
    for function, post in posts_by_function(structure):
        yield at.of(Kind.IN_FORCE, COMPANY, structure.names[post], f"leader of {FUNCTIONS[function]}", (1, function))
    for number, (name, agreed) in enumerate(chosen.practices.levels().items()):
        yield at.of(Kind.IN_FORCE, COMPANY, agreed, f"{name} as agreed", (2, number))
    yield at.of(Kind.IN_FORCE, COMPANY, chosen.roles.name, "roles", (3,))
    for change in model.base.changes:
        if change.quarter == model.quarter:
            for name, value in change.settings.items():
                yield at.of(Kind.IN_FORCE, COMPANY, value, name, (4,))


def empty(model: GoToMarket, at: Moment) -> Iterator[Record]:
    """How many seats there are, and the posts and seats that nobody holds now, and for how many weeks."""
    for team in (model.sales, model.marketing):
        yield at.of(Kind.SEATS, COMPANY, team.n, FUNCTIONS[team.function], (team.function,))
    structure, leaders = model.planner.structure, model.leaders
    for function, post in posts_by_function(structure):
        draw = Draw(Decision.LEADER_SEARCH, structure.luck_number(post), int(leaders.person[post]))
        if (weeks := float(leaders.vacant_weeks[post])) > 0.0:
            yield at.of(Kind.EMPTY, structure.names[post], weeks, FUNCTIONS[function], (0, function), draw)
    for team in (model.sales, model.marketing):
        for seat in np.flatnonzero(team.vacant_weeks > 0.0).tolist():
            draw = Draw(Decision.SEAT_SEARCH, int(team.entities[seat]), int(team.person[seat]))
            weeks, place = float(team.vacant_weeks[seat]), (1, team.function, seat)
            yield at.of(Kind.EMPTY, seat_name(team.function, seat), weeks, "", place, draw)


def planned(model: GoToMarket, at: Moment) -> Iterator[Record]:
    """What came of the leaders' planning."""
    for number, (name, lived) in enumerate(model.practices.levels().items()):
        yield at.of(Kind.PRACTICE, COMPANY, lived, name, (number,))
    yield at.of(Kind.COOPERATION, COMPANY, model.cooperation)
    yield from _hours(model, at)
    yield from _decisions(model, at)
    yield at.of(Kind.PROGRAMME_MONEY, COMPANY, model.money.programme_usd)
    yield at.of(Kind.BOUGHT_HOURS, COMPANY, model.money.bought_share)


def _hours(model: GoToMarket, at: Moment) -> Iterator[Record]:
    structure, plan = model.planner.structure, model.plan
    led = list(posts_by_function(structure))
    for function, post in led:
        hours = float(plan.hours[post])
        yield at.of(Kind.LEADER_HOURS, structure.names[post], hours, FUNCTIONS[function], (function,))
    for column, name in enumerate(ACTIVITY_NAMES):
        if plan.needs[column] > 0.0:
            post = structure.leader_of[FUNCTION_OF[column]]
            hours = float(plan.attention[post, column])
            yield at.of(Kind.ATTENTION, structure.names[post], hours, name, (column,))
    for function, post in led:
        hours = float(plan.spare[post, function])
        yield at.of(Kind.SPARE_HOURS, structure.names[post], hours, FUNCTIONS[function], (function,))


def _decisions(model: GoToMarket, at: Moment) -> Iterator[Record]:
    structure, plan = model.planner.structure, model.plan
    seller, marketer = (structure.names[structure.leader_of[f]] for f in (SALES, MARKETING))
    yield at.of(Kind.DISCOUNT_CAP, seller, plan.discount_cap)
    if not model.is_marketing_staffed:
        return
    yield at.of(Kind.LEAD_BAR, marketer, plan.lead_bar)
    yield at.of(Kind.NURTURE_BAR, marketer, plan.nurture_bar)
    for number, name in enumerate(PROGRAMMES):
        yield at.of(Kind.BUDGET, marketer, float(plan.budget_shares[number]), name, (number,))
