"""The reference pages are up to date, complete, and lead where they say."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from sim.compose import sim_config
from sim.composition.schema import declared
from sim.config import MechanismsConfig
from sim.metrics import OUTCOMES
from sim.metrics.catalogue import THEMES
from sim.params import parameters
from sim.report.reference import pages
from sim.report.reference.markdown import cited, linked, table
from sim.report.reference.rules import MECHANISMS
from sim.report.reference.submodels import anchor
from sim.study.paired import PAIRED_OUTCOMES

ROOT = Path(__file__).resolve().parents[2]
PAGES = pages()
EVERY_PAGE = sorted((ROOT / "docs").glob("*.md"))
SWITCHES = {name: one for _, mechanisms in MECHANISMS.values() for name, one in mechanisms.items()}


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_the_code_declares(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name], "run `make docs`"


def anchors(text):
    """What a link to a page may lead to: headings, as both GitHub and the site name them, and anchors of its own."""
    plain = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return {anchor(title) for title in re.findall(r"^#+ (.+)$", plain, flags=re.MULTILINE)} | set(
        re.findall(r'<a id="([^"]+)">', text)
    )


@pytest.mark.parametrize("path", EVERY_PAGE, ids=lambda path: path.name)
def test_links_within_a_page_and_to_other_files_lead_somewhere(path):
    for target in re.findall(r"\]\(((?!https?:)[^)]+)\)", path.read_text(encoding="utf-8")):
        file, _, place = target.partition("#")
        other = path.parent / file if file else path
        assert other.exists(), target
        assert not place or place in anchors(other.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("name", PAGES)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(name):
    for block in re.findall(r"(?:^\|.*\n)+", PAGES[name], flags=re.MULTILINE):
        assert len({len(re.split(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_every_outcome_is_listed_once():
    for name in [*OUTCOMES, *PAIRED_OUTCOMES]:
        assert PAGES["outcomes.md"].count(f"`{name}`") == 1, name


def test_every_outcome_has_one_theme_and_a_name_of_its_own():
    names = [outcome.name for theme in THEMES.values() for outcome in theme]
    assert len(names) == len(set(names)) == len(OUTCOMES)


def test_every_parameter_is_listed():
    text = PAGES["parameters.md"]
    for name, _, _ in parameters(sim_config("org=separate")):
        if name.startswith(("mechanisms.", "today.")):
            continue
        shown = re.sub(r"^org\.posts\.\w+", "org.posts.NAME", name)
        shown = re.sub(
            r"^(activities\.\w+|norms\..+)\.(elasticity|money_elasticity|lag_quarters|need_share|mean|sd)$",
            r"\1",
            shown,
        )
        assert f"`{shown}`" in text, name


def test_every_switch_is_listed_with_its_neutral_level_and_at_least_one_rule():
    switches = {f.name: f.metadata["parameter"] for f in fields(MechanismsConfig) if f.name != "clamp"}
    assert set(SWITCHES) == set(switches)
    for name, known in switches.items():
        assert SWITCHES[name].rules, name
        part = PAGES["mechanisms.md"].split(f"### `mechanisms.{name}`\n")[1].split("\n##")[0]
        assert known.source.removeprefix("switch; off: ") in part


@pytest.mark.parametrize("name", SWITCHES)
def test_a_rule_says_what_it_does_and_its_settings_exist(name):
    for rule in SWITCHES[name].rules:
        assert len(rule.__doc__) > 20
    for setting in SWITCHES[name].settings:
        assert declared(setting), setting


def test_sources_are_linked_where_they_are_cited():
    assert cited("assumed: shape from olist-cycle") == ["olist-cycle"]
    assert linked("see olist-cycle; not-a-source") == "see [olist-cycle](#olist-cycle); not-a-source"
    assert linked("esov") == "[esov](#esov)"
    assert table(("a",), [("x|y",)]).endswith(r"| x\|y |")


def test_pages_are_written_by_one_command(tmp_path, environment):
    folder = tmp_path / "new"
    command = [sys.executable, "-m", "sim.report.reference", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert len(done.stdout.splitlines()) == len(PAGES)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == PAGES
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = r"^docs:.* ## .+\n\t@\$\(BIN\)/python -m sim\.report\.reference\n\t.*mkdocs build .*--strict$"
    assert re.search(recipe, makefile, flags=re.MULTILINE)
