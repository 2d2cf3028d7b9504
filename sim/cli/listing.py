"""What is configured, as a table: name, value, unit, allowed values, source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from sim.cli.manual import DIVERGENCE, TRACE
from sim.composition.mistakes import shown
from sim.composition.schema import declared
from sim.params import ConfigError, allowed_range, nearest
from sim.sources import SOURCES

WIDTH_WITHOUT_TERMINAL = 200


@dataclass(frozen=True)
class Row:
    """One setting as it is shown; empty texts where nothing is declared."""

    name: str
    value: str
    unit: str = ""
    allowed: str = ""
    source: str = ""


def rows(resolved: Mapping[str, Any], prefix: str = "") -> list[Row]:
    """The settings of that name or group, else those whose name starts so, or `ConfigError` if none does."""
    every = list(_rows(resolved))
    inside = [row for row in every if row.name == prefix or row.name.startswith(f"{prefix}.")]
    found = inside or [row for row in every if row.name.startswith(prefix)]
    if not found:
        known = [TRACE, DIVERGENCE, *resolved, *(row.name for row in every)]
        raise ConfigError(f"{prefix}: no setting starts like this{nearest(prefix, known)}")
    return found


def print_rows(shown_rows: list[Row]) -> None:
    """Print a table as wide as the terminal, with a line between groups."""
    table = Table("setting", "value", "unit", "allowed", "source", box=None, pad_edge=False, header_style="bold")
    for column in table.columns:
        column.overflow = "fold"
    table.columns[0].no_wrap = True
    for number, row in enumerate(shown_rows):
        group = row.name.split(".")[0]
        is_last = number + 1 == len(shown_rows) or shown_rows[number + 1].name.split(".")[0] != group
        table.add_row(row.name, row.value, row.unit, row.allowed, row.source, end_section=is_last)
    console = Console(markup=False, highlight=False)
    console = console if console.is_terminal else Console(markup=False, highlight=False, width=WIDTH_WITHOUT_TERMINAL)
    console.print(table)


def _rows(node: Mapping[str, Any], prefix: str = "") -> Iterator[Row]:
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _rows(value, f"{name}.")
        else:
            yield _row(name, value)


def _row(name: str, value: Any) -> Row:
    text = f"[{', '.join(map(str, value))}]" if isinstance(value, list) else shown(value)
    known = declared(name)
    parameter = known[0].metadata.get("parameter") if known else None
    if parameter is None:
        return Row(name, text)
    if isinstance(value, bool):
        allowed = "true or false"
    else:
        allowed = ", ".join(parameter.options) or allowed_range(parameter).removeprefix("in ")
    return Row(name, text, parameter.unit, allowed, SOURCES.get(parameter.source, parameter.source))
