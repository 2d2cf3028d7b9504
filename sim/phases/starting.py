"""How the world is put together: people, channels, trust, accounts, and the year that went before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.agents import Leader, Marketer, Salesperson
from sim.config import TodayConfig
from sim.market.channels import started_channels
from sim.market.laws import Seats
from sim.market.start import first_prospects, started_prospects
from sim.org import interface, learning
from sim.org.desks import MarketingDesk
from sim.org.leaders import hired_leaders, luck_numbers, steady_careers
from sim.org.money import Money
from sim.org.planning import Plan, Planner
from sim.org.programmes import Programmes
from sim.org.structure import MARKETING, SALES
from sim.org.trust import started_trust
from sim.org.workforce import started_workforce
from sim.past import booking_noise
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER
from sim.phases import living, planning, reviewing
from sim.randomness import Decision

if TYPE_CHECKING:
    from sim.model import GoToMarket

FIRST_LOAD, FIRST_PROSPECTING_HOURS = 0.6, 5.0  # of a past that has not been lived


def people_come(model: GoToMarket) -> None:
    """Both teams in their steady state, what lies between them, and marketing's stocks."""
    company, people, switches = model.config.company, model.config.people, model.config.mechanisms
    luck, usual = model.luck, model.past.usual
    model.sales = started_workforce(
        SALES, company.n_salespeople, people, switches, luck, people.sales_attrition_per_year, usual.strain[SALES]
    )
    model.marketing = started_workforce(
        MARKETING, company.n_marketers, people, switches, luck, people.marketing_attrition_per_year,
        usual.strain[MARKETING],
    )  # fmt: skip
    model.programmes = Programmes(usual.activation, usual.content, usual.insight)
    model.channels = started_channels(luck, usual.channels)
    model.trust = started_trust(luck, model.sales.person, authors(model), usual.trust[0], usual.trust[1])
    reviewing.hold_trust(model)
    model.credit = replace(usual.credit)
    model.unfair = np.zeros(2)
    model.unsettled = np.zeros(2)
    model.money = Money(company.program_budget_usd_per_year)
    staff_sits_down(model)


def authors(model: GoToMarket) -> np.ndarray:
    """Persons whose leads sales gets, shape (at least 1,): an empty department still has a name on its leads."""
    return model.marketing.person if model.marketing.n else np.zeros(1, dtype=np.int64)


def market_comes(model: GoToMarket) -> None:
    """Accounts as some moment of the past left them, seats, and a year on plan but for its noise."""
    company, reservoir = model.config.company, model.past.reservoir
    if reservoir is None:
        model.prospects = first_prospects(company, model.config.market, model.anchors, model.luck)
        load, hours = FIRST_LOAD, FIRST_PROSPECTING_HOURS
    else:
        model.prospects = started_prospects(company, reservoir, model.luck)
        load, hours = reservoir.load, reservoir.prospecting_hours
    model.seats = open_seats(company.n_salespeople, len(authors(model)), load, hours)
    planned = company.wins_per_quarter * company.acv_usd
    model.history = [(planned * share, planned) for share in _remembered_year(model)]
    model.pressure = reviewing.pressure(model)
    model.cohort_wins = np.zeros(model.config.warm_up_quarters + model.config.horizon_quarters)


def _remembered_year(model: GoToMarket) -> tuple[float, ...]:
    """Bookings over plan of the four quarters before, as some year of the past was."""
    histories = model.past.usual.histories
    if not histories:
        noise = booking_noise(model.config.company) * model.luck.normals(Decision.HISTORY, np.arange(QUARTERS_PER_YEAR))
        return tuple(max(1.0 + x, 0.0) for x in noise.tolist())
    return histories[int(model.luck.uniforms(Decision.HISTORY, 0) * len(histories))]


def open_seats(n_seats: int, n_authors: int, load: float, prospecting_hours: float) -> Seats:
    """Seats of the market's loop before their first week, each with this load and these prospecting hours."""
    weekly, pairs = (n_seats, WEEKS_PER_QUARTER), (n_seats, n_authors)
    return Seats(
        selling_hours=np.zeros(weekly),
        lead_hours=np.zeros(weekly),
        productivity=np.ones(n_seats),
        win_skill=np.zeros(n_seats),
        follow_up=np.ones(pairs),
        quota_usd=np.zeros(n_seats),
        booked_usd=np.zeros(n_seats),
        load=np.full(n_seats, load),
        prospecting_hours=np.full(n_seats, prospecting_hours),
        hours_used=np.zeros(n_seats),
        junk_hours=np.zeros(n_seats),
        calling_hours=np.zeros(n_seats),
        passed=np.zeros(pairs),
        called=np.zeros(pairs),
        real=np.zeros(pairs),
    )


def take_up(model: GoToMarket, chosen: TodayConfig) -> None:
    """Leaders, practices and roles as chosen, from the coming quarter on, settled: no cost of transition."""
    people, switches, pressure = model.config.people, model.config.mechanisms, model.past.usual.pressure
    model.chosen = chosen
    model.practices = chosen.practices
    model.planner = Planner(model.config, chosen)
    structure = model.planner.structure
    model.leaders = hired_leaders(structure, people, switches, model.luck)
    if model.is_pilot and switches.leader_departure:
        # Some pilots' leaders are too few to stand for all careers: they are there as much as leaders are on average.
        model.leaders.vacant_weeks[:] = 0.0
        model.leaders.steady = steady_careers(structure, people)
    model.cooperation = model.planner.cooperation_target(model.leaders, pressure)
    model.planner.settle(model.leaders, pressure, model.cooperation)
    model.cooperation = _started_cooperation(model, model.cooperation)
    plan = model.planner.decided(model.leaders, pressure, model.cooperation)
    if not model.rows:
        _first_story(model, plan)
    if switches.leader_strain:
        worn = living.leader_conditions(model, plan, pressure)
        model.leaders.settle_strain(people, model.luck, luck_numbers(structure), *worn)
    crossover = learning.settled_crossover(people, model.config.pathways, chosen.practices, chosen.roles.crossover)
    for team in (model.sales, model.marketing):
        team.crossover[:] = crossover
    leaders_sit_down(model)


def leaders_sit_down(model: GoToMarket) -> None:
    """One agent per post of the present structure."""
    for agent in list(model.agents_by_type.get(Leader, [])):
        agent.remove()
    for post in range(model.planner.structure.n):
        Leader(model, post)


def staff_sits_down(model: GoToMarket) -> None:
    """One agent per seat; nobody has planned a week yet."""
    model.marketing_desk = MarketingDesk(np.zeros((0, WEEKS_PER_QUARTER)), 0.0)
    for seat in range(model.sales.n):
        Salesperson(model, seat)
    for seat in range(model.marketing.n):
        Marketer(model, seat)


def _started_cooperation(model: GoToMarket, target: float) -> float:
    """C of two leaders since the newer of them came, at the base where one is still being sought."""
    structure, leaders, people = model.planner.structure, model.leaders, model.config.people
    switches = model.config.mechanisms
    if not structure.has_two_leaders or not switches.cooperation or switches.clamp.cooperation is not None:
        return target
    if leaders.steady is not None:
        return planning.pilots_cooperation(model, target)
    newest = min(float(leaders.tenure_weeks[post]) for post in structure.leader_of)
    return interface.grown_cooperation(people, target, newest / WEEKS_PER_QUARTER)


def _first_story(model: GoToMarket, plan: Plan) -> None:
    """What was said and felt before the first quarter."""
    model.plan = plan
    planning.content_is_supplied(model)
    reviewing.people_quarrel(model)
