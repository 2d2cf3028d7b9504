import math
from dataclasses import dataclass, field, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compose import sim_config
from sim.params import (
    ConfigError,
    Parameter,
    allowed_range,
    check,
    check_value,
    choice,
    closest,
    nearest,
    param,
    parameters,
    switch,
)
from sim.settings import ExecutorSettings

CONFIG = sim_config("org=separate")
KNOWN = {name: (known, value) for name, known, value in parameters(CONFIG)}
NUMBERS = [name for name, (known, value) in KNOWN.items() if not isinstance(value, bool) and known.unit != "a name"]


def with_value(config, name, value):
    """The config with one dotted setting replaced."""
    first, _, rest = name.partition(".")
    if not rest:
        if isinstance(config, dict):
            return {**config, first: value}
        return replace(config, **{first: value})
    if isinstance(config, dict):
        return {**config, first: with_value(config[first], rest, value)}
    return replace(config, **{first: with_value(getattr(config, first), rest, value)})


def is_whole(name):
    return isinstance(KNOWN[name][1], int)


@st.composite
def numbers_outside(draw):
    name = draw(st.sampled_from(NUMBERS))
    known, _ = KNOWN[name]
    if is_whole(name):
        return name, draw(st.integers(max_value=int(known.low) - 1) | st.integers(min_value=int(known.high) + 1))
    below = st.floats(max_value=known.low, exclude_max=True, allow_infinity=False)
    above = st.floats(min_value=known.high, exclude_min=True, allow_infinity=False)
    never = st.sampled_from([math.nan, -math.inf] + [math.inf] * (not known.may_be_infinite))
    return name, draw(below | above | never)


@st.composite
def numbers_inside(draw):
    name = draw(st.sampled_from(NUMBERS))
    known, _ = KNOWN[name]
    if is_whole(name):
        return name, draw(st.integers(int(known.low), int(known.high)))
    allowed = st.floats(known.low, known.high)
    if math.ceil(known.low) <= known.high:
        allowed |= st.integers(math.ceil(known.low), math.floor(known.high))
    return name, draw(allowed | st.just(math.inf) if known.may_be_infinite else allowed)


@given(numbers_outside())
def test_a_number_outside_its_range_is_refused_by_name_value_unit_and_range(setting):
    name, value = setting
    with pytest.raises(ConfigError) as refused:
        check(with_value(CONFIG, name, value))
    known = KNOWN[name][0]
    assert str(refused.value) == f"{name} = {value} {known.unit}: must be {allowed_range(known)}"


@given(numbers_inside())
def test_a_number_inside_its_range_is_accepted_whole_numbers_for_fractions_too(setting):
    check(with_value(CONFIG, *setting))


@pytest.mark.parametrize("name", KNOWN)
def test_every_parameter_has_a_unit_a_source_and_a_default_inside_its_range(name):
    known, _ = KNOWN[name]
    assert known.unit
    assert known.source
    assert known.low <= known.high


@pytest.mark.parametrize("wrong", ["12", None, True, 3.5, [3]], ids=repr)
def test_a_whole_number_is_a_whole_number(wrong):
    with pytest.raises(ConfigError, match=r"company\.n_prospects .*must be a whole number in \[50, 1000000\]"):
        check(with_value(CONFIG, "company.n_prospects", wrong))


@pytest.mark.parametrize("wrong", ["12", True, [0.3], 3j], ids=repr)
def test_a_number_is_a_number(wrong):
    with pytest.raises(ConfigError, match=r"company\.win_rate = .* share of closed: must be a number in \["):
        check(with_value(CONFIG, "company.win_rate", wrong))


def test_a_number_may_be_left_empty_only_where_the_default_is():
    check(with_value(CONFIG, "mechanisms.clamp.trust", None))
    with pytest.raises(ConfigError, match=r"company\.win_rate is empty: must be a number in \[0\.03, 0\.8\]"):
        check(with_value(CONFIG, "company.win_rate", None))


@pytest.mark.parametrize("wrong", [0, 1.0, "on", None], ids=repr)
def test_a_switch_is_true_or_false(wrong):
    with pytest.raises(ConfigError, match=r"mechanisms\.pressure = .*: must be true or false"):
        check(with_value(CONFIG, "mechanisms.pressure", wrong))


def test_a_choice_is_one_of_its_options():
    with pytest.raises(
        ConfigError, match=r"people\.mixing = valus: must be one of values, horizons; did you mean values\?"
    ):
        check(with_value(CONFIG, "people.mixing", "valus"))


def test_infinity_is_refused_unless_it_means_something():
    check(with_value(CONFIG, "people.kernel_order", math.inf))
    with pytest.raises(ConfigError, match=r"people\.kernel_order = -inf .* must be in \[0\.5, 100\] or inf"):
        check(with_value(CONFIG, "people.kernel_order", -math.inf))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 1, "in [0, 1]"),
        (0, math.inf, "at least 0"),
        (0, 1e6, "in [0, 1000000]"),
        (-math.inf, math.inf, "finite"),
    ],
)
def test_a_range_is_said_in_words_without_powers_of_ten(low, high, said):
    assert allowed_range(Parameter("share", low, high, "assumed")) == said
    with pytest.raises(ConfigError, match="must be "):
        check_value("a", Parameter("share", low, high, "assumed"), math.nan, 1.0)


def test_the_nearest_name_is_suggested_and_none_if_none_is_near():
    assert nearest("seprate", ["separate", "founder_led"]) == "; did you mean separate?"
    assert nearest("xyz", ["separate", "founder_led"]) == ""
    assert closest("seprate", ["separate"]) == "separate"
    assert closest("xyz", []) is None


def test_parameters_are_found_in_parts_and_in_mappings_of_parts():
    @dataclass(frozen=True)
    class Part:
        on: bool = switch(True, neutral="nothing happens")
        form: str = choice("a", ("a", "b"), source="assumed")

    @dataclass(frozen=True)
    class Whole:
        n: int = param(1, unit="things", source="assumed")
        label: str = "not a parameter"
        parts: dict = field(default_factory=lambda: {"x": Part(), "y": "not a part"})

    assert is_dataclass(Part)
    assert [name for name, _, _ in parameters(Whole(), "w")] == ["w.n", "w.parts.x.on", "w.parts.x.form"]
    check(Whole(), "w")
    with pytest.raises(ConfigError, match=r"w\.parts\.x\.form = c: must be one of a, b"):
        check(Whole(parts={"x": Part(form="c")}), "w")


def test_an_optional_count_is_checked_when_given():
    check(ExecutorSettings())
    with pytest.raises(ConfigError, match=r"n_jobs = 0 processes: must be in \[1, 1024\]"):
        check(ExecutorSettings(n_jobs=0))
