"""How much faster the compiled market is than its twin: `python -m tests.reference.speed`, both in one process.

The company is `medium` as it is, 10,000 accounts; one quarter, begun anew for each round, the fastest round counts.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial

from sim.periods import WEEKS_PER_QUARTER
from tests.reference.cases import FULL, FollowedCompany, World, config_of, past
from tests.reference.comparing import plain_market
from tests.reference.compiled import CompiledMarket, Quarter

COMPANY, ROUNDS, LOOPS = World("medium", "separate", "typical", 0), 7, 5


def measured_quarter() -> Quarter:
    """The second quarter of the company."""
    model = FollowedCompany(config_of(COMPANY, FULL), COMPANY.seed, past(COMPANY.company, FULL))
    for _ in range(2):
        model.step()
    model.forget()
    return model.quarter_begun


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes, with nothing left over to be tidied up in it."""
    gc.collect()
    clock = time.perf_counter()
    run()
    return time.perf_counter() - clock


def main() -> None:
    """Print nanoseconds per prospect and week of both, and their ratio."""
    quarter = measured_quarter()
    prospect_weeks = FULL.n_prospects * WEEKS_PER_QUARTER
    loop, plain = [], []
    for _ in range(ROUNDS):
        loop += [seconds(CompiledMarket(quarter).pass_quarter) for _ in range(LOOPS)]
        market = plain_market(quarter)
        plain.append(seconds(partial(market.pass_quarter, quarter.anchors, quarter.policy, quarter.seats)))
        market.forget()
    fast, slow = (1e9 * min(times) / prospect_weeks for times in (loop, plain))
    print(f"ns per prospect-week: compiled {fast:.1f}, plain Mesa {slow:.0f}; {slow / fast:.0f} times faster")


if __name__ == "__main__":
    main()
