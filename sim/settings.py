"""How a study is run, apart from what is true: which seeds and structures, on what, and where results go."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.config.scenario import ScenarioSpec
from sim.params import ConfigError, check, choice, param

PROCESSES = "processes"
SERIAL = "serial"
DASK = "dask"
EQUAL_PRACTICES = "equal_practices"
EQUAL_COST = "equal_cost"
MOST_FOR_PRECISION = 1024
"""Seeds that may be run for a precision where no number of them is set."""


@dataclass(frozen=True)
class ExecutorSettings:
    """What the runs are computed on; the same rows come out whatever is chosen."""

    name: str = choice(PROCESSES, (PROCESSES, SERIAL, DASK), source="assumed: all cores of one machine")
    n_jobs: int | None = param(None, unit="processes", low=1, high=1024, source="assumed: all cores")
    address: str = ""  # of a Dask scheduler; without one executor=dask starts a cluster on this machine
    timeout_seconds: float = param(
        60.0, unit="s without a Dask worker", low=1, high=86_400, source="assumed: a worker starts within a minute"
    )


@dataclass(frozen=True)
class LedgerSettings:
    """How much of the claims ledger is run; its rules and claims stand in `conf/claims.yaml`."""

    rows: tuple[str, ...] = ()
    """Claims that are asked for, such as [C03,C09]; none = all."""
    why_seeds: int = param(
        16,
        unit="futures without each mechanism; 0: not asked why",
        low=0,
        high=100_000,
        source="assumed: as many as 64 allow",
    )
    flip_seeds: int = param(
        32, unit="futures along each axis; 0: not asked where", low=0, high=100_000, source="assumed: half of 64"
    )
    worlds: int = param(
        256, unit="worlds drawn from the prior; 0: not drawn", low=0, high=100_000, source="assumed: shares to 6 points"
    )
    world_seeds: int = param(
        4,
        unit="futures of each plausible world",
        low=2,
        high=10_000,
        source="assumed: more worlds know more than futures",
    )


@dataclass(frozen=True)
class StudySettings:
    """One invocation's settings; names of structures come from `conf/` and have no default in code."""

    orgs: tuple[str, ...]
    reference: str
    versus: str
    contrast: str = choice(
        EQUAL_PRACTICES, (EQUAL_PRACTICES, EQUAL_COST), source="assumed: what a structure saves is profit, not budget"
    )
    seeds: int = param(64, unit="futures", low=1, high=100_000, source="assumed: intervals of a few percent")
    seed: int | None = param(None, unit="(one future)", low=0, high=2**32 - 1, source="assumed: none")
    precision: float | None = param(
        None, unit="share of the reference's mean NPV", low=0.0001, high=1, source="assumed: none; all seeds are run"
    )
    results_dir: str = "results"
    executor: ExecutorSettings = field(default_factory=ExecutorSettings)
    design: str = "grid"
    """How a sweep's points are chosen: grid, latin_hypercube, sobol, or a CSV file with a row for each."""
    points: int = param(
        64, unit="points sampled", low=2, high=1_000_000, source="assumed: a first look at a few factors"
    )
    ledger: LedgerSettings = field(default_factory=LedgerSettings)
    dry_run: bool = False
    scenario: ScenarioSpec | None = None

    def seed_list(self) -> tuple[int, ...]:
        """The seeds to run, the same for every scenario; 0 is a seed like any other."""
        return tuple(range(self.seeds)) if self.seed is None else (self.seed,)


def check_settings(settings: StudySettings) -> StudySettings:
    """Return the settings, or raise `ConfigError` with one line for the first that can't be."""
    check(settings)
    if not settings.orgs:
        raise ConfigError("orgs is empty: must name at least one structure")
    if not settings.results_dir.strip():
        raise ConfigError("results_dir is empty: must be a folder's name")
    executor = settings.executor
    if executor.name == SERIAL and executor.n_jobs not in (None, 1):
        raise ConfigError(
            f"executor.n_jobs = {executor.n_jobs} processes: must be 1 where executor = {SERIAL}; "
            f"did you mean executor={PROCESSES}?"
        )
    if executor.address and executor.name != DASK:
        raise ConfigError(f"executor.address = {executor.address}: must come with executor={DASK}")
    if settings.precision is not None and settings.seed is not None:
        raise ConfigError(
            f"precision = {settings.precision}, seed = {settings.seed}: one future has no precision; must be one of "
            "them, not both"
        )
    return settings
