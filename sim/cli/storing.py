"""`twohats store list|verify|prune`: what has been run, whether it is whole, and taking out what is of no more use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from sim.keep import model_hash
from sim.params import ConfigError, nearest
from sim.report.delivery import say_notes
from sim.report.tables import report_console
from sim.store import Store
from sim.store.inventory import inventory, prune, verified
from sim.store.opening import FILE

ACTIONS = ("list", "verify", "prune")
DAMAGED = 1


def store(words: Sequence[str]) -> int:
    """Do what the words say with the store of `results_dir`; exit status 0, or 1 if `verify` finds damage."""
    action, folder, dry_run = _asked(words)
    if not (folder / FILE).exists():
        raise ConfigError(f"results_dir = {folder}: has no {FILE}; must be a folder that studies have written to")
    with Store(folder) as opened:
        status = {"list": _list, "verify": _verify, "prune": _prune}[action](opened, dry_run)
        say_notes(opened)
    return status


def _asked(words: Sequence[str]) -> tuple[str, Path, bool]:
    actions = [word for word in words if "=" not in word]
    settings = dict(word.split("=", 1) for word in words if "=" in word)
    if len(actions) != 1 or actions[0] not in ACTIONS:
        said = " ".join(actions) or "nothing"
        raise ConfigError(f"store {said}: must be one of {', '.join(ACTIONS)}{nearest(said, ACTIONS)}")
    known = ("results_dir", "dry_run")
    for name in settings:
        if name not in known:
            raise ConfigError(
                f"{name}: no such setting of store; must be one of {', '.join(known)}{nearest(name, known)}"
            )
    dry_run = settings.get("dry_run", "false")
    if dry_run not in ("true", "false"):
        raise ConfigError(f"dry_run = {dry_run}: must be true or false")
    return actions[0], Path(settings.get("results_dir") or "results"), dry_run == "true"


def _list(store: Store, _: bool) -> int:
    console, today = report_console(), model_hash()
    table = Table("model", "company", "structure", "practices, roles, market", box=None, header_style="bold")
    for column in table.columns:
        column.no_wrap = True
    for counted in ("settings", "runs", "failed", "last, UTC"):
        table.add_column(counted, justify="right", no_wrap=True)
    lots = inventory(store)
    for kind, lot in lots.items():
        model = "today's" if kind.model == today else kind.model[:8]
        last = f"{datetime.fromtimestamp(lot.last_utc, UTC):%Y-%m-%d %H:%M}" if lot.runs else ""
        table.add_row(
            model,
            kind.company,
            kind.org,
            ", ".join(kind[3:]),
            f"{lot.configs}",
            f"{lot.runs}",
            f"{lot.failures or ''}",
            last,
        )
    console.print(table)
    n_runs, hours = sum(lot.runs for lot in lots.values()), sum(lot.seconds for lot in lots.values()) / 3600
    console.print(f"{store.name}: {n_runs} runs, {hours:.1f} h of work, {_megabytes(store)}", highlight=False)
    return 0


def _verify(store: Store, _: bool) -> int:
    n_whole = verified(store)
    print(f"{store.name}: {n_whole} runs are whole, {len(store.notes)} findings")
    return DAMAGED if store.notes else 0


def _prune(store: Store, dry_run: bool) -> int:
    before, out = _megabytes(store), prune(store, dry_run)
    what = f"{out.runs} runs of {out.models} other models, {out.failures} failures, {out.damaged} damaged runs"
    if dry_run:
        print(f"{store.name}: would take out {what}")
    else:
        print(f"{store.name}: took out {what}; {before} before, {_megabytes(store)} now")
    return 0


def _megabytes(store: Store) -> str:
    return f"{Path(store.name).stat().st_size / 1e6:.1f} MB"
