"""One account as one agent: what happens to it in a week, in the order in which it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.market.rules import logistic, lognormal
from sim.periods import WEEKS_PER_YEAR
from sim.randomness import exponential, uniform
from tests.reference.constants import (
    CASES_PER_EPISODE,
    CUSTOMER,
    LONGEST_SPELL_WEEKS,
    MARKETING,
    MQL,
    NO_SEAT,
    NOBODY,
    OPPORTUNITY,
    OUTSIDE,
    SALES,
    rule,
)

if TYPE_CHECKING:
    from tests.reference.case import Case
    from tests.reference.market import PlainMarket


class Account(mesa.Agent):
    """A company that could buy. Weeks are absolute; a hazard uses up its Exp(1) threshold (`..._left`)."""

    VARIABLES = (
        "awareness",  # 0..1
        "favourability",  # 0..1
        "entry_left",
        "idle_left",
        "inquiry_left",
        "found_left",
        "market_until",  # in market before this week
        "nurture_until",  # nurtured before this week
        "stage",
        "owner",  # number of the salesperson's seat, -1 if none
        "episode",  # spells in market so far, by the calendar
        "attempts",  # cases within the episode
        "first_touch",
        "last_touch",
        "marketing_touches",
        "sales_touches",
        "fit",  # SD
        "value_score",  # SD of ln value
        "expected_discount",  # share off list that is remembered
        "discount_week",  # when it was set
        "overpromise",  # 1 - consistency of the message at signature
        "idle_responses",
        "contract_year",  # renewals decided so far
        "contract_usd",  # a year
        "renewal_week",
    )
    __slots__ = ("case", "number", *VARIABLES)

    model: PlainMarket
    case: Case | None  # with sales now

    def __init__(self, market: PlainMarket, number: int, state: dict[str, float]) -> None:
        super().__init__(market)
        self.number = number
        for name in self.VARIABLES:
            setattr(self, name, state[name])
        self.case = None
        if self.stage in (MQL, OPPORTUNITY):
            self.open_case(state["case"]).take_up(state)

    def live(self, week: int) -> None:
        """One week: the brand and the calendar for every account, the rest by where it stands."""
        is_noticed = self.notices(week)
        self.feel_brand(is_noticed)
        self.enter_market(week)
        if self.stage == OUTSIDE:
            if week >= self.market_until:
                self.respond_idly(week)
                return
            if is_noticed:
                self.touch(MARKETING)
            self.inquire(week)
        elif self.stage == CUSTOMER:
            self.model.revenue_usd += self.contract_usd
            if week >= self.renewal_week:
                self.renew(week)

    # ---- 1. brand

    def notices(self, week: int) -> bool:
        """Whether the account notices the brand this week; customers do by using what they bought."""
        reach = self.model.policy.reach
        if self.stage == CUSTOMER:
            reach = max(reach, self.model.settings.customer_notice_per_week)
        return uniform(self.model.luck.brand_noticed, self.number, week) < reach

    @rule
    def feel_brand(self, is_noticed: bool) -> None:
        """Awareness and favourability fade, and move toward what the brand deserves where it is noticed."""
        policy, settings = self.model.policy, self.model.settings
        resting = settings.indifference
        self.awareness *= policy.keep_awareness
        self.favourability = resting + (self.favourability - resting) * policy.keep_favourability
        if is_noticed:
            self.awareness += settings.awareness_gain * (1.0 - self.awareness)
            self.favourability += settings.favourability_gain * (policy.deserved - self.favourability)

    # ---- 2. market entry

    @rule
    def enter_market(self, week: int) -> None:
        """Spells come by the calendar, whatever the account is doing, so that they are the same in every scenario."""
        self.entry_left -= self.model.policy.entry_hazard
        if self.entry_left > 0.0:
            return
        self.episode += 1
        self.entry_left += exponential(uniform(self.model.luck.enters_market, self.number, self.episode))
        if self.stage == OUTSIDE and week >= self.market_until:
            self.model.flows.spells += 1
            self.begin_spell(week)

    def begin_spell(self, week: int) -> None:
        """A spell in market, short or long, with an empty touch log."""
        constants, settings, luck = self.model.constants, self.model.settings, self.model.luck
        share = uniform(luck.spell_length, self.number, self.episode)
        if uniform(luck.spell_is_slow, self.number, self.episode) < settings.slow_spell_share:
            weeks = lognormal(constants.slow_spell_log_weeks, settings.slow_spell_sigma, share)
        else:
            weeks = lognormal(constants.fast_spell_log_weeks, settings.fast_spell_sigma, share)
        self.market_until = week + 1 + int(min(weeks, LONGEST_SPELL_WEEKS))
        self.attempts = 0
        self.first_touch = NOBODY
        self.last_touch = NOBODY
        self.marketing_touches = 0
        self.sales_touches = 0
        self.owner = self.model.territory(self)
        self.await_next_case()

    # ---- 3. hands raised, accounts found

    @rule
    def inquire(self, week: int) -> None:
        """In market, an account raises its hand when its time has come; until then sales may find it."""
        equity = self.awareness * self.favourability
        hazard = self.inquiry_hazard(week, equity)
        self.model.flows.expected_ready += hazard
        self.inquiry_left -= hazard
        if self.inquiry_left <= 0.0:
            self.open_case(self.next_case()).raise_hand(week, is_ready=True)
        else:
            self.be_found(week, equity)

    def inquiry_hazard(self, week: int, equity: float) -> float:
        """Inquiries a week: partly for the brand, partly for activation, more of a nurtured account."""
        market, settings = self.model, self.model.settings
        boost = settings.nurture_boost if week < self.nurture_until else 1.0
        by_brand = settings.brand_share_of_inquiries
        drive = by_brand * equity / market.anchors.equity + (1.0 - by_brand) * market.activation
        return market.anchors.ready_rate * boost * drive

    @rule
    def be_found(self, week: int, equity: float) -> None:
        """The territory's salesperson finds the account, sooner where the brand is known and liked."""
        market = self.model
        if not market.is_filled(self.owner):
            self.owner = market.territory(self)
        if self.owner == NO_SEAT:
            return
        hazard = market.salespeople[self.owner].found_hazard * (1.0 + market.settings.warm_call_ratio * equity)
        market.flows.expected_found += hazard
        self.found_left -= hazard
        if self.found_left <= 0.0:
            market.flows.created += 1
            market.flows.opportunities_sales += 1
            self.touch(SALES)
            self.become_aware()
            self.open_case(self.next_case()).begin_opportunity(week)

    @rule
    def respond_idly(self, week: int) -> None:
        """Out of market: activation reaches the account all the same, and sometimes it responds (junk)."""
        self.model.n_idle += 1
        self.idle_left -= self.model.idle_hazard
        if self.idle_left <= 0.0:
            self.idle_responses += 1
            self.idle_left = exponential(uniform(self.model.luck.responds_idly, self.number, self.idle_responses))
            self.open_case(self.idle_responses * 2).raise_hand(week, is_ready=False)

    # ---- 8. customers

    @rule
    def renew(self, week: int) -> None:
        """A contract year ends: the customer renews, perhaps for more, or leaves."""
        market, settings, flows = self.model, self.model.settings, self.model.flows
        chance = logistic(
            market.anchors.renewal_location
            + settings.renewal_favourability_slope * self.favourability
            - settings.renewal_promise_slope * self.overpromise
            - settings.renewal_price_slope * self.discount_in_mind(week)
        )
        flows.renewals_due += 1
        flows.expected_renewed += chance
        is_renewed = uniform(market.luck.renewed, self.number, self.contract_year) < chance
        self.contract_year += 1
        if is_renewed:
            growth = market.company.expansion_per_year
            flows.renewed += 1
            flows.expansion_usd += self.contract_usd * growth
            self.contract_usd *= 1.0 + growth
            self.renewal_week = week + WEEKS_PER_YEAR
        else:
            flows.churned_usd += self.contract_usd
            self.contract_usd = 0.0
            self.stage = OUTSIDE
            self.market_until = week

    # ---- what the rules share

    def next_case(self) -> int:
        """Event number of the next case in the present episode: odd, an idle response's is even."""
        return 2 * (self.episode * CASES_PER_EPISODE + min(self.attempts, CASES_PER_EPISODE - 1)) + 1

    def open_case(self, number: int) -> Case:
        """A lead is created."""
        self.case = self.model.Case(self, number)
        return self.case

    def await_next_case(self) -> None:
        """New thresholds for the next inquiry and the next find."""
        luck, case = self.model.luck, self.next_case()
        self.inquiry_left = exponential(uniform(luck.raises_hand, self.number, case))
        self.found_left = exponential(uniform(luck.found_by_sales, self.number, case))

    def touch(self, source: int) -> None:
        """A contact that can open a case goes into the touch log."""
        if self.first_touch == NOBODY:
            self.first_touch = source
        self.last_touch = source
        if source == MARKETING:
            self.marketing_touches += 1
        else:
            self.sales_touches += 1

    def become_aware(self) -> None:
        """Who is spoken to remembers the name."""
        self.awareness += self.model.settings.awareness_gain * (1.0 - self.awareness)

    def discount_in_mind(self, week: int) -> float:
        """Share off list that the account expects: the reference price, which is slowly forgotten."""
        return self.expected_discount * self.model.constants.price_retention ** (week - self.discount_week)
