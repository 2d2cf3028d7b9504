"""A run's rows as bytes, and back: what workers send, and what the store keeps.

Both tables of a run are records of plain numbers; their columns are named once, in a layout that nearly all runs of a
model share.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Row = Mapping[str, Any]
Table = npt.NDArray[Any]  # of records
Rows = tuple[dict[str, Any], list[dict[str, Any]]]
"""A run's outcomes, and its quarters."""

KINDS = {float: "<f8", np.float64: "<f8", int: "<i8", bool: "?"}
FAST = 1  # zlib's level: the levels above save two bytes in a hundred


class Encoded(NamedTuple):
    """One run as bytes."""

    layout: str  # JSON: name and type of each column of both tables
    outcomes: bytes
    quarters: bytes  # compressed
    seconds: float  # that it took


def encoded(outcomes: Row, quarters: Sequence[Row], seconds: float) -> Encoded:
    """A run's rows as bytes; raises `TypeError` for a value that is not a number, true or false."""
    tables = [_table([outcomes]), _table(quarters)]
    return Encoded(
        layout=json.dumps([_described(table.dtype) for table in tables], separators=(",", ":")),
        outcomes=tables[0].tobytes(),
        quarters=zlib.compress(tables[1].tobytes(), FAST),
        seconds=seconds,
    )


def decoded(run: Encoded) -> Rows:
    """The rows that were encoded."""
    outcomes, quarters = outcome_table(run.layout, [run.outcomes]), quarter_table(run.layout, [run.quarters])
    return _dicts(outcomes)[0], _dicts(quarters)


def outcome_table(layout: str, runs: Iterable[bytes]) -> Table:
    """The outcomes of runs that have a layout in common: one record for each run."""
    return np.frombuffer(b"".join(runs), dtype=_types(layout)[0])


def quarter_table(layout: str, runs: Iterable[bytes]) -> Table:
    """The quarters of runs that have a layout in common, one run after the other."""
    return np.frombuffer(b"".join(map(zlib.decompress, runs)), dtype=_types(layout)[1])


def _table(rows: Sequence[Row]) -> Table:
    names, kinds = tuple(rows[0]), _kinds(rows[0])
    for row in rows:
        if tuple(row) != names or _kinds(row) != kinds:
            raise TypeError("rows of a run differ in the names or types of their columns")
    return np.array([tuple(row.values()) for row in rows], dtype=list(zip(names, kinds, strict=True)))


def _kinds(row: Row) -> list[str]:
    return [_kind(name, value) for name, value in row.items()]


def _kind(name: str, value: Any) -> str:
    kind = KINDS.get(type(value))
    if kind is None:
        raise TypeError(f"{name} is a {type(value).__name__}: outcomes are numbers, true or false")
    return kind


def _described(kinds: np.dtype[Any]) -> list[tuple[str, str]]:
    return [(str(name), str(kind[0].str)) for name, kind in (kinds.fields or {}).items()]


@lru_cache(maxsize=64)
def _types(layout: str) -> tuple[np.dtype[Any], np.dtype[Any]]:
    outcomes, quarters = (np.dtype([(name, kind) for name, kind in columns]) for columns in json.loads(layout))
    return outcomes, quarters


def _dicts(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.dtype.names or (), record, strict=True)) for record in table.tolist()]
