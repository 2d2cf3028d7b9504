"""Everything in `conf/` composes and says only what differs; nothing heavy is imported early."""

import subprocess
import sys
from dataclasses import fields, is_dataclass

import pytest
from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from omegaconf import OmegaConf

from sim.compose import compose, sim_config
from sim.composition.catalogue import GROUPS, PRIMARY, catalogue, conf_dir
from sim.composition.schema import declared, settings_class, unfrozen
from sim.composition.tree import NAMED
from sim.params import parameters
from sim.study.claims.ledger import names_of
from sim.study.claims.registry import FILE as CLAIMS
from sim.study.claims.registry import register
from sim.study.claims.worlds import Worlds
from sim.study.patterns.worlds import FILE as WORLDS
from sim.study.patterns.worlds import worlds
from sim.study.plausible.prior import FILE as PRIOR
from sim.study.plausible.prior import prior
from sim.study.plausible.rivalry import Scenarios

KNOWN = catalogue()
FILES = sorted(conf_dir().rglob("*.yaml"))
ORGS, COMPANIES = KNOWN.options("org"), KNOWN.options("company")
HEAVY = (
    "hydra",
    "omegaconf",
    "numpy",
    "numba",
    "pandas",
    "mesa",
    "matplotlib",
    "scipy",
    "pyarrow",
    "rich",
    "joblib",
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(conf_dir())))
def test_every_file_composes_by_itself(file):
    group, name = file.parent.name, file.stem
    if file.name == WORLDS:
        assert all(worlds().values())
    elif file.name == CLAIMS:
        found = register()
        known = Worlds(found.worlds)
        assert all(known.config(name).org for name in names_of(found.claims))
    elif file.name == PRIOR:
        ground = prior()
        assert len(Scenarios(ground).of("w", ground.drawn(1)[0])) == len(ground.practices) * (
            1 + 2 * len(ground.rivals)
        )
    elif file.parent == conf_dir():
        assert name == PRIMARY
        assert sim_config("org=separate")
    elif group == "org":
        assert sim_config(f"org={name}").org.name == name
    elif group == "scenario":
        assert sim_config(f"scenario={name}").changes
    else:
        composition = compose([f"{group}={name}", "org=separate"])
        assert composition.choices[group] == name
        assert composition.sim


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(conf_dir())))
def test_hydra_finds_every_file_and_merges_it_as_we_do(file):
    if file.parent == conf_dir():
        return
    choice = f"{file.parent.name}={file.stem}"
    with initialize_config_dir(str(conf_dir()), version_base="1.3"):
        hydras = OmegaConf.to_container(hydra_compose(PRIMARY, [choice]), resolve=True)
    ours = compose([choice]).resolved
    if file.parent.name == "scenario":  # what it says of company and today is looked up by us alone
        hydras, ours = hydras["scenario"], ours["scenario"]
    assert hydras == ours


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize("org", ORGS)
def test_every_structure_can_lead_every_company(org, company):
    config = sim_config(f"org={org}", f"company={company}")
    assert (config.org.name, config.company.name) == (org, company)
    assert config.today.org.name == config.company.today.org


def test_every_group_is_a_folder_and_every_folder_a_group():
    assert {path.name for path in conf_dir().iterdir() if path.is_dir()} == set(GROUPS)


@pytest.mark.parametrize("group", NAMED)
def test_an_option_is_called_after_its_file(group):
    for name in KNOWN.options(group):
        assert compose([f"{group}={name}"]).resolved[group]["name"] == name


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(conf_dir())))
def test_a_file_never_repeats_a_default_of_the_dataclasses_as_its_only_content(file):
    held = OmegaConf.to_container(OmegaConf.load(file))
    if file.parent == conf_dir():
        defaults = OmegaConf.to_container(OmegaConf.structured(settings_class()))
        repeated = {name for name in held if name in defaults and held[name] == defaults[name]}
    else:
        defaults = OmegaConf.to_container(OmegaConf.structured(unfrozen(declared(file.parent.name)[1])))
        own_words = {"name"}
        repeated = {name for name in held if held[name] == defaults[name]} - own_words
    assert not repeated


def test_structures_are_told_apart_by_colour_label_and_phrase():
    orgs = [sim_config(f"org={name}").org for name in ORGS]
    for word in ("color", "label", "phrase"):
        assert len({getattr(org, word) for org in orgs}) == len(orgs)


def test_every_part_of_the_config_is_frozen():
    def parts(value):
        yield value
        for f in fields(value):
            item = getattr(value, f.name)
            for inner in item.values() if isinstance(item, dict) else [item]:
                if is_dataclass(inner):
                    yield from parts(inner)

    for part in (*parts(sim_config("org=separate")), *parts(compose().study)):
        assert type(part).__dataclass_params__.frozen


def test_every_number_is_declared_with_unit_and_source():
    config = sim_config("org=separate")
    names = {name for name, _, _ in parameters(config)}

    def numbers(value, where=""):
        for f in fields(value):
            item, name = getattr(value, f.name), f"{where}{f.name}"
            if isinstance(item, int | float) and f.name != "is_plural":
                yield name
            for key, inner in item.items() if isinstance(item, dict) else [("", item)]:
                if is_dataclass(inner):
                    yield from numbers(inner, f"{name}.{key}." if key else f"{name}.")

    assert set(numbers(config)) <= names


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["compare", "--help"], ["sweep", "-h"], ["compre"]])
def test_nothing_heavy_is_imported_before_it_is_needed(words):
    code = (
        "import sys; from sim.cli import main; main(sys.argv[1:]); "
        f"heavy = [name for name in {HEAVY} if name in sys.modules]; sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
