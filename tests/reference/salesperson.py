"""A seat in sales for one quarter: its hours go to calls, to deals, and what is left to finding accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.market.laws import Seats
from tests.reference.constants import MOST_LOAD, MQL, OPPORTUNITY, rule

if TYPE_CHECKING:
    from tests.reference.case import Case
    from tests.reference.market import PlainMarket


class Salesperson:
    """One seat, with its variables as in `Seats`: numbers, and lists by week or by marketer."""

    def __init__(self, market: PlainMarket, number: int, seats: Seats) -> None:
        self.market = market
        self.number = number
        for name, values in seats._asdict().items():
            setattr(self, name, values[number])

    def begin_week(self, week_of_quarter: int) -> None:
        """The week's hours; a seat without any is vacant."""
        self.selling_left = self.selling_hours[week_of_quarter]
        self.calling_left = self.lead_hours[week_of_quarter]
        self.hours_available = self.selling_left + self.calling_left
        self.is_there = self.hours_available > 0.0
        self.hours_asked = 0.0

    @rule
    def look_for_accounts(self) -> None:
        """How readily accounts are found this week: falling returns to the hours that last week left over."""
        market = self.market
        accounts_each = len(market.accounts) / len(market.filled)
        hours_per_thousand = self.prospecting_hours / accounts_each * 1000.0
        yields = hours_per_thousand**market.settings.prospecting_elasticity * self.productivity
        self.found_hazard = market.anchors.found_rate * yields

    def serve(self, cases: Iterable[Case], week: int) -> None:
        """Serve the seat's cases one after the other until the week's hours are used up."""
        for case in cases:
            if case.account.stage == MQL:
                self.follow_up_on(case, week)
            else:
                self.sell(case, week)
        self.end_week()

    @rule
    def follow_up_on(self, case: Case, week: int) -> None:
        """Call an MQL that is due, if there is time; one that waits too long is lost."""
        hours = self.market.company.hours_per_mql
        if case.is_due(week):
            self.hours_asked += hours
            if self.calling_left >= hours:
                self.calling_left -= hours
                self.calling_hours += hours
                self.market.flows.lead_hours_used += hours
                case.call(week, self)
                return
            case.wait_a_week()
        case.fall_silent(week)

    @rule
    def sell(self, case: Case, week: int) -> None:
        """Put into a deal the hours that the buyer can take in and the seat has left."""
        asked = min(case.pace, case.work_left)
        spent = min(asked, self.selling_left)
        self.hours_asked += asked
        self.selling_left -= spent
        self.hours_used += spent
        self.market.flows.selling_hours_used += spent
        case.be_worked_on(week, spent, self)
        if case.account.stage == OPPORTUNITY:
            case.grow_old(week)

    @rule
    def end_week(self) -> None:
        """The load is remembered; what hours are left go into finding accounts next week."""
        if self.is_there:
            self.load = 0.75 * self.load + 0.25 * min(self.hours_asked / self.hours_available, MOST_LOAD)
        self.prospecting_hours = self.selling_left + self.calling_left
        self.market.flows.prospecting_hours += self.prospecting_hours
