"""Where a verdict changes: claims measured again in companies of other sizes, with other practices, over other times.

An axis is varied in a number only where its worlds agree in it: what a number contrasts is its design, and not varied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.composition.catalogue import conf_dir
from sim.study.claims.claim import ABOVE, Claim, Number
from sim.study.claims.measuring import Measured
from sim.study.claims.registry import FILE
from sim.study.claims.verdict import CONTRADICTED, NOT_MEASURED, SUPPORTED, UNCLEAR
from sim.study.claims.worlds import Worlds
from sim.study.statistics import LEVEL, Estimate


@dataclass(frozen=True)
class Variation:
    """One level of an axis, as overrides."""

    axis: str
    level: str
    overrides: tuple[str, ...]

    @property
    def suffix(self) -> str:
        """What follows the names of worlds that are varied so."""
        return f"@{self.axis}={self.level}"


@dataclass(frozen=True)
class Flip:
    """One number under one variation."""

    claim: str
    number: Number
    variation: Variation
    at: Estimate
    verdict: str


def variations() -> tuple[Variation, ...]:
    """All levels of all axes that are registered."""
    from omegaconf import OmegaConf

    said: Any = OmegaConf.to_container(OmegaConf.load(conf_dir() / FILE))
    return tuple(
        Variation(axis, str(level), tuple(overrides))
        for axis, levels in said["axes"].items()
        for level, overrides in levels.items()
    )


def asked(claim: Claim) -> tuple[Number, ...]:
    """The numbers of a claim that are followed along the axes: those it rests on, or those named for it."""
    return tuple(number for number in claim.numbers if number.name in claim.flips)


def applies(variation: Variation, number: Number, worlds: Worlds) -> bool:
    """Whether all worlds of a number agree in what is varied."""
    settings = {said.partition("=")[0] for said in variation.overrides}
    return all(len({worlds.world(name).says(setting) for name in number.names}) == 1 for setting in settings)


def direction(measured: Measured, level: float = LEVEL) -> str:
    """On which side of what it is held against one number lies, by itself; above where the claim names no side."""
    at, number = measured.estimate(level), measured.number
    if not at.has_interval:
        return NOT_MEASURED
    is_above = number.side in ("", ABOVE)
    if at.low > number.against:
        return SUPPORTED if is_above else CONTRADICTED
    if at.high < number.against:
        return CONTRADICTED if is_above else SUPPORTED
    return UNCLEAR


def changes_of(flips: Sequence[Flip]) -> Mapping[tuple[str, str, str], list[str]]:
    """By claim, number and axis: at which levels each verdict is given, where it is not the same at all."""
    along: dict[tuple[str, str, str], list[Flip]] = {}
    for flip in flips:
        along.setdefault((flip.claim, flip.number.name, flip.variation.axis), []).append(flip)
    return {
        key: [
            f"{verdict} at {', '.join(one.variation.level for one in found if one.verdict == verdict)}"
            for verdict in dict.fromkeys(one.verdict for one in found)
        ]
        for key, found in along.items()
        if len({one.verdict for one in found}) > 1
    }
