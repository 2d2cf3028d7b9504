"""The books: what a quarter earned and cost, in USD; discounting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from sim.config import CompanyConfig, PeopleConfig, Post, PracticesConfig, SimConfig
from sim.org.practices import cost_usd_per_quarter
from sim.org.structure import Structure
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_YEAR


@dataclass(frozen=True)
class Books:
    """One quarter's income and costs, USD."""

    revenue: float
    delivery: float  # cost of what is sold: revenue x (1 - gross margin)
    salespeople: float
    bought_hours: float
    marketers: float
    team_leads: float
    leaders: float
    programmes: float
    nurture: float
    practices: float
    hiring: float
    reorganisation: float  # fees and severance of what was changed

    @property
    def gross_profit(self) -> float:
        """Revenue less the cost of what is sold."""
        return self.revenue - self.delivery

    @property
    def costs(self) -> float:
        """Everything that sales and marketing cost."""
        return float(sum(_costs(self)))

    @property
    def profit(self) -> float:
        """Gross profit less all costs of sales and marketing."""
        return self.gross_profit - self.costs


_costs = attrgetter(*(part.name for part in fields(Books) if part.name not in ("revenue", "delivery")))


def pay_usd_per_year(company: CompanyConfig, post: Post, full_week: float) -> float:
    """Market price of a post's hours a year: pay by ratio, or as stated."""
    if post.cost_usd_per_year is not None:
        return post.cost_usd_per_year
    return post.pay_ratio * company.leader_cost_usd_per_year * post.hours_per_week / full_week


def leaders_cost_per_quarter(
    company: CompanyConfig, structure: Structure, full_week: float, presence: Sequence[float] | None = None
) -> float:
    """Pay of all leaders a quarter, for the share of it that each post was filled (all of it if not given)."""
    there = [1.0] * structure.n if presence is None else presence
    return (
        sum(
            pay_usd_per_year(company, post, full_week) * share
            for post, share in zip(structure.posts, there, strict=True)
        )
        / QUARTERS_PER_YEAR
    )


def team_leads_cost_per_quarter(people: PeopleConfig, team_sizes: tuple[int, ...]) -> float:
    """Premium of team leads a quarter: per span of people beyond the first, without a jump."""
    beyond = sum(max(size - people.span_of_control, 0.0) for size in team_sizes)
    return people.team_lead_premium_usd_per_year * beyond / people.span_of_control / QUARTERS_PER_YEAR


def discount_factor(rate_per_year: float, quarter: int) -> float:
    """Worth at the start of quarter 1 of a dollar at the end of `quarter`."""
    return float((1.0 + rate_per_year) ** (-quarter / QUARTERS_PER_YEAR))


@dataclass(frozen=True)
class Quarter:
    """What the books need to know of a quarter."""

    revenue_usd: float
    nurtured: float  # leads
    paid_weeks: tuple[float, float]  # seat-weeks filled in sales and in marketing
    pay_factors: tuple[float, float]  # variable pay: cost of a seat in each function against the stated one
    leavers: tuple[int, int]
    leader_presence: tuple[float, ...]  # share of the quarter that each post was filled
    left_posts: tuple[int, ...]  # posts whose holders left
    team_sizes: tuple[int, ...]  # seats per staffed function
    programme_usd_per_year: float
    bought_share: float
    reorganisation_usd: float = 0.0


def booked(config: SimConfig, structure: Structure, chosen: PracticesConfig, quarter: Quarter) -> Books:
    """The books of a quarter."""
    company, people = config.company, config.people
    pay = (company.salesperson_cost_usd_per_year, company.marketer_cost_usd_per_year)
    fixed = [weeks / WEEKS_PER_YEAR * yearly for weeks, yearly in zip(quarter.paid_weeks, pay, strict=True)]
    staff = [usual * factor for usual, factor in zip(fixed, quarter.pay_factors, strict=True)]
    replaced = people.replacement_cost_share * sum(n * yearly for n, yearly in zip(quarter.leavers, pay, strict=True))
    full_week = people.leader_hours_per_week
    succeeded = people.leader_replacement_share * sum(
        pay_usd_per_year(company, structure.posts[post], full_week) for post in quarter.left_posts
    )
    return Books(
        revenue=quarter.revenue_usd,
        delivery=quarter.revenue_usd * (1.0 - company.gross_margin),
        salespeople=staff[0],
        bought_hours=quarter.bought_share * fixed[0],  # by the seats whose week it lengthens
        marketers=staff[1],
        team_leads=team_leads_cost_per_quarter(people, quarter.team_sizes),
        leaders=leaders_cost_per_quarter(company, structure, full_week, quarter.leader_presence),
        programmes=quarter.programme_usd_per_year / QUARTERS_PER_YEAR,
        nurture=quarter.nurtured * config.market.nurture_cost_usd,
        practices=cost_usd_per_quarter(
            config.pathways, chosen, sum(quarter.team_sizes), sum(fixed) * QUARTERS_PER_YEAR
        ),
        hiring=replaced + succeeded,
        reorganisation=quarter.reorganisation_usd,
    )
