"""A case as a lead: the hand raised is scored, the MQL is called or forgotten."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.market.rules import logistic, lognormal
from sim.periods import HOURS_PER_WEEK
from sim.randomness import normal, uniform
from tests.reference.constants import BUSIEST, MARKETING, MQL, NO_SEAT, OUTSIDE, rule

if TYPE_CHECKING:
    from tests.reference.salesperson import Salesperson


class Lead:
    """The part of a case's life in which it is a lead: qualification and follow-up."""

    __slots__ = ()

    # ---- 4. qualification

    @rule
    def raise_hand(self, week: int, is_ready: bool) -> None:
        """An inquiry is scored: above the bar it is an MQL, below it nurtured or dropped."""
        policy, flows = self.market.policy, self.market.flows
        flows.created += 1
        if is_ready:
            flows.created_ready += 1
        else:
            flows.created_junk += 1
        self.account.touch(MARKETING)
        self.score = self.estimated_chance(is_ready)
        if self.score >= policy.bar:
            self.become_mql(week, is_ready)
        elif self.score >= policy.nurture_bar:
            self.go_into_nurture(week)
        else:
            flows.disqualified += 1
            self.close(OUTSIDE)

    def estimated_chance(self, is_ready: bool) -> float:
        """Marketing's estimate of the chance to win: fit and readiness, seen through noise."""
        market, settings = self.market, self.market.settings
        draw = normal(uniform(market.luck.score_noise, self.account.number, self.case))
        signal = market.anchors.score_location + settings.fit_slope * self.account.fit
        signal += market.policy.score_noise * draw
        return logistic(signal if is_ready else signal - settings.junk_gap)

    def become_mql(self, week: int, is_ready: bool) -> None:
        """The lead is passed to an owner, who means to call it or not, sooner or later."""
        account, market = self.account, self.market
        market.flows.mqls += 1
        account.stage = MQL
        self.stage_week = week
        self.mql_week = week
        # The owner of an account out of market, if there is one, is of a spell long past.
        if not is_ready or not market.is_filled(account.owner):
            account.owner = market.territory(account)
        self.author = market.author_of(account)
        if account.owner == NO_SEAT:
            self.response_hours = self.hours_until_called(load=1.0)
            self.will_be_called = True
            return
        seat = market.salespeople[account.owner]
        seat.passed[self.author] += 1
        self.response_hours = self.hours_until_called(seat.load)
        draw = uniform(market.luck.followed_up, account.number, self.case)
        self.will_be_called = draw < seat.follow_up[self.author]

    def hours_until_called(self, load: float) -> float:
        """Hours until the owner would call: a lognormal whose median grows with the owner's load as in a queue."""
        market, settings = self.market, self.market.settings
        busy = min(load, BUSIEST)
        median = settings.response_median_hours * market.policy.response_factor * busy / (1.0 - busy)
        draw = uniform(market.luck.response_time, self.account.number, self.case)
        return lognormal(math.log(median + 1e-9), settings.response_sigma, draw)

    def go_into_nurture(self, week: int) -> None:
        """The lead is written to for a while and inquires more readily."""
        self.account.nurture_until = week + self.market.settings.nurture_weeks
        self.market.flows.nurtured += 1
        self.close(OUTSIDE)

    # ---- 5. follow-up

    @rule
    def call(self, week: int, seat: Salesperson) -> None:
        """The owner calls an MQL: an opportunity, nurture, or disqualified as junk."""
        account, market, flows = self.account, self.market, self.market.flows
        is_ready = week < account.market_until
        seat.called[self.author] += 1
        flows.contacted += 1
        flows.response_hours += self.response_hours
        account.sales_touches += 1  # but its last touch stays the one that opened the case
        account.become_aware()
        chance = self.acceptance_chance(is_ready)
        flows.expected_accepted += chance
        if uniform(market.luck.accepted, account.number, self.case) < chance:
            flows.accepted += 1
            seat.real[self.author] += 1
            draw = uniform(market.luck.becomes_opportunity, account.number, self.case)
            if draw < market.constants.opportunity_share:
                flows.opportunities_marketing += 1
                self.begin_opportunity(week)
            else:
                self.go_into_nurture(week)
        elif is_ready:
            self.go_into_nurture(week)
        else:
            flows.disqualified += 1
            flows.junk_hours += market.company.hours_per_mql
            seat.junk_hours += market.company.hours_per_mql
            self.close(OUTSIDE)

    def acceptance_chance(self, is_ready: bool) -> float:
        """Chance that a called MQL is accepted: odds fall as (1 + hours)^-decay."""
        settings = self.market.settings
        odds = math.exp(self.market.anchors.accept_location + settings.fit_slope * self.account.fit)
        odds *= (1.0 + self.response_hours) ** -settings.follow_up_decay
        if not is_ready:
            odds *= settings.junk_accept_ratio
        return odds / (1.0 + odds)

    def is_due(self, week: int) -> bool:
        """Whether the owner means to call the MQL and would have come to it by the end of this week."""
        return self.will_be_called and self.response_hours < (week - self.stage_week + 1) * HOURS_PER_WEEK

    @rule
    def wait_a_week(self) -> None:
        """The owner has no time for the call this week."""
        self.response_hours += HOURS_PER_WEEK

    @rule
    def fall_silent(self, week: int) -> None:
        """An MQL that nobody has reached for some weeks is lost."""
        if week - self.stage_week + 1 >= self.market.settings.silence_weeks:
            self.market.flows.lost_silence += 1
            self.close(OUTSIDE)
