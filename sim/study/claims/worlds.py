"""Worlds of the register as scenarios: overrides, changes, equal cost; and the same under a variation of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from sim.compose import compose
from sim.composition.catalogue import Catalogue, catalogue
from sim.composition.scenarios import resolved_changes
from sim.config import SimConfig, check_config
from sim.config.changes import with_value
from sim.config.scenario import ChangeSpec, ScenarioSpec
from sim.study.contrast import at_equal_cost


@dataclass(frozen=True)
class World:
    """A scenario as the register has it."""

    overrides: tuple[str, ...]
    changes: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    costs_as: str = ""
    """The world that it is made to cost as much as; empty = it costs what it costs."""

    def says(self, setting: str) -> str | None:
        """What it has for a setting or group; None where it leaves that open."""
        found = [said.partition("=")[2] for said in self.overrides if said.partition("=")[0] == setting]
        return found[-1] if found else None

    def under(self, variation: Sequence[str]) -> World:
        """The same with other values, in place of its own where it has any."""
        varied = {said.partition("=")[0] for said in variation}
        kept = (said for said in self.overrides if said.partition("=")[0] not in varied)
        return replace(self, overrides=(*kept, *variation))


class Worlds:
    """Scenarios of worlds by name, under overrides that all of them share; each is composed once."""

    def __init__(
        self, worlds: Mapping[str, World], overrides: Sequence[str] = (), config_dir: str | Path | None = None
    ) -> None:
        self._worlds, self._overrides, self._config_dir = worlds, tuple(overrides), config_dir
        self._known = catalogue(config_dir)
        self._composed = cache(self._compose)

    def world(self, name: str) -> World:
        """What the register says of a world."""
        return self._worlds[name]

    def config(self, name: str, variation: tuple[str, ...] = (), off: str = "") -> SimConfig:
        """The scenario of a world, under a variation and without a mechanism."""
        config = self._composed(name, variation)
        return with_value(config, f"mechanisms.{off}", False) if off else config

    def configs(
        self, names: Iterable[str], variation: tuple[str, ...] = (), off: str = "", suffix: str = ""
    ) -> dict[str, SimConfig]:
        """Scenarios by the names of their worlds, and what follows them."""
        return {f"{name}{suffix}": self.config(name, variation, off) for name in names}

    def _compose(self, name: str, variation: tuple[str, ...]) -> SimConfig:
        world = self._worlds[name].under(variation)
        config = _changed(compose([*self._overrides, *world.overrides], self._config_dir).sim, world, self._known)
        if not world.costs_as:
            return config
        pair = {world.costs_as: self._composed(world.costs_as, variation), name: config}
        return at_equal_cost(pair, world.costs_as)[name]


def _changed(config: SimConfig, world: World, known: Catalogue) -> SimConfig:
    if not world.changes:
        return config
    spec = ScenarioSpec(name="a world", changes=tuple(ChangeSpec(**change) for change in world.changes))
    return check_config(replace(config, changes=resolved_changes(spec, config, known)))
