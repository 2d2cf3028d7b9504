"""What is remembered of the pilots' last years: means of what they got used to, and states to start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np

from sim.config import SimConfig
from sim.market.laws import Floats
from sim.market.prospects import Prospects, Stage, pooled
from sim.market.start import Reservoir, as_past
from sim.org.attribution import Credit
from sim.org.workforce import Workforce
from sim.past.record import Pilot, StrainMoments, Usual
from sim.periods import QUARTERS_PER_YEAR, WEEKS_PER_QUARTER

AVERAGED_QUARTERS = 24
SNAPSHOTS = AVERAGED_QUARTERS // QUARTERS_PER_YEAR


class Memory:
    """What is remembered of the pilots' last years."""

    def __init__(self) -> None:
        self.scalars: list[tuple[float, ...]] = []
        self.trust: list[Floats] = []
        self.credit: list[tuple[float, ...]] = []
        self.histories: list[tuple[float, ...]] = []
        self.strains: list[tuple[StrainMoments, StrainMoments]] = []
        self.seats: list[tuple[float, float, float]] = []
        self.snapshots: list[Prospects] = []

    def recall(self, pilots: Sequence[Pilot], quarter: int) -> None:
        """Remember a quarter of all pilots."""
        for pilot in pilots:
            stocks = pilot.programmes
            self.scalars.append(
                (pilot.pressure, stocks.activation, stocks.content, stocks.insight, pilot.cooperation, pilot.payout)
            )  # fmt: skip
            levels = pilot.trust.level.reshape(2, -1)
            self.trust.append(np.stack([levels.mean(axis=1), levels.std(axis=1)]))
            self.credit.append(astuple(pilot.credit))
            self.seats.append(pilot.seat_state())
            self.histories.append(tuple(booked / planned for booked, planned in pilot.history))
        self.strains.append((_moments([pilot.sales for pilot in pilots]), _moments([p.marketing for p in pilots])))
        if quarter % QUARTERS_PER_YEAR == QUARTERS_PER_YEAR - 1:
            self.snapshots.append(_snapshot(pilots, quarter))

    def usual(self, begun: Usual) -> Usual:
        """Means over what is remembered; the channels are those that the past began with."""
        pressure, activation, stock, insight, cooperation, payout = np.mean(np.array(self.scalars), axis=0)
        return Usual(
            pressure=float(pressure),
            insight=float(insight),
            trust=np.mean(np.array(self.trust), axis=0),
            strain=(_mean_moments([s for s, _ in self.strains]), _mean_moments([m for _, m in self.strains])),
            activation=float(activation),
            content=float(stock),
            cooperation=float(cooperation),
            payout=float(payout),
            channel_effect=begun.channel_effect,
            credit=Credit(*(float(x) for x in np.mean(np.array(self.credit), axis=0))),
            histories=tuple(self.histories),
            channels=begun.channels,
        )

    def reservoir(self, config: SimConfig) -> Reservoir:
        """Accounts and seats to draw every seed's start from."""
        accounts = pooled(self.snapshots)
        is_customer = accounts.stage == Stage.CUSTOMER
        # The stated contract value is a fact, its mean over some thousand simulated customers a sample.
        accounts.contract_usd[is_customer] *= config.company.acv_usd / accounts.contract_usd[is_customer].mean()
        return Reservoir(accounts, *(float(x) for x in np.mean(np.array(self.seats), axis=0)))


def _moments(teams: Sequence[Workforce]) -> StrainMoments:
    """Moments of strain over the filled seats of all pilots; the reference's own where nobody sits."""
    exhaustion, disengagement = (
        np.concatenate([getattr(team, name)[team.is_filled] for team in teams])
        for name in ("exhaustion", "disengagement")
    )
    if len(exhaustion) < 2:
        return StrainMoments()
    numbers = (exhaustion.mean(), exhaustion.std(), disengagement.mean(), disengagement.std())
    return StrainMoments(*(float(x) for x in numbers))


def _mean_moments(moments: Sequence[StrainMoments]) -> StrainMoments:
    return StrainMoments(*(float(x) for x in np.mean(np.array(moments), axis=0)))


def _snapshot(pilots: Sequence[Pilot], quarter: int) -> Prospects:
    """A sixth of all pilots' accounts as they are now, so that no moment's chance becomes everybody's past."""
    first = (quarter // QUARTERS_PER_YEAR) % SNAPSHOTS
    now = (quarter + 1) * WEEKS_PER_QUARTER
    accounts = [pilot.prospects for pilot in pilots]
    return pooled([as_past(p.take(np.arange(first, len(p), SNAPSHOTS)), now) for p in accounts])
