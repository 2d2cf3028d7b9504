"""How often 95% intervals cover the truth: `python -m benchmarks.coverage [replications]`, a table and a CSV.

Differences are drawn whose mean is known: bell-shaped, skewed (lognormal, as money is) and of few deals (a Poisson
number of lognormal deals, as a small company's bookings are). Each row says how often the interval covered, with the
standard error of that share.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from sim.study.bootstrap import bca_difference
from sim.study.ranking import against_the_best
from sim.study.statistics import paired_difference
from sim.study.stopping import assess

REPLICATIONS, FEW_REPLICATIONS = 4_000, 1_000  # few where each takes a bootstrap or a study of looks
NUMBERS = (8, 16, 32, 64, 128)
K, AHEAD = 5, 0.1  # structures to rank, and by how much the best is ahead
UNLIKE = np.array([0.3, 0.3, 1.0, 1.0, 3.0])  # their own luck, beside what is common
SIGMA, DEALS = 1.0, 6.0
Draw = Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]


def bell(dice: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Mean 0, standard deviation 1."""
    return dice.standard_normal(shape)


def skewed(dice: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Lognormal less its mean: skewness 6."""
    return np.exp(SIGMA * dice.standard_normal(shape)) - np.exp(SIGMA**2 / 2)


def few_deals(dice: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Two companies' bookings of about six lognormal deals each, their difference."""

    def bookings() -> np.ndarray:
        n = dice.poisson(DEALS, shape)
        deals = np.exp(SIGMA * dice.standard_normal((*shape, int(n.max()))))
        return (deals * (np.arange(deals.shape[-1]) < n[..., None])).sum(axis=-1)

    return bookings() - bookings()


SHAPES: dict[str, Draw] = {"bell-shaped": bell, "skewed": skewed, "few deals": few_deals}


def coverage(
    replications: int = REPLICATIONS, few: int = FEW_REPLICATIONS, numbers: Sequence[int] = NUMBERS, seed: int = 0
) -> pd.DataFrame:
    """One row per interval, shape and number of futures: share covered and its standard error."""
    rows = []
    for name, draw in SHAPES.items():
        for n in numbers:
            dice = np.random.default_rng([seed, n])
            rows += [(kind, name, n, *_share(hits)) for kind, hits in _hits(draw, n, dice, replications, few)]
        rows.append(("stopped at 10% precision", name, "16 to 512", *_share(_stopped(draw, seed, few))))
    return pd.DataFrame(rows, columns=["interval", "differences", "futures", "covered", "standard_error"])


def _hits(
    draw: Draw, n: int, dice: np.random.Generator, replications: int, few: int
) -> Iterator[tuple[str, list[bool]]]:
    none = pd.Series(np.zeros(n))
    samples = [pd.Series(sample) for sample in draw(dice, (replications, n))]
    yield "paired t", [_covers(paired_difference(sample, none)) for sample in samples]
    yield "BCa", [_covers(bca_difference(sample, none, n_resamples=999)) for sample in samples[:few]]
    yield f"with the best of {K}, all together", [_ranked(draw(dice, (n, K))) for _ in range(few)]
    yield "the same, common luck, unlike", [_ranked(_unlike(draw, dice, n)) for _ in range(few)]


def _covers(at: object) -> bool:
    return bool(at.low <= 0.0 <= at.high)  # type: ignore[attr-defined]


def _ranked(values: np.ndarray) -> bool:
    """Whether all intervals cover where the last is ahead of all others, which are equal.

    Not where nobody is ahead: then each truth is 0, which these intervals always contain.
    """
    ahead = np.zeros(K)
    ahead[-1] = AHEAD
    truth = np.where(ahead > 0, AHEAD, -AHEAD)
    ranked = against_the_best(_runs(values + ahead), "npv_usd").loc[[str(i) for i in range(K)]]
    return bool(((ranked["low"] <= truth) & (truth <= ranked["high"])).all())


def _unlike(draw: Draw, dice: np.random.Generator, n: int) -> np.ndarray:
    """Structures that share most of their luck and differ by little or much from it, the best the most."""
    return 10.0 * draw(dice, (n, 1)) + draw(dice, (n, K)) * UNLIKE


def _stopped(draw: Draw, seed: int, replications: int) -> list[bool]:
    """Whether the interval at the look at which it was stopped covers."""
    hits = []
    for replication in range(replications):
        dice = np.random.default_rng([seed, replication, 1])
        values = np.column_stack([np.full(512, 5.0 * _spread(draw)), np.zeros(512)])
        values[:, 1] = values[:, 0] + draw(dice, (512,))
        planned = (16, 32, 64, 128, 256, 512)
        for look in planned:
            found = assess(_runs(values[:look]), "npv_usd", "0", 0.1, len(planned))
            if found.is_reached or look == planned[-1]:
                hits.append(_covers(found.differences["1"]))
                break
    return hits


def _spread(draw: Draw) -> float:
    return float(draw(np.random.default_rng(0), (100_000,)).std())


def _runs(values: np.ndarray) -> pd.DataFrame:
    n, k = values.shape
    scenario, seed = np.repeat([str(i) for i in range(k)], n), np.tile(np.arange(n), k)
    return pd.DataFrame({"scenario": scenario, "seed": seed, "npv_usd": values.T.ravel()})


def _share(hits: list[bool]) -> tuple[float, float]:
    share = float(np.mean(hits))
    return share, float(np.sqrt(share * (1 - share) / len(hits)))


def main(arguments: list[str]) -> int:
    """Simulate, print the table, write results/bench/coverage.csv."""
    table = coverage(*(int(a) for a in arguments))
    shown = Table("interval", "differences", "futures", "covered", box=None)
    for row in table.itertuples():
        shown.add_row(row.interval, row.differences, str(row.futures), f"{row.covered:.1%} ± {row.standard_error:.1%}")
    Console().print(shown)
    folder = Path("results") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    table.to_csv(folder / "coverage.csv", index=False, lineterminator="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
