"""Everything that is not known, drawn and run: which worlds are plausible, who is ahead in them, the extreme cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.config import SimConfig
from sim.study.bench import Bench
from sim.study.plausible.matching import Implausibility, implausibilities, references
from sim.study.plausible.prior import Prior, World
from sim.study.plausible.rivalry import (
    EQUAL,
    Cell,
    Rivalry,
    Scenarios,
    cells,
    gross_profits,
    is_favoured,
    name_of,
    npv_of,
    rivalries,
)
from sim.study.plausible.search import Case, Evaluate, Trials, best_case
from sim.study.plausible.shares import Believed, believed
from sim.study.statistics import Estimate, mean_estimate

Floats = npt.NDArray[np.float64]
LOOKS = 4  # futures in which a world's company is looked at
FINDING, CHOOSING, TELLING = range(2_000, 2_008), range(3_000, 3_024), range(4_000, 4_032)
"""Futures in which a search finds the best few worlds, chooses one of them, and in which that one is told."""
STRIDE = 100_000  # between a world's own futures


def seeds_of(number: int, n: int) -> tuple[int, ...]:
    """A world's own futures: were they the same for all worlds, their luck would be in the share of all."""
    return tuple(number + STRIDE * place for place in range(n))


@dataclass(frozen=True)
class Extreme:
    """The best case for one side, told in futures that had no part in finding it."""

    for_rivals: bool
    case: Case
    ahead: Mapping[str, Estimate]
    """The favoured structure's lead over each rival, % of its discounted gross profit."""
    ahead_usd: Mapping[str, Estimate]


@dataclass(frozen=True)
class Assessment:
    """The prior, what was ruled out of it, and what is believed of the rest."""

    prior: Prior
    drawn: Mapping[str, World]
    implausible: Mapping[str, Implausibility]
    found: Mapping[Cell, Believed]
    extremes: tuple[Extreme, ...]
    n_seeds: int

    @property
    def plausible(self) -> dict[str, World]:
        """The worlds that are not ruled out."""
        return {name: world for name, world in self.drawn.items() if self.is_plausible(name)}

    def is_plausible(self, name: str) -> bool:
        """Whether a world shows the patterns."""
        return self.implausible[name].distance < self.prior.implausible_from


class Assessor:
    """Runs what an assessment needs; overrides hold in every world."""

    def __init__(
        self, prior: Prior, bench: Bench, overrides: Sequence[str] = (), config_dir: str | Path | None = None
    ) -> None:
        self._prior, self._bench, self._overrides, self._config_dir = prior, bench, tuple(overrides), config_dir
        self._scenarios = Scenarios(prior, overrides, config_dir)

    def assess(self, n_worlds: int, n_seeds: int, with_search: bool = True) -> Assessment:
        """Draw worlds, rule out what patterns rule out, compare in the rest, search for extremes."""
        prior = self._prior
        drawn = {f"world-{number}": world for number, world in enumerate(prior.drawn(n_worlds))}
        implausible, errors = self._implausible(drawn, "looks at worlds")
        kept = {name: drawn[name] for name in drawn if implausible[name].distance < prior.implausible_from}
        if not kept:
            return Assessment(prior, drawn, implausible, {}, (), n_seeds)
        seeds = {name: seeds_of(number, n_seeds) for number, name in enumerate(drawn)}
        scenarios = {name: self._scenarios.of(name, world) for name, world in kept.items()}
        flat = {key: config for of_world in scenarios.values() for key, config in of_world.items()}
        self._bench.run(flat, {key: seeds[name] for name, own in scenarios.items() for key in own}, "worlds")
        found = {one.cell: believed(prior, kept, one) for one in self._rivalries(kept, scenarios, seeds)}
        extremes = self._extremes(drawn, found, errors) if with_search else ()
        return Assessment(prior, drawn, implausible, found, extremes, n_seeds)

    def _implausible(
        self, worlds: Mapping[str, World], what: str, errors: Mapping[str, float] | None = None
    ) -> tuple[dict[str, Implausibility], dict[str, float]]:
        companies = references(self._prior, worlds, self._overrides, self._config_dir)
        return implausibilities(self._bench.looked(companies, range(LOOKS), what), errors)

    def _rivalries(
        self,
        worlds: Mapping[str, World],
        scenarios: Mapping[str, Mapping[str, SimConfig]],
        seeds: Mapping[str, Sequence[int]],
        asked: Sequence[Cell] = (),
    ) -> Iterator[Rivalry]:
        """Cells, from scenarios and seeds by world."""
        gross, runs = dict[str, float](), []
        for name, own in scenarios.items():
            favoured = {key: config for key, config in own.items() if is_favoured(self._prior, key)}
            gross |= gross_profits(self._prior, self._bench.rows(favoured, seeds[name]), favoured)
            runs.append(self._bench.outcomes(own, seeds[name]))
        yield from rivalries(self._prior, worlds, pd.concat(runs), gross, asked or cells(self._prior))

    def _extremes(
        self, drawn: Mapping[str, World], found: Mapping[Cell, Believed], errors: Mapping[str, float]
    ) -> tuple[Extreme, ...]:
        told = []
        for for_rivals in (True, False):
            for cell, seen in found.items():
                if cell.costs != EQUAL:
                    continue
                trials = Trials(self._tried(cell, FINDING, errors), self._tried(cell, CHOOSING, errors))
                case = best_case(self._prior, drawn, seen, trials, for_rivals)
                if case is not None:
                    told.append(self._told_anew(case, for_rivals))
        return tuple(told)

    def _tried(self, cell: Cell, seeds: Sequence[int], errors: Mapping[str, float]) -> Evaluate:
        def evaluate(worlds: Mapping[str, World]) -> Mapping[str, Floats]:
            distances, _ = self._implausible(worlds, "looks in search", errors)
            kept = {n: w for n, w in worlds.items() if distances[n].distance < self._prior.implausible_from}
            if not kept:
                return {}
            scenarios = {name: self._of_cell({name: kept[name]}, cell) for name in kept}
            self._bench.run({key: c for own in scenarios.values() for key, c in own.items()}, seeds, "search")
            one = next(self._rivalries(kept, scenarios, dict.fromkeys(kept, seeds), [cell]))
            return dict(zip(one.worlds, one.ahead, strict=True))

        return evaluate

    def _of_cell(self, worlds: Mapping[str, World], cell: Cell) -> dict[str, SimConfig]:
        every = {k: c for name in worlds for k, c in self._scenarios.of(name, worlds[name], [cell.practices]).items()}
        asked = {name_of(name, rival, cell.practices, cell.costs) for name in worlds for rival in self._prior.rivals}
        return {key: config for key, config in every.items() if is_favoured(self._prior, key) or key in asked}

    def _told_anew(self, case: Case, for_rivals: bool) -> Extreme:
        seeds, cell = TELLING, case.cell
        scenarios = self._of_cell({case.name: case.world}, cell)
        self._bench.run(scenarios, seeds, "extremes")
        favoured = name_of(case.name, self._prior.favoured, cell.practices)
        alone = {favoured: scenarios[favoured]}
        gross = gross_profits(self._prior, self._bench.rows(alone, seeds), alone)
        npv = npv_of(self._bench.outcomes(scenarios, seeds))
        apart = {r: npv[favoured] - npv[name_of(case.name, r, cell.practices, cell.costs)] for r in self._prior.rivals}
        usd = {rival: mean_estimate(values) for rival, values in apart.items()}
        scale = 100.0 / gross[favoured]
        ahead = {rival: mean_estimate(scale * values) for rival, values in apart.items()}
        return Extreme(for_rivals, case, ahead, usd)
