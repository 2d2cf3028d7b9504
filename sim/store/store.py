"""The store: finished runs by their keys, in one file that studies share.

Only the process that asked for runs writes them, each batch as it comes, so what a kill can take is what was still
running. Each record carries a checksum over all that it says: one that does not fit is set aside and run again.
"""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

from sim.config import SimConfig
from sim.store import records
from sim.store.database import Database
from sim.store.encoding import Encoded
from sim.store.faults import Spoilt
from sim.store.key import RunKey
from sim.store.salvage import salvaged

Item = TypeVar("Item")
Answer = TypeVar("Answer")
ASKED_AT_ONCE = 500  # keys in a question; SQLite takes 32,766 at most


class Kept(NamedTuple):
    """One run as it was kept; its quarters are empty unless they were asked for."""

    key: RunKey
    run: Encoded


class Store:
    """Runs by key, in a file of `folder`, or in memory without one."""

    def __init__(self, folder: Path | str | None = None) -> None:
        self._database = Database(None if folder is None else Path(folder))
        self._described: set[str] = set()  # configs whose settings have been written
        self._save_what_is_sound()

    @property
    def name(self) -> str:
        """The file, for people."""
        return self._database.name

    @property
    def notes(self) -> list[str]:
        """What was found damaged since the store was opened, one line each."""
        return self._database.notes

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- what is there

    def present(self, keys: Iterable[RunKey]) -> set[RunKey]:
        """Those of the runs that are kept; whether they are whole is found when they are read."""
        found: set[RunKey] = set()
        for some in _chunks(keys, ASKED_AT_ONCE):
            by_digest = {key.digest: key for key in some}
            question = f"SELECT key FROM run WHERE key IN ({_marks(by_digest)})"
            found |= {by_digest[digest] for (digest,) in self.ask(question, by_digest)}
        return found

    def runs(self, keys: Iterable[RunKey], with_quarters: bool = False) -> Iterator[Kept]:
        """The runs that are kept and whole, in no order and some hundreds in memory at a time.

        Those that are damaged are set aside and named in `notes`; they are no longer there afterwards.
        """
        for some in _chunks(keys, ASKED_AT_ONCE):
            by_digest = {key.digest: key for key in some}
            question = records.reading(f"run.key IN ({_marks(by_digest)})", with_quarters)
            for record in self.ask(question, by_digest):
                run = records.whole(record, with_quarters)
                key = by_digest.get(record[0])  # an index that is damaged may lead to another
                if run is None or key is None:
                    self.set_aside(
                        record[0], "an unknown run" if key is None else f"config {key.config}, seed {key.seed}"
                    )
                else:
                    yield Kept(key, run)

    def ask(self, question: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Answers to a question in SQL; of a file that is spoilt, what could be saved of it answers."""
        asked = list(values)
        return self._repaired(
            lambda: self._database.read(lambda connection: connection.execute(question, asked).fetchall())
        )

    # ---- what comes and goes

    def add(self, config: SimConfig, runs: Mapping[RunKey, Encoded]) -> None:
        """Keep finished runs of one config, all of them or none; those that are there already stay as they are."""
        self.add_all([(config, runs)])

    def add_all(self, lots: Sequence[tuple[SimConfig, Mapping[RunKey, Encoded]]]) -> None:
        """Keep finished runs of several configs, all of them or none."""

        def added(connection: sqlite3.Connection) -> None:
            for config, runs in lots:
                for key, run in runs.items():
                    self._describe(connection, key, config)
                    records.write(connection, key, run, time.time())

        self.change(added)

    def add_failure(self, config: SimConfig, key: RunKey, error: str, trace: str) -> None:
        """Keep what is known of a run that failed: config, seed, error. It is tried again when it is asked for."""

        def added(connection: sqlite3.Connection) -> None:
            self._describe(connection, key, config)
            failure = (key.digest, *key, time.time(), error, trace)
            connection.execute("INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?, ?, ?)", failure)

        self.change(added)

    def _describe(self, connection: sqlite3.Connection, key: RunKey, config: SimConfig) -> None:
        """Write the settings that a config's hash stands for, with the words in which they were asked for first."""
        if key.config in self._described:
            return
        settings = json.dumps(asdict(config), default=str).encode()
        connection.execute("INSERT OR IGNORE INTO config VALUES (?, ?)", (key.config, zlib.compress(settings)))
        self._described.add(key.config)

    def set_aside(self, digest: bytes, whom: str) -> None:
        """Take a damaged run out of use, and say so."""
        self.notes.append(f"{self.name}: the run of {whom} is damaged; set aside")
        self.change(lambda connection: records.set_aside(connection, digest, time.time(), whom))

    def change(self, action: Callable[[sqlite3.Connection], None]) -> None:
        """Change something, all of it or nothing; in a file that turns out to be spoilt, after its repair."""

        def changed() -> None:
            with self._database.transaction() as connection:
                action(connection)

        self._repaired(changed)

    def renew(self, why: str) -> None:
        """Set the file aside and go on with a new one that has the sound runs of the old."""
        self._described.clear()
        self._database.set_aside(why)
        self._save_what_is_sound()

    def compact(self) -> None:
        """Give the room of what was taken out back to the disk."""
        self.ask("VACUUM")

    def _repaired(self, attempt: Callable[[], Answer]) -> Answer:
        try:
            return attempt()
        except Spoilt as spoilt:
            self.renew(str(spoilt))
            return attempt()

    def _save_what_is_sound(self) -> None:
        """Copy the sound runs of files that were set aside into the one that took their place."""
        while self._database.aside:
            n_saved = salvaged(self._database.aside.pop(), self._database)
            self.notes[-1] += f"; {n_saved} runs of it are sound and kept, what else is asked for is run again"


def _marks(values: Iterable[Any]) -> str:
    return ", ".join("?" for _ in values)


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
