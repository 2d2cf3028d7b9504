"""The ledger as it is told: pictures in which nothing is covered or cut off, sentences that follow from the numbers."""

import itertools

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from sim.compose import sim_config
from sim.report.figures.canvas import drawing
from sim.report.figures.claims import claims_figure
from sim.report.figures.flips import flips_figure
from sim.report.figures.plausible import plausible_figure
from sim.report.ledger.sentences import (
    extremes_told,
    flips_told,
    shares_told,
    strata_told,
    tally,
    verdict_cell,
    why_told,
)
from sim.report.ledger.tables import claims_table, flips_table, why_table
from sim.report.styles import styles_of
from sim.study.claims.claim import Claim, Number
from sim.study.claims.flips import Flip, asked, panels, variations
from sim.study.claims.measuring import Measured
from sim.study.claims.registry import register
from sim.study.claims.verdict import CONTRADICTED, SUPPORTED, UNCLEAR, Row
from sim.study.claims.why import Reasons, Without
from sim.study.plausible.assessment import Assessment, Extreme
from sim.study.plausible.matching import Implausibility
from sim.study.plausible.prior import prior
from sim.study.plausible.rivalry import EQUAL, Cell, Rivalry
from sim.study.plausible.search import Case
from sim.study.plausible.shares import believed
from sim.study.statistics import Estimate

REGISTER = register()
SIZES = {"USD": -1.23e6, "share": 0.4321, "multiple": 1.04}


def measured(number, wide):
    """A number with as many digits as it may have to be written with."""
    middle = SIZES.get(number.unit, -12.34) + number.against * 0.0
    values = middle * (1.0 + (0.9 if wide else 1e-3) * np.linspace(-1.0, 1.0, 16))
    return Measured(number, pd.Series(values))


def rows(wide):
    directions = itertools.cycle((SUPPORTED, UNCLEAR, CONTRADICTED))
    return [
        Row(claim, tuple(measured(number, wide) for number in claim.numbers), direction, 0.01, 0.998, 1e7, 0.998)
        for claim, direction in zip(REGISTER.claims, directions, strict=False)
    ]


def flips():
    cycle = itertools.cycle((SUPPORTED, UNCLEAR, CONTRADICTED))
    return [
        Flip(claim.name, number, variation, measured(number, wide=True).estimate(), next(cycle))
        for claim in REGISTER.claims
        for number in asked(claim)
        for variation in variations()
    ]


def assessment():
    ground = prior()
    worlds = {f"world-{number}": world for number, world in enumerate(ground.drawn(48))}
    rng, found = np.random.default_rng(0), {}
    for practices in ground.practices:
        seen = 2.0 * rng.standard_normal((48, 3)) - 1.0
        noise = np.broadcast_to(0.5 * np.eye(3), (48, 3, 3))
        cell = Cell(practices, EQUAL)
        found[cell] = believed(ground, worlds, Rivalry(cell, tuple(worlds), ground.rivals, seen, noise))
    at = {rival: Estimate(place - 2.0, place - 3.0, place - 1.0, 32) for place, rival in enumerate(ground.rivals)}
    usd = {rival: Estimate(1e6 * one.mean, 1e6 * one.low, 1e6 * one.high, 32) for rival, one in at.items()}
    against = {rival: -one for rival, one in at.items()}
    extremes = tuple(
        Extreme(for_rivals, Case(cell, "w", worlds["world-0"], 32, 20), at if for_rivals else against, usd)
        for for_rivals in (True, False)
        for cell in found
    )
    plausible = dict.fromkeys(worlds, Implausibility(1.0, "P1a"))
    return Assessment(ground, worlds, plausible, found, extremes, 4)


def words(figure):
    with drawing():
        renderer = figure.canvas.get_renderer()
        figure.draw(renderer)
        texts = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
        return [(text.get_text(), text.get_window_extent(renderer)) for text in texts], figure.bbox


def assert_readable(figure):
    found, page = words(figure)
    for text, box in found:
        assert page.x0 <= box.x0 < box.x1 <= page.x1, f"{text!r} is cut off"
    for (one, a), (other, b) in itertools.combinations(found, 2):
        apart = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert not (apart[0] > 1 and apart[1] > 3), f"{one!r} covers {other!r}"


@pytest.mark.parametrize("wide", [True, False])
def test_twenty_six_claims_stand_on_one_page_and_nothing_is_covered(wide):
    figure = claims_figure(rows(wide), 128)
    assert_readable(figure)
    said = " ".join(text for text, _ in words(figure)[0])
    assert all(claim.name in said for claim in REGISTER.claims)
    assert all(f"{figure}%" in said for figure in (5, 79, 87, 70, 208, 10))


def test_axes_along_which_verdicts_change_stand_on_one_page():
    assert_readable(flips_figure(flips(), 32))


def test_the_priors_worlds_stand_beside_each_sides_best_case():
    found = assessment()
    styles = styles_of({name: sim_config(f"org={name}") for name in (found.prior.favoured, *found.prior.rivals)})
    figure = plausible_figure(found, verdict_cell(found), styles)
    assert_readable(figure)
    assert any(text.startswith("Two leaders lead every merged form in ") for text, _ in words(figure)[0])


def test_verdicts_are_counted():
    assert tally(rows(wide=True)) == (
        "Of 26 claims 9 are supported, 9 show no clear difference, 8 are contradicted; money is negligible in 6 of them"
    )
    one = rows(wide=False)[:1]
    assert tally(one) == "Of 1 claims 1 is supported"


def test_reasons_are_told_or_said_to_be_unknown():
    found = [
        Reasons("C01", True, ("trust", "conflict"), ()), Reasons("C02", True, (), ()), Reasons("C03", False, (), ()),
    ]  # fmt: skip
    assert why_told(found).splitlines() == [
        "- C01 vanishes without trust or conflict", "- C02 holds without any single mechanism",
        "- C03 is not clear in so few futures with everything on; needs more why_seeds",
        "- A row over the prior has no one world to switch a mechanism off in; what moves it are the prior's factors",
    ]  # fmt: skip


def test_sentences_of_the_prior_hold_their_numbers():
    found = assessment()
    share = found.found[verdict_cell(found)].share()
    assert f"{100 * share.mean:.0f}% of these" in shares_told(found)
    assert "lead in clearly fewer than half of the worlds, strong practices, equal cost, with" in strata_told(found)
    both = extremes_told(found)
    assert "one leader from sales over two leaders by 2.0% (1.0 to 3.0)" in both
    assert "two leaders over one balanced leader" in both or "the best merged form" in both


def test_changes_along_axes_are_told():
    told = flips_told(flips())
    assert told
    assert all(" turns round along " in line or " fades along " in line for line in told)
    assert len(panels(flips())) >= len(told)


def test_tables_have_a_row_for_every_number():
    table = claims_table(rows(wide=True))
    assert len(table) == sum(len(claim.numbers) for claim in REGISTER.claims)
    assert table["id"].is_unique
    assert flips_table(flips())["id"].is_unique
    at = Estimate(1.0, 0.5, 1.5, 16)
    one = Without("C01", "x", "trust", at, at, at, 0.01, False)
    assert why_table([Reasons("C01", True, ("trust",), (one,))])["id"].tolist() == ["C01.x@without=trust"]
    assert isinstance(REGISTER.claims[0], Claim)
    assert isinstance(REGISTER.claims[0].numbers[0], Number)
