"""The house: things of the world low, questions about the world high, imports only downward."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = [  # lowest first
    "sources periods compiled",
    "randomness",
    "params",
    "config",
    "settings market",
    "org",
    "anchors books",
    "past",
    "policy keep",
    "run_off",
    "metrics agents",
    "phases",
    "snapshot",
    "model",
    "log",
    "composition",
    "compose",
    "points store",
    "study",
    "report",
    "cli",
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names.split()}
MODULES = sorted(path for path in (ROOT / "sim").rglob("*.py") if path != ROOT / "sim" / "__init__.py")


def own_layer(path):
    return path.relative_to(ROOT / "sim").parts[0].removesuffix(".py")


def runtime_imports(path):
    """Layers of `sim` that a module imports, except for type checking alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sim":
            names = [alias.name for alias in node.names] if node.module == "sim" else [node.module.split(".")[1]]
            yield from names
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("sim."))
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func) and node.args:
            found = re.match(r"'sim\.(\w+)", ast.unparse(node.args[0]))
            if found:
                yield found.group(1)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_layers_below(path):
    own = own_layer(path)
    assert own in LEVEL, f"{own} has no layer"
    upward = {name for name in runtime_imports(path) if name != own and LEVEL[name] >= LEVEL[own]}
    assert not upward, f"{path} reaches up to {sorted(upward)}"


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if LEVEL[own_layer(path)] <= LEVEL["model"]],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_luck_has_one_source_in_the_model(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"np\.random|default_rng|import random|from random|secrets\.|uuid", text)


def test_no_structure_is_named_in_the_code():
    names = {path.stem for path in (ROOT / "conf" / "org").glob("*.yaml")}
    posts = set()
    for path in (ROOT / "conf" / "org").glob("*.yaml"):
        posts |= set(re.findall(r"^  (\w+):$", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
    for path in MODULES:
        words = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words |= {node.value.strip()}
        assert not words & (names | posts), f"{path} names {sorted(words & (names | posts))}"


def test_no_module_of_the_model_imports_mesa_below_the_agents():
    for path in MODULES:
        if LEVEL[own_layer(path)] < LEVEL["agents"]:
            assert "mesa" not in re.findall(
                r"^(?:import|from) (\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE
            )
