"""A scenario's file becomes changes of a run: names looked up, values absolute, in the order of quarters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.compose import compose, compose_whatif, sim_config
from sim.composition.catalogue import catalogue
from sim.composition.scenarios import _absolute
from sim.config import in_force
from sim.config.changes import FREE, NOTHING, changeable, lived_until, turns, value_of, with_value
from sim.study.study import Study

OURS = catalogue().options("scenario")


@pytest.fixture
def scenario(tmp_path):
    """A way to write a scenario's file and to compose it."""

    def made(text, *overrides):
        folder = tmp_path / "scenario"
        folder.mkdir(exist_ok=True)
        (folder / "mine.yaml").write_text(
            f"company: startup\ntoday: {{org: merged_sales_led}}\n{text}", encoding="utf-8"
        )
        return compose_whatif(["scenario=mine", *overrides], tmp_path)

    return made


@pytest.mark.parametrize("name", OURS)
def test_our_scenarios_tell_a_story_in_a_few_lines_and_words_for_a_sentence(name):
    file = catalogue().entry("scenario", name).file
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) <= 12
    assert file.read_text(encoding="utf-8").startswith("# ")
    composition, arms = compose_whatif([f"scenario={name}"])
    assert list(arms) == [NOTHING, name, f"{name}_{FREE}"]
    spec = composition.spec
    assert all((spec.label, spec.phrase, spec.color))
    assert spec.phrase[0].islower()
    for config in arms.values():
        assert config.transition
        assert config.org == config.today.org


def test_in_doing_nothing_today_goes_on(scenario):
    _, arms = scenario("changes: [{quarter: 3, org: separate}]")
    nothing = arms[NOTHING]
    assert (nothing.changes, nothing.org, nothing.practices) == ((), nothing.today.org, nothing.today.practices)
    assert in_force(arms["mine"], 2).org == nothing.org
    assert in_force(arms["mine"], 3).org.name == "separate"
    assert in_force(arms["mine"], 12).org.name == "separate"


def test_all_arms_have_lived_alike_until_the_change(scenario):
    _, arms = scenario("changes: [{quarter: 3, org: separate}]")
    assert len({str(lived_until(config, 3)) for config in arms.values()}) == 1
    assert len({str(lived_until(config, 4)) for config in arms.values()}) == 3


def test_relative_values_are_relative_to_what_was_there_then(scenario):
    text = """
changes:
  - {quarter: 4, set: {company.program_budget_usd_per_year: "-50%", company.n_salespeople: "-1"}}
  - {quarter: 2, set: {company.program_budget_usd_per_year: "+20%", company.n_salespeople: "+3"}}
  - {quarter: 6, set: {company.program_budget_usd_per_year: 70000, company.n_salespeople: "+50%"}}
"""
    config = scenario(text)[1]["mine"]
    assert [change.quarter for change in config.changes] == [2, 4, 6]
    budgets, sizes = ([value_of(in_force(config, q), f"company.{name}") for q in (1, 2, 4, 6)]
                      for name in ("program_budget_usd_per_year", "n_salespeople"))  # fmt: skip
    assert budgets == [90_000.0, 108_000.0, 54_000.0, 70_000.0]
    assert all(isinstance(budget, float) for budget in budgets)
    assert sizes == [2, 5, 4, 6]


ANY = sim_config("org=separate")


@settings(max_examples=30)
@given(st.integers(1, 500), st.integers(-90, 300))
def test_a_percentage_of_people_is_people(n, percent):
    then = with_value(ANY, "company.n_salespeople", n)
    found = _absolute("x", "company.n_salespeople", f"{percent:+d}%", then)
    assert isinstance(found, int)
    assert abs(found - n * (1 + percent / 100)) <= 0.5 + 1e-9


def test_a_market_is_another_option_whole(scenario):
    text = """
changes: [{quarter: 2, market: shrinking}, {quarter: 3, market: volatile}, {quarter: 5, market: steady}]"""
    config = scenario(text)[1]["mine"]
    assert dict(config.changes[0].settings) == {"market.growth_per_year": -0.1}
    markets = [in_force(config, quarter).market for quarter in (2, 3, 5)]
    assert [(m.growth_per_year, m.volatility) for m in markets] == [(-0.1, 0.0), (0.0, 0.2), (0.0, 0.0)]


def test_the_market_turns_on_both_sides_unless_it_is_what_is_asked(scenario):
    both = scenario("changes: [{quarter: 2, market: shrinking, practices: strong}, {quarter: 4, market: steady}]")[1]
    nothing = both[NOTHING]
    assert [in_force(nothing, q).market.growth_per_year for q in (1, 2, 4)] == [0.0, -0.1, 0.0]
    assert in_force(nothing, 2).practices == nothing.practices
    assert turns(both["mine"]) == (2,)
    alone = scenario("changes: [{quarter: 3, market: shrinking}]")[1]
    assert alone[NOTHING].changes == ()
    assert turns(alone["mine"]) == (3,)


def test_settings_may_be_nested(scenario):
    text = "facts: {company: {n_salespeople: 5}}\nchanges: [{quarter: 2, set: {company: {n_salespeople: '+2'}}}]"
    assert in_force(scenario(text)[1]["mine"], 2).company.n_salespeople == 7


def test_somebody_can_be_found_beforehand_for_what_is_new_or_was_left(scenario):
    for hires in ("head_of_marketing", "salesperson_3", "marketer_1"):
        text = f"""
changes:
  - {{quarter: 2, org: separate, leaves: marketer_1, set: {{company.n_salespeople: "+1"}}, hires: {hires}}}"""
        assert scenario(text)[1]["mine"].changes[0].hires == (hires,)
    assert scenario("changes: [{quarter: 2, leaves: marketer_1}, {quarter: 4, hires: marketer_1}]")


def test_set_comes_after_structure_practices_and_market(scenario):
    text = """changes: [{quarter: 2, org: separate, practices: strong, market: growing,
  set: {practices.shared_crm: 0.2, market.growth_per_year: 0.3, org.posts.head_of_marketing.mandate: 1}}]"""
    then = in_force(scenario(text)[1]["mine"], 2)
    assert (then.practices.shared_kpis, then.practices.shared_crm) == (0.9, 0.2)
    assert then.market.growth_per_year == 0.3
    assert then.org.posts["head_of_marketing"].mandate == 1.0


def test_facts_hold_from_the_start_and_overrides_win(scenario):
    text = "facts: {company.n_salespeople: 5, people.switching_loss: 0.2}\nchanges: [{quarter: 2, org: separate}]"
    for config in scenario(text)[1].values():
        assert (config.company.n_salespeople, config.people.switching_loss) == (5, 0.2)
    assert scenario(text, "company.n_salespeople=7")[1][NOTHING].company.n_salespeople == 7
    assert scenario(text, "company=small", "company.today.org=separate")[1][NOTHING].company.name == "small"
    assert scenario(text, "company.today.practices=none")[1][NOTHING].practices.shared_crm == 0.0


def test_transition_is_on_unless_it_is_asked_to_be_off(scenario):
    text = "changes: [{quarter: 2, org: separate}]"
    assert scenario(text)[1]["mine"].transition
    _, arms = scenario(text, "transition=off")
    assert list(arms) == [NOTHING, "mine"]
    assert not arms["mine"].transition
    assert not sim_config("org=separate").transition
    assert sim_config("org=separate", "transition=on").transition


def test_a_scenario_without_words_gets_them_from_its_name(scenario):
    spec = scenario("name: cut_costs\nchanges: [{quarter: 2, org: separate}]")[0].spec
    assert (spec.name, spec.label, spec.phrase) == ("cut_costs", "Cut costs", "cut costs")
    assert scenario("changes: [{quarter: 2, org: separate}]")[0].spec.name == "mine"


def test_a_scenario_can_build_on_another_one(tmp_path):
    (tmp_path / "scenario").mkdir()
    text = "defaults: [split_in_q5]\nname: split_small\ncompany: small\n"
    (tmp_path / "scenario" / "small_one.yaml").write_text(text, encoding="utf-8")
    composition, arms = compose_whatif(["scenario=small_one"], tmp_path)
    assert composition.sim.company.name == "small"
    assert list(arms)[1] == "split_small"
    assert composition.sim.changes[0].org.name == "separate"


def test_who_leaves_and_who_comes_are_names_or_lists_of_names(scenario):
    text = (
        "changes: [{quarter: 2, leaves: salesperson_1}, {quarter: 3, leaves: [salesperson_2, marketer_1], hires: []}]"
    )
    first, second = scenario(text)[1]["mine"].changes
    assert (first.leaves, second.leaves, second.hires) == (("salesperson_1",), ("salesperson_2", "marketer_1"), ())


def test_a_post_exists_once_there_is_its_structure(scenario):
    config = scenario("changes: [{quarter: 2, org: separate}, {quarter: 3, leaves: head_of_marketing}]")[1]["mine"]
    assert config.changes[1].leaves == ("head_of_marketing",)


def test_what_can_change_is_every_number_but_facts_of_today():
    known = changeable(sim_config("org=separate"))
    for name in ("company.n_marketers", "market.growth_per_year", "practices.shared_crm", "mechanisms.trust",
                 "mechanisms.clamp.trust", "people.switching_loss", "roles.crossover",
                 "org.posts.head_of_sales.profile.planning_horizon_quarters"):  # fmt: skip
        assert name in known
    for name in ("company.acv_usd", "company.name", "company.today.org", "market.junk_share_of_inquiries",
                 "horizon_quarters", "norms.sales.workload.mean", "org.posts.head_of_sales.functions"):  # fmt: skip
        assert name not in known


def test_a_study_in_a_notebook_has_the_same_arms():
    study = Study.whatif("scenario=merge_in_q2", "seeds=3")
    assert (list(study.scenarios), study.reference, study.versus) == (
        [NOTHING, "merge_in_q2", f"merge_in_q2_{FREE}"], NOTHING, "merge_in_q2",
    )  # fmt: skip
    assert study.n_quarters == (4 + 1 + 3 * 11, 48)
    assert compose(["scenario=merge_in_q2"]).sim == study.scenarios["merge_in_q2"]
