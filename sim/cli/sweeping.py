"""`twohats sweep`: all points of a design composed at once, and run as one study on the store.

A multirun of Hydra's composes each job anew and starts it as a program of its own, .2 s and more of it nobody's work.
So the points are found here, with Hydra's own grammar, and only a launcher or sweeper of Hydra's that is asked for by
name makes a sweep a multirun (`sim.cli.multirun`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hydra.core.override_parser.types import IntervalSweep

from sim.cli.multirun import sweep as multirun
from sim.cli.multirun import written_values
from sim.compose import Composition, compose, reference_choices
from sim.composition.catalogue import Catalogue, catalogue
from sim.composition.overrides import is_hydras, read
from sim.config import SimConfig
from sim.params import ConfigError
from sim.points import Points
from sim.report.delivery import dry, results_folder, run_with_progress, say_notes, store_of
from sim.report.labels import Style
from sim.report.sweeping import gather
from sim.settings import StudySettings
from sim.study.design import DESIGNS, GRID, Point, Range, from_csv, grid, range_of, sampled
from sim.study.study import Study

MULTIRUNS = ("hydra/launcher=", "hydra/sweeper=")


@dataclass(frozen=True)
class Asked:
    """A sweep as it was asked for: what all points have in common, and the points."""

    common: list[str]
    points: list[Point]
    settings: StudySettings


def sweep(overrides: Sequence[str], config_dir: str | Path | None, command: str) -> int:
    """Run every point; exit status 0, or 1 if a run failed."""
    if any(override.startswith(MULTIRUNS) for override in overrides):
        return multirun(overrides, config_dir)
    asked = asked_for(overrides, config_dir)
    configs = composed(asked, config_dir)
    first, settings = configs["0"], asked.settings
    study = Study(configs, settings.seed_list(), "0", executor=settings.executor, command=command)
    with store_of(settings) as store:
        if settings.dry_run:
            print(dry(study, store))
            return 0
        results = run_with_progress(study, store, with_quarters=False)
        say_notes(store)
    manifest = results.manifest | {"design": settings.design, "points": asked.points, "common": asked.common}
    manifest["reference"] = settings.reference.split("+")[0]
    manifest["scenarios"] = {name: found["config_hash"] for name, found in results.manifest["scenarios"].items()}
    styles = _styles({first.org.name: first} | {config.org.name: config for config in configs.values()})
    return gather(results.runs, asked.points, styles, manifest, results_folder(settings.results_dir, "sweep"))


def asked_for(overrides: Sequence[str], config_dir: str | Path | None = None) -> Asked:
    """The points of a sweep, or `ConfigError`; the reference's structure unless structures are chosen."""
    known = catalogue(config_dir)
    hydras = [override for override in overrides if is_hydras(override)]
    if hydras:
        raise ConfigError(f"{hydras[0]}: is for a launcher of Hydra's; must come with hydra/launcher=basic")
    common, levels, ranges = list[str](), dict[str, list[str]](), list[Range]()
    for override in overrides:
        _sort_in(override, known, common, levels, ranges)
    points = _points(common, levels, ranges, config_dir)
    first = [*common, *(f"{name}={value}" for name, value in points[0].items())]
    common += reference_choices(first, config_dir)
    composition = compose([*common, *(f"{name}={value}" for name, value in points[0].items())], config_dir)
    if composition.study.precision is not None:
        raise ConfigError(f"precision = {composition.study.precision}: is for compare and whatif; must be left out")
    return Asked(common, points, composition.study)


def first_composition(overrides: Sequence[str], config_dir: str | Path | None = None) -> Composition:
    """Settings of the first point, for `--cfg job`."""
    asked = asked_for(overrides, config_dir)
    return compose([*asked.common, *(f"{name}={value}" for name, value in asked.points[0].items())], config_dir)


def _sort_in(
    override: str, known: Catalogue, common: list[str], levels: dict[str, list[str]], ranges: list[Range]
) -> None:
    """One override: something that all points have, levels of a factor, or the range of one."""
    parsed = read(override, known)
    name = str(parsed.key_or_group)
    value = parsed.value() if parsed.is_sweep_override() else None
    if isinstance(value, IntervalSweep):
        low, high = (None if end is None else float(end) for end in (value.start, value.end))
        ranges.append(range_of(name, low, high))
        return
    if override == f"{name}=range":
        ranges.append(range_of(name))
        return
    values = [written.partition("=")[2] for written in written_values(override, known, has_sweeper=False)]
    if len(values) == 1 and not parsed.is_sweep_override():
        common.append(override)
    else:
        levels[name] = values


def _points(
    common: list[str], levels: Mapping[str, Sequence[str]], ranges: Sequence[Range], config_dir: str | Path | None
) -> list[Point]:
    """The points that `design` makes of factors; what is neither swept nor sampled is one point."""
    settings = dict(override.partition("=")[::2] for override in common)
    design = settings.get("design", GRID)
    if design not in DESIGNS:
        if levels or ranges:
            name = next(iter([*levels, *(r.name for r in ranges)]))
            raise ConfigError(
                f"design = {design}: its rows are the points; {name} must be a column of it or have one value"
            )
        return from_csv(design)
    if design == GRID:
        if ranges:
            first = ranges[0]
            raise ConfigError(
                f"{first.name}=interval({first.low:g},{first.high:g}): an interval has no list of values; must come "
                "with design=latin_hypercube, design=sobol or hydra/sweeper=NAME"
            )
        return grid(levels) if levels else [_alone(common, config_dir)]
    study = compose([override for override in common if override.startswith("points=")], config_dir).study
    return sampled(design, ranges, study.points, levels)


def _alone(common: list[str], config_dir: str | Path | None) -> Point:
    """Nothing is swept: the one structure is the one factor."""
    chosen = {override.partition("=")[0]: override.partition("=")[2] for override in common}
    if "scenario" in chosen:
        common.remove(f"scenario={chosen['scenario']}")
        return {"scenario": chosen["scenario"]}
    if "org" in chosen:
        common.remove(f"org={chosen['org']}")
        return {"org": chosen["org"]}
    (org,) = (choice for choice in reference_choices(common, config_dir) if choice.startswith("org="))
    return {"org": org.partition("=")[2]}


def composed(asked: Asked, config_dir: str | Path | None = None) -> dict[str, SimConfig]:
    """The config of every point by its number, or `ConfigError` for the first that can't be."""
    points = Points(asked.common, config_dir)
    configs = {}
    for number, point in enumerate(asked.points):
        try:
            configs[str(number)] = points.config(point)
        except ConfigError as mistake:
            if asked.settings.design in DESIGNS:
                raise
            raise ConfigError(f"design = {asked.settings.design}, row {number + 2}: {mistake}") from None
    return configs


def _styles(configs: Mapping[str, SimConfig]) -> dict[str, Style]:
    from sim.report.styles import styles_of

    return styles_of(configs)
