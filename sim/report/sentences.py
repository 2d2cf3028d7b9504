"""Sentences that can be defended in the room: each carries its numbers, and none says more than they do.

A number's id is its kind and the two scenarios it compares, as in `npv_difference:separate-merged_sales_led`
(separate minus merged_sales_led). What an interval does not support is not said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from sim.report.labels import (
    CONTRASTS,
    INTERVAL,
    Scale,
    Style,
    capitalised,
    count_word,
    futures,
    interval,
    money,
    money_scale,
    resolving,
    share,
    style_of,
)
from sim.settings import EQUAL_COST, EQUAL_PRACTICES
from sim.study.crossover import Crossover, crossover_quarter
from sim.study.payback import Payback
from sim.study.statistics import Estimate, ahead_share, by_seed, differences_to, mean_estimate, paired_difference

Number = float | int | Estimate | Crossover | Payback


@dataclass(frozen=True)
class Sentence:
    """A sentence and the numbers it states, by id."""

    text: str
    numbers: Mapping[str, Number] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence alone."""
        return self.text


def verdict(
    runs: pd.DataFrame,
    quarters: pd.DataFrame,
    styles: Mapping[str, Style],
    reference: str,
    versus: str,
    contrast: str = EQUAL_PRACTICES,
) -> Sentence:
    """The answer in one sentence: which of two structures is worth more, by how much, how surely, and when.

    The better one leads the sentence; worth is NPV. Without a clear difference the interval is given instead.
    `contrast` says in what the structures were held equal.
    """
    npv = by_seed(runs, "npv_usd")
    for scenario in (reference, versus):
        if scenario not in npv:
            raise ValueError(f"scenario {scenario} was not run; there are {', '.join(npv.columns)}")
    difference = paired_difference(npv[reference], npv[versus])
    best = _best_of_all(runs, npv, styles, reference, versus)
    # A difference that is written as $0 is none, however narrow its interval.
    if not difference.is_clear or money(difference.mean) == "$0":
        pair = _no_clear_difference(difference, _worth(quarters), styles, reference, versus, contrast)
    elif difference.mean > 0:
        pair = _clear_difference(npv, quarters, styles, reference, versus, contrast)
    else:
        pair = _clear_difference(npv, quarters, styles, versus, reference, contrast)
    return Sentence(f"{pair.text}{best.text}.", {**pair.numbers, **best.numbers})


def _clear_difference(
    npv: pd.DataFrame, quarters: pd.DataFrame, styles: Mapping[str, Style], winner: str, loser: str, contrast: str
) -> Sentence:
    """One is better: "Two leaders are worth $4.1M more than ... and are ahead in 91% of 64 futures"."""
    lead, behind = style_of(styles, winner), style_of(styles, loser)
    difference = paired_difference(npv[winner], npv[loser])
    ahead = ahead_share(npv[winner], npv[loser])
    scale = scale_of(difference)
    verb = "are" if lead.is_plural else "is"
    # A few very good futures can carry the mean: then most say the opposite, and the reader must know.
    turn = f"and {verb} ahead in" if ahead > 0.5 else f"but {verb} ahead in only"
    often = f"{'all' if ahead == 1 else share(ahead) + ' of'} {futures(difference.n)}"
    payback = _payback(quarters, styles, winner, loser, contrast)
    text = (
        f"{capitalised(lead.phrase)} {verb} worth {money(difference.mean, scale)} more than {behind.phrase}"
        f"{CONTRASTS[contrast]} ({INTERVAL} {interval(difference, scale)}, {_worth(quarters)}) "
        f"{turn} {often}{payback.text}"
    )
    pair = f"{winner}-{loser}"
    numbers: dict[str, Number] = {
        f"npv_difference:{pair}": difference,
        f"ahead_share:{pair}": ahead,
        "n_seeds": difference.n,
    }
    return Sentence(text, {**numbers, **payback.numbers})


def _no_clear_difference(
    difference: Estimate, worth: str, styles: Mapping[str, Style], reference: str, versus: str, contrast: str
) -> Sentence:
    """Neither is better: "There is no clear difference between two leaders and one ...: −$0.3M to $0.9M"."""
    one, other = style_of(styles, reference).phrase, style_of(styles, versus).phrase + CONTRASTS[contrast]
    numbers: dict[str, Number] = {f"npv_difference:{reference}-{versus}": difference, "n_seeds": difference.n}
    if not difference.has_interval:
        known = futures(difference.n, in_words=True)
        text = f"{known} cannot tell {one} from {other}: no interval, so no clear difference"
        return Sentence(capitalised(text), numbers)
    scale = scale_of(difference)
    span = f"{money(difference.low, scale)} to {money(difference.high, scale)}"
    text = (
        f"There is no clear difference between {one} and {other}: {span} "
        f"({INTERVAL} of the first minus the second, {worth}, {futures(difference.n)})"
    )
    return Sentence(text, numbers)


def _payback(quarters: pd.DataFrame, styles: Mapping[str, Style], winner: str, loser: str, contrast: str) -> Sentence:
    """The clause "; the second salary is paid back in quarter 6 (4 to 9)"; empty where not supported.

    At equal total cost neither side costs more, so there is no salary to pay back.
    """
    lead, behind = style_of(styles, winner), style_of(styles, loser)
    crossover = crossover_quarter(quarters, winner, loser)
    if not crossover.is_clear:
        return Sentence("")
    when = f"quarter {crossover.quarter} ({crossover.low:.0f} to {crossover.high:.0f})"
    if crossover.starts_behind and contrast != EQUAL_COST:
        text = f"; {_extra_cost(lead, behind)} is paid back in {when}"
    else:
        text = f"; {'their' if lead.is_plural else 'its'} cumulated profit is ahead from {when} on"
    return Sentence(text, {f"crossover_quarter:{winner}-{loser}": crossover})


def _extra_cost(lead: Style, behind: Style) -> str:
    """What is paid back: the second salary where two leaders stand against one, else whatever costs more."""
    return "the second salary" if (lead.n_leaders, behind.n_leaders) == (2, 1) else "the extra cost"


def _best_of_all(
    runs: pd.DataFrame, npv: pd.DataFrame, styles: Mapping[str, Style], reference: str, versus: str
) -> Sentence:
    """The clause "; best of the nine is ..., $1.2M above two leaders" if a third structure is; else empty.

    It is picked after seeing the results, so it must be clear jointly with all others (Holm).
    """
    best = str(npv.mean().idxmax()) if len(npv) else reference
    if best in (reference, versus):
        return Sentence("")
    if not differences_to(runs, "npv_usd", reference).loc[best, "is_clear_jointly"]:
        return Sentence("")
    difference = paired_difference(npv[best], npv[reference])
    scale = scale_of(difference)
    text = (
        f"; best of the {count_word(npv.shape[1])} is {style_of(styles, best).phrase}, "
        f"{money(difference.mean, scale)} above {style_of(styles, reference).phrase} "
        f"({INTERVAL} {interval(difference, scale)})"
    )
    return Sentence(text, {f"npv_difference:{best}-{reference}": difference})


def scale_of(difference: Estimate) -> Scale:
    """The scale of a difference and its interval in a sentence."""
    return resolving(money_scale(difference.mean, difference.low, difference.high), difference)


def _worth(quarters: pd.DataFrame) -> str:
    """What is meant by worth: "net present value over 3 years and what is left"."""
    return worth_over(int(quarters.loc[~quarters["is_warm_up"].astype(bool), "quarter"].nunique()))


def worth_over(n_quarters: int) -> str:
    """What is meant by worth over so many quarters: "net present value over 3 years and what is left"."""
    return f"net present value over {years(n_quarters)} and what is left"


def years(n_quarters: int) -> str:
    """A span of quarters for a client: "3 years", "10 quarters" where they are no whole years."""
    n, unit = (n_quarters // 4, "year") if n_quarters % 4 == 0 else (n_quarters, "quarter")
    return f"{n} {unit}{'' if n == 1 else 's'}"


@dataclass(frozen=True)
class _Fact:
    """How one thing a client can check is worded: what stands around the number, its factor and decimals."""

    before: str
    after: str
    factor: float = 1.0
    decimals: int = 0

    def text(self, simulated: Estimate, stated: float) -> str:
        """Both sides: "win rate 21.8% (95% interval 21.2 to 22.4; stated 22)"."""
        scale = resolving(Scale(1 / self.factor, self.decimals, ""), simulated)
        between = f"{INTERVAL} {interval(simulated, scale)}" if simulated.has_interval else "no interval"
        # What a client stated is usually round: no decimals are made up for it.
        known = scale(stated).rstrip("0").rstrip(".") if scale.decimals else scale(stated)
        return f"{self.before}{scale(simulated.mean)}{self.after} ({between}; stated {known})"


FACTS: Mapping[str, _Fact] = {
    "revenue_usd_per_year": _Fact("revenue $", "M a year", 1e-6, 1),
    "win_rate": _Fact("win rate ", "%", 100, 1),
    "sales_cycle_days": _Fact("cycle ", " days"),
}
"""What a client knows of the own company and can hold the simulation against."""


def plausibility(stated: Mapping[str, float], simulated: Mapping[str, pd.Series | Estimate]) -> Sentence:
    """One line: the simulated company against the stated one, by the keys of FACTS given on both sides.

    A Series has one number per seed. Both sides in the unit of the key: USD a year, a share in [0, 1], days.
    """
    unknown = [key for key in (*stated, *simulated) if key not in FACTS]
    if unknown:
        raise KeyError(f"{', '.join(unknown)}: not among {', '.join(FACTS)}")
    numbers: dict[str, Number] = {}
    facts = []
    for key in (key for key in FACTS if key in stated and key in simulated):
        at = simulated[key]
        at = at if isinstance(at, Estimate) else mean_estimate(at)
        facts.append(FACTS[key].text(at, stated[key]))
        numbers |= {f"simulated:{key}": at, f"stated:{key}": stated[key]}
    text = ", ".join(facts) if facts else "nothing to compare"
    return Sentence(f"Simulated against stated: {text}.", numbers)
