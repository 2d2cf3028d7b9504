"""What was added so that all structures cost the same, and who can't, in sentences that can be traced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.config import SimConfig
from sim.report.labels import Scale, Style, money, money_scale, style_of
from sim.report.sentences import Number, Sentence
from sim.study.contrast import OutOfReach, yearly_cost_usd

ON = " on programmes and selling hours"
TO_THE_CENT = 8  # decimals of a million


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


def who_is_left_out(unequal: Sequence[OutOfReach], styles: Mapping[str, Style]) -> Sentence:
    """Which structures are not compared, as their cost can't be made equal, and how far each is from it.

    "Left out, because their cost can't be made equal: a revenue chief over two heads would have to save $0.35M a year
    on programmes and selling hours, of which $0.33M fits."
    """
    each = [_too_far(one, style_of(styles, one.name).phrase, "" if n else ON) for n, one in enumerate(unequal)]
    numbers: dict[str, Number] = {}
    for one in unequal:
        numbers[f"needed_usd_per_year:{one.name}"] = one.needed_usd
        numbers[f"fitting_usd_per_year:{one.name}"] = one.fitting_usd
    return Sentence(f"Left out, because their cost can't be made equal: {'; '.join(each)}.", numbers)


def _too_far(one: OutOfReach, phrase: str, where: str) -> str:
    """How far one is off: "one leader would have to spend $0.42M more a year, of which $2k fits"."""
    needed, fitting = _told_apart(abs(one.needed_usd), abs(one.fitting_usd))
    spend = f"spend {needed} more" if one.needed_usd > 0 else f"save {needed}"
    return f"{phrase} would have to {spend} a year{where}, of which {'nothing' if fitting == '$0' else fitting} fits"


def _told_apart(needed_usd: float, fitting_usd: float) -> tuple[str, str]:
    """Both amounts, with more decimals where they would read the same although not all fits."""
    needed, fitting, scale = money(needed_usd), money(fitting_usd), money_scale(needed_usd)
    while needed == fitting and scale.decimals < TO_THE_CENT:
        scale = Scale(scale.divisor, scale.decimals + 1, scale.unit)
        needed, fitting = money(needed_usd, scale), money(fitting_usd, scale)
    return needed, fitting


def _signed(usd: float) -> str:
    """An amount with its sign: "+$0.26M", "−$0.49M"; "$0" has none."""
    text = money(usd)
    return f"+{text}" if usd > 0 and text != money(0.0) else text
