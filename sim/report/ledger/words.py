"""How a claim's numbers are written: each in its own unit, with its interval."""

from __future__ import annotations

import math

from sim.report.labels import BLANK, Scale, interval, money_scale, resolving
from sim.study.claims.claim import ABOVE, Number
from sim.study.claims.verdict import MONEY, Row
from sim.study.statistics import Estimate

PER_CENT, SHARE, MULTIPLE, POINTS = "%", "share", "multiple", "points"


def with_interval(at: Estimate, number: Number) -> str:
    """A number and how sure it is: "−6.5% (−11.6 to −1.4)", "$0.3M (0.2 to 0.4)"; a dash where it is not told."""
    if math.isnan(at.mean):
        return BLANK
    scale = _scale(at, number)
    mean = _united(scale(at.mean), number, scale)
    return f"{mean} ({interval(at, scale)})" if at.has_interval else mean


def figure(number: Number) -> str:
    """The article's figure: "79%", "5%"; empty where it gives none."""
    if number.article is None:
        return ""
    value = 100.0 * number.article if number.unit == SHARE else number.article
    return f"{value:g}%"


def band(number: Number) -> str:
    """The credible band: "1 to 6", "above −2"; empty where there is none."""
    if number.band is None:
        return ""
    factor = 100.0 if number.unit == SHARE else 1.0
    low, high = (Scale(1.0, 0 if (factor * end) % 1 == 0 else 2, "")(factor * end) for end in number.band)
    if math.isinf(number.band[1]):
        return f"above {low}"
    return f"below {high}" if math.isinf(number.band[0]) else f"{low} to {high}"


def beside_band(row: Row) -> str:
    """The credible band of the first number that has one, and whether the model meets it: "1 to 6: met"."""
    for one in row.measured:
        meets = row.meets_band(one)
        if meets is not None:
            return f"{band(one.number)}: {'met' if meets else 'not met'}"
    return ""


def claimed(number: Number) -> str:
    """Where the claim has a number: "below 30%"; empty where it is only told."""
    if not number.side:
        return ""
    against = 100.0 * number.against if number.unit == SHARE else number.against
    return f"{number.side} {Scale(1.0, 0, '')(against)}{'%' if number.unit in (SHARE, PER_CENT) else ''}"


def beside_figure(row: Row) -> str:
    """The article's figure beside the model's, for the first number with one: "79% is below 98% (97 to 99)"."""
    for one in row.measured:
        if one.number.article is not None:
            at, where = row.estimate(one), row.figure(one)
            if not where:
                return f"{figure(one.number)}: not told"
            return f"{figure(one.number)} is {where} {with_interval(at, one.number)}"
    return ""


def figure_in_short(row: Row) -> str:
    """The same without intervals, for a picture: "79% (model 98%)"; empty where the article gives no figure."""
    for one in row.measured:
        if one.number.article is not None:
            at = row.estimate(one)
            model = with_interval(Estimate(at.mean, math.nan, math.nan, at.n), one.number)
            return f"{figure(one.number)} (model: {model})"
    return ""


def toward_claim(number: Number, value: float) -> float:
    """A value as its distance to what it is held against, positive on the claimed side."""
    return (value - number.against) * (1.0 if number.side in ("", ABOVE) else -1.0)


def _scale(at: Estimate, number: Number) -> Scale:
    if number.unit == MONEY:
        return resolving(money_scale(at.mean, at.low, at.high), at)
    if number.unit == SHARE:
        return resolving(Scale(0.01, 0, "%"), at)
    if number.unit == MULTIPLE:
        return resolving(Scale(1.0, 2, ""), at)
    return resolving(Scale(1.0, 1, ""), at)


def _united(digits: str, number: Number, scale: Scale) -> str:
    if number.unit == MONEY:
        sign, size = (digits[0], digits[1:]) if digits[:1] in "−+" else ("", digits)
        return f"{sign}${size}{scale.unit.removeprefix('$')}"
    if number.unit in (PER_CENT, SHARE) or number.unit.startswith("% "):
        return f"{digits}%"
    return f"{digits} points" if number.unit.startswith(POINTS) else digits
