"""Sums in compiled code, to the last digit those of numpy: a rule may then be written in either form."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled

Floats = npt.NDArray[np.float64]
LANES = 8  # numpy adds up to 128 numbers in eight partial sums, and what is left over one by one


@compiled
def total(numbers: Floats) -> float:
    """Sum of at most 128 numbers; 0 of none."""
    in_lanes, result = len(numbers) - len(numbers) % LANES, 0.0
    if in_lanes:
        lanes = numbers[:LANES].copy()
        for i in range(LANES, in_lanes):
            lanes[i % LANES] += numbers[i]
        result = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
    for i in range(in_lanes, len(numbers)):
        result += numbers[i]
    return result


@compiled
def total_where(numbers: Floats, is_in: npt.NDArray[np.bool_]) -> float:
    """Sum of those that are in."""
    chosen, n = np.empty(len(numbers)), 0
    for i in range(len(numbers)):
        if is_in[i]:
            chosen[n] = numbers[i]
            n += 1
    return total(chosen[:n])
