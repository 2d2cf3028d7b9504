"""The posts of a structure as compiled code sees them: what each leads, who is heard in what its holder decides."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.compiled import compiled, plain
from sim.org.horizon import Voices

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Record = npt.NDArray[Any]  # one record, see `sim.compiled.record`
Posts = npt.NDArray[Any]  # records with the fields of `Post`, one for each post of a structure


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


class Post(NamedTuple):
    """What there is to know of a post."""

    hours: float  # contracted, a week
    n_elsewhere: int  # other domains in the rest of the week
    leads: bool  # a function, or more
    superior: int  # negative where it is the board
    peer: int  # negative for who has none
    is_listened_to: bool  # by the peer, and listens
    mandate: float


@plain
def board(rules: Rules) -> Voices:
    """The board alone."""
    return Voices(rules.board_horizon, rules.board_horizon, rules.board_horizon, 1.0, 0.0)


@compiled
def voices(posts: Posts, number: int, rules: Rules, horizon: Floats, presence: Floats, cooperation: float) -> Voices:
    """Who is heard in a decision of one post.

    While a post is vacant its superior decides, and its peer has nobody to agree with; who has nobody above
    for the time being decides alone.
    """
    post = posts[number]
    there, superior, peer, agreed = 1.0, rules.board_horizon, horizon[number], 0.0
    if post.superior >= 0:
        there, superior = presence[post.superior], horizon[post.superior]
    if post.is_listened_to:
        peer, agreed = horizon[post.peer], cooperation * presence[post.peer]
    return Voices(horizon[number], superior, peer, 1.0 - (1.0 - post.mandate * presence[number]) * there, agreed)
