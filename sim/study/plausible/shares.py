"""In how many worlds the favoured structure is ahead, once the noise of a few futures is taken out.

A world's mean difference over a few futures is its true difference and noise. Counting signs would pull every share
toward one half. So true differences are estimated for all worlds together: normal around a quadratic of the factors,
with a covariance that is what differences vary by more than noise does (empirical Bayes, Efron and Morris 1975). What
is counted are chances, given what was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.plausible.prior import Factor, Prior, World
from sim.study.plausible.rivalry import Cell, Rivalry
from sim.study.statistics import LEVEL, Estimate, mean_estimate, share_estimate

Floats = npt.NDArray[np.float64]
DRAWS = 1_000
ENOUGH = 1.5  # worlds for each term of the quadratic


@dataclass(frozen=True)
class Surface:
    """Differences as a quadratic of the factors: what moves them, and where to search."""

    factors: tuple[Factor, ...]
    coefficients: Floats  # (n_terms, n_rivals)

    def __call__(self, worlds: Sequence[World]) -> Floats:
        """Expected differences, shape (n_worlds, n_rivals)."""
        return _terms(self.factors, worlds) @ self.coefficients


@dataclass(frozen=True)
class Believed:
    """True differences of a cell in every world, as draws given what was seen, shape (n_draws, n_worlds, n_rivals)."""

    cell: Cell
    worlds: tuple[str, ...]
    rivals: tuple[str, ...]
    draws: Floats
    surface: Surface

    @property
    def chances(self) -> Floats:
        """Chance in each world that the favoured structure is ahead of every rival."""
        return np.asarray((self.draws > 0.0).all(axis=2).mean(axis=0))

    def chances_against(self, rival: str) -> Floats:
        """The same against one rival."""
        return np.asarray((self.draws[:, :, self.rivals.index(rival)] > 0.0).mean(axis=0))

    def ahead(self, rival: str) -> Estimate:
        """Mean difference to a rival over worlds, % of discounted gross profit."""
        return mean_estimate(self.draws[:, :, self.rivals.index(rival)].mean(axis=0))

    def share(self, level: float = LEVEL) -> Estimate:
        """Share of worlds in which the favoured structure is ahead of every rival."""
        return share_estimate(float(self.chances.sum()), len(self.worlds), level)

    def regrets(self) -> dict[str, Estimate]:
        """What always choosing one structure costs against the best of each world; the favoured one under ""."""
        values = np.concatenate([np.zeros((*self.draws.shape[:2], 1)), -self.draws], axis=2)
        lost = (values.max(axis=2, keepdims=True) - values).mean(axis=0)
        return {name: mean_estimate(lost[:, place]) for place, name in enumerate(("", *self.rivals))}


def believed(prior: Prior, worlds: Mapping[str, World], rivalry: Rivalry, seed: int = 0) -> Believed:
    """True differences given those that were seen."""
    terms = _terms(prior.factors, [worlds[name] for name in rivalry.worlds])
    if len(terms) < ENOUGH * terms.shape[1]:
        terms[:, 1:] = 0.0  # too few worlds to tell what moves them: around one mean for all
    coefficients = np.linalg.lstsq(terms, rivalry.ahead, rcond=None)[0]
    expected = terms @ coefficients
    left = rivalry.ahead - expected
    n_free = max(len(left) - np.linalg.matrix_rank(terms), 1)
    apart = _positive(left.T @ left / n_free - rivalry.noise.mean(axis=0))
    weights = np.array([apart @ np.linalg.pinv(apart + noise) for noise in rivalry.noise])
    mean = expected + np.einsum("wab,wb->wa", weights, left)
    spread = np.array([_root(apart - weight @ apart) for weight in weights])
    normal = np.random.default_rng(seed).standard_normal((DRAWS, *mean.shape))
    draws = mean + np.einsum("wab,dwb->dwa", spread, normal)
    return Believed(rivalry.cell, rivalry.worlds, rivalry.rivals, draws, Surface(prior.factors, coefficients))


def strata(prior: Prior, worlds: Mapping[str, World], found: Believed) -> Iterator[tuple[Factor, str, Estimate]]:
    """The share by level of each factor, of a range by its lower and upper half."""
    chances = found.chances
    for factor in prior.factors:
        labels = np.array([stratum(factor, worlds[name]) for name in found.worlds])
        for label in dict.fromkeys(_labels(factor)):
            inside = chances[labels == label]
            if len(inside):
                yield factor, label, share_estimate(float(inside.sum()), len(inside))


def stratum(factor: Factor, world: World) -> str:
    """The level of a factor that a world has, or the half of its range."""
    if factor.levels:
        return str(world[factor.name])
    return _labels(factor)[int(factor.share(world[factor.name]) >= 0.5)]


def _labels(factor: Factor) -> tuple[str, ...]:
    if factor.levels:
        return tuple(str(level) for level in factor.levels)
    middle = factor.at(0.5)
    return (f"{factor.low:g} to {middle:.3g}", f"{middle:.3g} to {factor.high:g}")


def _terms(factors: Sequence[Factor], worlds: Sequence[World]) -> Floats:
    """A row of terms for each world: a number's place in its range and its square, a level's own."""
    columns = [np.ones(len(worlds))]
    for factor in factors:
        if factor.levels:
            values = [str(world[factor.name]) for world in worlds]
            others = list(dict.fromkeys(map(str, factor.levels)))[1:]
            columns += [np.array([value == other for value in values], dtype=float) for other in others]
        else:
            place = np.array([2.0 * factor.share(world[factor.name]) - 1.0 for world in worlds])
            columns += [place, place**2]
    return np.stack(columns, axis=1)


def _positive(matrix: Floats) -> Floats:
    """The nearest covariance: what noise explains better than truth is taken to be no truth at all."""
    values, vectors = np.linalg.eigh(0.5 * (matrix + matrix.T))
    return np.asarray((vectors * np.clip(values, 0.0, None)) @ vectors.T)


def _root(matrix: Floats) -> Floats:
    values, vectors = np.linalg.eigh(0.5 * (matrix + matrix.T))
    return np.asarray(vectors * np.sqrt(np.clip(values, 0.0, None)))
