from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import PeopleConfig, PracticesConfig
from sim.org.alignment import LEAST_UPKEEP, MOST_UPKEEP, actual_alignment, lived, perceived_alignment, upkeep
from sim.org.structure import MARKETING, SALES
from sim.randomness import Luck

PEOPLE, TYPICAL = PeopleConfig(), PracticesConfig()
NAMES = tuple(TYPICAL.levels())
SHARES = st.floats(0.0, 1.0)
LEVELS = st.builds(PracticesConfig, **dict.fromkeys(NAMES, SHARES))
QUARTERS = 4_000


@given(parts=st.tuples(SHARES, SHARES, SHARES))
def test_alignment_is_the_mean_of_cooperation_trust_and_one_story(parts):
    assert actual_alignment(*parts) == pytest.approx(sum(parts) / 3.0)
    assert min(parts) - 1e-12 <= actual_alignment(*parts) <= max(parts) + 1e-12


@given(actual=SHARES, seed=st.integers(0, 50), quarter=st.integers(0, 60))
def test_each_function_sees_an_alignment_between_0_and_1(actual, seed, quarter):
    seen = perceived_alignment(PEOPLE, Luck(seed), actual, quarter)
    assert seen.shape == (2,)
    assert ((seen >= 0.0) & (seen <= 1.0)).all()


def test_leaders_see_alignment_fifteen_hundredths_above_the_actual_with_noise():
    # 4,000 quarters: a standard error of .0016; three of them are allowed.
    seen = np.array([perceived_alignment(PEOPLE, Luck(3), 0.4, quarter) for quarter in range(QUARTERS)])
    assert seen.mean(axis=0) == pytest.approx([0.55, 0.55], abs=0.005)
    assert seen.std(axis=0) == pytest.approx([0.10, 0.10], abs=0.005)
    assert abs(np.corrcoef(seen[:, SALES], seen[:, MARKETING])[0, 1]) < 0.05


@given(actuals=st.tuples(SHARES, SHARES), quarter=st.integers(0, 60))
def test_more_alignment_never_looks_like_less(actuals, quarter):
    less, more = (perceived_alignment(PEOPLE, Luck(0), actual, quarter) for actual in sorted(actuals))
    assert (less <= more).all()


def test_without_bias_and_noise_leaders_see_what_is():
    sober = replace(PEOPLE, perception_bias=0.0, perception_noise=0.0)
    assert perceived_alignment(sober, Luck(0), 0.4, 7).tolist() == [0.4, 0.4]


def test_at_the_aspired_alignment_practices_are_lived_as_agreed():
    assert upkeep(PEOPLE, PEOPLE.aspired_alignment) == 1.0
    assert upkeep(replace(PEOPLE, upkeep_slope=0.0), 0.9) == 1.0


@given(seen=st.tuples(SHARES, SHARES), slope=st.floats(0.0, 2.0), aspired=st.floats(0.2, 1.0))
def test_what_looks_mended_is_mended_less(seen, slope, aspired):
    people = replace(PEOPLE, upkeep_slope=slope, aspired_alignment=aspired)
    bad, good = (upkeep(people, alignment) for alignment in sorted(seen))
    assert LEAST_UPKEEP <= good <= bad <= MOST_UPKEEP
    assert (LEAST_UPKEEP, MOST_UPKEEP) == (0.5, 1.25)


def test_a_tenth_of_alignment_seen_too_much_lowers_upkeep_by_a_twentieth():
    assert upkeep(PEOPLE, PEOPLE.aspired_alignment + 0.1) == pytest.approx(0.95)
    assert upkeep(PEOPLE, PEOPLE.aspired_alignment - 0.1) == pytest.approx(1.05)


@given(level=st.floats(0.001, 0.999), multiples=st.tuples(st.floats(0.5, 1.25), st.floats(0.5, 1.25)))
def test_practices_kept_up_better_are_lived_more_and_never_beyond_1(level, multiples):
    agreed = PracticesConfig(**dict.fromkeys(NAMES, level))
    worse, better = (lived(agreed, multiple).levels() for multiple in sorted(multiples))
    for name in NAMES:
        assert 0.0 < worse[name] <= better[name] < 1.0
        assert worse[name] == pytest.approx(level ** (1.0 / min(multiples)))


def test_of_typical_practices_a_third_is_lived_at_an_upkeep_of_four_fifths_and_half_at_the_most():
    for multiple, level in ((0.8, 0.32), (MOST_UPKEEP, 0.48)):
        assert [*lived(TYPICAL, multiple).levels().values()] == pytest.approx([level] * 6, abs=0.002)


@given(multiple=st.floats(LEAST_UPKEEP, MOST_UPKEEP))
def test_what_is_wholly_a_habit_stays_whole(multiple):
    perfect = PracticesConfig(**dict.fromkeys(NAMES, 1.0))
    assert lived(perfect, multiple) == perfect


@given(agreed=LEVELS)
def test_kept_up_in_full_practices_are_those_agreed(agreed):
    assert lived(agreed, 1.0) == agreed


@given(multiple=st.floats(LEAST_UPKEEP, MOST_UPKEEP))
def test_what_was_never_agreed_is_never_lived(multiple):
    none = PracticesConfig(**dict.fromkeys(NAMES, 0.0))
    assert lived(none, multiple) == none


@given(agreed=LEVELS)
def test_without_any_upkeep_nothing_is_lived(agreed):
    assert set(lived(agreed, 0.0).levels().values()) == {0.0}
