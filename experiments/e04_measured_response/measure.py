"""Measure what every activity does, and when, in the reference state: elasticities, lags, the order of the kernel.

python experiments/e04_measured_response/measure.py [futures=192] [processes=2]
"""

from __future__ import annotations

import sys

import numpy as np
from joblib import Parallel, delayed

from sim.model import past_of
from sim.study.held import SELLING, held, path, pushes
from sim.study.patterns.sightings import reference_company
from sim.study.response import Response, kernel_order, responses

SURE_LAG = 2.0  # quarters on either side: a lag that is known less well says nothing about the kernel


def main(futures: str = "192", processes: str = "2") -> None:
    """Print each response beside what is stored in `sim/config/activities.py`."""
    config = held(reference_company("company=medium"))
    past, n = past_of(config), int(futures)
    pushed = [None, *(push for some in pushes().values() for push in some)]
    work = (delayed(path)(config, seed, past, push) for push in pushed for seed in range(n))
    paths = np.array(Parallel(n_jobs=int(processes))(work)).reshape(len(pushed), n, -1, 3)
    found = responses(dict(zip(pushed, paths, strict=True)))
    print(f"{'push':28s}{'elasticity (95% interval)':28s}{'stored':>8s}  {'mean lag, quarters':28s}{'stored':>8s}")
    for response in found:
        name, what = response.name.split("/")
        activity = getattr(config.activities, "deal_support" if name == SELLING else name)
        stored = activity.elasticity if what == "hours" else activity.money_elasticity
        e, lag = response.elasticity, response.lag
        print(
            f"{response.name:28s}{f'{e.mean:.4f} ({e.low:.4f} to {e.high:.4f})':28s}{stored:8.3f}  "
            f"{f'{lag.mean:.1f} ({lag.low:.1f} to {lag.high:.1f})':28s}{activity.lag_quarters:8.1f}"
        )
    sure = [response for response in found if is_sure(response)]
    print(f"order of the kernel, from {', '.join(r.name for r in sure)}: {kernel_order(sure):.2f}")
    print(f"stored: {config.people.kernel_order:g}")


def is_sure(response: Response) -> bool:
    """Whether there is a response, and its lag is known."""
    return response.elasticity.low > 0.0 and response.lag.high - response.lag.low < 2.0 * SURE_LAG


if __name__ == "__main__":
    main(*sys.argv[1:])
