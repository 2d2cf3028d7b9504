"""`twohats show divergence`: until when two scenarios are the same under one seed, and what parts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sim.cli.manual import DIVERGENCE
from sim.compose import compose, named_scenario
from sim.composition.catalogue import Catalogue, catalogue
from sim.composition.schema import setting_names
from sim.config import SimConfig
from sim.config.changes import NOTHING, arms
from sim.params import ConfigError, closest, nearest

SIDES = ("a", "b")


@dataclass(frozen=True)
class Pair:
    """The two scenarios that were asked for, by side, and the seed of both."""

    names: tuple[str, str]
    scenarios: tuple[SimConfig, SimConfig]
    seed: int

    @property
    def resolved(self) -> dict[str, Any]:
        """Both as plain dicts."""
        return {side: asdict(config) for side, config in zip(SIDES, self.scenarios, strict=True)}


def composed(words: Sequence[str], config_dir: str | Path | None = None) -> Pair:
    """What the words after `show` ask for, or `ConfigError` for the first mistake in them."""
    asked, overrides = _sorted([word for word in words if word != DIVERGENCE])
    known = catalogue(config_dir)
    whatifs, structures = known.options("scenario"), known.options("org")
    for side in SIDES:
        if side not in asked:
            raise ConfigError(
                f"{side} is missing: must be a structure such as {structures[0]}, a scenario such as {whatifs[0]}, or "
                f"{NOTHING} beside a scenario, as in a=NAME b=NAME"
            )
    seed = compose(overrides, config_dir).study.seed
    a, b = (_scenario(side, asked, overrides, known) for side in SIDES)
    return Pair((asked["a"], asked["b"]), (a, b), 0 if seed is None else seed)


def diverge(pair: Pair) -> int:
    """Print where they part; exit status 0."""
    from sim.report.divergence import print_divergence
    from sim.study.divergence import divergence

    company = pair.scenarios[0].company.name
    print_divergence(divergence(*pair.scenarios, pair.seed), pair.names, company)
    return 0


def _scenario(side: str, asked: Mapping[str, str], overrides: Sequence[str], known: Catalogue) -> SimConfig:
    """What a name stands for; the only place that knows which names there are."""
    name, other = asked[side], asked[SIDES[1 - SIDES.index(side)]]
    whatifs = known.options("scenario")
    if name == NOTHING and other in whatifs:
        return arms(other, compose([f"scenario={other}", *overrides], known.config_dir).sim)[NOTHING]
    if name in whatifs:
        return compose([f"scenario={name}", *overrides], known.config_dir).sim
    if name == NOTHING:
        raise ConfigError(f"{side} = {name}: must stand beside a scenario, one of {', '.join(whatifs)}")
    structures = known.options("org")
    if name.partition("+")[0] not in structures:
        both, said = [*structures, *whatifs], f"{side} = {name}" if name else f"{side} is empty"
        raise ConfigError(f"{said}: must be one of {', '.join(both)}{nearest(name, both)}")
    return named_scenario(side, name, overrides, known.config_dir)


def _sorted(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The names of both sides, and the overrides."""
    asked: dict[str, str] = {}
    overrides = []
    for word in words:
        name, _, value = word.partition("=")
        if name in SIDES:
            if name in asked:
                raise ConfigError(f"{name} is given twice, as {asked[name]} and {value}; must be one")
            asked[name] = value.strip()
            continue
        _refuse(name, value)
        overrides.append(word)
    return asked, overrides


def _refuse(name: str, value: str) -> None:
    """Raise `ConfigError` for what a divergence has no use for."""
    if name == "seeds":
        raise ConfigError(f"seeds = {value}: a divergence is of one future; must be seed=NUMBER")
    if name in ("quarter", "post"):
        raise ConfigError(f"{name} = {value}: is for a trace; must be left out of a divergence")
    if name in ("org", "orgs"):
        raise ConfigError(f"{name} = {value}: a divergence names two structures; must be a=NAME b=NAME")
    if name.startswith("org."):
        raise ConfigError(
            f"{name}: a divergence names two structures; a changed one must be a file "
            "in the folder org of --config-dir, named in a or b"
        )
    if name not in setting_names() and (meant := closest(name, (*SIDES, "seed"))):
        raise ConfigError(f"{name}: no such setting; did you mean {meant}?")
