"""The compiler's decorator, with a cache that survives read-only installs and never goes stale.

Numba checks only the file that defines a cached function: a rule edited in one module would leave the loop
that calls it, compiled in another, as it was. So the cache lives in a folder whose name carries a hash of all
sources that the function may call: those of its own part of the world, and what all parts share.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba
import numba.extending
import numpy as np
import numpy.typing as npt
import platformdirs

Rule = TypeVar("Rule", bound=Callable[..., object])

PACKAGE = Path(__file__).parent
SHARED_SOURCES = ("compiled.py", "periods.py", "randomness.py")
COMPILED_SOURCES = {
    "shared": SHARED_SOURCES,
    "market": (*SHARED_SOURCES, "market/*.py"),
    # People don't wait a quarter of a minute for the market to be compiled anew because one of their rules changed.
    "org": (*SHARED_SOURCES, "org/*.py"),
}  # sources that compiled code of a part of the package may call, patterns below it


@cache
def sources_hash(part: str) -> str:
    """First 16 hexadecimal digits of a hash over every source that compiled code of a part may call."""
    digest = hashlib.sha256(numba.__version__.encode())
    for pattern in COMPILED_SOURCES[part]:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_root() -> Path:
    """The user's cache, or `TWOHATS_CACHE_DIR`; it may not exist yet, or not be writable."""
    return Path(os.environ.get("TWOHATS_CACHE_DIR") or platformdirs.user_cache_dir("twohats", appauthor=False))


@cache
def cache_folder(part: str = "shared") -> Path:
    """Folder for a part's compiled code: in the user's cache, or in a temporary one where that can't be written."""
    name = f"compiled-{part}-{sources_hash(part)}"
    for root in (cache_root(), Path(tempfile.gettempdir()) / "twohats"):
        try:
            (root / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        return root / name
    return Path(tempfile.mkdtemp(prefix="twohats-"))


def part_of(module: str) -> str:
    """The part of the package that a module belongs to, as far as compiled code is concerned."""
    name = module.removeprefix(f"{__package__}.").split(".")[0]
    return name if name in COMPILED_SOURCES else "shared"


def record(constants: Any) -> npt.NDArray[Any]:
    """The numbers of a named tuple as an array of one record.

    A record goes into compiled code as one pointer; dozens of separate numbers, handed from rule to rule, take
    the compiler half a minute.
    """
    return np.array([tuple(constants)], dtype=_record_type(constants._fields, tuple(map(_kind, constants))))


def _kind(value: Any) -> tuple[Any, tuple[int, ...]]:
    """Type and shape of one number or array."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype, value.shape
    return type(value), ()


@cache
def _record_type(names: tuple[str, ...], kinds: tuple[tuple[Any, tuple[int, ...]], ...]) -> np.dtype[Any]:
    """The type of a named tuple's record."""
    return np.dtype([(name, *kind) for name, kind in zip(names, kinds, strict=True)])


def compiled(rule: Rule) -> Rule:
    """Compile a pure function with numba, cached; the numbers are those of strict IEEE arithmetic."""
    return _made(rule)


def borrowing(rule: Rule) -> Rule:
    """The same for a function that only borrows the arrays that it is given: makes none and returns none.

    Nobody then counts who holds them. Counting is done by locked additions, and where a rule is asked of every account
    it takes longer than the rule.
    """
    return _made(rule, _nrt=False)


def inlined(rule: Rule) -> Rule:
    """The same for a small function in an inner loop, which becomes a part of whatever calls it; it borrows too."""
    return _made(rule, forceinline=True, _nrt=False)


def _made(rule: Rule, **options: Any) -> Rule:
    config: Any = numba.config  # its settings are made at import, unseen by type checkers
    previous = config.CACHE_DIR
    config.CACHE_DIR = str(cache_folder(part_of(rule.__module__)))
    try:
        made: Any = numba.njit(cache=True, error_model="numpy", **options)(rule)
        return made
    finally:
        # Other users of numba in the same process keep their own cache.
        config.CACHE_DIR = previous


def plain(rule: Rule) -> Rule:
    """A rule that compiled code may call, and that Python runs as it stands: on numbers, on arrays, on settings.

    For formulas without branches, so that each has one form. What a rule reads of settings, a record of the same
    names offers to compiled code (`sim.org.constants`).
    """
    made: Any = numba.extending.register_jitable(rule)
    return made
