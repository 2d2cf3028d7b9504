"""Channels of activation: each drifts and tires with use; experiments replace the one believed the worst.

How a channel really does is the market's; what marketers believe of it, and so where the money goes, is theirs.
Exploration against exploitation in the spirit of March (1991); the form is ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.config import PeopleConfig
from sim.periods import QUARTERS_PER_YEAR
from sim.randomness import Decision, Luck, event_number, normal, uniform

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
N_CHANNELS = 6
CHAINS, CHAIN_QUARTERS, KEPT_QUARTERS = 48, 48, 24  # of the past of channels
NEARNESS = np.linspace(-1.0, 1.0, N_CHANNELS)  # from channels far from a deal to those near one


@dataclass
class Channels:
    """State of the channels, arrays of shape (6,), and each marketer's beliefs, shape (n_marketers, 6)."""

    effect: Floats  # ln effectiveness, unfatigued
    fatigue: Floats  # ln effectiveness lost by use
    generation: Ints  # how often the slot has been replaced
    beliefs: Floats  # ln effectiveness as each marketer sees it
    explore_left: float  # Exp(1) threshold less the hazard met so far
    found: int = 0
    found_now: int = 0  # in the last quarter

    def shares(self, people: PeopleConfig, is_present: Bools) -> Floats:
        """Money's split over the channels, shape (6,): by the mean belief of those who are there."""
        return _shares(self.beliefs, is_present, people.belief_sharpness)

    def effectiveness(self, shares: Floats) -> float:
        """What a dollar does, mean over the channels as money is split."""
        return _effectiveness(self.effect, self.fatigue, shares)

    def pass_quarter(
        self, people: PeopleConfig, luck: Luck, quarter: int, shares: Floats, use: float, experiments: float
    ) -> None:
        """Channels tire by use (multiple of today's), recover, drift; experiments find new ones."""
        self.effect, self.fatigue = _passed(
            self.effect, self.fatigue, shares, people.channel_fatigue * use, people.channel_recovery,
            people.channel_memory, people.channel_drift, luck.key(Decision.CHANNEL_DRIFT), self.generation, quarter,
        )  # fmt: skip
        self.explore_left -= people.exploration_per_quarter * experiments**people.experiments_elasticity
        before = self.found
        while self.explore_left <= 0.0:
            self._replace(people, luck)
        self.found_now = self.found - before

    def learn(
        self,
        people: PeopleConfig,
        luck: Luck,
        quarter: int,
        is_present: Bools,
        flattery: float,
        noise: float,
    ) -> None:
        """Marketers move their beliefs to what was measured: the truth, flattered by the rule of credit, with noise.

        `flattery` is -1 where a rule favours channels far from a deal, 1 where near; `noise` multiplies its sd.
        """
        self.beliefs = _learned(
            self.beliefs, self.effect, self.fatigue, is_present, people.credit_bias * flattery,
            people.belief_noise * noise, people.belief_learning, luck.key(Decision.CHANNEL_BELIEF), quarter,
        )  # fmt: skip

    def forget(self, left: Bools) -> None:
        """Who takes a seat brings no knowledge of these channels: all look alike."""
        self.beliefs[left] = self.beliefs.mean() if len(self.beliefs) else 0.0

    def _replace(self, people: PeopleConfig, luck: Luck) -> None:
        worst = int(np.argmin(np.mean(self.beliefs, axis=0)))
        self.found += 1
        self.generation[worst] += 1
        self.effect[worst] = usual_spread(people) * luck.normals(Decision.CHANNEL_FOUND, 1, self.found)[0]
        self.fatigue[worst] = 0.0
        self.beliefs[:, worst] = self.effect[worst]
        self.explore_left += luck.exponentials(Decision.CHANNEL_FOUND, 0, self.found)[0]

    def copy(self) -> Channels:
        """An independent copy."""
        arrays = (self.effect.copy(), self.fatigue.copy(), self.generation.copy(), self.beliefs.copy())
        return Channels(*arrays, self.explore_left, self.found)


@compiled
def _shares(beliefs: Floats, is_present: Bools, sharpness: float) -> Floats:
    n_believers = 0
    for m in range(len(is_present)):
        n_believers += is_present[m]
    nobody = n_believers == 0
    weights, total = np.empty(N_CHANNELS), 0.0
    for c in range(N_CHANNELS):
        belief = 0.0
        for m in range(len(beliefs)):
            if nobody or is_present[m]:
                belief += beliefs[m, c]
        weights[c] = math.exp(sharpness * belief / (len(beliefs) if nobody else n_believers))
        total += weights[c]
    for c in range(N_CHANNELS):
        weights[c] /= total
    return weights


@compiled
def _effectiveness(effect: Floats, fatigue: Floats, shares: Floats) -> float:
    done = 0.0
    for c in range(N_CHANNELS):
        done += shares[c] * math.exp(effect[c] - fatigue[c])
    return done


@compiled
def _passed(
    effect: Floats, fatigue: Floats, shares: Floats, wear: float, recovery: float, memory: float, drift: float,
    luck: np.uint64, generation: Ints, quarter: int,
) -> tuple[Floats, Floats]:  # fmt: skip
    drifted, worn = np.empty(N_CHANNELS), np.empty(N_CHANNELS)
    for c in range(N_CHANNELS):
        worn[c] = fatigue[c] * (1.0 - recovery) + wear * shares[c] * N_CHANNELS
        drifted[c] = memory * effect[c] + drift * normal(uniform(luck, c, event_number(generation[c], quarter)))
    return drifted, worn


@compiled
def _learned(
    beliefs: Floats, effect: Floats, fatigue: Floats, is_present: Bools, bias: float, noise: float, learning: float,
    luck: np.uint64, quarter: int,
) -> Floats:  # fmt: skip
    learned = beliefs.copy()
    for m in range(len(beliefs)):
        if is_present[m]:
            for c in range(N_CHANNELS):
                error = normal(uniform(luck, m * N_CHANNELS + c, quarter))
                seen = effect[c] - fatigue[c] + bias * NEARNESS[c] + noise * error
                learned[m, c] += learning * (seen - beliefs[m, c])
    return learned


def usual_spread(people: PeopleConfig) -> float:
    """Stationary sd of ln effectiveness of a channel that only drifts."""
    return people.channel_drift / math.sqrt(1.0 - people.channel_memory**2)


def settled_channels(
    people: PeopleConfig, n_marketers: int, use: float, experiments: float, flattery: float, noise: float
) -> tuple[tuple[Channels, ...], float]:
    """Many channels' states after years of this use and these experiments, and what a dollar does on average of them.

    Marketers come and go at the usual rate, and knowledge with them.
    """
    states, effects = [], []
    present = np.ones(max(n_marketers, 1), dtype=bool)
    leaving = 1.0 - math.exp(-people.marketing_attrition_per_year / QUARTERS_PER_YEAR)
    for chain in range(CHAINS):
        luck = Luck(-1 - chain)
        channels = _first_channels(people, luck, n_marketers)
        for quarter in range(CHAIN_QUARTERS):
            shares = channels.shares(people, present)
            if quarter >= CHAIN_QUARTERS - KEPT_QUARTERS:
                states.append(channels.copy())
                effects.append(channels.effectiveness(shares))
            channels.pass_quarter(people, luck, quarter, shares, use, experiments)
            channels.learn(people, luck, quarter, present, flattery, noise)
            channels.forget(luck.uniforms(Decision.CHANNEL_START, np.arange(len(present)), 2 + quarter) < leaving)
    return tuple(states), float(np.mean(effects))


def _first_channels(people: PeopleConfig, luck: Luck, n_marketers: int) -> Channels:
    """Channels that have drifted for long, been used for a while, and are known."""
    effect = usual_spread(people) * luck.normals(Decision.CHANNEL_START, np.arange(N_CHANNELS))
    fatigue = np.full(N_CHANNELS, people.channel_fatigue / people.channel_recovery)
    beliefs = np.tile(effect - fatigue, (max(n_marketers, 1), 1))
    left = float(luck.exponentials(Decision.CHANNEL_FOUND, 0, 0)[0])
    return Channels(effect, fatigue, np.zeros(N_CHANNELS, dtype=np.int64), beliefs, left)


def started_channels(luck: Luck, remembered: tuple[Channels, ...]) -> Channels:
    """Channels as some quarter of the company's past left them; luck goes on from the same book for all."""
    # The entity after the last channel: which moment of the past it is.
    number = int(luck.uniforms(Decision.CHANNEL_START, N_CHANNELS, 0) * len(remembered))
    channels = remembered[number].copy()
    channels.generation[:] = 0
    channels.found = 0
    channels.explore_left = float(luck.exponentials(Decision.CHANNEL_FOUND, 0, 0)[0])
    return channels
