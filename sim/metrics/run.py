"""A finished run's outcomes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.books import discount_factor
from sim.metrics.catalogue import OUTCOMES
from sim.metrics.outcome import Rows
from sim.periods import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from sim.model import GoToMarket

COHORT_QUARTERS = 4  # an MQL's year to be won in


def run_row(model: GoToMarket) -> dict[str, float]:
    """All outcomes of a finished run, by name."""
    rows = [row for row in model.rows if not row["is_warm_up"]]
    if not rows:
        raise ValueError(f"no outcomes yet: quarter {model.quarter} comes next, measuring begins with quarter 1")
    facts = _run_facts(model, rows)
    return {name: outcome.value(rows, facts) for name, outcome in OUTCOMES.items()}


def _run_facts(model: GoToMarket, rows: Rows) -> dict[str, float]:
    rate = model.base.company.discount_rate_per_year
    run_off = model.run_off_usd()
    discounted = sum(row["profit_usd"] * discount_factor(rate, row["quarter"]) for row in rows)
    value_weeks = sum(row["contracts_usd"] for row in rows) / QUARTERS_PER_YEAR
    moved = sum(row["expansion_usd"] - row["churned_usd"] for row in rows)
    return {
        "run_off_usd": run_off,
        "npv_usd": discounted + run_off * discount_factor(rate, rows[-1]["quarter"]),
        "net_revenue_retention": 1.0 + moved / value_weeks if value_weeks > 0.0 else math.nan,
        "mql_win_share": _mql_win_share(model, rows),
        "growth_per_year": _growth_per_year(model.rows, len(rows)),
    }


def _growth_per_year(rows: Rows, n_measured: int) -> float:
    """Percent a year from the last quarter before the measured ones to the last."""
    before, after = rows[-n_measured - 1]["contracts_usd"], rows[-1]["contracts_usd"]
    if before <= 0.0:
        return math.nan
    return float(100.0 * ((after / before) ** (QUARTERS_PER_YEAR / n_measured) - 1.0))


def _mql_win_share(model: GoToMarket, rows: Rows) -> float:
    complete = rows[:-COHORT_QUARTERS]
    mqls = sum(row["mqls"] for row in complete)
    if not mqls:
        return math.nan
    first = model.config.warm_up_quarters
    return float(model.cohort_wins[first : first + len(complete)].sum() / mqls)
