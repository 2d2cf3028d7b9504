"""`twohats whatif`: the change against doing nothing, told, traced and drawn."""

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.cli import main
from sim.model import GoToMarket
from sim.study.results import Results
from sim.study.statistics import by_seed

TINY = """
company: startup
facts:
  company.n_prospects: 1200
  company.n_customers: 60
  company.inquiries_per_quarter: 100
  company.mqls_per_quarter: 25
  company.today.org: separate
"""
MERGE = "label: Merge in Q2\nphrase: merging in quarter 2\nchanges: [{quarter: 2, org: merged_sales_led}]\n"
QUICK = ("seeds=3", "horizon_quarters=4", "executor=serial", "results_dir=out", "--config-dir", "mine")


@pytest.fixture(autouse=True)
def _tiny(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine/scenario").mkdir(parents=True)
    write(MERGE)


def write(text):
    facts = TINY.replace("  company.today.org: separate\n", "today: {org: separate}\n")
    Path("mine/scenario/merge.yaml").write_text(facts + text, encoding="utf-8")


def asked(*words):
    return main(["whatif", "scenario=merge", *QUICK, *words])


def folder():
    return max(Path("out/whatif").iterdir())


@pytest.fixture(autouse=True)
def _undrawn(request, monkeypatch):
    """Pictures take longer than the runs, so only who looks at them has them drawn."""
    if "told" not in request.fixturenames:
        monkeypatch.setattr("sim.report.whatif.draw", lambda *_: None)


@pytest.fixture
def told(capsys):
    """What is printed, and the folder that is written."""
    assert asked() == 0
    return capsys.readouterr().out, folder()


def test_the_change_is_told_against_doing_nothing_traced_and_drawn(told):
    said, place = told
    for words in ("Difference from doing nothing", "Merge in Q2", "had it cost", "pays", "Simulated against stated"):
        assert words in said
    assert said.count("erging in quarter 2") >= 1
    assert "net present value over 1 year and what is left" in " ".join(said.split())
    files = {path.name for path in place.iterdir()}
    assert files == {"summary.csv", "runs.parquet", "quarters.parquet", "manifest.json", "figures"}
    drawn = {path.name for path in (place / "figures").iterdir()}
    assert drawn == {f"{name}.{kind}" for name in ("change", "change_headlines") for kind in ("png", "svg", "csv")}
    results = Results.load(place)
    numbers_lead_to_their_runs(results, pd.read_csv(place / "summary.csv"))
    rows_are_alike_until_the_change(results.quarters)


def numbers_lead_to_their_runs(results, summary):
    npv, manifest = by_seed(results.runs, "npv_usd"), results.manifest
    first = manifest["sentences"][0]
    number = first["numbers"]["npv_difference:merge-do_nothing"]
    assert number["mean"] == pytest.approx((npv["merge"] - npv["do_nothing"]).mean())
    assert first["runs"] == {"scenarios": ["do_nothing", "merge", "merge_at_no_cost"], "seeds": [0, 1, 2]}
    (row,) = summary[(summary["scenario"] == "merge") & (summary["outcome"] == "npv_usd")].to_dict("records")
    assert row["difference_mean"] == pytest.approx(number["mean"])
    assert manifest["quarters_per_seed"] == {"lived": 5 + 3 * 3, "if_apart": 3 * 8}
    assert manifest["scenarios"]["merge"]["config"]["changes"][0]["quarter"] == 2


def rows_are_alike_until_the_change(quarters):
    before = quarters[quarters["quarter"] < 2].drop(columns="scenario")
    arms = [rows.reset_index(drop=True) for _, rows in before.groupby(quarters["scenario"], sort=False)]
    for arm in arms[1:]:
        pd.testing.assert_frame_equal(arm, arms[0], check_exact=True)


def test_without_transition_the_change_is_settled_and_has_no_cost_of_its_own(capsys):
    assert asked("transition=off") == 0
    assert "had it cost" not in capsys.readouterr().out
    results = Results.load(folder())
    assert results.scenarios == ["do_nothing", "merge"]
    assert (results.quarters["reorganisation_usd"] == 0.0).all()


def test_a_change_that_changes_nothing_is_no_clear_difference(capsys):
    write("phrase: renaming a post\nchanges: [{quarter: 2, org: separate}]\n")
    assert asked() == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "There is no clear difference between renaming a post and doing nothing: $0 to $0" in said
    assert "Getting there costs" not in said


def test_one_future_says_that_it_can_tell_nothing(capsys):
    words = [word for word in QUICK if not word.startswith("seeds")]
    assert main(["whatif", "scenario=merge", "seed=2", *words]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "no interval" in said


def test_a_dry_run_says_what_it_would_take(capsys):
    assert asked("dry_run=true") == 0
    assert capsys.readouterr().out.startswith("9 runs: 3 scenarios x 3 seeds")
    assert not Path("out").exists()


def test_a_run_that_fails_is_named_and_what_finished_is_kept(capsys, monkeypatch):
    real = GoToMarket.step

    def step(self):
        if self.seed == 1 and self.quarter == 3 and self.base.changes:
            raise ZeroDivisionError("by the test")
        real(self)

    monkeypatch.setattr(GoToMarket, "step", step)
    assert asked() == 1
    said = capsys.readouterr()
    assert "run merge, seed 1 failed: ZeroDivisionError: by the test" in said.err
    assert len(Results.load(folder()).runs) == 7
    assert len(json.loads((folder() / "manifest.json").read_text(encoding="utf-8"))["failures"]) == 2


def test_the_settings_can_be_looked_at(capsys):
    assert asked("--cfg", "job") == 0
    assert "n_prospects: 1200" in capsys.readouterr().out
    assert main(["show", "scenario=split_in_q5", "scenario"]) == 0
    assert "scenario.phrase" in capsys.readouterr().out


def test_scenarios_can_be_swept():
    command = ["sweep", "-m", "scenario=merge", "transition=true,false", *QUICK]
    assert main(command) == 0
    (sweep,) = Path("out/sweep").iterdir()
    points = pd.read_csv(sweep / "points.csv")
    assert points["transition"].tolist() == [True, False]
    assert points["n_seeds"].tolist() == [3, 3]
    assert points["npv_usd_mean"].nunique() == 2
    assert pd.read_parquet(sweep / "runs.parquet")[["point", "seed"]].drop_duplicates().shape == (6, 2)
