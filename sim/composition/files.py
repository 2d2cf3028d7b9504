"""What one option's YAML file says, and which of its lines is to blame when it can't be merged."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml  # type: ignore[import-untyped]  # comes with omegaconf, without types
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from sim.composition.catalogue import Option
from sim.composition.mistakes import one_line
from sim.composition.schema import declared, unfrozen
from sim.composition.values import set_value
from sim.params import ConfigError

UNREADABLE = (OmegaConfBaseException, yaml.YAMLError, ValueError, OSError)
"""What comes of a file that is no YAML, or not in UTF-8, or away."""


@lru_cache(maxsize=512)
def held(entry: Option) -> MappingProxyType[str, Any]:
    """What the file says, or `ConfigError` with its name and line."""
    try:
        said = OmegaConf.to_container(OmegaConf.load(entry.file))
    except yaml.MarkedYAMLError as error:
        line = f" line {error.problem_mark.line + 1}," if error.problem_mark else ""
        raise ConfigError(f"{entry.file}:{line} {error.problem}; must be YAML") from None
    except UNREADABLE as error:
        raise ConfigError(f"{entry.file}: {one_line(error)}; must be YAML in UTF-8") from None
    if not isinstance(said, dict):
        raise ConfigError(f"{entry.file}: must hold lines of the form `setting: value`")
    return MappingProxyType({str(name): value for name, value in said.items()})


def stands_alone(entry: Option) -> bool:
    """Whether a file is merged as it is: no defaults list, no package header."""
    return "defaults" not in held(entry) and "@package" not in entry.file.read_text(encoding="utf-8")


def blank(group: str) -> DictConfig:
    """A group's settings at their defaults, of their types."""
    known = declared(group)
    assert known is not None, group
    return OmegaConf.structured(unfrozen(known[1]))


def mistake_in(entry: Option) -> ConfigError | None:
    """The first setting in a file that can't be what the file says, worded with the file's name."""
    try:
        tree = OmegaConf.create({entry.group: blank(entry.group)})
        for name, value in held(entry).items():
            if name != "defaults":
                set_value(tree, f"{entry.group}.{name}", value, may_add=True)
    except ConfigError as mistake:
        named = str(entry.file) in str(mistake)
        return mistake if named else ConfigError(f"{entry.file}: {mistake}")
    return None
