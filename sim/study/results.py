"""What came out of a study: tidy rows, what was asked, what failed; saved to a folder and loaded again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from sim.study.paired import Paired, paired_outcomes

RUNS, QUARTERS, MANIFEST = "runs.parquet", "quarters.parquet", "manifest.json"
RUN_KEYS = ["company", "org", "practices", "roles", "market", "scenario", "seed"]
QUARTER_KEYS = [*RUN_KEYS, "quarter"]


@dataclass(frozen=True)
class Failure:
    """A run that failed: which, and why in one line; the whole story is in the manifest."""

    scenario: str
    seed: int
    error: str
    trace: str


@dataclass(frozen=True)
class Results:
    """Rows of a study, one per (scenario, seed) and one per (scenario, seed, quarter)."""

    runs: pd.DataFrame
    quarters: pd.DataFrame
    manifest: dict[str, Any] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios, in the order in which they were asked for."""
        return list(dict.fromkeys(self.runs["scenario"])) if len(self.runs) else []

    def paired(self, a: str, b: str) -> Paired:
        """Outcomes that take both scenarios a and b under the same seeds: payback, crossover, growth, leakage.

        `results.paired("separate", "separate+perfect")` gives leakage; the one with more leaders comes first.
        """
        return paired_outcomes(self, a, b)

    def save(self, folder: Path | str) -> Path:
        """Write runs.parquet, quarters.parquet and manifest.json; returns the folder."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.runs.to_parquet(folder / RUNS, index=False)
        self.quarters.to_parquet(folder / QUARTERS, index=False)
        text = json.dumps(self.manifest, indent=2, default=str, ensure_ascii=False)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
        return folder

    @staticmethod
    def load(folder: Path | str) -> Results:
        """Results that `save` wrote into a folder."""
        folder = Path(folder)
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Results(pd.read_parquet(folder / RUNS), pd.read_parquet(folder / QUARTERS), manifest)
