"""How much faster the compiled market is than its twin: `python -m tests.reference.speed`, both in one process.

The company is `medium` as it is, 10,000 accounts; one quarter is begun anew for each round. Processor time counts, of
each part its fastest round: the loop's quarter, and each of the twin's weeks, because a busy machine lets nobody run
undisturbed for as long as the twin takes for a quarter.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from sim.periods import WEEKS_PER_QUARTER
from tests.reference.cases import FULL, FollowedCompany, World, config_of, past
from tests.reference.comparing import plain_market
from tests.reference.compiled import CompiledMarket, Quarter

COMPANY, ROUNDS, LOOPS = World("medium", "separate", "typical", 0), 7, 30


def measured_quarter() -> Quarter:
    """The second quarter of the company."""
    model = FollowedCompany(config_of(COMPANY, FULL), COMPANY.seed, past(COMPANY.company, FULL))
    for _ in range(2):
        model.step()
    model.forget()
    return model.quarter_begun


def seconds(run: Callable[[], object]) -> float:
    """Processor time of one call."""
    clock = time.process_time()
    run()
    return time.process_time() - clock


def of_twin(quarter: Quarter) -> list[float]:
    """Seconds that the plain market takes for each week of a quarter."""
    market = plain_market(quarter)
    market.begin_quarter(quarter.anchors, quarter.policy, quarter.seats)
    taken = [seconds(market.pass_week) for _ in range(WEEKS_PER_QUARTER)]
    market.forget()
    return taken


def main() -> None:
    """Print nanoseconds per prospect and week of both, and their ratio."""
    quarter = measured_quarter()
    loop, weeks = [], []
    for _ in range(ROUNDS):
        gc.collect()  # here, because it empties the processor's caches of what is about to be timed
        loop += [seconds(CompiledMarket(quarter).pass_quarter) for _ in range(LOOPS)]
        weeks.append(of_twin(quarter))
    prospect_weeks = FULL.n_prospects * WEEKS_PER_QUARTER
    fast = 1e9 * min(loop) / prospect_weeks
    slow = 1e9 * sum(min(taken) for taken in zip(*weeks, strict=True)) / prospect_weeks
    print(f"ns per prospect-week: compiled {fast:.1f}, plain Mesa {slow:.0f}; {slow / fast:.0f} times faster")


if __name__ == "__main__":
    main()
