"""The ledger in its fast form: every row computes from runs, goes on where it stopped, and is told with its numbers."""

import ast
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.cli import main
from sim.report.ledger.answer import _over_prior
from sim.report.ledger.bench import StoreBench
from sim.report.ledger.page import page
from sim.report.ledger.sentences import extremes_told, shares_told
from sim.report.ledger.tables import extremes_table, regrets_table, shares_table, worlds_table
from sim.settings import ExecutorSettings
from sim.store import Store
from sim.study.claims.flips import variations
from sim.study.claims.ledger import judged_rows
from sim.study.claims.registry import register
from sim.study.claims.verdict import DIRECTIONS, NOT_MEASURED
from sim.study.claims.worlds import Worlds
from sim.study.plausible import assessment as assessing
from sim.study.plausible.assessment import Assessor
from sim.study.plausible.prior import prior

ROOT = Path(__file__).resolve().parents[2]
SERIAL = ExecutorSettings(name="serial")
SEEDS = range(3)
REGISTER = register()


@pytest.fixture(scope="module")
def bench():
    with Store() as store:
        yield StoreBench(store, SERIAL, "")


@pytest.fixture(scope="module")
def rows(bench):
    known = {(c.name, n.name): _over_prior(n, None) for c in REGISTER.claims for n in c.numbers if n.plausible}
    worlds = Worlds(REGISTER.worlds)
    return judged_rows(REGISTER.claims, worlds, bench, SEEDS, REGISTER.rules, len(REGISTER.claims), known)


def test_every_row_computes(rows):
    assert [row.claim.name for row in rows] == [f"C{n:02}" for n in range(1, 27)]
    for row in rows:
        assert row.direction in DIRECTIONS
        assert (row.direction == NOT_MEASURED) == any(n.plausible is not None for n in row.claim.judged)
        for one in row.measured:
            at = row.estimate(one)
            assert np.isfinite(at.mean) or one.remark, f"{row.claim.name}.{one.number.name}"
            assert at.n in (0, 1, 3)  # one where every second future chose the best


def test_a_world_that_contacts_everybody_is_another_only_from_quarter_one_on():
    worlds = Worlds(REGISTER.worlds)
    config = worlds.config("two_contact")
    assert [change.quarter for change in config.changes] == [1]
    assert set(config.changes[0].settings) == {
        "people.ignored_share", "market.silence_weeks", "market.response_median_hours",
    }  # fmt: skip


def test_no_claim_and_no_world_of_the_register_is_named_in_the_code():
    names = {name for name in REGISTER.worlds if "_" in name} | {claim.name for claim in REGISTER.claims}
    for path in (ROOT / "sim").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        assert not said & names, f"{path} names {said & names}"


def test_what_was_run_is_not_run_again(bench, rows):
    worlds = Worlds(REGISTER.worlds)
    some = REGISTER.some(("C04",))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sim.study.runner.done_of", None)  # nothing is left to be done
        again = judged_rows(some, worlds, bench, SEEDS, REGISTER.rules, len(REGISTER.claims), {})
    before = next(row for row in rows if row.claim.name == "C04")
    assert [m.estimate() for m in again[0].measured] == [m.estimate() for m in before.measured]


# ---- over the prior


@pytest.fixture(scope="module")
def assessment(bench):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(assessing, "LOOKS", 2)
        for name in ("FINDING", "CHOOSING", "TELLING"):
            patched.setattr(assessing, name, getattr(assessing, name)[:2])
        for name, size in (("PROPOSED", 2), ("PARENTS", 1), ("ROUNDS", 1)):
            patched.setattr(f"sim.study.plausible.search.{name}", size)
        patched.setattr(assessing, "cells", lambda prior: (assessing.Cell(prior.practices[-1], assessing.EQUAL),))
        ground = prior()
        return Assessor(replace(ground, practices=ground.practices[-1:]), bench).assess(4, 2)


def test_worlds_of_the_prior_are_looked_at_compared_and_searched(assessment):
    assert len(assessment.drawn) == len(assessment.implausible) == 4
    assert 0 < len(assessment.plausible) <= 4
    ((cell, seen),) = assessment.found.items()
    assert seen.worlds == tuple(assessment.plausible)
    assert ((seen.chances >= 0.0) & (seen.chances <= 1.0)).all()
    number = REGISTER.some(("C26",))[0].judged[0]
    measured = _over_prior(number, assessment)
    assert measured.estimate().n == len(assessment.plausible)
    assert measured.estimate().mean == pytest.approx(100.0 * seen.share().mean)
    assert measured.estimate().low == pytest.approx(100.0 * seen.share().low)
    assert cell.words == "strong practices, equal cost"


def test_extreme_cases_are_told_in_futures_of_their_own(assessment):
    for one in assessment.extremes:
        assert one.case.n_tried == 2
        assert {at.n for at in one.ahead.values()} == {2}
        assert set(one.ahead) == set(assessment.prior.rivals)
    assert {one.for_rivals for one in assessment.extremes} == {True, False}


def test_both_sides_best_cases_are_told_alike(assessment):
    text = extremes_told(assessment)
    assert [line.partition(" among ")[0] for line in text.split("\n\n")] == [
        "The best case for merging", "The best case for two leaders",
    ]  # fmt: skip
    assert "of 4 worlds drawn" in shares_told(assessment).replace("Of", "of")


def test_tables_of_the_prior_hold_every_world_and_every_stratum(assessment):
    worlds = worlds_table(assessment)
    assert len(worlds) == 4
    assert worlds["is_plausible"].sum() == len(assessment.plausible)
    shares = shares_table(assessment)
    assert set(shares["factor"]) == {"all", *(f.name for f in assessment.prior.factors)}
    assert list(regrets_table(assessment)["structure"]) == [assessment.prior.favoured, *assessment.prior.rivals]
    assert len(extremes_table(assessment)) == len(assessment.extremes) * len(assessment.prior.rivals)


def test_the_page_says_rules_first_and_traces_every_number(rows, assessment):
    text = page(rows, REGISTER.rules, [], [], assessment, 4)
    assert text.index("Rules, registered") < text.index("C01")
    for row in rows:
        for one in row.measured:
            assert f"| {row.claim.name}.{one.number.name} |" in text
    assert "*Input*: the prior" in text


# ---- the command


def test_the_command_prints_the_ledger_and_writes_its_files(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sim.study.claims.ledger.switches", lambda config: ("trust", "learning"))
    some = ["ledger.rows=[C04,C09,C14]", "ledger.worlds=0", "ledger.why_seeds=4", "ledger.flip_seeds=0"]
    command = ["claims", "seeds=4", *some, f"results_dir={tmp_path}", "executor=serial"]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert said.index("Rules, registered") < said.index("C04") < said.index("Of 3 claims")
    (folder,) = (tmp_path / "claims").iterdir()
    table = pd.read_csv(folder / "claims.csv")
    assert set(table["id"].str.partition(".")[0]) == {"C04", "C09", "C14"}
    assert (folder / "figures" / "claims.png").stat().st_size > 50_000
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for number in manifest["numbers"].values():
        assert set(number["worlds"]) <= set(manifest["scenarios"])
    assert manifest["rules"]["registered"] == REGISTER.rules.registered
    assert set(manifest["verdicts"]) == {"C04", "C09", "C14"}
    why = pd.read_csv(folder / "why.csv")
    supported = {name for name, verdict in manifest["verdicts"].items() if verdict.startswith("supported")}
    assert set(why["claim"]) == supported == {"C14"}
    assert set(why["mechanism"]) == {"trust", "learning"}
    behind = pd.read_csv(folder / "behind.csv")
    assert {"two", "two_none@without=trust"} <= set(behind["scenario"])
    assert behind["config_hash"].str.fullmatch(r"[0-9a-f]{16}").all()


def test_where_verdicts_change_is_drawn(tmp_path, capsys, monkeypatch):
    some_of = [v for v in variations() if v.axis in ("years", "practices") or v.level in ("small", "medium")]
    monkeypatch.setattr("sim.report.ledger.answer.variations", lambda: some_of)
    some = ["ledger.rows=[C20]", "ledger.worlds=0", "ledger.why_seeds=0", "ledger.flip_seeds=4"]
    assert main(["claims", "seeds=4", *some, f"results_dir={tmp_path}", "executor=serial"]) == 0
    (folder,) = (tmp_path / "claims").iterdir()
    flips = pd.read_csv(folder / "flips.csv")
    assert set(flips["axis"]) == {"size", "years"}  # practices are the numbers' own design
    assert set(flips[flips["axis"] == "years"]["number"]) == {"last"}  # the others speak of year 2
    assert (folder / "figures" / "flips.svg").exists()
    assert "C20" in capsys.readouterr().out


def test_a_dry_run_says_what_it_would_take(tmp_path, capsys):
    assert main(["claims", "seeds=8", "dry_run=true", f"results_dir={tmp_path}"]) == 0
    assert re.match(r"\d+ runs of \d+ worlds for 26 claims; up to \d+ without", capsys.readouterr().out)
    assert not list(tmp_path.iterdir())
