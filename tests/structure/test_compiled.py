"""What compiled code promises and the compiler does not check."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNCOUNTED = {"borrowing", "inlined"}  # marks of rules in which nobody counts who holds an array
NUMBERS = {"None", "int", "float", "bool", "np.uint64"}


def rules_marked(marks):
    for path in sorted((ROOT / "sim").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and marks & {ast.unparse(mark) for mark in node.decorator_list}:
                yield path.stem, node


def is_of_numbers(returned):
    if isinstance(returned, ast.Subscript) and ast.unparse(returned.value) == "tuple":
        parts = returned.slice.elts if isinstance(returned.slice, ast.Tuple) else [returned.slice]
        return all(is_of_numbers(part) for part in parts)
    return ast.unparse(returned) in NUMBERS


@pytest.mark.parametrize("rule", [pytest.param(rule, id=f"{m}.{rule.name}") for m, rule in rules_marked(UNCOUNTED)])
def test_a_rule_that_borrows_arrays_returns_none_of_them(rule):
    # An array that went out uncounted would be freed while somebody still reads it.
    assert is_of_numbers(rule.returns)


def test_the_marks_are_found():
    assert {"live_week", "hear", "decide"} <= {rule.name for _, rule in rules_marked(UNCOUNTED)}
