"""`python -m benchmarks [LINE ...]`: measure, print the table, write table, picture and JSON to results/bench."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import branches, market, pairing, people, studies
from benchmarks.line import Line
from benchmarks.picture import draw
from sim.keep import model_hash

MEASURES: dict[str, Callable[[], Line | Iterable[Line]]] = {
    "twin": market.twin,
    "floor": market.floor,
    "people": people.people,
    "scale": market.scale,
    "workers": studies.workers,
    "overhead": studies.overhead,
    "branches": branches.branches,
    "pairing": pairing.pairing,
    "command": studies.command,
}
PACKAGES = ("numpy", "numba", "mesa", "pandas")


def lines(names: Iterable[str]) -> Iterator[Line]:
    """The measured lines of these measures."""
    for name in names:
        found = MEASURES[name]()
        yield from [found] if isinstance(found, Line) else found


def table(measured: Iterable[Line]) -> Table:
    """The lines as they are printed."""
    shown = Table(title="Speed and size, median of the rounds with their range")
    for heading, justify in (("what", "left"), ("measured", "right"), ("range", "right"), ("to reach", "right")):
        shown.add_column(heading, justify=justify)  # type: ignore[arg-type]
    shown.add_column("")
    for line in measured:
        said = {None: "", True: "reached", False: "missed"}[line.is_reached]
        spread = f"{line.low:.3g} to {line.high:.3g}"
        shown.add_row(line.what, f"{line.value:.3g} {line.unit}".strip(), spread, line.goal, said)
    return shown


def main(names: list[str]) -> int:
    """Measure what is named, or everything; 2 for a name that is none."""
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"no measure {unknown[0]!r}: must be among {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    measured = list(lines(names or MEASURES))
    folder = Path("results") / "bench" / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}"
    folder.mkdir(parents=True)
    machine = {
        "python": platform.python_version(), "platform": platform.platform(), "cores": os.cpu_count(),
        "model_hash": model_hash(), **{package: version(package) for package in PACKAGES},
    }  # fmt: skip
    held = {"machine": machine, "lines": [asdict(line) | {"is_reached": line.is_reached} for line in measured]}
    (folder / "bench.json").write_text(json.dumps(held, indent=2))
    draw(measured, folder / "bench.png")
    with (folder / "table.txt").open("w") as file:
        Console(file=file, width=110).print(table(measured))
    Console(width=110).print(table(measured))
    print(f"Files: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
