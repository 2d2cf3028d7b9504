"""Structures held equal in cost: what a year costs at full teams, and the money that makes up for the difference."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cli.multirun import checked_jobs
from sim.compose import compose, compose_scenarios, sim_config
from sim.composition.catalogue import catalogue
from sim.config import OrgConfig, Post, PracticesConfig
from sim.params import ConfigError
from sim.report.contrasts import added_money, who_is_left_out
from sim.report.labels import Style
from sim.settings import EQUAL_COST, EQUAL_PRACTICES, StudySettings
from sim.study.contrast import (
    OutOfReach,
    at_equal_cost,
    committed_usd,
    contrasted,
    left_out,
    out_of_reach,
    spent_usd,
    yearly_cost_usd,
)
from sim.study.study import Study

NO_PRACTICES = PracticesConfig(**dict.fromkeys(PracticesConfig().levels(), 0.0))
PLAIN = sim_config("org=separate")
# Ten salespeople at 100k, four marketers at 80k, 100k of programmes; a full-time leader costs 200k.
BASE = replace(
    PLAIN,
    company=replace(
        PLAIN.company,
        n_salespeople=10,
        n_marketers=4,
        salesperson_cost_usd_per_year=100_000.0,
        marketer_cost_usd_per_year=80_000.0,
        program_budget_usd_per_year=100_000.0,
        leader_cost_usd_per_year=200_000.0,
    ),
    people=replace(PLAIN.people, span_of_control=8.0, team_lead_premium_usd_per_year=40_000.0, bought_hours_limit=0.5),
    pathways=replace(PLAIN.pathways, crm_usd_per_year=2_000.0, incentives_pay_share=0.02),
    practices=NO_PRACTICES,
)
SALES, MARKETING, PROGRAMMES = 10 * 100_000, 4 * 80_000, 100_000
TEAM_LEADS = 40_000 * (10 - 8) / 8


def led_by(*ratios, staffed=("sales", "marketing"), **changes):
    """The company under one leader of all that is staffed, or under one each, paid by these ratios."""
    led = [staffed] if len(ratios) == 1 else [(name,) for name in staffed]
    pairs = zip(led, ratios, strict=True)
    posts = {f"post_{functions[0]}": Post(functions=functions, pay_ratio=ratio) for functions, ratio in pairs}
    return replace(BASE, org=OrgConfig(name="ours", posts=posts, staffed=staffed), **changes)


def with_practices(config, **levels):
    return replace(config, practices=replace(NO_PRACTICES, **levels))


TWO, ONE, ALONE = led_by(1.0, 1.0), led_by(1.0), led_by(1.0, staffed=("sales",))
DEAR = led_by(2.0, 2.0)


def study_of(scenarios, reference="two", versus="one", contrast=EQUAL_COST):
    return Study.of(scenarios, StudySettings(tuple(scenarios), reference, versus, contrast, seeds=3))


# What a year costs


def test_a_year_costs_staff_leaders_team_leads_and_programmes():
    assert yearly_cost_usd(TWO) == pytest.approx(SALES + MARKETING + 2 * 200_000 + TEAM_LEADS + PROGRAMMES)
    assert yearly_cost_usd(ONE) == pytest.approx(SALES + MARKETING + 200_000 + TEAM_LEADS + PROGRAMMES)


def test_marketers_who_are_not_employed_cost_nothing_and_their_programmes_are_selling_hours():
    assert committed_usd(ALONE) == pytest.approx(SALES + 200_000 + TEAM_LEADS)
    assert spent_usd(ALONE) == pytest.approx(PROGRAMMES)


def test_practices_cost_licences_per_person_and_a_share_of_everybodys_pay():
    pay = SALES + MARKETING
    for level, usd in ({"shared_crm": 0.5}, 0.5 * 2_000 * 14), ({"unified_incentives": 0.5}, 0.5 * 0.02 * pay):
        assert yearly_cost_usd(with_practices(TWO, **level)) - yearly_cost_usd(TWO) == pytest.approx(usd)


def test_practices_cost_nothing_where_there_are_no_two_functions_to_live_them():
    for level in {"shared_crm": 0.5}, {"unified_incentives": 0.5}:
        assert yearly_cost_usd(with_practices(ALONE, **level)) == yearly_cost_usd(ALONE)


@given(st.floats(-500_000, 500_000))
def test_added_money_is_spent_to_the_last_dollar_where_there_is_room(added):
    config = replace(TWO, added_usd_per_year=added)
    assert yearly_cost_usd(config) - yearly_cost_usd(TWO) == pytest.approx(added, abs=1e-3)


def test_hours_beyond_what_people_can_work_cannot_be_bought():
    assert spent_usd(replace(ALONE, added_usd_per_year=1e6)) == pytest.approx(0.5 * SALES)


# Equal cost


def test_the_second_salary_is_given_to_the_one_leader():
    equal = at_equal_cost({"two": TWO, "one": ONE}, "two")
    assert equal == {"two": TWO, "one": replace(ONE, added_usd_per_year=200_000.0)}


def test_who_costs_more_than_the_reference_has_less_to_spend():
    assert at_equal_cost({"one": ONE, "two": TWO}, "one")["two"].added_usd_per_year == -200_000.0


def test_who_employs_no_marketers_buys_selling_hours_with_their_pay():
    assert at_equal_cost({"one": ONE, "alone": ALONE}, "one")["alone"].added_usd_per_year == MARKETING


def test_practices_are_paid_for_out_of_programmes_and_selling_hours():
    scenarios = {"none": TWO, "crm": with_practices(TWO, shared_crm=1.0)}
    assert at_equal_cost(scenarios, "none")["crm"].added_usd_per_year == -2_000.0 * 14


def test_who_costs_the_same_is_not_touched():
    twin = led_by(0.7, 1.3)
    equal = at_equal_cost({"two": TWO, "twin": twin}, "two")
    assert equal["twin"] == twin
    assert math.copysign(1.0, equal["twin"].added_usd_per_year) == 1.0


@given(
    ratios=st.lists(st.floats(0.0, 1.5), min_size=2, max_size=2),
    levels=st.fixed_dictionaries(dict.fromkeys(NO_PRACTICES.levels(), st.floats(0.0, 1.0))),
    own=st.floats(-1e5, 1e5),
)
def test_all_cost_the_same_and_nothing_but_the_added_money_differs(ratios, levels, own):
    scenarios = {
        "one": led_by(ratios[0], added_usd_per_year=own),
        "two": with_practices(led_by(*ratios, added_usd_per_year=own), **levels),
    }
    for reference, as_it_was in scenarios.items():
        equal = at_equal_cost(scenarios, reference)
        assert equal[reference] is as_it_was
        assert yearly_cost_usd(equal["one"]) == pytest.approx(yearly_cost_usd(equal["two"]), abs=0.01)
        for name, config in scenarios.items():
            assert replace(equal[name], added_usd_per_year=own) == config


def test_a_reference_that_cannot_spend_its_budget_is_matched_in_what_it_spends():
    rich = replace(BASE.company, program_budget_usd_per_year=700_000.0)
    alone, one = replace(ALONE, company=rich), replace(ONE, company=rich)
    equal = at_equal_cost({"alone": alone, "one": one}, "alone")
    assert equal["one"].added_usd_per_year == pytest.approx(-MARKETING - (700_000 - 0.5 * SALES))
    assert yearly_cost_usd(equal["one"]) == pytest.approx(yearly_cost_usd(alone))


# Out of reach


def test_who_cannot_spend_enough_is_left_out_and_the_others_are_as_without_it():
    scenarios = {"two": TWO, "alone": ALONE, "one": ONE}
    assert at_equal_cost(scenarios, "two") == at_equal_cost({"two": TWO, "one": ONE}, "two")
    assert out_of_reach(scenarios, "two") == (OutOfReach("alone", ALONE, 520_000.0, 400_000.0),)


def test_who_cannot_save_enough_is_left_out_too():
    (dear,) = out_of_reach({"one": ONE, "two": TWO, "dear": DEAR}, "one")
    assert (dear.name, dear.needed_usd) == ("dear", -600_000.0)
    assert dear.fitting_usd == pytest.approx(-0.5 * SALES - 600_000 * PROGRAMMES / (SALES + PROGRAMMES), abs=0.01)


def test_of_the_money_needed_nothing_fits_where_not_even_the_budget_does():
    rich = replace(BASE.company, program_budget_usd_per_year=700_000.0)
    alone, two = replace(ALONE, company=rich), replace(TWO, company=rich)
    (one,) = out_of_reach({"two": two, "alone": alone}, "two")
    assert one.needed_usd == 200_000 + MARKETING + 700_000 - 0.5 * SALES
    assert one.fitting_usd == 0.0


def test_money_that_was_there_before_counts_for_nothing():
    (one,) = out_of_reach({"two": TWO, "alone": replace(ALONE, added_usd_per_year=50_000.0)}, "two")
    assert (one.needed_usd, one.fitting_usd) == (520_000.0, 400_000.0)


@given(
    st.lists(st.floats(0.0, 5.0), min_size=2, max_size=2),
    st.lists(st.floats(0.0, 2.0), min_size=2, max_size=2),
    st.floats(0.0, 2e6),
)
def test_who_is_in_reach_is_matched_and_of_the_others_money_a_part_fits(ratios, pays, budget):
    company = replace(BASE.company, program_budget_usd_per_year=budget)
    staffed = {"two": led_by(*ratios), "one": led_by(pays[0]), "alone": led_by(pays[1], staffed=("sales",))}
    scenarios = {name: replace(config, company=company) for name, config in staffed.items()}
    unequal = {one.name: one for one in out_of_reach(scenarios, "two")}
    if len(unequal) < 2:
        equal = at_equal_cost(scenarios, "two")
        assert {*equal, *unequal} == {*scenarios}
        assert not {*equal} & {*unequal}
        for config in equal.values():
            assert yearly_cost_usd(config) == pytest.approx(yearly_cost_usd(equal["two"]), abs=0.011)
    for one in unequal.values():
        assert 0.0 <= one.fitting_usd / one.needed_usd < 1.0
        assert "would have to" in who_is_left_out([one], {one.name: styled(one.name)}).text


def test_a_reference_that_nobody_can_match_is_a_mistake_that_names_all_in_one_line():
    with pytest.raises(ConfigError) as mistake:
        at_equal_cost({"one": ONE, "dear": DEAR}, "one")
    assert str(mistake.value) == (
        "contrast = equal_cost: to cost as much as one, dear needs -600,000 USD a year (-554,545 fits) for programmes "
        "and selling hours; must fit within people.bought_hours_limit = 0.5, or be contrast=equal_practices"
    )
    with pytest.raises(
        ConfigError, match=r"alone needs \+520,000 USD a year \(\+400,000 fits\), dear needs -.* fits\) for"
    ):
        at_equal_cost({"two": TWO, "alone": ALONE, "dear": led_by(2.0, 3.0)}, "two")


def test_a_reference_that_is_all_there_was_is_no_mistake():
    assert at_equal_cost({"two": TWO}, "two") == {"two": TWO}


def test_a_study_runs_only_who_is_in_reach_and_knows_who_is_not():
    study = study_of({"two": TWO, "alone": ALONE, "one": ONE})
    assert list(study.scenarios) == ["two", "one"]
    assert study.n_runs == 2 * 3
    assert study.left_out == (OutOfReach("alone", ALONE, 520_000.0, 400_000.0),)


def test_the_sentence_falls_to_another_where_the_one_asked_for_is_left_out():
    scenarios = {"two": TWO, "alone": ALONE, "twin": led_by(0.7, 1.3), "one": ONE}
    assert study_of(scenarios, versus="one").versus == "one"
    assert study_of(scenarios, versus="alone").versus == "twin"
    assert study_of(scenarios, versus="alone", contrast=EQUAL_PRACTICES).versus == "alone"


# As a setting


def test_structures_are_contrasted_at_equal_practices_unless_equal_cost_is_asked_for():
    scenarios = {"two": TWO, "one": ONE}
    assert compose().study.contrast == EQUAL_PRACTICES
    assert contrasted(scenarios, "two", EQUAL_PRACTICES) == scenarios
    assert contrasted(scenarios, "two", EQUAL_COST) == at_equal_cost(scenarios, "two")


def test_at_equal_practices_nobody_is_left_out():
    scenarios = {"two": TWO, "alone": ALONE, "one": ONE}
    assert left_out(scenarios, "two", EQUAL_PRACTICES) == ()
    assert left_out(scenarios, "two", EQUAL_COST) == out_of_reach(scenarios, "two") != ()
    assert study_of(scenarios, contrast=EQUAL_PRACTICES).left_out == ()


def test_another_contrast_is_refused_with_the_nearest():
    with pytest.raises(
        ConfigError, match=r"contrast = equal_costs: must be one of equal_practices, equal_cost; did you m"
    ):
        compose(["contrast=equal_costs"])


def test_a_sweep_holds_nothing_equal():
    with pytest.raises(ConfigError, match=r"contrast=equal_cost: is for compare; must be left out of a sweep"):
        checked_jobs(["contrast=equal_cost"], catalogue())


@pytest.mark.parametrize(
    ("company", "versus"),
    [
        ("startup", "marketing_under_sales"),  # two sellers can't work off a second leader's pay
        ("small", "merged_sales_led"),
        ("medium", "merged_sales_led"),
        ("large", "merged_sales_led"),
    ],
)
def test_the_default_list_of_structures_can_be_compared_at_equal_cost_in_every_company(company, versus):
    study = Study.compare(f"company={company}", "contrast=equal_cost")
    assert study.versus == versus
    assert "no_marketing" in {one.name for one in study.left_out}
    costs = [yearly_cost_usd(config) for config in study.scenarios.values()]
    assert costs == pytest.approx([costs[0]] * len(costs), abs=0.01)


@pytest.mark.parametrize("company", ["medium", "large"])
def test_leaders_of_a_company_of_some_size_can_be_compared_at_equal_cost(company):
    overrides = [f"company={company}", "contrast=equal_cost"]
    scenarios = compose_scenarios(overrides, compose(overrides).study)
    employing = {name: config for name, config in scenarios.items() if "marketing" in config.org.staffed}
    equal = at_equal_cost(employing, "separate")
    assert equal["merged_sales_led"].added_usd_per_year > 0 > equal["cro_two_heads"].added_usd_per_year


def test_perfect_practices_are_all_six_in_full():
    practices = sim_config("org=separate", "practices=perfect").practices
    assert practices.levels() == dict.fromkeys(NO_PRACTICES.levels(), 1.0)


# In words


def styled(phrase):
    return Style(phrase, phrase, False, "#000000")


def test_the_answer_says_what_was_added_to_whom():
    equal = at_equal_cost({"two": TWO, "one": ONE, "three": led_by(1.0, 1.4), "twin": led_by(0.7, 1.3)}, "two")
    sentence = added_money(equal, {name: styled(f"{name} of them") for name in equal}, "two")
    assert sentence.text == (
        "Added a year for programmes and selling hours, so that all cost the $1.8M of two of them: "
        "one of them +$0.20M, three of them −$80k, twin of them $0."
    )
    assert sentence.numbers == {
        "yearly_cost_usd:two": pytest.approx(yearly_cost_usd(TWO)),
        "added_usd_per_year:one": 200_000.0,
        "added_usd_per_year:three": -80_000.0,
        "added_usd_per_year:twin": 0.0,
    }


def test_a_lone_reference_gets_nothing():
    assert added_money({"two": TWO}, {"two": styled("two")}, "two").text.endswith("of two: nothing.")


def told(*unequal):
    return who_is_left_out(unequal, {one.name: styled(f"{one.name} of them") for one in unequal})


def test_the_answer_says_who_is_left_out_and_how_far_off_it_is():
    sentence = told(OutOfReach("alone", ALONE, 520_000.0, 400_000.0), OutOfReach("dear", DEAR, -600_000.0, -554_545.0))
    assert sentence.text == (
        "Left out, because their cost can't be made equal: alone of them would have to spend $0.52M more a year on "
        "programmes and selling hours, of which $0.40M fits; dear of them would have to save $0.60M a year, of which "
        "$0.55M fits."
    )
    assert sentence.numbers == {
        "needed_usd_per_year:alone": 520_000.0,
        "fitting_usd_per_year:alone": 400_000.0,
        "needed_usd_per_year:dear": -600_000.0,
        "fitting_usd_per_year:dear": -554_545.0,
    }


@pytest.mark.parametrize(
    ("needed", "fitting", "words"),
    [
        (418_440.0, 2_000.0, "spend $0.42M more a year on programmes and selling hours, of which $2k fits."),
        (1_400_000.0, 0.0, "spend $1.4M more a year on programmes and selling hours, of which nothing fits."),
        (-337_900.0, -337_100.0, "save $0.338M a year on programmes and selling hours, of which $0.337M fits."),
        (7_000.0, 6_999.0, "spend $7.000k more a year on programmes and selling hours, of which $6.999k fits."),
    ],
)
def test_what_is_needed_never_reads_like_what_fits(needed, fitting, words):
    assert f"would have to {words}" in told(OutOfReach("alone", ALONE, needed, fitting)).text
