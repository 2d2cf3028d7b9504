"""The decision log of a quarter: it is run phase by phase, and after each phase what it decided is written down."""

from __future__ import annotations

from collections.abc import Iterator

from sim.log import leading, market, working
from sim.log.record import Moment, Record
from sim.model import GoToMarket
from sim.periods import WEEKS_PER_QUARTER


def quarter_log(model: GoToMarket) -> Iterator[Record]:
    """Run the model's next quarter, telling what is decided as it is; it has run once the log is read to its end.

    The phases are those of `GoToMarket.step`, and telling them changes no number.
    """
    first = Moment(model.quarter, model.week)
    last = Moment(model.quarter, model.week + WEEKS_PER_QUARTER - 1)
    model.quarter_begins()
    yield from leading.in_force(model, first)
    yield from leading.empty(model, first)
    model.leaders_plan()
    yield from leading.planned(model, first)
    model.staff_plan()
    yield from working.planned(model, first)
    yield from market.weeks(model, first)
    model.quarter_is_reviewed()
    yield from working.reviewed(model, last)
    people = (model.sales.person.copy(), model.marketing.person.copy(), model.leaders.person.copy())
    model.people_live()
    yield from working.lived(model, last, people)
    model.books_are_closed()
