"""Leaders' weeks, all posts in one compiled pass: who is heard, what is left of the hours, which activity gets them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.org import attention as attending
from sim.org.attention import Week
from sim.org.horizon import Options, Voices, valued
from sim.org.sums import total

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Record = npt.NDArray[Any]  # one record, see `sim.compiled.record`


class Rules(NamedTuple):
    """Settings that a leader's week hangs on."""

    kernel_order: float
    mixes_values: bool
    board_horizon: float  # quarters
    looks_ahead: bool  # as far as leaders do; else as far as the board
    adjustment: float  # share of the way to the target in a quarter
    is_scarce: bool
    uses_spare: bool
    marketing_share: float  # of hours, NaN where it is not held
    full_week: float  # hours
    meeting_hours: float  # of who has a peer
    switching_loss: float


class Posts(NamedTuple):
    """The posts of a structure; the first axis is over them."""

    hours: Floats  # contracted, a week
    n_elsewhere: Ints  # other domains in the rest of the week
    superior: Ints  # negative where it is the board
    peer: Ints  # negative for who has none
    is_listened_to: Bools  # by the peer, and listens
    mandate: Floats
    led: Bools  # (n_posts, 9): the activities
    needs: Floats  # (9,): hours a week of each activity, whoever leads it
    elasticity: Floats  # (9,) like the two that follow: see `Options`
    lag: Floats
    held: Floats


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
def voices(
    posts: Posts, post: int, horizon: Floats, presence: Floats, cooperation: float, board_horizon: float
) -> Voices:
    """Who is heard in a decision of one post.

    While a post is vacant its superior decides, and its peer has nobody to agree with; who has nobody above
    for the time being decides alone.
    """
    above, peer = posts.superior[post], posts.peer[post]
    there = 1.0 if above < 0 else presence[above]
    return Voices(
        horizon[post],
        board_horizon if above < 0 else horizon[above],
        horizon[peer] if posts.is_listened_to[post] else horizon[post],
        1.0 - (1.0 - posts.mandate[post] * presence[post]) * there,
        cooperation * presence[peer] if posts.is_listened_to[post] else 0.0,
    )


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
    everybody, board = np.ones(len(posts.hours)), rules.board_horizon
    heard = Voices(board, board, board, 1.0, 0.0)
    if rules.looks_ahead:
        heard = voices(posts, post, holders.horizon, everybody, cooperation, board)
    columns = np.flatnonzero(posts.led[post] & (posts.needs > 0.0))
    options = Options(posts.elasticity[columns], posts.lag[columns], posts.held[columns])
    values = valued(options, rules.kernel_order, rules.mixes_values, heard)
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
