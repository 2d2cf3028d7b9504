"""One quarter's planning: what each leader sees, weighs and decides (`model.md`, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.config import FUNCTIONS
from sim.org import attention as attending
from sim.org import decisions
from sim.org.attention import Week
from sim.org.judging import Judges
from sim.org.leaders import LONG_THERE, Leaders, leaving_per_year
from sim.org.learning import lived_skill, mean_skill
from sim.org.plan import Allotment, Floats, Ints, Plan, Situation
from sim.org.practices import leader_hours_per_week
from sim.org.strain import leader_hours_factor
from sim.org.structure import MARKETING, NOBODY, SALES
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER

__all__ = ["Plan", "Planner"]

ROUNDING = 1e-9  # hours a week: what is left by rounding is no time to spare, small powers of it would be felt
SETTLED_AFTER = 60  # rounds of planning; far beyond what the slowest adjustment needs


class Planner(Judges):
    """Plans quarters for one structure: hours by what activities are worth, and the decisions by formula."""

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
        values = self.values(columns, view)
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
            left = hours - given.sum()
            left = left if left > ROUNDING else 0.0
            for function in self.structure.functions[post]:
                spare[function] = left * values[attending.FUNCTION_OF[columns] == function].sum()
        return Allotment(week, view, columns, values, weights, target, before, given, spare)

    def decided(self, leaders: Leaders, pressure: float, cooperation: float) -> Plan:
        """Everything decided for a quarter in which the leaders spend their hours as they do; changes nothing."""
        now = self.situation(leaders, pressure, cooperation)
        presence, effect = now.presence, leaders.effect(self.people)
        coverage, quality = self._quality(leaders, effect)
        views = self.views(now)
        omega = (self.internalisation(SALES, now), self.internalisation(MARKETING, now))
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
            budget_shares=self.values(attending.PROGRAMME_COLUMNS, views.budget),
            programme_value=self.programme_value(views),
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

    def cross_domain(self, leaders: Leaders, effect: Floats) -> float:
        """Cross-domain skill at work, 0..1: the mean over the functions' leaders."""
        return float((leaders.cross_domain * effect)[list(self.structure.leader_of)].mean())
