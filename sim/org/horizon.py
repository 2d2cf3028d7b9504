"""The horizon rule: what effort is worth to someone who looks h quarters ahead, and how judgements mix."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SHORTEST_HORIZON = 0.25  # quarters: nobody plans less than three weeks ahead


def payoff_weight(lag_quarters: npt.ArrayLike, horizon_quarters: float, order: float) -> Floats:
    """Worth now of a payoff with this mean lag, in (0, 1]: (1 + L/(n h))^-n; exp(-L/h) for n = inf."""
    ratio = np.asarray(lag_quarters, dtype=np.float64) / horizon_quarters
    if math.isinf(order):
        return np.exp(-ratio)
    return (1.0 + ratio / order) ** (-order)


def effective_horizon(horizon_quarters: float, pressure: float, slope: float) -> float:
    """Horizon under pressure P in [0, .5]: h exp(-slope P), at least a quarter of a quarter."""
    return max(SHORTEST_HORIZON, horizon_quarters * math.exp(-slope * pressure))


def pressure_of(bookings_usd: float, plan_usd: float) -> float:
    """Shortfall of a year's bookings against plan, clipped to [0, .5]."""
    return min(max(1.0 - bookings_usd / plan_usd, 0.0), 0.5)


@dataclass(frozen=True)
class View:
    """Whose judgement counts in one decision: own, superior's by mandate, peer's by cooperation."""

    own: float  # quarters, effective
    superior: float
    mandate: float  # 1: own judgement alone
    peer: float | None = None
    cooperation: float = 0.0  # C

    def mixed(self, own: Floats, superior: Floats, peer: Floats) -> Floats:
        """Judgements in order: the superior's by 1 - mandate, then the peer's by C/2; in delta form."""
        value = own + (1.0 - self.mandate) * (superior - own)
        return value + 0.5 * self.cooperation * (peer - value)


@dataclass(frozen=True)
class Judgement:
    """How views become numbers: the kernel's order, and whether values or horizons are mixed."""

    order: float
    mixes_values: bool

    def weights(self, lags: npt.ArrayLike, view: View) -> Floats:
        """Mixed payoff weights w(L), shape of `lags`."""
        if not self.mixes_values:
            return payoff_weight(lags, self._mixed_horizon(view), self.order)
        own, superior, peer = (payoff_weight(lags, h, self.order) for h in self._horizons(view))
        return view.mixed(own, superior, peer)

    def values(self, elasticities: Floats, weights_of: Callable[[float], Floats], view: View) -> Floats:
        """Mixed values of the options of one decision, normalised per person; they add up to 1."""
        if not self.mixes_values:
            return _normalised(elasticities * weights_of(self._mixed_horizon(view)))
        return view.mixed(*self.opinions(elasticities, weights_of, view))

    def opinions(
        self, elasticities: Floats, weights_of: Callable[[float], Floats], view: View
    ) -> tuple[Floats, Floats, Floats]:
        """Values of the options as the decider, its superior and its peer see them; each adds up to 1."""
        own, superior, peer = (_normalised(elasticities * weights_of(h)) for h in self._horizons(view))
        return own, superior, peer

    def _horizons(self, view: View) -> tuple[float, float, float]:
        return view.own, view.superior, view.own if view.peer is None else view.peer

    def _mixed_horizon(self, view: View) -> float:
        """Geometric mixing of horizons: the rival submodel, in which agreement erases a difference in outlook."""
        own, superior, peer = (np.float64(math.log(h)) for h in self._horizons(view))
        return float(np.exp(view.mixed(own, superior, peer)))  # type: ignore[arg-type]


def _normalised(values: Floats) -> Floats:
    total = values.sum()
    return values / total if total > 0.0 else np.full_like(values, 1.0 / len(values))
