"""Elasticities as they are measured in the field: a permanent push of one resource, and what it does to bookings.

Both pushes are paired: the same futures with 10% more and with 10% less, from quarter 1 on. Bookings are taken as
expected at each decision (its chance times its price), which spares the last throw of the dice and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from sim.config import Change, SimConfig
from sim.model import GoToMarket
from sim.past import Past
from sim.periods import QUARTERS_PER_YEAR

UP, DOWN, SILENT = 1.1, 0.9, 0.001
SHORT_QUARTERS = (1, 2)
LONG_QUARTERS = tuple(range(21, 29))
PUSHED = {
    "budget": ("company.program_budget_usd_per_year",),
    "hours": ("people.selling_share", "people.lead_work_share"),
}
"""Settings that a push moves: programmes' money, or salespeople's hours for deals and for leads."""


def pushed(config: SimConfig, resource: str, factor: float) -> SimConfig:
    """The same company with so much of a resource from quarter 1 on, for as long as the long run takes."""
    settings = {name: factor * _value(config, name) for name in PUSHED[resource]}
    return replace(config, horizon_quarters=LONG_QUARTERS[-1], changes=(Change(1, settings=settings),))


def _value(config: SimConfig, name: str) -> float:
    group, field = name.split(".")
    return float(getattr(getattr(config, group), field))


def bookings_of_pushes(config: SimConfig, seed: int, past: Past) -> dict[str, float]:
    """Expected bookings of one future under each push, USD, by `resource/run/direction`, as `budget/short/up`."""
    found = {}
    for resource in PUSHED:
        for direction, factor in (("up", UP), ("down", DOWN)):
            model = GoToMarket(pushed(config, resource, factor), seed, past).run()
            for run, quarters in (("short", SHORT_QUARTERS), ("long", LONG_QUARTERS)):
                rows = [row for row in model.rows if row["quarter"] in quarters]
                found[f"{resource}/{run}/{direction}"] = float(sum(row["expected_bookings_usd"] for row in rows))
            model.forget()
    return found


def bookings_in_silence(config: SimConfig, seed: int, past: Past) -> dict[str, float]:
    """Expected bookings of years 1 and 2 without programmes and with them, USD, as `silence/1` and `usual/1`."""
    found = {}
    for name, arm in (("silence", pushed(config, "budget", SILENT)), ("usual", config)):
        model = GoToMarket(replace(arm, horizon_quarters=2 * QUARTERS_PER_YEAR), seed, past).run()
        measured = model.rows[-2 * QUARTERS_PER_YEAR :]
        for year in (1, 2):
            rows = measured[(year - 1) * QUARTERS_PER_YEAR : year * QUARTERS_PER_YEAR]
            found[f"{name}/{year}"] = float(sum(row["expected_bookings_usd"] for row in rows))
        model.forget()
    return found


def silenced(seen: Mapping[str, float], year: int) -> float:
    """Relative change of a year's bookings when programmes fall silent."""
    return seen[f"silence/{year}"] / seen[f"usual/{year}"] - 1.0


def elasticity(seen: Mapping[str, float], resource: str, run: str) -> float:
    """% bookings per % of a resource: ln(up/down) / ln(1.1/.9)."""
    return math.log(seen[f"{resource}/{run}/up"] / seen[f"{resource}/{run}/down"]) / math.log(UP / DOWN)
