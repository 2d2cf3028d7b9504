"""A sweep's job: one design point with all its seeds, as Hydra calls it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.config import SimConfig
from sim.settings import StudySettings
from sim.store import Store
from sim.study.results import Results
from sim.study.statistics import mean_estimate
from sim.study.study import Study


def job(name: str, config: SimConfig, settings: StudySettings, choices: dict[str, Any], folder: Path) -> Results:
    """Run what the store lacks of one point, write its rows into the job's folder, say in a line what came out."""
    study = Study({name: config}, settings.seed_list(), name, executor=settings.executor)
    with Store(settings.results_dir) as store:
        results = study.run(store=store)
    results.manifest["choices"] = dict(choices)
    results.save(folder)
    if results.failures:
        first = results.failures[0]
        raise RuntimeError(f"{len(results.failures)} runs failed; seed {first.seed}: {first.error}")
    npv = mean_estimate(results.runs["npv_usd"] / 1e6)
    interval = f" (95% interval {npv.low:.2f} to {npv.high:.2f})" if npv.has_interval else ""
    print(f"{name}, {config.company.name}: NPV ${npv.mean:.2f}M{interval}; files in {folder}")
    return results
