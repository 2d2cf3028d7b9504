"""One quarter's planning: what each leader sees, weighs and decides (`model.md`, section 2)."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.org import attention as attending
from sim.org import decisions, weeks
from sim.org.judging import Judges
from sim.org.leaders import LONG_THERE, Leaders, leaving_per_year
from sim.org.learning import lived_skill, mean_skill
from sim.org.plan import Allotment, Floats, Ints, Plan, Situation
from sim.org.posts import holders_of
from sim.org.practices import leader_hours_per_week
from sim.org.strain import leader_hours_factor
from sim.org.structure import MARKETING, SALES
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER

__all__ = ["Plan", "Planner"]

SETTLED_AFTER = 60  # rounds of planning; far beyond what the slowest adjustment needs


class Planner(Judges):
    """Plans quarters for one structure: hours by what activities are worth, and the decisions by formula."""

    def attend(self, leaders: Leaders, posts: Ints, pressure: float, cooperation: float, settles: bool = False) -> None:
        """Leaders plan a quarter's hours: attention half-way to its target (all the way if it `settles`)."""
        competence = leaders.skill**self.people.attention_competence_weight
        weeks.plan_weeks(posts, settles, competence, *self._rested_on(leaders, pressure, cooperation))

    def allotted(self, leaders: Leaders, post: int, pressure: float, cooperation: float) -> Allotment:
        """How one leader would allot the quarter's hours, and why; changes nothing."""
        week, heard, values = weeks.explained(post, *self._rested_on(leaders, pressure, cooperation))
        after, settled = copy.deepcopy(leaders), copy.deepcopy(leaders)
        self.attend(after, np.array([post]), pressure, cooperation)
        self.attend(settled, np.array([post]), pressure, cooperation, settles=True)
        return Allotment(
            week=week,
            view=self.view_of(post, heard),
            values=values,
            target=settled.attention[post],
            before=leaders.attention[post].copy(),
            given=after.attention[post],
            spare=after.spare[post],
        )

    def _rested_on(self, leaders: Leaders, pressure: float, cooperation: float) -> tuple[Any, ...]:
        """What leaders' weeks hang on, as compiled code takes it."""
        r, factors = self.remits, np.ones(self.structure.n)
        if self.switches.leader_strain:
            factors = leader_hours_factor(self.people, leaders.exhaustion)
        holders = holders_of(self.horizons(leaders, pressure), leaders.presence())
        hours = weeks.Hours(leaders.attention, leaders.spare, leaders.hours)
        practices = leader_hours_per_week(self.config.pathways, self.practices)
        return r.posts, r.activities, r.rules, holders, cooperation, hours, factors, practices

    def decided(self, leaders: Leaders, pressure: float, cooperation: float) -> Plan:
        """Everything decided for a quarter in which the leaders spend their hours as they do; changes nothing."""
        now = self.situation(leaders, pressure, cooperation)
        presence, effect, remits = now.presence, leaders.effect(self.people), self.remits
        coverage, quality = attending.led(
            remits.activities, leaders.attention, leaders.skill, effect, float(self.people.team_lead_quality)
        )
        judged = self.judged(now)
        sales, marketing = judged.worths.tolist()
        omega = (self.internalisation(SALES, now), self.internalisation(MARKETING, now))
        lead, nurture = self.bar_terms(judged, omega[MARKETING])
        return Plan(
            horizon=now.horizon,
            hours=leaders.hours.copy(),
            effect=effect,
            attention=leaders.attention * presence[:, None],
            spare=leaders.spare * effect[:, None],
            quality=quality,
            coverage=coverage,
            needs=remits.needs,
            budget_shares=judged.budget_shares[attending.PROGRAMME_COLUMNS],
            programme_value=sales + 0.5 * (marketing - sales),
            discount_cap=decisions.discount_cap(*self.discount_terms(judged)),
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
            self.attend(leaders, self.everybody, pressure, cooperation, settles=True)
            if self.switches.learning:
                leaders.skill = self._practised(leaders, start)
            if np.abs(np.concatenate([leaders.attention, leaders.spare, leaders.skill], axis=1) - before).max() < 1e-10:
                return

    def settle_weeks(self, leaders: Leaders, posts: Sequence[int], pressure: float, cooperation: float) -> None:
        """Bring the hours of these posts to their fixed point, as of somebody who plans the week from scratch."""
        for _ in range(SETTLED_AFTER):
            before = leaders.attention.copy()
            self.attend(leaders, np.array(posts, dtype=np.int64), pressure, cooperation, settles=True)
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
        return attending.practice(self.remits.needs, leaders.attention)

    def cross_domain(self, leaders: Leaders, effect: Floats) -> float:
        """Cross-domain skill at work, 0..1: the mean over the functions' leaders."""
        sales, marketing = self.structure.leader_of
        at_work = (leaders.cross_domain * effect).tolist()
        return 0.5 * (at_work[sales] + at_work[marketing])
