"""Draw what common random numbers do for a comparison of two structures, from real runs.

Writes docs/pictures/common_luck.png and beside it the numbers of its right-hand panel as CSV.

    python experiments/e03_common_luck/picture.py [seeds] [folder]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import copy

from sim.report.figures.canvas import save
from sim.report.figures.pairing import pairing
from sim.report.styles import styles_of
from sim.study.study import Study

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
A, B = "separate", "merged_sales_led"
OVERRIDES = ("company=medium", f"orgs=[{A},{B}]", "executor=processes", "executor.n_jobs=1")


def main(seeds: int = 64, folder: str = str(PICTURES)) -> None:
    """Run both structures in so many futures and save the picture."""
    study = Study.compare(*OVERRIDES, f"seeds={seeds}")
    results = study.run()
    figure, shown = pairing(results.runs, styles_of(study.scenarios), A, B)
    made = f"python experiments/e03_common_luck/picture.py {seeds}: {OVERRIDES[0]}, seeds 0 to {seeds - 1}."
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as elsewhere:
        for path in save(figure, shown, elsewhere, "common_luck", made):
            if path.suffix != ".svg":  # the page shows the picture; the numbers lie beside it
                print(copy(path, target / path.name))


if __name__ == "__main__":
    main(*(kind(word) for kind, word in zip((int, str), sys.argv[1:], strict=False)))
