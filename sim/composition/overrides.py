"""Overrides as users of Hydra write them, read by Hydra's own grammar and sorted into choices and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, Quote, QuotedString
from hydra.errors import HydraException

from sim.composition.catalogue import GROUPS, Catalogue
from sim.composition.mistakes import unreadable, without_value
from sim.composition.schema import setting_names
from sim.params import ConfigError

# Settings that are a user's own words: what follows the first "=" is meant as it is, commas included.
OWN_WORDS = re.compile(r"((?:results_dir|[^=]+\.(?:name|label|phrase|color))=)(.*)", re.DOTALL)
IN_QUOTES = re.compile("'.*'|\".*\"", re.DOTALL)


@dataclass(frozen=True)
class Chosen:
    """What a user asked for: an option for some groups, then values for some settings, in the order given."""

    groups: dict[str, str]
    values: tuple[tuple[str, Any], ...]

    def names(self) -> set[str]:
        """Every group and setting that was given."""
        return {*self.groups, *(name for name, _ in self.values)}


def quoted(override: str) -> str:
    """The override with quotes around a user's own words, such as `results_dir=My Client, Inc`."""
    found = OWN_WORDS.fullmatch(override)
    if found is None or IN_QUOTES.fullmatch(found[2]):
        return override
    return found[1] + QuotedString(text=found[2], quote=Quote.single).with_quotes()


def is_hydras(override: str) -> bool:
    """Whether an override is about Hydra itself, such as its folders or its launcher."""
    return override.startswith(("hydra.", "hydra/"))


def read(override: str, catalogue: Catalogue) -> Override:
    """One override as Hydra reads it, or `ConfigError`; settings can be changed but not added or removed."""
    text = quoted(override)
    name, equals, _ = text.partition("=")
    if name.startswith("~"):
        raise ConfigError(f"{override}: settings can't be removed; must be setting=value")
    if name.startswith("+"):
        raise ConfigError(f"{override}: settings can't be added; must be one that exists, without the +")
    if not equals:
        raise without_value(override, _as_written(catalogue))
    if not name.strip():
        raise unreadable(override)
    try:
        parsed = OverridesParser.create().parse_override(text)
    except (HydraException, ValueError, RecursionError):  # the latter two for monstrous numbers and nesting
        raise unreadable(override) from None
    if parsed.package is not None:
        raise ConfigError(f"{override}: groups have one place each; must be {parsed.key_or_group}=...")
    return parsed


def _as_written(catalogue: Catalogue) -> dict[str, str]:
    """How each name that a user may have meant is written as an override."""
    ends = {name.rsplit(".", 1)[-1]: f"{name}=..." for name in setting_names()}
    options = {entry.name: f"{entry.group}={entry.name}" for entry in catalogue.entries if entry.group}
    return {**ends, **options, **{name: f"{name}=..." for name in (*GROUPS, *setting_names())}}


def chosen(overrides: Sequence[str], catalogue: Catalogue) -> Chosen:
    """The overrides sorted into group choices and values, or `ConfigError` for the first that can't be."""
    groups: dict[str, str] = {}
    values: list[tuple[str, Any]] = []
    for override in overrides:
        parsed = read(override, catalogue)
        name = parsed.key_or_group
        _refuse_several_values(parsed, override)
        if is_hydras(name):
            raise ConfigError(f"{override}: Hydra's own settings must go to `twohats sweep`")
        if name not in GROUPS or isinstance(parsed.value(), dict):
            values.append((name, parsed.value()))
        elif name in groups:
            raise ConfigError(f"{name} is given twice, as {groups[name]} and {parsed.value()}; must be one")
        else:
            groups[name] = catalogue.check(name, parsed.value(), name)
    return Chosen(groups, tuple(values))


def _refuse_several_values(parsed: Override, override: str) -> None:
    if not parsed.is_sweep_override():
        return
    name, _, value = override.partition("=")
    if name == "orgs":
        raise ConfigError(f"orgs = {value}: must be a list, orgs=[{value}]")
    raise ConfigError(f"{name} = {value}: must be one value; several are for `twohats sweep`")
