"""Equal cost and leakage from the command to the folder: what the units of study and report add up to."""

import json

import pytest

from sim.cli import main
from sim.compose import sim_config
from sim.model import GoToMarket
from sim.settings import EQUAL_COST
from sim.study.contrast import at_equal_cost
from sim.study.results import Results
from sim.study.statistics import wide

pytestmark = pytest.mark.slow

SMALL = ["company=medium", "executor=serial", "seeds=3", "horizon_quarters=4"]


def compared(folder, *overrides):
    """Results folder of a small comparison."""
    assert main(["compare", *SMALL, f"results_dir={folder}", *overrides]) == 0
    (results,) = (folder / "compare").iterdir()
    return results


@pytest.fixture(scope="module")
def at_equal(tmp_path_factory):
    orgs = "orgs=[separate,merged_sales_led,cro_two_heads,marketing_under_sales]"
    return compared(tmp_path_factory.mktemp("equal"), orgs, "contrast=equal_cost")


def test_a_comparison_at_equal_cost_says_so_everywhere(at_equal):
    manifest = json.loads((at_equal / "manifest.json").read_text(encoding="utf-8"))
    added, verdict, *_ = manifest["sentences"]
    assert manifest["contrast"] == EQUAL_COST
    assert manifest["left_out"] == {}
    assert "at equal total cost" in verdict["text"]
    assert added["text"].startswith("Added a year for programmes and selling hours, so that all cost the $")
    for name, scenario in manifest["scenarios"].items():
        if name != manifest["reference"]:
            assert added["numbers"][f"added_usd_per_year:{name}"] == scenario["config"]["added_usd_per_year"]
    for picture in (at_equal / "figures").glob("*.svg"):
        assert "at equal total cost" in " ".join(picture.read_text(encoding="utf-8").split())


def test_money_that_is_added_is_spent_and_scenarios_share_their_past(at_equal):
    results = Results.load(at_equal)
    spent = {
        name: 4 * (wide(quarters, "programme_usd") + wide(quarters, "bought_hours_usd"))
        for name, quarters in results.quarters.groupby("scenario")
    }
    for name, scenario in results.manifest["scenarios"].items():
        more = spent[name] - spent["separate"]
        assert (more.loc[:, :0] == 0).all(axis=None)
        # Hours are bought of those who are there, so an empty seat leaves a part unspent.
        assert more.loc[:, 1:].mean(axis=None) == pytest.approx(
            scenario["config"]["added_usd_per_year"], rel=0.15, abs=15_000
        )


def test_money_is_in_todays_proportion_from_the_first_quarter_on():
    overrides = ["company=medium", "mechanisms.reallocation=false"]
    scenarios = {name: sim_config(*overrides, f"org={name}") for name in ("separate", "merged_sales_led")}
    config = at_equal_cost(scenarios, "separate")["merged_sales_led"]
    company, model = config.company, GoToMarket(config, 0)
    while model.quarter <= 1:
        model.step()
    factor = model.money.programme_usd / company.program_budget_usd_per_year
    selling = company.n_salespeople * company.salesperson_cost_usd_per_year
    assert model.money.bought_share == pytest.approx(factor - 1.0)
    assert (factor - 1.0) * (company.program_budget_usd_per_year + selling) == pytest.approx(config.added_usd_per_year)


def test_the_first_quarter_with_added_money_moves_no_more_than_a_quarter_without():
    """Where owners reallocate too, added money comes on top of their split and is not what they have to move."""
    overrides = ["company=medium", "org=cro_two_heads"]
    programmes = []
    for added in (0, -490_000):
        model = GoToMarket(sim_config(*overrides, f"added_usd_per_year={added}"), 0)
        while model.quarter <= 1:
            model.step()
        programmes.append(model.money.programme_usd)
    company = model.config.company
    selling = company.n_salespeople * company.salesperson_cost_usd_per_year
    part = company.program_budget_usd_per_year / (company.program_budget_usd_per_year + selling)
    assert programmes[1] - programmes[0] == pytest.approx(-490_000 * part)


def test_a_structure_that_cannot_spend_its_share_is_left_out_and_the_answer_says_so(tmp_path, capsys):
    orgs = "orgs=[no_marketing,merged_balanced,cro_two_heads]"
    folder = compared(tmp_path, orgs, "versus=no_marketing", "contrast=equal_cost")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["scenarios"]) == ["separate", "merged_balanced", "cro_two_heads"]
    assert manifest["versus"] == "merged_balanced"
    assert set(Results.load(folder).runs["scenario"]) == set(manifest["scenarios"])
    added, left, verdict, *_ = manifest["sentences"]
    assert "without marketing" not in added["text"] + verdict["text"]
    assert left["text"].startswith("Left out, because their cost can't be made equal: a head of sales without ")
    (far,) = manifest["left_out"].values()
    assert far == {kind: left["numbers"][f"{kind}:no_marketing"] for kind in far}
    assert far["needed_usd_per_year"] > far["fitting_usd_per_year"] >= 0.0
    said = " ".join(capsys.readouterr().out.split())
    assert said.index(added["text"]) < said.index(left["text"]) < said.index(verdict["text"])


def test_a_dry_run_counts_who_is_run(tmp_path, capsys):
    words = ["compare", *SMALL, f"results_dir={tmp_path}", "orgs=[no_marketing,merged_balanced]", "contrast=equal_cost"]
    assert main([*words, "dry_run=true"]) == 0
    assert capsys.readouterr().out.startswith("6 runs: 2 scenarios x 3 seeds")


def test_a_structure_that_is_alone_and_cannot_spend_its_share_is_refused_before_anything_runs(tmp_path, capsys):
    words = ["compare", *SMALL, f"results_dir={tmp_path}", "orgs=[no_marketing]", "contrast=equal_cost"]
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("twohats: contrast = equal_cost: to cost as much as separate, no_marketing needs +")
    assert line.endswith("or be contrast=equal_practices")
    assert not list(tmp_path.iterdir())


def test_a_comparison_with_perfect_practices_tells_what_leaks(tmp_path):
    results = Results.load(compared(tmp_path, "orgs=[separate+none,separate+perfect]"))
    outcome = results.paired("separate+none", "separate+perfect")
    assert outcome.by_seed[["leakage", "leakage_year_1"]].notna().all(axis=None)
    assert outcome.by_seed["leakage"].equals(outcome.by_seed["leakage_year_1"])  # the horizon is that year
    assert outcome.by_seed["payback_quarter"].isna().all()  # the same leaders at the same pay
    assert results.paired("separate", "separate+none").summary.loc["leakage", "n_seeds"] == 0
