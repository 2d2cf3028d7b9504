"""How a parameter is declared and checked: default, unit, range and source in one place.

A config class is a frozen dataclass whose numbers are declared with `param`. `check` walks a config and
raises `ConfigError` with one line that names the setting, its value, its unit and what is allowed.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

INFINITY = math.inf
UNIFORM, LOG_UNIFORM = "uniform", "log-uniform"
WIDE = 100.0
"""A range above zero whose ends differ by this factor is one of orders of magnitude."""


class ConfigError(ValueError):
    """A user's mistake in a setting, worded in one line."""


@dataclass(frozen=True)
class Parameter:
    """What is known about one number of the model.

    `moved` and `where` say at which other value, and in which world (config overrides), the parameter must
    change an outcome; None derives a moved value from the default.
    """

    unit: str
    low: float
    high: float
    source: str
    moved: Any = None
    where: str = ""
    options: tuple[str, ...] = ()
    may_be_infinite: bool = False

    @property
    def prior(self) -> str:
        """How its values are spread over its range where nothing more is known: see `prior_of`."""
        return prior_of(self.low, self.high)


def param(
    default: Any,
    *,
    unit: str,
    source: str,
    low: float = -INFINITY,
    high: float = INFINITY,
    moved: Any = None,
    where: str = "",
    may_be_infinite: bool = False,
) -> Any:
    """A config field for one number: default, unit, allowed range (inclusive) and source key."""
    known = Parameter(unit, low, high, source, moved, where, may_be_infinite=may_be_infinite)
    return field(default=default, metadata={"parameter": known})


def switch(default: bool, *, neutral: str, moved: Any = None, where: str = "") -> Any:
    """A config field for a named mechanism; `neutral` says in words what "off" means and nothing else."""
    known = Parameter("on or off", 0, 1, f"switch; off: {neutral}", moved, where)
    return field(default=default, metadata={"parameter": known})


def choice(default: str, options: tuple[str, ...], *, source: str, moved: Any = None, where: str = "") -> Any:
    """A config field for one of a few named forms of a rule."""
    known = Parameter("a name", -INFINITY, INFINITY, source, moved, where, options)
    return field(default=default, metadata={"parameter": known})


def prior_of(low: float, high: float) -> str:
    """The prior over a range: uniform, or log-uniform where it lies above zero and spans two orders of magnitude.

    Over such a range a uniform one would hold nearly all values to be near the upper end.
    """
    return LOG_UNIFORM if low > 0 and high / low >= WIDE else UNIFORM


def nearest(name: str, known: Iterable[str]) -> str:
    """'; did you mean ...?' with the known name closest to a misspelt one, or nothing if none is close."""
    close = closest(name, known)
    return f"; did you mean {close}?" if close else ""


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like a misspelt one, or None if none is like it."""
    return next(iter(difflib.get_close_matches(str(name), [str(k) for k in known], n=1, cutoff=0.5)), None)


def parameters(config: Any, where: str = "") -> Iterator[tuple[str, Parameter, Any]]:
    """Every declared parameter of a config as (dotted name, what is known of it, value), depth first."""
    for f in fields(config):
        name = f"{where}.{f.name}" if where else f.name
        value = getattr(config, f.name)
        if "parameter" in f.metadata:
            yield name, f.metadata["parameter"], value
        elif is_dataclass(value):
            yield from parameters(value, name)
        elif isinstance(value, Mapping):
            for key, item in value.items():
                if is_dataclass(item):
                    yield from parameters(item, f"{name}.{key}")


def check(config: Any, where: str = "") -> None:
    """Raise `ConfigError` for the first number of a config that is of the wrong type or out of its range."""
    for name, known, value in parameters(config, where):
        check_value(name, known, value, _declared_type(config, name, where))


def check_value(name: str, known: Parameter, value: Any, default: Any = None) -> None:
    """Raise `ConfigError` unless `value` is of the default's kind and inside the range of `known`."""
    if known.options:
        if value not in known.options:
            allowed = ", ".join(known.options)
            raise ConfigError(f"{name} = {value}: must be one of {allowed}{nearest(value, known.options)}")
        return
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise ConfigError(f"{name} = {value!r}: must be true or false")
        return
    if value is None:
        if default is None:
            return
        raise ConfigError(f"{name} is empty: must be {_kind(default)} {allowed_range(known)}")
    whole = isinstance(default, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise ConfigError(f"{name} = {value!r} {known.unit}: must be {_kind(default)} {allowed_range(known)}")
    is_inside = known.low <= value <= known.high and not math.isinf(value)  # False for NaN
    if not is_inside and not (known.may_be_infinite and value == INFINITY):
        raise ConfigError(f"{name} = {value} {known.unit}: must be {allowed_range(known)}")


def _kind(default: Any) -> str:
    return "a whole number" if isinstance(default, int) else "a number"


def allowed_range(known: Parameter) -> str:
    """The allowed values of a number in words, to follow "must be"."""
    if math.isinf(known.low) and math.isinf(known.high):
        return "finite"
    if math.isinf(known.high):
        return f"at least {known.low:.10g}"
    return f"in [{known.low:.10g}, {known.high:.10g}]" + (" or inf" if known.may_be_infinite else "")


def _declared_type(config: Any, name: str, where: str) -> Any:
    """The default that the field behind a dotted name was declared with."""
    path = name[len(where) + 1 :] if where else name
    owner = config
    parts = path.split(".")
    for part in parts[:-1]:
        owner = owner[part] if isinstance(owner, Mapping) else getattr(owner, part)
    return next(f.default for f in fields(owner) if f.name == parts[-1])
