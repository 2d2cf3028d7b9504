"""Leaders' weeks, all posts in one compiled pass: who is heard, what is left of the hours, which activity gets them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, plain
from sim.config import FUNCTIONS
from sim.org.attention import Activities, Week, capped_luce, effective_hours, switching_hours
from sim.org.horizon import Voices, valued
from sim.org.posts import Floats, Ints, Posts, Record, Rules, board, voices
from sim.org.structure import MARKETING, SALES

ROUNDING = 1e-9  # hours a week: what rounding leaves is no time to spare; a small power of it would be felt


class Holders(NamedTuple):
    """Who holds the posts; the first axis is over them."""

    horizon: Floats  # quarters, effective
    presence: Floats  # share of the quarter that the post is filled
    everybody: Floats  # presence as leaders think of it when they plan their weeks: all are there
    strain_factor: Floats  # share of the contracted hours that strain leaves
    competence: Floats  # (n_posts, 2): as far as it counts in attention
    attention: Floats  # (n_posts, 9): hours a week; this and what follows is what the quarter's planning changes
    spare: Floats  # (n_posts, 2)
    hours: Floats


class Allotment(NamedTuple):
    """How one leader allots the quarter's hours; arrays of shape (9,), 0 where an activity is led by somebody else."""

    week: Week
    voices: Voices
    values: Floats  # as judged, adding up to 1
    weights: Floats  # values x competence^kappa
    target: Floats  # hours a week
    before: Floats  # last quarter's
    given: Floats  # this quarter's
    spare: Floats  # (2,): hours of staff work per function


@plain
def _week(
    posts: Posts, number: int, activities: Activities, rules: Rules, holders: Holders, practice_hours: float
) -> Week:
    """The hours of one leader in the coming quarter, and what takes of them."""
    post = posts[number]
    rest = max(rules.full_week - post.hours, 0.0)
    # The functions, then other duties, which share the rest of the week.
    domains, worked = np.zeros(len(FUNCTIONS) + post.n_elsewhere), 0.0
    for i in range(len(activities)):
        domains[activities[i].function] += holders.attention[number, i]
    for f in range(len(FUNCTIONS)):
        domains[f] += holders.spare[number, f]
        worked += domains[f]
    # Lost hours are worked too: left out, they would make the week look more split and lose still more.
    for d in range(len(domains)):
        domains[d] = post.hours * domains[d] / max(worked, 1e-12) if d < len(FUNCTIONS) else rest / post.n_elsewhere
    return Week(
        post.hours,
        holders.strain_factor[number],
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
    shared = min(hours, of_sales + of_marketing) if rules.is_scarce else of_sales + of_marketing
    target, part = np.zeros(len(needs)), np.zeros(len(needs))
    for share, function in ((1.0 - rules.marketing_share, SALES), (rules.marketing_share, MARKETING)):
        for i in range(len(needs)):
            part[i] = needs[i] if activities[i].function == function or not divides else 0.0
        given = capped_luce(part, weights, share * shared if divides else shared)
        for i in range(len(needs)):
            target[i] = target[i] + given[i] if divides else given[i]
    return target


@plain
def _allotted(
    number: int, posts: Posts, activities: Activities, rules: Rules, holders: Holders, cooperation: float,
    practice_hours: float, settles: bool,
) -> Allotment:  # fmt: skip
    """How one leader allots the quarter's hours: attention part of the way to its target, or all of it."""
    week = _week(posts, number, activities, rules, holders, practice_hours)
    heard = board(rules)
    if rules.attention:
        heard = voices(posts, number, rules, holders.horizon, holders.everybody, cooperation)
    among = np.empty(len(activities), np.bool_)
    for i in range(len(activities)):
        among[i] = activities[i].leader == number and activities[i].need > 0.0
    values = valued(activities, among, rules.kernel_order, rules.mixes_values, heard)
    n = len(values)
    needs, weights, before, given = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    for i in range(len(values)):
        if among[i]:
            needs[i], before[i] = activities[i].need, holders.attention[number, i]
            weights[i] = values[i] * holders.competence[number, activities[i].function]
    hours = effective_hours(week)
    target = _target(activities, needs, weights, hours, rules)
    # An empty post changes nothing: whoever comes finds the week as it was left.
    step, total = 1.0 if settles else rules.adjustment if holders.presence[number] > 0.0 else 0.0, 0.0
    for i in range(len(values)):
        given[i] = before[i] + step * (target[i] - before[i])
        total += given[i]
    # Hours may have shrunk since: what is not there can't be given.
    there = min(1.0, hours / max(total, 1e-12)) if rules.is_scarce else 1.0
    left = hours - total * there if rules.uses_spare else 0.0
    spare = np.zeros(len(FUNCTIONS))
    for i in range(len(values)):
        given[i] *= there
        spare[activities[i].function] += left * values[i] if left > ROUNDING else 0.0
    return Allotment(week, heard, values, weights, target, before, given, spare)


@compiled
def allotted(
    number: int, posts: Posts, activities: Activities, rules: Record, holders: Holders, cooperation: float,
    practice_hours: float, settles: bool,
) -> Allotment:  # fmt: skip
    """How one leader allots the quarter's hours; compiled only for who asks why: planning itself has no need of it."""
    return _allotted(number, posts, activities, rules[0], holders, cooperation, practice_hours, settles)


@compiled
def plan_weeks(
    who: Ints, posts: Posts, activities: Activities, rules: Record, holders: Holders, cooperation: float,
    practice_hours: float, settles: bool,
) -> None:  # fmt: skip
    """These posts' holders plan a quarter's hours: attention, spare hours and effective hours change in place."""
    for number in who:
        plan = _allotted(number, posts, activities, rules[0], holders, cooperation, practice_hours, settles)
        holders.hours[number] = effective_hours(plan.week)
        for i in range(len(activities)):
            if activities[i].leader == number and activities[i].need > 0.0:
                holders.attention[number, i] = plan.given[i]
        for f in range(len(FUNCTIONS)):
            holders.spare[number, f] = plan.spare[f]
