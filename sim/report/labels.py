"""How things are called and how numbers are written, the same in every table, sentence and figure.

Money is written in $M with as many decimals as the reader can use, in $k where a company is so small that
$M would be all zeros. A value and its interval share one scale: "$4.1M (3.2 to 5.0)" is read at a glance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from sim.settings import EQUAL_COST, EQUAL_PRACTICES
from sim.study.statistics import LEVEL, Estimate

BLANK = "–"
"""What stands for a number that is not defined."""
MINUS = "−"
INTERVAL = f"{LEVEL:.0%} interval"
"""What every interval in a report is."""
MOST_MORE_DECIMALS = 3
"""So many may be added to resolve an interval; a narrower one is the noise of floating point."""
UNCLEAR = "≈"
"""Marks a difference whose interval includes zero."""
CONTRASTS: Mapping[str, str] = {EQUAL_PRACTICES: "", EQUAL_COST: " at equal total cost"}
"""What follows the names of two structures that are compared: in what they are held equal, if it is not obvious."""


@dataclass(frozen=True)
class Style:
    """How one scenario is named and drawn; the values come from configuration, never from code."""

    label: str
    """In tables and figures: "Two leaders"."""
    phrase: str
    """Inside a sentence: "one leader from sales"."""
    is_plural: bool
    """Whether the phrase takes "are" rather than "is"."""
    color: str
    """As #rrggbb, the same everywhere."""
    n_leaders: int | None = None
    """How many leaders are paid, so that a sentence may speak of "the second salary"; None = not known."""


DOING_NOTHING = Style("Doing nothing", "doing nothing", False, "#6E6E6E")
"""What a change is compared with."""
AT_NO_COST = "had it cost nothing"
"""What is said of a change whose reorganisation is taken to be free."""


def at_no_cost(change: Style) -> Style:
    """The style of a change whose reorganisation is taken to be free: "Split the role in Q5, had it cost nothing"."""
    return replace(change, label=f"{change.label}, {AT_NO_COST}", phrase=f"{change.phrase}, {AT_NO_COST}")


@dataclass(frozen=True)
class Outcome:
    """How one headline outcome is named and read."""

    label: str
    is_money: bool = False
    is_better_high: bool = True


HEADLINES: Mapping[str, Outcome] = {
    "npv_usd": Outcome("NPV", is_money=True),
    "profit_usd": Outcome("Profit", is_money=True),
    "revenue_usd": Outcome("Revenue", is_money=True),
    "brand_equity": Outcome("Brand equity"),
    "burnout": Outcome("Burnout", is_better_high=False),
}
"""What every comparison shows, in the order shown. Brand equity and burnout are points from 0 to 100."""


@dataclass(frozen=True)
class Scale:
    """How a group of numbers that are read together is written: what to divide by, and how many decimals."""

    divisor: float
    decimals: int
    unit: str

    def __call__(self, value: float, is_signed: bool = False) -> str:
        """Write a number without its unit: "4.1", "−0.3", "+4.1" if signed; no sign for 0, a dash for NaN."""
        if not math.isfinite(value):
            return BLANK if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
        digits = f"{abs(value) / self.divisor:,.{self.decimals}f}"
        is_zero = not digits.strip("0.,")
        sign = "" if is_zero else MINUS if value < 0 else "+" if is_signed else ""
        return sign + digits


# Smallest size in $M that is written so: thresholds lie where rounding would carry into the next digit.
_MONEY_SCALES = (
    (99.95, Scale(1e6, 0, "$M")),
    (0.995, Scale(1e6, 1, "$M")),
    (0.0995, Scale(1e6, 2, "$M")),
    (0.0, Scale(1e3, 0, "$k")),
)


def money_scale(*usd: float) -> Scale:
    """The scale for amounts that are read together, chosen by the largest; one decimal if none is known."""
    size = max((abs(x) / 1e6 for x in usd if math.isfinite(x)), default=1.0)
    return next(scale for threshold, scale in _MONEY_SCALES if size >= threshold)


def points_scale(*points: float) -> Scale:
    """The scale for points (0 to 100) and their differences: one decimal, two where all are below 0.1."""
    size = max((abs(x) for x in points if math.isfinite(x)), default=1.0)
    return Scale(1.0, 1 if size >= 0.0995 or size == 0 else 2, "points")


def scale_for(outcome: Outcome, *values: float) -> Scale:
    """The scale for values of one outcome that are read together."""
    return money_scale(*values) if outcome.is_money else points_scale(*values)


def money(usd: float, scale: Scale | None = None) -> str:
    """An amount of money: "$4.1M", "−$0.35M", "$25k", "$0"; a dash for NaN. The scale may be given."""
    if math.isnan(usd):
        return BLANK
    scale = scale or money_scale(usd)
    digits = scale(abs(usd))
    if not digits.strip("0.,"):
        return "$0"
    return f"{MINUS if usd < 0 else ''}${digits}{scale.unit.removeprefix('$')}"


def interval(estimate: Estimate, scale: Scale) -> str:
    """The interval without unit: "3.2 to 5.0"; says so where there is none."""
    if not estimate.has_interval:
        return "no interval"
    return f"{scale(estimate.low)} to {scale(estimate.high)}"


def resolving(scale: Scale, estimate: Estimate, most: int = MOST_MORE_DECIMALS) -> Scale:
    """The scale with more decimals where it would shrink an interval to a point or a clear bound to zero."""
    for _ in range(most):
        low, high = scale(estimate.low), scale(estimate.high)
        is_hidden = estimate.low < estimate.high and low == high
        is_lost = estimate.excludes_zero and not (low.strip("0.,") and high.strip("0.,"))
        if not (is_hidden or is_lost):
            break
        scale = Scale(scale.divisor, scale.decimals + 1, scale.unit)
    return scale


def resolving_all(scale: Scale, estimates: Iterable[Estimate]) -> Scale:
    """The scale for a group read together, fine enough that no interval shrinks to a single number."""
    return max((resolving(scale, estimate) for estimate in estimates), key=attrgetter("decimals"), default=scale)


def share_with_interval(at: Estimate, separator: str = " ") -> str:
    """A share in [0, 1] and how sure it is: "44% (43 to 45)"; the share alone where there is no interval."""
    scale = _share_scale(at)
    return f"{scale(at.mean)}%{separator}({interval(at, scale)})" if at.has_interval else share(at.mean)


def share_of_futures(at: Estimate, those: str = "") -> str:
    """A share in a sentence: "71% of 64 futures (95% interval 59 to 81)", "none of 64 futures (...)", "all those"."""
    scale, those = _share_scale(at), those or futures(at.n)
    known = f"{scale(at.mean)}%" if scale.decimals else share(at.mean)
    some = {0.0: "none of", 1.0: "all"}.get(at.mean, f"{known} of")
    return f"{some} {those} ({INTERVAL} {interval(at, scale)})"


def _share_scale(at: Estimate) -> Scale:
    """Per cent with at most one decimal: nobody plans to the hundredth of a percent."""
    return resolving(Scale(0.01, 0, "%"), at, most=1)


def share(value: float) -> str:
    """A share in [0, 1] as "91%"; "<1%" and ">99%" where rounding would claim never or always."""
    if math.isnan(value):
        return BLANK
    if 0 < value < 0.005:
        return "<1%"
    if 0.995 <= value < 1:
        return ">99%"
    return f"{100 * value:.0f}%"


def count(value: float) -> str:
    """How many there are, with at most three digits that mean something: "17,400", "87.5"; a dash for NaN."""
    if math.isnan(value):
        return BLANK
    digits = 0 if abs(value) < 1e-9 else 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.{1 if digits > 0 and abs(value) < 99.95 else 0}f}".replace("-", MINUS)


_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def count_word(n: int) -> str:
    """A number of things as a word up to twelve: "nine"; digits above."""
    return _WORDS[n - 1] if 0 < n <= len(_WORDS) else f"{n:,}"


def futures(n: int, in_words: bool = False) -> str:
    """How many seeds, for a client: "64 futures", "one future"."""
    return f"{count_word(n) if in_words else f'{n:,}'} future{'' if n == 1 else 's'}"


def capitalised(phrase: str) -> str:
    """The phrase as the start of a sentence; the rest keeps its capitals, as in "one CRO"."""
    return phrase[:1].upper() + phrase[1:]


def style_of(styles: Mapping[str, Style], scenario: str) -> Style:
    """The style of a scenario; names the ones there are if it has none."""
    if scenario not in styles:
        raise KeyError(f"scenario {scenario} has no style; there are styles for {', '.join(styles)}")
    return styles[scenario]
