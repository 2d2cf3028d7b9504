"""GoToMarket: a company and its market as a Mesa model; one step is one quarter.

`step` is the table of contents of a quarter (`model.md`, section 4). State is small and explicit (`sim.snapshot`): the
accounts' columns, two teams and what lies between them, the leaders, a few stocks, and the books of each quarter.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt
import pandas as pd

from sim import metrics
from sim.agents import Collector, Prospect
from sim.books import Quarter, booked
from sim.config import PracticesConfig, SimConfig, TodayConfig, check_config
from sim.keep import kept_past
from sim.market.channels import Channels
from sim.market.laws import N_FLOWS, Anchors, Floats, Flow, Seats, laws_of
from sim.market.prospects import Prospects
from sim.market.week import run_quarter
from sim.org import pay
from sim.org.attribution import Credit
from sim.org.leaders import Leaders
from sim.org.money import Money
from sim.org.planning import Plan, Planner
from sim.org.programmes import Programmes
from sim.org.structure import MARKETING, SALES
from sim.org.trust import Trust
from sim.org.workforce import CalledAway, Workforce
from sim.past import Past, lived
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER, quarter_of_step
from sim.phases import changing, living, planning, reviewing, starting
from sim.policy import MarketSize, entry_hazard, market_policy
from sim.randomness import Decision, Luck
from sim.run_off import run_off_usd
from sim.snapshot import Snapshot, resume, snapshot_of


class GoToMarket(mesa.Model):
    """One company under one seed. Quarters before 1 run under `today`, the others under the config's structure.

    `start` lets it go on where another run of the same seed was, which must have lived as this one would have
    (`Snapshot.check`). Raises `ConfigError` for a config that can't be, unless its `past` is given: then it has been
    checked.
    """

    base: SimConfig  # as given: today's company, the yardstick, and all that changes later
    config: SimConfig  # as it is now
    # who is there, and what lies between them
    sales: Workforce
    marketing: Workforce
    leaders: Leaders
    trust: Trust
    credit: Credit
    cooperation: float  # C of two leaders, 1 for one
    unfair: Floats  # (2,): how unfair sales and marketing find the credit, 0..1
    unsettled: Floats  # (2,): what is left of a reorganisation's ambiguity in sales and marketing, 0..1
    # what is chosen, lived and planned
    chosen: TodayConfig
    practices: PracticesConfig  # as lived
    planner: Planner
    plan: Plan
    # the market, and marketing's stocks
    prospects: Prospects
    seats: Seats
    programmes: Programmes
    channels: Channels
    money: Money
    left_posts: tuple[int, ...]  # posts whose holders left at the end of the last quarter
    cohort_wins: Floats  # wins by the quarter of their MQL
    history: list[tuple[float, float]]  # bookings and plan of the last four quarters, USD

    def __init__(
        self, config: SimConfig, seed: int = 0, past: Past | None = None, start: Snapshot | None = None
    ) -> None:
        super().__init__(rng=abs(int(seed)))  # Mesa's own generators; no rule of ours draws from them
        self.base = self.config = config
        self.seed = int(seed)
        self.past = past_of(config) if past is None else past
        self.luck = Luck(self.seed)
        self.market_luck = self.luck.of_market()
        self.laws = laws_of(config.company, config.market)
        self.anchors: Anchors = self.past.anchors
        self.week = 0
        self.changed_through = 0  # the last quarter whose changes have taken effect
        self.change_usd = 0.0  # what this quarter's reorganisation costs at once: fees and severance
        self.called_away = CalledAway()  # who left this quarter because the scenario says so
        self.market_size = MarketSize()
        self.rows: list[dict[str, Any]] = []
        self._flows = np.zeros(N_FLOWS)
        if start is not None:
            resume(self, start)
            return
        starting.people_come(self)
        starting.market_comes(self)
        starting.take_up(self, config.today)

    def snapshot(self) -> Snapshot:
        """The state between two quarters, to be kept, saved or branched from."""
        return snapshot_of(self)

    # ---- the quarter

    def step(self) -> None:
        """One quarter: leaders plan, staff plan, the market runs 13 weeks, review, strain and careers, books."""
        self.quarter_begins()
        self.leaders_plan()
        self.staff_plan()
        self.market_runs()
        self.quarter_is_reviewed()
        self.people_live()
        self.books_are_closed()

    def run(self, collector: mesa.DataCollector | None = None) -> GoToMarket:
        """Run warm-up and horizon to the end, collecting each quarter if asked; returns the model."""
        for _ in range(self.config.warm_up_quarters + self.config.horizon_quarters - len(self.rows)):
            self.step()
            if collector is not None:
                collector.collect(self)
        return self

    def quarter_begins(self) -> None:
        """What the scenario changes takes effect, in quarter 1 its structure, practices and roles; twice is as once."""
        changing.changes_take_effect(self)

    def leaders_plan(self) -> None:
        """Leaders keep practices up, allot their hours, and decide cap, bar, budget and its split with selling."""
        planning.keep_practices_up(self)
        planning.leaders_plan(self)

    def staff_plan(self) -> None:
        """Content is supplied, salespeople and marketers split their hours, quotas are set."""
        planning.content_is_supplied(self)
        planning.staff_plan(self)

    def market_runs(self) -> None:
        """Thirteen weeks of the market under this quarter's policy."""
        size = self.market_size.now(self.quarter, self.config.market.growth_per_year)
        hazard = entry_hazard(self.config.market, size, self._demand())
        self.efforts = planning.efforts(self)
        self.channel_effect = reviewing.channel_effect(self)
        self.policy = market_policy(
            self.config, self.practices, self.plan, self.past.today, self.efforts, self.programmes,
            self.channel_effect, self.consistency, hazard,
        )  # fmt: skip
        self._flows[:] = 0.0
        self.accounts_live(0, WEEKS_PER_QUARTER)
        self.week += WEEKS_PER_QUARTER

    def accounts_live(self, begin: int, end: int) -> None:
        """All accounts through the quarter's weeks from `begin` to before `end`; week by week comes to the same."""
        run_quarter(
            self.prospects, self.market_luck, self.laws, self.anchors, self.policy, self.seats, self._flows,
            self.cohort_wins, self.week, begin, end,
        )  # fmt: skip

    def quarter_is_reviewed(self) -> None:
        """Attainment and credit, then what they do to trust and conflict; what was learned of buyers and channels."""
        reviewing.attainment_is_paid(self)
        reviewing.credit_is_given(self)
        reviewing.trust_grows(self)
        reviewing.people_quarrel(self)
        reviewing.work_is_learned_from(self)

    def people_live(self) -> None:
        """Three months of strain and careers: who leaves, who is hired; leaders too."""
        self.leader_presence = self.leaders.presence()
        living.staff_live(self)
        living.leaders_live(self)

    def books_are_closed(self) -> None:
        """The quarter's books and its row."""
        flows, is_staffed = self._flows, self.is_marketing_staffed
        sizes = (self.sales.n, self.marketing.n) if is_staffed else (self.sales.n,)
        quarter = Quarter(
            revenue_usd=float(flows[Flow.REVENUE_USD]),
            nurtured=float(flows[Flow.NURTURED]),
            paid_weeks=(self.paid_weeks[SALES], self.paid_weeks[MARKETING]),
            pay_factors=self._pay_factors() if self.config.mechanisms.variable_pay else (1.0, 1.0),
            leavers=(
                self.sales.lived.left + self.called_away.staff[SALES],
                (self.marketing.lived.left if is_staffed else 0) + self.called_away.staff[MARKETING],
            ),
            leader_presence=tuple(self.leader_presence.tolist()),
            left_posts=(*self.called_away.posts, *self.left_posts),
            team_sizes=sizes,
            programme_usd_per_year=self.money.programme_usd,
            bought_share=self.money.bought_share,
            reorganisation_usd=self.change_usd,
        )
        self.books = booked(self.config, self.planner.structure, self.practices, quarter)
        self.rows.append(metrics.quarter_row(self))

    # ---- results

    def quarters(self) -> pd.DataFrame:
        """One row per quarter so far, with the outcomes that are defined by quarter."""
        return pd.DataFrame(self.quarter_rows())

    def quarter_rows(self) -> list[dict[str, Any]]:
        """The same as plain dicts."""
        return [metrics.public_row(row) for row in self.rows]

    def results(self) -> dict[str, float]:
        """The run's outcomes over the measured horizon, by name (see `sim.metrics.OUTCOMES`).

        Raises `ValueError` before the first measured quarter has run.
        """
        return metrics.run_row(self)

    def collector(self, prospects: bool = False) -> Collector:
        """A Mesa DataCollector of quarters and people, and of every account if asked (see `sim.agents.collector`)."""
        return Collector(prospects)

    def prospect_agents(self, accounts: npt.ArrayLike | None = None) -> mesa.agent.AgentSet:
        """Views of accounts as Mesa agents (all of them by default); asking changes no number."""
        known = {agent.account for agent in self.agents_by_type.get(Prospect, [])}
        wanted = range(len(self.prospects)) if accounts is None else np.asarray(accounts).tolist()
        for account in wanted:
            if account not in known:
                Prospect(self, account)
        return self.agents_by_type[Prospect]

    def run_off_usd(self) -> float:
        """Terminal value at the end of the last quarter, USD (see `sim.run_off`)."""
        config = replace(self.base, market=self.config.market)
        size, laws = (
            self.market_size.now(self.quarter, config.market.growth_per_year),
            laws_of(config.company, config.market),
        )
        return run_off_usd(config, self.past, laws, self.market_luck, self.prospects, self.seats, self.week, size)

    def forget(self) -> None:
        """Let go of Mesa's book of agents: Mesa 3.3 keeps every model of a process alive in it."""
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    # ---- what others ask of it

    @property
    def quarter(self) -> int:
        """Number of the quarter that is running, or comes next between steps."""
        return quarter_of_step(len(self.rows), self.config.warm_up_quarters)

    @property
    def is_pilot(self) -> bool:
        """Whether this world is one of those that live through the company's past."""
        return self.past.reservoir is None

    @property
    def is_marketing_staffed(self) -> bool:
        """Whether the present structure employs marketers."""
        return bool(self.planner.structure.is_staffed[MARKETING])

    def flows_of_quarter(self) -> Floats:
        """Counts and sums of the last quarter, in the order of `Flow`; a copy."""
        return self._flows.copy()

    def seat_state(self) -> tuple[float, float, float]:
        """Mean over seats: load of the filled, their prospecting hours a week, selling hours a week of all."""
        filled = self.sales.is_filled
        hours = float(self.seats.selling_hours.mean())
        if not filled.any():
            return starting.FIRST_LOAD, starting.FIRST_PROSPECTING_HOURS, hours
        return float(self.seats.load[filled].mean()), float(self.seats.prospecting_hours[filled].mean()), hours

    def plan_usd(self) -> float:
        """Bookings planned for the running quarter: today's, grown with the market, the same for every structure.

        The plan is made at the start: nothing that changes later moves it.
        """
        company = self.base.company
        years = max(self.quarter - 1, 0) / QUARTERS_PER_YEAR
        return company.wins_per_quarter * company.acv_usd * (1.0 + self.base.market.growth_per_year) ** years

    def _pay_factors(self) -> tuple[float, float]:
        """Cost of salespeople and of marketers against the stated one."""
        people, usual = self.config.people, self.past.usual
        return (
            pay.pay_factor(people.salesperson_variable_share, self.payout, usual.payout),
            pay.pay_factor(people.marketer_variable_share, self.credit.recorded_share, usual.credit.recorded_share),
        )

    def _demand(self) -> float:
        """Demand of the quarter against the usual: lognormal with mean 1, the same for every structure."""
        sigma = self.config.market.volatility
        if sigma == 0.0 or self.is_pilot:
            return 1.0
        draw = self.luck.normals(Decision.DEMAND, 0, len(self.rows))[0]
        return math.exp(sigma * draw - 0.5 * sigma**2)


def past_of(config: SimConfig) -> Past:
    """The company's past, solved once per company and kept (`sim.keep`); checks the config first."""
    return kept_past(check_config(config), lambda asked: lived(asked, GoToMarket))
