"""What follows from settings alone, worked out once and not in every quarter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Found = TypeVar("Found")
MOST_KEPT = 64  # of one function; a run needs one or two, a study's runs share most of theirs


def once_per_config(rule: Callable[..., Found]) -> Callable[..., Found]:
    """Make a pure function of frozen objects remember what it found for the very same ones.

    They are told apart by identity: a hash runs over all settings of a config, which takes longer than the work of a
    quarter that is saved. Objects that were asked for are kept, so that no other can come to lie where they lay.
    """
    known: dict[tuple[int, ...], tuple[tuple[object, ...], Found]] = {}

    @wraps(rule)
    def found(*given: object) -> Found:
        asked = tuple(map(id, given))
        if asked not in known:
            while len(known) >= MOST_KEPT:
                del known[next(iter(known))]
            known[asked] = (given, rule(*given))
        return known[asked][1]

    return found
