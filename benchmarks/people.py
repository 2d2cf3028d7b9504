"""People, books and metrics of a quarter: all that a step of the model does beside the market's loop."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

import sim.model
from benchmarks.line import Line, of_rounds
from sim.compose import sim_config
from sim.market.week import run_quarter

ORGS = ("separate", "merged_sales_led")
RUNS = 12


def people() -> Iterator[Line]:
    """Time beside the loop over that of the loop, and in milliseconds, per quarter of medium runs."""
    quarters = np.concatenate([_quarters(org, seed) for seed in range(RUNS) for org in ORGS])
    rest, loop = quarters.T
    # Quarters differ in what happens; the machine differs in what else it does. Runs are the rounds.
    runs = quarters.reshape(RUNS * len(ORGS), -1, 2)
    ratios = np.median(runs[:, :, 0] / runs[:, :, 1], axis=1).tolist()
    milliseconds = (1e3 * np.median(runs[:, :, 0], axis=1)).tolist()
    details = {"loop_ms": float(1e3 * np.median(loop)), "fastest_tenth_ms": float(1e3 * np.quantile(rest, 0.1))}
    yield of_rounds("people, books, metrics over the loop", ratios, unit="x", at_most=1, details=details)
    yield of_rounds("people, books, metrics of a quarter", milliseconds, unit="ms", at_most=1)


def _quarters(org: str, seed: int) -> np.ndarray:
    """Seconds beside the loop and in it, of each quarter of a run; shape (n_quarters, 2)."""
    config = sim_config("company=medium", f"org={org}")
    model = sim.model.GoToMarket(config, seed, sim.model.past_of(config))
    times, in_loop = [], 0.0

    def timed(*asked: Any) -> None:
        nonlocal in_loop
        clock = time.perf_counter()
        run_quarter(*asked)
        in_loop = time.perf_counter() - clock

    sim.model.run_quarter = timed  # type: ignore[attr-defined]
    try:
        for _ in range(config.warm_up_quarters + config.horizon_quarters):
            clock = time.perf_counter()
            model.step()
            times.append((time.perf_counter() - clock - in_loop, in_loop))
    finally:
        sim.model.run_quarter = run_quarter  # type: ignore[attr-defined]
        model.forget()
    return np.array(times)
