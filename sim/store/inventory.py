"""What the store holds, whether it is whole, and taking out what no study asks for any more."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sim.keep import model_hash
from sim.store import records
from sim.store.store import Store

READ_AT_ONCE = 500


class Kind(NamedTuple):
    """Runs that have the model and the names of their options in common."""

    model: str
    company: str
    org: str
    practices: str
    roles: str
    market: str


_UNNAMED = ("?",) * (len(Kind._fields) - 1)


@dataclass
class Lot:
    """How much there is of a kind."""

    configs: int = 0
    runs: int = 0
    failures: int = 0
    seconds: float = 0.0
    last_utc: float = 0.0


class Pruned(NamedTuple):
    """What was taken out, or would be."""

    models: int  # other versions of the model
    runs: int  # of theirs
    failures: int
    damaged: int


def inventory(store: Store) -> dict[Kind, Lot]:
    """How many runs of which kind the store holds, today's model first, then by names."""
    lots: dict[Kind, Lot] = defaultdict(Lot)
    names = dict(_names(store))
    runs = store.ask("SELECT config, model, count(*), sum(seconds), max(finished_utc) FROM run GROUP BY config, model")
    for config, model, n_runs, seconds, last_utc in runs:
        lot = lots[Kind(model, *names.get(config, _UNNAMED))]
        lot.configs, lot.runs, lot.seconds = lot.configs + 1, lot.runs + n_runs, lot.seconds + seconds
        lot.last_utc = max(lot.last_utc, last_utc)
    for config, model, n_failures in store.ask("SELECT config, model, count(*) FROM failure GROUP BY config, model"):
        lots[Kind(model, *names.get(config, _UNNAMED))].failures += n_failures
    today = model_hash()
    return dict(sorted(lots.items(), key=lambda item: (item[0].model != today, item[0])))


def _names(store: Store) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names of the options that each config was first asked for by."""
    for config, settings in store.ask("SELECT hash, settings FROM config"):
        try:
            parts = json.loads(zlib.decompress(settings))
            yield config, tuple(str(parts[group]["name"]) for group in Kind._fields[1:])
        except (zlib.error, ValueError, KeyError, TypeError):  # damaged: the runs are good without it
            yield config, _UNNAMED


def verified(store: Store) -> int:
    """Read every run and compare it with its checksums; what is damaged is set aside. How many are whole."""
    n_whole = 0
    for error in store.ask("PRAGMA quick_check(5)"):
        if error[0] != "ok":
            store.notes.append(f"{store.name}: {error[0]}")
    last = 0
    while True:
        some = store.ask("SELECT id, key, config, seed FROM run WHERE id > ? ORDER BY id LIMIT ?", (last, READ_AT_ONCE))
        if not some:
            return n_whole
        last = some[-1][0]
        found = {record[0]: record for record in store.ask(
            f"{records.reading('run.id > ? AND run.id <= ?', with_quarters=True)}", (some[0][0] - 1, last)
        )}  # fmt: skip
        for _, digest, config, seed in some:
            record = found.get(digest)
            if record is not None and records.whole(record, with_quarters=True) is not None:
                n_whole += 1
            else:
                store.set_aside(digest, f"config {config}, seed {seed}")


def prune(store: Store, dry_run: bool = False) -> Pruned:
    """Take out what other versions of the model ran, what failed and what is damaged; today's runs stay."""
    today = model_hash()
    others = "SELECT count(DISTINCT model), count(*) FROM run WHERE model != ?"
    counts = [store.ask(f"SELECT count(*) FROM {table}")[0][0] for table in ("failure", "damaged")]
    pruned = Pruned(*store.ask(others, (today,))[0], *counts)
    if not dry_run:
        store.change(lambda connection: _take_out(connection, today))
        store.compact()
    return pruned


def _take_out(connection: sqlite3.Connection, today: str) -> None:
    connection.execute("DELETE FROM quarters WHERE id NOT IN (SELECT id FROM run WHERE model = ?)", (today,))
    connection.execute("DELETE FROM run WHERE model != ?", (today,))
    connection.execute("DELETE FROM config WHERE hash NOT IN (SELECT config FROM run)")
    connection.execute("DELETE FROM layout WHERE id NOT IN (SELECT layout FROM run)")
    connection.execute("DELETE FROM failure")
    connection.execute("DELETE FROM damaged")
