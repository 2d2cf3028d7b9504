"""Two scenarios are the same to the bit until what is asked of them differs, and the audit names where they part."""

import itertools
from dataclasses import fields, replace

import pytest

from sim.config import Change, MechanismsConfig
from sim.log import Kind, quarter_log
from sim.model import GoToMarket
from sim.periods import WEEKS_PER_QUARTER
from sim.randomness import Decision
from sim.study.divergence import divergence
from tests.invariants.worlds import closed_mechanisms

SEED, PLANTED = 9, 2
WARM_UP_WEEKS = 4 * WEEKS_PER_QUARTER


@pytest.fixture(autouse=True)
def _one_past(tiny_past, monkeypatch):
    """All scenarios come from the same past, so that what is switched acts from the start of the run."""
    monkeypatch.setattr("sim.model.past_of", lambda config: tiny_past)


@pytest.fixture
def with_(tiny_with):
    """A way to make the tiny company with a horizon of three quarters."""
    return lambda *overrides: replace(tiny_with(*overrides), horizon_quarters=3)


@pytest.fixture
def two(with_):
    """The tiny company under two leaders."""
    return with_()


@pytest.fixture
def planted(two, monkeypatch):
    """The same scenario under another company's name, and a way to change its model in one phase of quarter 2."""
    config = replace(two, company=replace(two.company, name="planted"))

    def plant(phase, change, is_after=False):
        real = getattr(GoToMarket, phase)

        def run(self):
            is_here = self.config.company.name == "planted" and self.quarter >= PLANTED
            if is_here and not is_after:
                change(self)
            real(self)
            if is_here and is_after and self.quarter == PLANTED:
                change(self)

        monkeypatch.setattr(GoToMarket, phase, run)
        return config

    return plant


def planted_log(two, tiny_past):
    """The log of quarter 2 as it is without anything planted."""
    model = GoToMarket(two, SEED, tiny_past)
    while model.quarter < PLANTED:
        model.step()
    return list(quarter_log(model))


@pytest.mark.parametrize("org", ["merged_sales_led", "founder_led", "cro_two_heads", "no_marketing"])
def test_two_structures_part_in_the_leaders_plan_of_quarter_1(two, with_, org):
    found = divergence(two, with_(f"org={org}"), SEED)
    assert found.part
    assert not found.is_from_start
    assert (found.quarter, found.quarters_alike, found.states_alike) == (1, 4, 5)
    assert found.weeks_alike == WARM_UP_WEEKS
    assert found.values_alike > 5 * 36 * 1200
    assert found.decision is not None
    assert (found.decision.record.quarter, found.decision.record.week) == (1, WARM_UP_WEEKS)
    assert found.decision.record.chapter in ("posts and seats", "practices", "leaders' hours", "discounts")
    (structure,) = [difference for difference in found.context if difference.record.what == "structure"]
    assert (structure.a.value, structure.b.value) == ("separate", org)


def test_what_parts_later_is_listed_by_chapter_and_in_order(two, with_):
    timeline = divergence(two, with_("org=merged_sales_led"), SEED).timeline
    chapters = [difference.record.chapter for difference in timeline]
    assert len(set(chapters)) == len(chapters)
    assert {"money", "staff's hours", "brand", "demand", "qualification", "deals"} <= set(chapters)
    keys = [difference.record.key for difference in timeline]
    assert keys == sorted(keys)
    draws = {difference.record.kind: difference.draw for difference in timeline}
    assert draws[Kind.NOTICES].decision == Decision.BRAND_NOTICED


def test_a_scenario_never_parts_from_itself(structured):
    config = replace(structured, horizon_quarters=3)
    found = divergence(config, config, SEED)
    assert not found.part
    assert (found.quarters_alike, found.states_alike, found.weeks_alike) == (7, 8, 7 * WEEKS_PER_QUARTER)
    assert (found.first, found.decision, found.quarter, found.context) == (None, None, None, ())


def test_practices_part_as_they_are_lived(two, with_):
    found = divergence(two, with_("practices=strong"), SEED)
    assert (found.quarter, found.weeks_alike) == (1, WARM_UP_WEEKS)
    assert found.decision is found.first
    assert found.decision.record.kind == Kind.PRACTICE
    assert found.decision.a.value < found.decision.b.value
    assert all("as agreed" in difference.record.what for difference in found.context)


def test_a_switch_that_differs_from_the_start_parts_at_the_start(two, with_):
    found = divergence(two, with_("mechanisms.conflict=false"), SEED)
    assert found.is_from_start
    assert (found.quarter, found.states_alike, found.values_alike, found.weeks_alike) == (-3, 0, 0, 0)
    assert "sales.conflict[0]" in [unlike.name for unlike in found.unlike]
    assert (found.decision.record.quarter, found.decision.record.week) == (-3, 0)


def test_names_alone_part_nobody(two):
    posts = {f"post_{number}": post for number, post in enumerate(two.org.posts.values())}
    assert not divergence(two, replace(two, org=replace(two.org, name="other", posts=posts)), SEED).part


def test_in_the_null_world_one_leader_parts_from_two_in_what_no_decision_hangs_on(two, with_):
    pair = (two, with_("org=merged_sales_led"))
    found = divergence(*(replace(config, mechanisms=closed_mechanisms()) for config in pair), SEED)
    assert (found.first, found.decision, found.weeks_alike) == (None, None, 7 * WEEKS_PER_QUARTER)
    names = {unlike.name.split("[")[0] for unlike in found.unlike}
    assert names <= {"leaders.skill", "leaders.horizon", "leaders.leave_left", "books.leaders"}


def test_a_change_of_buyers_odds_is_found_in_the_first_deal_that_it_decides(two, tiny_past, planted):
    def harder(model):
        model.anchors = tiny_past.anchors._replace(win_location=tiny_past.anchors.win_location - 50.0)

    found = divergence(two, planted("market_runs", harder), SEED)
    won = next(r for r in planted_log(two, tiny_past) if r.kind == Kind.DECIDED and not isinstance(r.value, str))
    assert (found.quarter, found.quarters_alike) == (PLANTED, 5)
    assert found.first is found.decision
    assert found.first.a == won
    assert (found.first.b.value, found.first.b.who) == ("no", won.who)
    assert found.weeks_alike == won.week
    assert found.first.draw == won.draw
    assert won.draw.decision == Decision.WON


def test_a_change_in_one_column_is_found_in_the_right_week_and_account(two, tiny_past, planted):
    def expands(model):
        model.laws = model.laws._replace(expansion=0.1)

    found = divergence(two, planted("market_runs", expands), SEED)
    renewed = next(r for r in planted_log(two, tiny_past) if r.kind == Kind.RENEWAL and r.value)
    first = found.first.record
    assert (first.kind, first.who, first.what) == (Kind.ACCOUNTS, renewed.who, "contract_usd")
    assert (first.quarter, first.week) == (PLANTED, renewed.week)
    assert found.first.b.value == pytest.approx(1.1 * found.first.a.value)
    assert found.first is not found.decision


def test_a_change_of_policy_is_found_before_the_market_runs(two, planted):
    def talks(model):
        model.consistency = 0.9

    found = divergence(two, planted("market_runs", talks), SEED)
    first = found.first.record
    assert (first.kind, first.what, first.week_of_quarter) == (Kind.POLICY, "deserved", 1)
    assert found.weeks_alike == 5 * WEEKS_PER_QUARTER


def test_a_change_in_one_persons_trust_is_named_as_a_state(two, planted):
    def trusts(model):
        model.trust.level[0, 1, 0] += 0.2

    found = divergence(two, planted("people_live", trusts, is_after=True), SEED)
    (unlike,) = found.unlike
    assert (unlike.name, unlike.n_values) == ("trust.level[0, 1, 0]", 1)
    assert unlike.b == pytest.approx(unlike.a + 0.2)
    assert (found.quarter, found.weeks_alike) == (PLANTED, 6 * WEEKS_PER_QUARTER)
    assert (found.decision.record.quarter, found.decision.record.week_of_quarter) == (PLANTED + 1, 1)


def test_a_change_of_trust_in_the_review_is_told_as_a_state_of_two_people(two, planted):
    def trusts(model):
        model.trust.level[0, 1, 0] += 0.2

    found = divergence(two, planted("quarter_is_reviewed", trusts, is_after=True), SEED)
    assert found.first is not found.decision
    assert (found.first.a.kind, found.first.a.who, found.first.a.what) == (Kind.TRUST, "salesperson 2", "marketer 1")
    assert found.first.a.chapter is None
    assert found.weeks_alike == 6 * WEEKS_PER_QUARTER


SWITCHES = [f.name for f in fields(MechanismsConfig) if f.name != "clamp"]
FROM = 2


def going_on(config, *changes):
    """A scenario in which today goes on until something changes."""
    today = replace(config.today, org=config.org, practices=config.practices, roles=config.roles)
    return replace(config, today=today, transition=True, changes=changes)


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_switch_that_is_thrown_later_does_not_matter_before(two, switch):
    two, is_on = replace(two, horizon_quarters=FROM), getattr(two.mechanisms, switch)
    thrown = going_on(two, Change(FROM, settings={f"mechanisms.{switch}": not is_on}))
    found = divergence(going_on(two), thrown, SEED)
    before = two.warm_up_quarters + FROM - 1
    assert found.quarters_alike >= before
    assert found.weeks_alike >= before * WEEKS_PER_QUARTER
    assert found.states_alike == found.quarters_alike + 1
    if found.part and found.quarter == FROM:
        assert f"mechanisms.{switch}" in {difference.record.what for difference in found.context}


@pytest.fixture
def to_come(with_):
    """Things that can change, by name: structure, practices, budget, size, somebody who leaves, the market."""
    one = with_("org=merged_sales_led").org
    return {
        "merges in 2": (Change(2, org=one),),
        "merges in 3": (Change(3, org=one),),
        "strong in 3": (Change(3, practices=with_("practices=strong").practices),),
        "leaves in 2": (Change(2, leaves=("head_of_sales",)),),
        "hires in 3": (Change(3, settings={"company.n_salespeople": 4}),),
        "merges in 2, spends in 3": (
            Change(2, org=one),
            Change(3, settings={"company.program_budget_usd_per_year": 50_000.0}),
        ),
        "nothing": (),
    }


def first_apart(one, other):
    """The first quarter from which two lists of changes are not the same."""
    for quarter in range(1, 4):
        here, there = ([change for change in changes if change.quarter == quarter] for changes in (one, other))
        if here != there:
            return quarter
    return None


def test_every_two_scenarios_are_alike_until_they_change_something_else(two, to_come):
    for (name, one), (other, two_) in itertools.combinations(to_come.items(), 2):
        found = divergence(going_on(two, *one), going_on(two, *two_), SEED)
        assert found.quarter == first_apart(one, two_), (name, other)
        assert found.first is not None
        assert found.first.record.quarter == found.quarter


def test_who_leaves_by_the_scenario_leaves_an_empty_post_that_is_told_first(two, to_come):
    found = divergence(going_on(two, *to_come["leaves in 2"]), going_on(two), SEED)
    record = found.decision.record
    assert (record.kind, record.who, record.quarter, record.week_of_quarter) == (Kind.EMPTY, "head_of_sales", 2, 1)
    assert record.draw.decision == Decision.LEADER_SEARCH
