"""Numbers that describe a funnel and a team, from counts: they read simulated futures and real records alike."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DAYS_PER_WEEK = 7.0
TOP_SHARE = 0.2


def log_days(n_weeks: int) -> Floats:
    """Ln days at the middle of each week since the MQL."""
    return np.log((np.arange(n_weeks) + 0.5) * DAYS_PER_WEEK)


def cycle_spread(ages: Floats) -> float:
    """Sd of ln days from MQL to win; `ages` counts wins by weeks since the MQL."""
    days = log_days(len(ages))
    mean = float(ages @ days / ages.sum())
    return math.sqrt(float(ages @ (days - mean) ** 2 / ages.sum()))


def median_weeks(ages: Floats) -> float:
    """Median weeks from MQL to win, interpolated within a week."""
    cumulated = np.concatenate([[0.0], np.cumsum(ages)]) / ages.sum()
    return float(np.interp(0.5, cumulated, np.arange(len(cumulated))))


def hazard_slope(ages: Floats, n_mqls: float) -> float:
    """Slope of the ln hazard of winning on ln time since the MQL, from half the median on to four times it.

    -1 is a hazard that falls as 1/t. Bins of equal width on the log scale, each weighted by its wins.
    """
    middle = median_weeks(ages)
    edges = np.unique(np.round(np.geomspace(max(0.5 * middle, 1.0), min(4.0 * middle, len(ages)), 7)).astype(int))
    left = n_mqls - np.concatenate([[0.0], np.cumsum(ages)])
    wins = np.array([ages[a:b].sum() for a, b in pairwise(edges)])
    exposed = np.array([left[a:b].sum() for a, b in pairwise(edges)])
    middles = np.log(np.sqrt(edges[:-1] * edges[1:]))
    known = wins > 0
    return float(np.polyfit(middles[known], np.log(wins[known] / exposed[known]), 1, w=np.sqrt(wins[known]))[0])


def counted_moments(counts: Floats) -> tuple[float, float]:
    """Mean and variance of a number of which `counts` says how often it was 0, 1, 2, ..."""
    numbers = np.arange(len(counts))
    mean = float(counts @ numbers / counts.sum())
    return mean, float(counts @ (numbers - mean) ** 2 / counts.sum())


def true_dispersion(counts: Floats) -> float:
    """Coefficient of variation between people, without what chance adds to counts: sqrt(var - mean) / mean."""
    mean, variance = counted_moments(counts)
    return math.sqrt(max(variance - mean, 0.0)) / mean


def share_of_top(counts: Floats, top: float = TOP_SHARE) -> float:
    """Share of all wins that the best fifth of seat-years made; a tie at the edge is split."""
    numbers, left, taken = np.arange(len(counts)), top * counts.sum(), 0.0
    for number in numbers[::-1]:
        here = min(float(counts[number]), left)
        taken, left = taken + here * number, left - here
    return float(taken / (counts @ numbers))
