"""A company that is held at today's decisions, whatever happens, but for one thing that is pushed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sim.config import SimConfig
from sim.market.laws import Flow
from sim.model import GoToMarket
from sim.org import attention as attending
from sim.org.plan import Plan
from sim.past import Past
from sim.phases import planning
from sim.study.patterns.pushes import pushed

Floats = npt.NDArray[np.float64]
QUARTERS = 36  # of the response; the slowest stock has come within a thousandth of its level
HOURS, EFFORT = "hours", "effort"
SELLING = "selling"  # no activity of leaders: salespeople's hours, which money buys beside programmes
HALF, DOUBLE = 0.5, 2.0


@dataclass(frozen=True)
class Push:
    """One activity under a multiple of what goes into it: a leader's hours, or a programme's money and staff."""

    activity: str
    what: str
    factor: float


@dataclass(frozen=True)
class Split:
    """The programmes' budget split in another way than today's; shares add up to 1, in the order of `PROGRAMMES`."""

    shares: tuple[float, ...]


def pushes() -> dict[str, tuple[Push, ...]]:
    """What is pushed, by name: hours are halved (met needs can't use more), what money buys is halved and doubled."""
    found: dict[str, tuple[Push, ...]] = {
        f"{name}/{HOURS}": (Push(name, HOURS, HALF),) for name in attending.ACTIVITY_NAMES
    }
    for name in (*attending.PROGRAMMES, SELLING):
        found[f"{name}/{EFFORT}"] = (Push(name, EFFORT, HALF), Push(name, EFFORT, DOUBLE))
    return found


class Held(GoToMarket):
    """A company whose leaders decide as today, at its usual pressure, whatever happens, but for one thing."""

    def __init__(self, config: SimConfig, seed: int, past: Past, push: Push | Split | None = None) -> None:
        super().__init__(config, seed, past)
        self._push, self._today = push, self._decided_today()

    def leaders_plan(self) -> None:
        """Today's plan again; from quarter 1 on with the push."""
        planning.keep_practices_up(self)
        is_pushed = self._push is not None and self.quarter >= 1
        self.plan = self._pushed(self._push) if self._push is not None and is_pushed else self._today
        self.money.stay(self.config.company, self.config.people)

    def _decided_today(self) -> Plan:
        usual = self.past.usual
        self.planner.settle(self.leaders, usual.pressure, usual.cooperation)
        return self.planner.decided(self.leaders, usual.pressure, usual.cooperation)

    def _pushed(self, push: Push | Split) -> Plan:
        if isinstance(push, Split):
            return replace(self._today, budget_shares=np.array(push.shares))
        if push.what == EFFORT:
            shares = self._today.budget_shares.copy()
            shares[attending.PROGRAMMES.index(push.activity)] *= push.factor
            return replace(self._today, budget_shares=shares)
        hours = self.leaders.attention.copy()
        hours[:, attending.index(push.activity)] *= push.factor
        people = self.config.people
        coverage, quality = attending.led(
            self.planner.remits.activities, hours, self.leaders.skill, self.leaders.effect(people),
            float(people.team_lead_quality),
        )  # fmt: skip
        return replace(self._today, coverage=coverage, quality=quality)


def held(config: SimConfig) -> SimConfig:
    """The reference state: leaders there and as their posts ask, so that nothing but the push is different."""
    mechanisms = replace(config.mechanisms, leader_departure=False)
    return replace(config, mechanisms=mechanisms, horizon_quarters=QUARTERS)


def path(config: SimConfig, seed: int, past: Past, push: Push | Split | None) -> Floats:
    """One future quarter by quarter: signed (USD a year, expected), share renewed, value in force; shape (36, 3)."""
    if isinstance(push, Push) and push.activity == SELLING:
        config, push = replace(pushed(config, HOURS, push.factor), horizon_quarters=QUARTERS), None
    model, rows = Held(config, seed, past, push), []
    for _ in range(config.warm_up_quarters + QUARTERS):
        model.step()
        flows = model.flows_of_quarter()
        renewed = flows[Flow.EXPECTED_RENEWED] / max(flows[Flow.RENEWALS_DUE], 1.0)
        rows.append((flows[Flow.EXPECTED_BOOKINGS_USD], renewed, model.rows[-1]["contracts_usd"]))
    model.forget()
    return np.array(rows[config.warm_up_quarters :])
