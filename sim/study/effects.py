"""What a sweep says: each point's outcomes, and what each factor does to them, whatever the others are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sim.study.statistics import LEVEL, Estimate, mean_estimate, paired_difference

STRUCTURE = "org"
OUTCOMES = ("npv_usd", "revenue_usd", "brand_equity", "burnout")
MOST_LEVELS, BINS = 12, 8  # a factor of more levels is sampled, and told by bins that hold as many points each
Points = Sequence[Mapping[str, str]]


def with_factors(runs: pd.DataFrame, points: Points) -> pd.DataFrame:
    """Runs with a column `point` and one per factor, numbers as numbers; scenarios are numbered like the points."""
    design = pd.DataFrame(list(points), dtype=object)
    for name in design:
        numbers = pd.to_numeric(design[name], errors="coerce")
        design[name] = design[name].astype("str") if numbers.isna().any() else numbers
    number = runs["scenario"].astype(int).to_numpy()
    taken = {name: design[name].to_numpy()[number] for name in design}
    rest = runs.drop(columns=[name for name in (*taken, "scenario") if name in runs])
    return pd.DataFrame({"point": number, **taken}, index=runs.index).join(rest)


def points_table(runs: pd.DataFrame, factors: Sequence[str], reference: str = "") -> pd.DataFrame:
    """One row per point: factors, n_seeds, and of each outcome mean, low, high over seeds.

    Where structures are swept, also `npv_difference_*` to the reference's structure at the same other levels, paired.
    """
    rows = []
    by_point = {int(str(point)): some.set_index("seed") for point, some in runs.groupby("point")}
    twins = _twins(runs, factors, reference)
    for point, some in by_point.items():
        row = {"point": point, **{name: some[name].iloc[0] for name in factors}, "n_seeds": len(some)}
        for outcome in OUTCOMES:
            at = mean_estimate(some[outcome])
            row |= {f"{outcome}_mean": at.mean, f"{outcome}_low": at.low, f"{outcome}_high": at.high}
        if point in twins:
            at = paired_difference(some["npv_usd"], by_point[twins[point]]["npv_usd"])
            row |= {"npv_difference_mean": at.mean, "npv_difference_low": at.low, "npv_difference_high": at.high}
        rows.append(row)
    return pd.DataFrame(rows)


def _twins(runs: pd.DataFrame, factors: Sequence[str], reference: str) -> dict[int, int]:
    """For each point of another structure the one of the reference's at the same other levels."""
    if STRUCTURE not in factors or reference not in set(runs[STRUCTURE]):
        return {}
    others = [name for name in factors if name != STRUCTURE]
    design = runs.drop_duplicates("point")
    keys = list(design[others].itertuples(index=False, name=None)) if others else [()] * len(design)
    is_reference = (design[STRUCTURE] == reference).tolist()
    homes = {key: p for key, p, is_it in zip(keys, design["point"], is_reference, strict=True) if is_it}
    pairs = zip(keys, design["point"], is_reference, strict=True)
    return {int(p): int(homes[key]) for key, p, is_it in pairs if not is_it and key in homes}


def main_effects(runs: pd.DataFrame, factors: Sequence[str], outcome: str) -> pd.DataFrame:
    """What each factor does to an outcome, averaged over the others' levels: one row per factor, structure, level.

    Columns: factor, structure ("" if none is swept), level, mean, low, high, n_seeds. A seed's mean over the points at
    a level is one number; intervals are over seeds, and say nothing about points that were not run. Levels of a sampled
    factor are means of bins.
    """
    swept = [name for name in factors if name != STRUCTURE] or list(factors)
    structures = runs[STRUCTURE] if STRUCTURE in factors and swept != [STRUCTURE] else pd.Series("", index=runs.index)
    rows = []
    for name in swept:
        levels = _levels(runs[name])
        for (structure, level), some in runs.groupby([structures, levels], sort=True, observed=True):
            at = mean_estimate(some.groupby("seed")[outcome].mean())
            rows.append((name, structure, level, at.mean, at.low, at.high, at.n))
    return pd.DataFrame(rows, columns=["factor", "structure", "level", "mean", "low", "high", "n_seeds"])


def _levels(values: pd.Series) -> pd.Series:
    """A factor's levels; of one that was sampled, the mean of the bin that a value lies in."""
    if not pd.api.types.is_numeric_dtype(values) or values.nunique() <= MOST_LEVELS:
        return values
    bins = pd.qcut(values.rank(method="dense"), BINS, labels=False)
    return values.groupby(bins).transform("mean").round(12)


def most_telling(runs: pd.DataFrame, factors: Sequence[str], outcome: str) -> tuple[str, Estimate, Estimate] | None:
    """The factor whose levels' means lie farthest apart, and the least and largest of them; None if none is clear.

    The two levels are picked after the fact, so their paired difference must be clear among all pairs of levels.
    """
    effects = main_effects(runs, factors, outcome)
    lines = [rows.sort_values("mean") for _, rows in effects.groupby(["factor", "structure"])]
    widest = max(lines, key=lambda rows: float(rows["mean"].iloc[-1] - rows["mean"].iloc[0]))
    least, most = widest.iloc[0], widest.iloc[-1]
    factor, levels = str(least["factor"]), _levels(runs[str(least["factor"])])
    if least["structure"]:
        levels = levels[runs[STRUCTURE] == least["structure"]]
    ends = [runs.loc[levels.index[levels == end["level"]]].groupby("seed")[outcome].mean() for end in (most, least)]
    n_pairs = sum(len(rows) * (len(rows) - 1) / 2 for rows in lines)
    if n_pairs == 0 or not paired_difference(ends[0], ends[1], 1 - (1 - LEVEL) / n_pairs).is_clear:
        return None
    at = [Estimate(end["mean"], end["low"], end["high"], int(end["n_seeds"])) for end in (least, most)]
    return factor, at[0], at[1]
