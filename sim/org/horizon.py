"""The horizon rule: what effort is worth to someone who looks h quarters ahead, and how judgements mix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.org.sums import total

Floats = npt.NDArray[np.float64]
Judged = TypeVar("Judged", float, Floats)
SHORTEST_HORIZON = 0.25  # quarters: nobody plans less than three weeks ahead


@compiled
def payoff_weight(lag_quarters: float, horizon_quarters: float, order: float) -> float:
    """Worth now of a payoff with this mean lag, in (0, 1]: (1 + L/(n h))^-n; exp(-L/h) for n = inf."""
    ratio = lag_quarters / horizon_quarters
    if math.isinf(order):
        return math.exp(-ratio)
    if order == 1.0:  # hyperbolic, the usual one: a division is exact where a power is not
        return 1.0 / (1.0 + ratio)
    return (1.0 + ratio / order) ** (-order)


def effective_horizon(horizon_quarters: float, pressure: float, slope: float) -> float:
    """Horizon under pressure P in [0, .5]: h exp(-slope P), at least a quarter of a quarter."""
    return max(SHORTEST_HORIZON, horizon_quarters * math.exp(-slope * pressure))


def pressure_of(bookings_usd: float, plan_usd: float) -> float:
    """Shortfall of a year's bookings against plan, clipped to [0, .5]."""
    return min(max(1.0 - bookings_usd / plan_usd, 0.0), 0.5)


class Options(NamedTuple):
    """What is weighed against each other in one decision; arrays of shape (n_options,)."""

    elasticity: Floats
    lag: Floats  # quarters
    held: Floats  # horizon at which everybody judges an option, quarters; NaN where each looks as far as the own one


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
        return valued(options, self.order, self.mixes_values, view.voices)

    def opinions(self, options: Options, heard: Voices) -> tuple[Floats, Floats, Floats]:
        """Values of the options as the decider, its superior and its peer see them; each adds up to 1."""
        own, superior, peer = (_opinion(options, horizon, self.order) for horizon in heard[:3])
        return own, superior, peer


@plain
def _mixed(own: Judged, superior: Judged, peer: Judged, heard: Voices) -> Judged:
    value = own + (1.0 - heard.mandate) * (superior - own)
    return value + 0.5 * heard.cooperation * (peer - value)


@compiled
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
def valued(options: Options, order: float, mixes_values: bool, heard: Voices) -> Floats:
    """Mixed values of options; see `Judgement.values`."""
    if not mixes_values:
        return _opinion(options, _mixed_horizon(heard), order)
    values = _opinion(options, heard.own, order)
    above, beside = _opinion(options, heard.superior, order), _opinion(options, heard.peer, order)
    for i in range(len(values)):
        values[i] = _mixed(values[i], above[i], beside[i], heard)
    return values


@compiled
def _opinion(options: Options, horizon: float, order: float) -> Floats:
    """Values of options as one person sees them; equal where none is worth anything."""
    n = len(options.lag)
    values = np.empty(n)
    for i in range(n):
        held = options.held[i]
        values[i] = options.elasticity[i] * payoff_weight(options.lag[i], horizon if np.isnan(held) else held, order)
    worth = total(values)
    for i in range(n):
        values[i] = values[i] / worth if worth > 0.0 else 1.0 / n
    return values
