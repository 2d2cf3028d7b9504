"""The search: points evaluated and kept by Optuna in a file, first evenly over the space, then where it looks best.

A point is kept when it has been evaluated; one that was under way when the search was stopped is evaluated again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.study.calibration.evaluation import evaluated, misfit
from sim.study.calibration.space import CONSTANTS, NAMES, Point

if TYPE_CHECKING:
    import optuna

Floats = npt.NDArray[np.float64]
FILE = "calibration.log"


class Search:
    """Evaluated points, in a file of `folder`; `n_seeds` futures each."""

    def __init__(self, folder: Path | str, n_seeds: int) -> None:
        import optuna
        from optuna.storages.journal import JournalFileBackend

        optuna.logging.set_verbosity(optuna.logging.WARNING)
        Path(folder).mkdir(parents=True, exist_ok=True)
        self._n_seeds = n_seeds
        book = optuna.storages.JournalStorage(JournalFileBackend(str(Path(folder) / FILE)))
        self._study = optuna.create_study(study_name=f"{n_seeds} seeds", storage=book, load_if_exists=True)

    def points(self) -> list[tuple[Point, dict[str, float]]]:
        """Every point that was evaluated, with the patterns there, in the order in which they were asked."""
        return [(trial.params, trial.user_attrs["patterns"]) for trial in self._study.get_trials()]

    def evaluate(self, points: Iterable[Point], n_jobs: int) -> Iterator[tuple[Point, dict[str, float]]]:
        """Evaluate the points that are not there yet, several at once; each is kept as soon as it is known."""
        from joblib import Parallel, delayed

        known = {tuple(point[name] for name in NAMES) for point, _ in self.points()}
        lacking = [point for point in points if tuple(point[name] for name in NAMES) not in known]
        work = (delayed(_numbered)(number, point, self._n_seeds) for number, point in enumerate(lacking))
        for number, found in Parallel(n_jobs=n_jobs, return_as="generator_unordered")(work):
            self._keep(lacking[number], found)
            yield lacking[number], found

    def _keep(self, point: Point, found: dict[str, float]) -> None:
        import optuna

        self._study.add_trial(
            optuna.trial.create_trial(
                params=dict(point), distributions=_distributions(), value=misfit(found), user_attrs={"patterns": found}
            )
        )


def _numbered(number: int, point: Point, n_seeds: int) -> tuple[int, dict[str, float]]:
    return number, evaluated(point, n_seeds)


def _distributions() -> dict[str, optuna.distributions.BaseDistribution]:
    import optuna

    return {c.name: optuna.distributions.FloatDistribution(c.low, c.high) for c in CONSTANTS}


def evenly(n: int, seed: int = 0) -> list[Point]:
    """`n` points of a scrambled Sobol sequence over the whole space; `n` a power of two."""
    from scipy.stats import qmc

    return [at(shares) for shares in qmc.Sobol(len(CONSTANTS), rng=seed).random(n)]


def at(shares: Any) -> dict[str, float]:
    """The point at these shares, each in [0, 1], of the constants' ranges; six digits, as it can be written down."""
    return {
        c.name: float(f"{c.low + float(share) * (c.high - c.low):.6g}")
        for c, share in zip(CONSTANTS, shares, strict=True)
    }


def shares_of(points: Iterable[Point]) -> Floats:
    """Points as shares of the constants' ranges, shape (n, n_constants)."""
    return np.array([[(point[c.name] - c.low) / (c.high - c.low) for c in CONSTANTS] for point in points])
