"""What is recorded of the market: each week's events, read from the accounts before and after it.

The quarter is run by the model as always; then its weeks are run once more, one by one, on copies of what it started
from. That they end where the model did is a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.compiled import record
from sim.log.leading import seat_name
from sim.log.record import Draw, Kind, Moment, Record, Value
from sim.log.working import policy
from sim.market.case import idle_case
from sim.market.funnel import estimate
from sim.market.laws import Anchors, Laws, Policy, Seats
from sim.market.prospects import Prospects, Source, Stage
from sim.market.rules import accept_chance
from sim.market.week import run_quarter
from sim.model import GoToMarket
from sim.org.structure import MARKETING, SALES
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import Decision, Luck

Mask = npt.NDArray[np.bool_]


def weeks(model: GoToMarket, at: Moment) -> Iterator[Record]:
    """Run the quarter's market and tell its policy, then week by week what happened to whom."""
    accounts, seats = model.prospects.copy(), Seats(*(column.copy() for column in model.seats))
    cohort_wins, first_week = model.cohort_wins.copy(), model.week
    model.market_runs()
    yield from policy(model, at)
    flows = np.zeros_like(model.flows_of_quarter())
    for w in range(WEEKS_PER_QUARTER):
        before = accounts.copy()
        run_quarter(
            accounts, model.market_luck, model.laws, model.anchors, model.policy, seats, flows, cohort_wins,
            first_week, w, w + 1,
        )  # fmt: skip
        moment = Moment(at.quarter, first_week + w)
        yield from Week(moment, before, accounts, model.luck, model.laws, model.anchors, model.policy).records()
        yield moment.of(Kind.ACCOUNTS, "accounts", accounts.copy())


@dataclass(frozen=True)
class Week:
    """Accounts before and after one week, and what the week was run with."""

    at: Moment
    before: Prospects
    after: Prospects
    luck: Luck
    laws: Laws
    anchors: Anchors
    policy: Policy

    def records(self) -> Iterator[Record]:
        """Everything that happened to an account, by kind and then by account."""
        week, before, after = self.at.week, self.before, self.after
        yield from self._of(Kind.NOTICES, self._notices(), Decision.BRAND_NOTICED, np.full(len(after), week))
        is_new_spell = (after.episode != before.episode) & (before.stage == Stage.OUTSIDE)
        enters = is_new_spell & (week >= before.market_until)
        yield from self._of(Kind.ENTERS, enters, Decision.ENTERS_MARKET, before.episode)
        is_idle = after.idle_responses != before.idle_responses
        # The week after it was closed a case is forgotten, and its number is 0.
        opened = is_idle | ((after.case != before.case) & (after.case != 0))
        found = opened & ~is_idle & (after.last_touch == Source.SALES)
        # Thresholds are drawn when a case is awaited, under the number that it has then: this one, but for the few
        # accounts that reach another spell while they are still in market.
        yield from self._of(Kind.INQUIRES, opened & ~is_idle & ~found, Decision.RAISES_HAND, after.case)
        yield from self._of(Kind.RESPONDS_IDLY, is_idle, Decision.RESPONDS_IDLY, before.idle_responses)
        yield from self._of(Kind.FOUND, found, Decision.FOUND_BY_SALES, after.case)
        passed = opened & ~found & (after.mql_week == week)
        yield from self._qualification(opened & ~found, passed, is_idle)
        yield from self._renewals()
        # Contacts of earlier spells are forgotten when a new one begins.
        contacts = np.where(enters, 0, before.sales_touches)
        is_mql = (before.stage == Stage.MQL) | passed
        called = is_mql & (after.sales_touches > contacts)
        yield from self._follow_up(called, is_mql & ~called & (after.stage == Stage.OUTSIDE))
        is_deal = (before.stage == Stage.OPPORTUNITY) | found
        yield from self._deals(is_deal & (after.stage != Stage.OPPORTUNITY))

    def _notices(self) -> Mask:
        """Who notices the brand: the draws of the loop, looked up again."""
        reach = np.full(len(self.before), self.policy.reach)
        is_customer = self.before.stage == Stage.CUSTOMER
        reach[is_customer] = max(self.policy.reach, self.laws.customer_notice)
        return self.luck.uniforms(Decision.BRAND_NOTICED, np.arange(len(reach)), self.at.week) < reach

    def _qualification(self, scored: Mask, passed: Mask, is_idle: Mask) -> Iterator[Record]:
        after = self.after
        is_nurtured = after.nurture_until == self.at.week + self.laws.nurture_weeks
        became = np.where(passed, "MQL", np.where(is_nurtured, "nurtured", "dropped"))
        owners = [seat_name(SALES, seat) if seat >= 0 else "nobody" for seat in after.owner[passed].tolist()]
        authors = [seat_name(MARKETING, seat) for seat in after.author[passed].tolist()]
        noise, case = Decision.SCORE_NOISE, np.where(is_idle, idle_case(after.idle_responses.astype(int)), after.case)
        yield from self._of(Kind.SCORED, scored, noise, case, self._scores(scored, is_idle, case))
        yield from self._of(Kind.QUALIFIED, scored, noise, case, became[scored].tolist())
        yield from self._of(Kind.OWNER, passed, Decision.OWNER, after.owner, owners)
        yield from self._of(Kind.AUTHOR, passed, Decision.AUTHOR, after.author, authors)
        taken = after.will_be_called[passed].astype(bool).tolist()
        yield from self._of(Kind.TAKEN_UP, passed, Decision.FOLLOWED_UP, case, taken)

    def _scores(self, scored: Mask, is_idle: Mask, cases: npt.NDArray[np.int64]) -> list[float]:
        """Marketing's estimates, by the rule of the loop, which keeps none of a response below the bar."""
        accounts = self.after.accounts
        luck, laws, anchors, policy = (
            record(numbers)[0] for numbers in (self.luck.of_market(), self.laws, self.anchors, self.policy)
        )
        return [
            float(estimate(accounts[i], i, luck, laws, anchors, policy, int(cases[i]), not is_idle[i]))
            for i in np.flatnonzero(scored).tolist()
        ]

    def _renewals(self) -> Iterator[Record]:
        before, after = self.before, self.after
        due = (before.stage == Stage.CUSTOMER) & (after.contract_year != before.contract_year)
        stays = (after.stage[due] == Stage.CUSTOMER).tolist()
        yield from self._of(Kind.RENEWAL, due, Decision.RENEWED, before.contract_year, stays)

    def _follow_up(self, called: Mask, silenced: Mask) -> Iterator[Record]:
        after = self.after
        accepted = self._accepted(called)
        is_nurtured = after.nurture_until == self.at.week + self.laws.nurture_weeks
        ended = np.where(is_nurtured, "nurture", "disqualification")
        ended = np.where(after.stage == Stage.OPPORTUNITY, "an opportunity", ended)
        hours = after.response_hours[called].tolist()
        yield from self._of(Kind.CALLED, called, Decision.RESPONSE_TIME, after.case, hours)
        yield from self._of(Kind.ACCEPTED, called, Decision.ACCEPTED, after.case, accepted[called].tolist())
        becomes = Decision.BECOMES_OPPORTUNITY
        yield from self._of(Kind.CALL_ENDED, called, becomes, after.case, ended[called].tolist(), accepted)
        yield from self._of(Kind.SILENCED, silenced)

    def _accepted(self, called: Mask) -> Mask:
        """Which of the called are accepted, by the rule and the draws of the loop."""
        accepted = np.zeros(len(called), dtype=bool)
        laws, location, after = self.laws, self.anchors.accept_location, self.after
        is_ready, hours, cases = self.at.week < after.market_until, after.response_hours, after.case
        for account in np.flatnonzero(called).tolist():
            chance = accept_chance(
                location, laws.fit_slope, float(after.fit[account]), bool(is_ready[account]), laws.junk_accept_ratio,
                float(hours[account]), laws.follow_up_decay,
            )  # fmt: skip
            accepted[account] = self.luck.uniforms(Decision.ACCEPTED, account, int(cases[account])) < chance
        return accepted

    def _deals(self, closed: Mask) -> Iterator[Record]:
        after = self.after
        is_decided = after.discount_week == self.at.week
        outcome = np.where(is_decided, "no", "no decision").astype(object)
        is_won = after.stage == Stage.CUSTOMER
        outcome[is_won] = after.contract_usd[is_won]
        yield from self._of(Kind.DECIDED, closed, Decision.WON, after.case, outcome[closed].tolist(), is_decided)

    def _of(
        self,
        kind: Kind,
        which: Mask,
        decision: Decision | None = None,
        events: npt.NDArray[Any] | None = None,
        values: Sequence[Value] | None = None,
        drawn: Mask | None = None,
    ) -> Iterator[Record]:
        """One record for each account of a mask; `values` are theirs, `events` and `drawn` are of all accounts."""
        for number, account in enumerate(np.flatnonzero(which).tolist()):
            draw = None
            if decision is not None and events is not None and (drawn is None or drawn[account]):
                draw = Draw(decision, account, int(events[account]))
            value = True if values is None else values[number]
            yield self.at.of(kind, f"account {account}", value, place=(account,), draw=draw)
