"""How a measured pattern and what is known of it are written, in tables, pages and figures."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.labels import BLANK, MINUS
from sim.study.patterns.pattern import Pattern
from sim.study.statistics import Estimate


def shown(at: Estimate) -> str:
    """A number with its interval, as many decimals as the interval resolves; a dash where nothing was to be seen."""
    if not at.has_interval:
        return BLANK
    decimals = 3 if at.high - at.low < 0.02 else 2 if at.high - at.low < 1.0 else 1
    numbers = [number(x, decimals) for x in (at.mean, at.low, at.high)]
    return f"{numbers[0]} ({numbers[1]} to {numbers[2]})"


def known(pattern: Pattern) -> str:
    """The range of the literature; a sign where only that is known."""
    if pattern.is_prediction:
        return "nothing"
    if pattern.is_open:
        return "above 0" if pattern.low == 0.0 else "below 0"
    decimals = 2 if max(abs(pattern.low), abs(pattern.high)) < 1.0 else 1
    return f"{number(pattern.low, decimals)} to {number(pattern.high, decimals)}"


def number(value: float, decimals: int) -> str:
    """A number with a minus for its hyphen, and none before a zero."""
    digits = f"{value:.{decimals}f}"
    return (digits if digits.strip("-0.") else digits.lstrip("-")).replace("-", MINUS)


def in_words(values: Mapping[str, float]) -> str:
    """Numbers by name in a row: "P1a 0.13, P1b 3.67"."""
    return ", ".join(f"{name} {number(value, 2)}" for name, value in values.items())
