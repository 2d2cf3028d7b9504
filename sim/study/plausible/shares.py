"""In how many worlds the favoured structure is ahead, once the noise of a few futures is taken out.

A world's mean difference over a few futures is its true difference and noise. Counting signs would pull every share
toward one half. So true differences of all worlds are estimated together, as a Gaussian process over the factors: a
part that is a quadratic of them, whose size the data say by their likelihood, and a part of each world's own; both
covary over rivals as the differences do beyond their noise. What is counted are chances, given all that was seen.
Where noise is larger than the truth, shares still lean to the middle by some points, much less than by counting signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.plausible.prior import Factor, Prior, World
from sim.study.plausible.rivalry import Cell, Rivalry
from sim.study.statistics import LEVEL, Estimate

Floats = npt.NDArray[np.float64]
DRAWS = 4_000
PARTS = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)
"""Of the variation over worlds, how much the factors' quadratic may explain; the likelihood chooses."""
LEAST_OF_OWN = (
    0.02  # of the variation seen is taken to be true whatever noise explains: no world is known to be like all
)
VAGUE = 25.0  # variances of the mean over all worlds, in those over worlds


@dataclass(frozen=True)
class Surface:
    """Expected differences as a quadratic of the factors: what moves them, and where to search."""

    factors: tuple[Factor, ...]
    mean: Floats  # (n_rivals,)
    slopes: Floats  # (n_terms, n_rivals)

    def __call__(self, worlds: Sequence[World]) -> Floats:
        """Expected differences, shape (n_worlds, n_rivals)."""
        return np.asarray(self.mean + terms(self.factors, worlds) @ self.slopes)


@dataclass(frozen=True)
class Believed:
    """True differences of a cell in every world, as draws given what was seen, shape (n_draws, n_worlds, n_rivals)."""

    cell: Cell
    worlds: tuple[str, ...]
    rivals: tuple[str, ...]
    draws: Floats
    surface: Surface
    reliability: float
    """Share of the variation of seen differences over worlds that is true, and not the noise of their few futures."""

    def over_worlds(self, values: Floats) -> Floats:
        """Draws of the mean over worlds, shape (n_draws,): worlds are drawn anew too, because they are a sample."""
        n_draws, n_worlds = values.shape[:2]
        drawn = np.random.default_rng(n_worlds).integers(n_worlds, size=(n_draws, n_worlds))
        return np.asarray(np.take_along_axis(values, drawn, axis=1).mean(axis=1))

    @property
    def leads(self) -> Floats:
        """Whether the favoured structure is ahead of every rival, 0 or 1, shape (n_draws, n_worlds)."""
        return (self.draws > 0.0).all(axis=2).astype(float)

    @property
    def chances(self) -> Floats:
        """Chance in each world that the favoured structure is ahead of every rival."""
        return np.asarray((self.draws > 0.0).all(axis=2).mean(axis=0))

    def ahead(self, rival: str) -> Estimate:
        """Mean difference to a rival over worlds, % of discounted gross profit."""
        return drawn_estimate(self.over_worlds(self.draws[:, :, self.rivals.index(rival)]), len(self.worlds))

    def share(self, level: float = LEVEL) -> Estimate:
        """Share of worlds in which the favoured structure is ahead of every rival."""
        return drawn_estimate(self.over_worlds(self.leads), len(self.worlds), level)

    def regrets(self) -> dict[str, Estimate]:
        """What always choosing one structure costs against the best of each world; the favoured one under ""."""
        values = np.concatenate([np.zeros((*self.draws.shape[:2], 1)), -self.draws], axis=2)
        lost = values.max(axis=2, keepdims=True) - values
        names, n = ("", *self.rivals), len(self.worlds)
        return {name: drawn_estimate(self.over_worlds(lost[:, :, place]), n) for place, name in enumerate(names)}


def drawn_estimate(draws: Floats, n: int, level: float = LEVEL) -> Estimate:
    """Mean and equal-tailed interval of draws; n is the number of worlds that they rest on."""
    low, high = np.quantile(draws, [0.5 - level / 2, 0.5 + level / 2])
    return Estimate(float(draws.mean()), float(low), float(high), n)


def believed(prior: Prior, worlds: Mapping[str, World], rivalry: Rivalry, seed: int = 0) -> Believed:
    """True differences given those that were seen."""
    design = terms(prior.factors, [worlds[name] for name in rivalry.worlds])
    n, n_rivals = rivalry.ahead.shape
    between, noise = _between(rivalry), _blocks(rivalry.noise)
    mean = rivalry.ahead.mean(axis=0)
    left = (rivalry.ahead - mean).ravel()
    alike = [part * design @ design.T + (1.0 - part) * np.eye(n) + VAGUE * np.ones((n, n)) for part in PARTS]
    fits = [_likelihood(np.kron(one, between) + noise, left) for one in alike]
    best = int(np.argmax(fits))
    truth = np.kron(alike[best], between)
    weighed = np.linalg.solve(truth + noise, np.column_stack([left, truth]))
    expected, spread = truth @ weighed[:, 0], truth - truth @ weighed[:, 1:]
    normal = np.random.default_rng(seed).standard_normal((DRAWS, n * n_rivals))
    draws = mean + (expected + normal @ _root(spread).T).reshape(DRAWS, n, n_rivals)
    pull = weighed[:, 0].reshape(n, n_rivals) @ between
    surface = Surface(prior.factors, mean + VAGUE * pull.sum(axis=0), PARTS[best] * design.T @ pull)
    reliability = float(np.trace(between) / np.trace(between + rivalry.noise.mean(axis=0)))
    return Believed(rivalry.cell, rivalry.worlds, rivalry.rivals, draws, surface, reliability)


def _between(rivalry: Rivalry) -> Floats:
    """Covariance of true differences over worlds: that of those seen, less noise; by some little more than none."""
    centred = rivalry.ahead - rivalry.ahead.mean(axis=0)
    seen = centred.T @ centred / max(len(centred) - 1, 1)
    values, vectors = np.linalg.eigh(seen - rivalry.noise.mean(axis=0))
    floor = LEAST_OF_OWN * max(float(np.trace(seen)) / len(seen), np.finfo(float).tiny)
    return np.asarray((vectors * np.clip(values, floor, None)) @ vectors.T)


def _blocks(noise: Floats) -> Floats:
    """One matrix with a world's noise in each block on its diagonal, and a trace of more, so that it can be solved."""
    n_worlds, n_rivals, _ = noise.shape
    whole = np.zeros((n_worlds, n_rivals, n_worlds, n_rivals))
    whole[np.arange(n_worlds), :, np.arange(n_worlds), :] = noise
    size = max(float(np.trace(noise.mean(axis=0))), 1e-6)
    return whole.reshape(n_worlds * n_rivals, -1) + 1e-6 * size * np.eye(n_worlds * n_rivals)


def _likelihood(covariance: Floats, left: Floats) -> float:
    """Log likelihood of what was seen, up to a constant."""
    root = np.linalg.cholesky(covariance)
    scaled = np.linalg.solve(root, left)
    return float(-0.5 * scaled @ scaled - np.log(np.diag(root)).sum())


def strata(prior: Prior, worlds: Mapping[str, World], found: Believed) -> Iterator[tuple[Factor, str, Estimate]]:
    """The share by level of each factor, of a range by its lower and upper half."""
    leads = found.leads
    for factor in prior.factors:
        labels = np.array([stratum(factor, worlds[name]) for name in found.worlds])
        for label in dict.fromkeys(_labels(factor)):
            inside = leads[:, labels == label]
            if inside.shape[1]:
                yield factor, label, drawn_estimate(found.over_worlds(inside), inside.shape[1])


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


def terms(factors: Sequence[Factor], worlds: Sequence[World]) -> Floats:
    """A row for each world, of squares that add up to about one: a number's place in its range, its square, levels."""
    columns: list[Floats] = []
    for factor in factors:
        if factor.levels:
            values, levels = [str(world[factor.name]) for world in worlds], tuple(map(str, factor.levels))
            for level in dict.fromkeys(levels):
                share = levels.count(level) / len(levels)
                is_there = np.array([value == level for value in values], dtype=float)
                columns.append((is_there - share) / np.sqrt(share * (1.0 - share)))
        else:
            place = np.array([2.0 * factor.share(world[factor.name]) - 1.0 for world in worlds])
            columns += [place * np.sqrt(3.0), (place**2 - 1.0 / 3.0) * np.sqrt(11.25)]  # sd 1 over an even range
    return np.stack(columns, axis=1) / np.sqrt(len(columns))


def _root(matrix: Floats) -> Floats:
    values, vectors = np.linalg.eigh(0.5 * (matrix + matrix.T))
    return np.asarray(vectors * np.sqrt(np.clip(values, 0.0, None)))
