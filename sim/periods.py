"""Weeks, quarters, warm-up and horizon: the calendar that every other module counts by.

A tick is a week, a step is a quarter of 13 weeks. Measured quarters are 1, 2, 3, ...; the warm-up ends with
quarter 0, so four warm-up quarters are -3, -2, -1 and 0.
"""

from __future__ import annotations

WEEKS_PER_QUARTER = 13
QUARTERS_PER_YEAR = 4
WEEKS_PER_YEAR = WEEKS_PER_QUARTER * QUARTERS_PER_YEAR
MONTHS_PER_QUARTER = 3
WEEKS_PER_MONTH = WEEKS_PER_YEAR / 12
HOURS_PER_WEEK = 168.0
DAYS_PER_WEEK = 7.0


def quarter_of_step(step: int, warm_up_quarters: int) -> int:
    """Quarter number of the `step`-th step (0, 1, ...): the last warm-up quarter is 0."""
    return step - warm_up_quarters + 1


def is_warm_up(quarter: int) -> bool:
    """Whether a quarter lies before the measured horizon."""
    return quarter < 1


def weekly_retention(half_life_weeks: float) -> float:
    """Share of a stock that is left after a week, in (0, 1), when half is left after `half_life_weeks`."""
    return float(0.5 ** (1.0 / half_life_weeks))
