"""A user's mistake in one line: the setting, its value and unit, what is allowed, the nearest name."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping
from typing import Any, Union, get_args, get_origin

from omegaconf.errors import OmegaConfBaseException

from sim.composition.schema import declared
from sim.params import ConfigError, allowed_range, closest, nearest

POST = re.compile(r"org\.posts\.\w+")
REFUSALS = (OmegaConfBaseException, ValueError, ArithmeticError)
"""What OmegaConf raises for a value that it can't take; the last for an integer beyond every float."""

KINDS: dict[Any, str] = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


def one_line(error: BaseException | str) -> str:
    """Another library's message in one line, without hints that don't hold here."""
    hints = (
        "To append to your config",
        "full_key:",
        "reference_type=",
        "object_type=",
        "Config search path:",
        "provider=",
    )
    return " ".join(line.strip() for line in str(error).splitlines() if not line.strip().startswith(hints))


def unreadable(override: str) -> ConfigError:
    """An override that Hydra's grammar can't read."""
    return ConfigError(
        f"{override}: can't be read as setting=value; must have its brackets and quotes closed, "
        "and quotes around a value with commas, colons or brackets"
    )


def without_value(word: str, known: Mapping[str, str]) -> ConfigError:
    """A word that is neither flag nor setting=value; `known` says how each name it can mean is written."""
    close = closest(word, known)
    hint = f"; did you mean {known[close]}?" if close else ""
    return ConfigError(f"{word}: must be written as setting=value{hint}")


def unknown_setting(name: str, known: Iterable[str]) -> ConfigError:
    """A name that nothing is set by."""
    names = list(known)
    posts = [other.removeprefix("org.posts.") for other in names if POST.fullmatch(other)]
    if name.startswith("org.posts.") and (post := name.split(".")[2]) not in posts:
        return ConfigError(
            f"{name}: no such post; must be one of {', '.join(posts)}{nearest(post, posts)}; "
            "a new one is written in a file in the folder org of --config-dir"
        )
    meant = _meant(name, names)
    return ConfigError(f"{name}: no such setting" + (f"; did you mean {meant}?" if meant else ""))


def _meant(name: str, names: list[str]) -> str | None:
    """The setting that a wrong name was meant for: of that end elsewhere, or like it in its group."""
    group, _, end = name.rpartition(".")
    if same_end := [other for other in names if other.rpartition(".")[2] == end]:
        return same_end[0] if len(same_end) == 1 else closest(name, same_end)
    beside = {other.rpartition(".")[2]: other for other in names if other.rpartition(".")[0] == group}
    if group and group not in names:
        return closest(name, names)
    if not group:
        beside = {other.rpartition(".")[2]: other for other in names} | beside
    close = closest(end, beside)
    return beside[close] if close else None


def wrong_value(name: str, value: Any) -> ConfigError:
    """A value of a kind that its setting can't take."""
    known = declared(name)
    assert known is not None, name
    f, hint = known
    parameter = f.metadata.get("parameter")
    kind = _kind(hint)
    if parameter is None or isinstance(f.default, bool):
        return ConfigError(f"{name} = {shown(value)}: must be {kind}")
    if parameter.options:
        return ConfigError(f"{name} = {shown(value)}: must be one of {', '.join(parameter.options)}")
    return ConfigError(f"{name} = {shown(value)} {parameter.unit}: must be {kind} {allowed_range(parameter)}")


def branch_value(name: str, value: Any, example: str) -> ConfigError:
    """A single value for a name under which there are several settings."""
    return ConfigError(
        f"{name} = {shown(value)}: holds several settings, must be set one by one, such as {example}=..."
    )


def shown(value: Any) -> str:
    """A value as it is written in an override."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(hint: Any) -> str:
    if get_origin(hint) in (Union, types.UnionType):
        return _kind(get_args(hint)[0])
    return "a list such as [a,b]" if get_origin(hint) is tuple else KINDS.get(hint, "settings of its own")
