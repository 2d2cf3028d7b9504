"""Real companies whose market both forms run: every structure, size and level of practices, under eight seeds."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from typing import NamedTuple
from unittest import mock

from sim.compose import sim_config
from sim.composition.catalogue import catalogue
from sim.config import OrgConfig, PracticesConfig, SimConfig, check_config
from sim.keep import past_config
from sim.market import channels
from sim.model import GoToMarket
from sim.past import Past, living
from sim.snapshot import Snapshot
from tests.reference.comparing import columns_of, differences, plain_market, read_plain, reading
from tests.reference.compiled import Quarter
from tests.reference.market import PlainMarket
from tests.reference.report import Disagreement, first_disagreement

COMPANIES, ORGS, PRACTICES = (tuple(catalogue().options(group)) for group in ("company", "org", "practices"))
N_SEEDS = 8


class Scale(NamedTuple):
    """How much of each company is lived."""

    n_prospects: int
    quarters: int  # under the structure, after a year of today's


SMALL, FULL = Scale(200, 1), Scale(10_000, 1)


class World(NamedTuple):
    """One company under one structure, one level of practices and one seed."""

    company: str
    org: str
    practices: str
    seed: int


def every_world(n_seeds: int = N_SEEDS) -> list[World]:
    """Every company, structure and level of practices, each under so many of the eight seeds.

    Seeds take turns, so that already with one each, every structure of every company meets all eight.
    """
    combinations = list(product(COMPANIES, ORGS, PRACTICES))
    return [
        World(*combination, (number + turn) % N_SEEDS)
        for number, combination in enumerate(combinations)
        for turn in range(n_seeds)
    ]


def every_case(worlds: Sequence[World], scale: Scale) -> Iterator[tuple[World, Disagreement | None]]:
    """Worlds with the first number on which the markets disagree there, None where they agree on all."""
    for world in worlds:
        yield world, followed(world, scale)


class FollowedCompany(GoToMarket):
    """A company whose every quarter the plain market lives too, on accounts of its own."""

    twin: PlainMarket | None = None
    quarter_begun: Quarter  # what the last quarter of the market started from
    disagreement: Disagreement | None = None

    def market_runs(self) -> None:
        """Thirteen weeks of the market, twice."""
        accounts, seats, wins = (copy.deepcopy(x) for x in (self.prospects, self.seats, self.cohort_wins))
        week = self.week
        super().market_runs()
        company, settings = self.config.company, self.config.market
        self.quarter_begun = Quarter(
            company, settings, self.seed, self.anchors, self.policy, seats, accounts, wins, week
        )
        if self.twin is None:
            self.twin = plain_market(self.quarter_begun)
        self.twin.pass_quarter(self.anchors, self.policy, seats)
        loop = reading(columns_of(self.prospects), self.seats, self.flows_of_quarter(), self.cohort_wins, self.week)
        if self.disagreement is None and any(differences(loop, read_plain(self.twin))):
            self.disagreement = first_disagreement(self.quarter_begun)

    def forget(self) -> None:
        """Let go of both markets."""
        super().forget()
        if self.twin is not None:
            self.twin.forget()


def followed(world: World, scale: Scale) -> Disagreement | None:
    """Live some quarters of a world after a year of `today`; the first disagreement, None if the markets agree."""
    start, disagreement = todays(world.company, world.seed, scale)
    if disagreement is None:
        model = FollowedCompany(config_of(world, scale), world.seed, past(world.company, scale), start)
        model.run()
        model.forget()
        disagreement = model.disagreement
    return disagreement


@cache
def todays(company: str, seed: int, scale: Scale) -> tuple[Snapshot, Disagreement | None]:
    """A company after its warm-up, which all its structures and practices share, and where the markets parted in it."""
    model = FollowedCompany(sized(company, scale), seed, past(company, scale))
    while model.quarter < 1:
        model.step()
    model.forget()
    return model.snapshot(), model.disagreement


@cache
def past(company: str, scale: Scale) -> Past:
    """A company's past in short: how well it meets the stated facts is no matter here."""
    with mock.patch.object(living, "PILOT_ACCOUNTS", scale.n_prospects), mock.patch.object(channels, "CHAINS", 4):
        return living.lived(past_config(sized(company, scale)), GoToMarket)


def config_of(world: World, scale: Scale) -> SimConfig:
    """The scenario of a world."""
    org, practices = chosen("org", world.org), chosen("practices", world.practices)
    return replace(sized(world.company, scale), org=org, practices=practices)


@cache
def chosen(group: str, option: str) -> OrgConfig | PracticesConfig:
    """One option of a config group; composing takes longer than running a quarter."""
    choices = {"org": ORGS[0], group: option}
    return getattr(sim_config(*(f"{name}={choice}" for name, choice in choices.items())), group)


@cache
def sized(company: str, scale: Scale) -> SimConfig:
    """A company with so many accounts, and in proportion what is counted in accounts; its people stay."""
    config = sim_config(f"company={company}", f"org={ORGS[0]}", f"horizon_quarters={scale.quarters}")
    stated = config.company
    ratio = scale.n_prospects / stated.n_prospects
    company = replace(
        stated,
        n_prospects=scale.n_prospects,
        n_customers=round(stated.n_customers * ratio),
        inquiries_per_quarter=stated.inquiries_per_quarter * ratio,
        mqls_per_quarter=stated.mqls_per_quarter * ratio,
    )
    return check_config(replace(config, company=company))
