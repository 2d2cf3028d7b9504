"""A plain market that remembers which of its rules wrote what, for the report on a disagreement; slower."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import Any, NamedTuple

from sim.market.laws import Anchors, Flow, Policy, Seats
from tests.reference.account import Account
from tests.reference.case import Case
from tests.reference.constants import RULES
from tests.reference.market import Flows, PlainMarket
from tests.reference.salesperson import Salesperson


class Write(NamedTuple):
    """A rule wrote a variable."""

    moment: int  # running number of all writes
    week: int
    rule: str
    account: int | None  # whose life it was, if it was an account's


class Log:
    """Writes by (account, seat, cohort or market; its number; variable), in their order."""

    def __init__(self) -> None:
        self.writes: defaultdict[tuple[str, int, str], list[Write]] = defaultdict(list)
        self.week: int | None = None  # None before the first
        self.n = 0

    def write(self, whose: str, number: int, variable: str) -> None:
        """Note that the rule now running wrote a variable."""
        if self.week is not None:
            self.n += 1
            self.writes[whose, number, variable].append(Write(self.n, self.week, *running_rule()))


def running_rule() -> tuple[str, int | None]:
    """Name of the innermost rule that is running, and the account whose life that is."""
    frame = sys._getframe(2)
    name, account = "", None
    while frame is not None and frame.f_code.co_name != "pass_week":
        one = frame.f_locals.get("self")
        if account is None and isinstance(one, Account | Case):
            account = one.number if isinstance(one, Account) else one.account.number
        if not name and frame.f_code.co_name in RULES:
            name = frame.f_code.co_name
        frame = frame.f_back
    return name or "pass_week", account


class WatchedList(list):
    """A list that notes when an item is replaced."""

    def __init__(self, items: list, note: Any) -> None:
        super().__init__(items)
        self.note = note

    def __setitem__(self, place: Any, value: Any) -> None:
        super().__setitem__(place, value)
        self.note(place)


class TracedAccount(Account):
    """An account whose variables' writes are noted."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name in self.VARIABLES:
            self.model.log.write("account", self.number, name)


class TracedCase(Case):
    """A case whose variables' writes are noted as its account's."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name in self.VARIABLES:
            self.market.log.write("account", self.account.number, name)


class TracedSalesperson(Salesperson):
    """A seat whose variables' writes are noted."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in Seats._fields:
            super().__setattr__(name, value)
            return
        log, number = self.market.log, self.number
        if isinstance(value, list):
            value = WatchedList(value, lambda _: log.write("seat", number, name))
        super().__setattr__(name, value)
        log.write("seat", number, name)


class TracedFlows(Flows):
    """Flows whose writes are noted."""

    def __init__(self, log: Log) -> None:
        self.log = log
        super().__init__()

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name != "log":
            self.log.write("market", Flow[name.upper()], "flows")


class TracedMarket(PlainMarket):
    """The plain market, with a log of who wrote what."""

    Account, Case, Salesperson = TracedAccount, TracedCase, TracedSalesperson

    def __init__(self, *args: Any) -> None:
        self.log = Log()
        super().__init__(*args)
        self.cohort_wins = WatchedList(self.cohort_wins, lambda cohort: self.log.write("cohort", cohort, "wins"))

    def begin_quarter(self, anchors: Anchors, policy: Policy, seats: Seats) -> None:
        """What people decided for this quarter, flows counted from nothing."""
        super().begin_quarter(anchors, policy, seats)
        self.flows = TracedFlows(self.log)

    def pass_week(self) -> None:
        """One week, with a log."""
        self.log.week = self.week
        super().pass_week()
