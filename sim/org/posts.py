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
Holders = npt.NDArray[Any]  # records with the fields of `Holder`, one for each post


class Rules(NamedTuple):
    """Settings that leaders' judgements and weeks hang on."""

    kernel_order: float
    mixes_values: bool
    equalises: bool  # returns of attention, in place of matching hours to worth
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


class Holder(NamedTuple):
    """What judgements and weeks hang on of who holds a post."""

    horizon: float  # quarters, effective
    presence: float  # share of the quarter that the post is filled


HOLDER = np.dtype([(name, np.float64) for name in Holder._fields])


def holders_of(horizon: Floats, presence: Floats) -> Holders:
    """The holders of all posts, as compiled code takes them."""
    holders = np.empty(len(horizon), HOLDER)
    holders["horizon"], holders["presence"] = horizon, presence
    return holders


@plain
def board(rules: Rules) -> Voices:
    """The board alone."""
    return Voices(rules.board_horizon, rules.board_horizon, rules.board_horizon, 1.0, 0.0)


@compiled
def voices(
    posts: Posts, number: int, rules: Rules, holders: Holders, cooperation: float, are_all_there: bool
) -> Voices:
    """Who is heard in a decision of one post.

    While a post is vacant its superior decides, and its peer has nobody to agree with; who has nobody above
    for the time being decides alone. `are_all_there` is how leaders think when they plan their weeks.
    """
    post, own = posts[number], holders[number].horizon
    here = 1.0 if are_all_there else holders[number].presence
    there, superior, peer, agreed = 1.0, rules.board_horizon, own, 0.0
    if post.superior >= 0:
        there = 1.0 if are_all_there else holders[post.superior].presence
        superior = holders[post.superior].horizon
    if post.is_listened_to:
        peer = holders[post.peer].horizon
        agreed = cooperation * (1.0 if are_all_there else holders[post.peer].presence)
    return Voices(own, superior, peer, 1.0 - (1.0 - post.mandate * here) * there, agreed)
