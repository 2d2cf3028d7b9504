"""Why a claim is supported: it is measured again with each mechanism off, in the same futures.

A mechanism is named where two things hold at once. Without it the row is no longer supported, at the level of a single
row; and what it rests on has fallen clearly, by a paired test in which Holm's procedure pays for the number of
mechanisms. The first alone would name whatever made the futures noisier, the second alone whatever plays some part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import pandas as pd

from sim.config import MechanismsConfig, SimConfig
from sim.config.changes import value_of
from sim.study.claims.claim import ABOVE, ALL, Claim, Number, Rules
from sim.study.claims.measuring import Measured, p_beyond
from sim.study.claims.verdict import is_supported
from sim.study.statistics import Estimate, holm, mean_estimate

Remeasured = Callable[[Number, str], Measured]
"""A number measured with a mechanism off; "" leaves all as they are."""


@dataclass(frozen=True)
class Without:
    """One judged number of a claim with one mechanism off."""

    claim: str
    number: str
    mechanism: str
    on: Estimate
    off: Estimate
    fallen: Estimate
    """How much of it is gone, on the claimed side positive; paired by seed."""
    p_fallen: float
    """Of having fallen, adjusted by Holm for all mechanisms."""
    is_supported: bool
    """Whether the row, all of its numbers, is still supported without the mechanism."""

    def is_needed(self, rules: Rules) -> bool:
        """Whether the claim vanishes without the mechanism."""
        return not self.is_supported and self.p_fallen < 1.0 - rules.level


@dataclass(frozen=True)
class Reasons:
    """What a supported claim rests on."""

    claim: str
    is_seen: bool
    """Whether so few futures show the claim at all with everything on; if not, nothing can be said of why."""
    needed: tuple[str, ...]
    without: tuple[Without, ...]


def switches(config: SimConfig) -> tuple[str, ...]:
    """Mechanisms that are on in a scenario and can do something there."""
    names = [f.name for f in fields(MechanismsConfig) if f.name != "clamp"]
    is_without_cost = not config.transition
    return tuple(
        name
        for name in names
        if value_of(config, f"mechanisms.{name}") and not (name == "reorganisation" and is_without_cost)
    )


def reasons(claim: Claim, mechanisms: Sequence[str], remeasured: Remeasured, rules: Rules) -> Reasons:
    """What a claim rests on, one mechanism after the other."""
    on = {number.name: remeasured(number, "") for number in claim.judged}
    if not is_supported(claim.judged_by, list(on.values()), rules.level):
        return Reasons(claim.name, False, (), ())
    off = {m: {number.name: remeasured(number, m) for number in claim.judged} for m in mechanisms}
    found: list[Without] = []
    for number in claim.judged:
        found += _without(claim, on[number.name], {m: off[m] for m in mechanisms}, rules)
    needed = dict.fromkeys(one.mechanism for one in found if one.is_needed(rules))
    return Reasons(claim.name, True, tuple(needed), tuple(found))


def _without(claim: Claim, on: Measured, off: Mapping[str, Mapping[str, Measured]], rules: Rules) -> list[Without]:
    """One number with each mechanism off; of a row that any number makes, one that was not there can't fall."""
    number, sign = on.number, 1.0 if on.number.side == ABOVE else -1.0
    if claim.judged_by != ALL and not on.p_support < (1.0 - rules.level) / len(claim.judged):
        return []
    fallen = {m: sign * (on.by_seed - found[number.name].by_seed) for m, found in off.items()}
    p = holm(pd.Series({m: min(p_beyond(values, 0.0, True), 1.0) for m, values in fallen.items()}, dtype=float))
    return [
        Without(
            claim.name, number.name, m, on.estimate(), found[number.name].estimate(), mean_estimate(fallen[m]),
            float(p[m]), is_supported(claim.judged_by, list(found.values()), rules.level),
        )
        for m, found in off.items()
    ]  # fmt: skip
