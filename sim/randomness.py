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

from sim.compiled import compiled, inlined

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


@compiled
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
    bits = _mix(_mix(key + np.uint64(entity) * _ENTITY) + np.uint64(event) * _EVENT)
    return (np.float64(bits >> _DROPPED_BITS) + 0.5) * _UNIT


@compiled
def exponential(share: float) -> float:
    """Exp(1) variate with P(X > x) = `share`: the threshold that a cumulated hazard must cross."""
    return -math.log(share)


@compiled
def normal(share: float) -> float:
    """Standard normal quantile of `share` in (0, 1), absolute error below 1e-9 and one Newton-like step [Acklam2003].

    Scalar and compiled, because library versions differ in the last place between languages.
    """
    if share > 0.5:
        return -normal_lower(1.0 - share)
    return normal_lower(share)


@compiled
def normal_lower(share: float) -> float:
    """Standard normal quantile for `share` in (0, 0.5]."""
    if share < 0.02425:
        q = math.sqrt(-2.0 * math.log(share))
        top = -7.784894002430293e-03
        for c in (
            -3.223964580411365e-01,
            -2.400758277161838e00,
            -2.549732539343734e00,
            4.374664141464968e00,
            2.938163982698783e00,
        ):
            top = top * q + c
        bottom = 7.784695709041462e-03
        for c in (3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00, 1.0):
            bottom = bottom * q + c
        x = top / bottom
    else:
        q = share - 0.5
        r = q * q
        top = -3.969683028665376e01
        for c in (
            2.209460984245205e02,
            -2.759285104469687e02,
            1.383577518672690e02,
            -3.066479806614716e01,
            2.506628277459239e00,
        ):
            top = top * r + c
        bottom = -5.447609879822406e01
        for c in (
            1.615858368580409e02,
            -1.556989798598866e02,
            6.680131188771972e01,
            -1.328068155288572e01,
            1.0,
        ):
            bottom = bottom * r + c
        x = q * top / bottom
    error = 0.5 * math.erfc(-x / math.sqrt(2.0)) - share
    step = error * math.sqrt(2.0 * math.pi) * math.exp(0.5 * x * x)
    return x - step / (1.0 + 0.5 * x * step)


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


@inlined
def event_number(major: Any, minor: Any) -> Any:
    """One event number for a pair of counts below 2**31, never the same for two pairs; of numbers or of arrays."""
    return major * COUNTS + minor
