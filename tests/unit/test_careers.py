import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.org.careers import quarter_later, quarterly_effect, quarterly_presence, weekly_presence, weekly_ramp
from sim.periods import WEEKS_PER_QUARTER

WEEKS = np.arange(WEEKS_PER_QUARTER)
SEATS = st.lists(st.tuples(st.floats(0.0, 40.0), st.floats(0.0, 60.0)), min_size=1, max_size=5)
RAMPS = st.just(0.0) | st.floats(0.5, 60.0)


def columns(seats):
    """Vacant weeks and tenure of seats; who has yet to come has been there for no week."""
    vacant = np.array([v for v, _ in seats])
    return vacant, np.where(vacant > 0.0, 0.0, [t for _, t in seats])


def presence_in_numpy(vacant):
    return np.clip(WEEKS[None, :] + 1.0 - vacant[:, None], 0.0, 1.0)


def ramp_in_numpy(tenure, vacant, ramp_weeks):
    if ramp_weeks == 0.0:
        return np.ones((len(tenure), WEEKS_PER_QUARTER))
    there = np.maximum(tenure[:, None] + WEEKS[None, :] + 0.5 - vacant[:, None], 0.0)
    return np.minimum(there / ramp_weeks, 1.0)


@given(seats=SEATS, ramp_weeks=RAMPS)
def test_presence_ramp_and_effect_are_what_arrays_say(seats, ramp_weeks):
    vacant, tenure = columns(seats)
    presence, ramp = presence_in_numpy(vacant), ramp_in_numpy(tenure, vacant, ramp_weeks)
    np.testing.assert_allclose(weekly_presence(vacant), presence, atol=1e-12)
    np.testing.assert_allclose(weekly_ramp(tenure, vacant, ramp_weeks), ramp, atol=1e-12)
    np.testing.assert_allclose(quarterly_presence(vacant), presence.mean(axis=1), atol=1e-12)
    np.testing.assert_allclose(quarterly_effect(tenure, vacant, ramp_weeks), (presence * ramp).mean(axis=1), atol=1e-12)


@given(seats=SEATS)
def test_tenure_grows_by_the_weeks_that_a_seat_was_filled(seats):
    for vacant, tenure in zip(*columns(seats), strict=True):
        later, left = quarter_later(tenure, vacant)
        assert later - tenure == pytest.approx(presence_in_numpy(np.array([vacant])).sum(), abs=1e-9)
        assert left == max(vacant - WEEKS_PER_QUARTER, 0.0)
