"""One case of one account: first a lead, then perhaps a deal; open from the hand raised to its close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.randomness import uniform
from tests.reference.constants import FOUND_BY_SALES
from tests.reference.deal import Deal
from tests.reference.lead import Lead

if TYPE_CHECKING:
    from tests.reference.account import Account


class Case(Lead, Deal):
    """What sales and marketing know of an account's present interest; its number is the event of all its draws."""

    VARIABLES = (
        "case",  # its number
        "precedence",  # keyed order of service
        "mql_week",  # week in which it became an MQL, negative if found by sales
        "stage_week",  # week in which the stage began
        "score",  # estimated chance of winning
        "author",  # seat of the marketer whose lead it is
        "will_be_called",  # the owner means to follow up
        "response_hours",  # until it is called
        "effort",  # selling hours that the opportunity needs
        "work_left",
        "pace",  # selling hours a week that the buyer can take in
    )
    __slots__ = ("account", "market", *VARIABLES)

    def __init__(self, account: Account, number: int) -> None:
        self.account = account
        self.market = account.model
        self.market.open_cases.add(self)
        self.case = number
        self.precedence = uniform(self.market.luck.served_first, account.number, number)
        self.mql_week = FOUND_BY_SALES

    def take_up(self, state: dict[str, float]) -> None:
        """Be a case that is under way."""
        for name in self.VARIABLES:
            setattr(self, name, state[name])

    def close(self, stage: int) -> None:
        """The case is over: the account rests outside, or as a customer, and waits for its next one."""
        self.market.open_cases.remove(self)
        self.account.case = None
        self.account.stage = stage
        self.account.attempts += 1
        self.account.await_next_case()
