"""Every mechanism: what its switch means off, the rule in the words of the functions that hold it, its numbers."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import Field, fields
from typing import Any

from sim.composition.schema import declared
from sim.config import ClampConfig, MechanismsConfig
from sim.params import allowed_range
from sim.report.reference.markdown import cited, code, linked, page, sources, table
from sim.report.reference.parameters import written
from sim.report.reference.rules import MECHANISMS, Mechanism, Rule

INTRODUCTION = """\
Five mechanisms and the way between structures, every one a few named switches: `mechanisms.NAME=false` sets a mechanism
to the neutral level that is written here, and to nothing else. All are on by default. Under each switch stand the rules
in the words of the functions that hold them, and the settings that they read ([all settings](parameters.md))."""
CLAMPS = """\
A clamp holds a state at a value for a whole run: `mechanisms.clamp.cooperation=1`. Empty by default: the state is the
model's."""
HELD, SETTINGS = ("`mechanisms.clamp.`", "value", "allowed"), ("setting", "default", "unit", "source")
SAYS_WHENCE = re.compile(r"\[\w+(?:-\w+)*\]|\(\d{4}\)|[Ff]orms? (?:is |are )?ours")


def mechanisms_page() -> str:
    """The page of mechanisms."""
    switches = {f.name: f for f in fields(MechanismsConfig) if f.name != "clamp"}
    parts = [INTRODUCTION]
    for title, (sentence, mechanisms) in MECHANISMS.items():
        parts += [f"## {title}", sentence]
        for name, mechanism in mechanisms.items():
            parts += _mechanism(switches[name], mechanism)
    clamps = (
        (code(f.name), f.metadata["parameter"].unit, allowed_range(f.metadata["parameter"]).removeprefix("in "))
        for f in fields(ClampConfig)
    )
    parts += ["## States held at a value", CLAMPS, table(HELD, clamps)]
    keys = cited("\n".join(parts))
    return page("Mechanisms", *(linked(part) for part in parts), "## Sources", sources(keys))


def _mechanism(switch: Field[bool], mechanism: Mechanism) -> Iterator[str]:
    yield f"### `mechanisms.{switch.name}`"
    yield f"**Off**: {switch.metadata['parameter'].source.removeprefix('switch; off: ')}."
    yield "\n".join(f"- `{_place(rule)}`: {_words(rule)}" for rule in mechanism.rules)
    yield from _backgrounds(mechanism)
    if mechanism.settings:
        yield table(SETTINGS, (_setting(name) for name in mechanism.settings))


def _backgrounds(mechanism: Mechanism) -> Iterator[str]:
    """What the rules' modules say of themselves, as far as it tells where a form comes from."""
    for module in dict.fromkeys(inspect.getmodule(_function(rule)) for rule in mechanism.rules):
        words = _words(module)
        if module is not None and SAYS_WHENCE.search(words):
            yield f"On `{module.__name__}`: {words}"


def _function(rule: Rule) -> Any:
    return rule.fget if isinstance(rule, property) else rule


def _place(rule: Rule) -> str:
    """Where a rule is: module and name."""
    return f"{_function(rule).__module__}.{_function(rule).__qualname__}"


def _words(documented: object) -> str:
    """A docstring in one paragraph."""
    return " ".join(line.strip() for line in (inspect.getdoc(documented) or "").splitlines() if line.strip())


def _setting(name: str) -> tuple[str, ...]:
    known = declared(name)
    assert known is not None, name
    parameter = known[0].metadata["parameter"]
    return code(name), written(known[0].default), parameter.unit, parameter.source
