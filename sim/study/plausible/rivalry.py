"""The favoured structure against each rival in many worlds: who is ahead, by how much, in runs that carry noise.

Differences are in per cent of the favoured one's discounted gross profit, so that companies of all sizes count alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.compose import sim_config
from sim.config import SimConfig
from sim.study.claims.quantity import Rows
from sim.study.contrast import at_equal_cost, out_of_reach
from sim.study.plausible.prior import Prior, World

Floats = npt.NDArray[np.float64]
OWN, EQUAL = "own", "equal"
COSTS = (OWN, EQUAL)
"""What a rival costs: what it costs, or as much as the favoured one, by programmes and selling hours."""


@dataclass(frozen=True)
class Cell:
    """What is held equal in a comparison beside the world: practices, and whether total cost too."""

    practices: str
    costs: str

    @property
    def words(self) -> str:
        """As in "strong practices, equal cost"."""
        practices = "no" if self.practices == "none" else self.practices
        return f"{practices} practices, {'equal' if self.costs == EQUAL else 'own'} cost"


def cells(prior: Prior) -> tuple[Cell, ...]:
    """Every combination of practices and costs."""
    return tuple(Cell(practices, costs) for practices in prior.practices for costs in COSTS)


class Scenarios:
    """Scenarios of worlds; options are composed once, and worlds applied to them."""

    def __init__(self, prior: Prior, overrides: Sequence[str] = (), config_dir: str | Path | None = None) -> None:
        self._prior, self._overrides, self._config_dir = prior, tuple(overrides), config_dir
        self._bases: dict[tuple[str, ...], SimConfig] = {}

    def of(self, name: str, world: World, practices: Sequence[str] = ()) -> dict[str, SimConfig]:
        """The favoured structure and its rivals in a world, by `name_of`; a rival out of reach costs what it costs."""
        prior, found = self._prior, dict[str, SimConfig]()
        for level in practices or prior.practices:
            favoured = self._config(world, prior.favoured, level)
            found[name_of(name, prior.favoured, level)] = favoured
            for rival in prior.rivals:
                config = self._config(world, rival, level)
                pair = {prior.favoured: favoured, rival: config}
                equal = config if out_of_reach(pair, prior.favoured) else at_equal_cost(pair, prior.favoured)[rival]
                found[name_of(name, rival, level)] = config
                found[name_of(name, rival, level, EQUAL)] = equal
        return found

    def _config(self, world: World, structure: str, practices: str) -> SimConfig:
        chosen = (*self._prior.groups(world), f"org={structure}", f"practices={practices}")
        if chosen not in self._bases:
            self._bases[chosen] = sim_config(*self._overrides, *chosen, config_dir=self._config_dir)
        return self._prior.applied(self._bases[chosen], world)


def name_of(world: str, structure: str, practices: str, costs: str = OWN) -> str:
    """What a scenario is called."""
    return f"{world}/{structure}/{practices}/{costs}"


@dataclass(frozen=True)
class Rivalry:
    """One cell in many worlds: the favoured structure less each rival, % of its discounted gross profit."""

    cell: Cell
    worlds: tuple[str, ...]
    rivals: tuple[str, ...]
    ahead: Floats  # (n_worlds, n_rivals): mean over seeds
    noise: Floats  # (n_worlds, n_rivals, n_rivals): covariance of that mean, pooled over worlds of one size


def rivalries(
    prior: Prior,
    worlds: Mapping[str, World],
    runs: pd.DataFrame,
    gross_profit_usd: Mapping[str, float],
    asked: Sequence[Cell] = (),
) -> Iterator[Rivalry]:
    """Every cell in turn; `gross_profit_usd` of the favoured scenarios, by name."""
    npv = npv_of(runs)
    for cell in asked or cells(prior):
        apart = np.array([_apart(prior, npv, name, cell, gross_profit_usd) for name in worlds])
        sizes = ["/".join(prior.groups(world)[:1]) for world in worlds.values()]
        yield Rivalry(cell, tuple(worlds), prior.rivals, apart.mean(axis=2), _pooled_noise(apart, sizes))


def npv_of(runs: pd.DataFrame) -> dict[str, pd.Series]:
    """Net present value by scenario and seed, USD."""
    return {str(name): rows.set_index("seed")["npv_usd"] for name, rows in runs.groupby("scenario", sort=False)}


def _apart(
    prior: Prior, npv: Mapping[str, pd.Series], world: str, cell: Cell, gross_profit_usd: Mapping[str, float]
) -> Floats:
    """Differences in one world, in the same futures on both sides, shape (n_rivals, n_seeds)."""
    favoured = name_of(world, prior.favoured, cell.practices)
    leads = [npv[favoured] - npv[name_of(world, rival, cell.practices, cell.costs)] for rival in prior.rivals]
    return np.asarray(100.0 * np.array(leads) / gross_profit_usd[favoured])


def _pooled_noise(apart: Floats, sizes: Sequence[str]) -> Floats:
    """Covariance of a world's means: that of single futures, averaged over worlds of one size, over their number."""
    n_seeds = apart.shape[2]
    centred = apart - apart.mean(axis=2, keepdims=True)
    single = np.einsum("was,wbs->wab", centred, centred) / max(n_seeds - 1, 1)
    noise, labels = np.empty_like(single), np.array(sizes)
    for size in set(sizes):
        noise[labels == size] = single[labels == size].mean(axis=0) / n_seeds
    return noise


def gross_profits(prior: Prior, rows: Rows, scenarios: Mapping[str, SimConfig]) -> dict[str, float]:
    """Discounted gross profit of the favoured structure's scenarios, USD, by name."""
    return {
        name: rows.discounted_gross_profit(name, config.company.discount_rate_per_year)
        for name, config in scenarios.items()
        if is_favoured(prior, name)
    }


def is_favoured(prior: Prior, name: str) -> bool:
    """Whether a scenario is the favoured structure's."""
    return name.split("/")[1] == prior.favoured
