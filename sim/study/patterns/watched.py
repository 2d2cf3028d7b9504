"""A future that is watched week by week: when deals are won and of what size, by whom, and what channels yield.

Watching changes nothing: thirteen single weeks are a quarter, to the bit. What is seen is kept as sums and counts, so
futures can be pooled by adding them up.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.config import SimConfig
from sim.market.prospects import Stage
from sim.model import GoToMarket
from sim.past import Past
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER

Floats = npt.NDArray[np.float64]
MOST_COUNTED = 104  # weeks from MQL to win, and wins of a seat in a year: beyond lies nobody
MONTHS_IN_QUARTER = 3.0

ROW_SUMS = (
    "mqls", "wins", "closed", "late_wins", "left_sales", "seat_years_sales", "left_marketing", "seat_years_marketing",
    "conflict", "alignment", "perceived_alignment", "discount_sum", "lost_to_silence",
)  # fmt: skip
"""Columns of quarters that are summed as they are."""


class Watched(GoToMarket):
    """A company whose measured quarters are watched; `seen` holds sums and counts of them."""

    def __init__(self, config: SimConfig, seed: int = 0, past: Past | None = None) -> None:
        super().__init__(config, seed, past)
        self.seen: dict[str, Any] = {"ages": np.zeros(MOST_COUNTED), "seat_years": np.zeros(MOST_COUNTED)}
        self._won = np.zeros(self.sales.n)  # by seat, in the running year
        self._stayed = np.ones(self.sales.n, dtype=bool)  # filled all the running year
        self._strain = self._strains()  # a year ago

    def accounts_live(self, begin: int, end: int) -> None:
        """Week by week; what closed in each is looked at."""
        for week in range(begin, end):
            super().accounts_live(week, week + 1)
            if self.quarter >= 1:
                self._deals_are_seen(week)

    def books_are_closed(self) -> None:
        """The quarter's books, and what is to be seen at its end."""
        quarter = self.quarter
        super().books_are_closed()
        if quarter == 0:
            self._strain = self._strains()
        elif quarter >= 1:
            self._quarter_is_seen(quarter)

    def _add(self, **numbers: float) -> None:
        for name, number in numbers.items():
            self.seen[name] = self.seen.get(name, 0.0) + number

    def _deals_are_seen(self, week_of_quarter: int) -> None:
        week, prospects = self.week + week_of_quarter, self.prospects
        cases = prospects.cases[prospects.cases["stage_week"] == week]
        accounts = prospects.accounts[cases["account"]]
        is_won = accounts["stage"] == Stage.CUSTOMER
        is_lost = (accounts["stage"] == Stage.OUTSIDE) & (accounts["discount_week"] == week)
        from_mql = is_won & (cases["mql_week"] >= 0)
        ages = np.minimum(week - cases["mql_week"][from_mql], MOST_COUNTED - 1)
        self.seen["ages"] += np.bincount(ages, minlength=MOST_COUNTED)
        self._won += np.bincount(accounts["owner"][is_won], minlength=self.sales.n)
        self._sizes_are_seen(accounts["value_score"], is_won, is_won | is_lost)
        self._add(
            bookings=float(accounts["contract_usd"][is_won].sum()),
            bookings_late=float(accounts["contract_usd"][is_won].sum()) * _in_last_month(week_of_quarter),
        )

    def _sizes_are_seen(self, value_score: Floats, is_won: npt.NDArray[np.bool_], is_closed: Any) -> None:
        """Sums of a regression of winning on doublings of the deal's value."""
        doublings = self.laws.value_sigma * value_score[is_closed] / math.log(2.0)
        won = is_won[is_closed].astype(float)
        self._add(
            deals=float(len(won)), doublings=float(doublings.sum()), doublings_sq=float(doublings @ doublings),
            deals_won=float(won.sum()), doublings_won=float(doublings @ won),
        )  # fmt: skip

    def _quarter_is_seen(self, quarter: int) -> None:
        row = self.rows[-1]
        self._add(quarters=1.0, **{name: float(row[name]) for name in ROW_SUMS})
        self._add(habitual_discount_sum=row["wins"] * row["discount_cap"] * self.config.people.discount_habit)
        yields = self.channels.effect - self.channels.fatigue
        self._add(log_channel_ratio=float(np.ptp(yields)))
        self._stayed &= (self.paid_presence > 1.0 - 1e-9).all(axis=1)
        if quarter % QUARTERS_PER_YEAR == 0:
            self._strain_is_seen()
            wins = np.minimum(self._won[self._stayed], MOST_COUNTED - 1).astype(np.int64)
            self.seen["seat_years"] += np.bincount(wins, minlength=MOST_COUNTED)
            self._won[:], self._stayed[:] = 0.0, True

    def _strain_is_seen(self) -> None:
        """Exhaustion of those who were there a year ago, then and now."""
        for team, (person, then) in zip((self.sales, self.marketing), self._strain, strict=True):
            stayed = (team.person == person) & team.is_filled
            x, y = then[stayed], team.exhaustion[stayed]
            self._add(
                strain_pairs=float(len(x)), strain_then=float(x.sum()), strain_now=float(y.sum()),
                strain_then_sq=float(x @ x), strain_now_sq=float(y @ y), strain_both=float(x @ y),
            )  # fmt: skip
        self._strain = self._strains()

    def _strains(self) -> list[tuple[Any, Floats]]:
        """Who sits where, and how exhausted."""
        return [(team.person.copy(), team.exhaustion.copy()) for team in (self.sales, self.marketing)]

    def staff_plan(self) -> None:
        """As always; who sits where this quarter is remembered."""
        self.paid_presence = self.sales.presence()
        super().staff_plan()


def _in_last_month(week_of_quarter: int) -> float:
    """Share of a week that lies in the last month of its quarter: thirteen weeks are three months."""
    month = WEEKS_PER_QUARTER / MONTHS_IN_QUARTER
    return min(max(week_of_quarter + 1 - (WEEKS_PER_QUARTER - month), 0.0), 1.0)


def sighted(config: SimConfig, seed: int, past: Past) -> dict[str, Any]:
    """What is seen of one future: sums by name; counts, shape (104,), of ages at winning and of seats' wins a year."""
    model = Watched(config, seed, past).run()
    complete = model.rows[config.warm_up_quarters : -QUARTERS_PER_YEAR]
    first = config.warm_up_quarters
    model.seen["cohort_mqls"] = float(sum(row["mqls"] for row in complete))
    model.seen["cohort_wins"] = float(model.cohort_wins[first : first + len(complete)].sum())
    model.forget()
    return model.seen
