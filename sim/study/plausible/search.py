"""The best case for one side that the plausible space holds, and the best for the other, found by search.

Worlds are proposed where the surface of differences promises most, run, and proposed again around the best of them. The
one that is told is run anew in futures that had no part in choosing it: else its luck would be told as merit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.plausible.prior import Prior, World
from sim.study.plausible.rivalry import Cell
from sim.study.plausible.shares import Surface

Floats = npt.NDArray[np.float64]
CANDIDATES = 4096
PROPOSED, PARENTS, STEP = 16, 4, 0.12  # a round's worlds; those it starts from; sd of a step, in ranges

Evaluate = Callable[[str, Mapping[str, World]], Mapping[str, Floats]]
"""Runs worlds that are plausible: by name, differences by rival, the favoured structure's lead; others are left out."""


@dataclass(frozen=True)
class Case:
    """The best world found for one side: where a rival leads most, or the favoured structure leads most."""

    cell: Cell
    name: str
    world: World
    ahead: Floats  # (n_rivals,): as when it was chosen
    n_tried: int
    n_plausible: int


def best_case(
    prior: Prior, cell: Cell, surface: Surface, evaluate: Evaluate, for_rivals: bool, n_rounds: int = 2, seed: int = 1
) -> Case | None:
    """The world in which a rival, or the favoured structure, leads most; None if no world that was tried is plausible.

    The favoured one leads by its lead over the best rival.
    """
    rng, side = np.random.default_rng(seed), "rivals" if for_rivals else "favoured"
    tried, known, places = 0, dict[str, tuple[World, Floats]](), dict[str, Floats]()
    shares = _evenly(len(prior.factors), seed)
    for number in range(n_rounds):
        promised = _lead(surface([prior.world(row) for row in shares]), for_rivals)
        chosen = shares[np.argsort(-promised, kind="stable")[:PROPOSED]]
        worlds = {f"{side}-{number}-{place}": prior.world(row) for place, row in enumerate(chosen)}
        places |= dict(zip(worlds, chosen, strict=True))
        tried += len(worlds)
        for name, ahead in evaluate(f"{side}-{number}", worlds).items():
            known[name] = (worlds[name], ahead)
        parents = _best(known, for_rivals)[:PARENTS]
        if not parents:
            shares = _evenly(len(prior.factors), seed + number + 1)
            continue
        if number + 1 < n_rounds:
            around = np.array([places[name] for name in parents])
            steps = STEP * rng.standard_normal((CANDIDATES, len(prior.factors)))
            shares = np.clip(around[rng.integers(len(around), size=CANDIDATES)] + steps, 0.0, 1.0 - 1e-9)
    found = _best(known, for_rivals)
    if not found:
        return None
    world, ahead = known[found[0]]
    return Case(cell, found[0], world, ahead, tried, len(known))


def _best(known: Mapping[str, tuple[World, Floats]], for_rivals: bool) -> list[str]:
    return sorted(known, key=lambda name: -float(_lead(known[name][1][None, :], for_rivals)[0]))


def _lead(ahead: Floats, for_rivals: bool) -> Floats:
    """By how much the side that is sought for leads, shape (n_worlds,): the best rival, or the favoured over it."""
    lead = ahead.min(axis=1)
    return -lead if for_rivals else lead


def _evenly(n_factors: int, seed: int) -> Floats:
    from scipy.stats import qmc

    return np.asarray(qmc.Sobol(n_factors, rng=seed).random(CANDIDATES))


def seeds_apart(n: int, first: int) -> Sequence[int]:
    """Futures that had no part in the search."""
    return range(first, first + n)
