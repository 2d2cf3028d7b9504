"""Fit the uncertain constants to the patterns: evaluate points, emulate, look where they fit, and again.

    python experiments/e05_calibration/fit.py [folder=results/calibration] [seeds=8] [processes=2]

Every evaluated point is kept in the folder at once; the same command goes on where it stopped.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from sim.study.calibration.emulator import Emulator, fitted
from sim.study.calibration.evaluation import misfit
from sim.study.calibration.matching import Posterior, plausible_share, posterior
from sim.study.calibration.search import Search, at, evenly
from sim.study.calibration.space import CONSTANTS
from sim.study.patterns.fitted import FITTED

FIRST_WAVE, WAVES, WAVE = 128, 4, 48


def main(folder: str = "results/calibration", seeds: str = "8", processes: str = "2") -> None:
    """Run all waves and print what they leave."""
    search = Search(folder, int(seeds))
    waves = [evenly(FIRST_WAVE)]
    for number in range(WAVES + 1):
        for done, _ in enumerate(search.evaluate(waves[-1], int(processes)), 1):
            print(f"\rwave {number}: {done} points evaluated", end="", file=sys.stderr, flush=True)
        found = search.points()
        emulator = fitted(found)
        left = posterior(emulator)
        report(found, emulator, left)
        waves.append([at(shares) for shares in left.drawn(WAVE, seed=number + 1)])


def report(found: Sequence[tuple[dict[str, float], dict[str, float]]], emulator: Emulator, left: Posterior) -> None:
    """Print how well the emulators follow, what is left of the space, and each constant's posterior."""
    print(f"\n{len(found)} points; not ruled out: {100 * plausible_share(emulator):.2g}% of the space")
    print("explained at points left out: ", end="")
    print(", ".join(f"{p.name} {x:.2f}" for p, x in zip(FITTED, emulator.explained, strict=True)))
    quantiles, centre = left.quantiles((0.05, 0.5, 0.95)), np.median(left.shares, axis=0)
    print(f"{'constant':38s}{'5%':>8s}{'median':>9s}{'95%':>8s}{'width':>7s}")
    for i, constant in enumerate(CONSTANTS):
        low, middle, high = (constant.low + share * (constant.high - constant.low) for share in quantiles[:, i])
        print(f"{constant.name:38s}{low:8.3f}{middle:9.3f}{high:8.3f}{left.widths[i]:7.2f}")
    emulated = emulator(centre[None, :])[0]
    print("at the medians: " + ", ".join(f"{p.name} {x:.3g}" for p, x in zip(FITTED, emulated, strict=True)))
    print("least misfits evaluated: " + ", ".join(f"{x:.1f}" for x in sorted(misfit(f) for _, f in found)[:5]))


if __name__ == "__main__":
    main(*sys.argv[1:])
