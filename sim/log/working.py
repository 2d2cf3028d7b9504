"""What is recorded of the staff: their hours, what a quarter did to them, who leaves and who follows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.config import FUNCTIONS
from sim.log.leading import COMPANY, posts_by_function, seat_name
from sim.log.record import Draw, Kind, Moment, Record, Value
from sim.market.laws import Floats
from sim.model import GoToMarket
from sim.org.structure import MARKETING, SALES
from sim.org.workforce import Ints, Workforce
from sim.randomness import Decision

LED = 2  # leaders come after both teams
DECIDED_BEFORE = ("bar", "nurture_bar", "discount_cap")  # of the policy: leaders' decisions, recorded as such


def planned(model: GoToMarket, at: Moment) -> Iterator[Record]:
    """The story that is told, everybody's hours, and what they are told to bring."""
    for number, name in enumerate(("content_used", "own_content", "consistency")):
        yield at.of(Kind.STORY, COMPANY, float(getattr(model, name)), name, (number,))
    seats = model.seats
    for kind, columns in ((Kind.SELLING_HOURS, seats.selling_hours), (Kind.LEAD_HOURS, seats.lead_hours)):
        yield from _by_seat(at, kind, SALES, columns)
    yield from _by_seat(at, Kind.FOLLOW_UP, SALES, seats.follow_up)
    if model.is_marketing_staffed:
        for seat, hours in enumerate(model.marketing_desk.programme_hours.tolist()):
            yield at.of(Kind.PROGRAMME_HOURS, seat_name(MARKETING, seat), hours, place=(seat,))
    yield from _by_seat(at, Kind.QUOTA, SALES, seats.quota_usd[:, None])


def policy(model: GoToMarket, at: Moment) -> Iterator[Record]:
    """What the market feels of the company, beyond what leaders decided outright."""
    for number, (name, value) in enumerate(model.policy._asdict().items()):
        if name not in DECIDED_BEFORE:
            felt = tuple(value.tolist()) if isinstance(value, np.ndarray) else float(value)
            yield at.of(Kind.POLICY, COMPANY, felt, name, (number,))


def reviewed(model: GoToMarket, at: Moment) -> Iterator[Record]:
    """Bookings, pressure, credit, trust, conflict, and what was learned."""
    yield from _by_seat(at, Kind.BOOKED, SALES, model.seats.booked_usd[:, None])
    yield at.of(Kind.PRESSURE, COMPANY, model.pressure)
    for name in ("recorded_usd", "true_usd"):
        yield at.of(Kind.CREDIT, COMPANY, getattr(model.credit, name), name)
    for function, name in enumerate(FUNCTIONS):
        yield at.of(Kind.CREDIT, COMPANY, float(model.unfair[function]), f"unfair to {name}", (1, function))
    yield from _trust(model, at)
    for team in (model.sales, model.marketing):
        for seat, level in enumerate(team.conflict.tolist()):
            yield at.of(Kind.CONFLICT, seat_name(team.function, seat), level, place=(team.function, seat))
    for number, name in enumerate(("activation", "content", "insight")):
        yield at.of(Kind.STOCK, COMPANY, float(getattr(model.programmes, name)), name, (0, number))
    for number, name in enumerate(("effect", "fatigue")):
        levels = tuple(getattr(model.channels, name).tolist())
        yield at.of(Kind.STOCK, COMPANY, levels, f"{name} of channels", (1, number))


def lived(model: GoToMarket, at: Moment, before: tuple[Ints, Ints, Ints]) -> Iterator[Record]:
    """Strain of everybody, who leaves, who follows and when; `before` is who was there: sales, marketing, leaders."""
    teams, structure, leaders = (model.sales, model.marketing), model.planner.structure, model.leaders
    for team in teams:
        strain = np.stack([team.exhaustion, team.disengagement], axis=1)
        yield from _by_seat(at, Kind.STRAIN, team.function, strain, (team.function,))
    led = list(posts_by_function(structure))
    for function, post in led:
        worn = (float(leaders.exhaustion[post]), float(leaders.disengagement[post]))
        yield at.of(Kind.STRAIN, structure.names[post], worn, FUNCTIONS[function], (LED, function))
    for kind in (Kind.LEAVES, Kind.FOLLOWS):
        for team, was in zip(teams, before, strict=False):
            for seat in np.flatnonzero(team.person != was).tolist():
                yield _career(at, kind, team, seat)
        for function, post in led:
            if leaders.person[post] != before[LED][post]:
                yield _leaders_career(model, at, kind, function, post)


def _by_seat(at: Moment, kind: Kind, function: int, numbers: Floats, place: tuple[int, ...] = ()) -> Iterator[Record]:
    """A row of numbers per seat; a row of one is a number."""
    for seat, row in enumerate(numbers.tolist()):
        value = row[0] if len(row) == 1 else tuple(row)
        yield at.of(kind, seat_name(function, seat), value, place=(*place, seat))


def _trust(model: GoToMarket, at: Moment) -> Iterator[Record]:
    for direction, level in enumerate(model.trust.level.tolist()):
        for seller, row in enumerate(level):
            for marketer, trust in enumerate(row):
                pair = [seat_name(SALES, seller), seat_name(MARKETING, marketer)]
                who, whom = pair if direction == SALES else reversed(pair)
                yield at.of(Kind.TRUST, who, trust, whom, (direction, seller, marketer))


def _career(at: Moment, kind: Kind, team: Workforce, seat: int) -> Record:
    who, entity, person = seat_name(team.function, seat), int(team.entities[seat]), int(team.person[seat])
    value: Value = True
    draw = Draw(Decision.SEAT_LEAVES, entity, person - 1)
    if kind == Kind.FOLLOWS:
        draw, value = Draw(Decision.SEAT_SEARCH, entity, person), float(team.vacant_weeks[seat])
    return at.of(kind, who, value, place=(team.function, seat), draw=draw)


def _leaders_career(model: GoToMarket, at: Moment, kind: Kind, function: int, post: int) -> Record:
    structure, leaders = model.planner.structure, model.leaders
    number, person = structure.luck_number(post), int(leaders.person[post])
    value: Value = True
    draw = Draw(Decision.LEADER_LEAVES, number, person - 1)
    if kind == Kind.FOLLOWS:
        draw, value = Draw(Decision.LEADER_SEARCH, number, person), float(leaders.vacant_weeks[post])
    return at.of(kind, structure.names[post], value, FUNCTIONS[function], (LED, function), draw)
