"""What an activity does, and when: the company is held at today's decisions, and one activity alone is pushed.

A permanent push from quarter 1 on is answered by a path of payoffs that rises to a new level. Its increments are the
response to an impulse of one quarter, as long as effects add up, and it is far less noisy, because what comes late
is not lost among single deals. The level is the long-run elasticity; the area between level and path is the mean lag.

A payoff is counted when it is decided, not when it is invoiced: contracts signed, as expected at each decision, and
contracts kept that would not have been renewed, each at a year's value. In the long run that is gross profit: contract
value in force is what is signed each year over what share leaves each year.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.periods import QUARTERS_PER_YEAR
from sim.study.held import QUARTERS, Push, Split, pushes
from sim.study.statistics import LEVEL, Estimate, t_quantile

Floats = npt.NDArray[np.float64]
LEVEL_FROM = 24  # quarters after which the new level is taken


def payoffs(pushed: Floats, control: Floats) -> Floats:
    """Payoff of each quarter, USD a year, shape (n_seeds, 36), of paths of shape (n_seeds, 36, 3)."""
    kept = (pushed[..., 1] - control[..., 1]) * control[..., 2] / QUARTERS_PER_YEAR
    return np.asarray(pushed[..., 0] + kept)


@dataclass(frozen=True)
class Response:
    """How payoffs answer a push: elasticity by quarter and future, shape (n_seeds, 36)."""

    name: str
    steps: Floats

    @property
    def elasticity(self) -> Estimate:
        """% gross profit per % effort in the long run."""
        return _jackknifed(self.steps, _level)

    @property
    def lag(self) -> Estimate:
        """Mean lag of the payoff, quarters."""
        return _jackknifed(self.steps, _mean_lag)

    def worth(self, horizons: Sequence[float]) -> Floats:
        """Share of the long-run payoff that who looks so far ahead sees: increments discounted by exp(-t/h)."""
        mean = self.steps.mean(axis=0)
        times = np.arange(LEVEL_FROM)  # increments of a quarter's mean lie about its beginning
        increments = np.diff(mean[:LEVEL_FROM], prepend=0.0) / _level(mean)
        rest = 1.0 - increments.sum()
        return np.array([increments @ np.exp(-times / h) + rest * math.exp(-LEVEL_FROM / h) for h in horizons])


def _level(mean: Floats) -> float:
    return float(mean[LEVEL_FROM:].mean())


def _mean_lag(mean: Floats) -> float:
    level = _level(mean)
    return float((level - mean[:LEVEL_FROM]).sum() / level) if level != 0.0 else math.nan


def _jackknifed(steps: Floats, of: Callable[[Floats], float]) -> Estimate:
    value, n = of(steps.mean(axis=0)), len(steps)
    total = steps.sum(axis=0)
    without = np.array([of((total - step) / (n - 1)) for step in steps])
    half = t_quantile(n, LEVEL) * float(np.sqrt((n - 1) * without.var()))
    return Estimate(value, value - half, value + half, n)


def best_split(splits: Sequence[Split], paths: Sequence[Floats], control: Floats, horizon: float) -> Floats:
    """Budget shares that are worth most to who looks so far ahead, shape (4,), from paths under some splits.

    Worth is the sum of payoffs discounted by exp(-t/h), what lies beyond the paths at their last level. It is fitted as
    a sum of logarithms of shares; then the best shares are in proportion to its slopes.
    """
    fade = math.exp(-1.0 / horizon)
    weights = fade ** np.arange(QUARTERS)
    beyond = fade**QUARTERS / (1.0 - fade)
    worths = []
    for found in paths:
        mean = payoffs(found, control).mean(axis=0)
        worths.append(mean @ weights + mean[LEVEL_FROM:].mean() * beyond)
    logs = np.log(np.array([split.shares for split in splits]))
    terms = np.hstack([np.ones((len(logs), 1)), logs])
    slopes = np.linalg.lstsq(terms, np.array(worths), rcond=None)[0][1:]
    return np.asarray(slopes / slopes.sum())


def responses(paths: Mapping[Push | None, Floats]) -> list[Response]:
    """The responses to all pushes from their paths, shape (n_seeds, 36, 3); None stands for no push."""
    control = paths[None]
    usual = payoffs(control, control).mean()
    found = []
    for name, moved in pushes().items():
        last, first = payoffs(paths[moved[-1]], control), payoffs(paths[moved[0]], control)
        if len(moved) == 1:
            last = payoffs(control, control)
        factors = (moved[0].factor, moved[-1].factor if len(moved) > 1 else 1.0)
        found.append(Response(name, (last - first) / usual / math.log(factors[1] / factors[0])))
    return found


def kernel_order(measured: Sequence[Response], horizons: Sequence[float] = (1.0, 2.0, 4.0, 8.0)) -> float:
    """The order n of the payoff kernel (1 + L/(n h))^-n that fits measured worths best, the same for all activities."""
    from scipy.optimize import minimize_scalar

    ahead = np.array(horizons)
    worths = [(response.lag.mean, response.worth(horizons)) for response in measured]

    def misfit(log_order: float) -> float:
        n = math.exp(log_order)
        misses = [(1.0 + lag / (n * ahead)) ** -n - worth for lag, worth in worths]
        return float(sum(miss @ miss for miss in misses))

    return math.exp(float(minimize_scalar(misfit, bounds=(math.log(0.5), math.log(100.0)), method="bounded").x))
