"""Where two scenarios part, in lines: what was the same, what is in force, the first decision that differs, and on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from sim.log import Difference, Unlike
from sim.randomness import Luck
from sim.report.phrases import apart, sides, told
from sim.study.divergence import Divergence

WIDTH = 100
LABEL_WIDTH = 9


def print_divergence(found: Divergence, names: tuple[str, str], company: str) -> None:
    """Print where two scenarios of these names part."""
    console = Console(highlight=False, markup=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    for part in rendered(found, names, company):
        console.print(part)


def rendered(found: Divergence, names: tuple[str, str], company: str) -> Iterator[RenderableType]:
    """The printed divergence, part by part."""
    yield Rule(f"a = {names[0]}, b = {names[1]}, {company}, seed {found.seed}", style="bold")
    yield _lines("Alike", [_alike(found)])
    if not found.part:
        return
    if found.context:
        yield _lines("In force", [f"{difference.record.what}: {sides(difference)}" for difference in found.context])
    luck = Luck(found.seed)
    yield _lines("First", list(_first(found, luck)))
    then = [difference for difference in found.timeline if difference not in (found.first, found.decision)]
    for number, (week, differences) in enumerate(groupby(then, key=_when)):
        yield _lines("" if number else "Then", [f"{week}:", *(f"- {told(each, luck)}" for each in differences)])
    yield _lines("State", [_state(found)])


def _when(difference: Difference) -> str:
    record = difference.record
    return f"quarter {record.quarter}, week {record.week_of_quarter} (week {record.week + 1} of the run)"


def _alike(found: Divergence) -> str:
    if found.is_from_start:
        return f"no state: they differ before the first quarter; {found.weeks_alike} weeks of the market."
    bits = f"{found.values_alike:,} numbers in {found.states_alike} states, bit for bit"
    counts = f"{found.quarters_alike} quarters ({bits}), {found.weeks_alike} weeks of the market"
    return f"{counts}." if found.part else f"{counts}: they never part."


def _first(found: Divergence, luck: Luck) -> Iterator[str]:
    if found.first is not None:
        state = "" if found.first is found.decision else "no decision but a state: "
        yield f"{_when(found.first)}: {state}{told(found.first, luck)}"
    if found.decision is None:
        yield "no decision differs within the horizon."
    elif found.decision is not found.first:
        yield f"{_when(found.decision)}: first decision: {told(found.decision, luck)}"


def _state(found: Divergence) -> str:
    first = found.unlike[0]
    when = "before the first quarter" if found.is_from_start else f"after quarter {found.quarter}"
    return f"{when} {len(found.unlike)} named states differ, first {_unlike(first)}."


def _unlike(unlike: Unlike) -> str:
    a, b = unlike.a, unlike.b
    if not isinstance(a, str) and not isinstance(b, str):
        a, b = apart(a, b)
    return f"{unlike.name}: {a} in a, {b} in b"


def _lines(label: str, lines: list[str]) -> Padding:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, line in enumerate(lines):
        grid.add_row("" if number else label, Text(line))
    return Padding(grid, (0, 0, 0, 2), expand=False)
