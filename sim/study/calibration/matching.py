"""Where the patterns leave the constants: which points are ruled out, where the rest lie, and which fits best.

The implausibility of a point is its largest distance to a pattern, in sd of what the literature's range and the
emulator's error, noise of the runs included, allow together; beyond 3 a point is ruled out [Vernon2010].

The posterior lies within what is not ruled out, and adds what was assumed before: each constant is normal around its
assumed value, with a sd of half of its range, within the range. So what patterns do not pin down stays where its source
has it, and is not driven into a corner by the last hundredth of a fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.calibration.emulator import Emulator
from sim.study.calibration.space import CONSTANTS
from sim.study.patterns.fitted import FITTED

Floats = npt.NDArray[np.float64]
RULED_OUT = 3.0
CANDIDATES = 2**14
PRIOR_SD = 0.5  # of a constant's range
WALKERS, STEPS, SETTLING = 128, 8_000, 2_000
AIMS = np.array([pattern.aim for pattern in FITTED])
SPREADS = np.array([pattern.spread for pattern in FITTED])
ASSUMED = np.array([constant.assumed_share for constant in CONSTANTS])


def distances(emulator: Emulator, shares: Floats) -> Floats:
    """Distance of points to each pattern, in sd, shape (n_points, n_patterns)."""
    return np.asarray((emulator(shares) - AIMS) / np.hypot(SPREADS, emulator.errors))


def plausible_share(emulator: Emulator, seed: int = 0) -> float:
    """Share of the space that is not ruled out."""
    from scipy.stats import qmc

    shares = qmc.Sobol(len(CONSTANTS), rng=seed).random(CANDIDATES)
    return float((np.abs(distances(emulator, shares)).max(axis=1) < RULED_OUT).mean())


def log_posterior(emulator: Emulator, shares: Floats) -> Floats:
    """Log density of points up to a constant, shape (n_points,); minus infinity outside the ranges."""
    apart = distances(emulator, shares)
    inside = ((shares >= 0.0) & (shares <= 1.0)).all(axis=1) & (np.abs(apart).max(axis=1) < RULED_OUT)
    prior = (((shares - ASSUMED) / PRIOR_SD) ** 2).sum(axis=1)
    return np.where(inside, -0.5 * ((apart**2).sum(axis=1) + prior), -np.inf)


@dataclass(frozen=True)
class Posterior:
    """Points drawn from the posterior, shape (n, n_constants), as shares of the ranges."""

    shares: Floats

    @property
    def widths(self) -> Floats:
        """How well the patterns pin each constant down: its posterior sd over its prior one, 1 = not at all."""
        return np.asarray(self.shares.std(axis=0) / _prior_sds())

    def quantiles(self, at: tuple[float, ...]) -> Floats:
        """Quantiles of each constant as shares of its range, shape (len(at), n_constants)."""
        return np.quantile(self.shares, at, axis=0)

    def drawn(self, n: int, seed: int) -> Floats:
        """Some of the points, shape (n, n_constants)."""
        return self.shares[np.random.default_rng(seed).choice(len(self.shares), n, replace=False)]


def posterior(emulator: Emulator, seed: int = 0) -> Posterior:
    """The posterior by emcee's ensemble of walkers [ForemanMackey2013], from where they fit best."""
    import emcee

    rng = np.random.default_rng(seed)
    start = np.clip(best(emulator) + 0.02 * rng.standard_normal((WALKERS, len(CONSTANTS))), 0.001, 0.999)
    if not np.isfinite(log_posterior(emulator, start)).any():
        raise ValueError("the best point is ruled out: no point of the space shows all patterns")
    sampler = emcee.EnsembleSampler(
        WALKERS, len(CONSTANTS), lambda shares: log_posterior(emulator, shares), vectorize=True,
        moves=[(emcee.moves.DEMove(), 0.8), (emcee.moves.DESnookerMove(), 0.2)],
    )  # fmt: skip
    sampler.random_state = np.random.RandomState(seed).get_state()
    sampler.run_mcmc(start, STEPS)
    return Posterior(sampler.get_chain(discard=SETTLING, thin=50, flat=True))


def best(emulator: Emulator) -> Floats:
    """The point that fits best, what was assumed before counted, shape (n_constants,); it may still be ruled out."""
    from scipy.optimize import minimize

    def misfit(shares: Floats) -> float:
        apart = distances(emulator, shares[None, :])[0]
        return float(apart @ apart + (((shares - ASSUMED) / PRIOR_SD) ** 2).sum())

    bounds = [(0.0, 1.0)] * len(ASSUMED)
    found = minimize(misfit, np.clip(ASSUMED, 0.01, 0.99), bounds=bounds, method="L-BFGS-B")
    return np.asarray(found.x)


def _prior_sds() -> Floats:
    """Sds of the priors, each a normal cut off at the ends of its range."""
    from scipy.stats import truncnorm

    return np.array(truncnorm.std(-ASSUMED / PRIOR_SD, (1.0 - ASSUMED) / PRIOR_SD, ASSUMED, PRIOR_SD))
