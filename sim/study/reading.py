"""From the store to tidy tables: one row per run, or one per run and quarter, in the order in which they were asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from sim.config import SimConfig
from sim.store import Encoded, RunKey, Store, run_keys
from sim.store.encoding import Table, outcome_table, quarter_table
from sim.study.results import QUARTER_KEYS, RUN_KEYS
from sim.study.task import keys_of

Scenarios = Mapping[str, SimConfig]
Placed = list[tuple[int, Encoded]]  # a run by its place in the order


def runs_of(store: Store, scenarios: Scenarios, seeds: Sequence[int]) -> pd.DataFrame:
    """Outcomes of the runs that are kept: one row for each scenario and seed."""
    return _frame(store, scenarios, seeds, RUN_KEYS, lambda layout, runs: outcome_table(layout, _outcomes(runs)))


def quarters_of(store: Store, scenarios: Scenarios, seeds: Sequence[int]) -> pd.DataFrame:
    """Quarters of the runs that are kept: one row for each scenario, seed and quarter."""
    return _frame(store, scenarios, seeds, QUARTER_KEYS, lambda layout, runs: quarter_table(layout, _quarters(runs)))


def _outcomes(runs: Placed) -> Iterable[bytes]:
    return (run.outcomes for _, run in runs)


def _quarters(runs: Placed) -> Iterable[bytes]:
    return (run.quarters for _, run in runs)


def _frame(
    store: Store, scenarios: Scenarios, seeds: Sequence[int], columns: list[str], table: Callable[[str, Placed], Table]
) -> pd.DataFrame:
    by_layout: dict[str, Placed] = {}
    for place, run in _placed(store, scenarios, seeds, with_quarters=columns == QUARTER_KEYS):
        by_layout.setdefault(run.layout, []).append((place, run))
    parts = [
        _part(table(layout, runs), [place for place, _ in runs], scenarios, seeds) for layout, runs in by_layout.items()
    ]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _placed(
    store: Store, scenarios: Scenarios, seeds: Sequence[int], with_quarters: bool
) -> Iterable[tuple[int, Encoded]]:
    """Runs with their places; scenarios that are one but for their names share theirs."""
    places: dict[RunKey, list[int]] = {}
    for number, config in enumerate(scenarios.values()):
        for order, key in enumerate(run_keys(config, seeds)):
            places.setdefault(key, []).append(number * len(seeds) + order)
    for key, run in store.runs(places, with_quarters):
        yield from ((place, run) for place in places[key])


def _part(table: Table, places: list[int], scenarios: Scenarios, seeds: Sequence[int]) -> pd.DataFrame:
    """The rows of runs that have a layout in common; their index is the runs' place."""
    index = np.repeat(places, len(table) // len(places))
    words = [keys_of(name, config, 0) for name, config in scenarios.items()]
    number, order = index // len(seeds), index % len(seeds)
    keys = {key: np.array([said[key] for said in words], dtype=object)[number] for key in RUN_KEYS if key != "seed"}
    numbers = {column: table[column] for column in table.dtype.names or ()}
    frame = pd.DataFrame({**keys, "seed": np.asarray(seeds)[order], **numbers}, index=index)
    return frame.astype(dict.fromkeys(keys, "str"))
