"""A line of the benchmark: a ratio, how it scattered over the rounds, and what it is to reach."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

Run = Callable[[], object]


@dataclass(frozen=True)
class Line:
    """One measured figure; `at_least` or `at_most` is the goal, none where it is only reported."""

    what: str
    value: float
    low: float  # the lowest of the rounds
    high: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    details: dict[str, float] = field(default_factory=dict)

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most

    @property
    def goal(self) -> str:
        """What is to be reached, in words."""
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        return "reported" if self.at_most is None else f"at most {self.at_most:g}"


def of_rounds(what: str, values: Sequence[float], **rest: object) -> Line:
    """A line whose value is the median of its rounds."""
    return Line(what, float(np.median(values)), min(values), max(values), **rest)  # type: ignore[arg-type]


def seconds(run: Run) -> float:
    """How long one call takes, while nothing else is tidied up."""
    gc.disable()
    try:
        clock = time.perf_counter()
        run()
        return time.perf_counter() - clock
    finally:
        gc.enable()


def fastest(make: Callable[[], Run], repeats: int) -> float:
    """Seconds of the fastest of some calls, each of its own making: what else the machine did is left out."""
    return min(seconds(make()) for _ in range(repeats))
