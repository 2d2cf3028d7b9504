"""What a quarter's planning comes to, and what it rests on: records without a rule of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.org.attention import Week
from sim.org.horizon import View

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """What was decided for a quarter, and what it rests on."""

    horizon: Floats  # (n_posts,): effective, quarters
    hours: Floats  # (n_posts,): effective hours a week, after meetings and switching
    effect: Floats  # (n_posts,): share of full leadership, 0..1: presence and a new holder's ramp
    attention: Floats  # (n_posts, 9): hours a week, mean over the quarter
    spare: Floats  # (n_posts, 2): hours a week of staff work per function, mean over the quarter
    quality: Floats  # (9,): leadership of each activity, 0..1
    coverage: Floats  # (9,): g(x/N) while there, times effect
    needs: Floats  # (9,): hours a week needed of leaders
    budget_shares: Floats  # (4,): programmes
    programme_value: float  # worth of programmes against selling, as valued by both owners
    discount_cap: float
    lead_bar: float
    nurture_bar: float
    internalisation: tuple[float, float]  # omega of the deciders of sales and of marketing
    cooperation: float
    cross_domain: float


@dataclass(frozen=True)
class Situation:
    """In what state the leaders decide a quarter."""

    horizon: Floats  # (n_posts,): effective, quarters
    presence: Floats  # (n_posts,): share of the quarter that the post is filled
    cooperation: float  # C


@dataclass(frozen=True)
class Allotment:
    """How one leader allots the quarter's hours; arrays of shape (9,), over all activities."""

    week: Week
    view: View
    values: Floats  # as judged, adding up to 1 over the activities led, 0 of others
    target: Floats  # hours a week
    before: Floats  # last quarter's
    given: Floats  # this quarter's
    spare: Floats  # (2,): hours of staff work per function
