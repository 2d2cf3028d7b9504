"""What the README says can be typed runs, made small."""

import re
import shlex
from pathlib import Path

import pytest

from sim.cli import main
from sim.compose import sim_config
from sim.composition.schema import declared

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [
    line.split("#")[0].strip()
    for kind, text in BLOCKS
    if kind == "console"
    for line in text.splitlines()
    if line.startswith("twohats ")
]
PYTHON = [text for kind, text in BLOCKS if kind == "python"]
SMALL = {"seeds": "2", "horizon_quarters": "1", "executor": "serial"}


def made_small(command, folder):
    """The words of a command with fewer seeds, quarters and structures, and its results elsewhere."""
    words = [word for word in shlex.split(command)[1:] if word.split("=")[0] not in SMALL]
    if words[:2] == ["show", "divergence"]:
        return [*words, "company=startup", "horizon_quarters=5"]
    if words[0] == "show":
        return words
    if words[0] == "store":
        kept = ["compare", "company=startup", "orgs=[separate]", "seeds=1", "horizon_quarters=1", "executor=serial"]
        assert main([*kept, f"results_dir={folder}"]) == 0
        return [*words, f"results_dir={folder}"]
    small = SMALL
    if words[0] == "claims":
        return [*words, "dry_run=true", f"results_dir={folder}"]  # an hour otherwise; test_claims has the fast form
    if words[0] in ("whatif", "patterns"):
        small = SMALL | {"horizon_quarters": "5", "company": "startup"}
    if words[0] == "patterns":
        small |= {
            "seeds": "8",
            "horizon_quarters": "8",
            "dry_run": "true",
        }  # half a minute otherwise; test_patterns has the fast form
    words += [f"{name}={value}" for name, value in small.items()] + [f"results_dir={folder}"]
    if words[0] == "compare" and not any(word.startswith("orgs=") for word in words):
        words.append("orgs=[separate,merged_sales_led]")
    return words


def test_the_readme_has_commands_and_an_example_and_no_gaps():
    assert "@@" not in README
    assert len(COMMANDS) >= 6
    assert len(PYTHON) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(made_small(command, tmp_path / "results")) == 0
    said = capsys.readouterr()
    assert said.out.strip()
    if " compare" in command:
        assert "Simulated against stated" in said.out
        (folder,) = (tmp_path / "results" / "compare").iterdir()
        files = {path.name for path in folder.iterdir()}
        assert files == {"summary.csv", "runs.parquet", "quarters.parquet", "manifest.json", "figures"}
        drawn = {path.stem for path in (folder / "figures").iterdir()}
        for name in drawn:
            assert all((folder / "figures" / f"{name}.{kind}").stat().st_size > 100 for kind in ("png", "svg", "csv"))
        assert drawn == {
            "headlines",
            "differences",
            "attention",
            "funnel",
        }  # two futures don't show how an answer settles


WHAT_IF = (ROOT / "docs" / "what-if.md").read_text(encoding="utf-8")


def test_the_scenario_and_the_notebook_example_of_the_what_if_page_run(tmp_path, monkeypatch):
    blocks = dict(re.findall(r"```(\w+)\n(.*?)```", WHAT_IF, flags=re.DOTALL))
    (tmp_path / "scenario").mkdir()
    (tmp_path / "scenario" / "first_head.yaml").write_text(blocks["yaml"], encoding="utf-8")
    config = sim_config("scenario=first_head", config_dir=tmp_path)
    (change,) = config.changes
    assert (change.org.name, change.settings["company.n_marketers"]) == ("separate", config.company.n_marketers + 1)
    monkeypatch.chdir(tmp_path)
    names = {}
    small = blocks["python"].replace("seeds=8", "seeds=1").replace('=split_in_q5"', '=split_in_q5", "company=startup"')
    exec(compile(small, "what-if.md", "exec"), names)  # noqa: S102 - ours
    assert names["other"].quarter == 17
    for target in re.findall(r"`([a-z_.]+\.[a-z_]+)(?:=\w+)?`", WHAT_IF):
        assert declared(target), target


def test_the_notebook_example_runs():
    names = {}
    exec(compile(PYTHON[0], "README.md", "exec"), names)  # noqa: S102 - our own README
    assert len(names["results"].runs) == 8
    assert set(names["npv"].columns) == {"separate", "merged_sales_led"}
    assert names["change"].scenarios == ["do_nothing", "split_in_q5", "split_in_q5_at_no_cost"]


def test_the_clients_company_of_the_readme_composes(tmp_path):
    (text,) = [text for kind, text in BLOCKS if kind == "yaml"]
    folder = tmp_path / "company"
    folder.mkdir()
    (folder / "acme.yaml").write_text(text, encoding="utf-8")
    config = sim_config("company=acme", "org=separate", config_dir=tmp_path)
    assert (config.company.n_customers, config.company.n_salespeople) == (300, 5)


def test_every_file_that_the_readme_links_to_exists():
    for target in re.findall(r"\]\(((?!http)[^)#]+)\)", README):
        assert (ROOT / target).exists(), target
