"""What scenarios have in common is lived once: a tree of quarters, grown from what each life hangs on.

Scenarios that share their past are one run up to where they part; from there each goes on from a snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.config import SimConfig, fingerprint
from sim.config.changes import lived_until
from sim.model import GoToMarket
from sim.past import Past
from sim.snapshot import Snapshot

Scenarios = Mapping[str, SimConfig]
Life = tuple[tuple[str, ...], GoToMarket | Exception]
"""Names, and the finished model that stands for all of them, or the error that ended their common life."""


@dataclass(frozen=True)
class Trunk:
    """Scenarios that live alike from quarter `first` to before `end`, and the trunks into which they part there."""

    names: tuple[str, ...]
    first: int
    end: int
    branches: tuple[Trunk, ...] = ()

    @property
    def n_quarters(self) -> int:
        """Quarters to be lived, the branches' included."""
        return self.end - self.first + sum(branch.n_quarters for branch in self.branches)


def trunks(scenarios: Scenarios) -> tuple[Trunk, ...]:
    """The trees of a study: one per past, so that no two trees have a quarter in common."""
    first = {name: 1 - config.warm_up_quarters for name, config in scenarios.items()}
    return tuple(_grown(scenarios, names, first[names[0]]) for names in _alike(scenarios, tuple(scenarios), 1))


def _grown(scenarios: Scenarios, names: tuple[str, ...], first: int) -> Trunk:
    end = 1 + scenarios[names[0]].horizon_quarters
    for quarter in _turns(scenarios, names, first):
        parts = _alike(scenarios, names, quarter + 1)
        if len(parts) > 1:
            return Trunk(names, first, quarter, tuple(_grown(scenarios, part, quarter) for part in parts))
    return Trunk(names, first, end)


def _turns(scenarios: Scenarios, names: Sequence[str], first: int) -> list[int]:
    """The quarters from `first` on at which something can change."""
    return sorted({q for name in names for q in (1, *(c.quarter for c in scenarios[name].changes)) if q >= first})


def _alike(scenarios: Scenarios, names: Sequence[str], before: int) -> list[tuple[str, ...]]:
    """The scenarios in groups that live alike before a quarter, in their order."""
    groups: dict[tuple[int, str], list[str]] = {}
    for name in names:
        config = scenarios[name]
        groups.setdefault((config.horizon_quarters, fingerprint(lived_until(config, before))), []).append(name)
    return [tuple(group) for group in groups.values()]


def lives(scenarios: Scenarios, trunk: Trunk, seed: int, past: Past, start: Snapshot | None = None) -> Iterator[Life]:
    """The lives of a trunk's scenarios under one seed, from the beginning or from where `start` left off.

    A model is let go of when the next one is asked for.
    """
    try:
        model = GoToMarket(scenarios[trunk.names[0]], seed, past, start)
        while model.quarter < trunk.end:
            model.step()
        reached = model.snapshot() if trunk.branches else None
    except Exception as error:  # noqa: BLE001 - whatever it was, it is theirs alone
        yield trunk.names, error
        return
    if reached is None:
        yield trunk.names, model
    model.forget()
    for branch in trunk.branches:
        yield from lives(scenarios, branch, seed, past, reached)
