"""What changes during a run changes what it should from its quarter on, and nothing before."""

import json
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from sim.compose import sim_config
from sim.config import Change, check_config
from sim.config.changes import FREE, NOTHING, arms, changeable, value_of
from sim.market.prospects import Stage
from sim.model import GoToMarket, past_of
from sim.params import parameters
from tests.behaviour.test_parameters import another_value
from tests.invariants.worlds import NUMBER_OF_LEADERS, ONE, PAY_OF_LEADERS, TWO, closed, parted, run, without

SMALL = (
    "company=startup", "company.n_prospects=1200", "company.n_customers=60", "company.inquiries_per_quarter=100",
    "company.mqls_per_quarter=25", "company.n_salespeople=4", "company.n_marketers=2",
)  # fmt: skip
TODAY = "separate"
ORGS = {
    name: sim_config(f"org={name}").org
    for name in (
        "separate", "merged_sales_led", "merged_balanced", "cro_two_heads", "marketing_under_sales", "fractional_cmo",
        "founder_led", "no_marketing",
    )
}  # fmt: skip


@lru_cache(maxsize=64)
def company(*overrides):
    """A small company that goes on as it is; what changes is felt as it is lived."""
    named = [word.removeprefix("org=") for word in overrides if word.startswith("org=")] or [TODAY]
    rest = [word for word in overrides if not word.startswith(("org=", "transition="))]
    horizon = [] if any(word.startswith("horizon_quarters=") for word in rest) else ["horizon_quarters=6"]
    today = [f"company.today.org={named[0]}", f"org={named[0]}"]
    roles = [f"company.today.{word}" for word in rest if word.startswith(("roles=", "practices="))]
    return sim_config(*SMALL, *horizon, *today, *roles, *rest, "transition=true")


@lru_cache(maxsize=1)
def past():
    return past_of(company())


def with_changes(config, *changes):
    return check_config(replace(config, changes=changes))


def lived(config, seed=1):
    model = GoToMarket(config, seed, past()).run()
    model.forget()
    return model


def exact(rows):
    return [json.dumps(row) for row in rows]


def parting(a, b):
    """The first quarter in which two runs differ; None if they never do."""
    pairs = zip(a.rows, b.rows, exact(a.rows), exact(b.rows), strict=True)
    return next((row["quarter"] for row, _, mine, theirs in pairs if mine != theirs), None)


BASE = company()
KNOWN = {name: known for name, known, _ in parameters(BASE)}
SETTINGS = [name for name in changeable(BASE) if not name.startswith("org.")]
SETTINGS += [name for name in changeable(BASE) if name.startswith("org.posts.head_of_marketing.")]
# What only a later reorganisation, or who comes after, can show.
SHOWN_LATER = {
    name: Change(3, org=ORGS["merged_balanced"])
    for name in (
        "people.ambiguity_reorganisation", "people.reorganisation_months", "people.severance_share",
        "mechanisms.reorganisation", "people.away_penalty", "mechanisms.away_penalty", "people.learnable_share",
        "people.rarity_slope", "org.posts.head_of_marketing.is_owner",
    )
}  # fmt: skip


# Where hours are scarce enough for it to matter how they are split, and not every lead passes whatever is known of it.
ALSO = {
    "people.attention_competence_weight": "people.need_factor=2",
    "people.attention_adjustment": "people.need_factor=2",
    "people.lead_quality_slope": "people.volume_credit_usd=0 people.hour_value_share=1.5",
}


@lru_cache(maxsize=256)
def run_as_it_was(where, beside, seed):
    return lived(with_changes(company(*where.split()), *beside_of(beside)), seed)


def beside_of(name):
    """What else changes, on both sides."""
    if not name:
        return ()
    if name in SHOWN_LATER:
        return (SHOWN_LATER[name],)
    return (Change(1, org=ORGS["no_marketing"]),) if "org=no_marketing" in KNOWN[name].where else ()


def where_it_matters(name):
    """The world in which a setting matters: its own `where`, today's structure given."""
    if beside_of(name):
        return ""
    where = KNOWN[name].where.replace("org.posts.head_of_sales.mandate=0.5", "")
    return f"{where} {ALSO.get(name, '')}"


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_is_changed_changes_something_from_then_on_and_nothing_before(name):
    known, where = KNOWN[name], where_it_matters(name)
    near, far = (where if "horizon_quarters" in where else f"{where} horizon_quarters={n}" for n in (3, 16))
    # Most show at once; some need their time, or another future to have an occasion.
    for world, seed in ((near, 1), *((far, seed) for seed in range(24))):
        config = company(*world.split())
        place = name if name in changeable(config) else name.replace("head_of_marketing", list(config.org.posts)[-1])
        change = Change(2, settings={place: another_value(known, value_of(config, place))})
        beside = beside_of(name)
        changes = sorted((change, *beside), key=lambda one: one.quarter)
        quarter = parting(
            lived(with_changes(config, *changes), seed), run_as_it_was(world, name if beside else "", seed)
        )
        assert quarter is None or quarter >= 2
        if quarter is not None:
            return
    pytest.fail(f"{name} changes nothing")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("org", ORGS)
def test_a_reorganisation_into_what_is_there_changes_nothing(org, seed):
    base = company(f"org={org}") if org != "no_marketing" else company()
    change = Change(3, org=base.org, practices=base.practices, roles=base.roles)
    assert parting(lived(with_changes(base, change), seed), lived(base, seed)) is None


@pytest.mark.parametrize("org", [org for org in ORGS if org != TODAY])
def test_a_reorganisation_is_felt_from_its_quarter_on(org):
    model, before = lived(with_changes(BASE, Change(3, org=ORGS[org]))), lived(BASE)
    assert parting(model, before) == 3
    assert model.planner.structure.n == len(ORGS[org].posts)


def test_names_and_words_of_a_structure_change_nothing():
    renamed = replace(BASE.org, name="x", label="y", phrase="z", color="#000000")
    renamed = replace(renamed, posts={f"new_{name}": post for name, post in reversed(renamed.posts.items())})
    assert parting(lived(with_changes(BASE, Change(2, org=renamed))), lived(BASE)) is None


def in_null_world(org, *changes):
    """The null world under a structure as long as nothing changes.

    Without learning: who has led sales alone has forgotten marketing, and would have to learn it again.
    """
    config = without(closed(org, quarters=4), "learning")
    return with_changes(replace(config, today=replace(config.today, org=config.org), transition=True), *changes)


FOR_FREE = {"mechanisms.reorganisation": False}


@pytest.mark.parametrize("way", [(TWO, ONE), (ONE, TWO)], ids="-".join)
def test_in_the_null_world_a_reorganisation_that_costs_nothing_changes_nothing(way):
    before = run(in_null_world(way[0]))
    after = run(in_null_world(way[0], Change(3, org=closed(way[1]).org, settings=FOR_FREE)))
    assert len(after.leaders.skill) != len(before.leaders.skill)
    assert not parted(before, after, PAY_OF_LEADERS | NUMBER_OF_LEADERS)


def test_in_the_null_world_the_cost_of_reorganising_is_all_that_parts():
    before = run(in_null_world(TWO))
    after = run(in_null_world(TWO, Change(3, org=closed(ONE).org)))
    assert parted(before, after, PAY_OF_LEADERS | NUMBER_OF_LEADERS)
    assert parting(before, after) == 3
    assert after.rows[-2]["reorganisation_usd"] > 0.0


def test_settled_changes_cost_nothing_and_leave_nobody_unsettled():
    for change in (Change(3, org=ORGS["merged_balanced"]), Change(3, settings={"company.n_salespeople": 6})):
        model = lived(with_changes(replace(BASE, transition=False), change))
        assert sum(row["reorganisation_usd"] for row in model.rows) == 0.0
        assert not model.unsettled.any()


def test_what_a_reorganisation_costs_at_once_is_fees_and_severance():
    people, pay = BASE.people, BASE.company.leader_cost_usd_per_year
    ways = {  # to, from another structure where stated: severance and fees in heads of sales' pay
        ("merged_sales_led", TODAY): people.severance_share * 0.9,  # the head of sales leads both, the other one goes
        ("merged_balanced", TODAY): people.severance_share * 1.9 + people.leader_replacement_share * 1.15,
        ("separate", "merged_sales_led"): people.leader_replacement_share * 0.9,
        ("founder_led", TODAY): people.severance_share * 1.9,  # nobody has to find a founder
        (TODAY, "founder_led"): people.leader_replacement_share * 1.9,  # or to pay one off
    }
    for (org, before), shares in ways.items():
        model = until(3, with_changes(company(f"org={before}"), Change(3, org=ORGS[org])), nobody_is_missing=True)
        model.step()
        assert model.rows[-1]["reorganisation_usd"] == pytest.approx(shares * pay)
        model.step()
        assert model.rows[-1]["reorganisation_usd"] == 0.0


def until(quarter, config, nobody_is_missing=False):
    """A run at the start of a quarter; of a future in which every post is filled then, if asked."""
    for seed in range(20):
        model = GoToMarket(config, seed, past())
        while model.quarter < quarter:
            model.step()
        if not nobody_is_missing or not model.leaders.vacant_weeks.any():
            return model
    raise AssertionError("somebody is always missing")


def test_a_founder_is_there_at_once_and_a_hired_head_is_sought():
    for org, is_sought in (("founder_led", False), ("merged_balanced", True)):
        model = until(3, with_changes(BASE, Change(3, org=ORGS[org])))
        model.quarter_begins()
        assert (model.leaders.vacant_weeks[0] > 0.0) == is_sought


def test_who_leaves_by_the_scenario_costs_what_any_leaver_does_and_nothing_of_the_reorganisation():
    who = ("salesperson_1", "marketer_1", "head_of_sales")
    people, stated = BASE.people, BASE.company
    change = Change(3, org=ORGS["cro_two_heads"])
    for seed in range(3):
        left, stayed = (GoToMarket(with_changes(BASE, c), seed, past()) for c in (replace(change, leaves=who), change))
        for model in (left, stayed):
            while model.quarter < 3:
                model.step()
            model.quarter_begins()
        assert left.change_usd == stayed.change_usd > 0.0
        (sales, marketing), posts = left.called_away
        assert sales + marketing + len(posts) > 0
        staff = sales * stated.salesperson_cost_usd_per_year + marketing * stated.marketer_cost_usd_per_year
        replaced = people.replacement_cost_share * staff
        replaced += people.leader_replacement_share * stated.leader_cost_usd_per_year * len(posts)
        left.step()
        # Others may leave in the quarter too.
        assert left.rows[-1]["hiring_usd"] >= replaced - 1e-6
        assert left.rows[-1]["reorganisation_usd"] == stayed.change_usd


def test_ambiguity_of_a_reorganisation_fades():
    model = GoToMarket(with_changes(BASE, Change(2, org=ORGS["merged_balanced"])), 1, past())
    left = []
    while model.quarter <= 6:
        model.step()
        left.append(float(model.unsettled.mean()))
    after = left[BASE.warm_up_quarters + 1 :]
    assert left[BASE.warm_up_quarters] == 0.0
    np.testing.assert_allclose(after, np.exp(-3.0 / BASE.people.reorganisation_months * np.arange(1, 6)))


def test_who_is_found_beforehand_is_there_on_the_first_day():
    change = Change(2, org=ORGS["fractional_cmo"])
    there = {}
    for hires in ((), ("fractional_head_of_marketing",)):
        config = with_changes(company("org=merged_sales_led"), replace(change, hires=hires))
        models = [GoToMarket(config, seed, past()) for seed in range(5)]
        for model in models:
            while model.quarter <= 2:
                model.step()
        there[hires] = [float(model.leader_presence[1]) for model in models]
    assert there["fractional_head_of_marketing",] == [1.0] * 5
    assert min(there[()]) < 0.5


@pytest.mark.parametrize("who", ["head_of_marketing", "salesperson_2", "marketer_1"])
def test_somebody_else_follows_who_leaves(who):
    model, before = GoToMarket(with_changes(BASE, Change(2, leaves=(who,))), 3, past()), GoToMarket(BASE, 3, past())
    for one in (model, before):
        while one.quarter < 2:
            one.step()
    before.quarter_begins()
    model.quarter_begins()
    model.quarter_begins()  # twice is as once
    persons = [np.concatenate([m.sales.person, m.marketing.person, m.leaders.person]) for m in (model, before)]
    assert (persons[0] - persons[1]).sum() == 1
    assert sum(model.called_away.staff) + len(model.called_away.posts) == 1
    assert model.change_usd == 0.0


GROWN = Change(2, settings={"company.n_salespeople": 7, "company.n_marketers": 4})
CUT = Change(4, settings={"company.n_salespeople": 2, "company.n_marketers": 1})
BACK = Change(5, settings={"company.n_salespeople": 5, "company.n_marketers": 2})


def test_teams_grow_and_shrink_and_nothing_is_lost():
    for seed in (1, 2, 3):
        model = GoToMarket(with_changes(BASE, GROWN, CUT, BACK), seed, past())
        sizes = []
        while model.quarter <= 6:
            opened = sum(int((model.prospects.stage == stage).sum()) for stage in (Stage.MQL, Stage.OPPORTUNITY))
            model.step()
            row = model.rows[-1]
            ended = (
                row["wins"] + row["lost_to_silence"] + row["lost_by_decision"] + row["disqualified"] + row["nurtured"]
            )
            assert row["open_leads"] == opened + row["leads"] - ended
            sizes.append((model.sales.n, model.marketing.n, len(model.seats.load), len(model.channels.beliefs)))
            assert model.trust.level.shape == (2, *sizes[-1][:2])
            for column in ("awareness", "inquiry_left", "found_left", "idle_left", "contract_usd"):
                assert np.isfinite(model.prospects[column]).all()
            assert model.prospects.owner.max() < model.sales.n
            assert model.prospects.author.max() < model.seats.follow_up.shape[1]
        assert sizes[-6:] == [(4, 2, 4, 2), (7, 4, 7, 4), (7, 4, 7, 4), (2, 1, 2, 1), (5, 2, 5, 2), (5, 2, 5, 2)]
        # Who sat in a seat that was cut does not come back with it.
        assert (model.sales.person[2:5] > 0).all()


def test_hiring_leaves_the_luck_of_present_people_unchanged():
    model, before = (GoToMarket(config, 1, past()) for config in (with_changes(BASE, GROWN), BASE))
    for one in (model, before):
        while one.quarter < 2:
            one.step()
        one.quarter_begins()
    for column in ("person", "skill", "trait", "leave_left"):
        assert np.array_equal(getattr(model.sales, column)[:4], getattr(before.sales, column))
        assert np.array_equal(getattr(model.marketing, column)[:2], getattr(before.marketing, column))


def test_a_department_that_is_closed_and_opened_again_has_other_people():
    closed_again = with_changes(BASE, Change(2, org=ORGS["no_marketing"]), Change(4, org=BASE.org))
    model = GoToMarket(closed_again, 2, past())
    seen = []
    while model.quarter <= 6:
        before = model.marketing.person.copy()
        model.step()
        seen.append((model.rows[-1]["mqls"] > 0, model.paid_weeks[1] > 0, (model.marketing.person > before).all()))
    assert [paid for _, paid, _ in seen[4:7]] == [True, False, False]
    assert seen[7][2]


def test_the_plan_is_made_at_the_start():
    changed = with_changes(BASE, Change(2, settings={"market.growth_per_year": -0.2, "company.n_salespeople": 8}))
    plans = [[row["open_plan_usd"] for row in lived(config).rows] for config in (BASE, changed)]
    assert plans[0] == plans[1]


def test_a_market_grows_from_when_it_begins_to():
    growing = with_changes(
        BASE, Change(3, settings={"market.growth_per_year": 0.2}), Change(5, settings={"market.growth_per_year": 0.0})
    )
    model, hazards = GoToMarket(growing, 1, past()), []
    while model.quarter <= 6:
        model.step()
        hazards.append(model.policy.entry_hazard)
    size = np.array(hazards) / hazards[0]
    np.testing.assert_allclose(size[3:], [1, 1, 1, 1, 1.2**0.25, 1.2**0.5, 1.2**0.5][: len(size[3:])])


def test_a_budget_change_is_an_effort_against_todays():
    changed = with_changes(BASE, Change(3, settings={"company.program_budget_usd_per_year": 180_000.0}))
    model, before = lived(changed), lived(BASE)
    assert model.efforts.sum() > 1.2 * before.efforts.sum()
    spent = [row["programme_usd"] for row in model.rows if row["quarter"] in (2, 3)]
    assert spent[1] > 1.8 * spent[0]


def test_what_is_left_is_counted_under_todays_company_whatever_was_hired():
    """Seats that were added earn nothing after the horizon, and those that were cut are there again."""
    seeds = range(6)  # in a single future one deal more or less is 5%
    before = sum(lived(BASE, seed).run_off_usd() for seed in seeds)
    for n in (12, 1):
        resized = with_changes(BASE, Change(6, settings={"company.n_salespeople": n}))
        assert sum(lived(resized, seed).run_off_usd() for seed in seeds) == pytest.approx(before, rel=0.03)


def test_a_change_that_touches_no_post_role_or_seat_has_no_cost_of_transition():
    budget = with_changes(BASE, Change(3, settings={"company.program_budget_usd_per_year": 1e5}))
    assert list(arms("x", budget)) == [NOTHING, "x"]
    for change in (Change(3, org=ORGS["merged_balanced"]), Change(3, settings={"company.n_marketers": 3})):
        assert list(arms("x", with_changes(BASE, change))) == [NOTHING, "x", f"x_{FREE}"]
    assert list(arms("x", replace(BASE, transition=False, changes=(Change(3, org=ORGS["founder_led"]),)))) == [
        NOTHING,
        "x",
    ]
