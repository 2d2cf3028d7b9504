"""With leaders' departure on, the null world's structures are equivalent: same mean, other variance.

Whoever leads both leaves both at once; of two leaders each leaves one, so at some time or other twice as often.
"""

import numpy as np
import pytest

from sim.model import GoToMarket
from sim.study.statistics import mean_estimate
from tests.invariants.worlds import ONE, TWO, closed, closed_past

SEEDS = 64
QUARTERS = 6
MARGIN = 0.005  # of revenue


def revenue(org):
    """Revenue of six quarters in the null world with departures, USD, shape (SEEDS,)."""
    config = closed(org, opened=("leader_departure",), quarters=QUARTERS)
    sums = []
    for seed in range(SEEDS):
        model = GoToMarket(config, seed, closed_past()).run()
        sums.append(sum(row["revenue_usd"] for row in model.rows if not row["is_warm_up"]))
        model.forget()
    return np.array(sums)


@pytest.fixture(scope="module")
def difference():
    """One leader's revenue less two leaders' in each future, as a share of two leaders' mean."""
    one, two = revenue(ONE), revenue(TWO)
    return (one - two) / two.mean()


@pytest.mark.slow
def test_departures_leave_structures_equivalent_in_revenue(difference):
    estimate = mean_estimate(difference, 0.90)
    assert -MARGIN < estimate.low < estimate.high < MARGIN


@pytest.mark.slow
def test_departures_are_felt_and_the_futures_are_enough_to_tell(difference):
    estimate = mean_estimate(difference, 0.90)
    assert (difference != 0.0).mean() > 0.5
    assert estimate.high - estimate.low < MARGIN
