"""A structure resolved: who leads which function, who is whose superior and peer. Nothing here has a name.

Posts are put in the order of the functions that they lead, so that neither the names of posts nor their order
in a file can change a number.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.config import BOARD, FUNCTIONS, OrgConfig, Post

SALES, MARKETING = range(len(FUNCTIONS))
NOBODY = -1


@dataclass(frozen=True)
class Structure:
    """Posts by number 0..n-1; functions by number (sales 0, marketing 1)."""

    names: tuple[str, ...]
    posts: tuple[Post, ...]
    functions: tuple[tuple[int, ...], ...]  # per post, functions led, in function order
    superior: tuple[int, ...]  # per post, NOBODY where it is the board
    leader_of: tuple[int, int]  # per function; an unstaffed one is the sales leader's
    is_staffed: tuple[bool, bool]

    @property
    def n(self) -> int:
        """Number of posts."""
        return len(self.posts)

    @property
    def has_two_leaders(self) -> bool:
        """Whether the two functions are both staffed and led by different people."""
        return all(self.is_staffed) and self.leader_of[SALES] != self.leader_of[MARKETING]

    @property
    def is_single_unit(self) -> bool:
        """Whether staff of both functions have the same superior one level up; team leads are no level."""
        return all(self.is_staffed) and self.leader_of[SALES] == self.leader_of[MARKETING]

    def peer_of(self, post: int) -> int:
        """The leader of the other function, NOBODY for who leads both or none, or has no counterpart."""
        if not self.has_two_leaders or len(self.functions[post]) != 1:
            return NOBODY
        return self.leader_of[1 - self.functions[post][0]]

    def answers_for_both(self, post: int) -> bool:
        """Whether a superior answers for both functions, by leading them or through who reports to it.

        The board, which is NOBODY's number, always does.
        """
        return post == NOBODY or self._answered_for(post) == {SALES, MARKETING}

    def luck_number(self, post: int) -> int:
        """Entity number of a post's keyed draws: the first function that it leads, never its name or place.

        Whoever leads sales, alone or with marketing, so meets the same luck: the same day to leave, the same search.
        A post without functions is known by whom it answers for, and by how many such posts lie below it.
        """
        if self.functions[post]:
            return min(self.functions[post])
        return 4 * (1 + self._chain_below(post)) + sum(1 << f for f in self._answered_for(post))

    def _chain_below(self, post: int) -> int:
        """Most posts without functions in a line below a post, so that two in one line are told apart."""
        below = [other for other in range(self.n) if self.superior[other] == post and not self.functions[other]]
        return max((1 + self._chain_below(other) for other in below), default=0)

    def _answered_for(self, post: int) -> set[int]:
        answered = set(self.functions[post])
        for other in range(self.n):
            if self.superior[other] == post:
                answered |= self._answered_for(other)
        return answered


def resolved(org: OrgConfig) -> Structure:
    """The structure behind a config that has been checked."""
    led = {name: tuple(i for i, f in enumerate(FUNCTIONS) if f in post.functions) for name, post in org.posts.items()}
    order = sorted(org.posts, key=lambda name: (led[name] or (len(FUNCTIONS),), _depth(org, name), _below(org, name)))
    number = {name: i for i, name in enumerate(order)}
    leader = {f: number[name] for name in order for f in led[name]}
    return Structure(
        names=tuple(order),
        posts=tuple(org.posts[name] for name in order),
        functions=tuple(led[name] for name in order),
        superior=tuple(
            NOBODY if org.posts[name].reports_to == BOARD else number[org.posts[name].reports_to] for name in order
        ),
        leader_of=(leader[SALES], leader.get(MARKETING, leader[SALES])),
        is_staffed=("sales" in org.staffed, "marketing" in org.staffed),
    )


def _depth(org: OrgConfig, name: str) -> int:
    superior = org.posts[name].reports_to
    return 0 if superior == BOARD else 1 + _depth(org, superior)


def _below(org: OrgConfig, name: str) -> tuple[str, ...]:
    """Functions led by a post or below it: what tells two superiors at one level apart."""
    below = {f for other, post in org.posts.items() if post.reports_to == name for f in _below(org, other)}
    return tuple(sorted(below | {*org.posts[name].functions}))
