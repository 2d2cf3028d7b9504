"""Values set in the tree of settings one by one, each mistake worded by the setting's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast, get_args

from omegaconf import DictConfig, OmegaConf, open_dict
from omegaconf.errors import MissingMandatoryValue, OmegaConfBaseException

from sim.composition.mistakes import REFUSALS, branch_value, one_line, unknown_setting, wrong_value
from sim.composition.schema import declared, unfrozen
from sim.config import Post
from sim.params import ConfigError


def set_value(tree: DictConfig, name: str, value: Any, may_add: bool = False) -> None:
    """Set one setting, or those below it if the value is a dict; `may_add` lets a file name posts."""
    if name not in (known := names(tree)):
        if not (may_add and _is_post(name) and isinstance(value, dict)):
            raise unknown_setting(name, known)
        OmegaConf.update(tree, name, unfrozen(Post), force_add=True)
    node = OmegaConf.select(tree, name)
    is_branch = isinstance(node, DictConfig)
    if value == {} and is_branch and not may_add:
        _set_empty(node, name)
    elif isinstance(value, dict) and is_branch:
        for key, item in value.items():
            set_value(tree, f"{name}.{key}", item, may_add)
    elif is_branch:
        raise branch_value(name, value, next(other for other in names(tree) if other.startswith(f"{name}.")))
    else:
        try:
            OmegaConf.update(tree, name, _as_number(name, value))
        except REFUSALS:
            raise wrong_value(name, value) from None


def _as_number(name: str, value: Any) -> Any:
    """A value as it is meant: "2%" of a setting that is a number is 0.02."""
    field = declared(name)
    is_share = isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?%", value)
    if not is_share or field is None or float not in (field[1], *get_args(field[1])):
        return value
    return float(value[:-1]) / 100.0


def _set_empty(node: DictConfig, name: str) -> None:
    # Hydra would merge an empty dict, which silently changes nothing; only of posts can it mean none.
    if OmegaConf.get_type(node) is not dict:
        raise ConfigError(f"{name} = {{}}: must not be empty; nothing would be set")
    with open_dict(node):
        node.clear()


def names(tree: DictConfig) -> list[str]:
    """Every dotted name in the tree, groups before what they hold."""
    return list(_names(tree))


def _names(node: DictConfig, prefix: str = "") -> Iterator[str]:
    for key, value in node.items_ex(resolve=False):
        name = prefix + cast(str, key)
        yield name
        if isinstance(value, DictConfig) and isinstance(value._value(), dict):  # neither null nor a reference
            yield from _names(value, f"{name}.")


def _is_post(name: str) -> bool:
    return name.startswith("org.posts.") and name.count(".") == 2


def plain(tree: DictConfig) -> dict[str, Any]:
    """The tree as dicts and lists with every reference resolved, or `ConfigError` for one that can't be."""
    try:
        return OmegaConf.to_container(tree, resolve=True, throw_on_missing=True)  # type: ignore[return-value]
    except MissingMandatoryValue as error:
        raise ConfigError(f"{error.full_key} is missing: must be given") from None
    except OmegaConfBaseException as error:
        name = error.full_key
        raise ConfigError(f"{name}: {one_line(error)}; must refer to a setting of its kind") from None
