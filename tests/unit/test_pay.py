from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.org.pay import attainment, mean_payout, pay_factor, payout, quotas_met

PEOPLE, PATHWAYS = PeopleConfig(), PathwaysConfig()
NONE = PracticesConfig(**dict.fromkeys(PracticesConfig().levels(), 0.0))
POOLED = replace(NONE, unified_incentives=1.0)
ATTAINED = st.floats(0.0, 10.0)
TEAMS = st.lists(ATTAINED, min_size=1, max_size=12)
QUOTA = 250_000.0


def paid(attained, practices=NONE, people=PEOPLE):
    """Mean commission of a team that attained so much of its quotas."""
    quotas = np.full(len(attained), QUOTA)
    return mean_payout(people, PATHWAYS, practices, QUOTA * np.array(attained), quotas)


@given(attained=TEAMS)
def test_attainment_is_bookings_over_quota_of_those_who_have_one(attained):
    quotas = np.append(np.full(len(attained), QUOTA), 0.0)
    found = attainment(np.append(QUOTA * np.array(attained), 99.0), quotas)
    assert found == pytest.approx(attained)


@given(attained=ATTAINED, accelerator=st.floats(1.0, 4.0))
def test_commission_is_in_proportion_up_to_quota_and_faster_above_it(attained, accelerator):
    people = replace(PEOPLE, accelerator=accelerator)
    earned = payout(people, np.array([attained]))[0]
    above = max(attained - 1.0, 0.0)
    assert earned == pytest.approx(attained - above + accelerator * above)
    assert earned >= attained - 1e-12


@given(each=st.tuples(ATTAINED, ATTAINED))
def test_who_sells_more_earns_no_less(each):
    low, high = payout(PEOPLE, np.array(sorted(each)))
    assert low <= high


def test_at_quota_everybody_earns_the_stated_commission():
    assert paid([1.0, 1.0, 1.0]) == 1.0
    assert paid([1.0, 1.0], POOLED) == 1.0


def test_who_doubles_the_quota_earns_two_and_a_half_times():
    assert payout(PEOPLE, np.array([2.0]))[0] == 2.5


@given(attained=TEAMS)
def test_unequal_sales_cost_more_commission_and_a_pool_less_of_it(attained):
    alone, pooled = paid(attained), paid(attained, POOLED)
    together = payout(PEOPLE, np.array([np.mean(attained)]))[0]
    assert alone >= together - 1e-9
    assert pooled == pytest.approx(0.5 * (alone + together))


@given(attained=TEAMS)
def test_without_an_accelerator_a_pool_pays_the_same_sum(attained):
    flat = replace(PEOPLE, accelerator=1.0)
    assert paid(attained, POOLED, flat) == pytest.approx(paid(attained, NONE, flat)) == pytest.approx(np.mean(attained))


def test_a_team_without_quotas_earns_no_commission():
    assert mean_payout(PEOPLE, PATHWAYS, NONE, np.array([5.0, 0.0]), np.zeros(2)) == 0.0


@given(attained=TEAMS, incentives=st.floats(0.0, 1.0))
def test_a_teams_commission_is_the_mean_of_its_members_and_a_pools_share_of_the_teams(attained, incentives):
    own = [payout(PEOPLE, x) for x in attained]
    pooled = payout(PEOPLE, sum(attained) / len(attained))
    part = PATHWAYS.pooled_unified_incentives * incentives
    expected = (1.0 - part) * sum(own) / len(own) + part * pooled
    assert paid(attained, replace(NONE, unified_incentives=incentives)) == pytest.approx(expected)


@given(attained=TEAMS)
def test_quotas_are_met_by_who_books_them_and_missed_by_the_others(attained):
    quotas = np.append(np.full(len(attained), QUOTA), 0.0)
    assert quotas_met(np.append(QUOTA * np.array(attained), 99.0), quotas) == (
        sum(x >= 1.0 for x in attained), len(attained)
    )  # fmt: skip


@given(share=st.floats(0.0, 0.8), paid_now=st.floats(0.0, 5.0), usual=st.floats(0.1, 5.0))
def test_staff_cost_what_is_stated_where_pay_is_as_usual_and_the_variable_part_follows_it(share, paid_now, usual):
    assert pay_factor(share, usual, usual) == pytest.approx(1.0)
    assert pay_factor(share, paid_now, usual) == pytest.approx(1.0 + share * (paid_now / usual - 1.0))
    assert pay_factor(0.0, paid_now, usual) == 1.0


def test_where_nothing_was_ever_paid_staff_cost_what_is_stated():
    assert pay_factor(0.4, 2.0, 0.0) == 1.0
