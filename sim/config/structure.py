"""A structure as data: posts, what each leads, to whom it reports, who would hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.params import ConfigError, nearest, param, switch

FUNCTIONS = ("sales", "marketing")
BOARD = "board"


@dataclass(frozen=True)
class Profile:
    """The kind of person who holds a post: where at home, how far-sighted, how versed in both worlds."""

    sales_background: float = param(
        0.0,
        unit="1 at home, 0 a stranger",
        low=0.0,
        high=1.0,
        source="assumed: career",
        moved=1.0,
        where="org=merged_marketing_led",
    )
    marketing_background: float = param(
        0.0, unit="1 at home, 0 a stranger", low=0.0, high=1.0, source="assumed: career", moved=1.0
    )
    skill_spread: float = param(0.05, unit="sd of competence", low=0.0, high=0.3, source="assumed: people differ")
    planning_horizon_quarters: float = param(4.0, unit="quarters", low=0.25, high=40, source="leader-horizons")
    horizon_spread: float = param(0.2, unit="sd of ln quarters", low=0.0, high=1.0, source="assumed: people differ")
    cross_domain: float = param(
        0.2,
        unit="0 to 1, versed in both functions",
        low=0.0,
        high=1.0,
        source="assumed: careers cross rarely",
    )


@dataclass(frozen=True)
class Post:
    """One leader's post; "merged" is a post that leads two functions, and nothing else."""

    functions: tuple[str, ...] = ()
    reports_to: str = BOARD
    mandate: float = param(
        0.8,
        unit="weight of own judgement against the superior's",
        low=0.0,
        high=1.0,
        source="assumed: own post",
    )
    hours_per_week: float = param(50.0, unit="hours", low=0.0, high=80, source="leader-hours", moved=20.0)
    other_domains: int = param(
        0,
        unit="other clients or duties in the rest of the week",
        low=0,
        high=12,
        source="fractional-market",
        moved=3,
        where="org=fractional_cmo",
    )
    pay_ratio: float = param(1.0, unit="of a head of sales, full time", low=0.0, high=4.0, source="leader-pay-ratios")
    cost_usd_per_year: float | None = param(
        None,
        unit="USD a year, instead of the pay ratio",
        low=0.0,
        high=5_000_000,
        source="fractional-market",
        moved=100_000.0,
    )
    tenure_years: float | None = param(
        None,
        unit="years, mean, instead of the hazard common to all leaders",
        low=0.2,
        high=30,
        source="leader-tenures",
        moved=0.5,
    )
    is_owner: bool = switch(
        False,
        neutral="the holder is hired: sought for a fee when the post is made, paid off when it goes",
        moved=True,
        where="transition=true org=merged_marketing_led",
    )
    profile: Profile = field(default_factory=Profile)


@dataclass(frozen=True)
class OrgConfig:
    """Who leads what. Colour and wording are for reports; no rule of the model reads them or a post's name."""

    name: str
    posts: Mapping[str, Post]
    staffed: tuple[str, ...] = FUNCTIONS
    label: str = ""
    phrase: str = ""
    is_plural: bool = False
    color: str = "#555555"


def check_structure(org: OrgConfig, where: str = "org") -> None:
    """Raise `ConfigError` unless each function is led once, reporting ends at the board, and posts have hours."""
    if not org.posts:
        raise ConfigError(f"{where}.posts is empty: at least one post must lead sales")
    for name in org.staffed:
        _check_function(name, f"{where}.staffed")
    if "sales" not in org.staffed:
        raise ConfigError(f"{where}.staffed = {list(org.staffed)}: must contain sales")
    for name, post in org.posts.items():
        _check_post(org, name, post, f"{where}.posts.{name}")
    for function in FUNCTIONS:
        leads = [name for name, post in org.posts.items() if function in post.functions]
        if len(leads) > 1:
            raise ConfigError(f"{where}.posts: {function} is led by two posts, {leads[0]} and {leads[1]}; must be one")
        if not leads and function in org.staffed:
            raise ConfigError(f"{where}.posts: nobody leads {function}; one post must list it under functions")


def _check_function(function: str, where: str) -> None:
    if function not in FUNCTIONS:
        allowed = " or ".join(FUNCTIONS)
        raise ConfigError(f"{where} names {function}: must be {allowed}{nearest(function, FUNCTIONS)}")


def _check_post(org: OrgConfig, name: str, post: Post, where: str) -> None:
    for function in post.functions:
        _check_function(function, f"{where}.functions")
    if post.hours_per_week == 0:
        raise ConfigError(f"{where}.hours_per_week = 0 hours: a post without hours leads nothing; must be above 0")
    if not post.functions and not any(other.reports_to == name for other in org.posts.values()):
        raise ConfigError(f"{where}.functions is empty and nobody reports to it: must lead sales, marketing or a post")
    seen = [name]
    while (superior := org.posts[seen[-1]].reports_to) != BOARD:
        if superior not in org.posts:
            known = [BOARD, *org.posts]
            raise ConfigError(
                f"{where}.reports_to = {superior}: must be one of {', '.join(known)}{nearest(superior, known)}"
            )
        if superior in seen:
            loop = " -> ".join([*seen, superior])
            raise ConfigError(f"{where}.reports_to: reporting loop {loop}; must end at the board")
        seen.append(superior)
