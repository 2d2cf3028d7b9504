import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.trust import (
    MARKETERS_AT_MOST,
    NEGATIVE_BELOW,
    OF_MARKETING,
    OF_SALES,
    Trust,
    contact_rate,
    experience,
    follow_up_chance,
    leanings,
    pooled_share,
    promised_share,
    started_trust,
)
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import Decision, Luck, event_number

PEOPLE, PATHWAYS, TYPICAL = PeopleConfig(), PathwaysConfig(), PracticesConfig()
NONE = PracticesConfig(**dict.fromkeys(TYPICAL.levels(), 0.0))
SHARES = st.floats(0.0, 1.0)
TEAMS = st.tuples(st.integers(1, 200), st.integers(1, 100))
COUNTS = st.lists(st.tuples(st.integers(0, 40), SHARES), min_size=1, max_size=12)
FAIR = np.zeros(2)


def trust_of(level, n_sales=3, n_marketing=2):
    shape = (2, n_sales, n_marketing)
    return Trust(np.full(shape, float(level)), np.zeros(shape))


def contact(teams, practices=TYPICAL, people=PEOPLE, pathways=PATHWAYS):
    return contact_rate(people, pathways, practices, np.array(teams))


def settled(teams, taught, practices=TYPICAL):
    """Trust after thirty years of the same experience."""
    trust = trust_of(0.0, 1, 1)
    for _ in range(120):
        trust.grow(PEOPLE, contact(teams, practices), np.full((2, 1, 1), taught))
    return float(trust.level[0, 0, 0])


def taught(real=0.4, used=0.5, promised=0.4, content_used=0.5, unfair=FAIR):
    """What a quarter taught one pair of each other: (of sales, of marketing)."""
    return experience(
        PEOPLE, np.array([[real]]), np.array([[used]]), promised, content_used, np.asarray(unfair)
    ).ravel()  # fmt: skip


# ---- growing and fading


@given(level=SHARES, rate=st.floats(0.0, 1.0), taught_by=SHARES)
def test_a_quarter_in_closed_form_is_its_thirteen_weeks(level, rate, taught_by):
    pace = rate + PEOPLE.trust_decay
    target, weekly = rate * taught_by / pace, level
    for _ in range(WEEKS_PER_QUARTER):
        weekly = target + (weekly - target) * math.exp(-pace)
    trust = trust_of(level)
    trust.grow(PEOPLE, rate, np.full_like(trust.level, taught_by))
    np.testing.assert_allclose(trust.level, weekly, atol=1e-12)


@given(level=SHARES, rate=st.floats(0.0, 1.0), taught_by=SHARES)
def test_the_closed_form_solves_its_differential_equation(level, rate, taught_by):
    # Many small steps of dT/dt = contact (x - T) - decay T; their error is below a thousandth.
    stepwise, steps = level, 4000
    for _ in range(steps):
        stepwise += (rate * (taught_by - stepwise) - PEOPLE.trust_decay * stepwise) * WEEKS_PER_QUARTER / steps
    trust = trust_of(level)
    trust.grow(PEOPLE, rate, np.full_like(trust.level, taught_by))
    np.testing.assert_allclose(trust.level, stepwise, atol=1e-3)


@given(level=SHARES, rate=st.floats(0.0, 3.0), taught_by=SHARES)
def test_trust_moves_toward_what_experience_and_contact_bear_and_stays_a_share(level, rate, taught_by):
    trust = trust_of(level)
    trust.grow(PEOPLE, rate, np.full_like(trust.level, taught_by))
    bears = rate * taught_by / (rate + PEOPLE.trust_decay)
    assert (trust.level >= min(level, bears) - 1e-12).all()
    assert (trust.level <= max(level, bears) + 1e-12).all()


def test_without_contact_half_of_trust_is_gone_in_35_weeks():
    trust = trust_of(0.8)
    trust.grow(PEOPLE, 0.0, np.ones_like(trust.level))
    np.testing.assert_allclose(trust.level, 0.8 * math.exp(-0.02 * WEEKS_PER_QUARTER))
    assert math.exp(-0.02 * 35) == pytest.approx(0.5, abs=0.01)


def test_without_contact_and_without_fading_trust_stays():
    trust = trust_of(0.8)
    trust.grow(replace(PEOPLE, trust_decay=0.0), 0.0, np.zeros_like(trust.level))
    assert (trust.level == 0.8).all()


def test_each_pair_goes_by_its_own_experience():
    trust, lived = trust_of(0.5), np.full((2, 3, 2), 0.5)
    lived[OF_SALES, 0, 1] = 1.0
    trust.grow(PEOPLE, 0.1, lived)
    others = np.delete(trust.level.ravel(), 1)
    assert (others == others[0]).all()
    assert trust.level[OF_SALES, 0, 1] > others[0]


# ---- contact


@given(teams=TEAMS)
def test_contact_is_a_budget_of_hours_spread_over_all_pairs(teams):
    n_sales, n_marketing = teams
    hours = 0.5 + 0.4 * 1.0 + 0.4 * 0.5  # hallways, joint reviews, cross-learning
    spent = contact(teams) * n_sales * n_marketing
    assert spent == pytest.approx(PEOPLE.trust_gain * hours * (n_sales + n_marketing))


@given(teams=TEAMS, added=st.tuples(st.integers(0, 50), st.integers(0, 50)))
def test_a_bigger_team_knows_each_other_less(teams, added):
    bigger = (teams[0] + added[0], teams[1] + added[1])
    assert contact(bigger) <= contact(teams) + 1e-15


@pytest.mark.parametrize("practice", ["joint_reviews", "cross_learning"])
def test_practices_that_bring_people_together_make_contact(practice):
    assert contact((12, 6), replace(NONE, **{practice: 1.0})) > contact((12, 6), NONE)


@pytest.mark.parametrize("practice", ["shared_kpis", "role_clarity", "shared_crm", "unified_incentives"])
def test_the_other_practices_bring_nobody_together(practice):
    assert contact((12, 6), replace(NONE, **{practice: 1.0})) == contact((12, 6), NONE)


def test_companies_drift_into_silos_as_they_grow():
    # What experience bears at .8 of full: about half among 12 and 6, who would have more if they were few.
    startup, small, medium, large = (settled(teams, 0.8) for teams in ((2, 1), (6, 2), (12, 6), (36, 16)))
    assert startup > small > medium > large
    assert medium == pytest.approx(0.5, abs=0.05)
    assert large < 0.35


def test_without_practices_trust_is_lower():
    assert settled((12, 6), 0.8, NONE) < settled((12, 6), 0.8) - 0.1


# ---- experience


@given(real=SHARES, promised=st.floats(0.05, 1.0))
def test_leads_are_judged_by_what_was_promised_and_never_by_more(real, promised):
    of_sales, _ = taught(real=real, promised=promised)
    assert of_sales == pytest.approx(0.7 * min(real / promised, 1.0) + 0.3)


def test_leads_better_than_promised_earn_no_more_than_leads_as_promised():
    assert taught(real=0.9, promised=0.4)[OF_SALES] == taught(real=0.4, promised=0.4)[OF_SALES] == 1.0


def test_a_shared_definition_promises_what_can_be_kept():
    hope, half, promise = (promised_share(PEOPLE, replace(NONE, role_clarity=x)) for x in (0.0, 0.5, 1.0))
    assert (hope, half, promise) == pytest.approx((0.65, 0.525, 0.40))
    assert taught(real=0.4, promised=promise)[OF_SALES] > taught(real=0.4, promised=hope)[OF_SALES]


@given(used=SHARES, content_used=SHARES)
def test_marketers_go_by_how_much_of_their_work_is_used_leads_and_content_alike(used, content_used):
    _, of_marketing = taught(used=used, content_used=content_used)
    assert of_marketing == pytest.approx(0.7 * 0.5 * (used + content_used) + 0.3)


@given(real=SHARES, used=SHARES, unfair=st.tuples(SHARES, SHARES))
def test_unfair_credit_spoils_the_experience_of_whom_it_wrongs(real, used, unfair):
    fair, wronged = taught(real, used), taught(real, used, unfair=unfair)
    np.testing.assert_allclose(fair - wronged, 0.3 * np.array(unfair), atol=1e-12)
    assert (wronged >= 0.0).all()
    assert (fair <= 1.0).all()


# ---- what is heard and what is seen


@given(counts=COUNTS, hearsay=st.floats(0.1, 100.0))
def test_what_one_saw_counts_by_its_number_and_what_is_heard_fills_up(counts, hearsay):
    whole = np.array([float(n) for n, _ in counts])
    part = np.array([n * share for n, share in counts])
    shares, mean = pooled_share(part, whole, hearsay), part.sum() / max(whole.sum(), 1e-300)
    assert ((shares >= 0.0) & (shares <= 1.0)).all()
    own = np.divide(part, whole, out=np.full_like(part, mean), where=whole > 0.0)
    assert (shares >= np.minimum(own, mean) - 1e-12).all()
    assert (shares <= np.maximum(own, mean) + 1e-12).all()


def test_six_leads_of_ones_own_weigh_as_much_as_all_that_is_heard():
    part, whole = np.array([6.0, 0.0]), np.array([6.0, 6.0])
    assert pooled_share(part, whole, 6.0).tolist() == [0.75, 0.25]


def test_who_got_no_leads_goes_by_what_colleagues_say():
    shares = pooled_share(np.array([3.0, 0.0]), np.array([10.0, 0.0]), 6.0)
    assert shares[1] == pytest.approx(0.3)


# ---- newcomers and views


def test_pairs_with_somebody_new_start_afresh_and_the_others_stay_as_they_are():
    luck, sales, marketing = Luck(1), np.zeros(3, dtype=np.int64), np.zeros(2, dtype=np.int64)
    trust = Trust(np.full((2, 3, 2), 0.7), leanings(luck, sales, marketing))
    before = trust.leaning.copy()
    is_new = np.zeros((3, 2))
    is_new[1, :] = 1.0
    sales[1] += 1
    trust.newcomers_come(PEOPLE, luck, sales, marketing, is_new)
    assert (trust.level[:, 1, :] == PEOPLE.trust_newcomer).all()
    assert (trust.level[:, [0, 2], :] == 0.7).all()
    assert (trust.leaning[:, 1, :] != before[:, 1, :]).all()
    assert (trust.leaning[:, [0, 2], :] == before[:, [0, 2], :]).all()


def test_where_nobody_is_new_nothing_starts_afresh():
    trust = trust_of(0.7)
    level, leaning = trust.level.copy(), trust.leaning.copy()
    nobody = np.zeros(3, dtype=np.int64), np.zeros(2, dtype=np.int64)
    trust.newcomers_come(PEOPLE, Luck(1), *nobody, np.zeros((3, 2)))
    assert np.array_equal(trust.level, level)
    assert np.array_equal(trust.leaning, leaning)


@given(level=SHARES, leaning=st.floats(-4.0, 4.0))
def test_a_view_is_trust_and_leaning_on_a_scale_of_15_hundredths(level, leaning):
    trust = Trust(np.full((2, 1, 1), level), np.full((2, 1, 1), leaning))
    view = trust.views(PEOPLE)[0, 0, 0]
    assert view == pytest.approx(ndtr((level - 0.5 + 0.15 * leaning) / 0.15))
    assert 0.0 <= view <= 1.0


def test_a_view_is_negative_where_trust_and_leaning_are_below_46_hundredths():
    edge = 0.5 + 0.15 * ndtri(NEGATIVE_BELOW)
    assert edge == pytest.approx(0.46, abs=0.005)
    for level, is_negative in ((edge - 0.01, True), (edge + 0.01, False)):
        assert (trust_of(level).views(PEOPLE) < NEGATIVE_BELOW).all() == is_negative


def test_at_the_same_trust_two_fifths_of_views_are_negative_where_trust_is_a_half():
    # P(z < ndtri(.4)) with z of sd 1: leanings spread views by as much as their scale.
    n = 400
    pairs = leanings(Luck(0), np.zeros(n, dtype=np.int64), np.zeros(50, dtype=np.int64))
    trust = Trust(np.full_like(pairs, 0.5), pairs)
    assert (trust.views(PEOPLE) < NEGATIVE_BELOW).mean() == pytest.approx(0.40, abs=0.01)
    assert [pairs.mean(), pairs.std()] == pytest.approx([0.0, 1.0], abs=0.02)


def test_the_outlook_is_that_of_all_pairs():
    luck, staff = Luck(4), (np.zeros(5, dtype=np.int64), np.zeros(3, dtype=np.int64))
    trust = started_trust(luck, *staff, np.array([0.5, 0.4]), np.array([0.1, 0.05]))
    outlook, level = trust.outlook(PEOPLE), trust.level
    assert outlook[:2] == pytest.approx(level.mean(axis=(1, 2)))
    assert outlook.negative_views_share == (trust.views(PEOPLE) < NEGATIVE_BELOW).mean()
    assert trust.mean() == pytest.approx(level.mean())
    np.testing.assert_allclose(trust.in_others(OF_SALES), level[OF_SALES].mean(axis=1))
    np.testing.assert_allclose(trust.in_others(OF_MARKETING), level[OF_MARKETING].mean(axis=0))


def test_both_directions_and_all_pairs_lean_by_themselves_and_an_added_seat_changes_no_pair():
    small, large = (leanings(Luck(2), np.zeros(n, dtype=np.int64), np.zeros(4, dtype=np.int64)) for n in (5, 6))
    assert np.array_equal(small, large[:, :5, :])
    assert len(np.unique(large)) == large.size


def test_people_start_with_the_trust_that_they_are_used_to():
    n = 300
    trust = started_trust(
        Luck(0), np.zeros(n, dtype=np.int64), np.zeros(60, dtype=np.int64), np.array([0.5, 0.4]), np.array([0.1, 0.05])
    )
    for direction, (mean, sd) in enumerate(((0.5, 0.1), (0.4, 0.05))):
        level = trust.level[direction]
        assert [level.mean(), level.std()] == pytest.approx([mean, sd], abs=0.005)
        assert ((level >= 0.0) & (level <= 1.0)).all()


# ---- what trust does


@given(trusts=st.tuples(SHARES, SHARES), ignored=st.floats(0.0, 0.95))
def test_trusted_leads_are_taken_up_more_often(trusts, ignored):
    low, high = sorted(trusts)
    assert follow_up_chance(low, ignored) <= follow_up_chance(high, ignored)


def test_full_trust_takes_up_every_lead_and_none_ignores_its_share():
    assert follow_up_chance(1.0, 0.5) == 1.0
    assert follow_up_chance(0.0, 0.5) == 0.5
    assert follow_up_chance(np.array([0.0, 0.5, 1.0]), 0.6) == pytest.approx([0.4, 0.7, 1.0])


def test_a_leaning_is_drawn_for_two_persons_in_two_seats_and_either_direction():
    sales, marketing, luck = np.array([0, 3, 1]), np.array([2, 0]), Luck(4)
    found = leanings(luck, sales, marketing)
    for s, m, direction in np.ndindex(3, 2, 2):
        who, persons = 2 * (s * MARKETERS_AT_MOST + m) + direction, event_number(int(sales[s]), int(marketing[m]))
        assert found[direction, s, m] == luck.normals(Decision.PAIR_VIEW, who, persons)[0]
