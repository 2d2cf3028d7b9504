"""Variable pay: commission on attainment with an accelerator [larkin-2014], pooled where incentives are unified."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig

Floats = npt.NDArray[np.float64]


def attainment(booked_usd: Floats, quota_usd: Floats) -> Floats:
    """Bookings over quota of each seat with a quota; shape (n filled,)."""
    has_quota = quota_usd > 0.0
    return np.asarray(booked_usd[has_quota] / quota_usd[has_quota])


def payout(people: PeopleConfig, attained: Floats) -> Floats:
    """Commission paid, multiple of that at quota: in proportion up to quota, faster above it."""
    return attained + (people.accelerator - 1.0) * np.maximum(attained - 1.0, 0.0)


def mean_payout(
    people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, booked_usd: Floats, quota_usd: Floats
) -> float:
    """Mean commission of a team, multiple of that at quota; a pool pays part of it on everybody's bookings."""
    attained = attainment(booked_usd, quota_usd)
    if not len(attained):
        return 0.0
    pool = pathways.pooled_unified_incentives * practices.unified_incentives
    own, shared = payout(people, attained).mean(), payout(people, attained.mean(keepdims=True))[0]
    return float(own + pool * (shared - own))


def pay_factor(variable_share: float, paid: float, usual: float) -> float:
    """Cost of staff against the stated one: the variable part follows what is paid against the usual."""
    return 1.0 - variable_share + variable_share * paid / usual if usual > 0.0 else 1.0
