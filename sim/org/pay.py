"""Variable pay: commission on attainment with an accelerator [larkin-2014], pooled where incentives are unified."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.constants import Constants, constants

Floats = npt.NDArray[np.float64]
Number = TypeVar("Number", float, Floats)


@compiled
def attainment(booked_usd: Floats, quota_usd: Floats) -> Floats:
    """Bookings over quota of each seat with a quota; shape (n filled,)."""
    attained = np.empty(len(quota_usd))
    n = 0
    for seat in range(len(quota_usd)):
        if quota_usd[seat] > 0.0:
            attained[n] = booked_usd[seat] / quota_usd[seat]
            n += 1
    return attained[:n]


@plain
def payout(people: PeopleConfig, attained: Number) -> Number:
    """Commission paid, multiple of that at quota: in proportion up to quota, faster above it."""
    return attained + (people.accelerator - 1.0) * np.maximum(attained - 1.0, 0.0)


def mean_payout(
    people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, booked_usd: Floats, quota_usd: Floats
) -> float:
    """Mean commission of a team, multiple of that at quota; a pool pays part of it on everybody's bookings."""
    pool = pathways.pooled_unified_incentives * practices.unified_incentives
    return _mean_payout(constants(people), pool, booked_usd, quota_usd)


@compiled
def _mean_payout(people_record: Constants, pool: float, booked_usd: Floats, quota_usd: Floats) -> float:
    people = people_record[0]
    reached = attainment(booked_usd, quota_usd)
    own, mean = 0.0, 0.0
    for attained in reached:
        own += payout(people, attained) / len(reached)
        mean += attained / len(reached)
    return own + pool * (payout(people, mean) - own)


@compiled
def quotas_met(booked_usd: Floats, quota_usd: Floats) -> tuple[int, int]:
    """Seats at or above quota, and seats with a quota."""
    reached = attainment(booked_usd, quota_usd)
    met = 0
    for attained in reached:
        met += attained >= 1.0
    return met, len(reached)


def pay_factor(variable_share: float, paid: float, usual: float) -> float:
    """Cost of staff against the stated one: the variable part follows what is paid against the usual."""
    return 1.0 - variable_share + variable_share * paid / usual if usual > 0.0 else 1.0
