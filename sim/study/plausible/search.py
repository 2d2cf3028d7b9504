"""The best case for one side that the plausible space holds, and the best for the other, found by search.

It starts from the best of the worlds that were drawn and from where their surface promises most, and proposes again
around the best that it has run. Who leads in few futures is partly lucky, so the best few are run anew in futures that
found none of them, and the one that is chosen there is told in others still.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.plausible.prior import Prior, World
from sim.study.plausible.rivalry import Cell
from sim.study.plausible.shares import Believed

Floats = npt.NDArray[np.float64]
ROUNDS = 3
CANDIDATES = 4096
PROPOSED, PARENTS, STEP = 12, 4, 0.12  # a round's worlds; those it starts from; sd of a step, in ranges

Evaluate = Callable[[Mapping[str, World]], Mapping[str, Floats]]
"""Runs worlds that are plausible: by name, differences by rival, the favoured structure's lead; others are left out."""


@dataclass(frozen=True)
class Case:
    """The best world found for one side: where a rival leads most, or the favoured structure leads most."""

    cell: Cell
    name: str
    world: World
    n_tried: int
    n_plausible: int


@dataclass(frozen=True)
class Trials:
    """How a search runs worlds: in the futures that find the best few, and in those that choose among them."""

    finding: Evaluate
    choosing: Evaluate


def best_case(
    prior: Prior, drawn: Mapping[str, World], seen: Believed, trials: Trials, for_rivals: bool, seed: int = 1
) -> Case | None:
    """The world in which a rival, or the favoured structure, leads most; None if no world that was tried is plausible.

    The favoured one leads by its lead over the best rival.
    """
    rng, side = np.random.default_rng(seed), "rivals" if for_rivals else "favoured"
    worlds, known = dict[str, World](), dict[str, Floats]()
    fresh = _best_drawn(drawn, seen, for_rivals)
    for number in range(ROUNDS):
        around = [worlds[name] for name in _best(known, for_rivals)[:PARENTS]]
        for place, row in enumerate(_promising(prior, seen, around, for_rivals, rng)[: PROPOSED - len(fresh)]):
            fresh[f"{side}-{number}-{place}"] = prior.world(row)
        worlds |= fresh
        known |= trials.finding(fresh)
        fresh = {}
    few = _best(known, for_rivals)[:PARENTS]
    if not few:
        return None
    chosen = _best(trials.choosing({name: worlds[name] for name in few}), for_rivals)[0]
    return Case(seen.cell, chosen, worlds[chosen], len(worlds), len(known))


def _best_drawn(drawn: Mapping[str, World], seen: Believed, for_rivals: bool) -> dict[str, World]:
    """The best of the worlds that were drawn, as far as is believed."""
    leads = _lead(seen.draws.mean(axis=0), for_rivals)
    return {seen.worlds[place]: drawn[seen.worlds[place]] for place in np.argsort(-leads, kind="stable")[:PARENTS]}


def _promising(
    prior: Prior, seen: Believed, around: Sequence[World], for_rivals: bool, rng: np.random.Generator
) -> Floats:
    """Shares of factors' ranges from the most promising down: anywhere, or within some steps of worlds."""
    shares = rng.random((CANDIDATES, len(prior.factors)))
    if around:
        starts = np.array([[_share(f.levels, f.share, world[f.name]) for f in prior.factors] for world in around])
        steps = STEP * rng.standard_normal(shares.shape)
        shares = np.clip(starts[rng.integers(len(starts), size=CANDIDATES)] + steps, 0.0, 1.0 - 1e-9)
    promised = _lead(seen.surface([prior.world(row) for row in shares]), for_rivals)
    return np.asarray(shares[np.argsort(-promised, kind="stable")])


def _share(levels: Sequence[object], share: Callable[[float], float], value: object) -> float:
    """Where in its range a number lies, or in the middle of which of the levels."""
    return (levels.index(value) + 0.5) / len(levels) if levels else share(value)  # type: ignore[arg-type]


def _best(known: Mapping[str, Floats], for_rivals: bool) -> list[str]:
    return sorted(known, key=lambda name: -float(_lead(known[name][None, :], for_rivals)[0]))


def _lead(ahead: Floats, for_rivals: bool) -> Floats:
    """By how much the side that is sought for leads, shape (n_worlds,): the best rival, or the favoured over it."""
    lead = ahead.min(axis=1)
    return -lead if for_rivals else lead
