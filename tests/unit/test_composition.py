import pickle
import time
from dataclasses import FrozenInstanceError, asdict, fields, is_dataclass, replace
from pathlib import Path

import pytest
from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hypothesis import given, settings
from hypothesis import strategies as st
from omegaconf import OmegaConf

from sim.cli.listing import rows
from sim.cli.multirun import checked_jobs, checked_sweep
from sim.compose import compose, compose_scenarios, reference_choices, sim_config
from sim.composition.catalogue import GROUPS, PRIMARY, catalogue, conf_dir
from sim.composition.overrides import quoted
from sim.composition.schema import declared, frozen, setting_names, settings_class, unfrozen
from sim.composition.tree import VERSION_BASE, _composed
from sim.config import (
    CompanyConfig,
    ConfigError,
    OrgConfig,
    Post,
    SimConfig,
    TodayConfig,
    TodayNames,
    fingerprint,
)
from sim.settings import ExecutorSettings, StudySettings, check_settings
from sim.sources import SOURCES


def users_folder(place: Path, **files: str) -> Path:
    """A folder such as a user gives as --config-dir; `company__acme` stands for company/acme.yaml."""
    for name, text in files.items():
        file = place / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return place


def hydras(overrides):
    """What Hydra alone composes."""
    with initialize_config_dir(str(conf_dir()), version_base="1.3"):
        return OmegaConf.to_container(hydra_compose(PRIMARY, overrides), resolve=True)


ORG = sim_config("org=separate").org


def test_the_composed_default_is_the_dataclasses_default_and_a_structure():
    names = TodayNames(org="marketing_under_sales")
    today = TodayConfig(org=sim_config("org=marketing_under_sales").org)
    assert sim_config("org=separate") == SimConfig(ORG, today, company=CompanyConfig(today=names))


def test_a_scenario_is_frozen_and_holds_no_lists():
    config = sim_config("org=separate")
    assert config.org.posts["head_of_sales"].functions == ("sales",)
    assert config.org.staffed == ("sales", "marketing")
    with pytest.raises(FrozenInstanceError):
        config.horizon_quarters = 3
    hash(
        (
            config.org.posts["head_of_sales"],
            config.company,
            config.people,
            config.mechanisms,
            config.activities,
        )
    )


def test_overrides_change_what_they_name_and_nothing_else():
    config = sim_config("company=small", "org=separate", "practices.shared_kpis=0.9", "company.acv_usd=13000")
    plain = sim_config("company=small", "org=separate")
    assert plain.company.n_salespeople == 6
    assert config == replace(
        plain,
        practices=replace(plain.practices, shared_kpis=0.9),
        company=replace(plain.company, acv_usd=13_000.0),
    )


def test_a_later_value_wins_and_a_dict_sets_several():
    config = sim_config("org=separate", "company={n_salespeople: 3, n_marketers: 2}", "company.n_salespeople=4")
    assert (config.company.n_salespeople, config.company.n_marketers) == (4, 2)


def test_an_override_leaves_no_trace_in_the_next_composition():
    before = sim_config("org=separate")
    sim_config("org=separate", "org.posts.head_of_sales.mandate=0.1", "people.mixing=horizons")
    sim_config("org=separate", "company.today.org=separate")
    assert sim_config("org=separate") == before


def test_today_is_named_by_the_company_and_not_moved_by_the_scenario():
    config = sim_config("company=small", "org=founder_led", "org.posts.founder.mandate=0.1", "practices=strong")
    assert config.today.org.name == "founder_led"
    assert config.today.org.posts["founder"].mandate != config.org.posts["founder"].mandate
    assert config.today.practices.name == "typical"
    assert sim_config("org=separate", "company.today.practices=none").today.practices.shared_kpis == 0.0


def test_one_setting_may_refer_to_another():
    config = sim_config("org=separate", "company.n_marketers=${company.n_salespeople}")
    assert config.company.n_marketers == config.company.n_salespeople


@pytest.mark.parametrize(
    "overrides",
    [
        [],
        ["org=founder_led"],
        [
            "org=separate",
            "company=startup",
            "practices=strong",
            "roles=hybrid",
            "market=volatile",
            "executor=serial",
        ],
        ["org=cro_two_heads", "org.posts.head_of_sales.profile={cross_domain: 0.5}", "org.staffed=[sales]"],
        [
            "orgs=[separate,founder_led+strong]",
            "seeds=3",
            "mechanisms.clamp.trust=1",
            "people.kernel_order=inf",
        ],
        ["company={n_salespeople: 3}", "company.name='a, b'", "results_dir=a/b", "seed=0", "dry_run=true"],
    ],
    ids=" ".join,
)
def test_hydra_itself_would_compose_the_same(overrides):
    assert compose(overrides).resolved == hydras(overrides)


def test_the_resolved_settings_and_choices_say_all_for_the_manifest():
    composition = compose(["company=small", "seeds=3"])
    assert composition.resolved["company"]["n_salespeople"] == 6
    assert composition.resolved["seeds"] == 3
    assert composition.choices == {
        "company": "small", "org": None, "practices": "typical", "roles": "specialised", "market": "steady",
        "people": "default", "mechanisms": "all", "scenario": None, "executor": "processes",
    }  # fmt: skip
    assert compose(["org=separate"]).choices["org"] == "separate"


def test_without_a_structure_there_is_no_scenario():
    assert compose().scenario is None
    with pytest.raises(ConfigError, match=r"org is not chosen: must be given"):
        _ = compose().sim


def test_a_post_is_changed_only_in_a_structure_that_is_chosen():
    with pytest.raises(ConfigError, match=r"org\.posts\.boss\.mandate: no structure is chosen; must come with org="):
        compose(["org.posts.boss.mandate=1"])


def test_composition_leaves_hydra_as_it_was():
    GlobalHydra.instance().clear()
    sim_config("org=separate", "company=large")
    assert not GlobalHydra.instance().is_initialized()


def test_composing_again_is_cheaper_than_hydra_alone():
    def fastest(composed):
        seconds = []
        for level in range(6):
            start = time.perf_counter()
            composed(["org=separate", f"practices.shared_kpis=0.{level}"])
            seconds.append(time.perf_counter() - start)
        return min(seconds)

    assert fastest(lambda overrides: sim_config(*overrides)) < fastest(hydras)


def test_no_default_post_leaks_into_the_schema():
    assert OmegaConf.structured(unfrozen(OrgConfig)).posts == {}
    assert OmegaConf.structured(settings_class()).org is None
    for name in catalogue().options("org"):
        org = sim_config(f"org={name}").org
        assert set(org.posts) == set(OmegaConf.load(conf_dir() / "org" / f"{name}.yaml").posts)


def test_the_mirror_of_a_frozen_dataclass_leads_back_to_it():
    mirror = OmegaConf.structured(settings_class())
    mirror.org = unfrozen(OrgConfig)(name="x")
    plain = OmegaConf.to_container(mirror)
    for f in fields(SimConfig):
        if f.name != "org" and is_dataclass(f.default_factory):
            assert frozen(f.default_factory, plain[f.name]) == f.default_factory()
    assert frozen(OrgConfig, plain["org"]) == OrgConfig("x", {})


def test_every_setting_leads_to_its_field():
    for name in setting_names():
        f, _ = declared(name)
        assert f.name == name.rsplit(".", 1)[-1]
    assert declared("org.posts.anybody.profile.cross_domain")[0].name == "cross_domain"
    assert declared("org.posts.anybody.nothing") is None
    assert declared("company.nothing.at.all") is None
    assert declared("nothing") is None


STUDY = StudySettings(orgs=("a",), reference="a", versus="b")


def test_seeds_are_a_number_of_futures_and_seed_is_one_of_them():
    assert replace(STUDY, seeds=3).seed_list() == (0, 1, 2)
    assert replace(STUDY, seed=7).seed_list() == (7,)
    assert compose(["seeds=2"]).study.seed_list() == (0, 1)


def test_seed_0_is_a_seed():
    assert compose(["seed=0"]).study.seed_list() == (0,)
    assert compose(["seeds=2", "seed=null"]).study.seed_list() == (0, 1)


def test_the_default_study_compares_nine_structures_on_all_cores():
    study = compose().study
    assert sorted(study.orgs) == sorted(catalogue().options("org"))
    assert len(study.orgs) == 9
    assert (study.reference, study.versus) == ("separate", "merged_sales_led")
    assert study.executor == ExecutorSettings("processes", None)
    assert compose(["executor=serial"]).study.executor == ExecutorSettings("serial", None)
    defaults = {
        f.name: f.default for f in fields(StudySettings) if f.name in ("seeds", "seed", "results_dir", "dry_run")
    }
    assert {name: getattr(study, name) for name in defaults} == defaults


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"orgs": ()}, r"orgs is empty: must name at least one structure"),
        ({"results_dir": " "}, r"results_dir is empty: must be a folder's name"),
        ({"seeds": 0}, r"seeds = 0 futures: must be in \[1, 100000\]"),
        ({"seed": -1}, r"seed = -1 \(one future\): must be in \[0, "),
        (
            {"executor": ExecutorSettings("serial", 2)},
            r"n_jobs = 2 processes: must be 1 where executor = serial",
        ),
        (
            {"executor": ExecutorSettings("proceses")},
            r"executor\.name = proceses: .*did you mean processes\?",
        ),
    ],
)
def test_settings_that_cant_be_are_refused_by_name(changed, message):
    with pytest.raises(ConfigError, match=message):
        check_settings(replace(STUDY, **changed))


def scenarios(*overrides):
    return compose_scenarios(overrides, compose(overrides).study)


def test_a_comparison_has_a_scenario_for_each_name_and_they_differ_in_structure_alone():
    found = scenarios("company=small", "seeds=2")
    assert list(found) == list(compose().study.orgs)
    for name, config in found.items():
        assert config == sim_config("company=small", f"org={name}")
        assert replace(config, org=ORG) == replace(found["separate"], org=ORG)
    assert len({fingerprint(config) for config in found.values()}) == 9


def test_practices_and_roles_are_added_to_a_structure_by_a_plus():
    found = scenarios("orgs=[separate,separate+strong,founder_led+none+hybrid]", "practices=typical")
    assert list(found) == ["separate", "separate+strong", "founder_led+none+hybrid"]
    assert found["separate+strong"] == sim_config("org=separate", "practices=strong")
    assert found["founder_led+none+hybrid"] == sim_config("org=founder_led", "practices=none", "roles=hybrid")


def test_a_value_given_for_all_scenarios_holds_in_each():
    found = scenarios("orgs=[separate,separate+strong]", "practices.shared_kpis=0.5")
    assert [config.practices.shared_kpis for config in found.values()] == [0.5, 0.5]
    assert [config.practices.joint_reviews for config in found.values()] == [0.4, 0.9]


def test_the_reference_is_put_first_if_missing_and_left_in_its_place_if_not():
    assert list(scenarios("orgs=[founder_led]")) == ["separate", "founder_led"]
    assert list(scenarios("orgs=[founder_led,separate]")) == ["founder_led", "separate"]
    assert list(scenarios("orgs=[founder_led]", "reference=separate+strong")) == [
        "separate+strong",
        "founder_led",
    ]
    assert list(scenarios("orgs=[separate,separate]")) == ["separate"]


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["org=separate"], r"org = separate: compare takes a list of structures; must be orgs=\[separate\]"),
        (["org.posts.head_of_sales.mandate=0"], r"org\.posts\.head_of_sales\.mandate: compare takes a list"),
    ],
)
def test_a_comparison_refuses_one_structure_and_points_to_the_list(overrides, message):
    with pytest.raises(ConfigError, match=message):
        compose_scenarios(overrides, compose().study)


def test_the_reference_stands_in_where_no_structure_is_chosen():
    assert reference_choices(["seeds=3"]) == ["org=separate"]
    assert reference_choices(["org=founder_led"]) == []
    assert reference_choices(["reference=founder_led+strong+hybrid", "roles=specialised"]) == [
        "org=founder_led", "practices=strong",
    ]  # fmt: skip


def test_a_users_own_options_are_found_beside_ours(tmp_path):
    mine = users_folder(
        tmp_path, company__acme="defaults: [medium]\nn_salespeople: 7\n", practices__ours="shared_kpis: 1\n"
    )
    config = sim_config("org=separate", "company=acme", "practices=ours", config_dir=mine)
    assert (config.company.n_salespeople, config.practices.shared_kpis) == (7, 1.0)
    assert sim_config("org=separate", "company=small", config_dir=mine).company.name == "small"


def test_a_users_option_is_called_after_its_file_unless_it_says_otherwise(tmp_path):
    mine = users_folder(
        tmp_path,
        company__acme="defaults: [small]\nn_salespeople: 7\n",
        company__beta="name: Beta, Inc.\ntoday: {org: ours}\n",
        org__ours="posts: {boss: {functions: [sales, marketing]}}\n",
        practices__calm="defaults: [strong]\nshared_kpis: 0.1\n",
    )
    acme = sim_config("org=ours", "company=acme", "practices=calm", config_dir=mine)
    assert (acme.company.name, acme.company.n_customers, acme.company.n_salespeople) == ("acme", 417, 7)
    assert (acme.org.name, list(acme.org.posts)) == ("ours", ["boss"])
    assert (acme.practices.name, acme.practices.shared_kpis, acme.practices.joint_reviews) == (
        "calm",
        0.1,
        0.9,
    )
    assert sim_config("org=separate", "company=beta", config_dir=mine).company.name == "Beta, Inc."


def test_a_users_structure_can_be_compared_and_be_that_of_today(tmp_path):
    mine = users_folder(
        tmp_path,
        org__ours="defaults: [separate]\nposts: {head_of_sales: {mandate: 0.3}}\n",
        company__acme="today: {org: ours}\n",
    )
    overrides = ["company=acme", "orgs=[ours,separate]"]
    found = compose_scenarios(overrides, compose(overrides, mine).study, mine)
    assert found["ours"].org.posts["head_of_sales"].mandate == 0.3
    assert found["separate"].today.org == found["ours"].org
    assert found["separate"].org.posts["head_of_sales"].mandate == 0.8


def test_an_edited_file_is_read_again(tmp_path):
    mine = users_folder(tmp_path, company__acme="defaults: [medium]\nn_salespeople: 7\n")
    assert sim_config("org=separate", "company=acme", config_dir=mine).company.n_salespeople == 7
    users_folder(tmp_path, company__acme="defaults: [medium]\nn_salespeople: 11\n")
    assert sim_config("org=separate", "company=acme", config_dir=mine).company.n_salespeople == 11


def test_a_relative_folder_and_a_path_with_spaces_and_commas_will_do(tmp_path, monkeypatch):
    users_folder(tmp_path / "My, 'own' files", company__acme="defaults: [small]\n")
    monkeypatch.chdir(tmp_path)
    config = sim_config("org=separate", "company=acme", config_dir="My, 'own' files")
    assert config.company.n_salespeople == 6


@pytest.mark.parametrize(
    "words",
    ["My Client, Inc", "it's", "a=b", "C:\\new\\", "{x}", "Zażółć", "null", "'", "back\\'slash", "[", "#1"],
)
def test_a_users_own_words_are_taken_as_they_are(words):
    assert compose([f"results_dir={words}"]).study.results_dir == words
    assert sim_config("org=separate", f"company.name={words}").company.name == words


def test_quotes_that_a_user_wrote_are_kept_and_other_settings_left_alone():
    assert quoted("company.name='a, b'") == "company.name='a, b'"
    assert compose(["results_dir='a, b'"]).study.results_dir == "a, b"
    assert quoted("orgs=[a,b]") == "orgs=[a,b]"
    assert quoted("company.today.org=a,b") == "company.today.org=a,b"


def test_a_sweep_has_a_job_for_every_combination():
    jobs = checked_jobs(["org=separate,founder_led", "seeds=3", "market.volatility=range(0,2)"], catalogue())
    assert jobs == [
        ["org=separate", "seeds=3", "market.volatility=0"],
        ["org=separate", "seeds=3", "market.volatility=1"],
        ["org=founder_led", "seeds=3", "market.volatility=0"],
        ["org=founder_led", "seeds=3", "market.volatility=1"],
    ]
    assert checked_jobs(["practices=glob(s*,exclude=str*)"], catalogue()) == [
        ["practices=shared_crm_alone"], ["practices=shared_kpis_alone"],
    ]  # fmt: skip
    assert checked_jobs([], catalogue()) == [[]]


def test_an_interval_is_left_to_the_sweeper_that_knows_it():
    searched = ["market.volatility=interval(0,1)", "seeds=2"]
    assert checked_jobs(searched, catalogue(), has_sweeper=True) == [["seeds=2"]]


def test_a_huge_sweep_is_checked_value_by_value():
    wide = ",".join(f"0.{n:03}" for n in range(400))
    jobs = checked_jobs([f"market.volatility={wide}", "seeds=2,3"], catalogue())
    assert len(jobs) == 401
    assert jobs[-1] == ["market.volatility=0.0", "seeds=3"]


def test_a_sweep_runs_with_the_reference_unless_structures_are_swept():
    assert checked_sweep(["company=small,medium"]).ours == ["company=small,medium", "org=separate"]
    assert checked_sweep(["org=separate,founder_led", "hydra.verbose=true"]).hydras == ["hydra.verbose=true"]
    assert checked_sweep(["results_dir=a b"]).ours[0] == "results_dir='a b'"


def test_a_row_says_name_value_unit_range_and_source():
    (row,) = rows(compose(["org=separate"]).resolved, "people.switching_loss")
    assert (row.value, row.allowed, row.source) == ("0.1", "[0, 0.25]", SOURCES["task-switching"])
    assert "contracted hours" in row.unit


def test_every_setting_has_a_row_and_a_group_shows_its_own():
    resolved = compose(["org=separate"]).resolved
    names = {row.name for row in rows(resolved)}
    assert {name for name in setting_names() if not name.startswith("org")} <= names
    assert {row.name.split(".")[0] for row in rows(resolved, "org")} == {"org"}
    assert {row.name for row in rows(resolved, "company.n_")} == {
        "company.n_prospects", "company.n_customers", "company.n_salespeople", "company.n_marketers",
    }  # fmt: skip
    with pytest.raises(ConfigError, match=r"compny: no setting starts like this; did you mean company\?"):
        rows(resolved, "compny")


def test_a_configuration_can_be_written_down_and_told_apart():
    one, other = sim_config("org=separate"), sim_config("org=separate", "people.away_penalty=0.3")
    assert is_dataclass(one)
    assert asdict(one)["people"]["away_penalty"] == 0.2
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) == fingerprint(sim_config("org=separate"))


NAMES = st.sampled_from(
    [*setting_names(), *GROUPS, "org.posts", "org.posts.head_of_sales.mandate", "hydra.job.name", ""]
)
ODD = [
    "nan",
    "null",
    "{}",
    "[1]",
    "[a,b]",
    "{a: {b: 2}}",
    "a b",
    "???",
    "${x}",
    "${..}",
    "[",
    "'",
    "a,b",
    "range(1,3)",
]
VALUES = st.sampled_from([*ODD, "glob(*)", "=", "+", "\\", "\n", "9" * 400, "{1: 2}", "[${x}]", "!!x"]) | st.text(
    max_size=8
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "", "", "+", "~"]), NAMES, VALUES), min_size=1, max_size=2))
def test_whatever_is_typed_there_is_a_composition_or_one_mistake(typed):
    overrides = ["org=separate", *(f"{sign}{name}={value}" for sign, name, value in typed)]
    try:
        assert compose(overrides).sim
    except ConfigError as mistake:
        said = str(mistake)
    else:
        said = ""
    assert "To append" not in said


def test_the_schema_reaches_another_process_by_its_name():
    # As a launcher of Hydra's sends it: a copy would take "no default" for a default.
    for mirror in (settings_class(), unfrozen(Post)):
        assert pickle.loads(pickle.dumps(mirror)) is mirror


def test_a_scenario_is_composed_within_a_job_of_hydras_and_hydra_is_left_as_it_was():
    with initialize_config_dir(str(conf_dir()), version_base=VERSION_BASE):
        before = GlobalHydra.instance().hydra
        _composed.cache_clear()
        assert compose(["company=small", "org=separate"]).sim.company.name == "small"
        assert GlobalHydra.instance().hydra is before
