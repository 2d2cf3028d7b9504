"""What can be wrong with the file under the store, told from SQLite's errors."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

LEAST_ROOM_BYTES = 1_000_000
# What we ask is always the same, so an error in what is asked means that tables or columns are no longer ours.
_SPOILT = {
    sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_ERROR,
}  # fmt: skip


class StoreFull(OSError):
    """There is no room left where results are written; what had been committed is still there."""


class Spoilt(Exception):
    """A file that is no store of this version, or no longer."""


def primary(error: sqlite3.Error) -> int:
    """SQLite's code for the kind of error."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def is_full(error: sqlite3.Error, path: Path | None) -> bool:
    """Whether there is no room left; an index in shared memory that can't grow is reported as a failed write."""
    if primary(error) == sqlite3.SQLITE_IOERR and path is not None:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM_BYTES
    return primary(error) == sqlite3.SQLITE_FULL


def is_spoilt(error: sqlite3.Error) -> bool:
    """Whether a file's content is to blame: pages that make no sense, or end too early, or lack our tables."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHORT_READ or primary(error) in _SPOILT
