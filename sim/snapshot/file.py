"""Snapshots on disk: arrays and a description of what they are, in one NumPy archive; nothing in it is executed.

Only records that are listed here are made when a file is read, so a file from elsewhere can hold wrong numbers but
do no harm.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.books import Books
from sim.config import PracticesConfig
from sim.market.channels import Channels
from sim.market.laws import Policy, Seats
from sim.market.prospects import ACCOUNT, CASE, Prospects
from sim.org.attribution import Credit
from sim.org.leaders import Leaders
from sim.org.money import Money
from sim.org.months import PersonTime
from sim.org.plan import Plan
from sim.org.programmes import Programmes
from sim.org.trust import Trust
from sim.org.workforce import CalledAway, Workforce
from sim.policy import MarketSize

VERSION = 1
DESCRIPTION = "description"
UNREADABLE = (
    OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, KeyError, ValueError, TypeError,
    AttributeError, SyntaxError, tokenize.TokenError,
)  # fmt: skip
"""What NumPy and JSON make of a file that is none of ours, or no longer whole."""
RECORDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        Books, CalledAway, Channels, Credit, Leaders, MarketSize, Money, PersonTime, Plan, Policy, PracticesConfig,
        Programmes, Prospects, Seats, Trust, Workforce,
    )
}  # fmt: skip


def write(path: Path, head: Mapping[str, Any], state: Mapping[str, Any]) -> Path:
    """Write head and state to a file, whole or not at all; returns its path."""
    arrays: dict[str, np.ndarray] = {}
    described = {"version": VERSION, "head": dict(head), "state": _described(dict(state), arrays)}
    arrays[DESCRIPTION] = np.frombuffer(json.dumps(described).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            np.savez_compressed(target, allow_pickle=False, **arrays)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def read(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Head and state of a file, or `ValueError` for one that is not as `write` makes it."""
    try:
        # From memory: of a file that is no archive NumPy would keep the handle.
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        described = json.loads(arrays.pop(DESCRIPTION).tobytes())
    except UNREADABLE as error:
        raise ValueError(f"can't be read ({type(error).__name__})") from error
    if not isinstance(described, dict) or described.get("version") != VERSION:
        found = described.get("version") if isinstance(described, dict) else None
        raise ValueError(f"is of version {found}, not {VERSION}")
    return described["head"], _made(described["state"], arrays)


def _described(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    """A value as JSON can hold it, its arrays put aside under running names."""
    if isinstance(value, np.ndarray):
        name = f"a{len(arrays)}"
        arrays[name] = np.asarray(value)
        return {"array": name}
    if isinstance(value, np.generic):
        return value.item()
    if is_dataclass(value) or hasattr(value, "_fields"):
        names = value._fields if hasattr(value, "_fields") else [f.name for f in fields(value)]
        return {"record": type(value).__name__, "of": {n: _described(getattr(value, n), arrays) for n in names}}
    if isinstance(value, tuple):
        return {"tuple": [_described(item, arrays) for item in value]}
    if isinstance(value, dict):
        return {"dict": {key: _described(item, arrays) for key, item in value.items()}}
    return [_described(item, arrays) for item in value] if isinstance(value, list) else value


def _known(array: np.ndarray) -> np.ndarray:
    """An array of records as the very type by which compiled code knows them."""
    for record in (ACCOUNT, CASE):
        if array.dtype.names == record.names:
            return array.astype(record)
    return array


def _made(described: Any, arrays: Mapping[str, np.ndarray]) -> Any:
    """The value that `_described` was given."""
    if isinstance(described, list):
        return [_made(item, arrays) for item in described]
    if not isinstance(described, dict):
        return described
    ((kind, what),) = ((k, v) for k, v in described.items() if k != "of")
    if kind == "array":
        return _known(arrays[what])
    if kind == "record":
        return RECORDS[what](**{name: _made(item, arrays) for name, item in described["of"].items()})
    if kind == "tuple":
        return tuple(_made(item, arrays) for item in what)
    if kind == "dict":
        return {key: _made(item, arrays) for key, item in what.items()}
    raise ValueError(f"holds a {kind}, which nothing here is")
