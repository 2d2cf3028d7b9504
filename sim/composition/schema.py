"""The types of every setting as Hydra wants them, generated from the frozen dataclasses; and the way back.

OmegaConf marks frozen dataclasses read-only and knows lists where we have tuples, so it gets an unfrozen
mirror. A typed dict's default would be merged with what YAML says instead of replaced by it, so `posts` is
empty there.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import types
from collections.abc import Iterator, Mapping
from dataclasses import Field, field, fields, is_dataclass, make_dataclass
from functools import cache, partial
from typing import Any, Optional, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from omegaconf import MISSING

from sim.config import OrgConfig, SimConfig
from sim.settings import StudySettings

SCHEMA = "twohats_schema"
NOT_SET = ("today", "changes")
"""Parts of a scenario that are no settings of their own: what `company.today` names, and what `scenario` says."""
T = TypeVar("T")
MIRROR = "Unfrozen"
_mirrors: dict[str, type[Any]] = {}


@cache
def settings_class() -> type[Any]:
    """The root of all that can be set: a scenario's parts, with or without a structure, and how to run."""
    named = {"org": (_unfrozen_type(OrgConfig | None), field(default=None))}
    for owner in (SimConfig, StudySettings):
        for f in fields(owner):
            if f.name not in (*named, *NOT_SET):
                named[f.name] = _unfrozen_field(owner, f)
    return _findable(make_dataclass("Settings", [(name, *typed) for name, typed in named.items()]))


@cache
def unfrozen(cls: type[Any]) -> type[Any]:
    """The mirror of a frozen dataclass: same names and defaults, lists for tuples, mappings empty."""
    return _findable(make_dataclass(cls.__name__, [(f.name, *_unfrozen_field(cls, f)) for f in fields(cls)]))


def _findable(mirror: type[Any]) -> type[Any]:
    """A mirror that goes to another process by its name: in a copy "no default" would be a default like any other."""
    mirror.__module__, mirror.__qualname__ = __name__, f"{MIRROR}{mirror.__name__}"
    mirror.__name__ = mirror.__qualname__
    _mirrors[mirror.__name__] = mirror
    return mirror


def __getattr__(name: str) -> Any:
    """Find a mirror by its name, in a process that may not have made any."""
    if name.startswith(MIRROR):
        settings_class()
        if name in _mirrors:
            return _mirrors[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


def _unfrozen_field(owner: Any, f: Field[Any]) -> tuple[Any, Any]:
    hint = _hints(owner)[f.name]
    return _unfrozen_type(hint), field(default_factory=partial(_unfrozen_default, f, hint))


def _unfrozen_type(hint: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return list[_unfrozen_type(arguments[0])]  # type: ignore[misc]
    if origin is collections.abc.Mapping:
        return dict[str, _unfrozen_type(arguments[1])]  # type: ignore[misc]
    if origin in (Union, types.UnionType):
        return Optional[_unfrozen_type(arguments[0])]  # noqa: UP045  # | is not defined for every type that comes here
    return unfrozen(cast(Any, hint)) if is_dataclass(hint) else hint


def _unfrozen_default(f: Field[Any], hint: Any) -> Any:
    if get_origin(hint) is collections.abc.Mapping:
        return {}
    if f.default_factory is not dataclasses.MISSING:
        return _unfrozen_value(f.default_factory())
    return MISSING if f.default is dataclasses.MISSING else _unfrozen_value(f.default)


def _unfrozen_value(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _unfrozen_value(getattr(value, f.name)) for f in fields(value)}
        return unfrozen(type(value))(**parts)
    return list(value) if isinstance(value, tuple) else value


@cache
def setting_names() -> tuple[str, ...]:
    """Every setting by its dotted name, but for those of posts, which are as many as a structure has."""
    return tuple(_names(settings_class()()))


def _names(value: Any, prefix: str = "") -> Iterator[str]:
    for f in fields(value):
        name, item = f"{prefix}{f.name}", getattr(value, f.name)
        if is_dataclass(item):
            yield from _names(item, f"{name}.")
        else:
            yield name


def frozen(cls: type[T], plain: Mapping[str, Any]) -> T:
    """A frozen dataclass from plain dicts and lists that have been through the schema."""
    hints = _hints(cast(Any, cls))
    return cls(**{f.name: _frozen_value(hints[f.name], plain[f.name]) for f in fields(cast(Any, cls))})


def _frozen_value(hint: Any, value: Any) -> Any:
    if is_dataclass(hint):
        return frozen(cast(type[Any], hint), value)
    if get_origin(hint) in (Union, types.UnionType):
        return None if value is None else _frozen_value(get_args(hint)[0], value)
    if get_origin(hint) is tuple:
        return tuple(_frozen_value(get_args(hint)[0], item) for item in value)
    if get_origin(hint) is collections.abc.Mapping:
        return {key: _frozen_value(get_args(hint)[1], item) for key, item in value.items()}
    return value


def declared(name: str) -> tuple[Field[Any], Any] | None:
    """The dataclass field behind a dotted setting, and its type, or None; a post's name is one step."""
    first, *rest = name.split(".")
    owner: Any = SimConfig if first in {f.name for f in fields(SimConfig)} else StudySettings
    found = _field(owner, first)
    for part in rest:
        if found is None:
            return None
        f, hint = found
        found = (f, get_args(hint)[1]) if get_origin(hint) is collections.abc.Mapping else _field(hint, part)
    return found


def _field(owner: Any, name: str) -> tuple[Field[Any], Any] | None:
    if not is_dataclass(owner):
        return None
    return next(((f, _given(_hints(cast(Any, owner))[name])) for f in fields(owner) if f.name == name), None)


def _given(hint: Any) -> Any:
    """The type of a part that need not be there, where it is: settings of its own, in place of those or None."""
    is_part = get_origin(hint) in (Union, types.UnionType) and is_dataclass(get_args(hint)[0])
    return get_args(hint)[0] if is_part else hint
