"""Where the two markets part: the first week, the account, the rule and the variable, in one sentence."""

from __future__ import annotations

from typing import NamedTuple

from sim.market.laws import Flow, Laws
from sim.periods import WEEKS_PER_QUARTER
from tests.reference.comparing import Difference, Reading, differences, plain_market, read_loop, read_plain
from tests.reference.compiled import CompiledMarket, Quarter
from tests.reference.tracing import Log, TracedMarket, Write

WHOSE = ("account", "seat", "cohort", "market")  # the nearer to what a rule did, the earlier
MOST_NAMED = 5


class Disagreement(NamedTuple):
    """The first number on which the markets disagree."""

    week: int
    subject: str  # whose number it is
    accounts: tuple[int, ...]  # whose lives it is about: one account, or those that entered a sum this week
    rule: str
    variable: str
    loop: float
    plain: float
    before: float | None  # a week earlier, None where it meant nothing yet

    def __str__(self) -> str:
        """As in `week 14, account 311, rule "decide": favourability is 0.41 in the loop, 0.42 in the twin (...)`."""
        loop, plain = told_apart(self.loop, self.plain)
        before = "new this week" if self.before is None else f"{self.before:.6g} the week before"
        return (
            f'week {self.week}, {self.subject}, rule "{self.rule}": '
            f"{self.variable} is {loop} in the loop, {plain} in the twin ({before})"
        )


def told_apart(a: float, b: float) -> tuple[str, str]:
    """Two numbers with as few digits, from four on, as show that they differ."""
    written = [(f"{a:.{digits}g}", f"{b:.{digits}g}") for digits in range(4, 18)]
    return next((pair for pair in written if pair[0] != pair[1]), written[-1])


def disagreement(quarter: Quarter, laws: Laws | None = None) -> Disagreement | None:
    """Run a quarter in both markets; the first number on which they disagree, None if they agree to the end.

    `laws` other than the config's are the loop's alone.
    """
    loop, plain = CompiledMarket(quarter, laws), plain_market(quarter)
    loop.pass_quarter()
    plain.pass_quarter(quarter.anchors, quarter.policy, quarter.seats)
    plain.forget()
    return first_disagreement(quarter, laws) if any(differences(read_loop(loop), read_plain(plain))) else None


def first_disagreement(quarter: Quarter, laws: Laws | None = None) -> Disagreement:
    """The same week by week, with a plain market that knows which of its rules wrote what."""
    loop, plain = CompiledMarket(quarter, laws), plain_market(quarter, TracedMarket)
    plain.begin_quarter(quarter.anchors, quarter.policy, quarter.seats)
    before = read_plain(plain)
    for _ in range(WEEKS_PER_QUARTER):
        loop.pass_week()
        plain.pass_week()
        now = read_plain(plain)
        found = list(differences(read_loop(loop), now))
        if found:
            plain.forget()
            return described(min(found, key=lambda one: earliest(one, plain.log)), plain.log, before)
        before = now
    raise AssertionError("the markets agree in every week of this quarter, run by itself and week by week")


def writes_this_week(one: Difference, log: Log) -> list[Write]:
    """Who wrote the variable in the week of the disagreement."""
    return [write for write in log.writes[one.whose, one.place[0], one.variable] if write.week == log.week]


def earliest(one: Difference, log: Log) -> tuple[bool, int, int]:
    """Order in which differences arose: accounts before the sums that they enter, then as the rules wrote them."""
    writes = writes_this_week(one, log)
    return not writes, WHOSE.index(one.whose), writes[-1].moment if writes else 0


def described(one: Difference, log: Log, before: Reading) -> Disagreement:
    """A difference with the rule that wrote it, whose life that was, and the value the week before."""
    writes = writes_this_week(one, log)
    lives = sorted({write.account for write in writes} - {None})
    accounts = (one.place[0],) if one.whose == "account" else tuple(lives)
    variable = Flow(one.place[0]).name.lower() if one.whose == "market" else one.variable
    rule = writes[-1].rule if writes else "none of the twin's"
    return Disagreement(
        log.week, named(one, accounts), accounts, rule, variable, one.loop, one.plain, value_before(one, before)
    )


def named(one: Difference, accounts: tuple[int, ...]) -> str:
    """Whose variable it is, and of a sum what entered it this week, in words."""
    if one.whose == "account":
        return f"account {one.place[0]}"
    whose = "sum of the quarter" if one.whose == "market" else f"{one.whose} {one.place[0]}"
    if not accounts:
        return whose
    shown = ", ".join(str(number) for number in accounts[:MOST_NAMED])
    more = ", ..." if len(accounts) > MOST_NAMED else ""
    return f"{whose} by account{'s' if len(accounts) > 1 else ''} {shown}{more}"


def value_before(one: Difference, before: Reading) -> float | None:
    """The variable's value a week earlier, None where it meant nothing yet."""
    variable = before[one.whose, one.variable]
    return float(variable.values[one.place]) if variable.means_something[one.place] else None
