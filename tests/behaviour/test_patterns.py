"""What is known of companies like these: watched without touching, measured as the field measures it."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.cli import main
from sim.model import GoToMarket, past_of
from sim.settings import ExecutorSettings
from sim.store import Store
from sim.study.patterns.checked import CHECKED
from sim.study.patterns.fitted import FITTED
from sim.study.patterns.gathering import as_run, from_run, gathered
from sim.study.patterns.olist import VARIABLE, olist_patterns
from sim.study.patterns.pattern import Pattern, ratio
from sim.study.patterns.pushes import PUSHED, elasticity, pushed, silenced
from sim.study.patterns.sightings import estimate, fitted_in, pooled, reference_company, seen_in
from sim.study.patterns.verdict import (
    ABOVE,
    AS_KNOWN,
    BELOW,
    INSIDE,
    NEAR,
    NOT_KNOWN,
    NOT_SEEN,
    OTHERWISE,
    PREDICTED,
    UNCLEAR,
    Finding,
)
from sim.study.patterns.watched import Watched
from sim.study.patterns.worlds import worlds
from sim.study.statistics import Estimate

SERIAL = ExecutorSettings(name="serial")
FUTURES = 6


@pytest.fixture(scope="module")
def company():
    return reference_company("company=medium")


@pytest.fixture(scope="module")
def futures(company):
    past = past_of(company)
    return [fitted_in(company, seed, past) for seed in range(FUTURES)]


def test_watching_changes_nothing(company):
    past = past_of(company)
    short = replace(company, horizon_quarters=4)
    watched, unwatched = Watched(short, 3, past).run(), GoToMarket(short, 3, past).run()
    pd.testing.assert_frame_equal(watched.quarters(), unwatched.quarters(), check_exact=True)


def test_what_is_watched_is_what_the_books_count(company):
    model = Watched(replace(company, horizon_quarters=4), 0, past_of(company)).run()
    rows = [row for row in model.rows if not row["is_warm_up"]]
    seen = model.seen
    assert seen["bookings"] == pytest.approx(sum(row["bookings_usd"] for row in rows))
    assert seen["deals_won"] == sum(row["wins"] for row in rows)
    assert seen["deals"] <= sum(row["closed"] for row in rows)  # the others were never decided
    assert 0 < seen["ages"].sum() < seen["deals_won"]
    assert 0.0 < seen["bookings_late"] < seen["bookings"]


def test_the_model_is_not_ruled_out_by_any_pattern_that_it_was_fitted_to(futures):
    """The fast form of `twohats patterns`: implausibility below 3, as in the calibration."""
    distances = {}
    for pattern in FITTED:
        found = estimate(pattern, futures)
        error = (found.high - found.low) / 4.0
        distances[pattern.name] = abs(found.mean - pattern.aim) / np.hypot(pattern.spread, error)
    assert max(distances.values()) < 3.0, distances


def test_every_pattern_is_a_number_of_what_is_seen(company):
    seen = seen_in(replace(company, horizon_quarters=8), 0, past_of(company))
    of_worlds = {f"{kind}/{name}": 1.0 for kind in ("value", "pay", "gross") for name in worlds()}
    for pattern in (*FITTED, *CHECKED):
        assert np.isfinite(pattern.value({**seen, **of_worlds})), pattern.name


def test_names_of_patterns_are_unique():
    names = [pattern.name for pattern in (*FITTED, *CHECKED)]
    assert len(set(names)) == len(names)


def test_no_pattern_that_is_fitted_to_compares_structures_or_practices(futures):
    assert not any(name.startswith(("value/", "gross/")) for name in futures[0])


# ---- pushes


def test_a_push_moves_its_resource_and_nothing_else(company):
    more = pushed(company, "budget", 1.1)
    (change,) = more.changes
    assert (change.quarter, dict(change.settings)) == (
        1, {"company.program_budget_usd_per_year": pytest.approx(1.1 * company.company.program_budget_usd_per_year)},
    )  # fmt: skip
    assert set(pushed(company, "hours", 0.9).changes[0].settings) == set(PUSHED["hours"])


def test_elasticity_is_that_of_a_power_law():
    seen = {"budget/long/up": 100.0 * 1.1**0.3, "budget/long/down": 100.0 * 0.9**0.3}
    assert elasticity(seen, "budget", "long") == pytest.approx(0.3)
    assert silenced({"silence/1": 80.0, "usual/1": 100.0}, 1) == pytest.approx(-0.2)


# ---- many futures


def test_a_jackknife_knows_the_mean_of_plain_numbers():
    pattern = Pattern("X", "", "", 0.0, 1.0, "clamp", ratio("a", "n"))
    numbers = [1.0, 2.0, 4.0, 9.0]
    found = estimate(pattern, [{"a": number, "n": 1.0} for number in numbers])
    half = 3.182446 * np.std(numbers, ddof=1) / 2.0
    assert (found.mean, found.high - found.mean) == (pytest.approx(4.0), pytest.approx(half, rel=1e-5))


def test_futures_are_kept_whole_and_looked_at_once(company, tmp_path):
    short = replace(company, horizon_quarters=6)
    heard = []
    with Store(tmp_path) as store:
        found, failures = gathered({"short": short}, (0, 1), SERIAL, store, heard.append)
        more, _ = gathered({"the same": short}, (0, 1, 2), SERIAL, store, heard.append)
    first, again = found["short"], more["the same"]
    assert not failures
    assert heard == [0, 1, 1, 2, 1]
    for name in first[0]:
        np.testing.assert_array_equal(first[0][name], again[0][name])
    np.testing.assert_array_equal(from_run(as_run(first[1]))["ages"], first[1]["ages"])
    assert pooled(first)["mqls"] == first[0]["mqls"] + first[1]["mqls"]


# ---- verdicts


@pytest.mark.parametrize(
    ("mean", "low", "high", "verdict"),
    [
        (0.5, 0.4, 0.6, INSIDE), (-0.1, -0.2, 0.1, NEAR), (1.2, 0.9, 1.5, NEAR), (-0.5, -0.6, -0.4, BELOW),
        (2.0, 1.5, 2.5, ABOVE), (0.5, -1.0, 2.0, NOT_KNOWN), (-1.0, -1.9, -0.1, BELOW),
    ],
)  # fmt: skip
def test_a_number_lies_inside_a_range_near_it_or_beyond(mean, low, high, verdict):
    pattern = Pattern("X", "", "", 0.0, 1.0, "clamp", ratio("a", "b"))
    assert Finding(pattern, Estimate(mean, low, high, 9), is_fitted=True).verdict == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(0.1, 0.3, AS_KNOWN), (-0.1, 0.3, UNCLEAR), (-0.3, -0.1, OTHERWISE)]
)
def test_where_only_a_sign_is_known_the_interval_decides(low, high, verdict):
    up = Pattern("X", "", "", 0.0, np.inf, "clamp", ratio("a", "b"))
    down = replace(up, low=-np.inf, high=0.0)
    mean = 0.5 * (low + high)
    assert Finding(up, Estimate(mean, low, high, 9), is_fitted=False).verdict == verdict
    assert Finding(down, Estimate(-mean, -high, -low, 9), is_fitted=False).verdict == verdict


def test_where_nothing_is_known_or_seen_there_is_no_verdict():
    nothing = Pattern("X", "", "", -np.inf, np.inf, "clamp", ratio("a", "b"))
    assert Finding(nothing, Estimate(1.0, 0.5, 1.5, 9), is_fitted=False).verdict == PREDICTED
    unseen = estimate(Pattern("X", "", "", 0.0, 1.0, "clamp", ratio("a", "n")), [{"a": 0.0, "n": 0.0}] * 8)
    assert Finding(replace(nothing, low=0.0, high=1.0), unseen, is_fitted=True).verdict == NOT_SEEN


# ---- a real funnel


@pytest.mark.skipif(VARIABLE not in os.environ, reason=f"{VARIABLE} does not say where Olist's funnel lies")
def test_a_real_funnel_lies_within_the_ranges_that_are_fitted_to():
    shown = olist_patterns(Path(os.environ[VARIABLE]))
    known = {pattern.name: pattern for pattern in FITTED}
    assert set(shown) == {"P1a", "P1b", "P2a", "P2b", "P4a"}
    for name, value in shown.items():
        assert known[name].low <= value <= known[name].high + 0.001, name


@pytest.mark.skipif(VARIABLE not in os.environ, reason=f"{VARIABLE} does not say where Olist's funnel lies")
def test_simulated_deals_take_as_differently_long_and_channels_differ_as_much_as_real_ones(futures):
    shown = olist_patterns(Path(os.environ[VARIABLE]))
    simulated = {pattern.name: estimate(pattern, futures).mean for pattern in FITTED}
    assert simulated["P2a"] == pytest.approx(shown["P2a"], abs=0.35)
    assert simulated["P2b"] == pytest.approx(shown["P2b"], abs=0.4)
    assert 0.5 < simulated["P1b"] / shown["P1b"] < 2.0


# ---- the command


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["org=separate"], "org=separate: patterns are looked at under the company's own structure; must be left out"),
        (["precision=2%"], "precision=2%: is for compare and whatif; must be left out"),
        (["seeds=4"], "seeds = 4 futures: must be at least 8"),
        (
            ["seeds=8", "horizon_quarters=4"],
            "horizon_quarters = 4 quarters measured: must be at least 8; an MQL is given a year to be won in",
        ),
    ],
)
def test_a_wrong_wish_gets_one_line(arguments, line, capsys):
    assert main(["patterns", *arguments]) == 2
    assert capsys.readouterr().err == f"twohats: {line}\n"


def test_a_wrong_place_of_the_real_funnel_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert main(["patterns", "seeds=8"]) == 2
    assert f"{VARIABLE} = {tmp_path}: has no olist_marketing_qualified_leads_dataset.csv" in capsys.readouterr().err
