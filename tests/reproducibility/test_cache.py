"""Compiled code is kept between runs, and never met again after a change of a rule that it calls."""

import ast
import shutil
import subprocess
import sys

import pytest

from sim.compiled import COMPILED_SOURCES, PACKAGE, part_of

# The chain that goes stale if a cache looks only at the file of the function that is called: a rule in one
# module, called by a function in another.
PROBE = """
from sim.compiled import compiled
from sim.market.rules import logistic

@compiled
def even_odds() -> float:
    return logistic(0.0)
"""
CALL = """
import sim
from sim.market.probe import even_odds
print(even_odds(), sum(even_odds.stats.cache_hits.values()), sim.__file__)
"""
FORMULA = "return 1.0 / (1.0 + math.exp(-log_odds))"


@pytest.fixture
def copied(tmp_path, environment):
    """A copy of the package with a cache of its own, and a way to run a line in a fresh Python that uses it."""
    package = tmp_path / "checkout" / "sim"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "conf", package.parent / "conf")
    (package / "market" / "probe.py").write_text(PROBE)
    fresh = environment | {
        "PYTHONPATH": str(package.parent),
        "TWOHATS_CACHE_DIR": str(tmp_path / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",  # a source changed within a second would be met in its old form
    }

    def run(line):
        command = [sys.executable, "-c", line]
        ran = subprocess.run(command, capture_output=True, text=True, env=fresh, cwd=package.parent, check=True)
        return ran.stdout.split()

    return package, tmp_path / "cache", run


def test_a_changed_rule_is_never_met_in_its_old_form(copied):
    package, cache, run = copied
    rules, here = package / "market" / "rules.py", str(package / "__init__.py")
    text = rules.read_text()
    assert text.count(FORMULA) == 1
    assert run(CALL) == ["0.5", "0", here]
    rules.write_text(text.replace(FORMULA, FORMULA.replace("(1.0", "(3.0")))
    assert run(CALL) == ["0.25", "0", here]
    rules.write_text(text)
    assert run(CALL) == ["0.5", "1", here], "what was compiled once is compiled anew"
    assert len(list(cache.glob("compiled-market-*"))) == 2
    assert len(list(cache.glob("compiled-shared-*"))) == 1, "what a rule can't reach is left as it was"


def test_every_source_with_compiled_functions_is_watched_by_its_part():
    compiled = {path for path in PACKAGE.rglob("*.py") if is_compiled(path)}
    assert {PACKAGE / "randomness.py", PACKAGE / "market" / "rules.py", PACKAGE / "market" / "week.py"} <= compiled
    for path in compiled:
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        assert path in watched(part_of(module)), path


def test_compiled_code_calls_only_what_its_part_watches():
    for part in COMPILED_SOURCES:
        sources = watched(part)
        for path in sources:
            if not is_compiled(path):
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim."):
                    imported = PACKAGE.joinpath(*str(node.module).split(".")[1:]).with_suffix(".py")
                    assert not is_compiled(imported) or imported in sources, (path, imported)


def is_compiled(path):
    """Whether a source holds rules that compiled code is made of."""
    marks = ("@compiled\n", "@inlined\n", "@plain\n")
    return path.exists() and path.stem != "compiled" and any(mark in path.read_text() for mark in marks)


def watched(part):
    return {path for pattern in COMPILED_SOURCES[part] for path in PACKAGE.glob(pattern)}
