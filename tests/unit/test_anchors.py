import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.anchors import first_guess, followed, measured, misses, targets
from sim.market.laws import N_FLOWS, Anchors, Flow

FACTS = len(Anchors._fields) - 1  # one for each anchor but the brand's equity, which is measured


def test_every_anchor_but_the_equity_answers_for_a_stated_fact(tiny):
    assert len(targets(tiny)) == FACTS
    assert np.isfinite(targets(tiny)).all()


def test_facts_that_are_met_are_not_missed(tiny):
    assert misses(targets(tiny), targets(tiny)).tolist() == [0.0] * FACTS


def test_what_could_not_be_measured_is_no_miss(tiny):
    assert misses(measured(np.zeros(N_FLOWS), 1), targets(tiny)).tolist() == [0.0] * FACTS


def test_facts_are_measured_per_pilot():
    flows = np.zeros(N_FLOWS)
    flows[[Flow.EXPECTED_READY, Flow.EXPECTED_JUNK, Flow.EXPECTED_FOUND]] = 20.0, 80.0, 30.0
    flows[[Flow.CREATED_READY, Flow.CREATED_JUNK, Flow.MQLS, Flow.EXPECTED_ACCEPTED]] = 24.0, 76.0, 25.0, 5.0
    flows[[Flow.DECIDED, Flow.EXPECTED_WINS, Flow.EXPECTED_BOOKINGS_USD]] = 40.0, 10.0, 300_000.0
    flows[[Flow.RENEWALS_DUE, Flow.EXPECTED_RENEWED, Flow.EXPECTED_LOG_CYCLE]] = 50.0, 43.0, 22.0
    assert measured(flows, 2).tolist() == pytest.approx([10, 40, 0.25, 0.2, 15, 0.25, 30_000, 0.86, 2.2])


@given(factor=st.floats(1.01, 2.0))
def test_too_few_are_answered_by_more_and_too_many_by_fewer(tiny, factor):
    stated, anchors = targets(tiny), first_guess(tiny)
    for simulated, sign in ((stated / factor, 1.0), (stated * factor, -1.0)):
        # A share that is doubled may not exceed 1.
        off = misses(np.where(simulated < 1.0, simulated, np.minimum(simulated, np.maximum(stated, 0.99))), stated)
        assert (off * sign >= 0.0).all()
        moved = np.array(followed(anchors, off, 0.5)[:-1]) - np.array(anchors[:-1])
        assert (moved * sign >= 0.0).all()
        assert (moved * sign > 0.0).any()


def test_anchors_that_meet_the_facts_stay(tiny):
    anchors = first_guess(tiny)
    assert followed(anchors, np.zeros(FACTS), 0.5) == anchors


@given(off=st.lists(st.floats(-1.0, 1.0), min_size=FACTS, max_size=FACTS), step=st.floats(0.01, 0.5))
def test_a_step_goes_part_of_the_way_and_leaves_the_equity(tiny, off, step):
    anchors = first_guess(tiny)
    part, whole = (followed(anchors, np.array(off), s) for s in (step, 1.0))
    for name, before, after, all_the_way in zip(Anchors._fields, anchors, part, whole, strict=True):
        assert abs(after - before) <= abs(all_the_way - before) + 1e-12, name
    assert part.equity == anchors.equity


@given(simulated=st.floats(1e-6, 1e9))
def test_no_miss_is_answered_by_more_than_one_unit(tiny, simulated):
    assert np.abs(misses(np.full(FACTS, simulated), targets(tiny))).max() <= 1.0
