"""A decision log tells a quarter as it is: its records are the model's own, and telling changes nothing."""

import inspect
import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from sim.log import Difference, Kind, Moment, differences, quarter_log, state, unlikes
from sim.log.comparing import same, unlike
from sim.log.state import CHOSEN, RECORDS
from sim.market.laws import N_FLOWS, Flow, Seats
from sim.market.rules import estimated_chance
from sim.market.week import run_quarter
from sim.model import GoToMarket
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import normal

SEED = 3


def before(config, past, quarter, seed=SEED):
    """A model positioned before a quarter."""
    model = GoToMarket(config, seed, past)
    while model.quarter < quarter:
        model.step()
    return model


@pytest.fixture(scope="module")
def told(tiny, tiny_past):
    """A model after a quarter that was told, its log, and the state of seats that the quarter planned with."""
    model = before(tiny, tiny_past, 2)
    return list(quarter_log(model)), model


def of(log, kind):
    return [record for record in log if record.kind == kind]


def columns(accounts):
    """All that is known of accounts."""
    return [column for _, column in accounts.columns()]


def test_thirteen_single_weeks_are_a_quarter_to_the_bit(tiny, tiny_past):
    model = before(tiny, tiny_past, 1)
    ends = []
    for spans in ([(0, 13)], [(w, w + 1) for w in range(13)], [(0, 5), (5, 13)]):
        accounts, seats = model.prospects.copy(), Seats(*(column.copy() for column in model.seats))
        flows, cohorts = np.zeros(N_FLOWS), model.cohort_wins.copy()
        fixed = (model.market_luck, model.laws, model.anchors, model.policy)
        for span in spans:
            run_quarter(accounts, *fixed, seats, flows, cohorts, model.week, *span)
        ends.append([*columns(accounts), flows, cohorts, *seats])
    whole, single, halves = ends
    for other in (single, halves):
        assert all(same(x, y) for x, y in zip(whole, other, strict=True))
    assert not all(same(x, y) for x, y in zip(whole, columns(model.prospects), strict=False))


def test_telling_a_quarter_changes_no_number(structured, tiny_past):
    quiet, told = before(structured, tiny_past, 0), before(structured, tiny_past, 0)
    for _ in range(2):
        quiet.step()
        log = list(quarter_log(told))
        assert not unlikes(state(quiet), state(told))
        ends = columns(of(log, Kind.ACCOUNTS)[-1].value)
        assert all(same(x, y) for x, y in zip(ends, columns(told.prospects), strict=True))
        keys = [record.key for record in log]
        assert keys == sorted(set(keys))
    assert quiet.rows == told.rows


def test_the_phases_of_a_log_are_those_of_a_step():
    phases = re.findall(r"^        self\.(\w+)\(\)", inspect.getsource(GoToMarket.step), flags=re.MULTILINE)
    assert phases[-1] == "books_are_closed"
    told = re.findall(r"model\.(\w+)\(\)|(market)\.weeks", inspect.getsource(quarter_log))
    assert [phase or "market_runs" for phase, _ in told] == phases


def test_a_log_has_as_many_events_as_the_market_counts(structured, tiny_past):
    model = before(structured, tiny_past, 1)
    for _ in range(2):
        log = list(quarter_log(model))
        flows, n = model.flows_of_quarter(), Counter(record.kind for record in log)
        yes = Counter((record.kind, record.value) for record in log if isinstance(record.value, str | bool))
        counted = {
            Flow.CREATED: n[Kind.SCORED] + n[Kind.FOUND],
            Flow.CREATED_READY: n[Kind.INQUIRES],
            Flow.CREATED_JUNK: n[Kind.RESPONDS_IDLY],
            Flow.MQLS: yes[Kind.QUALIFIED, "MQL"],
            Flow.CONTACTED: n[Kind.CALLED],
            Flow.ACCEPTED: yes[Kind.ACCEPTED, True],
            Flow.OPPORTUNITIES_MARKETING: yes[Kind.CALL_ENDED, "an opportunity"],
            Flow.OPPORTUNITIES_SALES: n[Kind.FOUND],
            Flow.LOST_SILENCE: n[Kind.SILENCED],
            Flow.LOST_DECISION: yes[Kind.DECIDED, "no"] + yes[Kind.DECIDED, "no decision"],
            Flow.WON: n[Kind.DECIDED] - yes[Kind.DECIDED, "no"] - yes[Kind.DECIDED, "no decision"],
            Flow.DISQUALIFIED: yes[Kind.QUALIFIED, "dropped"] + yes[Kind.CALL_ENDED, "disqualification"],
            Flow.NURTURED: yes[Kind.QUALIFIED, "nurtured"] + yes[Kind.CALL_ENDED, "nurture"],
            Flow.RENEWALS_DUE: n[Kind.RENEWAL],
            Flow.RENEWED: yes[Kind.RENEWAL, True],
            Flow.SPELLS: n[Kind.ENTERS],
        }
        assert counted == {flow: flows[flow] for flow in counted}
        assert n[Kind.LEAVES] == n[Kind.FOLLOWS]


def drawn(model, record):
    return float(model.luck.uniforms(record.draw.decision, record.draw.entity, record.draw.event))


def test_the_draws_named_are_those_that_decided(told):
    log, model = told
    accounts, laws, anchors = model.prospects, model.laws, model.anchors
    inquired = {(r.week, r.who) for r in of(log, Kind.INQUIRES)}
    for record in of(log, Kind.SCORED):
        noise = model.policy.score_noise * normal(drawn(model, record))
        fit, is_ready = float(accounts.fit[record.draw.entity]), (record.week, record.who) in inquired
        chance = estimated_chance(anchors.score_location, laws.fit_slope, fit, is_ready, laws.junk_gap, noise)
        assert chance == pytest.approx(record.value, rel=1e-12)
    owners = {(r.week, r.who): int(r.value.split()[1]) - 1 for r in of(log, Kind.OWNER)}
    taken = of(log, Kind.TAKEN_UP)
    for record in taken:
        chance = model.seats.follow_up[owners[record.week, record.who], 0]
        assert record.value == (drawn(model, record) < chance)
    assert {record.value for record in taken} == {True, False}


def test_who_notices_the_brand_comes_to_know_it(told):
    log, model = told
    weekly = {record.week: record.value for record in of(log, Kind.ACCOUNTS)}
    notices = {(record.week, record.draw.entity) for record in of(log, Kind.NOTICES)}
    first = min(weekly)
    for week in range(first + 1, first + WEEKS_PER_QUARTER):
        kept = weekly[week - 1]["awareness"] * model.policy.keep_awareness
        knows_more = set(np.flatnonzero(weekly[week]["awareness"] > kept + 1e-12).tolist())
        assert {account for w, account in notices if w == week} <= knows_more


def test_who_leaves_is_followed_and_both_draws_are_named(tiny, tiny_past):
    model = before(tiny, tiny_past, 2)
    model.sales.leave_left[0] = 99.0
    model.sales.leave_left[1] = model.leaders.leave_left[0] = 1e-9
    log = list(quarter_log(model))
    leavers, followers = of(log, Kind.LEAVES), of(log, Kind.FOLLOWS)
    assert [r.who for r in leavers][:1] == ["salesperson 2"]
    assert [r.who for r in leavers] == [r.who for r in followers]
    assert followers[0].value == model.sales.vacant_weeks[1]
    assert followers[-1].value == model.leaders.vacant_weeks[0]
    assert -np.log(drawn(model, followers[0])) * model.config.people.search_weeks == pytest.approx(followers[0].value)
    assert all(record.week_of_quarter == WEEKS_PER_QUARTER for record in leavers)


def test_bits_are_compared_and_blanks_are_alike():
    assert same(np.nan, np.nan)
    assert same("MQL", "MQL")
    assert not same(0.1 + 0.2, 0.3)
    assert not same(0.0, -0.0)
    assert not same("MQL", 1.0)
    assert not same((1.0, 2.0), (1.0, 2.0, 3.0))
    assert unlike(np.array([1.0, np.nan, 2.0]), np.array([1.0, np.nan, 3.0])).tolist() == [False, False, True]


def test_two_logs_are_compared_record_by_record():
    at = Moment(1, 52)
    both = [at.of(Kind.PRACTICE, "company", 0.5, "shared_kpis"), at.of(Kind.NOTICES, "account 3", True, place=(3,))]
    other = [replace(both[0], value=0.6), at.of(Kind.NOTICES, "account 1", True, place=(1,)), both[1]]
    assert not list(differences(both, both))
    assert list(differences(both, other)) == [Difference(both[0], other[0]), Difference(None, other[1])]
    assert [found.record.who for found in differences(other[1:], both[1:])] == ["account 1"]


def test_one_bit_of_one_account_is_found_and_named(told):
    log, _ = told
    snapshot = of(log, Kind.ACCOUNTS)[4]
    changed = snapshot.value.copy()
    case = changed.cases[7:8]
    case["work_left"] = np.nextafter(case["work_left"], 1e9)
    (found,) = differences([snapshot], [replace(snapshot, value=changed)])
    assert (found.a.who, found.a.what, found.a.week) == (f"account {case['account'][0]}", "work_left", snapshot.week)
    assert found.b.value > found.a.value
    (found,) = differences([snapshot], [replace(snapshot, value=changed.take(np.arange(1199)))])
    assert (found.a.value, found.b.value) == (1200, 1199)


def test_a_state_has_every_attribute_of_the_model(told):
    _, model = told
    names = {name.split(".")[0] for name in state(model)}
    assert set(GoToMarket.__annotations__) <= names | CHOSEN | RECORDS


def test_states_that_differ_are_named_with_both_sides(told, tiny, tiny_past):
    _, model = told
    one, other = state(model), state(model)
    other = other | {"trust.level": other["trust.level"] + 0.1, "unfair": np.zeros(3)}
    del other["pressure"]
    unfair, trust, pressure = unlikes(one, other)[1::-1] + unlikes(one, other)[2:]
    assert (trust.name, trust.n_values) == ("trust.level[0, 0, 0]", one["trust.level"].size)
    assert trust.b == pytest.approx(trust.a + 0.1)
    assert (unfair.a, unfair.b) == ("2 of float64", "3 of float64")
    assert (pressure.name, pressure.b) == ("pressure", "missing")


def test_names_of_posts_are_in_no_state(tiny, tiny_past):
    renamed = {f"post_{number}": post for number, post in enumerate(reversed(tiny.org.posts.values()))}
    states = [
        state(before(config, tiny_past, 3))
        for config in (tiny, replace(tiny, org=replace(tiny.org, name="other", posts=renamed)))
    ]
    assert not unlikes(*states)
