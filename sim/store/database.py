"""The file under the store: SQLite with a write-ahead log, opened, found to be damaged, set aside and made anew.

What was committed survives a kill at any moment; the log is flushed to the disk with every commit, so it survives a
power cut too.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sim.params import ConfigError

FILE = "store.sqlite"
BESIDE = ("", "-wal", "-shm")  # SQLite's files, by what follows the name
APPLICATION = 0x32486174  # "2Hat", in the file's header
VERSION = 1
PATIENCE_SECONDS = 120.0  # for another invocation that writes to the same file
BUSY_SECONDS = 0.02
IN_MEMORY = ":memory:"
LEAST_ROOM_BYTES = 1_000_000

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

Answer = TypeVar("Answer")
# What we ask is always the same, so an error in what is asked means that tables or columns are no longer ours.
_SPOILT = {
    sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_ERROR,
}  # fmt: skip
_FULL = "disk is full: what had finished is kept; make room and give the same command again to go on"


class StoreFull(OSError):
    """There is no room left where results are written; what had been committed is still there."""


class Spoilt(Exception):
    """A file that is no store of this version, or no longer."""


class Database:
    """One connection; in memory if `folder` is None."""

    def __init__(self, folder: Path | None) -> None:
        self.path = None if folder is None else folder / FILE
        self.notes: list[str] = []  # one line for each thing that was found damaged
        self.aside: list[Path] = []  # spoilt files from which nothing has been saved yet
        self._connection = self._opened()

    @property
    def name(self) -> str:
        """The file as users know it."""
        return IN_MEMORY if self.path is None else str(self.path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing; waits for another writer. Raises `StoreFull` where there is no room."""
        if self._is_moved():
            self.reopen()
        with self._told_in_a_line():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def read(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Ask something of one connection; raises `Spoilt` where the file can't answer."""
        if self._is_moved():
            self.reopen()
        with self._told_in_a_line():
            return question(self._connection)

    def reopen(self) -> None:
        """Go on with the file that is there now."""
        self._connection.close()
        self._connection = self._opened()

    def set_aside(self, why: str) -> None:
        """Make room for a sound file, unless another invocation was faster."""
        moved = self._is_moved()
        self._connection.close()
        if not moved and self.path is not None:
            self._move_aside(self.path, why)
        self._connection = self._opened()

    def _move_aside(self, path: Path, why: str) -> None:
        aside = _moved_aside(path)
        if aside is not None:
            self.aside.append(aside)
            self.notes.append(f"{path}: {why}; set aside as {aside.name}")

    def _opened(self) -> sqlite3.Connection:
        if self.path is None:
            return _made(sqlite3.connect(IN_MEMORY, isolation_level=None))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = _sound(self.path)
        except Spoilt as spoilt:
            self._move_aside(self.path, str(spoilt))
            connection = _sound(self.path)
        except (OSError, sqlite3.OperationalError) as error:
            raise self._unusable(error) from error
        self._file = _identity(self.path)
        return connection

    def _unusable(self, error: Exception) -> ConfigError:
        return ConfigError(f"results_dir = {Path(self.name).parent}: {error}; must be a folder to write to")

    def _is_moved(self) -> bool:
        """Whether another invocation has set the file aside since it was opened here."""
        return self.path is not None and _identity(self.path) != self._file

    @contextmanager
    def _told_in_a_line(self) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:
            raise Spoilt("text in it makes no sense") from error
        except sqlite3.DatabaseError as error:
            if _is_full(error, self.path):
                raise StoreFull(errno.ENOSPC, _FULL, self.name) from error
            if _is_spoilt(error):
                raise Spoilt(str(error)) from error
            if _primary(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY):
                raise self._unusable(error) from error
            raise


def _sound(path: Path) -> sqlite3.Connection:
    """A connection to a store that has our tables, made if the file is new; raises `Spoilt`."""
    connection = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        application, version, n_tables = _described(connection)
        if n_tables == 0 and application == 0:
            return _made(connection)
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
        if _is_spoilt(error):
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


def _made(connection: sqlite3.Connection) -> sqlite3.Connection:
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
            if _primary(error) != sqlite3.SQLITE_BUSY or time.monotonic() > patient_until:
                raise
            time.sleep(BUSY_SECONDS)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _moved_aside(path: Path) -> Path | None:
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
    for suffix in BESIDE[1:]:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            os.replace(beside, aside.with_name(aside.name + suffix))
    return aside


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _primary(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _is_full(error: sqlite3.Error, path: Path | None) -> bool:
    """Whether there is no room left; an index in shared memory that can't grow is reported as a failed write."""
    if _primary(error) == sqlite3.SQLITE_IOERR and path is not None:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM_BYTES
    return _primary(error) == sqlite3.SQLITE_FULL


def _is_spoilt(error: sqlite3.Error) -> bool:
    """Whether a file's content is to blame: pages that make no sense, or end too early, or lack our tables."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHORT_READ or _primary(error) in _SPOILT
