"""Keyed luck: every random draw is a pure function of (seed, decision, entity, event).

Think of a book of dice for each seed. A draw is looked up by what it is about ("does account 17 choose us at
the end of its third buying episode?"), not taken as the next in line. Two scenarios under one seed read the
same book, so a difference between them is never a difference in luck.

The hash is Stafford's variant 13 of the 64-bit finaliser that SplitMix64 uses [Steele2014]; the uniforms agree
bit for bit between the compiled and the numpy form.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))
_FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_ENTITY = np.uint64(0x9E3779B97F4A7C15)
_EVENT = np.uint64(0xD1B54A32D192ED03)
_DROPPED_BITS = np.uint64(12)
_UNIT = 2.0**-52
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
    """The draw in (0, 1) of one entity and event under a stream key; compiled form.

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


def stream_key(seed: int, decision: Decision) -> np.uint64:
    """Key of one decision's stream under one seed (0 is a seed like any other)."""
    with np.errstate(over="ignore"):
        start = _mix_array(np.array([seed], dtype=np.int64).astype(np.uint64) + _ENTITY)
        return np.uint64(_mix_array(start ^ np.uint64(crc32(decision.value.encode())) * _EVENT)[0])


def _mix_array(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The hash of `_mix` for an array of 64-bit numbers."""
    bits = (bits ^ (bits >> _SHIFT_1)) * _FACTOR_1
    bits = (bits ^ (bits >> _SHIFT_2)) * _FACTOR_2
    return bits ^ (bits >> _SHIFT_3)


def uniforms(key: np.uint64, entities: npt.ArrayLike, events: npt.ArrayLike = 0) -> Floats:
    """Draws in (0, 1), shape of `entities` and `events` broadcast; numpy form of `uniform`."""
    who = np.asarray(entities, dtype=np.int64).astype(np.uint64)
    what = np.asarray(events, dtype=np.int64).astype(np.uint64)
    with np.errstate(over="ignore"):
        bits = _mix_array(_mix_array(key + who * _ENTITY) + what * _EVENT)
    return ((bits >> _DROPPED_BITS).astype(np.float64) + 0.5) * _UNIT


@compiled
def _normals(key: np.uint64, entities: Ints, events: Ints) -> Floats:
    draws = np.empty(len(entities))
    for i in range(len(entities)):
        draws[i] = normal(uniform(key, entities[i], events[i]))
    return draws


@compiled
def _exponentials(key: np.uint64, entities: Ints, events: Ints) -> Floats:
    draws = np.empty(len(entities))
    for i in range(len(entities)):
        draws[i] = exponential(uniform(key, entities[i], events[i]))
    return draws


def _paired(entities: npt.ArrayLike, events: npt.ArrayLike) -> tuple[Ints, Ints]:
    """Entities and events as integer arrays of one shape, at least one long."""
    who = np.atleast_1d(np.asarray(entities, dtype=np.int64))
    what = np.atleast_1d(np.asarray(events, dtype=np.int64))
    if len(who) != len(what):
        who, what = (np.ascontiguousarray(numbers) for numbers in np.broadcast_arrays(who, what))
    return who, what


class Luck:
    """The book of dice of one seed: named streams for everything that people's side draws in numpy."""

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
        return _normals(self.key(decision), *_paired(entities, events))

    def exponentials(self, decision: Decision, entities: npt.ArrayLike, events: npt.ArrayLike = 0) -> Floats:
        """Exp(1) draws of one decision, by inverse CDF: thresholds for cumulated hazards; at least one long."""
        return _exponentials(self.key(decision), *_paired(entities, events))

    def of_market(self) -> MarketLuck:
        """Keys of the market's streams as the compiled loop takes them."""
        return MarketLuck(*(self.key(Decision[name.upper()]) for name in MarketLuck._fields))


def event_number(major: npt.ArrayLike, minor: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """One event number for a pair of counts below 2**31, never the same for two pairs."""
    return np.asarray(major, dtype=np.int64) * np.int64(2**31) + np.asarray(minor, dtype=np.int64)
