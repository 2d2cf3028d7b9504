"""Trust from person to person: earned by experience, built by contact, gone without either (`model.md`, section 6).

Contact is a budget of hours that a bigger team spreads over more pairs, so big companies drift apart by themselves.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import Decision, Luck, event_number, normal, uniform

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
OF_SALES, OF_MARKETING = 0, 1
MARKETERS_AT_MOST = 2**20
VIEW_MIDDLE, VIEW_SCALE = 0.5, 0.15  # v = Phi((trust - .5 + eta) / .15)
NEGATIVE_BELOW = 0.4


@dataclass
class Trust:
    """How far each salesperson trusts each marketer's leads, and each marketer each salesperson's use of them.

    Arrays have shape (2, n_sales_seats, n_marketing_seats), direction first: of sales, of marketing.
    """

    level: Floats  # 0..1
    leaning: Floats  # SD: what a pair thinks of each other beyond trust, fixed for two persons

    def newcomers_come(self, people: PeopleConfig, luck: Luck, sales: Ints, marketing: Ints, is_new: Floats) -> None:
        """Pairs with somebody new start afresh; `is_new` has shape (n_sales, n_marketing), persons per seat given."""
        if not is_new.any():
            return
        self.level[:, is_new > 0.0] = people.trust_newcomer
        self.leaning = leanings(luck, sales, marketing)

    def grow(self, people: PeopleConfig, contact: float, experience: Floats) -> None:
        """A quarter of contact and experience, both directions; experience has the shape of `level`.

        dT/dt = contact (x - T) - decay T a week, in closed form, so a quarter in one step is thirteen in weeks.
        """
        pace = contact + people.trust_decay
        if pace <= 0.0:
            return
        self.level = _grown(self.level.ravel(), experience.ravel(), contact, pace).reshape(self.level.shape)

    def in_others(self, function: int) -> Floats:
        """Mean trust of each person of a function in the people of the other, shape (n_seats,)."""
        return _in_others(self.level[function], function == OF_SALES)

    def mean(self) -> float:
        """Mean trust of all pairs in both directions, 0..1."""
        return _mean(self.level.ravel())

    def views(self, people: PeopleConfig) -> Floats:
        """Directed views in (0, 1), shape of `level`: v = Phi((trust - .5 + eta) / .15)."""
        return _views(self.level.ravel(), self.leaning.ravel(), people.view_spread).reshape(self.level.shape)

    def outlook(self, people: PeopleConfig) -> Outlook:
        """How the two functions look at each other."""
        negative = _share_below(NEGATIVE_BELOW, self.views(people).ravel())
        return Outlook(_mean(self.level[OF_SALES].ravel()), _mean(self.level[OF_MARKETING].ravel()), negative)


class Outlook(NamedTuple):
    """How the two functions look at each other: mean trust in either direction, and who thinks ill of the other."""

    of_sales: float
    of_marketing: float
    negative_views_share: float


# Compiled code goes along all pairs in one line where it can: more dimensions take the compiler longer.


@compiled
def _grown(level: Floats, experience: Floats, contact: float, pace: float) -> Floats:
    kept = math.exp(-pace * WEEKS_PER_QUARTER)
    grown = np.empty(len(level))
    for i in range(len(level)):
        target = contact * experience[i] / pace
        grown[i] = target + (level[i] - target) * kept
    return grown


@compiled
def _in_others(level: Floats, is_by_row: bool) -> Floats:
    n_sales, n_marketing = level.shape
    n, n_others = (n_sales, n_marketing) if is_by_row else (n_marketing, n_sales)
    means = np.zeros(n)
    for i in range(n):
        for other in range(n_others):
            means[i] += level[i, other] if is_by_row else level[other, i]
        means[i] /= n_others
    return means


@compiled
def _views(level: Floats, leaning: Floats, spread: float) -> Floats:
    views = np.empty(len(level))
    for i in range(len(level)):
        standing = (level[i] - VIEW_MIDDLE + spread * leaning[i]) / VIEW_SCALE
        views[i] = 0.5 * math.erfc(-standing / math.sqrt(2.0))
    return views


@compiled
def _mean(level: Floats) -> float:
    total = 0.0
    for i in range(len(level)):
        total += level[i]
    return total / len(level)


@compiled
def _share_below(limit: float, views: Floats) -> float:
    n_below = 0
    for i in range(len(views)):
        n_below += views[i] < limit
    return n_below / len(views)


def leanings(luck: Luck, sales: Ints, marketing: Ints) -> Floats:
    """Standard normal leaning of every pair of persons in both directions, shape (2, n_sales, n_marketing)."""
    return _leanings(luck.key(Decision.PAIR_VIEW), sales, marketing)


@compiled
def _leanings(key: np.uint64, sales: Ints, marketing: Ints) -> Floats:
    leanings = np.empty((2, len(sales), len(marketing)))
    for s in range(len(sales)):
        for m in range(len(marketing)):
            who, persons = s * MARKETERS_AT_MOST + m, event_number(sales[s], marketing[m])
            for d in (OF_SALES, OF_MARKETING):
                leanings[d, s, m] = normal(uniform(key, 2 * who + d, persons))
    return leanings


def started_trust(luck: Luck, sales: Ints, marketing: Ints, means: Floats, sds: Floats) -> Trust:
    """Trust of all pairs around the company's usual level; `means` and `sds` have shape (2,)."""
    who = (np.arange(len(sales))[:, None] * MARKETERS_AT_MOST + np.arange(len(marketing))[None, :]).ravel()
    shape = (len(sales), len(marketing))
    draws = [luck.normals(Decision.PAIR_START, 2 * who + d).reshape(shape) for d in (0, 1)]
    levels = [np.clip(means[d] + sds[d] * draws[d], 0.0, 1.0) for d in (0, 1)]
    return Trust(np.stack(levels), leanings(luck, sales, marketing))


def contact_rate(
    people: PeopleConfig, pathways: PathwaysConfig, practices: PracticesConfig, teams: Sequence[int]
) -> float:
    """Share of the way to experience that a pair's trust goes in a week: gain x joint hours / pairs."""
    hours = (
        people.contact_hours_base
        + pathways.contact_joint_reviews * practices.joint_reviews
        + pathways.contact_cross_learning * practices.cross_learning
    )
    n_sales, n_marketing = int(teams[0]), int(teams[1])
    pairs = max(n_sales * n_marketing, 1)
    return people.trust_gain * hours * (n_sales + n_marketing) / pairs


def promised_share(people: PeopleConfig, practices: PracticesConfig) -> float:
    """Share of leads that salespeople count on to be real: what a definition promises, or what they hope for."""
    hope, promise = people.promise_undefined, people.promise_defined
    return hope + practices.role_clarity * (promise - hope)


def pooled_share(part: Floats, whole: Floats, hearsay: float) -> Floats:
    """Share of each pair, 0..1, shrunk to everybody's by `hearsay` leads' worth of colleagues' experience."""
    return _pooled_share(part.ravel(), whole.ravel(), hearsay).reshape(part.shape)


@compiled
def _pooled_share(part: Floats, whole: Floats, hearsay: float) -> Floats:
    known, total = 0.0, 0.0
    for i in range(len(part)):
        known += part[i]
        total += whole[i]
    mean = known / total if total > 0.0 else 0.0
    shares = np.empty_like(part)
    for i in range(len(part)):
        shares[i] = min((part[i] + hearsay * mean) / (whole[i] + hearsay), 1.0)
    return shares


def experience(
    people: PeopleConfig, real: Floats, used: Floats, promised: float, content_used: float, unfair: Floats
) -> Floats:
    """What a quarter taught each pair of each other, 0..1, shape (2, n_sales, n_marketing).

    Salespeople see how many leads proved real against what was promised; marketers how much of their work was
    used, leads and content alike; both whether credit was fair (`unfair`, shape (2,), is 0 if it was).
    """
    taught = _experience(people.fairness_weight, real.ravel(), used.ravel(), promised, content_used, unfair)
    return taught.reshape(2, *real.shape)


@compiled
def _experience(
    weight: float, real: Floats, used: Floats, promised: float, content_used: float, unfair: Floats
) -> Floats:
    n = len(real)
    taught = np.empty(2 * n)
    for i in range(n):
        of_sales = min(real[i] / promised, 1.0)
        of_marketing = 0.5 * (used[i] + content_used)
        taught[i] = (1.0 - weight) * of_sales + weight * (1.0 - unfair[OF_SALES])
        taught[n + i] = (1.0 - weight) * of_marketing + weight * (1.0 - unfair[OF_MARKETING])
    return taught


def follow_up_chance(trust: Floats, ignored_share: float) -> Floats:
    """Probability that a salesperson takes up a lead: 1 at full trust, 1 - ignored_share at none."""
    return np.asarray(1.0 - ignored_share * (1.0 - trust))
