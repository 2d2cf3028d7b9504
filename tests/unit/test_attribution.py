from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig
from sim.market.case import count_touch, touch
from sim.market.deal import credit_sources
from sim.market.laws import N_FLOWS, Flow
from sim.market.prospects import Source, empty_prospects
from sim.org.attribution import FLATTERED_END, MEMORY, RECORDED_BY, Credit, logged_share, unfairness
from sim.org.structure import MARKETING, SALES

PEOPLE, PATHWAYS, TYPICAL = PeopleConfig(), PathwaysConfig(), PracticesConfig()
NONE = PracticesConfig(**dict.fromkeys(TYPICAL.levels(), 0.0))
TRUE = {"first": Flow.FIRST_MARKETING_USD, "last": Flow.LAST_MARKETING_USD, "shared": Flow.SHARED_MARKETING_USD}
SHARES = st.floats(0.0, 1.0)
LOG = st.lists(st.sampled_from([Source.MARKETING, Source.SALES]), min_size=1, max_size=12)
PRICE = 30_000.0


def credited(log, within=(), is_recorded=True, price=PRICE):
    """Marketing's credit of one deal: under each rule by the true log, and as recorded."""
    account, flows = np.rec.array(empty_prospects(1).accounts), np.zeros(N_FLOWS)
    for source in log:
        touch(account[0], int(source))
    for source in within:
        count_touch(account[0], int(source))
    credit_sources(account[0], flows, price, is_recorded)
    return {rule: flows[flow] for rule, flow in TRUE.items()}, {rule: flows[f] for rule, f in RECORDED_BY.items()}


# ---- the true log


@given(log=LOG)
def test_the_true_log_gives_the_first_touch_the_last_touch_and_every_touch_its_share(log):
    true, _ = credited(log)
    assert true["first"] == PRICE * (log[0] is Source.MARKETING)
    assert true["last"] == PRICE * (log[-1] is Source.MARKETING)
    assert true["shared"] == pytest.approx(PRICE * log.count(Source.MARKETING) / len(log))


@given(log=LOG, within=LOG)
def test_contacts_within_an_open_case_count_and_are_neither_first_nor_last(log, within):
    true, _ = credited(log, within)
    before, _ = credited(log)
    assert (true["first"], true["last"]) == (before["first"], before["last"])
    everything = [*log, *within]
    assert true["shared"] == pytest.approx(PRICE * everything.count(Source.MARKETING) / len(everything))


@given(log=LOG, within=LOG)
def test_no_rule_credits_more_than_the_deal(log, within):
    for credit in credited(log, within):
        assert all(0.0 <= usd <= PRICE for usd in credit.values())


def test_a_deal_without_any_touch_is_nobodys_credit():
    true, recorded = credited([])
    assert set(true.values()) == set(recorded.values()) == {0.0}


# ---- what the company records


@given(log=LOG, within=LOG)
def test_a_recorded_account_is_credited_as_it_was(log, within):
    true, recorded = credited(log, within, is_recorded=True)
    assert recorded == true


@given(log=LOG, within=LOG)
def test_what_is_not_recorded_of_marketing_is_credited_to_sales(log, within):
    true, recorded = credited(log, within, is_recorded=False)
    assert set(recorded.values()) == {0.0}
    assert true == credited(log, within)[0]


@given(crm=SHARES, logged=SHARES)
def test_shared_data_close_nine_tenths_of_the_records_gap(crm, logged):
    people = replace(PEOPLE, logged_share=logged)
    share = logged_share(people, PATHWAYS, replace(NONE, shared_crm=crm))
    assert share == pytest.approx(1.0 - (1.0 - logged) * (1.0 - 0.9 * crm))
    assert logged - 1e-12 <= share <= 1.0


def test_the_other_practices_record_nothing():
    others = replace(PracticesConfig(**dict.fromkeys(TYPICAL.levels(), 1.0)), shared_crm=0.0)
    assert logged_share(PEOPLE, PATHWAYS, others) == PEOPLE.logged_share == 0.6


# ---- memory


def flows_of(bookings=100.0, shared=40.0, first=70.0, last=30.0):
    """A quarter of which all rules tell another story, recorded in part."""
    flows = np.zeros(N_FLOWS)
    flows[[Flow.BOOKINGS_USD, Flow.SHARED_MARKETING_USD]] = bookings, shared
    flows[[Flow.RECORDED_FIRST_USD, Flow.RECORDED_LAST_USD, Flow.RECORDED_SHARED_USD]] = first, last, 0.6 * shared
    return flows


@pytest.mark.parametrize(("rule", "recorded"), [("first", 70.0), ("last", 30.0), ("shared", 24.0)])
def test_people_go_by_the_companys_own_rule_and_by_what_it_recorded(rule, recorded):
    credit = Credit(0.0, 0.0, 0.0)
    credit.recall(flows_of(), rule, True)
    assert (credit.bookings_usd, credit.true_usd, credit.recorded_usd) == (100.0, 40.0, recorded)


@pytest.mark.parametrize("rule", RECORDED_BY)
def test_while_attribution_is_off_the_record_is_the_true_shared_credit(rule):
    credit = Credit(0.0, 0.0, 0.0)
    credit.recall(flows_of(), rule, False)
    assert credit.recorded_share == credit.true_share == 0.4


def test_people_remember_about_a_year_of_wins():
    credit = Credit(0.0, 0.0, 0.0)
    for _ in range(200):
        credit.recall(flows_of(), "last", True)
    assert credit.bookings_usd == pytest.approx(4 * 100.0) == 100.0 / (1.0 - MEMORY)
    assert (credit.true_share, credit.recorded_share) == pytest.approx((0.4, 0.3))


@given(quarters=st.lists(st.tuples(st.floats(0.0, 1e6), SHARES, SHARES), min_size=1, max_size=8))
def test_shares_of_credit_stay_shares_and_a_quarter_without_wins_changes_none(quarters):
    credit = Credit(0.0, 0.0, 0.0)
    for bookings, true, recorded in quarters:
        credit.recall(flows_of(bookings, bookings * true, 0.0, bookings * recorded), "last", True)
    shares = (credit.true_share, credit.recorded_share)
    assert all(0.0 <= share <= 1.0 + 1e-12 for share in shares)
    credit.recall(np.zeros(N_FLOWS), "last", True)
    assert (credit.true_share, credit.recorded_share) == pytest.approx(shares)


def test_without_any_bookings_nobody_has_credit():
    assert (Credit(0.0, 0.0, 0.0).true_share, Credit(0.0, 0.0, 0.0).recorded_share) == (0.0, 0.0)


# ---- how it feels


@given(true=SHARES, recorded=SHARES, incentives=SHARES)
def test_only_who_gets_less_than_the_truth_feels_wronged(true, recorded, incentives):
    practices = replace(NONE, unified_incentives=incentives)
    unfair = unfairness(Credit(1.0, true, recorded), PEOPLE, PATHWAYS, practices)
    assert unfair.shape == (2,)
    assert unfair.min() == 0.0
    assert 0.0 <= unfair.max() <= 1.0
    if recorded > true:
        assert unfair[MARKETING] == 0.0
    elif recorded < true:
        assert unfair[SALES] == 0.0


@given(true=SHARES, recorded=SHARES)
def test_three_tenths_of_bookings_given_to_the_wrong_function_are_wholly_unfair(true, recorded):
    unfair = unfairness(Credit(1.0, true, recorded), PEOPLE, PATHWAYS, NONE)
    assert unfair.max() == pytest.approx(min(abs(recorded - true) / 0.3, 1.0))


def test_the_truth_is_fair_to_both():
    assert unfairness(Credit(1.0, 0.4, 0.4), PEOPLE, PATHWAYS, NONE).tolist() == [0.0, 0.0]


@given(incentives=SHARES)
def test_pooled_incentives_take_the_sting_out_of_unfair_credit(incentives):
    credit = Credit(1.0, 0.6, 0.4)
    alone, pooled = (
        unfairness(credit, PEOPLE, PATHWAYS, replace(NONE, unified_incentives=x))[MARKETING] for x in (0.0, incentives)
    )
    assert pooled == pytest.approx((1.0 - 0.8 * incentives) * alone)


def test_rules_flatter_the_end_of_the_way_to_a_deal_that_they_look_at():
    assert FLATTERED_END["first"] == -FLATTERED_END["last"] == -1.0
    assert FLATTERED_END["shared"] == 0.0
    assert set(FLATTERED_END) == set(RECORDED_BY)
