"""Pasts that were lived once are kept: in memory, and in the user's cache folder.

The key is the part of a config that the past depends on, and the sources of the model: a changed rule or
setting never meets an old past. What can't be read is lived again.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sim.compiled import PACKAGE, cache_root
from sim.config import SimConfig, fingerprint
from sim.past import Past

KEPT_FILES = 32
CHECKSUM_BYTES = 32
_MODEL_SOURCES = tuple(
    f"{folder}*.py"
    for folder in ("", "config/", "market/", "org/", "past/", "agents/", "metrics/", "phases/", "snapshot/")
)
_BESIDE_THE_MODEL = ("__init__.py", "compose.py", "settings.py", "sources.py")
KEPT_IN_MEMORY = 16  # pasts, each some megabytes; a sweep over companies meets thousands
_in_memory: dict[str, Past] = {}


@lru_cache(maxsize=1)
def model_hash() -> str:
    """First 16 hexadecimal digits of a hash over the sources that a run's numbers depend on."""
    digest = hashlib.sha256()
    for pattern in _MODEL_SOURCES:
        for path in sorted(PACKAGE.glob(pattern)):
            if path.relative_to(PACKAGE).as_posix() not in _BESIDE_THE_MODEL:
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def past_config(config: SimConfig) -> SimConfig:
    """The config of the company's past: `today` throughout, in a market without growth or volatility."""
    return replace(
        config,
        org=config.today.org,
        practices=config.today.practices,
        roles=config.today.roles,
        company=replace(config.company, name=""),
        # Four pilots' leaders are too few to stand for their posts' profiles: they are the profiles' means.
        mechanisms=replace(config.mechanisms, profile_spread=False),
        market=replace(config.market, name="", growth_per_year=0.0, volatility=0.0),
        added_usd_per_year=0.0,
        transition=False,
        changes=(),
        warm_up_quarters=40,
        horizon_quarters=40,
    )


def kept_past(config: SimConfig, live: Callable[[SimConfig], Past]) -> Past:
    """The past of a config: from memory, from the cache folder, or lived now."""
    asked = past_config(config)
    key = f"{fingerprint(asked)}-{model_hash()}"
    past = _in_memory.pop(key, None) or _read(key) or _written(key, live(asked))
    while len(_in_memory) >= KEPT_IN_MEMORY:
        del _in_memory[next(iter(_in_memory))]
    _in_memory[key] = past  # the one asked for last stands last
    return past


def _folder() -> Path:
    folder = cache_root() / "pasts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _read(key: str) -> Past | None:
    try:
        whole = (_folder() / f"{key}.pickle").read_bytes()
        checksum, pickled = whole[:CHECKSUM_BYTES], whole[CHECKSUM_BYTES:]
        # Damage is found before it is read: what a spoilt pickle does is anybody's guess.
        if hashlib.sha256(pickled).digest() != checksum:
            return None
        # Our own cache folder, never a file that somebody sent.
        past = pickle.loads(pickled)
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, TypeError, ValueError, IndexError):
        return None
    return past if isinstance(past, Past) else None


def _written(key: str, past: Past) -> Past:
    """Write whole or not at all; a folder that can't be written only costs time."""
    try:
        folder = _folder()
        handle, name = tempfile.mkstemp(dir=folder)
        pickled = pickle.dumps(past, protocol=pickle.HIGHEST_PROTOCOL)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(pickled).digest() + pickled)
        os.replace(name, folder / f"{key}.pickle")
        for old in sorted(folder.glob("*.pickle"), key=lambda path: path.stat().st_mtime)[:-KEPT_FILES]:
            old.unlink(missing_ok=True)
    except OSError:
        return past
    return past
