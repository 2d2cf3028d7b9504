"""Where two logs differ: compared record by record, bit for bit."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.log.record import Draw, Key, Record
from sim.market.prospects import COLUMN_NAMES, Prospects


@dataclass(frozen=True)
class Difference:
    """A record of two logs in which they are not the same; None where it is in one of them only."""

    a: Record | None
    b: Record | None

    @property
    def record(self) -> Record:
        """The record, as one of the sides has it."""
        record = self.a or self.b
        assert record is not None, "a difference has at least one side"
        return record

    @property
    def draw(self) -> Draw | None:
        """The draw that decided where it is the same on the sides that know it."""
        draws = {record.draw for record in (self.a, self.b) if record is not None}
        return draws.pop() if len(draws) == 1 else None


def same(x: object, y: object) -> bool:
    """Whether two values are the same bit for bit; a number that is not defined equals another one."""
    if x is y:
        return True
    if isinstance(x, str) or isinstance(y, str):
        return x == y
    one, other = np.asarray(x), np.asarray(y)
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    return not bool(unlike(one, other).any())


def unlike(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Where two arrays of one shape and type differ bit for bit, NaN being like NaN."""
    if one.dtype != np.float64:
        return np.asarray(one != other)
    bits, others = (np.ascontiguousarray(x).reshape(one.shape).view(np.int64) for x in (one, other))
    return np.asarray((bits != others) & ~(np.isnan(one) & np.isnan(other)))


def differences(log_a: Iterable[Record], log_b: Iterable[Record]) -> Iterator[Difference]:
    """Where two logs differ, in order; both are read side by side, no further than is asked for."""
    sides = (_sided(log_a, "a"), _sided(log_b, "b"))
    for _, met in groupby(heapq.merge(*sides, key=_key), key=_key):
        pair = dict(met)
        a, b = pair.get("a"), pair.get("b")
        if a is None or b is None:
            yield Difference(a, b)
        elif isinstance(a.value, Prospects) and isinstance(b.value, Prospects):
            yield from _of_accounts(a, a.value, b, b.value)
        elif not same(a.value, b.value):
            yield Difference(a, b)


def _sided(log: Iterable[Record], side: str) -> Iterator[tuple[str, Record]]:
    return ((side, record) for record in log)


def _key(sided: tuple[str, Record]) -> Key:
    return sided[1].key


def _of_accounts(a: Record, one: Prospects, b: Record, other: Prospects) -> Iterator[Difference]:
    """The first account that differs in each column, by account."""
    if len(one) != len(other):
        yield Difference(replace(a, value=len(one)), replace(b, value=len(other)))
        return
    found = [(np.flatnonzero(unlike(one[name], other[name])), number) for number, name in enumerate(COLUMN_NAMES)]
    for account, number in sorted((int(which[0]), number) for which, number in found if len(which)):
        name = COLUMN_NAMES[number]
        who, place = f"account {account}", (account, number)
        sides = ((a, one), (b, other))
        yield Difference(
            *(replace(r, who=who, what=name, place=place, value=table.value(name, account)) for r, table in sides)
        )
