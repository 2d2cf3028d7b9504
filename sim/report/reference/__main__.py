"""`python -m sim.report.reference [FOLDER]`: write the reference pages into a folder, `docs/` if none is given."""

import sys
from pathlib import Path

from sim.report.reference import write

DOCS = Path(__file__).resolve().parents[3] / "docs"

for path in write(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS):
    print(path)
