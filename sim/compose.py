"""From overrides to a checked configuration: what the command, notebooks and tests start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from omegaconf import DictConfig, OmegaConf

from sim.composition.catalogue import Catalogue, catalogue
from sim.composition.overrides import Chosen, chosen
from sim.composition.scenarios import BASES, check_facts, check_file, in_file, resolved_changes, spec_of
from sim.composition.schema import frozen
from sim.composition.tree import COMPARED, Choices, option, with_options
from sim.composition.values import plain, set_value
from sim.config import SimConfig, arms, check_config
from sim.config.scenario import ScenarioSpec
from sim.params import ConfigError
from sim.settings import MOST_FOR_PRECISION, StudySettings, check_settings


@dataclass(frozen=True)
class Composition:
    """One invocation's settings: checked; the option of every group; all as plain dicts for the manifest."""

    study: StudySettings
    resolved: dict[str, Any]
    choices: Choices
    scenario: SimConfig | None
    spec: ScenarioSpec | None = None
    """What the scenario's file says, where one is chosen."""

    @property
    def sim(self) -> SimConfig:
        """The scenario, or `ConfigError` if no structure is chosen."""
        if self.scenario is None:
            raise ConfigError("org is not chosen: must be given, as in org=NAME")
        return self.scenario


def compose(overrides: Sequence[str] = (), config_dir: str | Path | None = None) -> Composition:
    """Settings from overrides as users of Hydra write them, or `ConfigError` for the first mistake.

    Without a structure there is no scenario, and only types and the study's settings are checked.
    """
    known = catalogue(config_dir)
    asked = chosen(overrides, known)
    spec = _spec(asked, known)
    if spec is not None:
        asked = _started_from(spec, asked, known)
    tree, choices = _tree(asked, known)
    resolved = plain(tree)
    study = _study(resolved, asked, known)
    scenario = None if resolved["org"] is None else _scenario(resolved, known)
    if spec is not None and scenario is not None:
        with in_file(known.entry("scenario", asked.groups["scenario"]), known):
            scenario = check_config(replace(scenario, changes=resolved_changes(spec, scenario, known)))
    return Composition(study, resolved, choices, scenario, spec)


def sim_config(*overrides: str, config_dir: str | Path | None = None) -> SimConfig:
    """One scenario, as in `sim_config("company=small", "org=separate", "practices.shared_kpis=0.9")`."""
    return compose(overrides, config_dir).sim


def compose_whatif(
    overrides: Sequence[str], config_dir: str | Path | None = None
) -> tuple[Composition, dict[str, SimConfig]]:
    """An invocation's settings, and the arms of its scenario (see `sim.config.changes.arms`)."""
    composition = compose(overrides, config_dir)
    if composition.spec is None:
        known = catalogue(config_dir).options("scenario")
        raise ConfigError(f"scenario is not chosen: must be one of {', '.join(known)}, or a file of your own")
    if not composition.sim.changes:
        raise ConfigError(f"scenario {composition.spec.name}: changes nothing; must have changes")
    return composition, arms(composition.spec.name, composition.sim)


def compose_scenarios(
    overrides: Sequence[str], settings: StudySettings, config_dir: str | Path | None = None
) -> dict[str, SimConfig]:
    """Every scenario of a comparison by its name in `orgs`; the reference is put first if `orgs` lacks it."""
    refuse_one_structure(overrides)
    known = catalogue(config_dir)
    asked = chosen(overrides, known)
    if "scenario" in asked.groups:
        raise ConfigError(f"scenario = {asked.groups['scenario']}: is for whatif; must be left out of compare")
    added = () if settings.reference in settings.orgs else (settings.reference,)
    return {item: _named_scenario(item, asked, known) for item in (*added, *settings.orgs)}


def named_scenario(
    setting: str, item: str, overrides: Sequence[str], config_dir: str | Path | None = None
) -> SimConfig:
    """The scenario that a name such as separate+strong stands for; `setting` is where it was named."""
    known = catalogue(config_dir)
    return _named_scenario(item, chosen(overrides, known), known, setting)


def refuse_one_structure(overrides: Sequence[str]) -> None:
    """Raise `ConfigError` for an override of `org` where `orgs` names the structures."""
    for override in overrides:
        name, _, value = override.partition("=")
        if name == "org":
            raise ConfigError(f"org = {value}: compare takes a list of structures; must be orgs=[{value}]")
        if name.startswith("org."):
            raise ConfigError(
                f"{name}: compare takes a list of structures; a changed one must be a file "
                "in the folder org of --config-dir, named in orgs"
            )


def reference_choices(overrides: Sequence[str], config_dir: str | Path | None = None) -> list[str]:
    """The overrides that choose the reference's structure, practices and roles, where none is chosen."""
    given = {override.partition("=")[0] for override in overrides}
    if given & {"org", "scenario"}:
        return []
    reference = compose(
        [override for override in overrides if not override.startswith("org.")], config_dir
    ).study.reference
    chosen_parts = _parts("reference", reference, catalogue(config_dir))
    return [f"{group}={name}" for group, name in chosen_parts.items() if group not in given]


def _named_scenario(item: str, asked: Chosen, known: Catalogue, setting: str = "orgs") -> SimConfig:
    parts = _parts(setting, item, known)
    tree, _ = _tree(Chosen({**asked.groups, **parts}, asked.values), known)
    return _scenario(plain(tree), known)


def _parts(setting: str, item: str, known: Catalogue) -> dict[str, str]:
    """The options, by group, that a name such as separate+strong chooses; `setting` is where it was named."""
    named = item.split("+")
    if len(named) > len(COMPARED):
        raise ConfigError(f"{setting} = {item}: must be org, org+practices or org+practices+roles")
    places = (setting, f"{setting}, practices of {item}", f"{setting}, roles of {item}")
    return {group: known.check(place, name, group) for group, place, name in zip(COMPARED, places, named, strict=False)}


def _spec(asked: Chosen, known: Catalogue) -> ScenarioSpec | None:
    """The scenario that was chosen, as its file and the overrides have it; None without one."""
    if "scenario" not in asked.groups:
        return None
    check_file(known.entry("scenario", asked.groups["scenario"]))
    for group in COMPARED:
        given = [name for name in asked.names() if name == group or name.startswith(f"{group}.")]
        if given:
            raise ConfigError(
                f"{given[0]}: a scenario starts from today; must be company.today.{group}=NAME, or in a file of the "
                "folder scenario of --config-dir"
            )
    tree = OmegaConf.create({"scenario": option("scenario", asked.groups["scenario"], known)})
    for name, value in asked.values:
        if name.startswith("scenario."):
            set_value(tree, name, value)
    with in_file(known.entry("scenario", asked.groups["scenario"]), known):
        return spec_of(tree)


def _started_from(spec: ScenarioSpec, asked: Chosen, known: Catalogue) -> Chosen:
    """What was asked, on the scenario's own company and facts, under today's structure, practices and roles."""
    bases = {group: name for group in BASES if (name := getattr(spec, group)) is not None}
    today = tuple((f"company.today.{group}", name) for group, name in spec.today.items())
    with in_file(known.entry("scenario", asked.groups["scenario"]), known):
        for group, name in bases.items():
            known.check(f"scenario {spec.name}, {group}", name, group)
        for group, name in spec.today.items():
            known.check(f"scenario {spec.name}, today, {group}", name, group)
        _tree(Chosen(bases, tuple(spec.facts.items())), known)
        check_facts(spec)
    whether = () if "transition" in asked.names() else (("transition", True),)
    asked = Chosen(bases | asked.groups, (*today, *spec.facts.items(), *whether, *asked.values))
    names = plain(_tree(asked, known)[0].company.today)
    now = {group: known.check(f"company.today.{group}", names[group], group) for group in COMPARED}
    return Chosen(asked.groups | now, asked.values)


def _tree(asked: Chosen, known: Catalogue) -> tuple[DictConfig, Choices]:
    tree, choices = with_options(asked.groups, known)
    for name, value in asked.values:
        if choices["org"] is None and (name == "org" or name.startswith("org.")):
            raise ConfigError(f"{name}: no structure is chosen; must come with org=NAME")
        set_value(tree, name, value)
    return tree, choices


def _scenario(resolved: Mapping[str, Any], known: Catalogue) -> SimConfig:
    """The scenario, checked, with today's structure, practices and roles loaded by their names."""
    names = resolved["company"]["today"]
    today = {
        group: plain(option(group, known.check(f"company.today.{group}", names[group], group), known))
        for group in COMPARED
    }
    return check_config(frozen(SimConfig, {**resolved, "today": today, "changes": ()}))


def _study(resolved: Mapping[str, Any], asked: Chosen, known: Catalogue) -> StudySettings:
    settings = check_settings(frozen(StudySettings, resolved))
    if settings.precision is not None and "seeds" not in asked.names():
        settings = replace(settings, seeds=MOST_FOR_PRECISION)
    if settings.seed is not None and "seeds" in asked.names():
        raise ConfigError(f"seed = {settings.seed}, seeds = {settings.seeds}: must be one of them, not both")
    for setting, item in (
        *(("orgs", item) for item in settings.orgs),
        ("reference", settings.reference),
        ("versus", settings.versus),
    ):
        _parts(setting, item, known)
    return settings
