"""The register of claims: `conf/claims.yaml` read and checked. Claims and worlds have no name in the code."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sim.composition.catalogue import conf_dir
from sim.params import ConfigError, nearest
from sim.study.claims.claim import ABOVE, ALL, ANY, BELOW, BEST, Claim, Number, Ratio, Rules, Weights
from sim.study.claims.measuring import QUARTERS
from sim.study.claims.quantity import quantity
from sim.study.claims.worlds import World

FILE = "claims.yaml"
SIDES, JUDGEMENTS = ("", ABOVE, BELOW), (ALL, ANY)
NOT_SAID = {"name", "numbers"}


@dataclass(frozen=True)
class Register:
    """The rules, the worlds that numbers are contrasts of, and the claims."""

    rules: Rules
    worlds: Mapping[str, World]
    claims: tuple[Claim, ...]

    def some(self, names: tuple[str, ...]) -> tuple[Claim, ...]:
        """The claims that were asked for, in their order; all where none is named."""
        known = [claim.name for claim in self.claims]
        for name in names:
            if name not in known:
                raise ConfigError(
                    f"ledger.rows = {name}: no such claim; must be {known[0]} to {known[-1]}{nearest(name, known)}"
                )
        return tuple(claim for claim in self.claims if not names or claim.name in names)


def register() -> Register:
    """What is registered, or `ConfigError` for the first thing in the file that can't be."""
    from omegaconf import OmegaConf

    said = OmegaConf.to_container(OmegaConf.load(conf_dir() / FILE))
    if not isinstance(said, dict):
        raise ConfigError(f"{FILE}: must hold rules, worlds and claims")
    return registered(said)  # type: ignore[arg-type]


def registered(said: Mapping[str, Any]) -> Register:
    """What a file's text says, once read."""
    worlds = {name: _world(world) for name, world in said["worlds"].items()}
    for grid, parts in said.get("grids", {}).items():
        worlds |= _crossed(grid, parts)
    claims = tuple(_claim(name, claim, worlds) for name, claim in said["claims"].items())
    rules = said["rules"]
    return Register(Rules(str(rules["registered"]), rules["level"], rules["negligible_share"]), worlds, claims)


def _world(said: Any) -> World:
    if isinstance(said, list):
        return World(tuple(said))
    return World(tuple(said["overrides"]), tuple(said.get("changes", ())), said.get("costs_as", ""))


def _crossed(grid: str, parts: Mapping[str, Any]) -> dict[str, World]:
    """A world for every combination of a grid's levels."""
    levels = [factor.items() for factor in parts["factors"].values()]
    return {
        "/".join((grid, *(name for name, _ in combination))): World(
            (*parts["common"], *(override for _, own in combination for override in own))
        )
        for combination in itertools.product(*levels)
    }


def _claim(name: str, said: Mapping[str, Any], worlds: Mapping[str, World]) -> Claim:
    _known(name, said, {f.name for f in fields(Claim)} - {"name"})
    numbers = tuple(_number(f"{name}.{key}", key, number, worlds) for key, number in said["numbers"].items())
    own = {key: value for key, value in said.items() if key not in NOT_SAID}
    articles, flips = tuple(own.pop("articles")), tuple(own.pop("flips", ()))
    claim = Claim(name=name, numbers=numbers, articles=articles, flips=flips, **own)
    for flipped in claim.flips:
        _checked(f"{name}.flips", flipped, [number.name for number in numbers])
    _checked(f"{name}.reference", claim.reference, worlds)
    _checked(f"{name}.judged_by", claim.judged_by, JUDGEMENTS)
    if not claim.judged:
        raise ConfigError(f"{FILE}: {name} has no number with a side; must have at least one to be judged by")
    return claim


def _number(where: str, name: str, said: Mapping[str, Any], worlds: Mapping[str, World]) -> Number:
    _known(where, said, {f.name for f in fields(Number)} - {"name"})
    own = dict(said)
    of, per, band = own.pop("of", None), own.pop("per", None), own.pop("band", None)
    number = Number(
        name=name,
        worlds=_weights(own.pop("worlds", {})),
        of=None if of is None else quantity(where, of),
        per=None if per is None else Ratio(quantity(f"{where}.per", per["of"]), _weights(per["worlds"])),
        band=None if band is None else _ends(band),
        best_of=tuple(own.pop("best_of", ())),
        **own,
    )
    for world in number.names:
        _checked(f"{where}.worlds", world, worlds)
    _checked(f"{where}.side", number.side, SIDES)
    if sum((number.of is not None, bool(number.quarter), number.plausible is not None)) != 1:
        raise ConfigError(f"{FILE}: {where} must have one of of, quarter, plausible")
    if number.quarter:
        _checked(f"{where}.quarter", number.quarter, QUARTERS)
    if (BEST in number.worlds) != bool(number.best_of):
        raise ConfigError(f"{FILE}: {where} must have both {BEST} among its worlds and best_of, or neither")
    return number


def _weights(said: Mapping[str, Any]) -> Weights:
    return {name: float(weight) for name, weight in said.items()}


def _ends(band: list[float | None]) -> tuple[float, float]:
    low, high = band
    return (-math.inf if low is None else float(low), math.inf if high is None else float(high))


def _known(where: str, said: Mapping[str, Any], known: set[str]) -> None:
    for key in said:
        if key not in known:
            raise ConfigError(f"{FILE}: {where}.{key}: is nothing that can be said{nearest(key, known)}")


def _checked(where: str, value: str, known: Any) -> None:
    if value not in known:
        raise ConfigError(f"{FILE}: {where} = {value}: is not among {len(known)} known{nearest(value, known)}")
