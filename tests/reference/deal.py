"""A case as a deal: the opportunity is worked on, and the buyer decides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.market.rules import logistic, lognormal
from sim.periods import WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import uniform
from tests.reference.constants import (
    CUSTOMER,
    MARKETING,
    MAX_CYCLE_WEEKS,
    MOST_DELAY,
    OPPORTUNITY,
    OUTSIDE,
    PULL_FORWARD_WEEKS,
    SHORTEST_DEAL_WEEKS,
    rule,
)

if TYPE_CHECKING:
    from tests.reference.salesperson import Salesperson


class Deal:
    """The part of a case's life in which it is an opportunity: selling and decision."""

    __slots__ = ()

    # ---- 6. selling

    @rule
    def begin_opportunity(self, week: int) -> None:
        """An opportunity opens: the hours that it needs, and the pace at which the buyer takes them in."""
        account, market, settings = self.account, self.market, self.market.settings
        # Bigger deals need more of both; the mean deal needs the stated hours.
        size = math.exp(settings.size_exponent * self.log_value()) / market.constants.size_norm
        sigma = settings.effort_sigma
        log_hours = math.log(market.company.hours_per_opportunity * size) - 0.5 * sigma**2
        self.effort = lognormal(log_hours, sigma, uniform(market.luck.effort, account.number, self.case))
        draw = uniform(market.luck.pace, account.number, self.case)
        weeks = size * lognormal(market.anchors.pace_location, settings.cycle_sigma, draw)
        self.work_left = self.effort
        self.pace = self.effort / max(weeks, SHORTEST_DEAL_WEEKS)
        account.stage = OPPORTUNITY
        self.stage_week = week

    @rule
    def be_worked_on(self, week: int, hours: float, seat: Salesperson) -> None:
        """Hours go into the deal; when they were enough the buyer decides, late in a quarter a little earlier."""
        self.work_left -= hours
        weeks_left = self.work_left / self.pace
        is_pulled_forward = self.market.is_late and seat.booked_usd < seat.quota_usd
        if weeks_left < 1e-9 or (is_pulled_forward and weeks_left <= PULL_FORWARD_WEEKS):
            self.decide(week, seat)

    @rule
    def grow_old(self, week: int) -> None:
        """An opportunity of two years is lost to no decision."""
        if week - self.stage_week >= MAX_CYCLE_WEEKS:
            self.market.flows.decided += 1
            self.market.flows.lost_decision += 1
            self.close(OUTSIDE)

    def log_value(self) -> float:
        """Value of the deal, ln against the median account's."""
        return self.market.company.deal_value_sigma * self.account.value_score

    # ---- 7. decision

    @rule
    def decide(self, week: int, seat: Salesperson) -> None:
        """The buyer decides, at a discount that stays in memory."""
        account, market, settings, flows = self.account, self.market, self.market.settings, self.market.flows
        weeks = week - self.stage_week + 1
        given = self.discount_given(seat)
        expected = account.discount_in_mind(week)
        chance = logistic(self.win_log_odds(weeks, given - expected, seat))
        list_usd = math.exp(market.anchors.value_location + self.log_value())
        price = list_usd * (1.0 - given)
        flows.decided += 1
        flows.expected_wins += chance
        flows.expected_bookings_usd += chance * price
        flows.expected_log_cycle += chance * math.log(weeks)
        account.favourability = max(account.favourability * (1.0 - settings.discount_brand_cost * given), 0.0)
        account.expected_discount = expected + settings.reference_price_persistence * max(given - expected, 0.0)
        account.discount_week = week
        if uniform(market.luck.won, account.number, self.case) < chance:
            flows.discount_usd += list_usd - price
            flows.discount_sum += given
            self.win(week, price, seat)
        else:
            flows.lost_decision += 1
            self.close(OUTSIDE)

    def discount_given(self, seat: Salesperson) -> float:
        """Share off list: the habit, and late in a quarter up to the cap as far as the quota is missed."""
        policy, shortfall = self.market.policy, 0.0
        if self.market.is_late and seat.quota_usd > 0.0:
            shortfall = min(max(1.0 - seat.booked_usd / seat.quota_usd, 0.0), 1.0)
        return policy.discount_cap * (policy.discount_habit + (1.0 - policy.discount_habit) * shortfall)

    def win_log_odds(self, weeks: int, gain: float, seat: Salesperson) -> float:
        """Log odds of winning; `gain` is the discount beyond the one expected."""
        account, market, settings = self.account, self.market, self.market.settings
        own_weeks = max(self.effort / self.pace, 1.0)
        delay = min(max(weeks / own_weeks - 1.0, 0.0), MOST_DELAY)
        return (
            market.anchors.win_location
            + settings.fit_slope * account.fit
            + settings.value_slope * self.log_value()
            + settings.favourability_slope * account.favourability
            + market.constants.list_slope * account.awareness * account.favourability
            + seat.win_skill
            + market.policy.support
            + settings.consistency_slope * market.policy.consistency
            + market.constants.price_slope * gain
            - settings.delay_slope * delay
            - settings.rivals_strength
        )

    def win(self, week: int, price: float, seat: Salesperson) -> None:
        """A contract is signed: the seat books it, sources are credited, the account is a customer."""
        account, market, flows = self.account, self.market, self.market.flows
        weeks = week - self.stage_week + 1
        flows.won += 1
        flows.late_won += market.is_late
        flows.bookings_usd += price
        flows.cycle_weeks += weeks
        flows.log_cycle += math.log(weeks)
        seat.booked_usd += price
        self.credit_sources(price)
        if self.mql_week >= 0 and week - self.mql_week < WEEKS_PER_YEAR:
            cohort = self.mql_week // WEEKS_PER_QUARTER
            if cohort < len(market.cohort_wins):
                market.cohort_wins[cohort] += 1
        account.contract_usd = price
        account.renewal_week = week + WEEKS_PER_YEAR
        account.overpromise = 1.0 - market.policy.consistency
        account.market_until = week
        self.close(CUSTOMER)

    def credit_sources(self, price: float) -> None:
        """Bookings credited to marketing under three rules, as they truly were and as the company records them."""
        account, flows = self.account, self.market.flows
        touches = account.marketing_touches + account.sales_touches
        first = price if account.first_touch == MARKETING else 0.0
        last = price if account.last_touch == MARKETING else 0.0
        shared = price * account.marketing_touches / touches if touches else 0.0
        flows.first_marketing_usd += first
        flows.last_marketing_usd += last
        flows.shared_marketing_usd += shared
        # Where data are not joined an account's marketing touches are missing, and sales has it all.
        if uniform(self.market.luck.recorded, account.number, account.episode) < self.market.policy.logged_share:
            flows.recorded_first_usd += first
            flows.recorded_last_usd += last
            flows.recorded_shared_usd += shared
