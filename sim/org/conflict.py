"""Dysfunctional conflict between people of the two functions, 1-7: low on average, with a long tail.

Levels follow Dawes and Massey (2005) and Massey and Dawes (2007): low conflict is the rule; lost trust drives it.
That staff of one unit quarrel less is Le Meunier-FitzHugh and Massey (2019). The form is ours.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.config import Moment, PeopleConfig

Floats = npt.NDArray[np.float64]
LOWEST, HIGHEST = 1.0, 7.0


def conflict_score(
    people: PeopleConfig,
    trust: Floats,
    usual_trust: Moment,
    pressing: float,
    unfair: float,
    temper: Floats,
    occasion: Floats,
    relief: float,
) -> Floats:
    """Conflict of each person in SD: trust lost, pressure, unfair credit, temper and occasion, less the relief.

    `trust` is each person's mean trust in the other function, `pressing` pressure in SD of the reference.
    """
    return np.asarray(
        people.conflict_trust * (usual_trust.mean - trust) / usual_trust.sd
        + people.conflict_pressure * pressing
        + people.conflict_unfairness * unfair
        + people.conflict_person * temper
        + people.conflict_quarter * occasion
        - relief
    )


def conflict_level(people: PeopleConfig, score: Floats) -> Floats:
    """Conflict on 1-7: 1 + median x exp(skew x score), so most are low and a few are high."""
    return np.minimum(LOWEST + people.conflict_median * np.exp(people.conflict_skew * score), HIGHEST)


def conflict_hours_per_week(people: PeopleConfig, mean_conflict: float) -> float:
    """Hours a week that quarrels take of each person."""
    return people.conflict_hours * (mean_conflict - LOWEST)
