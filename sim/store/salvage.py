"""What can be saved of a spoilt file: every run whose records can still be read and fit their checksums."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sim.store import records
from sim.store.database import Database
from sim.store.encoding import Encoded
from sim.store.key import RunKey

LEAST_BYTES_OF_A_RUN = 1000
NAMED = "SELECT config, seed, model, finished_utc FROM run WHERE id = ?"


def salvaged(spoilt: Path, into: Database) -> int:
    """Copy the sound runs of a file that was set aside; how many there are."""
    n_saved = 0
    with contextlib.closing(sqlite3.connect(spoilt)) as connection:
        _copy_settings(connection, into)
        for number in _numbers(connection, spoilt):
            run = _read(connection, number)
            if run is not None:
                with into.transaction() as sound:
                    records.write(sound, *run)
                n_saved += 1
    return n_saved


def _read(connection: sqlite3.Connection, number: int) -> tuple[RunKey, Encoded, float] | None:
    try:
        config, seed, model, finished_utc = connection.execute(NAMED, (number,)).fetchone()
        key = RunKey(str(config), int(seed), str(model))
        record = connection.execute(records.reading("run.id = ?", with_quarters=True), (number,)).fetchone()
    except (sqlite3.DatabaseError, TypeError, ValueError):  # can't be read, is not there, is of another type
        return None
    # What the run says of itself must be what its checksum was made over.
    run = records.whole((key.digest, *record[1:]), with_quarters=True)
    return None if run is None else (key, run, float(finished_utc))


def _numbers(connection: sqlite3.Connection, spoilt: Path) -> Iterator[int]:
    """Numbers that runs may have; where even the last one can't be read, as many as the file has room for."""
    try:
        last = connection.execute("SELECT max(id) FROM run").fetchone()[0] or 0
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        last = spoilt.stat().st_size // LEAST_BYTES_OF_A_RUN
    yield from range(1, int(last) + 1)


def _copy_settings(connection: sqlite3.Connection, into: Database) -> None:
    with contextlib.suppress(sqlite3.DatabaseError, UnicodeDecodeError):
        rows = connection.execute("SELECT hash, settings FROM config").fetchall()
        with into.transaction() as sound:
            sound.executemany("INSERT OR IGNORE INTO config VALUES (?, ?)", rows)
