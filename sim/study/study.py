"""A study: scenarios under the same seeds, and what to hold them against."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

from sim.compose import compose, compose_scenarios, compose_whatif
from sim.config import SimConfig, fingerprint
from sim.keep import model_hash
from sim.model import past_of
from sim.settings import EQUAL_PRACTICES, ExecutorSettings, StudySettings
from sim.study.branching import trunks
from sim.study.contrast import OutOfReach, contrasted, left_out
from sim.study.results import QUARTER_KEYS, RUN_KEYS, Results
from sim.study.runner import Progress, n_processes, run_all

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
        return Study(scenarios, seeds, settings.reference, versus, executor, command, contrast, unequal)

    @staticmethod
    def whatif(*overrides: str) -> Study:
        """The study behind `twohats whatif <overrides>`: doing nothing, the change, and the change at no cost."""
        composition, scenarios = compose_whatif(overrides)
        return Study.whatif_of(scenarios, composition.study)

    @staticmethod
    def whatif_of(arms: Mapping[str, SimConfig], settings: StudySettings, command: str = "") -> Study:
        """A study of a what-if's arms, doing nothing first, under an invocation's settings."""
        nothing, changed, *_ = arms
        return Study(arms, settings.seed_list(), nothing, changed, settings.executor, command)

    @property
    def n_quarters(self) -> tuple[int, int]:
        """Quarters that each seed lives, and those that it would if nothing in common were lived once."""
        apart = sum(config.warm_up_quarters + config.horizon_quarters for config in self.scenarios.values())
        return sum(trunk.n_quarters for trunk in trunks(self.scenarios)), apart

    @property
    def n_runs(self) -> int:
        """Runs in the study: scenarios times seeds."""
        return len(self.scenarios) * len(self.seeds)

    def run(self, progress: Progress = lambda n: None) -> Results:
        """Run everything; rows come in the order of scenarios and seeds, failures beside them."""
        started, clock = datetime.now(UTC), time.perf_counter()
        done = run_all(self.scenarios, self.seeds, self.executor, progress)
        rows = [one.rows for one in done if one.rows is not None]
        failures = tuple(one.failure for one in done if one.failure is not None)
        runs = pd.DataFrame([run for run, _ in rows], columns=None if rows else RUN_KEYS)
        quarters = pd.DataFrame(
            [row for _, quarters in rows for row in quarters], columns=None if rows else QUARTER_KEYS
        )
        seconds = time.perf_counter() - clock
        manifest = self._manifest(started, seconds) | {"failures": [asdict(failure) for failure in failures]}
        return Results(runs, quarters, manifest, failures)

    def _manifest(self, started: datetime, seconds: float) -> dict[str, Any]:
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
                name: {"config_hash": fingerprint(config), "config": asdict(config)}
                for name, config in self.scenarios.items()
            },
            "anchors": {name: past_of(config).anchors._asdict() for name, config in self.scenarios.items()},
        }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
