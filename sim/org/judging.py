"""Whose judgement counts in a decision, how far each looks, what things are worth to them (`model.md`, section 2)."""

from __future__ import annotations

import copy
from typing import Self

import numpy as np

from sim.config import PracticesConfig, SimConfig, TodayConfig
from sim.org import decisions, interface, judgements
from sim.org.decisions import DiscountTerms, LeadBarTerms, NurtureTerms
from sim.org.horizon import Judgement, View, Voices, effective_horizon
from sim.org.judgements import Judged, Views
from sim.org.leaders import Leaders
from sim.org.plan import Floats, Situation
from sim.org.posts import holders_of, voices
from sim.org.remits import remits_of
from sim.org.structure import MARKETING, SALES


class Judges:
    """The leaders of one structure, under practices as they are lived, as judges; holds no state of its own."""

    def __init__(self, config: SimConfig, chosen: TodayConfig) -> None:
        self.config = config
        self.remits = remits_of(config, chosen.org)
        self.structure, self.led = self.remits.structure, self.remits.led
        self.practices = chosen.practices
        self.people = config.people
        self.switches = config.mechanisms
        self.judgement = Judgement(config.people.kernel_order, config.people.mixing == "values")
        self.everybody = np.arange(self.structure.n)
        self.margin_usd = config.company.acv_usd * config.company.gross_margin

    def under(self, practices: PracticesConfig) -> Self:
        """The same planner under practices as they are lived this quarter."""
        other = copy.copy(self)
        other.practices = practices
        return other

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
        """Who is heard in each decision by formula."""
        r = self.remits
        return judgements.views(r.posts, r.leader_of, r.rules, holders_of(now.horizon, now.presence), now.cooperation)

    def judged(self, now: Situation) -> Judged:
        """What the deciders think of programmes, and of what pays late."""
        r, holders = self.remits, holders_of(now.horizon, now.presence)
        return judgements.judged(
            r.funded, r.posts, r.leader_of, r.rules, holders, now.cooperation,
            judgements.IS_PROGRAMME, judgements.IS_FUNDED,
        )  # fmt: skip

    def view(self, post: int, now: Situation) -> View:
        """Whose judgement counts in a decision of one post, but for those left to the board."""
        r, holders = self.remits, holders_of(now.horizon, now.presence)
        return self.view_of(post, voices(r.posts, post, r.rules[0], holders, now.cooperation, False))

    def view_of(self, post: int, heard: Voices) -> View:
        """The view that these voices make."""
        peer = heard.peer if self.remits.posts[post]["is_listened_to"] else None
        return View(heard.own, heard.superior, heard.mandate, peer, heard.cooperation)

    def mandate(self, post: int) -> float:
        """Weight of a post's own judgement against its superior's."""
        return float(self.remits.posts[post]["mandate"])

    def horizons(self, leaders: Leaders, pressure: float) -> Floats:
        """Effective planning horizons of all leaders, quarters, shape (n_posts,)."""
        clamp = self.switches.clamp.horizon_quarters
        if clamp is not None:
            return np.full(self.structure.n, clamp)
        slope = self.people.pressure_slope
        return np.array([effective_horizon(h, pressure, slope) for h in leaders.horizon.tolist()])

    def discount_terms(self, judged: Judged) -> DiscountTerms:
        """What the discount cap rests on."""
        company = self.config.company
        late, soon = judged.discount_weights.tolist()
        # slope (1 - p) is minus the price elasticity at the stated win rate
        slope = -self.config.market.price_elasticity / (1.0 - company.win_rate)
        return DiscountTerms(
            gross_margin=company.gross_margin,
            later_cost=self.people.discount_later_cost,
            weight_late=late,
            weight_soon=soon,
            price_slope=slope,
            win_rate=company.win_rate,
        )

    def bar_terms(self, judged: Judged, internalised: float) -> tuple[LeadBarTerms, NurtureTerms]:
        """What the bars for a qualified lead and for nurturing rest on; `internalised` is marketing's omega."""
        people = self.people
        soon, win, later = judged.lead_weights.tolist()
        lead = LeadBarTerms(
            internalised=internalised,
            hours_cost_usd=decisions.passed_lead_cost_usd(self.config.company, people),
            credit_usd=people.volume_credit_usd * people.volume_weight * (1.0 - self.practices.shared_kpis),
            margin_usd=self.margin_usd,
            weight_soon=soon,
            weight_win=win,
        )
        return lead, NurtureTerms(self.config.market.nurture_cost_usd, self.margin_usd, later)

    def internalisation(self, function: int, now: Situation) -> float:
        """Omega: how far the decider of one function counts the other's costs, 0..1."""
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
