"""The plain market: the same rules as the compiled loop, written the obvious way, one Mesa agent per account.

It is the market's readable specification, the oracle of the compiled loop (same keyed draws, so the same numbers),
and the baseline of what is said about its speed. It shares with the loop the dice, two scalar functions whose last
digit would depend on the library (`logistic`, `lognormal`), and the config; what people decided is handed to it.

The dice are called in their compiled form: a plain-Python form of the 64-bit hash takes four times as long (2.4
against 0.6 microseconds a draw), and a baseline should be no slower than it must.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mesa

from sim.config import CompanyConfig, MarketConfig
from sim.market.laws import Anchors, Flow, Policy, Seats
from sim.periods import WEEKS_PER_QUARTER, WEEKS_PER_YEAR
from sim.randomness import Luck, uniform
from tests.reference.account import Account
from tests.reference.case import Case
from tests.reference.constants import LATE_WEEKS, MQL, NO_SEAT, OPPORTUNITY, constants_of, plain
from tests.reference.salesperson import Salesperson


class Flows:
    """Counts and sums of one quarter, named as in `Flow`, lower case."""

    def __init__(self) -> None:
        for flow in Flow:
            setattr(self, flow.name.lower(), 0.0)


class PlainMarket(mesa.Model):
    """All accounts of one company under one seed, from quarter to quarter."""

    Account, Case, Salesperson = Account, Case, Salesperson

    def __init__(
        self,
        company: CompanyConfig,
        settings: MarketConfig,
        seed: int,
        accounts: Mapping[str, Sequence[float]],
        cohort_wins: Sequence[float],
        week: int = 0,
    ) -> None:
        """Accounts start from columns by name; `week` is the one that comes next, counted as theirs are."""
        super().__init__(rng=abs(seed))  # Mesa's own generators; nothing here draws from them
        self.company, self.settings = company, settings
        self.constants = constants_of(company, settings)
        self.luck = Luck(seed).of_market()
        self.week = week
        self.cohort_wins = list(cohort_wins)  # by the quarter of the MQL
        self.open_cases: set[Case] = set()
        self.accounts = [
            self.Account(self, number, dict(zip(accounts, state, strict=True)))
            for number, state in enumerate(zip(*accounts.values(), strict=True))
        ]

    # ---- time

    def pass_quarter(self, anchors: Anchors, policy: Policy, seats: Seats) -> None:
        """Thirteen weeks under one policy and with these seats."""
        self.begin_quarter(anchors, policy, seats)
        for _ in range(WEEKS_PER_QUARTER):
            self.pass_week()

    def begin_quarter(self, anchors: Anchors, policy: Policy, seats: Seats) -> None:
        """What people decided for this quarter; its flows are counted from nothing."""
        self.anchors, self.policy, seats = plain(anchors), plain(policy), plain(seats)
        self.salespeople = [self.Salesperson(self, number, seats) for number in range(len(seats.load))]
        self.flows = Flows()
        self.first_week = self.week

    def pass_week(self) -> None:
        """One week: every account lives, then sales serves those with an open case."""
        week, week_of_quarter = self.week, self.week - self.first_week
        self.activation = self.policy.activation[week_of_quarter]
        self.idle_hazard = self.anchors.junk_rate * self.activation
        self.is_late = week_of_quarter >= WEEKS_PER_QUARTER - LATE_WEEKS
        for seat in self.salespeople:
            seat.begin_week(week_of_quarter)
        self.filled = [seat for seat in self.salespeople if seat.is_there]
        for seat in self.filled:
            seat.look_for_accounts()
        self.n_idle, self.revenue_usd = 0, 0.0  # of this week
        for account in self.accounts:
            account.live(week)
        self.flows.expected_junk += self.n_idle * self.idle_hazard
        self.flows.revenue_usd += self.revenue_usd / WEEKS_PER_YEAR
        self.serve(week)
        self.week += 1

    def serve(self, week: int) -> None:
        """Each seat serves its open cases by their precedence; cases that are nobody's wait."""
        queues: list[list[Case]] = [[] for _ in self.salespeople]
        for case in sorted(self.open_cases, key=lambda case: (case.precedence, case.account.number)):
            account = case.account
            if not self.is_filled(account.owner):
                account.owner = self.territory(account)
            if account.owner != NO_SEAT:
                queues[account.owner].append(case)
            elif account.stage == MQL:
                case.fall_silent(week)
            elif account.stage == OPPORTUNITY:
                case.grow_old(week)
        for seat, queue in zip(self.salespeople, queues, strict=True):
            seat.serve(queue, week)

    # ---- who serves whom: rendezvous hashing, so that a vacancy moves only the accounts of that seat

    def is_filled(self, seat: int) -> bool:
        """Whether somebody sits in this seat this week; nobody sits in none."""
        return seat != NO_SEAT and self.salespeople[seat].is_there

    def territory(self, account: Account) -> int:
        """Seat that serves an account: the filled one with the highest keyed draw, or none."""
        draws = {seat.number: uniform(self.luck.owner, account.number, seat.number) for seat in self.filled}
        return max(draws, key=draws.__getitem__, default=NO_SEAT)

    def author_of(self, account: Account) -> int:
        """Marketer whose lead an account's inquiry is: the seat with the highest keyed draw."""
        n_marketers = len(self.salespeople[0].follow_up)
        return max(range(n_marketers), key=lambda marketer: uniform(self.luck.author, account.number, marketer))

    # ---- Mesa

    def forget(self) -> None:
        """Let go of Mesa's book of agents: Mesa 3.3 keeps every model of a process alive in it."""
        getattr(mesa.Agent, "_ids", {}).pop(self, None)
