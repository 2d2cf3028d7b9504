"""The rules of the ledger: what a register may say, when a claim is supported, why, and where that changes."""

import copy
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.params import ConfigError
from sim.report.ledger.words import band, beside_band, beside_figure, claimed, figure, figure_in_short, with_interval
from sim.study.claims.claim import ALL, ANY, BEST, Claim, Number, Rules
from sim.study.claims.flips import (
    OVER,
    UNDER,
    Flip,
    Variation,
    applies,
    direction,
    levels_by_verdict,
    panels,
    turns_round,
    variations,
)
from sim.study.claims.measuring import NO_RATIO, Measured, measured_in, p_beyond, p_share_beyond
from sim.study.claims.quantity import Quantity, Rows, quantity
from sim.study.claims.registry import register, registered
from sim.study.claims.verdict import (
    CONTRADICTED,
    NOT_MEASURED,
    SUPPORTED,
    UNCLEAR,
    Row,
    alphas_of,
    p_values,
    rows_of,
)
from sim.study.claims.why import reasons, switches
from sim.study.claims.worlds import World, Worlds
from sim.study.statistics import Estimate, holm, share_estimate

RULES = Rules("today", 0.95, 0.01)
SEEDS = range(12)
SPREAD = np.linspace(-1.0, 1.0, len(SEEDS))
MINIMAL = {
    "rules": {"registered": "today", "level": 0.95, "negligible_share": 0.01},
    "worlds": {"a": ["org=separate"], "b": ["org=founder_led"]},
    "claims": {
        "C01": {
            "articles": ["one"], "words": "it is", "reference": "a",
            "numbers": {
                "x": {"words": "x", "unit": "USD", "of": "npv_usd", "worlds": {"a": 1, "b": -1}, "side": "above"}
            },
        }
    },
}  # fmt: skip


class Made:
    """Rows made up: values of worlds by quantity and world."""

    def __init__(self, values):
        self._values = values

    def values(self, world, of):
        return pd.Series(self._values(world, of), index=SEEDS)


def number(side="above", unit="points", **more):
    more = {"of": Quantity("outcome", ("npv_usd",)), "worlds": {"a": 1.0, "b": -1.0}, **more}
    return Number("x", "some words", unit, side=side, **more)


def measured(mean, spread=1.0, **more):
    return Measured(number(**more), pd.Series(mean + spread * SPREAD, index=SEEDS))


def claim(*numbers, judged_by=ALL, name="C01"):
    return Claim(name, "it is", ("one",), "a", tuple(numbers), judged_by)


# ---- every claim of the register


@pytest.mark.parametrize("one", register().claims, ids=lambda one: one.name)
@pytest.mark.parametrize("sign", [1.0, -1.0], ids=["as claimed", "the other way"])
def test_a_verdict_follows_what_was_measured_and_nothing_else(one, sign):
    found = [_made(number, sign) for number in one.judged]
    (row,) = rows_of([one], {one.name: found}, {one.name: 1.0}, RULES, 26)
    assert row.direction == (SUPPORTED if sign > 0 else CONTRADICTED)


def _made(number, sign):
    """A number measured in made-up rows that lie on one side of what it is held against."""
    toward = sign * (1.0 if number.side == "above" else -1.0)
    if number.plausible is not None:
        return Measured(number, pd.Series(number.against * (1.0 + 0.5 * toward) + SPREAD.repeat(400)), n_drawn_from=60)
    level = sum(number.worlds.values())
    if level:
        only = number.against * (1.0 + 0.2 * toward) / number.times / level
        return measured_in(Made(lambda world, of: only * (1.0 + 1e-4 * SPREAD)), number)

    def values(world, of):
        lower = number.per is not None and of == number.per.of and of != number.of
        if lower:
            return 100.0 * number.per.worlds.get(world, 0.0) + 200.0 + 1e-3 * SPREAD
        return 100.0 + 5.0 * toward * np.sign(number.times) * number.worlds.get(world, 0.0) + 1e-3 * SPREAD

    return measured_in(Made(values), number)


def test_the_register_holds_what_was_announced():
    found = register()
    assert [one.name for one in found.claims] == [f"C{n:02}" for n in range(1, 27)]
    assert (found.rules.level, found.rules.negligible_share) == (0.95, 0.01)
    figures = {f"{c.name}.{n.name}": n.article for c in found.claims for n in c.numbers if n.article is not None}
    assert {key: figures[key] for key in ("C01.share", "C13.never", "C14.level", "C15.relative", "C16.first")} == {
        "C01.share": 0.05, "C13.never": 79, "C14.level": 87, "C15.relative": 70, "C16.first": 208,
    }  # fmt: skip
    assert figures["C20.leakage"] == 10


def test_rows_that_are_largely_put_in_say_so():
    assert {one.name for one in register().claims if one.input} == {"C14", "C17", "C25", "C26"}


SIDES = """
C01 share< | C02 sales<marketing< | C03 early>late< | C04 discount>equity< | C05 insight<consistency<voice<
C06 experiments<channels< | C07 attrition> | C08 hours>consistency< | C09 first>later< | C10 trust<leakage>
C11 growth> | C12 interaction>gap< | C13 recoverable> | C14 views> | C15 growth> | C16 first> | C17 junk>use<
C18 credit<trust> | C19 sales_first>marketing_first>in_step> | C20 leakage> | C21 opportunities>npv> | C22 npv>
C23 trust<brand>accepted< | C24 output<morale<attrition> | C25 all> | C26 share>
"""


def test_every_claim_lies_on_the_side_that_its_article_has():
    sides = {row.split()[0]: row.split()[1] for row in SIDES.strip().replace("\n", " | ").split(" | ")}
    mark = {"above": ">", "below": "<"}
    assert {c.name: "".join(f"{n.name}{mark[n.side]}" for n in c.judged) for c in register().claims} == sides
    assert {c.name for c in register().claims if c.judged_by == ANY} == {"C02"}
    against = {f"{c.name}.{n.name}": n.against for c in register().claims for n in c.judged if n.against}
    assert against == {"C01.share": 0.3, "C03.early": -2, "C26.share": 50}


def test_windows_and_worlds_are_those_of_the_table():
    of = {f"{c.name}.{n.name}": n for c in register().claims for n in c.numbers}
    windows = {"C01.share": (9, None), "C03.early": (1, 2), "C03.late": (5, None), "C20.leakage": (5, 8)}
    assert {key: (of[key].of.first, of[key].of.last) for key in windows} == windows
    assert of["C11.growth"].worlds == of["C15.growth"].worlds == {"two_strong": 1.0, "two_none": -1.0}
    assert of["C20.leakage"].worlds == {"two_perfect": 1.0, "two_none": -1.0}
    assert of["C20.leakage"].per.worlds == {"two_perfect": 1.0}
    assert of["C22.npv"].worlds == {"fractional": 1.0, "under_sales": -1.0}
    for name, world in register().worlds.items():
        for word, org in (("two", "separate"), ("from_sales", "merged_sales_led"), ("balanced", "merged_balanced")):
            if name == word or name.startswith((f"{word}_", f"large_{word}", f"small_{word}")):
                assert world.says("org") == org, name


def test_every_world_of_the_register_is_asked_for_by_a_number():
    found = register()
    asked = {name for c in found.claims for n in c.numbers for name in n.names} | {c.reference for c in found.claims}
    asked |= {world.costs_as for world in found.worlds.values()}
    assert {name for name in found.worlds if "/" not in name} <= asked


# ---- what a register may say


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("claims", "C01", "refernce"), "a", r"C01\.refernce: is nothing that can be said; did you mean reference"),
        (("claims", "C01", "reference"), "c", r"C01\.reference = c: is not among 2 known"),
        (("claims", "C01", "judged_by"), "most", r"C01\.judged_by = most: is not among 2 known"),
        (("claims", "C01", "flips"), ["y"], r"C01\.flips = y: is not among 1 known"),
        (("claims", "C01", "numbers", "x", "side"), "over", r"C01\.x\.side = over: is not among 3"),
        (("claims", "C01", "numbers", "x", "side"), "", r"C01 has no number with a side"),
        (("claims", "C01", "numbers", "x", "worlds"), {"aa": 1}, r"C01\.x\.worlds = aa: is not .*did you mean a"),
        (("claims", "C01", "numbers", "x", "quarter"), "payback", r"C01\.x must have one of of, quarter, plausible"),
        (("claims", "C01", "numbers", "x", "best_of"), ["a"], r"C01\.x must have both best among its worlds"),
        (("claims", "C01", "numbers", "x", "of"), {"median": "x"}, r"C01\.x\.of = .*: must be an outcome, or have one"),
        (("claims", "C01", "numbers", "x", "wrds"), "x", r"C01\.x\.wrds: is nothing that can be said; did you mean"),
    ],
)
def test_a_slip_in_the_register_is_named(path, value, message):
    said = copy.deepcopy(MINIMAL)
    place = said
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(ConfigError, match=message):
        registered(said)


def test_a_quarter_must_be_one_that_is_known():
    said = copy.deepcopy(MINIMAL)
    one = said["claims"]["C01"]["numbers"]["x"]
    del one["of"]
    one["quarter"] = "paybck"
    with pytest.raises(ConfigError, match=r"C01\.x\.quarter = paybck: is not among 2 known; did you mean payback"):
        registered(said)


def test_only_claims_that_there_are_can_be_asked_for():
    with pytest.raises(ConfigError, match=r"ledger\.rows = C99: no such claim; must be C01 to C26"):
        register().some(("C99",))
    assert [one.name for one in register().some(("C09", "C03"))] == ["C03", "C09"]


def test_grids_cross_their_levels():
    grid = {"common": ["org=separate"], "factors": {"f": {"x": ["p=1"], "y": []}, "g": {"z": ["q=2"]}}}
    found = registered({**MINIMAL, "grids": {"g": grid}}).worlds
    assert found["g/x/z"].overrides == ("org=separate", "p=1", "q=2")
    assert found["g/y/z"].overrides == ("org=separate", "q=2")


# ---- quantities


def rows_of_two_seeds():
    quarters = pd.DataFrame(
        {
            "scenario": "a", "seed": np.repeat([0, 1], 4), "quarter": [0, 1, 2, 3] * 2,
            "is_warm_up": [True, False, False, False] * 2, "won": [9.0, 1, 2, 3, 9, 4, 5, 6],
            "asked": [9.0, 2, 2, 2, 9, 0, 0, 0], "gross_profit_usd": 1.0,
        }
    )  # fmt: skip
    return Rows(pd.DataFrame({"scenario": "a", "seed": [0, 1], "npv_usd": [7.0, 8.0]}), quarters)


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("npv_usd", [7, 8]), ({"sum": "won"}, [6, 15]), ({"sum": "won", "quarters": [2, None]}, [5, 11]),
        ({"mean": "won", "quarters": [1, 2]}, [1.5, 4.5]), 
        ({"sum": "won", "quarters": [-2, None]}, [5, 11]), ({"sum": "won + asked"}, [12, 15]),
        ({"ratio": ["won", "asked"]}, [1.0, np.nan]), ({"ratio": ["won", "won + asked"]}, [0.5, 1.0]),
    ],
)  # fmt: skip
def test_a_quantity_is_read_off_its_window(said, values):
    found = rows_of_two_seeds().values("a", quantity("x", said))
    np.testing.assert_allclose(found, values)


def test_a_quantity_says_what_it_is_read_from():
    assert quantity("x", "npv_usd").formula == "npv_usd"
    assert (
        quantity("x", {"ratio": ["a", "b + c"], "quarters": [5, None]}).formula
        == "(a) / (b + c), quarters 5 to the end"
    )


def test_gross_profit_is_discounted_from_the_start_of_quarter_one():
    assert rows_of_two_seeds().discounted_gross_profit("a", 0.1) == pytest.approx(
        sum(1.1 ** (-q / 4) for q in (1, 2, 3))
    )


# ---- measuring


def test_a_contrast_is_paired_within_futures():
    rows = Made(lambda world, of: SPREAD * 50.0 + (3.0 if world == "a" else 1.0))
    found = measured_in(rows, number())
    assert found.estimate().mean == pytest.approx(2.0)
    assert found.estimate().high - found.estimate().low < 1e-9


def test_a_ratio_is_one_of_means_with_an_error_by_linearisation():
    rows = Made(lambda world, of: (4.0 if world == "a" else 2.0) * (10.0 + SPREAD))
    found = measured_in(rows, number(worlds={"a": 1.0}, per=_per({"b": 1.0})))
    assert found.estimate().mean == pytest.approx(2.0)
    assert found.by_seed.std() == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(("worlds", "level"), [({"b": 1.0}, -5.0), ({"b": 1.0, "a": -1.0}, 0.0)])
def test_nothing_is_divided_by_what_may_be_zero_nor_by_a_loss(worlds, level):
    rows = Made(lambda world, of: 1.0 + 0.1 * SPREAD if of.columns == ("npv_usd",) else level + 0.1 * SPREAD)
    found = measured_in(rows, number(per=_per(worlds, "growth_per_year")))
    assert math.isnan(found.estimate().mean)
    assert found.remark == NO_RATIO


def _per(worlds, column="npv_usd"):
    from sim.study.claims.claim import Ratio

    return Ratio(Quantity("outcome", (column,)), worlds)


def test_the_best_is_chosen_in_futures_that_do_not_measure_it():
    luck = np.where(np.arange(len(SEEDS)) % 2 == 0, 10.0, 0.0)  # b shines in the futures that choose, and nowhere else
    rows = Made(lambda world, of: luck if world == "b" else SPREAD * 0.0 + 1.0)
    found = measured_in(rows, number(worlds={BEST: 1.0, "c": -1.0}, best_of=("a", "b")))
    assert found.remark == "the best is b"
    assert found.estimate().mean == pytest.approx(-1.0)


def test_a_share_is_tested_as_its_interval_is_made():
    for hits in (3, 10, 17, 20):
        at = share_estimate(hits, 20)
        is_outside = not at.low <= 0.5 <= at.high
        p = min(p_share_beyond(hits / 20, 0.5, 20, above) for above in (True, False))
        assert is_outside == (p < 0.05)
    assert math.isnan(p_share_beyond(1.0, 0.5, 1, True))


def test_of_a_number_that_is_drawn_the_draws_say_how_sure_it_is():
    draws = Measured(number(against=0.0), pd.Series(np.linspace(-1.0, 9.0, 1001)), n_drawn_from=40)
    at = draws.estimate(0.9)
    assert (at.mean, at.low, at.high, at.n) == (pytest.approx(4.0), pytest.approx(-0.5), pytest.approx(8.5), 40)
    assert draws.p_support == pytest.approx(2 * 102 / 1002)  # a tenth of the draws lies on the other side
    assert draws.p_contradiction == pytest.approx(2 * 902 / 1002)


def test_p_is_that_of_a_paired_t_test():
    from scipy.stats import ttest_1samp

    values = pd.Series([1.0, 2.0, 4.0, 5.0])
    assert p_beyond(values, 1.5, True) == pytest.approx(ttest_1samp(values, 1.5).pvalue)
    assert p_beyond(values, 1.5, True) + p_beyond(values, 1.5, False) == pytest.approx(2.0)
    assert (p_beyond(values * 0.0, -1.0, True), p_beyond(values * 0.0, 0.0, True)) == (0.0, 2.0)
    assert math.isnan(p_beyond(values[:1], 0.0, True))


# ---- verdicts


@pytest.mark.parametrize(
    ("judged_by", "means", "verdict"),
    [
        (ALL, [9, 9], SUPPORTED), (ALL, [9, 0], UNCLEAR), (ALL, [9, -9], CONTRADICTED), (ALL, [-9, -9], CONTRADICTED),
        (ANY, [9, 0], SUPPORTED), (ANY, [9, -9], SUPPORTED), (ANY, [0, -9], UNCLEAR), (ANY, [-9, -9], CONTRADICTED),
    ],
)  # fmt: skip
def test_all_numbers_of_a_row_must_hold_or_any(judged_by, means, verdict):
    found = [measured(mean) for mean in means]
    (row,) = rows_of([claim(*(m.number for m in found), judged_by=judged_by)], {"C01": found}, {"C01": 0.0}, RULES, 26)
    assert row.direction == verdict


def test_a_row_with_a_number_that_is_not_known_is_not_measured():
    found = [Measured(number(), pd.Series([np.nan, np.nan]))]
    (row,) = rows_of([claim(found[0].number)], {"C01": found}, {"C01": 0.0}, RULES, 26)
    assert (row.direction, row.verdict) == (NOT_MEASURED, NOT_MEASURED)
    assert all(math.isnan(p) for p in p_values(ALL, found))


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=26))
def test_an_interval_leaves_zero_out_where_holms_procedure_does(p_values_of_rows):
    p = pd.Series(p_values_of_rows, index=[f"C{n}" for n in range(len(p_values_of_rows))])
    others = pd.Series(1.0, index=range(26 - len(p)))
    adjusted, alphas = holm(pd.concat([p, others]))[p.index], alphas_of(p, 26, 0.05)
    assert ((p < alphas) == (adjusted < 0.05)).all()


def test_claims_that_were_not_asked_for_count_as_tested():
    found = {"C01": [measured(1.0, 1.3)]}
    (alone,) = rows_of([claim(found["C01"][0].number)], found, {"C01": 0.0}, RULES, 1)
    (among,) = rows_of([claim(found["C01"][0].number)], found, {"C01": 0.0}, RULES, 26)
    assert among.p_holm == pytest.approx(min(26 * alone.p_holm, 1.0))
    assert among.estimate(found["C01"][0]).low < alone.estimate(found["C01"][0]).low


def test_money_that_does_not_matter_is_called_negligible():
    found = {"C01": [measured(9.0, unit="USD")]}
    at = rows_of([claim(found["C01"][0].number)], found, {"C01": 0.0}, RULES, 26)[0].estimate(found["C01"][0])
    verdicts = [
        rows_of([claim(found["C01"][0].number)], found, {"C01": 100.0 * at.high + more}, RULES, 26)[0].verdict
        for more in (-1.0, 1.0)
    ]
    assert verdicts == ["supported", "supported, negligible"]


@pytest.mark.parametrize(
    ("means", "verdict"),
    [((0.3, 9), "supported"), ((0.3, -9), "contradicted"), ((0.3, 0.3), "supported, negligible"),
     ((9, -0.3), "contradicted, negligible")],
)  # fmt: skip
def test_a_row_is_negligible_by_what_decides_it_and_not_by_some_small_part(means, verdict):
    found = [measured(mean, spread=0.05, unit="USD") for mean in means]
    (row,) = rows_of([claim(*(m.number for m in found))], {"C01": found}, {"C01": 100.0}, RULES, 26)
    assert row.verdict == verdict


@pytest.mark.parametrize(("article", "where"), [(7.0, "below"), (9.0, "inside"), (20.0, "above"), (None, "")])
def test_the_articles_figure_lies_inside_above_or_below(article, where):
    found = measured(9.0, article=article)
    assert Row(claim(found.number), (found,), SUPPORTED, 0.0, 0.95, 0.0, 0.998).figure(found) == where


@pytest.mark.parametrize(("band_", "meets"), [((8.0, 8.9), True), ((1.0, 2.0), False), (None, None)])
def test_an_interval_meets_a_band_or_not(band_, meets):
    assert number(band=band_).meets_band(8.5, 9.5) is meets
    assert number(band=(0.0, 1.0)).meets_band(math.nan, math.nan) is None


# ---- why


def remeasured(effects, spread=1.0):
    """Numbers by mechanism that is off; "" = all on."""
    return lambda number, off: Measured(number, pd.Series(effects.get(off, 9.0) + spread * SPREAD, index=SEEDS))


def test_a_mechanism_is_named_if_the_claim_vanishes_without_it():
    found = reasons(
        claim(number()), ("heart", "hand", "noise"), remeasured({"": 9.0, "heart": 0.1, "hand": 5.0}), RULES
    )
    assert found.is_seen
    assert found.needed == ("heart",)
    fallen = {one.mechanism: one.fallen.mean for one in found.without}
    assert fallen == {"heart": pytest.approx(8.9), "hand": pytest.approx(4.0), "noise": pytest.approx(0.0)}


def test_what_only_makes_futures_noisier_is_no_reason():
    noisy = {"": pd.Series(1.0 + 0.1 * SPREAD), "loud": pd.Series(1.0 + 9.0 * np.roll(SPREAD, 3))}
    found = reasons(claim(number()), ("loud",), lambda n, off: Measured(n, noisy[off]), RULES)
    assert not found.without[0].is_supported
    assert found.needed == ()


def test_nothing_is_said_of_why_where_the_claim_is_not_seen():
    found = reasons(claim(number()), ("heart",), remeasured({"": 0.0}), RULES)
    assert (found.is_seen, found.needed, found.without) == (False, (), ())


def test_of_a_row_that_any_number_makes_only_what_was_there_can_fall():
    first, second = number(), Number("y", "", "points", {"a": 1.0}, Quantity("outcome", ("npv_usd",)), side="above")

    def measure(n, off):
        mean = {"x": 0.0 if off else 9.0, "y": 0.0}[n.name]
        return Measured(n, pd.Series(mean + SPREAD, index=SEEDS))

    found = reasons(claim(first, second, judged_by=ANY), ("heart",), measure, RULES)
    assert [one.number for one in found.without] == ["x"]
    assert found.needed == ("heart",)


def test_what_is_off_already_is_not_switched_off_again():
    worlds = Worlds({"a": World(("org=separate", "mechanisms.trust=false"))})
    names = switches(worlds.config("a"))
    assert "trust" not in names
    assert "reorganisation" not in names  # costs of changes are left out of comparisons
    assert "conflict" in names
    assert worlds.config("a", off="conflict").mechanisms.conflict is False


# ---- worlds and variations


def test_a_variation_takes_the_place_of_what_a_world_says():
    world = World(("org=separate", "practices=none"), costs_as="b")
    assert world.under(["practices=strong"]).overrides == ("org=separate", "practices=strong")
    assert world.under(["practices=strong"]).costs_as == "b"
    assert (world.says("practices"), world.says("company")) == ("none", None)


def test_an_axis_in_which_a_numbers_worlds_differ_is_its_design():
    worlds = Worlds({"a": World(("org=separate", "practices=none")), "b": World(("org=separate", "practices=strong"))})
    practices, size = (Variation("x", "y", (said,)) for said in ("practices=typical", "company=small"))
    assert not applies(practices, number(), worlds)
    assert applies(size, number(), worlds)
    assert applies(practices, number(worlds={"a": 1.0}), worlds)


def test_axes_cover_sizes_practices_and_horizons():
    assert {one.axis for one in variations()} >= {"size", "practices", "years", "outlook"}


@pytest.mark.parametrize(
    ("mean", "side", "verdict"),
    [(9, "above", SUPPORTED), (9, "below", CONTRADICTED), (-9, "below", SUPPORTED), (-9, "", UNDER), (9, "", OVER),
     (0, "above", UNCLEAR)],
)  # fmt: skip
def test_one_number_by_itself_has_a_direction(mean, side, verdict):
    assert direction(measured(mean, side=side)) == verdict
    assert direction(Measured(number(), pd.Series([np.nan]))) == NOT_MEASURED


@pytest.mark.parametrize(
    ("verdicts", "is_turn"),
    [((SUPPORTED, UNCLEAR, UNCLEAR), False), ((SUPPORTED, UNCLEAR, CONTRADICTED), True), ((OVER, UNDER, OVER), True),
     ((OVER, UNCLEAR, SUPPORTED), False)],
)  # fmt: skip
def test_a_verdict_turns_round_if_it_is_clear_on_either_side(verdicts, is_turn):
    at = Estimate(1.0, 0.0, 2.0, 9)
    levels = zip(("small", "medium", "large"), verdicts, strict=True)
    flips = [Flip("C01", number(), Variation("size", level, ()), at, verdict) for level, verdict in levels]
    assert turns_round(flips) is is_turn
    assert list(panels(flips)) == [("C01", "x", "size")]
    assert levels_by_verdict(flips)[verdicts[0]][0] == "small"


def test_years_are_not_varied_where_a_number_speaks_of_certain_quarters():
    worlds = Worlds({"a": World(("org=separate",)), "b": World(("org=founder_led",))})
    years = Variation("years", "5", ("horizon_quarters=20",))
    windows = {
        "early": {"sum": "profit_usd", "quarters": [1, 2]},
        "late": {"sum": "profit_usd", "quarters": [-4, None]},
    }
    said = {name: applies(years, number(of=quantity("x", window)), worlds) for name, window in windows.items()}
    assert said == {"early": False, "late": True}
    assert applies(years, number(), worlds)


# ---- words


@pytest.mark.parametrize(
    ("unit", "at", "text"),
    [
        ("USD", (-2.5e5, -4e5, -1e5), "−$0.25M (−0.40 to −0.10)"), ("%", (-6.5, -11.6, -1.4), "−6.5% (−11.6 to −1.4)"),
        ("share", (0.432, 0.431, 0.433), "43.2% (43.1 to 43.3)"), ("of 7", (3.4, 2.6, 4.2), "3.4 (2.6 to 4.2)"),
        ("points", (0.65, 0.2, 1.1), "0.7 points (0.2 to 1.1)"), ("multiple", (1.04, 1.0, 1.08), "1.04 (1.00 to 1.08)"),
        ("points a year", (3.6, 0.7, 6.5), "3.6 points (0.7 to 6.5)"),
        ("% of futures", (12.5, 1.2, 62.7), "12.5% (1.2 to 62.7)"),
        ("USD", (math.nan, math.nan, math.nan), "–"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_their_unit(unit, at, text):
    assert with_interval(Estimate(*at, 9), number(unit=unit)) == text


def test_what_is_claimed_and_credible_is_written_in_the_same_unit():
    one = number(unit="share", side="below", against=0.3, band=(0.05, 0.3), article=0.05)
    assert (claimed(one), band(one), figure(one)) == ("below 30%", "5 to 30", "5%")
    assert band(number(band=(-2.0, math.inf))) == "above −2"
    assert band(number(band=(-math.inf, 1.5))) == "below 1.50"
    assert (band(number()), figure(number()), claimed(number(side=""))) == ("", "", "")


def test_the_number_that_decides_is_the_weakest_or_the_one_that_contradicts():
    strong, weak, against = measured(9.0), measured(4.0), measured(-9.0)
    assert Row(claim(), (strong, weak), SUPPORTED, 0.0, 0.95, 0.0, 0.998).deciding is weak
    assert Row(claim(), (strong, against), CONTRADICTED, 0.0, 0.95, 0.0, 0.998).deciding is against
    assert Row(claim(judged_by=ANY), (weak, strong), SUPPORTED, 0.0, 0.95, 0.0, 0.998).deciding is strong


def test_whether_the_credible_band_is_met_is_told():
    found = measured(9.0, band=(8.0, 10.0))
    assert beside_band(Row(claim(found.number), (found,), SUPPORTED, 0.0, 0.95, 0.0, 0.998)) == "8 to 10: met"
    found = measured(9.0, band=(1.0, 2.0))
    assert beside_band(Row(claim(found.number), (found,), SUPPORTED, 0.0, 0.95, 0.0, 0.998)) == "1 to 2: not met"
    assert beside_band(Row(claim(), (measured(9.0),), SUPPORTED, 0.0, 0.95, 0.0, 0.998)) == ""


def test_an_articles_figure_is_told_beside_the_models():
    found = measured(9.0, unit="%", article=79.0)
    row = Row(claim(found.number), (found,), SUPPORTED, 0.0, 0.95, 0.0, 0.998)
    assert re.fullmatch(r"79% is above 9\.0% \(.* to .*\)", beside_figure(row))
    assert figure_in_short(row) == "79% (model: 9.0%)"
    blank = Measured(number(unit="%", article=70.0), pd.Series([np.nan]))
    assert beside_figure(Row(claim(), (blank,), SUPPORTED, 0.0, 0.95, 0.0, 0.998)) == "70%: not told"
    assert beside_figure(Row(claim(), (), SUPPORTED, 0.0, 0.95, 0.0, 0.998)) == ""
    assert figure_in_short(Row(claim(), (), SUPPORTED, 0.0, 0.95, 0.0, 0.998)) == ""
