"""How names and numbers are written in a trace."""

from __future__ import annotations

from dataclasses import replace

from sim.report.labels import MINUS, Scale, money_scale

MOST_DECIMALS = 3

_CAPITALS = {"kpis": "KPIs", "crm": "CRM"}


def words(name: str) -> str:
    """A name of the model's as words: "head of sales", "shared KPIs"."""
    return " ".join(_CAPITALS.get(word, word) for word in name.split("_"))


def owners(who: str) -> str:
    """The possessive: "the board's", "the head of sales'"."""
    return f"{who}'" if who.endswith("s") else f"{who}'s"


def two(value: float) -> str:
    """Two decimals: "0.55", "−0.02"; no sign for zero."""
    return _written(f"{value:.2f}")


def signed(value: float, decimals: int = 2) -> str:
    """With its sign: "+0.28", "−0.02"; "0.00" has none."""
    text = _written(f"{value:+.{decimals}f}")
    return text if text.strip("+0.") else text.removeprefix("+")


def percent(value: float) -> str:
    """A change or a signed share: "+16.7%", "−2.1%"."""
    return f"{signed(100.0 * value, 1)}%"


def telling_apart(*usd: float) -> Scale:
    """The scale for amounts that are read together, as fine as is needed to tell those that differ apart."""
    scale = money_scale(*usd)
    while len({scale(x) for x in usd}) < len(set(usd)) and scale.decimals < MOST_DECIMALS:
        scale = replace(scale, decimals=scale.decimals + 1)
    return scale


def dollars(usd: float) -> str:
    """A price: "$344"."""
    return f"${usd:,.0f}"


def _written(text: str) -> str:
    return text.replace("-", MINUS) if text.strip("+-0.") else text.removeprefix("-")
