"""The horizon rule: what effort is worth to someone who looks h quarters ahead, and how judgements mix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Options = npt.NDArray[Any]
"""What is weighed against each other in one decision: records with the fields elasticity, lag (quarters) and held, the
horizon at which everybody judges an option, quarters; NaN where each looks as far as the own one."""
Judged = TypeVar("Judged", float, Floats)
SHORTEST_HORIZON = 0.25  # quarters: nobody plans less than three weeks ahead


@plain
def payoff_weight(lag_quarters: float, horizon_quarters: float, order: float) -> float:
    """Worth now of a payoff with this mean lag, in (0, 1]: (1 + L/(n h))^-n; exp(-L/h) for n = inf."""
    ratio = lag_quarters / horizon_quarters
    if math.isinf(order):
        return math.exp(-ratio)
    if order == 1.0:  # hyperbolic, the usual one: a division is exact where a power is not
        return 1.0 / (1.0 + ratio)
    return math.pow(1.0 + ratio / order, -order)


def effective_horizon(horizon_quarters: float, pressure: float, slope: float) -> float:
    """Horizon under pressure P in [0, .5]: h exp(-slope P), at least a quarter of a quarter."""
    return max(SHORTEST_HORIZON, horizon_quarters * math.exp(-slope * pressure))


def pressure_of(bookings_usd: float, plan_usd: float) -> float:
    """Shortfall of a year's bookings against plan, clipped to [0, .5]."""
    return min(max(1.0 - bookings_usd / plan_usd, 0.0), 0.5)


class Voices(NamedTuple):
    """A view as compiled code takes it."""

    own: float
    superior: float
    peer: float
    mandate: float
    cooperation: float


@dataclass(frozen=True)
class View:
    """Whose judgement counts in one decision: own, superior's by mandate, peer's by cooperation."""

    own: float  # quarters, effective
    superior: float
    mandate: float  # 1: own judgement alone
    peer: float | None = None
    cooperation: float = 0.0  # C

    @property
    def voices(self) -> Voices:
        """The same as numbers alone: a peer whom there is not thinks as the decider."""
        peer = self.own if self.peer is None else self.peer
        return Voices(self.own, self.superior, peer, self.mandate, self.cooperation)

    def mixed(self, own: Floats, superior: Floats, peer: Floats) -> Floats:
        """Judgements in order: the superior's by 1 - mandate, then the peer's by C/2; in delta form."""
        return _mixed(own, superior, peer, self.voices)


@dataclass(frozen=True)
class Judgement:
    """How views become numbers: the kernel's order, and whether values or horizons are mixed."""

    order: float
    mixes_values: bool

    def weights(self, lags: npt.ArrayLike, view: View) -> Floats:
        """Mixed payoff weights w(L), shape of `lags`."""
        return weighed(np.asarray(lags, dtype=np.float64), self.order, self.mixes_values, view.voices)

    def values(self, options: Options, view: View) -> Floats:
        """Mixed values of the options of one decision, normalised per person; they add up to 1."""
        return valued(options, np.ones(len(options), dtype=bool), self.order, self.mixes_values, view.voices)

    def opinions(self, options: Options, heard: Voices) -> tuple[Floats, Floats, Floats]:
        """Values of the options as the decider, its superior and its peer see them; each adds up to 1."""
        alone = (Voices(horizon, horizon, horizon, 1.0, 0.0) for horizon in heard[:3])
        everything = np.ones(len(options), dtype=bool)
        own, superior, peer = (valued(options, everything, self.order, True, voice) for voice in alone)
        return own, superior, peer


@plain
def _mixed(own: Judged, superior: Judged, peer: Judged, heard: Voices) -> Judged:
    value = own + (1.0 - heard.mandate) * (superior - own)
    return value + 0.5 * heard.cooperation * (peer - value)


@plain
def _mixed_horizon(heard: Voices) -> float:
    """Geometric mixing of horizons: the rival submodel, in which agreement erases a difference in outlook."""
    return math.exp(_mixed(math.log(heard.own), math.log(heard.superior), math.log(heard.peer), heard))


@compiled
def weighed(lags: Floats, order: float, mixes_values: bool, heard: Voices) -> Floats:
    """Mixed payoff weights; see `Judgement.weights`."""
    weights = np.empty(len(lags))
    for i in range(len(lags)):
        if mixes_values:
            own = payoff_weight(lags[i], heard.own, order)
            superior = payoff_weight(lags[i], heard.superior, order)
            weights[i] = _mixed(own, superior, payoff_weight(lags[i], heard.peer, order), heard)
        else:
            weights[i] = payoff_weight(lags[i], _mixed_horizon(heard), order)
    return weights


@compiled
def valued(options: Options, among: Bools, order: float, mixes_values: bool, heard: Voices) -> Floats:
    """Mixed values of the options among which is chosen, 0 of the others; see `Judgement.values`."""
    if not mixes_values:
        horizon = _mixed_horizon(heard)
        heard = Voices(horizon, horizon, horizon, 1.0, 0.0)
    n, own, superior, peer = 0, 0.0, 0.0, 0.0
    for i in range(len(options)):
        if among[i]:
            n += 1
            own += _worth(options[i], heard.own, order)
            superior += _worth(options[i], heard.superior, order)
            peer += _worth(options[i], heard.peer, order)
    values = np.zeros(len(options))
    for i in range(len(options)):
        if among[i]:
            values[i] = _mixed(
                _worth(options[i], heard.own, order) / own if own > 0.0 else 1.0 / n,
                _worth(options[i], heard.superior, order) / superior if superior > 0.0 else 1.0 / n,
                _worth(options[i], heard.peer, order) / peer if peer > 0.0 else 1.0 / n,
                heard,
            )
    return values


@plain
def _worth(option: Any, horizon: float, order: float) -> float:
    """What an option is worth to who looks so far ahead."""
    return option.elasticity * payoff_weight(option.lag, horizon if math.isnan(option.held) else option.held, order)
