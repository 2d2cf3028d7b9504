"""All reference pages by file name, and how they are written to a folder."""

from __future__ import annotations

from pathlib import Path

from sim.report.reference.mechanisms import mechanisms_page
from sim.report.reference.outcomes import outcomes_page
from sim.report.reference.parameters import parameters_page
from sim.report.reference.submodels import submodels_page


def pages() -> dict[str, str]:
    """The text of each page by its file's name."""
    return {
        "outcomes.md": outcomes_page(),
        "parameters.md": parameters_page(),
        "mechanisms.md": mechanisms_page(),
        "submodels.md": submodels_page(),
    }


def write(folder: Path) -> list[Path]:
    """Write all pages; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written
