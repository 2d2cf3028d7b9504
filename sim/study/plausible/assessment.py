"""Everything that is not known, drawn and run: which worlds are plausible, who is ahead in them, the extreme cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.config import SimConfig
from sim.study.bench import Bench
from sim.study.plausible.matching import Implausibility, implausibility, references
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
    rivalries,
)
from sim.study.plausible.search import Case, Evaluate, best_case
from sim.study.plausible.shares import Believed, believed
from sim.study.statistics import Estimate, mean_estimate

Floats = npt.NDArray[np.float64]
LOOKS = 4  # futures in which a world's company is looked at
SEARCHED = 8  # futures of a world that is tried in the search
FRESH, FIRST_FRESH = 32, 1_000  # futures in which the case that was found is told


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
        prior, seeds = self._prior, range(n_seeds)
        drawn = {f"world-{number}": world for number, world in enumerate(prior.drawn(n_worlds))}
        implausible = self._implausible(drawn, "looks at worlds")
        kept = {name: drawn[name] for name in drawn if implausible[name].distance < prior.implausible_from}
        if not kept:
            return Assessment(prior, drawn, implausible, {}, (), n_seeds)
        scenarios = {key: config for name in kept for key, config in self._scenarios.of(name, kept[name]).items()}
        self._bench.run(scenarios, seeds, "worlds")
        found = {one.cell: believed(prior, kept, one) for one in self._rivalries(kept, scenarios, seeds)}
        extremes = self._extremes(found) if with_search else ()
        return Assessment(prior, drawn, implausible, found, extremes, n_seeds)

    def _implausible(self, worlds: Mapping[str, World], what: str) -> dict[str, Implausibility]:
        companies = references(self._prior, worlds, self._overrides, self._config_dir)
        return {
            name: implausibility(futures) for name, futures in self._bench.looked(companies, range(LOOKS), what).items()
        }

    def _rivalries(
        self,
        worlds: Mapping[str, World],
        scenarios: Mapping[str, SimConfig],
        seeds: Sequence[int],
        asked: Sequence[Cell] = (),
    ) -> Iterator[Rivalry]:
        favoured = {name: config for name, config in scenarios.items() if is_favoured(self._prior, name)}
        gross = gross_profits(self._prior, self._bench.rows(favoured, seeds), favoured)
        runs = self._bench.outcomes(scenarios, seeds)
        yield from rivalries(self._prior, worlds, runs, gross, asked or cells(self._prior))

    def _extremes(self, found: Mapping[Cell, Believed]) -> tuple[Extreme, ...]:
        told = []
        for for_rivals in (True, False):
            for cell, seen in found.items():
                if cell.costs != EQUAL:
                    continue
                case = best_case(self._prior, cell, seen.surface, self._tried(cell), for_rivals)
                if case is not None:
                    told.append(self._told_anew(case, for_rivals))
        return tuple(told)

    def _tried(self, cell: Cell) -> Evaluate:
        def evaluate(_: str, worlds: Mapping[str, World]) -> Mapping[str, Floats]:
            distances = self._implausible(worlds, "looks in search")
            kept = {n: w for n, w in worlds.items() if distances[n].distance < self._prior.implausible_from}
            if not kept:
                return {}
            scenarios = self._of_cell(kept, cell)
            self._bench.run(scenarios, range(SEARCHED), "search")
            one = next(self._rivalries(kept, scenarios, range(SEARCHED), [cell]))
            return dict(zip(one.worlds, one.ahead, strict=True))

        return evaluate

    def _of_cell(self, worlds: Mapping[str, World], cell: Cell) -> dict[str, SimConfig]:
        every = {k: c for name in worlds for k, c in self._scenarios.of(name, worlds[name], [cell.practices]).items()}
        asked = {name_of(name, rival, cell.practices, cell.costs) for name in worlds for rival in self._prior.rivals}
        return {key: config for key, config in every.items() if is_favoured(self._prior, key) or key in asked}

    def _told_anew(self, case: Case, for_rivals: bool) -> Extreme:
        seeds, cell = range(FIRST_FRESH, FIRST_FRESH + FRESH), case.cell
        scenarios = self._of_cell({case.name: case.world}, cell)
        self._bench.run(scenarios, seeds, "extremes")
        favoured = name_of(case.name, self._prior.favoured, cell.practices)
        alone = {favoured: scenarios[favoured]}
        gross = gross_profits(self._prior, self._bench.rows(alone, seeds), alone)
        npv = self._bench.outcomes(scenarios, seeds).pivot(index="seed", columns="scenario", values="npv_usd")
        apart = {r: npv[favoured] - npv[name_of(case.name, r, cell.practices, cell.costs)] for r in self._prior.rivals}
        usd = {rival: mean_estimate(values) for rival, values in apart.items()}
        scale = 100.0 / gross[favoured]
        ahead = {rival: mean_estimate(scale * values) for rival, values in apart.items()}
        return Extreme(for_rivals, case, ahead, usd)
