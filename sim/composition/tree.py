"""The tree of settings while it is put together: the files of chosen options, merged into typed defaults.

Hydra merges them, because only it knows defaults lists and packages. What varies within a comparison and
needs neither is merged by us with the call that Hydra makes: one composition (80 ms) serves many scenarios.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from hydra import compose, initialize_config_dir
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.types import Quote, QuotedString
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf

from sim.composition.catalogue import GROUPS, PRIMARY, Catalogue, Option, conf_dir
from sim.composition.files import UNREADABLE, blank, held, mistake_in, stands_alone
from sim.composition.mistakes import REFUSALS, one_line
from sim.composition.schema import SCHEMA, settings_class
from sim.params import ConfigError

VERSION_BASE = "1.3"
ConfigStore.instance().store(name=SCHEMA, node=settings_class())

COMPARED = ("org", "practices", "roles")
"""Groups of which one comparison can have several options."""

SWAPPED = (*COMPARED, "scenario")
"""Groups that nothing else is merged with, so that an option that stands alone can be put in its place."""

NAMED = ("company", "market", "scenario", *COMPARED)
"""Groups whose settings carry a name for tables and reports."""

Choices = dict[str, str | None]


def with_options(groups: Mapping[str, str], catalogue: Catalogue) -> tuple[DictConfig, Choices]:
    """The tree with the chosen options merged in, and every group's option; a structure only if chosen."""
    swapped = {
        group: name for group, name in groups.items() if group in SWAPPED and stands_alone(catalogue.entry(group, name))
    }
    asked = tuple(f"{group}={name}" for group, name in groups.items() if group not in swapped)
    tree, choices = _composed(asked, catalogue)
    tree = tree.copy()
    for group, name in swapped.items():
        tree[group] = option(group, name, catalogue)
    return tree, {**choices, **swapped}


@lru_cache(maxsize=256)
def option(group: str, name: str, catalogue: Catalogue) -> DictConfig:
    """One option alone, typed and complete, as it would be in its place in the tree; not to be changed."""
    entry = catalogue.entry(group, name)
    if not stands_alone(entry):
        shared: DictConfig = _composed((f"{group}={name}",), catalogue)[0][group]
        return shared
    node = blank(group)
    try:
        node.merge_with(dict(held(entry)))
    except REFUSALS as error:
        raise mistake_in(entry) or ConfigError(f"{entry.file}: {one_line(error)}") from None
    return _named_after_file(node, entry, catalogue)


def search_path(config_dir: Path | None) -> list[str]:
    """The override that makes Hydra search the user's folder too."""
    place = QuotedString(text=f"file://{config_dir}", quote=Quote.single).with_quotes()
    return [f"hydra.searchpath=[{place}]"] if config_dir else []


def check_hydra_overrides(overrides: Sequence[str], catalogue: Catalogue) -> None:
    """Raise `ConfigError` for the first of Hydra's own settings that Hydra refuses."""
    for override in overrides:
        try:
            with hydra_of_our_own():
                compose(PRIMARY, [override, *search_path(catalogue.config_dir)])
        except (HydraException, *REFUSALS) as error:
            raise ConfigError(f"{override}: {one_line(error)}") from None


@contextmanager
def hydra_of_our_own() -> Iterator[None]:
    """A Hydra to compose with, also within a job of Hydra's, whose own is there again afterwards."""
    holder = GlobalHydra.instance()
    held = holder.hydra
    holder.clear()
    try:
        with initialize_config_dir(str(conf_dir()), version_base=VERSION_BASE):
            yield
    finally:
        GlobalHydra.instance().hydra = held


@lru_cache(maxsize=128)
def _composed(asked: tuple[str, ...], catalogue: Catalogue) -> tuple[DictConfig, Choices]:
    try:
        with hydra_of_our_own():
            overrides = [*asked, *search_path(catalogue.config_dir)]
            tree = compose(PRIMARY, overrides, return_hydra_config=True)
    except (HydraException, *UNREADABLE, *REFUSALS) as error:
        raise _blamed(asked, catalogue) or ConfigError(one_line(error)) from None
    choices = {group: name for group, name in tree.hydra.runtime.choices.items() if group in GROUPS}
    OmegaConf.set_struct(tree, False)
    del tree["hydra"]
    OmegaConf.set_struct(tree, True)
    for group, name in choices.items():
        if name is not None:
            _named_after_file(tree[group], catalogue.entry(group, name), catalogue)
    return tree, choices


def _named_after_file(node: DictConfig, entry: Option, catalogue: Catalogue) -> DictConfig:
    # A user's company that states no name would else be reported under the name of what it builds on.
    if catalogue.is_users(entry) and entry.group in NAMED and "name" not in held(entry):
        node.name = entry.name
    return node


def _blamed(asked: tuple[str, ...], catalogue: Catalogue) -> ConfigError | None:
    """The mistake in a file of the user's that kept Hydra from composing, in those asked for or any other."""
    users = [entry for entry in catalogue.entries if catalogue.is_users(entry)]
    users.sort(key=lambda entry: f"{entry.group}={entry.name}" not in asked)
    return next(filter(None, map(mistake_in, users)), None)
