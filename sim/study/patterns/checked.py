"""The patterns that are looked at and never fitted to."""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.study.patterns.pattern import Pattern, Seen, ratio
from sim.study.patterns.pushes import elasticity, silenced


def _long_over_short(seen: Seen) -> float:
    return elasticity(seen, "budget", "long") / elasticity(seen, "budget", "short")


def _for_quotas(seen: Seen) -> float:
    """Discount beyond the habit, because a quota pressed: share of list, mean of won contracts."""
    return float((seen["discount_sum"] - seen["habitual_discount_sum"]) / seen["wins"])


def _too_rosy(seen: Seen) -> float:
    return float((seen["perceived_alignment"] - seen["alignment"]) / seen["quarters"])


def _stability(seen: Seen) -> float:
    """Correlation of exhaustion with that of the same person a year before."""
    n, x, y = seen["strain_pairs"], seen["strain_then"], seen["strain_now"]
    shared = seen["strain_both"] / n - x / n * y / n
    then, now = (seen[f"strain_{when}_sq"] / n - (seen[f"strain_{when}"] / n) ** 2 for when in ("then", "now"))
    return float(shared / math.sqrt(then * now))


def _gain(better: str, worse: str) -> Callable[[Seen], float]:
    """Net present value of one world over another's, % of the other's gross profit."""
    return lambda seen: float(100.0 * (seen[f"value/{better}"] - seen[f"value/{worse}"]) / seen[f"gross/{worse}"])


def _level_gap(seen: Seen) -> float:
    """Mean of a better head of sales and a better head of marketing, each against two who are half at home."""
    sales, marketing = (_gain(f"better_{function}", "levels_alike")(seen) for function in ("sales", "marketing"))
    return 0.5 * (sales + marketing)


def _grows_with_teams(seen: Seen) -> float:
    """Gain by a second leader before leaders' pay, in double teams less that in half teams."""
    gains = [
        100.0 * (seen[f"value/{two}"] + seen[f"pay/{two}"] - seen[f"value/{one}"] - seen[f"pay/{one}"])
        / seen[f"gross/{one}"]
        for two, one in (("two_of_double", "one_of_double"), ("two_of_half", "one_of_half"))
    ]  # fmt: skip
    return float(gains[0] - gains[1])


OF_THE_SAME_SOURCE = "a half-life from the same source"
CHECKED = (
    Pattern(
        "P5c", "advertising, long run over short", "multiple", 1.5, 3.0, "sethuraman-2011", _long_over_short,
        rests_on="P5a and P5b",
    ),
    Pattern(
        "P7a", "bookings, first year without programmes", "change", -0.22, -0.10, "brand-half-life",
        lambda seen: silenced(seen, 1), rests_on=OF_THE_SAME_SOURCE,
    ),
    Pattern(
        "P7b", "bookings, second year without programmes", "change", -0.32, -0.18, "brand-half-life",
        lambda seen: silenced(seen, 2), rests_on=OF_THE_SAME_SOURCE,
    ),
    Pattern("P8b", "discount beyond the habit, for quotas", "share of list", 0.02, 0.08, "larkin-2014", _for_quotas),
    Pattern(
        "P9", "MQLs that are never called", "share", 0.10, 0.50, "never-contacted", ratio("lost_to_silence", "mqls"),
        rests_on="a share ignored from the same source",
    ),
    Pattern(
        "P12a", "outlooks of 2 and 6 against 3.5 twice, C = 1", "% of gross profit", 0.0, math.inf,
        "homburg-jensen-2007", _gain("horizons_apart", "horizons_alike"),
    ),
    Pattern(
        "P12b", "outlooks of 2 and 6 against 4 twice, C = 1", "% of gross profit", 0.0, math.inf,
        "homburg-jensen-2007", _gain("horizons_apart", "horizons_alike_at_4"),
    ),
    Pattern(
        "P12c", "gain by a gap in level", "% of gross profit", -math.inf, 0.0, "homburg-jensen-2007", _level_gap
    ),
    Pattern(
        "P13", "exhaustion from year to year", "correlation", 0.45, 0.70, "strain-recursion", _stability,
        rests_on="strain's constants, chosen with it in view",
    ),
    Pattern(
        "P14", "alignment as it is seen, less what it is", "0 to 1", 0.0, math.inf, "perceived-alignment", _too_rosy,
        rests_on="the stated bias",
    ),
    Pattern(
        "P16", "second leader before pay, double less half teams", "% of gross profit", -math.inf, math.inf,
        "germann-2015", _grows_with_teams,
    ),
)  # fmt: skip
