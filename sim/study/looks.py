"""How often it is looked at results before stopping, and what that costs in certainty.

Who looks several times and stops when he likes what he sees is wrong more often than once. So the chance of being wrong
is divided among the looks that were planned (Bonferroni): an interval said to be of 95% then holds at all of them
together, whenever was stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

FIRST_LOOK = 16
_n_looks: ContextVar[int] = ContextVar("n_looks", default=1)


def looks(most: int) -> tuple[int, ...]:
    """Numbers of futures at which to look: 16, doubled each time, and the most that may be run."""
    planned = []
    look = FIRST_LOOK
    while look < most:
        planned.append(look)
        look *= 2
    return (*planned, most)


@contextmanager
def looking(n_looks: int) -> Iterator[None]:
    """Within this, all intervals and flags of `sim.study` are those of one of so many planned looks."""
    token = _n_looks.set(n_looks)
    try:
        yield
    finally:
        _n_looks.reset(token)


def of_this_look(level: float) -> float:
    """Level of an interval now, so that those of all planned looks hold with `level` together."""
    return 1 - (1 - level) / _n_looks.get()
