"""The posts of a structure as compiled code sees them: what each leads, who is heard in what its holder decides."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled
from sim.org.horizon import Options, Voices

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Record = npt.NDArray[Any]  # one record, see `sim.compiled.record`


class Rules(NamedTuple):
    """Settings that leaders' judgements and weeks hang on."""

    kernel_order: float
    mixes_values: bool
    board_horizon: float  # quarters
    # in which decisions leaders look as far as they do; in the others as far as the board
    attention: bool
    budget: bool
    discount: bool
    lead_bar: bool
    split: bool
    # of weeks
    adjustment: float  # share of the way to the target in a quarter
    is_scarce: bool
    uses_spare: bool
    marketing_share: float  # of hours, NaN where it is not held
    full_week: float  # hours
    meeting_hours: float  # of who has a peer
    switching_loss: float


class Posts(NamedTuple):
    """The posts of a structure, the first axis is over them; below, the activities that they lead."""

    hours: Floats  # contracted, a week
    n_elsewhere: Ints  # other domains in the rest of the week
    superior: Ints  # negative where it is the board
    peer: Ints  # negative for who has none
    is_listened_to: Bools  # by the peer, and listens
    mandate: Floats
    led: Bools  # (n_posts, 9)
    leader_of: Ints  # (2,): post that leads a function
    needs: Floats  # (9,): hours a week of each activity, whoever leads it
    elasticity: Floats  # (9,): this and what follows as in `Options`
    lag: Floats
    held: Floats


@compiled
def options(posts: Posts, columns: Ints) -> Options:
    """These activities as options to be weighed."""
    return Options(posts.elasticity[columns], posts.lag[columns], posts.held[columns])


@compiled
def board(rules: Rules) -> Voices:
    """The board alone."""
    return Voices(rules.board_horizon, rules.board_horizon, rules.board_horizon, 1.0, 0.0)


@compiled
def voices(posts: Posts, post: int, rules: Rules, horizon: Floats, presence: Floats, cooperation: float) -> Voices:
    """Who is heard in a decision of one post.

    While a post is vacant its superior decides, and its peer has nobody to agree with; who has nobody above
    for the time being decides alone.
    """
    above, peer = posts.superior[post], posts.peer[post]
    there = 1.0 if above < 0 else presence[above]
    return Voices(
        horizon[post],
        rules.board_horizon if above < 0 else horizon[above],
        horizon[peer] if posts.is_listened_to[post] else horizon[post],
        1.0 - (1.0 - posts.mandate[post] * presence[post]) * there,
        cooperation * presence[peer] if posts.is_listened_to[post] else 0.0,
    )
