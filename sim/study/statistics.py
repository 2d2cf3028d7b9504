"""What can be concluded from runs: estimates with intervals, and differences paired by seed.

A seed is one future. Two structures are compared within the same future, like two crops sown on one field,
and the differences are averaged over futures. Two kinds of statement come out, and each says which it is:

- **Intervals are per comparison.** Each covers its own difference with the stated level, whatever else is
  compared.
- **Joint flags are per family.** `is_clear_jointly` adjusts by `holm` for all structures compared with one
  reference in one outcome; use it when the winner is picked after seeing the results.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.study.looks import of_this_look

LEVEL = 0.95
"""Coverage of every interval unless another is asked for."""

LEAST_SEEDS_TO_RESAMPLE = 8
"""Below this a bootstrap redraws so few distinct futures that its interval would look sure for no reason."""


@dataclass(frozen=True)
class Estimate:
    """A mean over n seeds with its interval; low and high are NaN with fewer than two seeds."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def has_interval(self) -> bool:
        """Whether there were enough seeds to say how sure the mean is."""
        return bool(np.isfinite(self.low) and np.isfinite(self.high))

    @property
    def excludes_zero(self) -> bool:
        """Whether the whole interval lies on one side of zero; never without an interval."""
        return self.low > 0 or self.high < 0

    @property
    def is_clear(self) -> bool:
        """Whether a difference may be named in a sentence: its interval excludes zero."""
        return self.excludes_zero

    def __neg__(self) -> Estimate:
        """Return the same difference seen from the other side."""
        return Estimate(-self.mean, -self.high, -self.low, self.n)


def mean_estimate(values: pd.Series | np.ndarray, level: float = LEVEL) -> Estimate:
    """Mean of one number per seed with its t interval; blanks (NaN) are left out and not counted in n."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    mean = float(known.mean()) if known.size else np.nan
    half_width = t_quantile(known.size, level) * standard_error(known)
    return Estimate(mean, mean - half_width, mean + half_width, int(known.size))


def paired_difference(treated: pd.Series, control: pd.Series, level: float = LEVEL) -> Estimate:
    """Mean of treated - control within a seed, with its t interval; both indexed by seed, in any order.

    The interval is for this one comparison. Pairs with a blank on a side are left out and not counted in n.
    """
    treated, control = aligned(treated, control)
    return mean_estimate(treated - control, level)


def ratio_of_means(treated: pd.Series, control: pd.Series, level: float = LEVEL) -> Estimate:
    """Mean of treated / mean of control, 1 = no difference; NaN if the control's mean is 0.

    The interval is by linearisation within a seed. A ratio of means and not a mean of ratios, so that a
    future with few deals weighs no more than one with many.
    """
    treated, control = aligned(treated, control)
    base = control.mean() if len(control) else 0.0
    if base == 0:
        return Estimate(np.nan, np.nan, np.nan, len(control))
    ratio = float(treated.mean() / base)
    residual = mean_estimate((treated - ratio * control) / base, level)
    return Estimate(ratio, ratio + residual.low, ratio + residual.high, residual.n)


def paired_p_value(treated: pd.Series, control: pd.Series) -> float:
    """Two-sided p of the paired t test, in [0, 1]; NaN with fewer than two pairs, 1 where no pair differs."""
    from scipy.special import stdtr

    treated, control = aligned(treated, control)
    difference = (treated - control).to_numpy()
    if len(difference) < 2:
        return np.nan
    mean, error = abs(difference.mean()), standard_error(difference)
    if error == 0:
        return float(mean == 0)
    return float(2 * stdtr(len(difference) - 1, -mean / error))


def holm(p_values: pd.Series) -> pd.Series:
    """P values adjusted for being one family (Holm 1979), same index, in [0, 1]; NaN stays NaN, uncounted.

    Flags from them (adjusted p < 1 - level) hold jointly: the chance of even one false flag in the family is
    at most 1 - level. The intervals shown elsewhere are not adjusted: each is for its own comparison.
    """
    ordered = p_values.dropna().sort_values()
    factors = np.arange(len(ordered), 0, -1)
    adjusted = np.minimum(np.maximum.accumulate(ordered.to_numpy() * factors), 1.0)
    return pd.Series(adjusted, index=ordered.index, dtype=float).reindex(p_values.index)


def differences_to(runs: pd.DataFrame, outcome: str, reference: str, level: float = LEVEL) -> pd.DataFrame:
    """Every other scenario minus the reference in one outcome: one row per scenario, index scenario.

    `mean, low, high, is_clear` are per comparison; `p_holm, is_clear_jointly` hold for all rows together.
    """
    table = by_seed(runs, outcome)
    control = table[reference]
    rows = {}
    for scenario in table.columns.drop(reference):
        estimate = paired_difference(table[scenario], control, level)
        rows[scenario] = {
            "mean": estimate.mean,
            "low": estimate.low,
            "high": estimate.high,
            "n_seeds": estimate.n,
            "is_clear": estimate.is_clear,
            "p_value": paired_p_value(table[scenario], control),
        }
    columns = ["mean", "low", "high", "n_seeds", "is_clear", "p_value"]
    differences = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("scenario")
    differences["p_holm"] = holm(differences["p_value"].astype(float))
    differences["is_clear_jointly"] = differences["p_holm"] < 1 - of_this_look(level)
    return differences


def best_share(runs: pd.DataFrame, outcome: str, largest_is_best: bool = True) -> pd.Series:
    """Share of seeds in which each scenario is the best, in [0, 1], index scenario; ties are split evenly."""
    table = by_seed(runs, outcome)
    best = table.max(axis=1) if largest_is_best else table.min(axis=1)
    is_best = table.eq(best, axis=0).astype(float)
    n_best = is_best.sum(axis=1)
    return is_best[n_best > 0].div(n_best[n_best > 0], axis=0).mean()


def ahead_share(a: pd.Series, b: pd.Series) -> float:
    """Share of seeds in which a exceeds b, in [0, 1]; a tie counts half, NaN without a pair."""
    a, b = aligned(a, b)
    return float(((a > b) + 0.5 * (a == b)).mean())


def share_estimate(n_hits: float, n: int, level: float = LEVEL) -> Estimate:
    """Share of n futures with its Wilson interval, in [0, 1]; hits may be halves, as of a tie. NaN for n = 0.

    No interval with fewer than two. Unlike a t interval it stays within 0 and 1, and where all hit or none does
    it still says how many that is known from.
    """
    from scipy.special import ndtri

    if n < 2:
        return Estimate(n_hits / n if n else np.nan, np.nan, np.nan, n)
    share, z = n_hits / n, float(ndtri(0.5 + of_this_look(level) / 2))
    shrink = 1 + z**2 / n
    centre = (share + z**2 / (2 * n)) / shrink
    half_width = z * float(np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))) / shrink
    return Estimate(share, max(min(centre - half_width, share), 0.0), min(max(centre + half_width, share), 1.0), n)


def pairing_ratio(a: pd.Series, b: pd.Series) -> float:
    """(VarA + VarB) / Var(A - B): how many times fewer seeds pairing needs than independent runs would.

    1 = pairing saves nothing; inf = the difference is the same in every seed; NaN with fewer than two pairs.
    """
    a, b = aligned(a, b)
    apart, together = a.var() + b.var(), (a - b).var()
    if together == 0:
        return np.inf if apart > 0 else np.nan
    return float(apart / together)


def wide(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """One column of a scenario's quarters: index seed, columns quarter, both in order."""
    return table.pivot(index="seed", columns="quarter", values=column)  # noqa: PD010 - never a mean over what is twice


def by_seed(runs: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """One outcome, index seed, one column per scenario; refuses scenarios run with different seeds."""
    if runs.duplicated(["scenario", "seed"]).any():
        raise ValueError("a scenario has a seed twice: give one row per scenario and seed")
    columns = {s: rows.set_index("seed")[outcome] for s, rows in runs.groupby("scenario", sort=False)}
    first, *others = columns.values()
    unpaired = sorted({seed for c in others for seed in c.index.symmetric_difference(first.index)})
    if unpaired:
        raise ValueError(f"seeds differ between scenarios: {unpaired} were not run in every scenario")
    return pd.DataFrame(columns)


def aligned(treated: pd.Series, control: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Both sides in the same order of seeds, without pairs blank on a side; refuses different seeds."""
    if not (treated.index.is_unique and control.index.is_unique):
        raise ValueError("a seed occurs twice: give one number per seed")
    unpaired = sorted(treated.index.symmetric_difference(control.index))
    if unpaired:
        raise ValueError(f"seeds differ: {unpaired} are on one side only")
    control = control.reindex(treated.index)
    is_known = treated.notna() & control.notna()
    return treated[is_known].astype(float), control[is_known].astype(float)


def standard_error(values: np.ndarray) -> float:
    """Standard error of the mean of values, shape (n,); NaN for n < 2."""
    return float(values.std(ddof=1) / np.sqrt(values.size)) if values.size > 1 else np.nan


def t_quantile(n: int, level: float = LEVEL) -> float:
    """Half-width of a two-sided t interval over n values in standard errors; NaN for n < 2.

    Wider where it is looked several times (`sim.study.looks`).
    """
    from scipy.special import stdtrit

    if not 0 < level < 1:
        raise ValueError(f"level = {level}: must be between 0 and 1, such as 0.95")
    return float(stdtrit(n - 1, 0.5 + of_this_look(level) / 2)) if n > 1 else np.nan
