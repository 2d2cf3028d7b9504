"""Outcomes of a run: each defined once, with name, formula, unit, direction and window.

Outcomes pool numerators over pooled denominators, sum money, take stocks at the end, and average burnout over
person-time. Here they are put together, theme by theme; the order is that of tables and files.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.metrics.between import BETWEEN
from sim.metrics.brand import BRAND
from sim.metrics.funnel import FUNNEL
from sim.metrics.leaders import LEADERS
from sim.metrics.outcome import Outcome
from sim.metrics.people import PEOPLE
from sim.metrics.value import VALUE

THEMES: Mapping[str, tuple[Outcome, ...]] = {
    "Value": VALUE,
    "Brand and marketing": BRAND,
    "Funnel": FUNNEL,
    "Leaders": LEADERS,
    "Between the functions": BETWEEN,
    "People": PEOPLE,
}
OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for theme in THEMES.values() for outcome in theme}
HEADLINES = tuple(name for name, outcome in OUTCOMES.items() if outcome.is_headline)
