"""What was added so that all structures cost the same, in a sentence that can be traced."""

from __future__ import annotations

from collections.abc import Mapping

from sim.config import SimConfig
from sim.report.labels import Style, money, style_of
from sim.report.sentences import Number, Sentence
from sim.study.contrast import yearly_cost_usd


def added_money(scenarios: Mapping[str, SimConfig], styles: Mapping[str, Style], reference: str) -> Sentence:
    """What each structure was given for programmes and selling hours so that it costs as much as the reference.

    "Added a year for programmes and selling hours, so that all cost the $6.4M of two leaders: one leader $0.26M."
    """
    cost = yearly_cost_usd(scenarios[reference])
    added = {name: config.added_usd_per_year for name, config in scenarios.items() if name != reference}
    each = ", ".join(f"{style_of(styles, name).phrase} {_signed(usd)}" for name, usd in added.items())
    text = (
        f"Added a year for programmes and selling hours, so that all cost the {money(cost)} of "
        f"{style_of(styles, reference).phrase}: {each or 'nothing'}."
    )
    numbers: dict[str, Number] = {f"yearly_cost_usd:{reference}": cost}
    return Sentence(text, numbers | {f"added_usd_per_year:{name}": usd for name, usd in added.items()})


def _signed(usd: float) -> str:
    """An amount with its sign: "+$0.26M", "−$0.49M"; "$0" has none."""
    text = money(usd)
    return f"+{text}" if usd > 0 and text != money(0.0) else text
