"""Many points of a sweep composed at once: files are merged once for each choice of options, not once for each point.

Values are set in the finished, frozen config where that is the same as composing it anew: numbers of the model, written
as numbers, where no file refers to other settings. Everything else is composed as always.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from sim.compose import compose
from sim.composition.catalogue import GROUPS
from sim.composition.schema import declared
from sim.config import SimConfig, check_config

STRUCTURE = "org"
WHOLE, NUMBER = re.compile(r"-?\d{1,15}"), re.compile(r"-?\d{1,15}(\.\d+)?(e-?\d{1,3})?")


class Points:
    """Configs of points that have some overrides in common."""

    def __init__(self, common: Sequence[str], config_dir: str | Path | None = None) -> None:
        self._common, self._config_dir = tuple(common), config_dir
        self._bases: dict[tuple[str, ...], SimConfig] = {}
        names = {override.partition("=")[0] for override in common}
        # A scenario's file, and files that refer to settings, are read with all values at hand.
        self._is_plain = "scenario" not in names and not any("${" in override for override in common)

    def config(self, point: Mapping[str, str]) -> SimConfig:
        """The scenario of a point, checked; raises `ConfigError` as `compose` does."""
        chosen = tuple(f"{name}={value}" for name, value in point.items() if name in GROUPS)
        values = {name: value for name, value in point.items() if name not in GROUPS}
        numbers = {name: number_of(name, value) for name, value in values.items()}
        if not self._is_plain or "scenario" in point or None in numbers.values() or self._refers():
            return self._composed((*chosen, *(f"{name}={value}" for name, value in values.items())))
        if chosen not in self._bases:
            self._bases[chosen] = self._composed(chosen)
        config = self._bases[chosen]
        for name, number in numbers.items():
            config = _with(config, name.split("."), number)
        return check_config(config)

    def _composed(self, overrides: Iterable[str]) -> SimConfig:
        return compose([*self._common, *overrides], self._config_dir).sim

    def _refers(self) -> bool:
        """Whether a file of the user's own may refer to other settings: then each point is read anew."""
        return self._config_dir is not None


def number_of(name: str, text: str) -> float | int | None:
    """The number that a setting of the model is given, if both are plain."""
    field, (first, *rest) = declared(name), name.split(".")
    # Settings of posts are found by names that a structure may lack; how a study is run is no part of the model.
    if field is None or first == STRUCTURE or (not rest and name not in {f.name for f in fields(SimConfig)}):
        return None
    if field[1] is int and WHOLE.fullmatch(text):
        return int(text)
    if field[1] is float and NUMBER.fullmatch(text):
        return float(text)
    return None


def _with(part: Any, path: Sequence[str], value: Any) -> Any:
    """The same with another value at a path of names."""
    first, *rest = path
    return replace(part, **{first: _with(getattr(part, first), rest, value) if rest else value})
