"""Many futures looked at: each is kept in the store like any run, so looking goes on where it stopped."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.config import SimConfig, fingerprint_of
from sim.keep import model_hash
from sim.model import past_of
from sim.settings import ExecutorSettings
from sim.store import Encoded, RunKey, Store, config_hash, decoded, encoded
from sim.study.patterns.pattern import Seen
from sim.study.patterns.sightings import COUNTS, seen_in
from sim.study.results import Failure
from sim.study.runner import Progress, done_of
from sim.study.task import Done

LOOKED_AT = "looked at"  # what is done with the config, as opposed to a run of it


@dataclass(frozen=True)
class Look:
    """A look at some futures of a company."""

    name: str
    config: SimConfig
    seeds: tuple[int, ...]
    model: str

    def lived(self) -> list[Done]:
        """Look at each future."""
        if self.model != model_hash():
            return self.failed(f"worker has another model: {model_hash()} in place of {self.model}")
        return [self._looked(seed) for seed in self.seeds]

    def apart(self) -> Iterator[Look]:
        """The same seed by seed."""
        for seed in self.seeds:
            yield replace(self, seeds=(seed,))

    def failed(self, error: str) -> list[Done]:
        """All of it as runs that failed for one reason."""
        return [Done(self.name, seed, None, Failure(self.name, seed, error, error)) for seed in self.seeds]

    def _looked(self, seed: int) -> Done:
        clock = time.perf_counter()
        try:
            seen = seen_in(self.config, seed, past_of(self.config))
            return Done(self.name, seed, as_run(seen, time.perf_counter() - clock))
        except Exception as error:  # noqa: BLE001 - whatever it was, it is this future's alone
            why = f"{type(error).__name__}: {error}"
            return Done(self.name, seed, None, Failure(self.name, seed, why, traceback.format_exc()))


def as_run(seen: Seen, seconds: float = 0.0) -> Encoded:
    """What was seen of a future as the store keeps runs: sums as outcomes, counts as rows."""
    sums = {name: float(number) for name, number in seen.items() if name not in COUNTS}
    counts = np.stack([seen[name] for name in COUNTS], axis=1).tolist()
    return encoded(sums, [dict(zip(COUNTS, row, strict=True)) for row in counts], seconds)


def from_run(run: Encoded) -> dict[str, Any]:
    """What `as_run` made into a run."""
    sums, rows = decoded(run)
    return sums | {name: np.array([row[name] for row in rows]) for name in COUNTS}


def look_keys(config: SimConfig, seeds: Sequence[int]) -> dict[int, RunKey]:
    """Under which keys looks at a company's futures are kept, by seed."""
    looked_at = fingerprint_of([LOOKED_AT, config_hash(config)])
    return {seed: RunKey(looked_at, seed, model_hash()) for seed in seeds}


def lacking_looks(configs: Iterable[SimConfig], seeds: Sequence[int], store: Store) -> int:
    """How many futures of companies have not been looked at."""
    keys = [key for config in configs for key in look_keys(config, seeds).values()]
    return len(keys) - len(store.present(keys))


def gathered(
    configs: Mapping[str, SimConfig], seeds: Sequence[int], executor: ExecutorSettings, store: Store, progress: Progress
) -> tuple[dict[str, list[Seen]], list[Failure]]:
    """What is seen of companies in every future, in the order of seeds, and what failed; only what the store lacks.

    `progress` hears of futures that were looked at, those of before first.
    """
    keys = {name: look_keys(config, seeds) for name, config in configs.items()}
    present = store.present(key for of_company in keys.values() for key in of_company.values())
    lacking = [(name, seed) for name, own in keys.items() for seed in seeds if own[seed] not in present]
    progress(len(configs) * len(seeds) - len(lacking))
    if len(configs) == 1:
        past_of(next(iter(configs.values())))  # solved once here, so that workers find it kept
    looks = (Look(name, configs[name], (seed,), model_hash()) for name, seed in lacking)
    failures: list[Failure] = []
    for done in done_of(executor, looks, len(lacking)) if lacking else ():
        for one in done:
            if one.run is not None:
                store.add(configs[one.scenario], {keys[one.scenario][one.seed]: one.run})
            elif one.failure is not None:
                failures.append(one.failure)
        progress(len(done))
    every = [key for of_company in keys.values() for key in of_company.values()]
    by_key = {kept.key: from_run(kept.run) for kept in store.runs(every, with_quarters=True)}
    seen: dict[str, list[Seen]] = {
        name: [by_key[own[seed]] for seed in seeds if own[seed] in by_key] for name, own in keys.items()
    }
    return seen, failures
