"""The page of the model: numbered without gaps, every rule is there, every parameter belongs to one submodel."""

import importlib
import re
from pathlib import Path

import pytest

from sim.compose import sim_config
from sim.composition.schema import declared
from sim.params import parameters
from sim.report.reference.groups import ACTIVITIES, NORMS, SUBMODELS
from sim.report.reference.submodels import anchor, settings_of
from sim.sources import SOURCES

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```text\n(.*?)```", TEXT, flags=re.DOTALL)
NUMBERS = [int(number) for block in BLOCKS for number in re.findall(r"^\((\d+)\)", block, flags=re.MULTILINE)]
HEADINGS = re.findall(r"^## (.+)$", TEXT, flags=re.MULTILINE)
SECTIONS = dict(re.findall(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", TEXT, flags=re.MULTILINE | re.DOTALL))
WITHOUT_PARAMETERS = {"Luck"}
ODD = [
    "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
    "Design concepts", "Initialisation", "Input data", "Submodels",
]  # fmt: skip
CONCEPTS = [
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
]  # fmt: skip
RULE = re.compile(r"`(sim(?:\.\w+)+)`")
PAGES = sorted((ROOT / "docs").glob("*.md"))


def found(name):
    """The object behind a dotted name; raises AttributeError or ImportError if there is none."""
    parts = name.split(".")
    for n in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:n]))
        except ModuleNotFoundError:
            continue
        for part in parts[n:]:
            thing = getattr(thing, part)
        return thing
    raise ImportError(name)


def test_the_seven_elements_and_eleven_concepts_of_the_protocol_are_all_there_in_order():
    assert HEADINGS[:7] == [f"{number}. {name}" for number, name in enumerate(ODD, start=1)]
    concepts = TEXT.split("## 4. Design concepts")[1].split("\n## ")[0]
    assert re.findall(r"^\*\*([^*]+)\.\*\*", concepts, flags=re.MULTILINE) == CONCEPTS


def test_equations_are_numbered_without_gaps():
    assert list(range(1, len(NUMBERS) + 1)) == NUMBERS
    assert len(NUMBERS) > 100


def test_every_equation_has_an_anchor_and_every_reference_leads_to_the_equation_that_it_names():
    anchors = re.findall(r'<a id="eq-(\d+)"></a>', TEXT)
    assert [int(number) for number in anchors] == NUMBERS
    references = re.findall(r"\[\((\d+)\)\]\(#eq-(\d+)\)", TEXT)
    assert references
    assert all(shown == target and int(target) in NUMBERS for shown, target in references)
    bare = re.sub(r"```text\n.*?```|\[\(\d+\)\]\(#eq-\d+\)", "", TEXT, flags=re.DOTALL)
    assert not re.findall(r"(?<!\w)\(\d{1,3}\)", bare), "a number in brackets that is no link"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_rule_that_a_page_names_is_in_the_code(path):
    for name in set(RULE.findall(path.read_text(encoding="utf-8"))):
        found(name)


def test_a_name_that_is_not_in_the_code_is_noticed():
    with pytest.raises(AttributeError):
        found("sim.market.rules.no_such_rule")


def test_the_submodels_of_the_page_are_those_of_the_table_in_the_same_order():
    assert [title for title in SECTIONS if title not in WITHOUT_PARAMETERS] == list(SUBMODELS)


@pytest.mark.parametrize("title", SECTIONS)
def test_a_submodel_leads_to_its_parameters_and_names_its_code(title):
    text = SECTIONS[title]
    if title in SUBMODELS:
        assert f"[Parameters](submodels.md#{anchor(title)})" in text
    if "```text" in text:
        assert "\nCode: `sim." in text
        assert "Source" in text or "assumed" in text


def test_every_parameter_belongs_to_exactly_one_submodel():
    listed = [name for groups in SUBMODELS.values() for name in settings_of(groups)]
    assert len(listed) == len(set(listed))
    known = set()
    for name, _, _ in parameters(sim_config("org=separate")):
        if name.startswith(("mechanisms.", "today.")):
            continue
        name = re.sub(r"^org\.posts\.\w+", "org.posts.NAME", name)
        known.add(next((group for group in (ACTIVITIES, NORMS) if name.startswith(f"{group}.")), name))
    assert set(listed) == known
    assert all(declared(name) or name in (ACTIVITIES, NORMS) for name in listed)


def test_every_source_that_the_page_names_is_one():
    named = re.findall(r"\[([\w-]+)\]\(parameters\.md#([\w-]+)\)", TEXT)
    assert len(named) > 40
    for key, target in named:
        if not target.startswith(("activities", "the-reference")):
            assert key in SOURCES, key
            assert target == key.lower()


def test_every_source_with_a_form_or_a_number_is_in_the_list_that_the_page_leads_to():
    text = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert all(f'<a id="{key.lower()}">' in text for key in SOURCES)
