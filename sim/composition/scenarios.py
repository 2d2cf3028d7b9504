"""From a scenario's file to what changes in a run: names looked up, relative values made absolute, mistakes worded."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, TypeVar

import yaml  # type: ignore[import-untyped]  # comes with omegaconf, without types

from sim.composition.catalogue import Catalogue, Option
from sim.composition.files import held
from sim.composition.mistakes import shown
from sim.composition.schema import declared, frozen
from sim.composition.tree import COMPARED, option
from sim.composition.values import plain
from sim.config import Change, OrgConfig, PracticesConfig, RolesConfig, SimConfig
from sim.config.changes import NOTHING, changeable, changed, check_changeable, value_of
from sim.config.scenario import ChangeSpec, ScenarioSpec
from sim.params import ConfigError, check_value, nearest
from sim.settings import StudySettings

T = TypeVar("T")
BASES = ("company", "market", "people", "mechanisms")
"""Groups whose option a scenario's file can choose."""

RELATIVE = re.compile(r"([+-])\s*(\d+(?:\.\d+)?)\s*(%?)")
PLUS_NUMBER = re.compile(r"\+[\d_]+(?:\.\d*)?")
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
SETTINGS = "settings such as {name: value}"


@contextmanager
def in_file(entry: Option, known: Catalogue) -> Iterator[None]:
    """Mistakes that are met here come from a user's own file, and are named with it."""
    try:
        yield
    except ConfigError as mistake:
        if known.is_users(entry) and str(entry.file) not in str(mistake):
            raise ConfigError(f"{entry.file}: {mistake}") from None
        raise


def check_file(entry: Option) -> None:
    """Raise `ConfigError` with file and place for the first thing in a scenario's file that can't be meant."""
    said = held(entry)
    _check_keys(f"{entry.file}:", said, ScenarioSpec, extra=("defaults",))
    for name in ("facts", "today"):
        _check_kind(f"{entry.file}: {name}", said.get(name, {}), dict, SETTINGS)
    _check_keys(f"{entry.file}: today,", said.get("today", {}), COMPARED)
    _check_kind(f"{entry.file}: changes", said.get("changes", []), list, "a list, each with a quarter")
    for number, change in enumerate(said.get("changes", []), start=1):
        _check_change(f"{entry.file}: change {number}", change)
    if not COLOR.fullmatch(str(said.get("color", "#000000"))):
        raise ConfigError(f'{entry.file}: color = {shown(said["color"])}: must be such as "#0072B2", in quotes')
    _check_signs(entry)


def _check_change(where: str, change: Any) -> None:
    _check_kind(where, change, dict, "what changes, such as {quarter: 5, org: NAME}")
    _check_keys(f"{where},", change, ChangeSpec)
    _check_kind(f"{where}, set", change.get("set", {}), dict, SETTINGS)
    for group in ("org", "practices", "roles", "market"):
        _check_kind(f"{where}, {group}", change.get(group, ""), str, "a name")
    quarter = change.get("quarter")
    if not isinstance(quarter, int) or isinstance(quarter, bool):
        raise ConfigError(f"{where}, quarter = {shown(quarter)}: must be a whole number from 1 on")
    if not any(value for name, value in change.items() if name != "quarter"):
        raise ConfigError(f"{where}: changes nothing; must hold {_listed(ChangeSpec)}")


def _check_keys(where: str, said: Mapping[str, Any], known: Any, extra: Sequence[str] = ()) -> None:
    names = [*(known if isinstance(known, tuple) else (f.name for f in fields(known))), *extra]
    for key in said:
        if key not in names:
            raise ConfigError(f"{where} {key}: must be one of {', '.join(names)}{nearest(key, names)}")


def _check_kind(where: str, value: Any, kind: type, words: str) -> None:
    if not isinstance(value, kind):
        raise ConfigError(f"{where} = {shown(value)}: must be {words}")
    if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
        raise ConfigError(f"{where} = {shown(value)}: must have names in front of its colons")


def _listed(spec: Any) -> str:
    return ", ".join(f.name for f in fields(spec) if f.name != "quarter")


def _check_signs(entry: Option) -> None:
    """YAML reads +2 as 2, which would be taken for the value itself."""
    for token in yaml.scan(entry.file.read_text(encoding="utf-8")):
        if isinstance(token, yaml.ScalarToken) and token.plain and PLUS_NUMBER.fullmatch(token.value):
            line = token.start_mark.line + 1
            raise ConfigError(
                f'{entry.file}: line {line}, {token.value}: is read as {token.value[1:]}; must be "{token.value}", in '
                "quotes, to mean so much more"
            )


def spec_of(tree: Any) -> ScenarioSpec:
    """The scenario in a tree of settings, with words for what it does not name."""
    said = plain(tree.scenario)
    name = str(said["name"])
    if name == NOTHING:
        raise ConfigError(f"scenario.name = {NOTHING}: is what a change is held against; must be another name")
    words = name.replace("_", " ")
    return frozen(
        ScenarioSpec, {**said, "label": said["label"] or words.capitalize(), "phrase": said["phrase"] or words}
    )


def check_facts(spec: ScenarioSpec) -> None:
    """Raise `ConfigError` for the first fact of a known setting that is out of its range."""
    for name, value in _flat(spec.facts).items():
        if name.partition(".")[0] in {f.name for f in fields(StudySettings)}:
            raise ConfigError(f"facts, {name}: is how a study is run, no fact; must be given with the command")
        known = declared(name)
        if known is not None and "parameter" in known[0].metadata:
            check_value(name, known[0].metadata["parameter"], value, known[0].default)


def resolved_changes(spec: ScenarioSpec, config: SimConfig, known: Catalogue) -> tuple[Change, ...]:
    """What a scenario changes, in the order of quarters: each value as it then is, whatever it was relative to."""
    changes: list[Change] = []
    order = sorted(enumerate(spec.changes, start=1), key=lambda numbered: numbered[1].quarter)
    for number, one in order:
        where = f"scenario {spec.name}, change {number}"
        change = Change(
            quarter=one.quarter,
            org=_option(where, "org", one.org, OrgConfig, known),
            practices=_option(where, "practices", one.practices, PracticesConfig, known),
            roles=_option(where, "roles", one.roles, RolesConfig, known),
        )
        then = changed(config, change)
        settings = _market(where, one.market, then, known) | _flat(one.set)
        absolute = {name: _absolute(where, name, value, then) for name, value in settings.items()}
        change = Change(
            change.quarter, change.org, change.practices, change.roles, absolute,
            leaves=_names(f"{where}, leaves", one.leaves), hires=_names(f"{where}, hires", one.hires),
        )  # fmt: skip
        config = changed(config, change)
        changes.append(change)
    return tuple(changes)


def _option(where: str, group: str, name: str | None, kind: type[T], known: Catalogue) -> T | None:
    if name is None:
        return None
    return frozen(kind, plain(option(group, known.check(f"{where}, {group}", name, group), known)))


def _market(where: str, name: str | None, then: SimConfig, known: Catalogue) -> dict[str, Any]:
    """All in which another market differs from the one there is, as far as it can change."""
    if name is None:
        return {}
    other = plain(option("market", known.check(f"{where}, market", name, "market"), known))
    settings = {f"market.{key}": value for key, value in other.items()}
    return {key: settings[key] for key in changeable(then) if key in settings and settings[key] != value_of(then, key)}


def _flat(settings: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Values by dotted name, however they were nested."""
    flat: dict[str, Any] = {}
    for name, value in settings.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, Mapping) else {f"{prefix}{name}": value}
    return flat


def _absolute(where: str, name: str, value: Any, config: SimConfig) -> Any:
    """The value that a setting gets: as it stands, or relative to what it was."""
    check_changeable(f"{where},", name, config)
    before = value_of(config, name)
    found = RELATIVE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        is_float = isinstance(before, float) and isinstance(value, int) and not isinstance(value, bool)
        return float(value) if is_float and value >= 0 else _checked(where, name, value, before)
    if isinstance(before, bool) or not isinstance(before, int | float):
        raise ConfigError(
            f"{where}, {name} = {value}: relative to {shown(before)}, which is no number; must be absolute"
        )
    amount = float(found[2]) * (-1.0 if found[1] == "-" else 1.0)
    after = before * (1.0 + amount / 100.0) if found[3] else before + amount
    return math.floor(after + 0.5) if isinstance(before, int) else after


def _checked(where: str, name: str, value: Any, before: Any) -> Any:
    """The value, if it is of the kind that the setting had; ranges are checked where all is known."""
    if isinstance(before, str | bool) and type(value) is not type(before):
        known = declared(name)
        kind = "true or false" if isinstance(before, bool) else "text"
        options = known[0].metadata["parameter"].options if known and "parameter" in known[0].metadata else ()
        raise ConfigError(f"{where}, {name} = {shown(value)}: must be {', '.join(options) or kind}")
    if isinstance(before, int | float) and not isinstance(before, bool):
        if isinstance(value, str):
            raise ConfigError(f'{where}, {name} = {value}: must be a number, or relative as in "+1" or "-20%"')
        if isinstance(value, int | float) and value < 0 <= _lowest(name):
            raise ConfigError(
                f'{where}, {name} = {value}: must not be negative; "{value}", in quotes, means so much less'
            )
    return value


def _lowest(name: str) -> float:
    known = declared(name)
    return known[0].metadata["parameter"].low if known and "parameter" in known[0].metadata else -math.inf


def _names(where: str, value: Any) -> tuple[str, ...]:
    """One name or a list of them."""
    if value is None:
        return ()
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in names):
        raise ConfigError(f"{where} = {shown(value)}: must be a post or seat, or a list of them")
    return tuple(names)
