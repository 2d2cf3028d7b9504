"""One quarter of the leaders as a record of numbers: what was seen, weighed and decided, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.config import PracticesConfig
from sim.org.attention import Week
from sim.org.decisions import DiscountTerms, LeadBarTerms, NurtureTerms
from sim.org.interface import CooperationTerms
from sim.org.money import Shift
from sim.org.plan import Plan


class Voice(NamedTuple):
    """Somebody whose judgement counts: who, how far that looks, with what weight."""

    who: str
    horizon_quarters: float
    weight: float


class Row(NamedTuple):
    """One activity in a leader's eyes; values are shares of all that the leader leads."""

    activity: str
    elasticity: float
    lag_quarters: float
    need: float  # hours a week
    own: float  # value as the leader sees it
    superior: float
    peer: float  # the leader's own where there is no peer
    mixed: float
    competence: float  # competence^kappa, by which the mixed value is weighed
    target: float  # hours a week
    before: float
    given: float
    quality: float  # of its leadership, 0..1


class BudgetRow(NamedTuple):
    """One programme's share of the budget, as each sees it and as it is."""

    programme: str
    own: float
    superior: float
    peer: float
    share: float


@dataclass(frozen=True)
class SalesDecisions:
    """What the leader of sales decides by formula."""

    discount: DiscountTerms
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class MarketingDecisions:
    """What the leader of marketing decides by formula."""

    budget: tuple[BudgetRow, ...]
    budget_voices: tuple[Voice, ...]
    lead: LeadBarTerms
    lead_voices: tuple[Voice, ...]
    hour_value_usd: float
    nurture: NurtureTerms


@dataclass(frozen=True)
class LeaderTrace:
    """One post's holder before the quarter, and what is decided there."""

    number: int
    post: str
    functions: tuple[str, ...]
    reports_to: str
    person: int  # 0 for who was there at the start
    presence: float  # share of the quarter that the post is filled
    effect: float  # share of full leadership: presence and ramp
    tenure_weeks: float
    vacant_weeks: float
    skill: tuple[float, float]  # in sales and in marketing
    cross_domain: float
    horizon: float  # quarters, before pressure
    horizon_now: float
    mandate: float
    voices: tuple[Voice, ...]  # in how hours are allotted
    week: Week
    rows: tuple[Row, ...]
    spare: tuple[float, float]  # hours a week of staff work per function
    exhaustion: float  # 0-100, 50 is the reference population's mean
    disengagement: float
    sales: SalesDecisions | None
    marketing: MarketingDecisions | None


@dataclass(frozen=True)
class QuarterTrace:
    """What the leaders saw, weighed and decided in one quarter."""

    quarter: int
    seed: int
    company: str
    label: str  # of the structure
    pressure: float
    booked_usd: float  # of the four quarters before
    planned_usd: float
    agreed: PracticesConfig
    lived: PracticesConfig
    upkeep: float
    alignment: float
    perceived_alignment: float
    cooperation_before: float
    cooperation: float
    cooperation_terms: CooperationTerms | None  # None for one mind, and where nothing moves it
    together: float  # share of the quarter that both leaders are there
    programme_usd_before: float  # a year
    programme_usd: float
    bought_share: float  # of the selling hours
    worths: tuple[float, float]  # of programmes, as the leaders of sales and of marketing judge
    worth_today: float
    shift: Shift | None  # None where money does not move
    plan: Plan
    attention_rule: str | None  # by which hours are shared out; None where they are not scarce
    leaders: tuple[LeaderTrace, ...]


class LeaderEnd(NamedTuple):
    """How a quarter ended for one leader."""

    post: str
    exhaustion: float | None  # 0-100; None where somebody else sits there now
    disengagement: float | None
    has_left: bool
    weeks_to_successor: float
    conditions: dict[str, tuple[float, float]]  # of the quarter's work: as it was, in SD of the reference


class QuarterEnd(NamedTuple):
    """How a quarter ended."""

    bookings_usd: float
    planned_usd: float
    profit_usd: float
    pressure: float  # on the quarter to come
    leaders: tuple[LeaderEnd, ...]
