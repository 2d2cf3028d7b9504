"""What a run is known by: a hash of its config, its seed and the model's code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from sim.config import SimConfig, fingerprint_of
from sim.keep import model_hash

WORDING = frozenset({"name", "label", "phrase", "color", "is_plural"})
"""What options are called and how they are drawn; no rule of the model reads it."""


class RunKey(NamedTuple):
    """One run: two runs of the same key have the same rows, to the bit on one machine and set of versions."""

    config: str  # hash of all that the run's numbers depend on
    seed: int
    model: str  # hash of the model's code

    @property
    def digest(self) -> bytes:
        """Sixteen bytes that stand for all of it."""
        return hashlib.blake2b(f"{self.config}/{self.seed}/{self.model}".encode(), digest_size=16).digest()


def run_key(config: SimConfig, seed: int) -> RunKey:
    """The key of a scenario under a seed, under today's code."""
    return run_keys(config, (seed,))[0]


def run_keys(config: SimConfig, seeds: Iterable[int]) -> list[RunKey]:
    """The keys of a scenario under seeds: its hash, a walk through all settings, is worked out once."""
    hashed, model = config_hash(config), model_hash()
    return [RunKey(hashed, seed, model) for seed in seeds]


def config_hash(config: SimConfig) -> str:
    """Sixteen hexadecimal digits that two configs share if they differ in wording at most."""
    return fingerprint_of(_without_wording(config))


def _without_wording(part: Any) -> Any:
    """A part of a config as plain data."""
    if is_dataclass(part):
        return {f.name: _without_wording(getattr(part, f.name)) for f in fields(part) if f.name not in WORDING}
    if isinstance(part, Mapping):
        return {key: _without_wording(value) for key, value in part.items()}
    return [_without_wording(item) for item in part] if isinstance(part, list | tuple) else part
