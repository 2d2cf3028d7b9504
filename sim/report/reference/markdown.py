"""Pieces of Markdown: head, tables, names of sources that lead to the list of sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sim.sources import SOURCES

MADE = "<!-- Made by `make docs` from what the code declares: change it there. -->"
KEY = re.compile(r"\b[A-Za-z]+(?:-[A-Za-z0-9]+)+\b|\b[A-Z][A-Za-z]+\d{4}\b")


def page(title: str, *parts: str) -> str:
    """A page: title, who made it, and its parts with a blank line between."""
    return "\n\n".join([f"# {title}", MADE, *parts]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars inside a cell are escaped."""
    lines = [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`"


def cited(text: str) -> list[str]:
    """Keys of sources that a text names, each once, in order."""
    found = [text] if text in SOURCES else KEY.findall(text)
    return list(dict.fromkeys(key for key in found if key in SOURCES))


def linked(text: str, where: str = "") -> str:
    """A text in which keys of sources lead to the list of sources; a key of one word only where it stands alone.

    The list is on the same page, or on that named by `where`.
    """
    if text in SOURCES:
        return _link(text, where)
    return KEY.sub(lambda found: _link(found[0], where) if found[0] in SOURCES else found[0], text)


def sources(keys: Iterable[str]) -> str:
    """The list of sources that `linked` leads to."""
    return "\n".join(f'- <a id="{key.lower()}"></a>**{key}**: {SOURCES[key]}' for key in sorted(keys, key=str.lower))


def _link(key: str, where: str) -> str:
    return f"[{key}]({where}#{key.lower()})"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
