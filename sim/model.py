"""GoToMarket: a company and its market as a Mesa model; one step is one quarter.

`step` is the table of contents of a quarter (`model.md`, section 4). State is small and explicit: the accounts'
columns, two teams, the leaders, a few stocks, and the books of each quarter.
"""

from __future__ import annotations

import math
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt
import pandas as pd

from sim import metrics
from sim.agents import Leader, Marketer, Prospect, Salesperson
from sim.books import Quarter, booked
from sim.config import SimConfig, TodayConfig, check_config
from sim.keep import kept_past
from sim.market.laws import N_FLOWS, Anchors, Floats, Flow, Seats, laws_of
from sim.market.start import first_prospects, started_prospects
from sim.market.week import run_quarter
from sim.org import desks, interface, programmes
from sim.org.attention import index
from sim.org.horizon import pressure_of
from sim.org.leaders import Leaders, hired_leaders, live_quarter
from sim.org.money import Money
from sim.org.planning import Plan, Planner
from sim.org.programmes import Programmes
from sim.org.structure import MARKETING, SALES
from sim.org.workforce import Workforce, started_workforce
from sim.past import Past, booking_noise, lived
from sim.periods import MONTHS_PER_QUARTER, QUARTERS_PER_YEAR, WEEKS_PER_QUARTER, quarter_of_step
from sim.policy import entry_hazard, market_policy
from sim.randomness import Decision, Luck
from sim.run_off import run_off_usd


class GoToMarket(mesa.Model):
    """One company under one seed. Quarters before 1 run under `today`, the others under the config's structure.

    Raises `ConfigError` for a config that can't be, unless its `past` is given: then it has been checked.
    """

    def __init__(self, config: SimConfig, seed: int = 0, past: Past | None = None) -> None:
        super().__init__(rng=abs(int(seed)))  # Mesa's own generators; no rule of ours draws from them
        self.config = config
        self.seed = int(seed)
        self.past = past_of(config) if past is None else past
        self.luck = Luck(self.seed)
        self.market_luck = self.luck.of_market()
        self.laws = laws_of(config.company, config.market)
        self.anchors: Anchors = self.past.anchors
        self.week = 0
        self.pressure = self.past.pressure
        self.usual_pressure = self.past.pressure
        self.usual_load = None if self.past.reservoir is None else self.past.reservoir.load
        self.rows: list[dict[str, Any]] = []
        self.history: list[tuple[float, float]] = []
        self._flows = np.zeros(N_FLOWS)
        self._people_come()
        self._market_comes()
        self.take_up(config.today)

    # ---- the quarter

    def step(self) -> None:
        """One quarter: leaders plan, staff plan, the market runs 13 weeks, review, strain and careers, books."""
        if self.quarter == 1:
            self.take_up(TodayConfig(self.config.org, self.config.practices, self.config.roles))
        self.leaders_plan()
        self.staff_plan()
        self.market_runs()
        self.quarter_is_reviewed()
        self.people_live()
        self.books_are_closed()

    def run(self) -> GoToMarket:
        """Run warm-up and horizon to the end; returns the model."""
        for _ in range(self.config.warm_up_quarters + self.config.horizon_quarters - len(self.rows)):
            self.step()
        return self

    @property
    def quarter(self) -> int:
        """Number of the quarter that is running, or comes next between steps."""
        return quarter_of_step(len(self.rows), self.config.warm_up_quarters)

    def take_up(self, chosen: TodayConfig) -> None:
        """Leaders, practices and roles as chosen, from the coming quarter on, settled: no cost of transition."""
        self.chosen = chosen
        self.planner = Planner(self.config, chosen)
        self.leaders: Leaders = hired_leaders(
            self.planner.structure, self.config.people, self.config.mechanisms, self.luck
        )
        self.cooperation = self.planner.cooperation_target(self.leaders, self.past.pressure)
        self.planner.settle(self.leaders, self.past.pressure, self.cooperation)
        for agent in list(self.agents_by_type.get(Leader, [])):
            agent.remove()
        for post in range(self.planner.structure.n):
            Leader(self, post)

    def leaders_plan(self) -> None:
        """Leaders allot their hours and decide discount cap, lead bar, budget and its split with selling."""
        target = self.planner.cooperation_target(self.leaders, self.pressure)
        if self.config.mechanisms.clamp.cooperation is None and self.planner.structure.has_two_leaders:
            self.cooperation += self.config.people.cooperation_adjustment * (target - self.cooperation)
        else:
            self.cooperation = target
        self.agents_by_type[Leader].do("plan")
        self.plan: Plan = self.planner.decided(self.leaders, self.pressure, self.cooperation)
        self._money_moves()

    def staff_plan(self) -> None:
        """Salespeople and marketers split their hours; quotas are set."""
        self.paid_weeks = {team.function: float(team.presence().sum()) for team in (self.sales, self.marketing)}
        if not self.is_marketing_staffed:
            self.paid_weeks[MARKETING] = 0.0
        self._desks_are_set()
        self.agents_by_type[Salesperson].do("plan")
        if self.marketing.n:
            self.agents_by_type[Marketer].do("plan")
        filled = self.sales.is_filled
        self.seats.quota_usd[:] = np.where(filled, self.plan_usd() / max(int(filled.sum()), 1), 0.0)
        self.seats.booked_usd[:] = 0.0
        self.seats.overflow[:] = 0.0
        people = self.config.people
        self.seats.win_skill[:] = people.skill_win_slope * people.skill_sigma * self.sales.skill
        self.seats.productivity[:] = np.exp(people.skill_sigma * self.sales.skill)
        clamp = self.config.mechanisms.clamp.trust
        trust = interface.trust_level(people, self.config.pathways, self.chosen.practices) if clamp is None else clamp
        self.seats.follow_up[:] = interface.follow_up_chance(trust, people.ignored_share)
        self.trust = trust

    def market_runs(self) -> None:
        """Thirteen weeks of the market under this quarter's policy."""
        hazard = entry_hazard(self.config, self.quarter, self._demand())
        self.efforts = self._efforts()
        policy = market_policy(
            self.config,
            self.chosen.practices,
            self.plan,
            self.past.today,
            self.efforts,
            self.programmes,
            hazard,
        )
        self.policy = policy
        self._flows[:] = 0.0
        run_quarter(
            self.prospects, self.market_luck, self.laws, self.anchors, policy, self.seats, self._flows,
            self.cohort_wins, self.week,
        )  # fmt: skip
        self.week += WEEKS_PER_QUARTER

    def quarter_is_reviewed(self) -> None:
        """Bookings against plan press on everybody; content and channels move on."""
        self.programmes.advance_slow(self.efforts, self.config.market, self.config.people)
        self.history = [*self.history[1:], (float(self._flows[Flow.BOOKINGS_USD]), self.plan_usd())]
        self.pressure = self._pressure()

    def people_live(self) -> None:
        """Three months of strain, then careers: who leaves, who is hired."""
        people, switches = self.config.people, self.config.mechanisms
        leavers: dict[int, int] = {}
        for team, base, activity in (
            (self.sales, people.sales_attrition_per_year, "sales_people"),
            (self.marketing, people.marketing_attrition_per_year, "marketing_people"),
        ):
            care = self.plan.quality[index(activity)] - self.past.today.quality[index(activity)]
            demands = np.full(team.n, self._pressing())
            if team is self.sales and self.usual_load is not None:
                load = (self.seats.load - self.usual_load) / people.load_per_sd
                demands += people.demand_weight * np.clip(load, -3.0, 3.0)
            team.feel(people, self.luck, demands, np.full(team.n, care / people.care_per_sd))
            leavers[team.function] = team.pass_quarter(people, switches, self.luck, base, -people.people_leaving * care)
        self.leavers = leavers
        needed = np.array([self.plan.needs[led].sum() for led in self.planner.led])
        first_month = len(self.rows) * MONTHS_PER_QUARTER
        if switches.leader_strain:
            live_quarter(self.leaders, self.planner.structure, people, self.luck, needed, self._pressing(), first_month)

    def books_are_closed(self) -> None:
        """The quarter's books and its row."""
        flows, is_staffed = self._flows, self.is_marketing_staffed
        sizes = (self.sales.n, self.marketing.n) if is_staffed else (self.sales.n,)
        quarter = Quarter(
            revenue_usd=float(flows[Flow.REVENUE_USD]),
            nurtured=float(flows[Flow.NURTURED]),
            paid_weeks=(self.paid_weeks[SALES], self.paid_weeks[MARKETING]),
            leavers=(self.leavers[SALES], self.leavers[MARKETING] if is_staffed else 0),
            team_sizes=sizes,
            programme_usd_per_year=self.money.programme_usd,
            bought_share=self.money.bought_share,
        )
        self.books = booked(self.config, self.planner.structure, self.chosen.practices, quarter)
        self.rows.append(metrics.quarter_row(self))

    # ---- results

    def quarters(self) -> pd.DataFrame:
        """One row per quarter so far, with the outcomes that are defined by quarter."""
        return pd.DataFrame(self.quarter_rows())

    def quarter_rows(self) -> list[dict[str, Any]]:
        """The same as plain dicts."""
        return [metrics.public_row(row) for row in self.rows]

    def results(self) -> dict[str, float]:
        """The run's outcomes over the measured horizon, by name (see `sim.metrics.OUTCOMES`)."""
        return metrics.run_row(self)

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
        return run_off_usd(
            self.config, self.past, self.laws, self.market_luck, self.prospects, self.seats, self.week, self.quarter
        )

    def forget(self) -> None:
        """Let go of Mesa's book of agents: Mesa 3.3 keeps every model of a process alive in it."""
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def flows_of_quarter(self) -> Floats:
        """Counts and sums of the last quarter, in the order of `Flow`; a copy."""
        return self._flows.copy()

    def seat_state(self) -> tuple[float, float, float]:
        """Mean over seats: load of the filled, their prospecting hours a week, selling hours a week of all."""
        filled = self.sales.is_filled
        hours = float(self.seats.selling_hours.mean())
        if not filled.any():
            return 0.6, 5.0, hours
        return float(self.seats.load[filled].mean()), float(self.seats.prospecting_hours[filled].mean()), hours

    def plan_usd(self) -> float:
        """Bookings planned for the running quarter: today's, grown with the market, the same for every structure."""
        company = self.config.company
        years = max(self.quarter - 1, 0) / QUARTERS_PER_YEAR
        return company.wins_per_quarter * company.acv_usd * (1.0 + self.config.market.growth_per_year) ** years

    @property
    def is_marketing_staffed(self) -> bool:
        """Whether the present structure employs marketers."""
        return self.planner.structure.is_staffed[MARKETING]

    # ---- how the world is put together

    def _people_come(self) -> None:
        company, people, switches = self.config.company, self.config.people, self.config.mechanisms
        self.sales: Workforce = started_workforce(
            SALES, company.n_salespeople, people, switches, self.luck, people.sales_attrition_per_year,
            self.past.strain[SALES],
        )  # fmt: skip
        self.marketing: Workforce = started_workforce(
            MARKETING, company.n_marketers, people, switches, self.luck, people.marketing_attrition_per_year,
            self.past.strain[MARKETING],
        )  # fmt: skip
        self.leavers = {SALES: 0, MARKETING: 0}
        self.programmes = Programmes(*self.past.stocks.tolist())
        self.money = Money(company.program_budget_usd_per_year)
        for seat in range(self.sales.n):
            Salesperson(self, seat)
        for seat in range(self.marketing.n):
            Marketer(self, seat)

    def _market_comes(self) -> None:
        company, reservoir = self.config.company, self.past.reservoir
        n = company.n_salespeople
        if reservoir is None:
            self.prospects = first_prospects(company, self.config.market, self.anchors, self.luck)
            load, hours = 0.6, 5.0
        else:
            self.prospects = started_prospects(company, reservoir, self.luck)
            load, hours = reservoir.load, reservoir.prospecting_hours
        weekly = (n, WEEKS_PER_QUARTER)
        self.seats = Seats(
            selling_hours=np.zeros(weekly),
            lead_hours=np.zeros(weekly),
            productivity=np.ones(n),
            win_skill=np.zeros(n),
            follow_up=np.ones((n, max(company.n_marketers, 1))),
            quota_usd=np.zeros(n),
            booked_usd=np.zeros(n),
            load=np.full(n, load),
            prospecting_hours=np.full(n, hours),
            overflow=np.zeros(n),
        )
        planned = company.wins_per_quarter * company.acv_usd
        # A year on plan but for its noise: the pressure that the company is used to.
        noise = booking_noise(company) * self.luck.normals(Decision.HISTORY, np.arange(QUARTERS_PER_YEAR))
        self.history = [(planned * max(1.0 + x, 0.0), planned) for x in noise.tolist()]
        self.pressure = self._pressure()
        self.cohort_wins: Floats = np.zeros(self.config.warm_up_quarters + self.config.horizon_quarters)

    # ---- parts of the quarter

    def _desks_are_set(self) -> None:
        """Hours of both teams; leaders' spare hours and people working across functions are added."""
        people, switches, pathways = self.config.people, self.config.mechanisms, self.config.pathways
        today, crossover = self.config.today, self.chosen.roles.crossover
        kept = desks.kept_by_sales(self.plan, self.chosen, people, pathways, switches)
        kept /= desks.kept_by_sales(self.past.today, today, people, pathways, switches)
        added = people.spare_hour_yield * float(self.plan.spare[:, SALES].sum())
        if self.is_marketing_staffed:
            hours = desks.working_hours(people, switches, self.marketing).mean(axis=1).sum()
            added += float(hours) * crossover * people.crossover_yield
        # Bought hours lengthen or shorten every seat's week, so that they never sit at an empty desk.
        kept *= 1.0 + self.money.bought_share
        self.sales_desk = desks.sales_desk(people, switches, self.sales, self.plan, kept, added)
        kept = desks.kept_by_marketing(self.chosen, people, pathways)
        kept /= desks.kept_by_marketing(today, people, pathways)
        self.marketing_desk = desks.marketing_desk(people, switches, self.marketing, kept)

    def _money_moves(self) -> None:
        company, people = self.config.company, self.config.people
        if not self.is_marketing_staffed:
            self.money.stop_programmes(company, people)
        elif self.config.mechanisms.reallocation:
            self.money.reallocate(company, people, self.plan, self.past.today)

    def _efforts(self) -> Floats:
        """Effort in each programme against today's, shape (4,)."""
        people, company = self.config.people, self.config.company
        if not self.is_marketing_staffed:
            return np.zeros(len(self.plan.budget_shares))
        week = desks.staff_week(people)
        hours = sum(agent.hours_per_week for agent in self.agents_by_type[Marketer])
        spare, usual_spare = (
            people.spare_hour_yield * float(plan.spare[:, MARKETING].sum()) for plan in (self.plan, self.past.today)
        )
        crossed = self.sales.n * week * self.chosen.roles.crossover * people.crossover_yield
        usual = company.n_marketers * week + usual_spare
        money = self.money.programme_usd / company.program_budget_usd_per_year
        return programmes.efforts(self.plan, self.past.today, money, (hours + spare + crossed) / usual, people)

    def _pressing(self) -> float:
        """Pressure above what people are used to, in SD of demands."""
        people = self.config.people
        return people.demand_weight * (self.pressure - self.usual_pressure) / people.pressure_per_sd

    def _pressure(self) -> float:
        switches = self.config.mechanisms
        if switches.clamp.pressure is not None:
            return switches.clamp.pressure
        if not switches.pressure:
            return 0.0
        booked, planned = (sum(column) for column in zip(*self.history, strict=True))
        return pressure_of(booked, planned)

    def _demand(self) -> float:
        """Demand of the quarter against the usual: lognormal with mean 1, the same for every structure."""
        sigma = self.config.market.volatility
        if sigma == 0.0 or self.past.reservoir is None:
            return 1.0
        draw = self.luck.normals(Decision.DEMAND, 0, len(self.rows))[0]
        return math.exp(sigma * draw - 0.5 * sigma**2)


def past_of(config: SimConfig) -> Past:
    """The company's past, solved once per company and kept (`sim.keep`); checks the config first."""
    return kept_past(check_config(config), lambda asked: lived(asked, GoToMarket))
