"""A run as records of the database: written with checksums over all that they say, read only if these fit."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import lru_cache
from typing import Any

from sim.store.encoding import Encoded
from sim.store.key import RunKey

Record = tuple[Any, ...]

READ = """
SELECT run.key, layout.columns, run.outcomes, run.seconds, run.checksum, {quarters}
FROM run LEFT JOIN layout ON layout.id = run.layout {joined} WHERE {which}
"""


def reading(which: str, with_quarters: bool) -> str:
    """The question for runs and, unless they are of no interest, their quarters."""
    if not with_quarters:
        return READ.format(quarters="NULL, NULL", joined="", which=which)
    joined = "LEFT JOIN quarters ON quarters.id = run.id"
    return READ.format(quarters="quarters.rows, quarters.checksum", joined=joined, which=which)


def write(connection: sqlite3.Connection, key: RunKey, run: Encoded, finished_utc: float) -> None:
    """Write one run, unless it is there already; a failure of the same run is forgotten."""
    layout = _write_layout(connection, run.layout.encode())
    written = connection.execute(
        "INSERT OR IGNORE INTO run (key, config, seed, model, finished_utc, seconds, layout, outcomes, checksum) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (key.digest, *key, finished_utc, run.seconds, layout, run.outcomes, _checksum(key.digest, run, run.outcomes)),
    )
    if written.rowcount == 0:
        return
    quarters = (written.lastrowid, run.quarters, _checksum(key.digest, run, run.quarters))
    connection.execute("INSERT OR REPLACE INTO quarters VALUES (?, ?, ?)", quarters)
    connection.execute("DELETE FROM failure WHERE key = ?", (key.digest,))


def _write_layout(connection: sqlite3.Connection, columns: bytes) -> int:
    """The number under which a layout stands, made of what it says; one that was damaged is written anew."""
    number = int.from_bytes(hashlib.blake2b(columns, digest_size=7).digest(), "little")
    found = connection.execute("SELECT columns FROM layout WHERE id = ?", (number,)).fetchone()
    if found != (columns,):
        connection.execute("INSERT OR REPLACE INTO layout VALUES (?, ?)", (number, columns))
    return number


def set_aside(connection: sqlite3.Connection, digest: bytes, found_utc: float, what: str) -> None:
    """Move a run whose records don't fit their checksums to where nobody reads it but for repair."""
    connection.execute(
        "INSERT INTO damaged SELECT ?, ?, run.key, run.outcomes, quarters.rows "
        "FROM run LEFT JOIN quarters ON quarters.id = run.id WHERE run.key = ?",
        (found_utc, what, digest),
    )
    connection.execute("DELETE FROM quarters WHERE id = (SELECT id FROM run WHERE key = ?)", (digest,))
    connection.execute("DELETE FROM run WHERE key = ?", (digest,))


def whole(record: Record, with_quarters: bool) -> Encoded | None:
    """The run that a record of `reading` holds, or None if anything in it does not fit."""
    digest, layout, outcomes, seconds, checksum, quarters, checksum_of_quarters = record
    try:
        run = Encoded(_text(bytes(layout)), bytes(outcomes), bytes(quarters or b""), float(seconds))
    except (TypeError, ValueError):  # of another type than was written
        return None
    if _checksum(digest, run, run.outcomes) != checksum:
        return None
    if with_quarters and _checksum(digest, run, run.quarters) != checksum_of_quarters:
        return None
    return run


@lru_cache(maxsize=64)
def _text(layout: bytes) -> str:
    """A layout; the same one for all runs that share it, not a copy for each."""
    return layout.decode()


def _checksum(digest: bytes, run: Encoded, payload: bytes) -> bytes:
    """Over the key, how to read it, how long it took and the payload."""
    said = hashlib.blake2b(digest, digest_size=16)
    for part in (run.layout.encode(), repr(run.seconds).encode(), payload):
        said.update(len(part).to_bytes(8, "little"))
        said.update(part)
    return said.digest()
