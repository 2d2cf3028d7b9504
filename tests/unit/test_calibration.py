"""Calibration finds what is there to be found, claims no more, and goes on where it stopped."""

import numpy as np
import pytest

from sim.study.calibration import search
from sim.study.calibration.emulator import Emulator, fitted
from sim.study.calibration.evaluation import misfit
from sim.study.calibration.matching import (
    AIMS,
    ASSUMED,
    SPREADS,
    best,
    distances,
    plausible_share,
    posterior,
)
from sim.study.calibration.search import Search, at, evenly, shares_of
from sim.study.calibration.space import CONSTANTS, NAMES, overrides
from sim.study.patterns.fitted import FITTED

N, N_PATTERNS = len(CONSTANTS), len(FITTED)


def flat(values=AIMS):
    """An emulator that shows the same everywhere."""
    coefficients = np.zeros((1 + 2 * N, N_PATTERNS))
    coefficients[0] = values
    return Emulator(coefficients, np.full(N_PATTERNS, 1e-6), np.ones(N_PATTERNS))


def test_a_point_is_written_as_settings_and_read_as_shares():
    shares = np.linspace(0.0, 1.0, N)
    point = at(shares)
    assert tuple(point) == NAMES
    np.testing.assert_allclose(shares_of([point])[0], shares, atol=1e-5)
    assert overrides({"market.value_slope": -0.25}) == ["market.value_slope=-0.25"]


def test_points_of_the_first_wave_fill_the_space_and_are_the_same_every_time():
    points = evenly(64)
    assert points == evenly(64)
    shares = shares_of(points)
    assert (np.histogram(shares[:, 0], bins=4, range=(0, 1))[0] == 16).all()


def test_an_emulator_finds_the_quadratic_behind_points_and_knows_its_errors():
    points = evenly(128)
    shares = shares_of(points)
    truth = 1.0 + 0.5 * shares[:, 0] - 2.0 * shares[:, 1] ** 2
    noise = 0.1 * np.random.default_rng(0).standard_normal(len(points))
    found = fitted(list(zip(points, map(seen, truth + noise), strict=True)))
    elsewhere = np.random.default_rng(1).random((200, N))
    expected = 1.0 + 0.5 * elsewhere[:, 0] - 2.0 * elsewhere[:, 1] ** 2
    assert np.abs(found(elsewhere)[:, 0] - expected).mean() < 0.08
    assert found.errors[0] == pytest.approx(0.1 * np.sqrt(128 / (128 - 37)), rel=0.25)
    assert found.explained[0] > 0.9


def test_what_the_futures_leave_open_is_part_of_an_emulators_error():
    """All points share their futures, so their luck shows in no miss."""
    points = evenly(128)
    found = fitted([(point, seen(1.0, error=0.3)) for point in points])
    assert found.errors == pytest.approx(0.3)


def seen(value, error=0.0):
    return {p.name: value for p in FITTED} | {f"{p.name}/error": error for p in FITTED}


def test_an_emulator_wants_points_enough():
    points = evenly(32)
    with pytest.raises(ValueError, match="32 points: an emulator of 37 terms needs twice as many"):
        fitted([(point, dict.fromkeys((p.name for p in FITTED), 1.0)) for point in points])


def test_what_the_patterns_say_nothing_of_stays_as_it_was_assumed():
    left = posterior(flat())
    np.testing.assert_allclose(left.widths, 1.0, atol=0.12)
    np.testing.assert_allclose(best(flat()), np.clip(ASSUMED, 0, 1), atol=0.02)
    assert plausible_share(flat()) == 1.0


def test_a_pattern_that_hangs_on_a_constant_pins_it_down_and_no_other():
    emulator = flat()
    emulator.coefficients[1, 0] = 8.0 * SPREADS[0]  # the first pattern moves by 16 sd over the first constant's range
    left = posterior(emulator)
    assert left.widths[0] < 0.3
    np.testing.assert_allclose(left.widths[1:], 1.0, atol=0.12)
    assert left.quantiles((0.5,))[0, 0] == pytest.approx(0.5, abs=0.05)
    assert plausible_share(emulator) == pytest.approx(6 / 16, abs=0.02)


def test_a_pattern_out_of_reach_rules_everything_out():
    values = AIMS.copy()
    values[2] += 4.0 * SPREADS[2]
    assert plausible_share(flat(values)) == 0.0
    assert distances(flat(values), np.full((1, N), 0.5))[0, 2] == pytest.approx(4.0, rel=1e-3)


def test_misfit_is_none_where_all_is_typical():
    assert misfit({p.name: p.aim for p in FITTED}) == 0.0
    assert misfit({p.name: p.aim + p.spread for p in FITTED}) == pytest.approx(N_PATTERNS)


def test_a_search_goes_on_where_it_stopped(tmp_path, monkeypatch):
    asked = []

    def evaluated(point, n_seeds):
        asked.append((point["market.value_slope"], n_seeds))
        return {p.name: p.aim for p in FITTED}

    monkeypatch.setattr(search, "evaluated", evaluated)
    points = evenly(4)
    stopped = Search(tmp_path, 3).evaluate(points, n_jobs=1)
    next(stopped)
    stopped.close()
    n_before = len(Search(tmp_path, 3).points())
    assert n_before >= 1
    rest = list(Search(tmp_path, 3).evaluate(points, n_jobs=1))
    assert len(rest) == 4 - n_before
    assert len(Search(tmp_path, 3).points()) == 4
    assert {n for _, n in asked} == {3}
    assert not Search(tmp_path, 5).points()  # other futures are another search
