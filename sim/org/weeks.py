"""Leaders' weeks, all posts in one compiled pass: who is heard, what is left of the hours, which activity gets them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.org import attention as attending
from sim.org.attention import Week
from sim.org.horizon import Voices, valued
from sim.org.posts import Floats, Ints, Posts, Record, Rules, board, options, voices
from sim.org.sums import total


class Holders(NamedTuple):
    """Who holds the posts; the first axis is over them."""

    horizon: Floats  # quarters, effective
    presence: Floats  # share of the quarter that the post is filled
    strain_factor: Floats  # share of the contracted hours that strain leaves
    competence: Floats  # (n_posts, 2): as far as it counts in attention
    attention: Floats  # (n_posts, 9): hours a week; this and what follows is what the quarter's planning changes
    spare: Floats  # (n_posts, 2)
    hours: Floats


class Allotment(NamedTuple):
    """How one leader allots the quarter's hours; arrays are over the activities led, in the order of `columns`."""

    week: Week
    voices: Voices
    columns: Ints  # of the nine activities; empty for who leads none
    values: Floats  # as judged, adding up to 1
    weights: Floats  # values x competence^kappa
    target: Floats  # hours a week
    before: Floats  # last quarter's
    given: Floats  # this quarter's
    spare: Floats  # (2,): hours of staff work per function


@compiled
def week(posts: Posts, post: int, rules: Rules, holders: Holders, practice_hours: float) -> Week:
    """The hours of one leader in the coming quarter, and what takes of them."""
    contracted, led = posts.hours[post], posts.led[post]
    rest = max(rules.full_week - contracted, 0.0)
    domains = attending.domains(holders.attention[post], holders.spare[post], contracted, rest, posts.n_elsewhere[post])
    return Week(
        contracted,
        holders.strain_factor[post],
        practice_hours if led.any() else 0.0,
        rules.meeting_hours if posts.peer[post] >= 0 else 0.0,
        attending.switching_hours(contracted, domains, rules.switching_loss),
    )


@compiled
def allotted(
    post: int, posts: Posts, rules_record: Record, holders: Holders, cooperation: float, practice_hours: float,
    settles: bool,
) -> Allotment:  # fmt: skip
    """How one leader allots the quarter's hours: attention part of the way to its target, or all of it."""
    rules = rules_record[0]
    hours = week(posts, post, rules, holders, practice_hours)
    left = attending.effective_hours(hours)
    heard = board(rules)
    if rules.attention:
        heard = voices(posts, post, rules, holders.horizon, np.ones(len(posts.hours)), cooperation)
    columns = np.flatnonzero(posts.led[post] & (posts.needs > 0.0))
    values = valued(options(posts, columns), rules.kernel_order, rules.mixes_values, heard)
    needs, functions, before = posts.needs[columns], attending.FUNCTION_OF[columns], holders.attention[post][columns]
    weights = values * holders.competence[post][functions]
    target = attending.target_hours(needs, weights, functions, left, rules.is_scarce, rules.marketing_share)
    # An empty post changes nothing: whoever comes finds the week as it was left.
    step = 1.0 if settles else rules.adjustment if holders.presence[post] > 0.0 else 0.0
    given = attending.given_hours(before, target, left, step, rules.is_scarce)
    spare = attending.spare_hours(values, functions, left - total(given) if rules.uses_spare else 0.0)
    return Allotment(hours, heard, columns, values, weights, target, before, given, spare)


@compiled
def plan_weeks(
    who: Ints, posts: Posts, rules_record: Record, holders: Holders, cooperation: float, practice_hours: float,
    settles: bool,
) -> None:  # fmt: skip
    """These posts' holders plan a quarter's hours."""
    for post in who:
        plan = allotted(post, posts, rules_record, holders, cooperation, practice_hours, settles)
        holders.hours[post] = attending.effective_hours(plan.week)
        for i in range(len(plan.columns)):
            holders.attention[post, plan.columns[i]] = plan.given[i]
        holders.spare[post] = plan.spare
