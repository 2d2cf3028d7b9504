"""One quarter's planning: what each leader sees, weighs and decides (`model.md`, section 2)."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.config import FUNCTIONS, PracticesConfig, SimConfig, TodayConfig
from sim.org import attention as attending
from sim.org import decisions, interface
from sim.org.horizon import Judgement, View, effective_horizon, payoff_weight
from sim.org.leaders import Leaders
from sim.org.learning import settled_skill
from sim.org.practices import leader_hours_per_week
from sim.org.strain import leader_hours_factor
from sim.org.structure import MARKETING, NOBODY, SALES, Structure, resolved

Floats = npt.NDArray[np.float64]

SELLING_COLUMNS = np.array([attending.index("deal_support"), attending.index("coaching")])
LAG_SOON, LAG_WIN, LAG_NURTURE, LAG_LATE = 0.5, 2.0, 3.0, 4.0  # quarters
SETTLED_AFTER = 60  # rounds of planning; far beyond what the slowest adjustment needs


@dataclass(frozen=True)
class Plan:
    """What was decided for a quarter, and what it rests on."""

    horizon: Floats  # (n_posts,): effective, quarters
    hours: Floats  # (n_posts,): effective hours a week, after meetings and switching
    effect: Floats  # (n_posts,): share of full leadership, 0..1: presence and a new holder's ramp
    attention: Floats  # (n_posts, 9): hours a week, mean over the quarter
    spare: Floats  # (n_posts, 2): hours a week of staff work per function, mean over the quarter
    quality: Floats  # (9,): leadership of each activity, 0..1
    coverage: Floats  # (9,): g(x/N) while there, times effect
    needs: Floats  # (9,): hours a week needed of leaders
    budget_shares: Floats  # (4,): programmes
    programme_value: float  # worth of programmes against selling, as valued by both owners
    discount_cap: float
    lead_bar: float
    nurture_bar: float
    internalisation: tuple[float, float]  # omega of the deciders of sales and of marketing
    cooperation: float
    cross_domain: float


@dataclass(frozen=True)
class Situation:
    """In what state the leaders decide a quarter."""

    horizon: Floats  # (n_posts,): effective, quarters
    presence: Floats  # (n_posts,): share of the quarter that the post is filled
    cooperation: float  # C


class Planner:
    """Plans quarters for one structure under practices as they are lived; holds no state of its own."""

    def __init__(self, config: SimConfig, chosen: TodayConfig) -> None:
        self.config = config
        self.structure: Structure = resolved(chosen.org)
        self.practices = chosen.practices
        self.people = config.people
        self.switches = config.mechanisms
        self.judgement = Judgement(config.people.kernel_order, config.people.mixing == "values")
        self.elasticities = attending.column(config.activities, "elasticity")
        self.lags = attending.column(config.activities, "lag_quarters")
        company = config.company
        needs, lead_needs = attending.team_needs(config.people, (company.n_salespeople, company.n_marketers))
        shares = attending.column(config.activities, "need_share")
        staffed = np.array(self.structure.is_staffed)[attending.FUNCTION_OF]
        self.needs = np.where(staffed, shares * needs[attending.FUNCTION_OF], 0.0)
        self.lead_needs = np.where(staffed, shares * lead_needs[attending.FUNCTION_OF], 0.0)
        self.led = np.array([np.isin(attending.FUNCTION_OF, led) for led in self.structure.functions])
        self.margin_usd = company.acv_usd * company.gross_margin

    def under(self, practices: PracticesConfig) -> Planner:
        """The same planner under practices as they are lived this quarter."""
        other = copy.copy(self)
        other.practices = practices
        return other

    def attend(self, leaders: Leaders, post: int, pressure: float, cooperation: float, settles: bool = False) -> None:
        """One leader plans a quarter's hours: attention half-way to its target (all the way if it `settles`)."""
        now = Situation(self.horizons(leaders, pressure), np.ones(self.structure.n), cooperation)
        hours = self._hours(leaders, post)
        leaders.hours[post] = hours
        columns = np.flatnonzero(self.led[post] & (self.needs > 0.0))
        if not len(columns):
            return
        values = self._values(columns, self.view(post, now, self.switches.horizon_attention))
        target = self._target(leaders.skill[post], columns, values, hours)
        now = leaders.attention[post, columns]
        given = now + (1.0 if settles else self.people.attention_adjustment) * (target - now)
        if self.switches.attention_scarcity:
            # Hours may have shrunk since: what is not there can't be given.
            given *= min(1.0, hours / max(given.sum(), 1e-12))
        leaders.attention[post, columns] = given
        if self.switches.spare_hours:
            left = max(hours - given.sum(), 0.0)
            for function in self.structure.functions[post]:
                leaders.spare[post, function] = left * values[attending.FUNCTION_OF[columns] == function].sum()

    def decided(self, leaders: Leaders, pressure: float, cooperation: float) -> Plan:
        """Everything decided for a quarter in which the leaders spend their hours as they do; changes nothing."""
        presence, effect = leaders.presence(), leaders.effect(self.people)
        now = Situation(self.horizons(leaders, pressure), presence, cooperation)
        coverage, quality = self._quality(leaders, effect)
        omega = (self._internalisation(SALES, now), self._internalisation(MARKETING, now))
        return Plan(
            horizon=now.horizon,
            hours=leaders.hours.copy(),
            effect=effect,
            attention=leaders.attention * presence[:, None],
            spare=leaders.spare * effect[:, None],
            quality=quality,
            coverage=coverage,
            needs=self.needs,
            budget_shares=self._programme_values(now),
            programme_value=self._programme_value(now),
            discount_cap=self._discount_cap(now),
            internalisation=omega,
            cooperation=cooperation,
            cross_domain=self._cross_domain(leaders, effect),
            **self._bars(now, omega[MARKETING]),
        )

    def settle(self, leaders: Leaders, pressure: float, cooperation: float) -> None:
        """Bring the leaders' hours and skills to their fixed point under a steady pressure."""
        for _ in range(SETTLED_AFTER):
            before = np.concatenate([leaders.attention, leaders.spare, leaders.skill], axis=1)
            for post in range(self.structure.n):
                self.attend(leaders, post, pressure, cooperation, settles=True)
            if self.switches.learning:
                leaders.skill = settled_skill(self.people, leaders.potential, self.practice(leaders))
            if np.abs(np.concatenate([leaders.attention, leaders.spare, leaders.skill], axis=1) - before).max() < 1e-10:
                return

    def practice(self, leaders: Leaders) -> Floats:
        """Hours that each leader has in each function against what it needs, 0..1; shape (n_posts, 2)."""
        practised = np.zeros_like(leaders.skill)
        for function in range(len(FUNCTIONS)):
            here = (function == attending.FUNCTION_OF) & (self.needs > 0.0)
            needed = self.needs[here].sum()
            if needed > 0.0:
                practised[:, function] = np.minimum(leaders.attention[:, here].sum(axis=1) / needed, 1.0)
        return practised

    def cooperation_target(self, leaders: Leaders, pressure: float, conflict_above_usual: float = 0.0) -> float:
        """C that the leaders of the two functions move to; 1 for one mind, where switched off or clamped."""
        clamp = self.switches.clamp.cooperation
        if clamp is not None:
            return clamp
        if not self.structure.has_two_leaders or not self.switches.cooperation:
            return 1.0
        sales, marketing = self.structure.leader_of
        gap = abs(leaders.skill[sales, SALES] - leaders.skill[marketing, MARKETING])
        return interface.cooperation_target(
            self.people, self.config.pathways, self.practices, gap, pressure, conflict_above_usual
        )

    def view(self, post: int, now: Situation, is_on: bool) -> View:
        """Whose judgement counts in a decision of one post; the board's alone where the channel is off.

        While a post is vacant its superior decides, and its peer has nobody to agree with.
        """
        board = self.config.company.board_horizon_quarters
        if not is_on:
            return View(board, board, 1.0)
        superior = self.structure.superior[post]
        peer = self.structure.peer_of(post) if self.switches.peer_mixing else NOBODY
        return View(
            own=float(now.horizon[post]),
            superior=board if superior == NOBODY else float(now.horizon[superior]),
            mandate=self._mandate(post) * float(now.presence[post]),
            peer=None if peer == NOBODY else float(now.horizon[peer]),
            cooperation=0.0 if peer == NOBODY else now.cooperation * float(now.presence[peer]),
        )

    def _mandate(self, post: int) -> float:
        return self.structure.posts[post].mandate if self.switches.mandate else 1.0

    def horizons(self, leaders: Leaders, pressure: float) -> Floats:
        """Effective planning horizons of all leaders, quarters, shape (n_posts,)."""
        clamp = self.switches.clamp.horizon_quarters
        if clamp is not None:
            return np.full(self.structure.n, clamp)
        slope = self.people.pressure_slope
        return np.array([effective_horizon(h, pressure, slope) for h in leaders.horizon])

    def _hours(self, leaders: Leaders, post: int) -> float:
        contracted = self.structure.posts[post].hours_per_week
        factor = 1.0
        if self.switches.leader_strain:
            factor = float(leader_hours_factor(self.people, leaders.exhaustion[post]))
        return max(contracted * factor - self._lost_hours(leaders, post), 0.0)

    def _lost_hours(self, leaders: Leaders, number: int) -> float:
        post = self.structure.posts[number]
        lost = 0.0
        if self.structure.functions[number]:
            lost += leader_hours_per_week(self.config.pathways, self.practices)
        if self.structure.peer_of(number) != NOBODY and self.switches.leader_meetings:
            lost += self.people.leader_meeting_hours
        if self.switches.switching_loss:
            rest = max(self.people.leader_hours_per_week - post.hours_per_week, 0.0)
            elsewhere = [rest / max(post.other_domains, 1)] * post.other_domains
            led = leaders.attention[number]
            inside = [led[f == attending.FUNCTION_OF].sum() + leaders.spare[number, f] for f in range(len(FUNCTIONS))]
            week = np.array([*inside, *elsewhere])
            lost += attending.switching_hours(post.hours_per_week, week, self.people.switching_loss)
        return lost

    def _target(self, skill: Floats, columns: npt.NDArray[np.int64], values: Floats, hours: float) -> Floats:
        if not self.switches.attention_scarcity:
            return self.needs[columns].copy()
        competence = skill[attending.FUNCTION_OF[columns]]
        weights = values * competence**self.people.attention_competence_weight
        needs = self.needs[columns]
        share = self.switches.clamp.attention_marketing_share
        is_marketing = attending.FUNCTION_OF[columns] == MARKETING
        if share is None or is_marketing.all() or not is_marketing.any():
            return attending.capped_luce(needs, weights, hours)
        total = min(hours, float(needs.sum()))
        target = np.empty_like(needs)
        for part, part_hours in ((is_marketing, share * total), (~is_marketing, (1.0 - share) * total)):
            target[part] = attending.capped_luce(needs[part], weights[part], part_hours)
        return target

    def _values(self, columns: npt.NDArray[np.int64], view: View) -> Floats:
        order, board = self.people.kernel_order, self.config.company.board_horizon_quarters
        lags = self.lags[columns]
        is_fixed = attending.IS_DEVELOPMENT[columns] & (not self.switches.horizon_development)

        def weights_of(horizon: float) -> Floats:
            return np.where(is_fixed, payoff_weight(lags, board, order), payoff_weight(lags, horizon, order))

        return self.judgement.values(self.elasticities[columns], weights_of, view)

    def _quality(self, leaders: Leaders, effect: Floats) -> tuple[Floats, Floats]:
        """Coverage and leadership quality of each activity, shapes (9,); team leads' part included."""
        leader = np.array(self.structure.leader_of)[attending.FUNCTION_OF]
        columns = np.arange(attending.N_ACTIVITIES)
        covered = attending.coverage(leaders.attention[leader, columns], self.needs) * effect[leader]
        quality = leaders.skill[leader, attending.FUNCTION_OF] * covered
        whole = self.needs + self.lead_needs
        blended = self.needs * quality + self.lead_needs * self.people.team_lead_quality
        is_led = np.array(self.structure.is_staffed)[attending.FUNCTION_OF]
        covered = np.where(is_led, covered, 0.0)
        return covered, np.where(is_led, np.divide(blended, whole, out=quality.copy(), where=whole > 0.0), 0.0)

    def _programme_values(self, now: Situation) -> Floats:
        view = self.view(self.structure.leader_of[MARKETING], now, self.switches.horizon_budget)
        return self._values(attending.PROGRAMME_COLUMNS, view)

    def _programme_value(self, now: Situation) -> float:
        """Share of programmes in the worth of programmes and selling, half each owner's judgement."""
        columns = np.concatenate([SELLING_COLUMNS, attending.PROGRAMME_COLUMNS])
        shares = []
        for function in (SALES, MARKETING):
            owner = self.structure.leader_of[function]
            view = self.view(owner, now, self.switches.horizon_reallocation)
            shares.append(self._values(columns, view)[len(SELLING_COLUMNS) :].sum())
        return float(shares[SALES] + 0.5 * (shares[MARKETING] - shares[SALES]))

    def _discount_cap(self, now: Situation) -> float:
        company = self.config.company
        view = self.view(self.structure.leader_of[SALES], now, self.switches.horizon_discount)
        late, soon = self.judgement.weights([LAG_LATE, LAG_SOON], view)
        # slope (1 - p) is minus the price elasticity at the stated win rate
        slope = -self.config.market.price_elasticity / (1.0 - company.win_rate)
        return decisions.discount_cap(
            company.gross_margin,
            self.people.discount_later_cost,
            float(late),
            float(soon),
            slope,
            company.win_rate,
        )

    def _bars(self, now: Situation, omega: float) -> dict[str, float]:
        view = self.view(self.structure.leader_of[MARKETING], now, self.switches.horizon_lead_bar)
        soon, win, later = self.judgement.weights([LAG_SOON, LAG_WIN, LAG_NURTURE], view)
        people = self.people
        credit = people.volume_credit_usd * people.volume_weight * (1.0 - self.practices.shared_kpis)
        cost = decisions.passed_lead_cost_usd(self.config.company, people)
        return {
            "lead_bar": decisions.lead_bar(omega, cost, credit, self.margin_usd, float(soon), float(win)),
            "nurture_bar": decisions.nurture_bar(self.config.market.nurture_cost_usd, self.margin_usd, float(later)),
        }

    def _internalisation(self, function: int, now: Situation) -> float:
        clamp = self.switches.clamp.internalisation
        if clamp is not None:
            return clamp
        if not self.switches.internalisation:
            return 1.0
        post = self.structure.leader_of[function]
        superior = self.structure.superior[post]
        return interface.internalisation(
            leads_both=not self.structure.has_two_leaders,
            mandate=self._mandate(post) * float(now.presence[post]),
            cooperation=now.cooperation,
            shared_kpis=self.practices.shared_kpis,
            superior_answers_for_both=self.structure.answers_for_both(superior),
        )

    def _cross_domain(self, leaders: Leaders, effect: Floats) -> float:
        """Cross-domain skill at work, 0..1: the mean over the functions' leaders."""
        return float((leaders.cross_domain * effect)[list(self.structure.leader_of)].mean())
