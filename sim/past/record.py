"""What is known of a company's past: anchors, today's plan, what is usual, accounts to start from; and who lives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np

from sim.config import SimConfig
from sim.market.channels import Channels
from sim.market.laws import Anchors, Floats
from sim.market.prospects import Prospects
from sim.market.start import Reservoir
from sim.org.attribution import Credit
from sim.org.planning import Plan
from sim.org.programmes import Programmes
from sim.org.trust import Trust
from sim.org.workforce import Workforce


class Pilot(Protocol):
    """What the past needs of a model: quarters of `today`, open to new anchors."""

    anchors: Anchors
    pressure: float
    cooperation: float
    payout: float
    prospects: Prospects
    sales: Workforce
    marketing: Workforce
    programmes: Programmes
    trust: Trust
    credit: Credit
    history: list[tuple[float, float]]

    def step(self) -> None:
        """Run a quarter."""

    def flows_of_quarter(self) -> Floats:
        """Counts and sums of the last quarter, in the order of `Flow`."""

    def seat_state(self) -> tuple[float, float, float]:
        """Mean load and prospecting hours of filled seats, selling hours of all."""

    def forget(self) -> None:
        """Let go of the pilot."""


class MakesPilot(Protocol):
    """How a pilot is made: a model under `today`, started from a past that is only begun."""

    def __call__(self, config: SimConfig, seed: int, past: Past) -> Pilot:
        """Make a pilot of one seed."""


class StrainMoments(NamedTuple):
    """Mean and sd of a team's strain under today, SD of the reference population."""

    exhaustion_mean: float = 0.0
    exhaustion_sd: float = 1.0
    disengagement_mean: float = 0.0
    disengagement_sd: float = 1.0


@dataclass(frozen=True)
class Usual:
    """What the company is used to under today: means over the pilots' last years, and states to start from."""

    pressure: float
    insight: float  # 0..1
    trust: Floats = field(default_factory=lambda: np.array([[0.5, 0.5], [0.1, 0.1]]))  # means and sds by direction
    strain: tuple[StrainMoments, StrainMoments] = (StrainMoments(), StrainMoments())  # of sales, of marketing
    activation: float = 1.0
    content: float = 1.0
    cooperation: float = 0.5
    payout: float = 1.0  # mean commission, multiple of that at quota
    channel_effect: float = 1.0
    credit: Credit = field(default_factory=lambda: Credit(0.0, 0.0, 0.0))
    histories: tuple[tuple[float, ...], ...] = ()  # bookings over plan of four quarters, many times over
    channels: tuple[Channels, ...] = ()  # as many years of today's use leave them, many times over


@dataclass(frozen=True)
class Past:
    """What a company brings along: anchors, today's plan as the yardstick of efforts, accounts to draw from."""

    anchors: Anchors
    today: Plan
    kept: tuple[float, float]  # share of hours left to sales and to marketing under today: the yardstick of hours
    usual: Usual
    reservoir: Reservoir | None = None  # None only for pilots
