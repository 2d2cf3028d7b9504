"""What a change does to the headlines, as rows for a file and as a table for the terminal.

The same columns as a comparison of structures, with doing nothing as the reference; but nobody ranks a change, the
same change at no cost and doing nothing, so in place of "best in" stands in how many futures it pays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from sim.report.labels import DOING_NOTHING, Style
from sim.report.tables import BEST, Tally, comparison_table, printed_tables
from sim.study.statistics import ahead_share, by_seed, share_estimate

if TYPE_CHECKING:
    from rich.table import Table

PAYS = Tally(
    "pays_share",
    "pays\nin",
    f"pays in: share of futures with a higher NPV than {DOING_NOTHING.phrase}, ties half.",
    is_ranking=False,
)


def change_table(runs: pd.DataFrame, changed: str, nothing: str, free: str | None = None) -> pd.DataFrame:
    """Rows of a comparison for doing nothing, the change and the change at no cost, in that order.

    In place of `best_share` it has `pays_share`, the share of seeds in which the scenario's NPV is above that of
    doing nothing (a tie counts half), with its Wilson interval `pays_share_low, pays_share_high`; on rows of NPV only.
    """
    order = [nothing, changed] if free is None else [nothing, changed, free]
    missing = [name for name in order if name not in set(runs["scenario"])]
    if missing:
        raise ValueError(f"scenario {', '.join(missing)} was not run; there are {', '.join(runs['scenario'].unique())}")
    wanted = pd.concat([runs[runs["scenario"] == name] for name in order])
    table = comparison_table(wanted, nothing).drop(columns=BEST.column)
    npv = by_seed(wanted, "npv_usd")
    for name in order[1:]:
        n = int((npv[name] - npv[nothing]).notna().sum())
        at = share_estimate(ahead_share(npv[name], npv[nothing]) * n, n)
        is_row = (table["scenario"] == name) & (table["outcome"] == "npv_usd")
        table.loc[is_row, [PAYS.column, f"{PAYS.column}_low", f"{PAYS.column}_high"]] = [at.mean, at.low, at.high]
    return table


def printed_change(table: pd.DataFrame, styles: Mapping[str, Style], nothing: str, width: int) -> list[Table]:
    """A change's table for a terminal of this many columns: one table, or money and points apart if it is narrow."""
    return printed_tables(table, styles, nothing, width, tally=PAYS)
