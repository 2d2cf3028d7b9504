"""The file under the store: opened if it is one of ours, made if it is new, moved aside if it is spoilt."""

from __future__ import annotations

import os
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

from sim.store.faults import Spoilt, is_spoilt, primary

FILE = "store.sqlite"
BESIDE = ("-wal", "-shm")  # SQLite's other files, by what follows the name
APPLICATION = 0x32486174  # "2Hat", in the file's header
VERSION = 1
PATIENCE_SECONDS = 120.0  # for another invocation that writes to the same file
BUSY_SECONDS = 0.02

SCHEMA = """
CREATE TABLE layout (id INTEGER PRIMARY KEY, columns BLOB NOT NULL);
CREATE TABLE config (hash TEXT PRIMARY KEY, settings BLOB NOT NULL);
CREATE TABLE run (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, config TEXT NOT NULL, seed INTEGER NOT NULL, model TEXT NOT NULL,
    finished_utc REAL NOT NULL, seconds REAL NOT NULL, layout INTEGER NOT NULL, outcomes BLOB NOT NULL,
    checksum BLOB NOT NULL
);
CREATE TABLE quarters (id INTEGER PRIMARY KEY, rows BLOB NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE failure (
    key BLOB PRIMARY KEY, config TEXT NOT NULL, seed INTEGER NOT NULL, model TEXT NOT NULL, failed_utc REAL NOT NULL,
    error TEXT NOT NULL, trace TEXT NOT NULL
);
CREATE TABLE damaged (found_utc REAL NOT NULL, what TEXT NOT NULL, key BLOB, outcomes BLOB, quarters BLOB);
"""


def sound(path: Path) -> sqlite3.Connection:
    """A connection to a store that has our tables, made if the file is new; raises `Spoilt`."""
    connection = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        application, version, n_tables = _described(connection)
        if n_tables == 0 and application == 0:
            return made(connection)
        if application != APPLICATION:
            raise Spoilt("is not a store of Two Hats")
        if version != VERSION:
            raise Spoilt(f"is a store of version {version}, this is version {VERSION}")
        return _tuned(connection)
    except UnicodeDecodeError as error:  # SQLite quotes names that make no sense
        connection.close()
        raise Spoilt("names in it make no sense") from error
    except sqlite3.DatabaseError as error:
        connection.close()
        if is_spoilt(error):
            raise Spoilt(str(error)) from error
        raise
    except Spoilt:
        connection.close()
        raise


def _described(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Whose file it is, of which version, and its tables, all at one moment: another invocation may be making it."""
    questions = ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema")
    connection.execute("BEGIN")
    application, version, n_tables = (connection.execute(question).fetchone()[0] for question in questions)
    connection.execute("COMMIT")
    return application, version, n_tables


def made(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Our tables in an empty file; of two invocations that make them at once, one finds them made."""
    _tuned(connection)
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
    return connection


def _tuned(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Write ahead, and flush with every commit."""
    patient_until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            # The one change for which SQLite does not wait by itself: another invocation is making the same.
            if primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > patient_until:
                raise
            time.sleep(BUSY_SECONDS)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def moved_aside(path: Path) -> Path | None:
    """Rename a spoilt file and what lies beside it; None if another invocation has done it."""
    stem = f"store.damaged-{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}"
    number, aside = 1, path.with_name(f"{stem}.sqlite")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{stem}-{number}.sqlite")
    try:
        os.rename(path, aside)
    except FileNotFoundError:
        return None
    for suffix in BESIDE:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            os.replace(beside, aside.with_name(aside.name + suffix))
    return aside


def identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from another of the same name; None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
