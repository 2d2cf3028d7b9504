"""What the README says can be typed runs, made small."""

import re
import shlex
from pathlib import Path

import pytest

from sim.cli import main
from sim.compose import sim_config

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
    if words[0] == "show":
        return words
    words += [f"{name}={value}" for name, value in SMALL.items()] + [f"results_dir={folder}"]
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
        assert drawn == {"headlines", "differences", "attention", "funnel"}


def test_the_notebook_example_runs():
    names = {}
    exec(compile(PYTHON[0], "README.md", "exec"), names)  # noqa: S102 - our own README
    assert len(names["results"].runs) == 8
    assert set(names["npv"].columns) == {"separate", "merged_sales_led"}


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
