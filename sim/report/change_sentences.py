"""What a change is worth against doing nothing, in sentences: the answer, the price of getting there, the payback.

A number's id is its kind and the two scenarios it compares, as in `sim.report.sentences`. What an interval does not
support is not said.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.labels import (
    AT_NO_COST,
    INTERVAL,
    Style,
    capitalised,
    futures,
    interval,
    money,
    share_of_futures,
    style_of,
)
from sim.report.sentences import Number, Sentence, scale_of, worth_over, years
from sim.study.change import Effect
from sim.study.statistics import Estimate

OF_NPV = " of net present value"


def change_sentences(effect: Effect, styles: Mapping[str, Style]) -> list[Sentence]:
    """The answer and, as far as the runs support them, when it comes from, what getting there costs, the payback."""
    parts = (now_or_later(effect), getting_there(effect, styles), paid_back(effect, styles))
    return [change_verdict(effect, styles), *(part for part in parts if part is not None)]


def change_verdict(effect: Effect, styles: Mapping[str, Style]) -> Sentence:
    """The answer in one sentence: what the change is worth, how surely, how often it pays, from when on it is ahead.

    Worth is NPV. Without a clear difference the interval is given instead.
    """
    # A difference that is written as $0 is none, however narrow its interval.
    if effect.npv.is_clear and money(effect.npv.mean) != "$0":
        return _clear(effect, styles)
    return _unclear(effect, styles)


def _clear(effect: Effect, styles: Mapping[str, Style]) -> Sentence:
    """The change is worth more, or less: "... is worth $0.8M more than doing nothing and pays in 71% of 64 futures"."""
    change, nothing = style_of(styles, effect.changed), style_of(styles, effect.nothing).phrase
    is_more = effect.npv.mean > 0
    size = effect.npv if is_more else -effect.npv
    scale = scale_of(size)
    ahead = _ahead_from(effect)
    text = (
        f"{capitalised(change.phrase)} {'are' if change.is_plural else 'is'} worth {money(size.mean, scale)} "
        f"{'more' if is_more else 'less'} than {nothing} ({INTERVAL} {interval(size, scale)}, "
        f"{worth_over(effect.horizon)}) {_how_often(effect, change, is_more)}{ahead.text}."
    )
    return Sentence(text, {**_known(effect), _id("pays_share", effect): effect.pays, **ahead.numbers})


def _how_often(effect: Effect, change: Style, is_more: bool) -> str:
    """In how many futures it pays; where most say the opposite of the mean, the reader must know."""
    pays, often = "pay" if change.is_plural else "pays", effect.pays.mean
    if is_more:
        turn = f"and {pays} in" if often > 0.5 else f"but {pays} in only"
    else:
        turn = f"yet {pays} in" if often >= 0.5 else f"and {pays} in{' only' if often else ''}"
    return f"{turn} {share_of_futures(effect.pays)}"


def _ahead_from(effect: Effect) -> Sentence:
    """The clause "; cumulated profit is ahead from quarter 9 (8 to 11) on"; empty where not supported."""
    at = effect.crossover
    if not at.is_clear:
        return Sentence("")
    text = f"; cumulated profit is ahead from quarter {at.quarter} ({at.low:.0f} to {at.high:.0f}) on"
    return Sentence(text, {_id("crossover_quarter", effect): at})


def _unclear(effect: Effect, styles: Mapping[str, Style]) -> Sentence:
    """No clear difference; said all the same is if it clearly pays in most futures, or in few: the mean hides it."""
    change, nothing = style_of(styles, effect.changed), style_of(styles, effect.nothing).phrase
    if not effect.npv.has_interval:
        known = f"{futures(effect.n, in_words=True)} cannot tell {change.phrase} from {nothing}"
        return Sentence(f"{capitalised(known)}: no interval, so no clear difference.", _known(effect))
    scale, numbers = scale_of(effect.npv), _known(effect)
    span = f"{money(effect.npv.low, scale)} to {money(effect.npv.high, scale)}"
    often = ""
    if not effect.pays.low <= 0.5 <= effect.pays.high:
        turn = "in" if effect.pays.mean > 0.5 or not effect.pays.mean else "in only"
        often = f"; yet it pays {turn} {share_of_futures(effect.pays)}"
        numbers[_id("pays_share", effect)] = effect.pays
    text = (
        f"There is no clear difference between {change.phrase} and {nothing}: {span} "
        f"({INTERVAL} of the first minus the second, {worth_over(effect.horizon)}, {futures(effect.n)}){often}."
    )
    return Sentence(text, numbers)


def now_or_later(effect: Effect) -> Sentence | None:
    """Of the worth, what comes within the horizon and what is left after it, where one clearly takes from the other.

    "Within 3 years profit is worth $0.4M less (...), but what is left after that $1.2M more (...)."
    """
    within, left = effect.within, effect.left
    if not (within.is_clear and left.is_clear) or (within.mean > 0) == (left.mean > 0):
        return None
    text = (
        f"Within {years(effect.horizon)} profit is worth {_more_or_less(within)}, "
        f"but what is left after that {_more_or_less(left)}."
    )
    return Sentence(text, {_id("discounted_profit_difference", effect): within, _id("left_difference", effect): left})


def _more_or_less(at: Estimate) -> str:
    """A clear difference as its size and direction: "$0.4M less (95% interval 0.2 to 0.6)"."""
    return _sized(at, " more" if at.mean > 0 else " less")


def _sized(at: Estimate, words: str = "") -> str:
    """The size of a clear difference, some words, and how sure it is: "$0.4M less (95% interval 0.2 to 0.6)"."""
    size = at if at.mean >= 0 else -at
    if _is_same(at):
        return f"{money(size.mean)}{words} in every future"
    scale = scale_of(size)
    return f"{money(size.mean, scale)}{words} ({INTERVAL} {interval(size, scale)})"


def _is_same(at: Estimate) -> bool:
    """Whether an amount is the same in every future, to the cent: then it has no interval worth writing."""
    return round(at.low, 2) == round(at.high, 2)


def getting_there(effect: Effect, styles: Mapping[str, Style]) -> Sentence | None:
    """What the reorganisation costs in NPV, and what of it is fees; None if that was not run or one future cannot tell.

    "Getting there costs $0.4M of this worth (...), of which fees and severance $0.1M; had it cost nothing, ..."
    """
    cost = effect.transition
    if not cost.has_interval or effect.is_null:
        return None
    numbers: dict[str, Number] = {f"transition_cost:{effect.free}-{effect.changed}": cost, "n_seeds": cost.n}
    if cost.low == cost.high == 0:
        return Sentence("Getting there costs nothing in any future.", numbers)
    fees = "" if money(effect.fees.mean) == "$0" else _fees(effect.fees)
    if fees:
        numbers[f"fees_usd:{effect.changed}"] = effect.fees
    if not cost.is_clear or money(cost.mean) == "$0":
        scale = scale_of(cost)
        span = f"{money(cost.low, scale)} to {money(cost.high, scale)}{OF_NPV} ({INTERVAL})"
        return Sentence(f"There is no clear cost of getting there: {span}{fees and f', {fees} included'}.", numbers)
    if cost.mean < 0:
        text = f"Getting there costs nothing on balance: it adds {_sized(cost, OF_NPV)}"
        return Sentence(f"{text}{fees and f', {fees} included'}.", numbers)
    bare = _had_it_cost_nothing(effect, styles)
    of_it = "of which " if effect.fees.mean <= cost.mean else ""
    text = f"Getting there costs {_sized(cost, OF_NPV)}{fees and f', {of_it}{fees}'}{bare.text}."
    return Sentence(text, {**numbers, **bare.numbers})


def _fees(fees: Estimate) -> str:
    """Fees and severance, with an interval unless they are the same in every future."""
    return f"fees and severance {money(fees.mean) if _is_same(fees) else _sized(fees)}"


def _had_it_cost_nothing(effect: Effect, styles: Mapping[str, Style]) -> Sentence:
    """The clause "; had it cost nothing, splitting the role would be worth $1.2M more than doing nothing (...)"."""
    if not effect.npv_free.is_clear or money(effect.npv_free.mean) == "$0":
        return Sentence("")
    change, nothing = style_of(styles, effect.changed).phrase, style_of(styles, effect.nothing).phrase
    than = f" {'more' if effect.npv_free.mean > 0 else 'less'} than {nothing}"
    text = f"; {AT_NO_COST}, {change} would be worth {_sized(effect.npv_free, than)}"
    return Sentence(text, {f"npv_difference:{effect.free}-{effect.nothing}": effect.npv_free})


def paid_back(effect: Effect, styles: Mapping[str, Style]) -> Sentence | None:
    """In how many futures the change falls behind at first, and when it has caught up; None if one future cannot tell.

    "In 58 of 64 futures cumulated profit falls behind doing nothing; it has caught up for good by quarter 12 in 70%
    of those, in half of them by quarter 8 (7 to 10)."
    """
    at, nothing = effect.payback, style_of(styles, effect.nothing).phrase
    if effect.n < 2 or effect.is_null:
        return None
    numbers: dict[str, Number] = {_id("behind_share", effect): at.behind, "n_seeds": effect.n}
    if not at.n_behind:
        text = f"In none of {futures(effect.n)} does cumulated profit fall behind {nothing}"
        return Sentence(f"{text}: there is nothing to pay back.", numbers)
    numbers[_id("repaid_share", effect)] = at.repaid
    when = ""
    if at.is_clear:
        numbers[_id("payback_quarter", effect)] = at
        when = f", in half of them by quarter {at.quarter:.0f} ({at.low:.0f} to {at.high:.0f})"
    some = f"all {futures(effect.n)}" if at.n_behind == effect.n else f"{at.n_behind:,} of {futures(effect.n)}"
    text = f"In {some} cumulated profit falls behind {nothing} at some time; {_caught_up(effect)}{when}."
    return Sentence(text, numbers)


def _caught_up(effect: Effect) -> str:
    """In how many of the futures that fell behind cumulated profit has caught up by the end of the horizon."""
    repaid, by_then = effect.payback.repaid, f"for good by quarter {effect.horizon}"
    if repaid.n == 1:
        return f"there it has {'' if repaid.mean else 'not '}caught up {by_then}"
    has_it = "it has" if repaid.mean else "has it"
    return f"in {share_of_futures(repaid, 'of those' if repaid.mean == 1 else 'those')} {has_it} caught up {by_then}"


def _known(effect: Effect) -> dict[str, Number]:
    """The numbers that every answer states."""
    return {_id("npv_difference", effect): effect.npv, "n_seeds": effect.n}


def _id(kind: str, effect: Effect) -> str:
    """The id of a number about the change and doing nothing."""
    return f"{kind}:{effect.changed}-{effect.nothing}"
