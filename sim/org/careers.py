"""How much of a span a seat or post is filled, and how far who has come there has ramped up; compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.periods import WEEKS_PER_QUARTER

Floats = npt.NDArray[np.float64]
WEEKS = float(WEEKS_PER_QUARTER)


@compiled
def present_share(vacant_weeks: float, end: float, span: float) -> float:
    """Share of the `span` weeks up to week `end` that a seat is filled, in [0, 1]: from its vacancy's end on."""
    return min(max((end - vacant_weeks) / span, 0.0), 1.0)


@compiled
def ramped_share(tenure_weeks: float, vacant_weeks: float, week: int, ramp_weeks: float) -> float:
    """Share of full output by time since hire, in [0, 1], at the middle of a week (0, 1, ...); 1 without a ramp."""
    if ramp_weeks == 0.0:
        return 1.0
    return min(max(tenure_weeks + (week + 0.5 - vacant_weeks), 0.0) / ramp_weeks, 1.0)


@compiled
def quarter_later(tenure_weeks: float, vacant_weeks: float) -> tuple[float, float]:
    """Tenure and vacancy after a quarter, weeks."""
    return tenure_weeks + (WEEKS - min(vacant_weeks, WEEKS)), max(vacant_weeks - WEEKS, 0.0)


@compiled
def weekly_presence(vacant_weeks: Floats) -> Floats:
    """Share of each week of the coming quarter that each seat is filled, shape (n, 13)."""
    shares = np.empty((len(vacant_weeks), WEEKS_PER_QUARTER))
    for i in range(len(vacant_weeks)):
        for week in range(WEEKS_PER_QUARTER):
            shares[i, week] = present_share(vacant_weeks[i], week + 1.0, 1.0)
    return shares


@compiled
def weekly_ramp(tenure_weeks: Floats, vacant_weeks: Floats, ramp_weeks: float) -> Floats:
    """Share of full output at the middle of each week of the coming quarter, shape (n, 13)."""
    shares = np.empty((len(vacant_weeks), WEEKS_PER_QUARTER))
    for i in range(len(vacant_weeks)):
        for week in range(WEEKS_PER_QUARTER):
            shares[i, week] = ramped_share(tenure_weeks[i], vacant_weeks[i], week, ramp_weeks)
    return shares


@compiled
def quarterly_presence(vacant_weeks: Floats) -> Floats:
    """Share of the coming quarter that each seat is filled, shape (n,)."""
    shares = np.empty(len(vacant_weeks))
    for i in range(len(vacant_weeks)):
        shares[i] = present_share(vacant_weeks[i], WEEKS, WEEKS)
    return shares


def quarterly_effect(tenure_weeks: Floats, vacant_weeks: Floats, ramp_weeks: float) -> Floats:
    """Mean over the coming quarter's weeks of presence times ramp, shape (n,)."""
    ramped = weekly_presence(vacant_weeks) * weekly_ramp(tenure_weeks, vacant_weeks, ramp_weeks)
    return ramped.sum(axis=1) / WEEKS_PER_QUARTER
