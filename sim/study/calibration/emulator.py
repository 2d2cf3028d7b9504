"""Emulators: what the model would show at points where it has not been run, and how far off that may be.

Each pattern is a quadratic of the constants' shares, without products: a hundred and more points determine it. What it
misses at points that it was not fitted to is added to the variance, and so is the sampling error of the futures: these
are the same at every point, so their luck sits in all values alike and shows in no miss. A part of it is counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.calibration.search import shares_of
from sim.study.calibration.space import Point
from sim.study.patterns.fitted import FITTED

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Emulator:
    """Quadratics of all patterns, in the order of `FITTED`."""

    coefficients: Floats  # (n_terms, n_patterns)
    errors: Floats  # (n_patterns,): sd of misses at points left out and of what so many futures know
    explained: Floats  # (n_patterns,): share of variance explained at points left out, at most 1

    def __call__(self, shares: Floats) -> Floats:
        """Patterns at points, shape (n_points, n_patterns)."""
        return _terms(shares) @ self.coefficients


def fitted(found: Sequence[tuple[Point, dict[str, float]]]) -> Emulator:
    """Emulators from evaluated points; errors are those of leaving each point out."""
    terms = _terms(shares_of(point for point, _ in found))
    if len(terms) <= 2 * terms.shape[1]:
        raise ValueError(f"{len(terms)} points: an emulator of {terms.shape[1]} terms needs twice as many")
    values = np.array([[patterns[p.name] for p in FITTED] for _, patterns in found])
    sampling = np.array([np.mean([patterns[f"{p.name}/error"] ** 2 for _, patterns in found]) for p in FITTED])
    hat = terms @ np.linalg.pinv(terms)
    left_out = (values - hat @ values) / (1.0 - np.diag(hat))[:, None]
    return Emulator(
        np.linalg.pinv(terms) @ values,
        np.sqrt((left_out**2).mean(axis=0) + sampling),
        1.0 - (left_out**2).mean(axis=0) / np.maximum(values.var(axis=0), np.finfo(float).tiny),
    )


def _terms(shares: Floats) -> Floats:
    centred = 2.0 * shares - 1.0
    return np.hstack([np.ones((len(shares), 1)), centred, centred**2])
