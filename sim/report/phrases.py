"""Records of a decision log in words: who does what on one side, and what on the other."""

from __future__ import annotations

from typing import TypeAlias

from sim.log import Difference, Draw, Kind, Record
from sim.randomness import Luck
from sim.report.labels import MINUS

NOTHING = "nothing"
MOST_DECIMALS = 17

Shown: TypeAlias = float | str | bool | None  # None where a side has no such record

PHRASES: dict[Kind, tuple[str, str]] = {
    Kind.SEATS: ("{what} has", "seats"),
    Kind.EMPTY: ("{who} stands empty for", "weeks"),
    Kind.PRACTICE: ("{what} is lived at", ""),
    Kind.COOPERATION: ("cooperation of the leaders is", ""),
    Kind.LEADER_HOURS: ("{who} has, leading {what},", "h a week"),
    Kind.ATTENTION: ("{who} gives {what}", "h a week"),
    Kind.SPARE_HOURS: ("{who} spends on staff work in {what}", "h a week"),
    Kind.DISCOUNT_CAP: ("{who} caps discounts, share of list, at", ""),
    Kind.LEAD_BAR: ("{who} passes leads from a chance to win of", ""),
    Kind.NURTURE_BAR: ("{who} nurtures leads from a chance to win of", ""),
    Kind.BUDGET: ("{who} gives {what}, share of programmes,", ""),
    Kind.PROGRAMME_MONEY: ("programmes get", "USD a year"),
    Kind.BOUGHT_HOURS: ("bought selling hours are, share of the team's,", ""),
    Kind.STORY: ("{what} is", ""),
    Kind.SELLING_HOURS: ("{who} has for deals", "h a week"),
    Kind.LEAD_HOURS: ("{who} has for leads and prospecting", "h a week"),
    Kind.FOLLOW_UP: ("{who} takes up leads with a chance of", ""),
    Kind.PROGRAMME_HOURS: ("{who} has for programmes", "h a week"),
    Kind.QUOTA: ("{who} has a quota of", "USD"),
    Kind.POLICY: ("the market feels {what} of", ""),
    Kind.NOTICES: ("{who} notices the brand", ""),
    Kind.ENTERS: ("{who} comes into the market", ""),
    Kind.INQUIRES: ("{who} raises a hand", ""),
    Kind.RESPONDS_IDLY: ("{who} responds idly", ""),
    Kind.FOUND: ("{who} is found by sales", ""),
    Kind.SCORED: ("{who} is given a chance to win of", ""),
    Kind.QUALIFIED: ("{who} becomes", ""),
    Kind.OWNER: ("the lead of {who} goes to", ""),
    Kind.AUTHOR: ("the lead of {who} is the work of", ""),
    Kind.TAKEN_UP: ("the owner means to call {who}", ""),
    Kind.RENEWAL: ("{who} renews", ""),
    Kind.CALLED: ("{who} is called after", "h"),
    Kind.ACCEPTED: ("{who} is accepted", ""),
    Kind.CALL_ENDED: ("the call to {who} ends in", ""),
    Kind.SILENCED: ("{who} is lost to silence", ""),
    Kind.DECIDED: ("{who} decides to buy:", "USD a year"),
    Kind.ACCOUNTS: ("{who} has {what}", ""),
    Kind.BOOKED: ("{who} has booked", "USD"),
    Kind.PRESSURE: ("pressure is", ""),
    Kind.CREDIT: ("credit, {what}, is", ""),
    Kind.TRUST: ("{who} trusts {what} at", ""),
    Kind.CONFLICT: ("{who} feels conflict, 1 to 7, of", ""),
    Kind.STOCK: ("{what} is", ""),
    Kind.STRAIN: ("{who} is worn out, SD,", ""),
    Kind.LEAVES: ("{who} leaves", ""),
    Kind.FOLLOWS: ("{who} is followed by somebody after", "weeks"),
}
"""What a record of each kind says: who does what, then the value and its unit."""


def told(difference: Difference, luck: Luck) -> str:
    """One difference in words: who, what, on both sides, and the draw that decided if one did."""
    phrase, _ = PHRASES[difference.record.kind]
    said = phrase.format(who=_who(difference), what=difference.record.what)
    drawn = "" if difference.draw is None else f" [{_drawn(difference.draw, luck)}]"
    return f"{said} {sides(difference)}{drawn}"


def sides(difference: Difference) -> str:
    """The values of both sides in words."""
    a, b = (None if record is None else _value(record, difference) for record in (difference.a, difference.b))
    if all(value is None or isinstance(value, bool) for value in (a, b)):
        return "in a, not in b" if a else "in b, not in a"
    first, second = _texts(a, b)
    unit = PHRASES[difference.record.kind][1] if difference.record.kind in PHRASES else ""
    if isinstance(a, str) or a is None:
        return f"{first} in a, {_with_unit(second, unit, b)} in b"
    return f"{_with_unit(first, unit, a)} in a, {second} in b"


def apart(x: float, y: float) -> tuple[str, str]:
    """Two numbers with as many decimals as it takes to tell them apart, at least as many as one would read."""
    size = max(abs(x), abs(y))
    fewest = 0 if size >= 1000.0 else 1 if size >= 10.0 else 2 if size >= 1.0 else 3
    for decimals in range(fewest, MOST_DECIMALS + 1):
        texts = (_number(x, decimals), _number(y, decimals))
        if texts[0] != texts[1]:
            return texts
    return repr(x), repr(y)


def _who(difference: Difference) -> str:
    a, b = difference.a, difference.b
    if a is None or b is None or a.who == b.who:
        return difference.record.who
    return f"{a.who} ({b.who} in b)"


def _texts(a: Shown, b: Shown) -> tuple[str, str]:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return apart(a, b)
    first, second = (NOTHING if x is None else x if isinstance(x, str) else _number(x, 2) for x in (a, b))
    return first, second


def _with_unit(text: str, unit: str, value: Shown) -> str:
    return f"{text} {unit}" if unit and isinstance(value, int | float) else text


def _value(record: Record, difference: Difference) -> float | str | bool:
    """The value, of several the first that differs."""
    value = record.value
    if not isinstance(value, tuple):
        assert isinstance(value, float | int | str)
        return value
    sides = [side.value for side in (difference.a, difference.b) if side is not None]
    pairs = list(zip(*(side for side in sides if isinstance(side, tuple)), strict=False))
    place = next((number for number, pair in enumerate(pairs) if len(set(pair)) > 1), 0)
    return value[place]


def _number(value: float, decimals: int) -> str:
    return str(value) if isinstance(value, int) else f"{value:,.{decimals}f}".replace("-", MINUS)


def _drawn(draw: Draw, luck: Luck) -> str:
    share = float(luck.uniforms(draw.decision, draw.entity, draw.event))
    return f"draw {draw.decision} of {draw.entity}, {draw.event}: {share:.4f}"
