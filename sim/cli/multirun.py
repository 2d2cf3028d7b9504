"""`twohats sweep` with a launcher or a sweeper of Hydra's: a plain multirun, one job per point with all its seeds.

Every job is composed before the first starts, so that a mistake in the last costs no time. What they ran is gathered
into one table and one set of figures at the end, by a callback (`sim.cli.gathering`).
"""

from __future__ import annotations

import importlib
import itertools
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.types import Quote, QuotedString
from omegaconf import DictConfig

from sim.compose import Composition, compose, reference_choices
from sim.composition.catalogue import PRIMARY, Catalogue, catalogue, conf_dir
from sim.composition.overrides import is_hydras, quoted, read
from sim.composition.tree import VERSION_BASE, check_hydra_overrides
from sim.params import ConfigError

GATHERING = "+hydra.callbacks.gather={_target_: sim.cli.gathering.Gather}"
MAX_CHECKED = 300
"""Up to this many jobs each is composed beforehand (about 20 ms each); of more, each value at least once."""


@dataclass(frozen=True)
class Sweep:
    """A checked sweep: overrides for Hydra, ours and its own, and the first of the compositions."""

    ours: list[str]
    hydras: list[str]
    first: Composition


def checked_sweep(overrides: Sequence[str], config_dir: str | Path | None = None) -> Sweep:
    """A sweep whose every job can be composed, or `ConfigError`; the reference's structure unless chosen."""
    known = catalogue(config_dir)
    ours = [override for override in overrides if not is_hydras(override)]
    hydras = [override for override in overrides if is_hydras(override)]
    check_hydra_overrides(hydras, known)
    jobs = checked_jobs(ours, known, has_sweeper=any(one.startswith("hydra/sweeper=") for one in hydras))
    added = reference_choices(jobs[0], config_dir)
    compositions = [compose([*one, *added], config_dir) for one in jobs]
    return Sweep([*map(quoted, ours), *added], hydras, compositions[0])


def sweep(overrides: Sequence[str], config_dir: str | Path | None = None) -> int:
    """Run every combination of the swept values; exit status 0, or 1 if a job failed."""
    checked = checked_sweep(overrides, config_dir)
    folder = [_hydras_folder(checked.first.study.results_dir)]
    if any(override.startswith("hydra.sweep.dir=") for override in checked.hydras):
        folder = []
    where = ["--config-dir", str(Path(config_dir).absolute())] if config_dir else []
    return run_hydra(["--multirun", *where, *checked.ours, *checked.hydras, *folder, GATHERING])


def _hydras_folder(results_dir: str) -> str:
    folder = QuotedString(text=f"{results_dir}/sweep/{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}", quote=Quote.single)
    return f"hydra.sweep.dir={folder.with_quotes()}"


def job(_: DictConfig) -> None:
    """One design point, called by Hydra, perhaps in another process; composed again with our checks."""
    here = HydraConfig.get()
    users = [source.path for source in here.runtime.config_sources if source.provider == "command-line"]
    composition = compose(list(here.overrides.task), users[0] if users else None)
    study = importlib.import_module("sim.study.sweep")
    name = composition.spec.name if composition.spec else composition.sim.org.name
    study.job(name, composition.sim, composition.study, composition.choices, Path(here.runtime.output_dir))


def run_hydra(arguments: list[str]) -> int:
    """Hydra's own main with these arguments; its exit status."""
    before = sys.argv
    sys.argv = [before[0], *arguments]  # Hydra reads them nowhere else
    try:
        hydra.main(version_base=VERSION_BASE, config_path=str(conf_dir()), config_name=PRIMARY)(job)()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.argv = before
    return 0


def checked_jobs(overrides: Sequence[str], known: Catalogue, has_sweeper: bool = False) -> list[list[str]]:
    """The overrides of each job to check: every combination, or each value once where there are too many.

    Intervals, which only another sweeper than Hydra's basic one knows how to search, are left out.
    """
    factors = [written_values(override, known, has_sweeper) for override in overrides]
    if math.prod(map(len, factors)) <= MAX_CHECKED:
        jobs = [list(combination) for combination in itertools.product(*factors)]
    else:
        first = [factor[0] for factor in factors]
        jobs = [first]
        for place, factor in enumerate(factors):
            jobs += [[*first[:place], value, *first[place + 1 :]] for value in factor[1:]]
    return [[override for override in one if override] for one in jobs]


def written_values(override: str, known: Catalogue, has_sweeper: bool) -> list[str]:
    """One override per value that Hydra's basic sweeper makes of it; an empty one for an interval."""
    parsed = read(override, known)
    if parsed.key_or_group == "orgs":
        raise ConfigError(f"{override}: is for compare; must be org=NAME,NAME in a sweep")
    if parsed.key_or_group == "contrast":
        raise ConfigError(f"{override}: is for compare; must be left out of a sweep, where nothing is held equal")
    if not parsed.is_sweep_override():
        return [override]
    if not parsed.is_discrete_sweep():
        if not has_sweeper:
            raise ConfigError(
                f"{override}: an interval has no list of values; must come with design=latin_hypercube, "
                "design=sobol or hydra/sweeper=NAME"
            )
        return [""]
    parsed.config_loader = _Options(known)  # type: ignore[assignment]  # Hydra asks it for one thing only
    values = [f"{parsed.key_or_group}={value}" for value in parsed.sweep_string_iterator()]
    if not values:
        allowed = ", ".join(known.options(parsed.key_or_group))
        raise ConfigError(f"{override}: has no value; must match one of {allowed}")
    return values


@dataclass(frozen=True)
class _Options:
    """What `practices=glob(*_alone)` chooses from."""

    known: Catalogue

    def get_group_options(self, group: str, results_filter: object = None) -> list[str]:
        return self.known.options(group)
