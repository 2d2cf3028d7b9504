"""Where a verdict changes: claims measured again in companies of other sizes, with other practices, over other times.

An axis is varied in a number only where its worlds agree in it: what a number contrasts is its design, and not varied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.composition.catalogue import conf_dir
from sim.study.claims.claim import ABOVE, BELOW, Claim, Number
from sim.study.claims.measuring import Measured
from sim.study.claims.registry import FILE
from sim.study.claims.verdict import CONTRADICTED, NOT_MEASURED, SUPPORTED, UNCLEAR
from sim.study.claims.worlds import Worlds
from sim.study.statistics import LEVEL, Estimate

HORIZON = "horizon_quarters"
OVER, UNDER = "above 0", "below 0"
"""What is said of a number for which the claim names no side."""
OPPOSITES = ({SUPPORTED, CONTRADICTED}, {OVER, UNDER})


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
    """Whether all worlds of a number agree in what is varied, and it may make a difference to the number."""
    settings = {said.partition("=")[0] for said in variation.overrides}
    if HORIZON in settings and number.of is not None and number.of.is_of_certain_quarters:
        return False
    return all(len({worlds.world(name).says(setting) for name in number.names}) == 1 for setting in settings)


def direction(measured: Measured, level: float = LEVEL) -> str:
    """On which side of what it is held against one number lies, by itself; of no side: above or below it."""
    at, number = measured.estimate(level), measured.number
    if not at.has_interval:
        return NOT_MEASURED
    over, under = {ABOVE: (SUPPORTED, CONTRADICTED), BELOW: (CONTRADICTED, SUPPORTED)}.get(number.side, (OVER, UNDER))
    if at.low > number.against:
        return over
    return under if at.high < number.against else UNCLEAR


def panels(flips: Sequence[Flip]) -> dict[tuple[str, str, str], list[Flip]]:
    """Levels by claim, number and axis."""
    found: dict[tuple[str, str, str], list[Flip]] = {}
    for flip in flips:
        found.setdefault((flip.claim, flip.number.name, flip.variation.axis), []).append(flip)
    return found


def turns_round(some: Sequence[Flip]) -> bool:
    """Whether the verdict is clear on either side; clear here and unclear there is no difference yet."""
    given = {flip.verdict for flip in some}
    return any(pair <= given for pair in OPPOSITES)


def levels_by_verdict(some: Sequence[Flip]) -> dict[str, list[str]]:
    """At which levels of an axis each verdict is given."""
    return {
        verdict: [one.variation.level for one in some if one.verdict == verdict]
        for verdict in dict.fromkeys(one.verdict for one in some)
    }
