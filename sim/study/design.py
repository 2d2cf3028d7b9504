"""Which points of a space of settings are run: a grid, a sample that fills it evenly, or a list of one's own.

What is sampled are numbers with a range. Names, such as structures, and other lists of values are crossed with every
sampled point: comparisons are paired, so each structure has to meet each point.
"""

from __future__ import annotations

import csv
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.composition.schema import declared
from sim.params import LOG_UNIFORM, ConfigError, Parameter, prior_of

GRID, LATIN_HYPERCUBE, SOBOL = "grid", "latin_hypercube", "sobol"
DESIGNS = (GRID, LATIN_HYPERCUBE, SOBOL)
Point = Mapping[str, str]  # what is written behind "=" for each factor


@dataclass(frozen=True)
class Range:
    """A number's range to sample from."""

    name: str
    low: float
    high: float
    is_whole: bool

    @property
    def is_log(self) -> bool:
        """Whether it spans orders of magnitude, and is sampled so."""
        return prior_of(self.low, self.high) == LOG_UNIFORM

    def at(self, share: float) -> str:
        """The value at a share in [0, 1] of the range, as it is written."""
        if self.is_whole:
            # Every whole number has the same room.
            return str(min(int(self.low + share * (self.high - self.low + 1)), int(self.high)))
        if self.is_log:
            return repr(math.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low))))
        return repr(self.low + share * (self.high - self.low))


def range_of(name: str, low: float | None = None, high: float | None = None) -> Range:
    """The range of a setting: as given, else its own of `twohats show`; `ConfigError` if it has none or is outside."""
    field = declared(name)
    known: Parameter | None = None if field is None else field[0].metadata.get("parameter")
    if known is None or known.options or field is None or field[1] is bool:
        raise ConfigError(f"{name}: is no number to sample; must be given as a list of values, {name}=A,B")
    low, high = known.low if low is None else low, known.high if high is None else high
    if math.isinf(low) or math.isinf(high):
        raise ConfigError(f"{name}: its own range has no end; must be given as {name}=interval(LOW,HIGH)")
    if not known.low <= low < high <= known.high:
        raise ConfigError(
            f"{name} = interval({low:g},{high:g}) {known.unit}: must ascend within [{known.low:g}, {known.high:g}]"
        )
    return Range(name, low, high, is_whole=field[1] is int)


def grid(levels: Mapping[str, Sequence[str]]) -> list[Point]:
    """Every combination of levels, the last factor's changing fastest."""
    return [dict(zip(levels, values, strict=True)) for values in itertools.product(*levels.values())]


def sampled(
    kind: str, ranges: Sequence[Range], n: int, levels: Mapping[str, Sequence[str]] | None = None, seed: int = 0
) -> list[Point]:
    """`n` points of a Latin hypercube or a scrambled Sobol sequence over ranges, each with all levels."""
    from scipy.stats import qmc

    if not ranges:
        raise ConfigError(f"design = {kind}: nothing has a range; must have a factor such as NAME=interval(LOW,HIGH)")
    if kind == SOBOL and n & (n - 1):
        below = 2 ** (n.bit_length() - 1)
        raise ConfigError(f"points = {n}: a Sobol sequence is even at powers of two; must be {below} or {2 * below}")
    engine = qmc.Sobol if kind == SOBOL else qmc.LatinHypercube
    shares = engine(len(ranges), rng=seed).random(n)
    points = [{r.name: r.at(float(share)) for r, share in zip(ranges, row, strict=True)} for row in shares]
    return [{**crossed, **point} for crossed in grid(levels or {}) for point in points]


def from_csv(path: Path | str) -> list[Point]:
    """Points from a file: a column for each setting or group, a row for each point; blanks are not allowed."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"design = {path}: {error}; must be {', '.join(DESIGNS)} or a CSV file") from None
    rows = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise ConfigError(
            f"design = {path}: has no points; must have a row of settings' names and a row for each point"
        )
    names, *points = rows
    for number, row in enumerate(points, 2):
        if len(row) != len(names) or not all(row):
            raise ConfigError(
                f"design = {path}, row {number}: has {row}; must have a value for each of {', '.join(names)}"
            )
    if len(set(names)) < len(names):
        raise ConfigError(f"design = {path}: names a column twice; must name each setting once")
    return [dict(zip(names, row, strict=True)) for row in points]
