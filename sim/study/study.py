"""A study: scenarios under the same seeds, and what to hold them against."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

from sim.compose import compose, compose_scenarios, compose_whatif
from sim.config import SimConfig
from sim.keep import model_hash
from sim.model import past_of
from sim.params import ConfigError
from sim.settings import EQUAL_PRACTICES, ExecutorSettings, StudySettings
from sim.store import Store, config_hash
from sim.study.branching import trunks
from sim.study.contrast import OutOfReach, contrasted, left_out
from sim.study.looks import looks
from sim.study.pools import n_processes
from sim.study.reading import quarters_of, runs_of
from sim.study.results import QUARTER_KEYS, Results
from sim.study.runner import Progress, fill
from sim.study.stopping import assess

STOPPED_BY = "npv_usd"  # the outcome whose differences are to be precise
MOST_READINGS = 3  # until it is believed that a disk does not keep what is written
MOST_DESCRIBED = 100  # scenarios whose settings stand in a manifest; of more, those are in the store
PACKAGES = ("twohats", "mesa", "numpy", "scipy", "pandas", "numba", "hydra-core", "joblib")


@dataclass(frozen=True)
class Study:
    """Scenarios by name, the seeds that all of them run under, and the two that a sentence speaks of."""

    scenarios: Mapping[str, SimConfig]
    seeds: Sequence[int]
    reference: str
    versus: str = ""
    executor: ExecutorSettings = field(default_factory=ExecutorSettings)
    command: str = ""
    contrast: str = EQUAL_PRACTICES
    left_out: tuple[OutOfReach, ...] = ()
    precision: float | None = None
    """Share of the reference's mean NPV to which every difference is to be known; seeds are run until it is."""

    @staticmethod
    def compare(*overrides: str) -> Study:
        """The study behind `twohats compare <overrides>`."""
        settings = compose(overrides).study
        return Study.of(compose_scenarios(overrides, settings), settings)

    @staticmethod
    def of(scenarios: Mapping[str, SimConfig], settings: StudySettings, command: str = "") -> Study:
        """A study of these scenarios under an invocation's settings, at equal total cost if they ask for it.

        The sentence speaks of another scenario if the one that was asked for is not there, or is left out.
        """
        asked, contrast = (scenarios, settings.reference), settings.contrast
        scenarios, unequal = contrasted(*asked, contrast), left_out(*asked, contrast)
        others = [name for name in scenarios if name != settings.reference]
        versus = settings.versus if settings.versus in others else (others[0] if others else "")
        seeds, executor = settings.seed_list(), settings.executor
        return Study(
            scenarios, seeds, settings.reference, versus, executor, command, contrast, unequal, settings.precision
        )

    @staticmethod
    def whatif(*overrides: str) -> Study:
        """The study behind `twohats whatif <overrides>`: doing nothing, the change, and the change at no cost."""
        composition, scenarios = compose_whatif(overrides)
        return Study.whatif_of(scenarios, composition.study)

    @staticmethod
    def whatif_of(arms: Mapping[str, SimConfig], settings: StudySettings, command: str = "") -> Study:
        """A study of a what-if's arms, doing nothing first, under an invocation's settings."""
        nothing, changed, *_ = arms
        return Study(
            arms, settings.seed_list(), nothing, changed, settings.executor, command, precision=settings.precision
        )

    @property
    def looks(self) -> tuple[int, ...]:
        """Numbers of seeds after which to look whether the precision is reached; all of them without one."""
        return looks(len(self.seeds)) if self.precision else (len(self.seeds),)

    @property
    def n_quarters(self) -> tuple[int, int]:
        """Quarters that each seed lives, and those that it would if nothing in common were lived once."""
        apart = sum(config.warm_up_quarters + config.horizon_quarters for config in self.scenarios.values())
        return sum(trunk.n_quarters for trunk in trunks(self.scenarios)), apart

    @property
    def n_runs(self) -> int:
        """Runs in the study: scenarios times seeds."""
        return len(self.scenarios) * len(self.seeds)

    def run(
        self, progress: Progress = lambda n: None, store: Store | None = None, with_quarters: bool = True
    ) -> Results:
        """Run what the store lacks; rows come in the order of scenarios and seeds, failures beside them.

        Without a `store` nothing is kept beyond this process. A sweep does without the tables of quarters, which stay
        in the store. With a `precision` results end at the look at which it is reached (`sim.study.looks`); their
        intervals are valid under `looking(len(study.looks))`.
        """
        if store is None:
            with Store() as passing:
                return self.run(progress, passing, with_quarters)
        if self.precision is not None:
            return self._until_precise(self.precision, Further(progress), store, with_quarters)
        started, clock = datetime.now(UTC), time.perf_counter()
        for attempt in range(MOST_READINGS):
            if attempt == MOST_READINGS - 1:
                store.renew("does not give back what was written")
            failures = fill(store, self.scenarios, self.seeds, self.executor, progress)
            quarters = quarters_of(store, *self.design) if with_quarters else pd.DataFrame(columns=QUARTER_KEYS)
            runs = runs_of(store, *self.design)
            if len(runs) + len(failures) == self.n_runs:
                break
            progress = _unheard  # what was damaged is run again without being counted twice
        else:
            raise ConfigError(f"{store.name}: what is written there can't be read back; must be on a sound disk")
        manifest = self._manifest(started, time.perf_counter() - clock) | {
            "store": store.name,
            "failures": [asdict(failure) for failure in failures],
        }
        return Results(runs, quarters, manifest, tuple(failures))

    def as_run(self, results: Results) -> Study:
        """The study with the seeds that were run, which a precision may have made fewer than were allowed."""
        return replace(self, seeds=tuple(results.manifest["seeds"]))

    def _until_precise(self, precision: float, progress: Further, store: Store, with_quarters: bool) -> Results:
        """Run the seeds of one look after the other until all differences are as precise as was asked."""
        for look in self.looks:
            some = replace(self, seeds=self.seeds[:look], precision=None)
            results = some.run(progress.begin(), store, with_quarters=False)
            if results.failures:
                break
            found = assess(results.runs, STOPPED_BY, self.reference, precision, len(self.looks))
            if found.is_reached:
                break
        results = some.run(_unheard, store, with_quarters) if with_quarters else results
        looked = {"asked": precision, "looks_planned": list(self.looks), "seeds_run": len(some.seeds)}
        assessed = {} if results.failures else {"assessment": asdict(found) | {"is_reached": found.is_reached}}
        return replace(results, manifest=results.manifest | {"precision": looked | assessed})

    @property
    def design(self) -> tuple[Mapping[str, SimConfig], Sequence[int]]:
        """Scenarios, and the seeds that all of them run under."""
        return self.scenarios, self.seeds

    def _manifest(self, started: datetime, seconds: float) -> dict[str, Any]:
        is_described = len(self.scenarios) <= MOST_DESCRIBED
        return {
            "command": self.command,
            "started_utc": started.isoformat(timespec="seconds"),
            "seconds": round(seconds, 3),
            "quarters_per_seed": dict(zip(("lived", "if_apart"), self.n_quarters, strict=True)),
            "processes": n_processes(self.executor, self.n_runs),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "platform": platform.platform(),
            "versions": {name: _version(name) for name in PACKAGES},
            "model_hash": model_hash(),
            "seeds": list(self.seeds),
            "reference": self.reference,
            "versus": self.versus,
            "contrast": self.contrast,
            "left_out": {
                one.name: {"needed_usd_per_year": one.needed_usd, "fitting_usd_per_year": one.fitting_usd}
                for one in self.left_out
            },
            "scenarios": {
                name: {"config_hash": config_hash(config)} | ({"config": asdict(config)} if is_described else {})
                for name, config in self.scenarios.items()
            },
            "anchors": {
                name: past_of(config).anchors._asdict() for name, config in self.scenarios.items() if is_described
            },
        }


class Further:
    """Progress over several looks: each run is told of once."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._told, self._counted = progress, 0, 0

    def begin(self) -> Further:
        """Count from the first seed again."""
        self._counted = 0
        return self

    def __call__(self, n: int) -> None:
        """So many runs more are there."""
        self._counted += n
        if self._counted > self._told:
            self._progress(self._counted - self._told)
            self._told = self._counted


def _unheard(n: int) -> None:
    """Progress that nobody follows."""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
