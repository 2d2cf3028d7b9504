"""How a leader's hours are shared out over activities: two rules, of which one is chosen for a run.

By capped Luce hours match what activities are worth, as people share out their time. Who equalises returns gives each
further minute to where it does most. What leading does, and where its returns fall, is the same function in both, so
the two differ in the leader's reasoning and in nothing else.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.compiled import plain

Floats = npt.NDArray[np.float64]
LUCE, MARGINAL = "luce", "marginal"


@plain
def allotted(needs: Floats, weights: Floats, hours: float, equalises: bool) -> Floats:
    """Hours per activity, none above its need, adding up to min(hours, sum of needs); shape (n,)."""
    return equal_returns(needs, weights, hours) if equalises else capped_luce(needs, weights, hours)


@plain
def capped_luce(needs: Floats, weights: Floats, hours: float) -> Floats:
    """Hours per activity: proportional to weights, none above its need, adding up to min(hours, sum of needs)."""
    given, left, unmet, open_weight = np.zeros(len(needs)), max(hours, 0.0), 0.0, 0.0
    for i in range(len(needs)):
        unmet += needs[i]
        open_weight += weights[i] if needs[i] > 0.0 else 0.0
    while open_weight > 0.0 and left > 0.0 and unmet > left:
        # Each round meets some needs in full, or shares out what is left.
        rate, filled, rest = left / open_weight, 0.0, 0.0
        for i in range(len(needs)):
            if given[i] < needs[i] and rate * weights[i] >= needs[i]:
                given[i] = needs[i]
                filled += needs[i]
            elif given[i] < needs[i]:
                rest += weights[i]
        if filled == 0.0:
            for i in range(len(needs)):
                given[i] = rate * weights[i] if given[i] < needs[i] else needs[i]
            return given
        left, unmet, open_weight = left - filled, unmet - filled, rest
    # What weighs nothing waits; then it shares by need, or there would be a jump where hours meet all needs.
    share = left / unmet if unmet > left else 1.0
    for i in range(len(needs)):
        given[i] += (needs[i] - given[i]) * share
    return given


@plain
def equal_returns(needs: Floats, weights: Floats, hours: float) -> Floats:
    """Hours that make the sum of weights x coverage the largest: x = N clip(ln(w/(N m))/2, 0, 1).

    m is the same for all, the worth of one more hour; what more there is goes by need to what weighs nothing.
    """
    given, left = np.zeros(len(needs)), max(hours, 0.0)
    weighed, unweighed = 0.0, 0.0
    for i in range(len(needs)):
        weighed += needs[i] if weights[i] > 0.0 else 0.0
        unweighed += needs[i] if weights[i] <= 0.0 else 0.0
    level = _level_of_returns(needs, weights, left) if left < weighed else -math.inf
    share = min((left - weighed) / unweighed, 1.0) if left > weighed and unweighed > 0.0 else 0.0
    for i in range(len(needs)):
        if needs[i] > 0.0:
            given[i] = needs[i] * (_filled(needs[i], weights[i], level) if weights[i] > 0.0 else share)
    return given


@plain
def _filled(need: float, weight: float, level: float) -> float:
    """Share of a need that is met where one more hour is worth exp(level) everywhere, in [0, 1]."""
    return min(max(0.5 * (math.log(weight / need) - level), 0.0), 1.0)


@plain
def _level_of_returns(needs: Floats, weights: Floats, hours: float) -> float:
    """Ln of the worth of one more hour at which the hours are spent; fewer than the needs of what has weight.

    Hours spent fall in straight pieces as the level rises, with a bend where an activity begins or is filled.
    """
    below, above = -math.inf, math.inf
    spent_below, spent_above = math.inf, 0.0
    for bend in range(2 * len(needs)):
        i = bend // 2
        if needs[i] <= 0.0 or weights[i] <= 0.0:
            continue
        level = math.log(weights[i] / needs[i]) - 2.0 * (bend % 2)
        spent = 0.0
        for k in range(len(needs)):
            if needs[k] > 0.0 and weights[k] > 0.0:
                spent += needs[k] * _filled(needs[k], weights[k], level)
        if spent >= hours and level > below:
            below, spent_below = level, spent
        if spent <= hours and level < above:
            above, spent_above = level, spent
    # Hours short of all needs by rounding alone lie beyond the last bend: there everything is filled, at -inf.
    if below == -math.inf or above <= below or spent_below <= spent_above:
        return below
    return below + (above - below) * (spent_below - hours) / (spent_below - spent_above)
