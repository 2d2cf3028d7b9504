"""The compiler's decorator, with a cache that survives read-only installs and never goes stale.

Numba checks only the file that defines a cached function: a rule edited in one module would leave the loop
that calls it, compiled in another, as it was. So the cache lives in a folder whose name carries a hash of all
sources that can be compiled.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numba
import numpy as np
import numpy.typing as npt
import platformdirs

Rule = TypeVar("Rule", bound=Callable[..., object])

PACKAGE = Path(__file__).parent
COMPILED_SOURCES = ("compiled.py", "periods.py", "randomness.py", "market/*.py")


@lru_cache(maxsize=1)
def sources_hash() -> str:
    """First 16 hexadecimal digits of a hash over every source that holds compiled functions."""
    digest = hashlib.sha256(numba.__version__.encode())
    for pattern in COMPILED_SOURCES:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def cache_folder() -> Path:
    """Folder for compiled code: the user's cache, or a temporary one where that can't be written.

    `TWOHATS_CACHE_DIR` overrides it.
    """
    root = os.environ.get("TWOHATS_CACHE_DIR") or platformdirs.user_cache_dir("twohats", appauthor=False)
    folder = Path(root) / f"compiled-{sources_hash()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"twohats-compiled-{sources_hash()}"
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def record(constants: Any) -> npt.NDArray[Any]:
    """The numbers of a named tuple as an array of one record.

    A record goes into compiled code as one pointer; dozens of separate numbers, handed from rule to rule, take
    the compiler half a minute.
    """
    names = constants._fields
    values = [np.asarray(value) for value in constants]
    table = np.zeros(1, dtype=[(n, v.dtype, v.shape) for n, v in zip(names, values, strict=True)])
    for name, value in zip(names, values, strict=True):
        table[name][0] = value
    return table


def compiled(rule: Rule) -> Rule:
    """Compile a pure function with numba, cached; the numbers are those of strict IEEE arithmetic."""
    config: Any = numba.config  # its settings are made at import, unseen by type checkers
    previous = config.CACHE_DIR
    config.CACHE_DIR = str(cache_folder())
    try:
        made: Any = numba.njit(cache=True, error_model="numpy")(rule)
        return made
    finally:
        # Other users of numba in the same process keep their own cache.
        config.CACHE_DIR = previous
