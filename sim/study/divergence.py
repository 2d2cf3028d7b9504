"""The divergence audit: until when two scenarios are bit-identical under one seed, and where they part.

Both are run in lockstep and their whole states compared after every quarter. The first quarter after which anything
differs is run once more with its decision log, which names the first decision, entity and week.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.config import SimConfig
from sim.config.changes import value_of
from sim.log import CHAPTERS, Difference, Kind, Unlike, differences, n_values, quarter_log, state, unlikes
from sim.model import GoToMarket
from sim.periods import WEEKS_PER_QUARTER, quarter_of_step

LOOKED_ON = 4  # quarters after the first, for decisions of further kinds to part

Pair = tuple[GoToMarket, GoToMarket]


@dataclass(frozen=True)
class Divergence:
    """Until when two scenarios are the same under one seed, and what parts them; nothing does in the same scenario."""

    seed: int
    first_quarter: int  # number of the first quarter run
    n_quarters: int  # of the run
    quarters_alike: int  # whole quarters after which all numbers were the same, from the first on
    states_alike: int  # states compared and found the same, the one before the first quarter included
    values_alike: int  # numbers compared and found the same in these
    unlike: tuple[Unlike, ...] = ()  # in the first state that differs
    context: tuple[Difference, ...] = ()  # what is in force on one side only in the quarter in which they part
    first: Difference | None = None  # decision or state
    timeline: tuple[Difference, ...] = ()  # the first decision to differ of each chapter, in order

    @property
    def part(self) -> bool:
        """Whether they differ in any number within the horizon."""
        return bool(self.unlike)

    @property
    def is_from_start(self) -> bool:
        """Whether they differ before the first quarter has begun."""
        return self.part and self.states_alike == 0

    @property
    def quarter(self) -> int | None:
        """Number of the quarter in which their states part, None if they never do."""
        return self.first_quarter + self.quarters_alike if self.part else None

    @property
    def weeks_alike(self) -> int:
        """Whole weeks before the first record that differs, every column of every account being the same in them."""
        if self.first is None:
            return self.n_quarters * WEEKS_PER_QUARTER
        return self.first.record.week + self.first.record.is_afterwards

    @property
    def decision(self) -> Difference | None:
        """The first decision that differs, None if none does within the horizon."""
        return self.timeline[0] if self.timeline else None


def divergence(config_a: SimConfig, config_b: SimConfig, seed: int = 0) -> Divergence:
    """Where two scenarios part under one seed; runs both, and changes nothing else."""
    n_quarters = min(config.warm_up_quarters + config.horizon_quarters for config in (config_a, config_b))
    models = _started(config_a, config_b, seed)
    n_alike, values, unlike = 0, *_compared(models)
    states, values_alike = int(not unlike), 0 if unlike else values
    while not unlike and n_alike < n_quarters:
        for model in models:
            model.step()
        values, unlike = _compared(models)
        if not unlike:
            n_alike, states, values_alike = n_alike + 1, states + 1, values_alike + values
    _forget(models)
    first_quarter = quarter_of_step(0, config_a.warm_up_quarters)
    counts = (seed, first_quarter, n_quarters, n_alike, states, values_alike)
    if not unlike:
        return Divergence(*counts)
    models = _started(config_a, config_b, seed)
    for model in models:
        for _ in range(n_alike):
            model.step()
    context, first, timeline = _parting(models, n_quarters - n_alike)
    _forget(models)
    return Divergence(*counts, unlike, context, first, timeline)


def _started(config_a: SimConfig, config_b: SimConfig, seed: int) -> Pair:
    return GoToMarket(config_a, seed), GoToMarket(config_b, seed)


def _forget(models: Pair) -> None:
    for model in models:
        model.forget()


def _compared(models: Pair) -> tuple[int, tuple[Unlike, ...]]:
    a, b = (state(model) for model in models)
    return n_values(a), unlikes(a, b)


def _parting(models: Pair, n_quarters: int) -> tuple[tuple[Difference, ...], Difference | None, tuple[Difference, ...]]:
    """What is in force on one side only, the first record that differs, and the first decisions, by chapter."""
    context: list[Difference] = []
    first: Difference | None = None
    decided: dict[str, Difference] = {}
    for number in range(n_quarters):
        if decided and (number > LOOKED_ON or len(decided) == len(CHAPTERS)):
            break
        for found in _differences(models):
            record = found.record
            if record.kind == Kind.IN_FORCE:
                context += [_on_both_sides(found, models)] if first is None else []
                continue
            first = first or found
            if record.chapter is not None:
                decided.setdefault(record.chapter, found)
    return tuple({found.record.what: found for found in context}.values()), first, tuple(decided.values())


def _on_both_sides(found: Difference, models: Pair) -> Difference:
    """A setting that is changed on one side only, with what holds on the other."""
    if (found.a is not None and found.b is not None) or "." not in found.record.what:
        return found
    config = models[0 if found.a is None else 1].config
    other = replace(found.record, value=value_of(config, found.record.what))
    return Difference(found.a or other, found.b or other)


def _differences(models: Pair) -> Iterator[Difference]:
    """Where the logs of the next quarter differ; both have run it when all is told."""
    return differences(*(quarter_log(model) for model in models))
