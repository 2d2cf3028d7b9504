"""A sweep's answer is one table and one set of figures, whoever ran its points."""

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.cli import main
from sim.store import Store

QUICK = ("company=startup", "seeds=2", "horizon_quarters=2", "executor=serial", "results_dir=out")
GRID = ("org=separate,founder_led", "market.volatility=0,0.4")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def swept(*words):
    assert main(["sweep", "-m", *QUICK, *words]) == 0
    return max(Path("out/sweep").iterdir())


def test_a_sweep_says_what_each_factor_does_and_writes_one_table(capsys):
    folder = swept(*GRID)
    said = capsys.readouterr().out
    assert "4 points, 2 futures each, the same for all." in said
    assert "market.volatility" in said
    points = pd.read_csv(folder / "points.csv")
    assert points[["org", "market.volatility"]].to_numpy().tolist() == [
        ["separate", 0.0], ["separate", 0.4], ["founder_led", 0.0], ["founder_led", 0.4],
    ]  # fmt: skip
    assert points["npv_difference_mean"].notna().tolist() == [False, False, True, True]
    assert len(pd.read_parquet(folder / "runs.parquet")) == 8
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["factors"], manifest["n_points"], manifest["seeds"]) == (["org", "market.volatility"], 4, [0, 1])
    figures = {path.name for path in (folder / "figures").iterdir()}
    names = ("npv", "revenue", "brand_equity", "burnout")
    assert figures == {f"effects_{name}.{kind}" for name in names for kind in ("png", "svg", "csv")}


def test_hydras_jobs_are_gathered_into_the_table_that_one_study_makes():
    at_once, by_hydra = swept(*GRID), swept(*GRID, "hydra/launcher=basic")
    assert (by_hydra / "3" / "runs.parquet").exists()
    one, other = (pd.read_csv(folder / "points.csv") for folder in (at_once, by_hydra))
    pd.testing.assert_frame_equal(one, other)
    assert (by_hydra / "figures" / "effects_npv.png").exists()


def test_sweeps_and_comparisons_share_their_runs():
    swept("org=separate,founder_led")
    with Store("out") as store:
        n_before = store.ask("SELECT count(*) FROM run")
        assert main(["compare", *QUICK, "orgs=[separate,founder_led]"]) == 0
        assert store.ask("SELECT count(*) FROM run") == n_before == [(4,)]


def test_sampled_points_meet_every_structure():
    folder = swept("design=sobol", "points=4", "market.volatility=interval(0,0.5)", "org=separate,founder_led")
    points = pd.read_csv(folder / "points.csv")
    by_org = points.groupby("org")["market.volatility"].apply(list)
    assert by_org["separate"] == by_org["founder_led"]
    assert points["market.volatility"].between(0, 0.5).all()


def test_a_list_of_points_is_run_row_by_row_and_a_mistake_names_its_row(capsys):
    Path("mine.csv").write_text("org,market.volatility\nseparate,0.1\nfounder_led,0.2\n", encoding="utf-8")
    assert len(pd.read_csv(swept("design=mine.csv") / "points.csv")) == 2
    Path("mine.csv").write_text("org,market.volatility\nseparate,0.1\nseparate,7\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["sweep", "-m", *QUICK, "design=mine.csv"]) == 2
    assert capsys.readouterr().err.startswith("twohats: design = mine.csv, row 3: market.volatility = 7.0 sd")


def test_a_point_that_fails_takes_nobody_along_and_is_listed(capsys, monkeypatch):
    from sim.model import GoToMarket

    real = GoToMarket.step

    def step(self):
        if self.config.market.volatility == 0.4:
            raise ZeroDivisionError("by the test")
        real(self)

    monkeypatch.setattr(GoToMarket, "step", step)
    assert main(["sweep", "-m", *QUICK, *GRID]) == 1
    said = capsys.readouterr().out
    assert "failed: point 1, seed 0: ZeroDivisionError: by the test" in said
    assert len(pd.read_csv(max(Path("out/sweep").iterdir()) / "points.csv")) == 2


def said_of_precision(precision, seeds, capsys):
    words = ["compare", "company=startup", "horizon_quarters=2", "executor=serial", "results_dir=out"]
    assert main([*words, "orgs=[separate,founder_led]", f"seeds={seeds}", f"precision={precision}"]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_a_precision_ends_a_comparison_early_and_says_so(capsys):
    said = said_of_precision("50%", 64, capsys)
    assert "Stopped after 16 futures: every difference is known to within 50% of the mean of two leaders" in said
    assert "95% intervals hold at all 3 planned looks together" in said
    (folder,) = Path("out/compare").iterdir()
    assert len(pd.read_parquet(folder / "runs.parquet")) == 32
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["precision"]["looks_planned"] == [16, 32, 64]
    assert manifest["seeds"] == list(range(16))


def test_a_precision_that_is_out_of_reach_says_how_many_futures_it_takes(capsys):
    said = said_of_precision("0.1%", 16, capsys)
    assert "Not as precise as asked: that of the founder leading both is known to within" in said
    assert "futures are needed, as with seeds=" in said
