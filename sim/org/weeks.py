"""Leaders' weeks, all posts in one compiled pass: who is heard, what is left of the hours, which activity gets them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, plain
from sim.config import FUNCTIONS
from sim.org.allotment import allotted
from sim.org.attention import Activities, Week, effective_hours, switching_hours
from sim.org.horizon import Voices, valued
from sim.org.posts import Floats, Holders, Ints, Posts, Record, Rules, board, voices
from sim.org.structure import MARKETING, SALES

ROUNDING = 1e-9  # hours a week: what rounding leaves is no time to spare; a small power of it would be felt


class Hours(NamedTuple):
    """What the quarter's planning changes; the first axis is over posts."""

    attention: Floats  # (n_posts, 9): hours a week
    spare: Floats  # (n_posts, 2)
    effective: Floats


@plain
def _week(
    posts: Posts, number: int, activities: Activities, rules: Rules, now: Hours, strain_factor: float,
    practice_hours: float,
) -> Week:  # fmt: skip
    """The hours of one leader in the coming quarter, and what takes of them."""
    post = posts[number]
    rest = max(rules.full_week - post.hours, 0.0)
    # The functions, then other duties, which share the rest of the week.
    domains, worked = np.zeros(len(FUNCTIONS) + post.n_elsewhere), 0.0
    for i in range(len(activities)):
        domains[activities[i].function] += now.attention[number, i]
    for f in range(len(FUNCTIONS)):
        domains[f] += now.spare[number, f]
        worked += domains[f]
    # Lost hours are worked too: left out, they would make the week look more split and lose still more.
    for d in range(len(domains)):
        domains[d] = post.hours * domains[d] / max(worked, 1e-12) if d < len(FUNCTIONS) else rest / post.n_elsewhere
    return Week(
        post.hours,
        strain_factor,
        practice_hours if post.leads else 0.0,
        rules.meeting_hours if post.peer >= 0 else 0.0,
        switching_hours(post.hours, domains, rules.switching_loss),
    )


@plain
def _target(activities: Activities, needs: Floats, weights: Floats, hours: float, rules: Rules) -> Floats:
    """Hours per activity that a leader moves to; all that is needed while hours are not scarce.

    Where the share of marketing is held who leads both divides the hours by it first.
    """
    of_sales, of_marketing = 0.0, 0.0
    for i in range(len(needs)):
        of_sales += needs[i] if activities[i].function == SALES else 0.0
        of_marketing += needs[i] if activities[i].function == MARKETING else 0.0
    divides = rules.is_scarce and of_sales > 0.0 and of_marketing > 0.0 and not math.isnan(rules.marketing_share)
    shared = min(hours, of_sales + of_marketing)
    whole = hours if rules.is_scarce else math.inf  # not the sum of needs: by rounding it may be less than they are
    target, part = np.zeros(len(needs)), np.zeros(len(needs))
    for share, function in ((1.0 - rules.marketing_share, SALES), (rules.marketing_share, MARKETING)):
        for i in range(len(needs)):
            part[i] = needs[i] if activities[i].function == function or not divides else 0.0
        given = allotted(part, weights, share * shared if divides else whole, rules.equalises)
        for i in range(len(needs)):
            target[i] = target[i] + given[i] if divides else given[i]
    return target


@plain
def _values(
    posts: Posts, number: int, activities: Activities, rules: Rules, holders: Holders, cooperation: float
) -> tuple[Voices, Floats]:
    """Who is heard in how one leader allots the week, and what the activities led are worth to them, shape (9,)."""
    among, heard = np.empty(len(activities), np.bool_), board(rules)
    for i in range(len(activities)):
        among[i] = activities[i].leader == number and activities[i].need > 0.0
    if rules.attention:
        heard = voices(posts, number, rules, holders, cooperation, True)
    return heard, valued(activities, among, rules.kernel_order, rules.mixes_values, heard)


@compiled
def explained(
    number: int, posts: Posts, activities: Activities, rules: Record, holders: Holders, cooperation: float, now: Hours,
    strain_factor: Floats, practice_hours: float,
) -> tuple[Week, Voices, Floats]:  # fmt: skip
    """What one leader's planning rests on: the week, who is heard, values; compiled only for who asks why."""
    week = _week(posts, number, activities, rules[0], now, strain_factor[number], practice_hours)
    return week, *_values(posts, number, activities, rules[0], holders, cooperation)


@compiled
def plan_weeks(
    who: Ints, settles: bool, competence: Floats, posts: Posts, activities: Activities, rules_record: Record,
    holders: Holders, cooperation: float, now: Hours, strain_factor: Floats, practice_hours: float,
) -> None:  # fmt: skip
    """These posts' holders plan a quarter's hours: attention goes part of the way to its target, or all of it.

    `competence` is that in each function, shape (n_posts, 2), as far as it counts; `now` changes in place.
    """
    rules, n = rules_record[0], len(activities)
    needs, weights = np.empty(n), np.empty(n)
    for number in who:
        week = _week(posts, number, activities, rules, now, strain_factor[number], practice_hours)
        hours, attention, spare = effective_hours(week), now.attention[number], now.spare[number]
        _, values = _values(posts, number, activities, rules, holders, cooperation)
        for i in range(n):
            needs[i] = activities[i].need if activities[i].leader == number else 0.0
            weights[i] = values[i] * competence[number, activities[i].function]
        target = _target(activities, needs, weights, hours, rules)
        # An empty post changes nothing: whoever comes finds the week as it was left.
        step = 1.0 if settles else rules.adjustment if holders[number].presence > 0.0 else 0.0
        given = 0.0
        for i in range(n):
            attention[i] += step * (target[i] - attention[i]) if needs[i] > 0.0 else 0.0
            given += attention[i] if needs[i] > 0.0 else 0.0
        # Hours may have shrunk since: what is not there can't be given.
        there = min(1.0, hours / max(given, 1e-12)) if rules.is_scarce else 1.0
        left = hours - given * there if rules.uses_spare else 0.0
        spare[SALES] = spare[MARKETING] = 0.0
        for i in range(n):
            attention[i] *= there if needs[i] > 0.0 else 1.0
            spare[activities[i].function] += left * values[i] if left > ROUNDING else 0.0
        now.effective[number] = hours
