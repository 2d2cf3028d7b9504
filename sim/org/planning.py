"""One quarter's planning: what each leader sees, weighs and decides (`model.md`, section 2)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

import numpy as np

from sim.config import FUNCTIONS, PracticesConfig, SimConfig, TodayConfig
from sim.org import attention as attending
from sim.org import decisions, interface
from sim.org.attention import Week
from sim.org.decisions import DiscountTerms, LeadBarTerms, NurtureTerms
from sim.org.horizon import Judgement, View, effective_horizon, payoff_weight
from sim.org.leaders import LONG_THERE, Leaders, leaving_per_year
from sim.org.learning import lived_skill, mean_skill
from sim.org.plan import Allotment, Floats, Ints, Plan, Situation, Views
from sim.org.practices import leader_hours_per_week
from sim.org.strain import leader_hours_factor
from sim.org.structure import MARKETING, NOBODY, SALES, Structure, resolved
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER

__all__ = ["Plan", "Planner"]

SELLING_COLUMNS = np.array([attending.index("deal_support"), attending.index("coaching")])
LAG_SOON, LAG_WIN, LAG_NURTURE, LAG_LATE = 0.5, 2.0, 3.0, 4.0  # quarters
SETTLED_AFTER = 60  # rounds of planning; far beyond what the slowest adjustment needs


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
        allotted = self.allotted(leaders, post, pressure, cooperation, settles)
        leaders.hours[post] = allotted.week.effective
        leaders.attention[post, allotted.columns] = allotted.given
        leaders.spare[post] = allotted.spare

    def allotted(
        self, leaders: Leaders, post: int, pressure: float, cooperation: float, settles: bool = False
    ) -> Allotment:
        """How one leader would allot the quarter's hours, and why; changes nothing."""
        now = Situation(self.horizons(leaders, pressure), np.ones(self.structure.n), cooperation)
        week = self.week(leaders, post)
        hours = week.effective
        columns = np.flatnonzero(self.led[post] & (self.needs > 0.0))
        view = self.view(post, now, self.switches.horizon_attention)
        spare = np.zeros(len(FUNCTIONS))
        if not len(columns):
            nothing = np.zeros(0)
            return Allotment(week, view, columns, nothing, nothing, nothing, nothing, nothing, spare)
        values = self._values(columns, view)
        competence = leaders.skill[post][attending.FUNCTION_OF[columns]]
        weights = values * competence**self.people.attention_competence_weight
        target = self._target(columns, weights, hours)
        before = leaders.attention[post, columns]
        # An empty post changes nothing: whoever comes finds the week as it was left.
        step = self.people.attention_adjustment if leaders.presence()[post] > 0.0 else 0.0
        given = before + (1.0 if settles else step) * (target - before)
        if self.switches.attention_scarcity:
            # Hours may have shrunk since: what is not there can't be given.
            given *= min(1.0, hours / max(given.sum(), 1e-12))
        if self.switches.spare_hours:
            left = max(hours - given.sum(), 0.0)
            for function in self.structure.functions[post]:
                spare[function] = left * values[attending.FUNCTION_OF[columns] == function].sum()
        return Allotment(week, view, columns, values, weights, target, before, given, spare)

    def decided(self, leaders: Leaders, pressure: float, cooperation: float) -> Plan:
        """Everything decided for a quarter in which the leaders spend their hours as they do; changes nothing."""
        now = self.situation(leaders, pressure, cooperation)
        presence, effect = now.presence, leaders.effect(self.people)
        coverage, quality = self._quality(leaders, effect)
        views = self.views(now)
        omega = (self._internalisation(SALES, now), self._internalisation(MARKETING, now))
        lead, nurture = self.bar_terms(views, omega[MARKETING])
        return Plan(
            horizon=now.horizon,
            hours=leaders.hours.copy(),
            effect=effect,
            attention=leaders.attention * presence[:, None],
            spare=leaders.spare * effect[:, None],
            quality=quality,
            coverage=coverage,
            needs=self.needs,
            budget_shares=self._values(attending.PROGRAMME_COLUMNS, views.budget),
            programme_value=self._programme_value(views),
            discount_cap=decisions.discount_cap(*self.discount_terms(views)),
            lead_bar=decisions.lead_bar(*lead),
            nurture_bar=decisions.nurture_bar(*nurture),
            internalisation=omega,
            cooperation=cooperation,
            cross_domain=self.cross_domain(leaders, effect),
        )

    def situation(self, leaders: Leaders, pressure: float, cooperation: float) -> Situation:
        """In what state the leaders decide the coming quarter."""
        return Situation(self.horizons(leaders, pressure), leaders.presence(), cooperation)

    def settle(self, leaders: Leaders, pressure: float, cooperation: float) -> None:
        """Bring the leaders' hours to their fixed point under a steady pressure, their skills to their time there."""
        start = leaders.skill.copy()
        for _ in range(SETTLED_AFTER):
            before = np.concatenate([leaders.attention, leaders.spare, leaders.skill], axis=1)
            for post in range(self.structure.n):
                self.attend(leaders, post, pressure, cooperation, settles=True)
            if self.switches.learning:
                leaders.skill = self._practised(leaders, start)
            if np.abs(np.concatenate([leaders.attention, leaders.spare, leaders.skill], axis=1) - before).max() < 1e-10:
                return

    def settle_weeks(self, leaders: Leaders, posts: Sequence[int], pressure: float, cooperation: float) -> None:
        """Bring the hours of these posts to their fixed point, as of somebody who plans the week from scratch."""
        for _ in range(SETTLED_AFTER):
            before = leaders.attention.copy()
            for post in posts:
                self.attend(leaders, post, pressure, cooperation, settles=True)
            if np.abs(leaders.attention - before).max() < 1e-10:
                return

    def _practised(self, leaders: Leaders, start: Floats) -> Floats:
        """Competence that holders who came with `start` have by now, at their present practice."""
        people, practice = self.people, self.practice(leaders)
        if leaders.steady is not None:
            leaving = 1.0 - np.exp(-leaving_per_year(self.structure, people) / QUARTERS_PER_YEAR)
            return mean_skill(people, start, leaders.potential, practice, leaving[:, None])
        quarters = np.where(leaders.tenure_weeks < LONG_THERE, leaders.tenure_weeks / WEEKS_PER_QUARTER, np.inf)
        return lived_skill(people, start, leaders.potential, practice, quarters[:, None])

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
        terms = self.cooperation_terms(leaders, pressure, conflict_above_usual)
        return 1.0 if terms is None else terms.target

    def cooperation_terms(
        self, leaders: Leaders, pressure: float, conflict_above_usual: float = 0.0
    ) -> interface.CooperationTerms | None:
        """What that C is made of; None for one mind and where switched off."""
        if not self.structure.has_two_leaders or not self.switches.cooperation:
            return None
        sales, marketing = self.structure.leader_of
        gap = abs(leaders.skill[sales, SALES] - leaders.skill[marketing, MARKETING])
        return interface.cooperation_terms(
            self.people, self.config.pathways, self.practices, gap, pressure, conflict_above_usual
        )

    def views(self, now: Situation) -> Views:
        """Whose judgement counts in each decision by formula."""
        (sales, marketing), switches = self.structure.leader_of, self.switches
        return Views(
            budget=self.view(marketing, now, switches.horizon_budget),
            discount=self.view(sales, now, switches.horizon_discount),
            lead_bar=self.view(marketing, now, switches.horizon_lead_bar),
            split=(
                self.view(sales, now, switches.horizon_reallocation),
                self.view(marketing, now, switches.horizon_reallocation),
            ),
        )

    def view(self, post: int, now: Situation, is_on: bool) -> View:
        """Whose judgement counts in a decision of one post; the board's alone where the channel is off.

        While a post is vacant its superior decides, and its peer has nobody to agree with; who has nobody above
        for the time being decides alone.
        """
        board = self.config.company.board_horizon_quarters
        if not is_on:
            return View(board, board, 1.0)
        superior = self.structure.superior[post]
        peer = self.structure.peer_of(post) if self.switches.peer_mixing else NOBODY
        there = 1.0 if superior == NOBODY else float(now.presence[superior])
        return View(
            own=float(now.horizon[post]),
            superior=board if superior == NOBODY else float(now.horizon[superior]),
            mandate=1.0 - (1.0 - self.mandate(post) * float(now.presence[post])) * there,
            peer=None if peer == NOBODY else float(now.horizon[peer]),
            cooperation=0.0 if peer == NOBODY else now.cooperation * float(now.presence[peer]),
        )

    def mandate(self, post: int) -> float:
        """Weight of a post's own judgement against its superior's."""
        return self.structure.posts[post].mandate if self.switches.mandate else 1.0

    def horizons(self, leaders: Leaders, pressure: float) -> Floats:
        """Effective planning horizons of all leaders, quarters, shape (n_posts,)."""
        clamp = self.switches.clamp.horizon_quarters
        if clamp is not None:
            return np.full(self.structure.n, clamp)
        slope = self.people.pressure_slope
        return np.array([effective_horizon(h, pressure, slope) for h in leaders.horizon])

    def week(self, leaders: Leaders, number: int) -> Week:
        """The hours of one leader in the coming quarter, and what takes of them."""
        post = self.structure.posts[number]
        leads, has_peer = bool(self.structure.functions[number]), self.structure.peer_of(number) != NOBODY
        practices = leader_hours_per_week(self.config.pathways, self.practices) if leads else 0.0
        meetings = self.people.leader_meeting_hours if has_peer and self.switches.leader_meetings else 0.0
        factor, switching = 1.0, 0.0
        if self.switches.leader_strain:
            factor = float(leader_hours_factor(self.people, leaders.exhaustion[number]))
        if self.switches.switching_loss:
            rest = max(self.people.leader_hours_per_week - post.hours_per_week, 0.0)
            elsewhere = [rest / max(post.other_domains, 1)] * post.other_domains
            led = leaders.attention[number]
            given = [led[f == attending.FUNCTION_OF].sum() + leaders.spare[number, f] for f in range(len(FUNCTIONS))]
            # Lost hours are worked too: left out, they would make the week look more split and lose still more.
            inside = post.hours_per_week * np.array(given) / max(sum(given), 1e-12)
            domains = np.array([*inside, *elsewhere])
            switching = attending.switching_hours(post.hours_per_week, domains, self.people.switching_loss)
        return Week(post.hours_per_week, factor, practices, meetings, switching)

    def _target(self, columns: Ints, weights: Floats, hours: float) -> Floats:
        if not self.switches.attention_scarcity:
            return self.needs[columns].copy()
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

    def _values(self, columns: Ints, view: View) -> Floats:
        return self.judgement.values(self.elasticities[columns], self.weights_of(columns), view)

    def opinions(self, columns: Ints, view: View) -> tuple[Floats, Floats, Floats]:
        """Values of activities as the decider, its superior and its peer see them, before they are mixed."""
        return self.judgement.opinions(self.elasticities[columns], self.weights_of(columns), view)

    def weights_of(self, columns: Ints) -> Callable[[float], Floats]:
        """Payoff weights of activities by the judge's horizon: coaching, people and experiments may be the board's."""
        order, board = self.people.kernel_order, self.config.company.board_horizon_quarters
        lags = self.lags[columns]
        is_fixed = attending.IS_DEVELOPMENT[columns] & (not self.switches.horizon_development)

        def weights_of(horizon: float) -> Floats:
            return np.where(is_fixed, payoff_weight(lags, board, order), payoff_weight(lags, horizon, order))

        return weights_of

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

    def programme_worths(self, views: Views) -> tuple[float, float]:
        """Share of programmes in the worth of programmes and selling, as each of the two owners judges."""
        columns = np.concatenate([SELLING_COLUMNS, attending.PROGRAMME_COLUMNS])
        sales, marketing = (float(self._values(columns, view)[len(SELLING_COLUMNS) :].sum()) for view in views.split)
        return sales, marketing

    def _programme_value(self, views: Views) -> float:
        """The same, half each owner's judgement."""
        sales, marketing = self.programme_worths(views)
        return sales + 0.5 * (marketing - sales)

    def discount_terms(self, views: Views) -> DiscountTerms:
        """What the discount cap rests on."""
        company = self.config.company
        late, soon = self.judgement.weights([LAG_LATE, LAG_SOON], views.discount)
        # slope (1 - p) is minus the price elasticity at the stated win rate
        slope = -self.config.market.price_elasticity / (1.0 - company.win_rate)
        return DiscountTerms(
            gross_margin=company.gross_margin,
            later_cost=self.people.discount_later_cost,
            weight_late=float(late),
            weight_soon=float(soon),
            price_slope=slope,
            win_rate=company.win_rate,
        )

    def bar_terms(self, views: Views, internalised: float) -> tuple[LeadBarTerms, NurtureTerms]:
        """What the bars for a qualified lead and for nurturing rest on; `internalised` is marketing's omega."""
        people = self.people
        soon, win, later = self.judgement.weights([LAG_SOON, LAG_WIN, LAG_NURTURE], views.lead_bar)
        lead = LeadBarTerms(
            internalised=internalised,
            hours_cost_usd=decisions.passed_lead_cost_usd(self.config.company, people),
            credit_usd=people.volume_credit_usd * people.volume_weight * (1.0 - self.practices.shared_kpis),
            margin_usd=self.margin_usd,
            weight_soon=float(soon),
            weight_win=float(win),
        )
        return lead, NurtureTerms(self.config.market.nurture_cost_usd, self.margin_usd, float(later))

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
            mandate=self.mandate(post) * float(now.presence[post]),
            cooperation=now.cooperation,
            shared_kpis=self.practices.shared_kpis,
            superior_answers_for_both=self.structure.answers_for_both(superior),
        )

    def cross_domain(self, leaders: Leaders, effect: Floats) -> float:
        """Cross-domain skill at work, 0..1: the mean over the functions' leaders."""
        return float((leaders.cross_domain * effect)[list(self.structure.leader_of)].mean())
