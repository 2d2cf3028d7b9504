"""The pages on patterns and calibration say what the code has: ranges, assumed values, what was stored."""

import re
from pathlib import Path

import pytest

from sim.compose import sim_config
from sim.params import parameters
from sim.report.pattern_words import known, number
from sim.study.calibration.space import CONSTANTS
from sim.study.patterns.checked import CHECKED
from sim.study.patterns.fitted import FITTED

DOCS = Path(__file__).resolve().parents[2] / "docs"
CALIBRATION, PATTERNS = ((DOCS / name).read_text(encoding="utf-8") for name in ("calibration.md", "patterns.md"))
DECLARED = {name: (parameter, value) for name, parameter, value in parameters(sim_config("org=separate"))}
LEAST_PINNED = 0.9


def as_number(text):
    return float(text.strip(" *").replace("\N{MINUS SIGN}", "-"))


def row_of(constant):
    (row,) = re.findall(rf"^\| `{re.escape(constant.name)}` \|(.*)\|$", CALIBRATION, re.MULTILINE)
    return row.split("|")


@pytest.mark.parametrize("constant", CONSTANTS, ids=lambda constant: constant.name)
def test_the_page_has_every_constant_as_it_is_fitted_and_stored(constant):
    bounds, assumed, posterior, width, value = row_of(constant)
    parameter, stored = DECLARED[constant.name]
    assert [as_number(end) for end in bounds.split(" to ")] == [constant.low, constant.high]
    assert as_number(assumed) == constant.assumed
    assert as_number(value) == stored
    low, high = (as_number(end) for end in re.search(r"\((.*) to (.*)\)", posterior).groups())
    assert low <= stored <= high
    is_fitted = parameter.source.startswith("fitted")
    assert is_fitted == ("**" in value) == (as_number(width) <= LEAST_PINNED)
    assert is_fitted or stored == constant.assumed
    assert constant.low <= stored <= constant.high


def test_what_is_called_fitted_is_among_the_constants():
    fitted = {name for name, (parameter, _) in DECLARED.items() if parameter.source.startswith("fitted")}
    assert fitted <= {constant.name for constant in CONSTANTS}


@pytest.mark.parametrize("name", sorted({name.split(".")[1] for name in DECLARED if name.startswith("activities.")}))
def test_activities_are_stored_as_the_page_says_they_were_measured(name):
    title = {
        "sales_people": "people of sales", "marketing_people": "people of marketing", "content": "content and insight",
        "deal_support": "deal support; money: selling hours",
    }.get(name, name.replace("_", " "))  # fmt: skip
    (row,) = re.findall(rf"^\| {title} \|(.*)\|$", CALIBRATION, re.MULTILINE)
    hours, money, lag = row.split("|")
    stored = getattr(sim_config("org=separate").activities, name)
    assert as_number(hours.split("(")[0]) == stored.elasticity
    assert as_number(lag.split("(")[0].removeprefix(" not known:")) == stored.lag_quarters
    if money.strip():
        assert as_number(money.split("(")[0]) == stored.money_elasticity
    else:
        assert not hasattr(stored, "money_elasticity")


@pytest.mark.parametrize("pattern", [*FITTED, *CHECKED], ids=lambda pattern: pattern.name)
def test_the_page_has_every_pattern_as_it_is_declared(pattern):
    row = f"| {pattern.name} | {pattern.words} | {pattern.unit} |"
    (line,) = [line for line in PATTERNS.splitlines() if line.startswith(row)]
    assert f"| {known(pattern)} |" in line
    assert f"#{pattern.source}" in line


def test_a_number_has_a_minus_and_no_hyphen():
    assert number(-0.5, 1) == "\N{MINUS SIGN}0.5"
    assert number(-0.001, 2) == "0.00"
