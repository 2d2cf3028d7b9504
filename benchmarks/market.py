"""The compiled market: against the plain-Mesa twin, against the floor, and from 10,000 accounts to a million."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numba
import numpy as np

from benchmarks.line import Line, Run, fastest, of_rounds
from benchmarks.quarter import bytes_per_prospect, compiled, medium_quarter, plain, sized_quarter, state_columns
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import uniform
from tests.reference.comparing import plain_market
from tests.reference.compiled import Quarter

ROUNDS = 5
SIZES = (10_000, 100_000, 1_000_000)


def twin() -> Line:
    """Times faster than one Mesa agent per account, same rules, same numbers (`tests/reference`).

    The twin is fair: attributes in slots, hash and quantiles in their compiled form because that is faster than
    plain Python's, no copies, no collecting.
    """
    quarter = medium_quarter()
    fast, slow, ratios = [], [], []
    for _ in range(ROUNDS):
        fast.append(fastest(lambda: compiled(quarter), 20))
        slow.append(fastest(lambda: plain(quarter), 1))
        ratios.append(slow[-1] / fast[-1])
    each = 1e9 / (len(quarter.accounts) * WEEKS_PER_QUARTER)
    details = {"compiled_ns": min(fast) * each, "twin_ns": min(slow) * each}
    return of_rounds("market, times as fast as the twin", ratios, unit="x", at_least=300, details=details)


def floor() -> Line:
    """Time per prospect-week over that of as many hashes and one pass over the columns, reading and writing."""
    quarter, ratios, strict = medium_quarter(), [], []
    columns, n_hashes = state_columns(quarter), hashes(quarter)
    _floor(*columns, n_hashes, True)  # compiled
    for _ in range(3 * ROUNDS):
        loop = fastest(lambda: compiled(quarter), 20)
        ratios.append(loop / fastest(lambda: _floor_run(columns, n_hashes, True), 20))
        strict.append(loop / fastest(lambda: _floor_run(columns, n_hashes, False), 20))
    details = {
        "hashes_per_prospect_week": n_hashes / (len(quarter.accounts) * WEEKS_PER_QUARTER),
        "against_a_pass_a_quarter": float(np.median(strict)),
    }
    return of_rounds("market loop over its floor", ratios, unit="x", at_most=3, details=details)


def hashes(quarter: Quarter) -> int:
    """Draws that the rules ask for in the quarter, as the twin counts them."""
    asked = 0

    def counted(*key: object) -> float:
        nonlocal asked
        asked += 1
        return uniform(*key)  # type: ignore[arg-type]

    market = plain_market(quarter)
    modules = [m for name, m in sys.modules.items() if name.startswith("tests.reference.") and hasattr(m, "uniform")]
    for module in modules:
        module.uniform = counted
    try:
        market.pass_quarter(quarter.anchors, quarter.policy, quarter.seats)
    finally:
        for module in modules:
            module.uniform = uniform
        market.forget()
    return asked


def _floor_run(columns: list[np.ndarray], n_hashes: int, is_weekly: bool) -> Run:
    return lambda: _floor(*columns, n_hashes, is_weekly)


@numba.njit(error_model="numpy")
def _floor(awareness, favourability, entry_left, idle_left, market_until, stage, n_hashes, is_weekly):  # type: ignore[no-untyped-def]
    """What can't be avoided: the hashes, and each week (or once a quarter) every column read and written."""
    n, found = len(awareness), 0.0
    key = np.uint64(12345)
    for week in range(WEEKS_PER_QUARTER):
        for i in range(n):
            found += uniform(key, i, week)
    for i in range(n_hashes - n * WEEKS_PER_QUARTER):
        found += uniform(key, i, WEEKS_PER_QUARTER)
    for week in range(WEEKS_PER_QUARTER if is_weekly else 1):
        for i in range(n):
            awareness[i] *= 0.999
            favourability[i] *= 0.999
            entry_left[i] += 0.001
            idle_left[i] += 0.001
            market_until[i] += week
            stage[i] ^= 1
    return found


def scale() -> Iterator[Line]:
    """Cost per prospect-week with a hundred times the accounts, and what an account takes of memory."""
    quarters = {n: sized_quarter(n) for n in SIZES}
    costs: dict[int, list[float]] = {n: [] for n in SIZES}
    for _ in range(ROUNDS):
        for n, quarter in quarters.items():
            costs[n].append(fastest(lambda q=quarter: compiled(q), max(3, 100_000 // n)) / n)  # type: ignore[misc]
    ratios = [most / least for most, least in zip(costs[SIZES[-1]], costs[SIZES[0]], strict=True)]
    details = {f"ns_at_{n}": min(c) * 1e9 / WEEKS_PER_QUARTER for n, c in costs.items()}
    yield of_rounds("a million accounts, cost of each", ratios, unit="x 10,000's", at_most=2, details=details)
    sizes = [bytes_per_prospect(quarter) for quarter in quarters.values()]
    quarter = quarters[SIZES[-1]]
    details = {"working_memory": _peak(compiled(quarter)) / len(quarter.accounts)}
    yield of_rounds("memory of an account", sizes, unit="bytes", at_most=120, details=details)


def _peak(run: Run) -> float:
    """Bytes that the process grows by while it runs, as Linux tells; NaN elsewhere."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        before = _status("VmRSS")
        run()
        return _status("VmHWM") - before
    except OSError:
        return float("nan")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(1024.0 * int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
