"""Teams that grow and shrink: new seats, cut seats, and what of trust and beliefs comes and goes with them.

The first seats stay, the last are cut: a seat is known by its number, and so is its luck.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from sim.config import PeopleConfig
from sim.market.channels import Channels
from sim.market.laws import Seats
from sim.org.conflict import LOWEST
from sim.org.leaders import LONG_THERE
from sim.org.trust import Trust, leanings
from sim.org.workforce import Bools, Ints, Workforce
from sim.randomness import Luck


def resize_team(team: Workforce, n_seats: int, people: PeopleConfig, luck: Luck, is_sought: bool) -> Bools:
    """Give a team another number of seats; returns which are new, shape (n_seats,).

    For new seats somebody is sought, or is there and at home in the job if nobody need be.
    """
    n_ever = max(len(team.met), team.n, n_seats)
    team.met = np.maximum(_extended(team.met, n_ever), _extended(team.person, n_ever))
    is_new = np.arange(n_seats) >= team.n
    n_new = int(is_new.sum())
    for f in fields(Workforce):
        column = getattr(team, f.name)
        if isinstance(column, np.ndarray) and f.name != "met":
            setattr(team, f.name, np.concatenate([column[:n_seats], np.zeros(n_new, dtype=column.dtype)]))
    # Who sat in a seat that was cut does not come back with it.
    team.person[is_new] = team.met[:n_seats][is_new] + 1
    team.conflict[is_new] = LOWEST
    if is_sought:
        team.seek(is_new, people, luck)
    else:
        team.take_seats(is_new, people, luck)
        fill_seats(team, is_new)
    return is_new


def fill_seats(team: Workforce, which: Bools) -> None:
    """Who was to come to these seats is there, and at home in the job."""
    team.vacant_weeks[which] = 0.0
    team.tenure_weeks[which] = LONG_THERE


def _extended(numbers: Ints, n: int) -> Ints:
    """Running numbers of seats, with -1 (nobody so far) for those beyond them, shape (n,)."""
    return np.concatenate([numbers, np.full(n - len(numbers), -1, dtype=np.int64)])


def resized_trust(trust: Trust, people: PeopleConfig, luck: Luck, sales: Ints, marketing: Ints) -> Trust:
    """Trust among these persons, one per seat: pairs that were keep theirs, new ones meet as strangers."""
    level = np.full((2, len(sales), len(marketing)), people.trust_newcomer)
    kept = tuple(slice(min(a, b)) for a, b in zip(level.shape, trust.level.shape, strict=True))
    level[kept] = trust.level[kept]
    return Trust(level, leanings(luck, sales, marketing))


def resize_beliefs(channels: Channels, n_marketers: int) -> None:
    """As many rows of beliefs as marketers: to who is new all channels look alike."""
    n, beliefs = max(n_marketers, 1), channels.beliefs
    new = np.full((max(n - len(beliefs), 0), beliefs.shape[1]), beliefs.mean())
    channels.beliefs = np.concatenate([beliefs[:n], new])


def resized_seats(seats: Seats, fresh: Seats) -> Seats:
    """The fresh seats with what the present ones hold, as far as there are both."""
    for new, old in zip(fresh, seats, strict=True):
        kept = tuple(slice(min(a, b)) for a, b in zip(new.shape, old.shape, strict=True))
        new[kept] = old[kept]
    return fresh
