"""Every case at full size: `python -m tests.reference [accounts] [seeds]`, a line per case; fails if any disagrees.

With 10,000 accounts and eight seeds that is 2,880 cases.
"""

from __future__ import annotations

import sys
import time

from tests.reference.cases import FULL, N_SEEDS, every_case, every_world


def main(arguments: list[str]) -> int:
    """Run the cases; 1 if the markets disagreed in any, else 0."""
    n_prospects, n_seeds = (int(a) for a in (*arguments, *(str(FULL.n_prospects), str(N_SEEDS))[len(arguments) :]))
    worlds = every_world(n_seeds)
    n_parted, start = 0, time.perf_counter()
    for number, (world, found) in enumerate(every_case(worlds, FULL._replace(n_prospects=n_prospects)), 1):
        n_parted += found is not None
        minutes = (time.perf_counter() - start) / 60
        said = "agree on every number" if found is None else str(found)
        print(f"{number:>4}/{len(worlds)} {minutes:6.1f} min  {' '.join(map(str, world))}: {said}", flush=True)
    print(f"{len(worlds) - n_parted} of {len(worlds)} cases agree on every number")
    return int(n_parted > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
