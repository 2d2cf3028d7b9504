"""The posterior of the constants from the points that were evaluated, as the table of docs/calibration.md.

python experiments/e05_calibration/table.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sim.study.calibration.emulator import fitted
from sim.study.calibration.matching import plausible_share, posterior
from sim.study.calibration.search import shares_of
from sim.study.calibration.space import CONSTANTS, NAMES
from sim.study.patterns.fitted import FITTED

FIRST_WAVE = 128


def main() -> None:
    """Print the table, how two chains differ, and what the emulators explain in the first wave and after it."""
    rows = pd.read_csv(Path(__file__).parent / "points.csv").to_dict("records")
    found = [({name: row[name] for name in NAMES}, {k: v for k, v in row.items() if k not in NAMES}) for row in rows]
    emulator = fitted(found)
    chains = [posterior(emulator, seed) for seed in (0, 1)]
    print(f"{len(found)} points; not ruled out: {100 * plausible_share(emulator):.2g}% of the space")
    print("widths of two chains differ by at most", np.abs(chains[0].widths - chains[1].widths).max().round(2))
    for i in np.argsort(chains[0].widths):
        c, width = CONSTANTS[i], chains[0].widths[i]
        low, middle, high = (c.low + x * (c.high - c.low) for x in chains[0].quantiles((0.05, 0.5, 0.95))[:, i])
        ends, posterior_of = f"{c.low:g} to {c.high:g}", f"{middle:.2g} ({low:.2g} to {high:.2g})"
        print(f"| `{c.name}` | {ends} | {c.assumed:g} | {posterior_of} | {width:.2f} |")
    for label, some in (("all", found), ("waves", found[FIRST_WAVE:])):
        values = np.array([[patterns[p.name] for p in FITTED] for _, patterns in some])
        misses = values - emulator(shares_of(point for point, _ in some))
        explained = 1.0 - (misses**2).mean(axis=0) / values.var(axis=0)
        print(label, ", ".join(f"{p.name} {x:.2f}" for p, x in zip(FITTED, explained, strict=True)))


if __name__ == "__main__":
    main()
