"""What a decision log holds: small records in the order in which things happen.

A record is known by its week, its kind and its place within the kind: an activity, a seat, an account; never by the
name of a post or a structure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from sim.market.prospects import Prospects
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import Decision

Key: TypeAlias = tuple[int, int, tuple[int, ...], str]
Value: TypeAlias = float | int | str | bool | tuple[float, ...]


class Kind(StrEnum):
    """Every kind of record, in the order in which they happen within a week."""

    # who leads what
    IN_FORCE = "in-force"
    SEATS = "seats"
    EMPTY = "empty"
    # leaders plan
    PRACTICE = "practice"
    COOPERATION = "cooperation"
    LEADER_HOURS = "leader-hours"
    ATTENTION = "attention"
    SPARE_HOURS = "spare-hours"
    DISCOUNT_CAP = "discount-cap"
    LEAD_BAR = "lead-bar"
    NURTURE_BAR = "nurture-bar"
    BUDGET = "budget"
    PROGRAMME_MONEY = "programme-money"
    BOUGHT_HOURS = "bought-hours"
    # staff plan
    STORY = "story"
    SELLING_HOURS = "selling-hours"
    LEAD_HOURS = "lead-hours"
    FOLLOW_UP = "follow-up"
    PROGRAMME_HOURS = "programme-hours"
    QUOTA = "quota"
    POLICY = "policy"
    # a week in the market
    NOTICES = "notices"
    ENTERS = "enters"
    INQUIRES = "inquires"
    RESPONDS_IDLY = "responds-idly"
    FOUND = "found"
    SCORED = "scored"
    QUALIFIED = "qualified"
    OWNER = "owner"
    AUTHOR = "author"
    TAKEN_UP = "taken-up"
    RENEWAL = "renewal"
    CALLED = "called"
    ACCEPTED = "accepted"
    CALL_ENDED = "call-ended"
    SILENCED = "silenced"
    DECIDED = "decided"
    ACCOUNTS = "accounts"
    # review
    BOOKED = "booked"
    PRESSURE = "pressure"
    CREDIT = "credit"
    TRUST = "trust"
    CONFLICT = "conflict"
    STOCK = "stock"
    # people live
    STRAIN = "strain"
    LEAVES = "leaves"
    FOLLOWS = "follows"


CHAPTERS: dict[str, tuple[Kind, ...]] = {
    "posts and seats": (Kind.SEATS, Kind.EMPTY),
    "practices": (Kind.PRACTICE,),
    "leaders' hours": (Kind.ATTENTION, Kind.SPARE_HOURS),
    "discounts": (Kind.DISCOUNT_CAP,),
    "leads": (Kind.LEAD_BAR, Kind.NURTURE_BAR),
    "money": (Kind.BUDGET, Kind.PROGRAMME_MONEY, Kind.BOUGHT_HOURS),
    "staff's hours": (Kind.SELLING_HOURS, Kind.LEAD_HOURS, Kind.PROGRAMME_HOURS),
    "brand": (Kind.NOTICES,),
    "demand": (Kind.ENTERS, Kind.INQUIRES, Kind.RESPONDS_IDLY, Kind.FOUND),
    "qualification": (Kind.QUALIFIED, Kind.OWNER, Kind.AUTHOR),
    "follow-up": (Kind.TAKEN_UP, Kind.CALLED, Kind.ACCEPTED, Kind.CALL_ENDED, Kind.SILENCED),
    "deals": (Kind.DECIDED,),
    "customers": (Kind.RENEWAL,),
    "careers": (Kind.LEAVES, Kind.FOLLOWS),
}
"""Decisions by what they are about; a kind of record that is in none of these is a state or a context."""

_CHAPTER_OF = {kind: chapter for chapter, kinds in CHAPTERS.items() for kind in kinds}
_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Draw:
    """The keyed draw that decided, as it can be looked up in the book of dice of the seed."""

    decision: Decision
    entity: int
    event: int


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was decided, or the state of one thing."""

    quarter: int
    week: int  # of the run, the first is 0, as the accounts' columns count
    kind: Kind
    who: str
    value: Value | Prospects  # accounts only where each of them has its place in it
    what: str = ""  # an activity, a practice, a column
    place: tuple[int, ...] = ()  # within the kind and week
    draw: Draw | None = None  # None where no draw decides

    @property
    def key(self) -> Key:
        """What a record is about, sorted by when it happens."""
        return self.week, _RANK[self.kind], self.place, self.what

    @property
    def chapter(self) -> str | None:
        """What a decision is about, None for a state."""
        return _CHAPTER_OF.get(self.kind)

    @property
    def is_afterwards(self) -> bool:
        """Whether it happens when the week's market is over."""
        return _RANK[self.kind] > _RANK[Kind.ACCOUNTS]

    @property
    def week_of_quarter(self) -> int:
        """1 to 13."""
        return self.week % WEEKS_PER_QUARTER + 1


class Moment(NamedTuple):
    """When things are recorded, and how."""

    quarter: int
    week: int  # of the run, from 0

    def of(
        self,
        kind: Kind,
        who: str,
        value: Value | Prospects,
        what: str = "",
        place: tuple[int, ...] = (),
        draw: Draw | None = None,
    ) -> Record:
        """A record of this moment."""
        return Record(self.quarter, self.week, kind, who, value, what, place, draw)
