"""The database under the store: SQLite with a write-ahead log; a file that turns out to be spoilt is set aside.

What was committed survives a kill at any moment; the log is flushed to the disk with every commit, so it survives a
power cut too.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sim.params import ConfigError
from sim.store.faults import Spoilt, StoreFull, is_full, is_spoilt, primary
from sim.store.opening import FILE, identity, made, moved_aside, sound

IN_MEMORY = ":memory:"
Answer = TypeVar("Answer")
_FULL = "disk is full: what had finished is kept; make room and give the same command again to go on"


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
        aside = moved_aside(path)
        if aside is not None:
            self.aside.append(aside)
            self.notes.append(f"{path}: {why}; set aside as {aside.name}")

    def _opened(self) -> sqlite3.Connection:
        if self.path is None:
            return made(sqlite3.connect(IN_MEMORY, isolation_level=None))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sound(self.path)
        except Spoilt as spoilt:
            self._move_aside(self.path, str(spoilt))
            connection = sound(self.path)
        except (OSError, sqlite3.OperationalError) as error:
            raise self._unusable(error) from error
        self._file = identity(self.path)
        return connection

    def _unusable(self, error: Exception) -> ConfigError:
        return ConfigError(f"results_dir = {Path(self.name).parent}: {error}; must be a folder to write to")

    def _is_moved(self) -> bool:
        """Whether another invocation has set the file aside since it was opened here."""
        return self.path is not None and identity(self.path) != self._file

    @contextmanager
    def _told_in_a_line(self) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:
            raise Spoilt("text in it makes no sense") from error
        except sqlite3.DatabaseError as error:
            if is_full(error, self.path):
                raise StoreFull(errno.ENOSPC, _FULL, self.name) from error
            if is_spoilt(error):
                raise Spoilt(str(error)) from error
            if primary(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY):
                raise self._unusable(error) from error
            raise
