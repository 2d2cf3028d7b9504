"""A structure gives way to another: who stays, who must go, for which posts somebody is sought, who is unsettled.

Nothing here has a name: who is asked for the same profile and keeps one of the functions moves with the work.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.config import FUNCTIONS, MechanismsConfig, PeopleConfig
from sim.org import attention as attending
from sim.org.leaders import LONG_THERE, Leaders, empty_posts, luck_numbers, seek
from sim.org.structure import NOBODY, Structure
from sim.periods import MONTHS_PER_QUARTER
from sim.randomness import Luck

Ints = npt.NDArray[np.int64]
COLUMNS = (
    "skill", "potential", "horizon", "cross_domain", "attention", "spare", "exhaustion", "disengagement", "trait",
    "vacant_weeks", "tenure_weeks", "leave_left",
)  # fmt: skip
"""What a person takes along into another post."""


def who_stays(old: Structure, new: Structure) -> Ints:
    """For each post of the new structure the old post whose holder takes it, NOBODY where somebody is sought.

    A person stays for the same profile and at least one of the functions led before, or, leading none, for the same
    functions answered for; nobody takes two posts.
    """
    stays = np.full(new.n, NOBODY)
    for post in range(new.n):
        for before in range(old.n):
            is_free = before not in stays
            if is_free and old.posts[before].profile == new.posts[post].profile and _is_kin(old, before, new, post):
                stays[post] = before
                break
    return stays


def _is_kin(old: Structure, before: int, new: Structure, post: int) -> bool:
    led, now = set(old.functions[before]), set(new.functions[post])
    if led or now:
        return bool(led & now)
    return old.luck_number(before) == new.luck_number(post)


def handed_over(
    leaders: Leaders,
    old: Structure,
    new: Structure,
    people: PeopleConfig,
    switches: MechanismsConfig,
    luck: Luck,
) -> Leaders:
    """The leaders of the new structure: who stays as they are, the others drawn from their posts' profiles.

    Who is new comes after a search, but for an owner, and ramps up; while `mechanisms.reorganisation` is off they are
    there and at home.
    """
    stays, after = who_stays(old, new), empty_posts(new)
    after.met = _met(leaders, old)
    numbers, known = luck_numbers(new), dict(after.met)
    is_new = stays == NOBODY
    after.person = np.array([known.get(int(number), -1) + 1 for number in numbers], dtype=np.int64)
    after.take_posts(is_new, new, people, switches, luck)
    after.tenure_weeks[is_new] = 0.0 if switches.reorganisation else LONG_THERE
    if switches.reorganisation and switches.leader_departure:
        seek(after, is_new & ~np.array([post.is_owner for post in new.posts]), new, people, luck)
    for post in np.flatnonzero(~is_new).tolist():
        _move(leaders, int(stays[post]), old, after, post, new)
    return after


def _move(leaders: Leaders, before: int, old: Structure, after: Leaders, post: int, new: Structure) -> None:
    """One person takes a post of the new structure along with skills, strain, career and the hours still wanted."""
    for name in COLUMNS:
        getattr(after, name)[post] = getattr(leaders, name)[before]
    leads = np.isin(np.arange(len(FUNCTIONS)), new.functions[post])
    after.attention[post] *= leads[attending.FUNCTION_OF]
    after.spare[post] *= leads
    if old.luck_number(before) == new.luck_number(post):
        after.person[post] = leaders.person[before]


def _met(leaders: Leaders, old: Structure) -> tuple[tuple[int, int], ...]:
    """The last person of every luck number so far: nobody comes twice."""
    met = dict(leaders.met)
    for number, person in zip(luck_numbers(old).tolist(), leaders.person.tolist(), strict=True):
        met[number] = max(met.get(number, -1), person)
    return tuple(sorted(met.items()))


def leaves_behind(old: Structure, new: Structure) -> list[int]:
    """Old posts whose holders have no place in the new structure."""
    stays = who_stays(old, new)
    return [post for post in range(old.n) if post not in stays]


def is_unsettled(old: Structure, new: Structure) -> npt.NDArray[np.bool_]:
    """Which functions' people no longer know who does what, shape (2,): another leader, remit or superior.

    A function that is not staffed has nobody to unsettle.
    """
    stays = who_stays(old, new)
    unsettled = np.zeros(len(FUNCTIONS), dtype=bool)
    for function in range(len(FUNCTIONS)):
        before, post = old.leader_of[function], new.leader_of[function]
        is_same = (
            stays[post] == before
            and old.functions[before] == new.functions[post]
            and _superior(old, before) == _superior(new, post)
        )
        unsettled[function] = new.is_staffed[function] and not is_same
    return unsettled


def _superior(structure: Structure, post: int) -> int:
    """Whom a leader answers to, known by luck number: the board's is NOBODY's."""
    above = structure.superior[post]
    return NOBODY if above == NOBODY else structure.luck_number(above)


def keeps_pair(old: Structure, new: Structure) -> bool:
    """Whether the two who led the functions before still lead them: their cooperation goes on."""
    if not (old.has_two_leaders and new.has_two_leaders):
        return False
    stays = who_stays(old, new)
    return all(stays[new.leader_of[f]] == old.leader_of[f] for f in range(len(FUNCTIONS)))


def settling(people: PeopleConfig) -> float:
    """Share of a reorganisation's ambiguity that is left after a quarter."""
    return math.exp(-MONTHS_PER_QUARTER / people.reorganisation_months)
