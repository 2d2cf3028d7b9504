"""The report on a disagreement, tested by making the markets disagree where we know it."""

import numpy as np
import pytest

from sim.config import CompanyConfig, MarketConfig
from sim.market.laws import Anchors, Flow, Policy, Seats, laws_of
from sim.periods import WEEKS_PER_QUARTER
from tests.reference import CompiledMarket, Disagreement, Quarter, disagreement, first_disagreement
from tests.reference.account import Account
from tests.reference.case import Case
from tests.reference.comparing import Difference, columns_of, differences, read_loop
from tests.reference.constants import CUSTOMER, OUTSIDE
from tests.reference.generated import population
from tests.reference.report import named

N_SEATS, N_MARKETERS, WEEK = 4, 2, 26


@pytest.fixture(scope="module")
def quarter():
    """A quarter in which each rule finds something to do in most weeks."""
    weekly, pairs = (N_SEATS, WEEKS_PER_QUARTER), (N_SEATS, N_MARKETERS)
    seats = Seats(
        selling_hours=np.full(weekly, 20.0), lead_hours=np.full(weekly, 6.0), productivity=np.ones(N_SEATS),
        win_skill=np.zeros(N_SEATS), follow_up=np.full(pairs, 0.9), quota_usd=np.full(N_SEATS, 2e5),
        booked_usd=np.zeros(N_SEATS), load=np.full(N_SEATS, 0.6), prospecting_hours=np.full(N_SEATS, 5.0),
        hours_used=np.zeros(N_SEATS), junk_hours=np.zeros(N_SEATS), calling_hours=np.zeros(N_SEATS),
        passed=np.zeros(pairs), called=np.zeros(pairs), real=np.zeros(pairs),
    )  # fmt: skip
    policy = Policy(
        entry_hazard=0.05, reach=0.3, deserved=0.7, keep_awareness=0.98, keep_favourability=0.98,
        activation=np.ones(WEEKS_PER_QUARTER), bar=0.1, nurture_bar=0.05, score_noise=1.0, response_factor=1.0,
        discount_cap=0.2, discount_habit=0.4, consistency=0.7, support=0.0, logged_share=0.6,
    )  # fmt: skip
    anchors = Anchors(
        ready_rate=0.2, junk_rate=0.05, score_location=-0.5, accept_location=3.0, found_rate=0.05, win_location=-1.0,
        value_location=10.0, renewal_location=0.5, pace_location=1.5, equity=0.3,
    )  # fmt: skip
    accounts = population(80, seats, WEEK, seed=1)
    return Quarter(CompanyConfig(), MarketConfig(), 3, anchors, policy, seats, accounts, np.zeros(8), WEEK)


def test_the_markets_agree_before_anything_is_spoilt(quarter):
    assert disagreement(quarter) is None


def test_markets_that_agree_in_every_week_are_not_reported_as_parted(quarter):
    with pytest.raises(AssertionError, match="agree in every week"):
        first_disagreement(quarter)


def lasts(account, variable):
    """Whether a variable still means something, now that the rule has run."""
    if variable in Case.VARIABLES:
        return account.case is not None
    if variable in ("inquiry_left", "found_left"):
        return account.stage == OUTSIDE and account.model.week + 1 < account.market_until
    return True


def spoil(monkeypatch, owner, rule, variable, since):
    """Make a rule of the twin spoil a variable once, the first time it runs in or after a week.

    Returns where it did: week and account by market.
    """
    lawful, spoilt = getattr(owner, rule), {}

    def unlawful(self, *args, **named):
        account = self if owner is Account else self.account
        market = account.model
        lawful(self, *args, **named)
        holder = account.case if variable in Case.VARIABLES else account
        if market not in spoilt and market.week >= since and lasts(account, variable):
            spoilt[market] = (market.week, account.number)
            setattr(holder, variable, getattr(holder, variable) + 1)

    # Rules are told by the name of the code that runs.
    unlawful.__code__ = unlawful.__code__.replace(co_name=rule)
    monkeypatch.setattr(owner, rule, unlawful)
    return spoilt


@pytest.mark.parametrize("since", [WEEK, WEEK + 5])
@pytest.mark.parametrize(
    ("owner", "rule", "variable"),
    [
        (Account, "feel_brand", "favourability"),
        (Account, "enter_market", "entry_left"),
        (Account, "inquire", "inquiry_left"),
        (Account, "be_found", "found_left"),
        (Account, "respond_idly", "idle_left"),
        (Account, "renew", "contract_usd"),
        (Case, "raise_hand", "marketing_touches"),
        (Case, "call", "sales_touches"),
        (Case, "begin_opportunity", "effort"),
        (Case, "be_worked_on", "work_left"),
        (Case, "decide", "favourability"),
        (Case, "fall_silent", "attempts"),
    ],
)
def test_the_report_names_the_week_the_account_the_rule_and_the_variable(
    monkeypatch, quarter, owner, rule, variable, since
):
    spoilt = spoil(monkeypatch, owner, rule, variable, since)
    found = first_disagreement(quarter)
    ((week, account),) = spoilt.values()
    assert (found.week, found.accounts, found.rule, found.variable) == (week, (account,), rule, variable)
    assert found.plain == pytest.approx(found.loop + 1)
    assert f'week {week}, account {account}, rule "{rule}": {variable} is ' in str(found)


LAWS = {
    "awareness_gain": ("feel_brand", "awareness"),
    "nurture_weeks": ("raise_hand", "nurture_until"),
    "junk_gap": ("raise_hand", "score"),
    "warm_call_ratio": ("be_found", "found_left"),
    "effort_sigma": ("begin_opportunity", "effort"),
    "discount_brand_cost": ("decide", "favourability"),
    "delay_slope": ("decide", "expected_wins"),
    "expansion": ("renew", "contract_usd"),
    "silence_weeks": ("fall_silent", "stage"),
}


@pytest.mark.parametrize("law", LAWS)
def test_a_law_that_differs_is_found_where_it_first_matters(quarter, law):
    laws = laws_of(quarter.company, quarter.settings)
    value = getattr(laws, law)
    other = laws._replace(**{law: value + 1 if isinstance(value, int) else value + 0.01})
    found = disagreement(quarter, other)
    assert (found.rule, found.variable) == LAWS[law]
    week, accounts = first_parted(CompiledMarket(quarter), CompiledMarket(quarter, other))
    assert found.week == week
    assert not accounts or accounts & set(found.accounts)


def first_parted(one, other):
    """The first week in which two loops differ, and the accounts that differ by its end."""
    while True:
        one.pass_week()
        other.pass_week()
        if parted := list(differences(read_loop(one), read_loop(other))):
            return one.week - 1, {difference.place[0] for difference in parted if difference.whose == "account"}


def test_a_rule_that_does_nothing_is_missed_where_it_should_have_written(monkeypatch, quarter):
    monkeypatch.setattr(Account, "renew", lambda account, week: None)
    found = disagreement(quarter)
    (account,) = found.accounts
    columns = columns_of(quarter.accounts)
    assert columns["stage"][account] == CUSTOMER
    assert columns["renewal_week"][account] == found.week
    assert found.rule == "none of the twin's"


def test_a_seat_is_named_with_the_accounts_that_wrote_it():
    found = Disagreement(14, "seat 3 by account 8", (8,), "call", "called", 2.0, 1.0, 1.0)
    said = 'week 14, seat 3 by account 8, rule "call": called is 2 in the loop, 1 in the twin (1 the week before)'
    assert str(found) == said


@pytest.mark.parametrize(
    ("accounts", "words"),
    [
        ((), "sum of the quarter"),
        ((8,), "sum of the quarter by account 8"),
        ((1, 2, 3, 4, 5, 6), "sum of the quarter by accounts 1, 2, 3, 4, 5, ..."),
    ],
)
def test_a_sum_is_named_with_the_accounts_that_entered_it_this_week(accounts, words):
    assert named(Difference("market", (Flow.WON,), "flows", 2.0, 1.0), accounts) == words


def test_numbers_are_written_with_as_many_digits_as_tell_them_apart():
    found = Disagreement(14, "account 311", (311,), "decide", "favourability", 0.4127, 0.41270000003, None)
    assert "0.4127 in the loop, 0.41270000003 in the twin (new this week)" in str(found)
