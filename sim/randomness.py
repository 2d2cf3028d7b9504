"""Keyed luck: every random draw is a pure function of (seed, decision, entity, event).

Think of a book of dice for each seed. A draw is looked up by what it is about ("does account 17 choose us at
the end of its third buying episode?"), not taken as the next in line. Two scenarios under one seed read the
same book, so a difference between them is never a difference in luck.

The hash is Stafford's variant 13 of the 64-bit finaliser that SplitMix64 uses [Steele2014]. Its one form is
compiled; whoever asks for many draws at once gets those that asking for each would give.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, inlined, plain

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))
_FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_ENTITY = np.uint64(0x9E3779B97F4A7C15)
_EVENT = np.uint64(0xD1B54A32D192ED03)
_DROPPED_BITS = np.uint64(12)
_UNIT = 2.0**-52
COUNTS = 2**31  # of what an event number may be made of
_FACTOR_1, _FACTOR_2 = _FACTORS
_SHIFT_1, _SHIFT_2, _SHIFT_3 = _SHIFTS


class Decision(StrEnum):
    """Every random choice; the value names its stream, so never reuse or rename one lightly."""

    ACCOUNT_FIT = "account-fit"
    ACCOUNT_VALUE = "account-value"
    START_STATE = "start-state"
    START_CUSTOMER = "start-customer"
    BRAND_NOTICED = "brand-noticed"
    ENTERS_MARKET = "enters-market"
    SPELL_IS_SLOW = "spell-is-slow"
    SPELL_LENGTH = "spell-length"
    RAISES_HAND = "raises-hand"
    RESPONDS_IDLY = "responds-idly"
    FOUND_BY_SALES = "found-by-sales"
    SCORE_NOISE = "score-noise"
    OWNER = "owner"
    AUTHOR = "author"
    SERVED_FIRST = "served-first"
    FOLLOWED_UP = "followed-up"
    RESPONSE_TIME = "response-time"
    ACCEPTED = "accepted"
    BECOMES_OPPORTUNITY = "becomes-opportunity"
    EFFORT = "effort"
    PACE = "pace"
    WON = "won"
    RENEWED = "renewed"
    RECORDED = "recorded"
    DEMAND = "demand"
    HISTORY = "history"
    SEAT_SKILL = "seat-skill"
    SEAT_TRAIT = "seat-trait"
    SEAT_STRAIN = "seat-strain"
    SEAT_LEAVES = "seat-leaves"
    SEAT_SEARCH = "seat-search"
    LEADER_SKILL = "leader-skill"
    LEADER_HORIZON = "leader-horizon"
    LEADER_STRAIN = "leader-strain"
    LEADER_LEAVES = "leader-leaves"
    LEADER_SEARCH = "leader-search"
    LEADER_START = "leader-start"
    PAIR_VIEW = "pair-view"
    PAIR_START = "pair-start"
    QUARREL = "quarrel"
    PERCEPTION = "perception"
    CHANNEL_DRIFT = "channel-drift"
    CHANNEL_FOUND = "channel-found"
    CHANNEL_START = "channel-start"
    CHANNEL_BELIEF = "channel-belief"


class MarketLuck(NamedTuple):
    """Stream keys of the market's decisions, one 64-bit number each, as the compiled loop takes them."""

    brand_noticed: np.uint64
    enters_market: np.uint64
    spell_is_slow: np.uint64
    spell_length: np.uint64
    raises_hand: np.uint64
    responds_idly: np.uint64
    found_by_sales: np.uint64
    score_noise: np.uint64
    owner: np.uint64
    author: np.uint64
    served_first: np.uint64
    followed_up: np.uint64
    response_time: np.uint64
    accepted: np.uint64
    becomes_opportunity: np.uint64
    effort: np.uint64
    pace: np.uint64
    won: np.uint64
    renewed: np.uint64
    recorded: np.uint64


@inlined
def _mix(bits: np.uint64) -> np.uint64:
    """Bits scattered so that every input bit moves about half of the output's."""
    bits = (bits ^ (bits >> _SHIFT_1)) * _FACTOR_1
    bits = (bits ^ (bits >> _SHIFT_2)) * _FACTOR_2
    return bits ^ (bits >> _SHIFT_3)


@compiled
def uniform(key: np.uint64, entity: int, event: int) -> float:
    """The draw in (0, 1) of one entity and event under a stream key.

    The open interval keeps every inverse CDF finite: 52 bits and a half.
    """
    return uniform_of(entity_bits(key, entity), event)


@inlined
def entity_bits(key: np.uint64, entity: int) -> np.uint64:
    """What one entity's draws under a key have in common: who draws week after week works it out once."""
    return _mix(key + np.uint64(entity) * _ENTITY)


@compiled
def uniform_of(bits: np.uint64, event: int) -> float:
    """The draw in (0, 1) of one event, of an entity whose `entity_bits` are known."""
    return (np.float64(_mix(bits + np.uint64(event) * _EVENT) >> _DROPPED_BITS) + 0.5) * _UNIT


@compiled
def draws_below(share: float) -> np.uint64:
    """How many of the 2**52 possible draws lie below `share`; with `is_among` the same answer as `uniform < share`."""
    level = min(max(share, 0.0), 1.0) * 2.0**52
    whole = math.floor(level)
    return np.uint64(whole) + np.uint64(level - whole > 0.5)


@inlined
def is_among(bits: np.uint64, event: int, lowest: np.uint64) -> bool:
    """Whether the draw of one event is among the `lowest` ones: a comparison of whole numbers, several times faster."""
    return bool((_mix(bits + np.uint64(event) * _EVENT) >> _DROPPED_BITS) < lowest)


@compiled
def exponential(share: float) -> float:
    """Exp(1) variate with P(X > x) = `share`: the threshold that a cumulated hazard must cross."""
    return -math.log(share)


# Coefficients of the three rational functions of algorithm AS 241 [Wichura1988], lowest power first.
_MIDDLE_TOP = (
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
)  # fmt: skip
_MIDDLE_BOTTOM = (
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
)  # fmt: skip
_TAIL_TOP = (
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
)  # fmt: skip
_TAIL_BOTTOM = (
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
)  # fmt: skip
_FAR_TOP = (
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
)  # fmt: skip
_FAR_BOTTOM = (
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
)  # fmt: skip


@inlined
def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    """A polynomial of degree 7 by Horner's rule."""
    c = coefficients
    return ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]


@compiled
def normal(share: float) -> float:
    """Standard normal quantile of `share` in (0, 1), to about 1 part in 10**16 [Wichura1988].

    Scalar and compiled, because library versions differ in the last place between languages.
    """
    q = share - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _polynomial(_MIDDLE_TOP, r) / _polynomial(_MIDDLE_BOTTOM, r)
    r = math.sqrt(-math.log(share if q < 0.0 else 1.0 - share))
    if r <= 5.0:
        x = _polynomial(_TAIL_TOP, r - 1.6) / _polynomial(_TAIL_BOTTOM, r - 1.6)
    else:
        x = _polynomial(_FAR_TOP, r - 5.0) / _polynomial(_FAR_BOTTOM, r - 5.0)
    return -x if q < 0.0 else x


@compiled
def _stream(seed: int, checksum: int) -> np.uint64:
    return _mix(_mix(np.uint64(seed) + _ENTITY) ^ np.uint64(checksum) * _EVENT)


def stream_key(seed: int, decision: Decision) -> np.uint64:
    """Key of one decision's stream under one seed (0 is a seed like any other)."""
    return np.uint64(_stream(seed, crc32(decision.value.encode())))


@compiled
def _uniforms(key: np.uint64, entities: Ints, events: Ints) -> Floats:
    # Whichever comes alone goes with each of the others.
    who, what = int(len(entities) != 1), int(len(events) != 1)
    n = len(entities) if who else len(events)
    draws = np.empty(n)
    for i in range(n):
        draws[i] = uniform(key, entities[i * who], events[i * what])
    return draws


@compiled
def _normals(key: np.uint64, entities: Ints, events: Ints) -> Floats:
    draws = _uniforms(key, entities, events)
    for i in range(len(draws)):
        draws[i] = normal(draws[i])
    return draws


@compiled
def _exponentials(key: np.uint64, entities: Ints, events: Ints) -> Floats:
    draws = _uniforms(key, entities, events)
    for i in range(len(draws)):
        draws[i] = exponential(draws[i])
    return draws


def _paired(entities: npt.ArrayLike, events: npt.ArrayLike) -> tuple[Ints, Ints, tuple[int, ...]]:
    """Entities and events in line, one of them alone where it goes with all of the others, and the draws' shape."""
    who, what = np.asarray(entities, dtype=np.int64), np.asarray(events, dtype=np.int64)
    if who.shape != what.shape and who.ndim and what.ndim:
        who, what = np.broadcast_arrays(who, what)
    return who.ravel(), what.ravel(), who.shape or what.shape


def uniforms(key: np.uint64, entities: npt.ArrayLike, events: npt.ArrayLike = 0) -> Floats:
    """Draws in (0, 1), shape of `entities` and `events` broadcast; array form of `uniform`."""
    who, what, shape = _paired(entities, events)
    return _uniforms(key, who, what).reshape(shape)[()]


class Luck:
    """The book of dice of one seed: named streams for everything that people's side draws at once."""

    def __init__(self, seed: int) -> None:
        self.seed = int(seed)
        self._keys: dict[Decision, np.uint64] = {}

    def key(self, decision: Decision) -> np.uint64:
        """64-bit key of one decision's stream."""
        if decision not in self._keys:
            self._keys[decision] = stream_key(self.seed, decision)
        return self._keys[decision]

    def uniforms(self, decision: Decision, entities: npt.ArrayLike, events: npt.ArrayLike = 0) -> Floats:
        """Draws in (0, 1) of one decision, shape of `entities` and `events` broadcast."""
        return uniforms(self.key(decision), entities, events)

    def normals(self, decision: Decision, entities: npt.ArrayLike, events: npt.ArrayLike = 0) -> Floats:
        """Standard normal draws of one decision, by inverse CDF; at least one long."""
        who, what, _ = _paired(entities, events)
        return _normals(self.key(decision), who, what)

    def exponentials(self, decision: Decision, entities: npt.ArrayLike, events: npt.ArrayLike = 0) -> Floats:
        """Exp(1) draws of one decision, by inverse CDF: thresholds for cumulated hazards; at least one long."""
        who, what, _ = _paired(entities, events)
        return _exponentials(self.key(decision), who, what)

    def of_market(self) -> MarketLuck:
        """Keys of the market's streams as the compiled loop takes them."""
        return MarketLuck(*(self.key(Decision[name.upper()]) for name in MarketLuck._fields))


@plain
def event_number(major: Any, minor: Any) -> Any:
    """One event number for a pair of counts below 2**31, never the same for two pairs; of numbers or of arrays."""
    return major * COUNTS + minor
