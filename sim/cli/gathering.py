"""What Hydra's jobs ran, whoever launched them, gathered into one table and one set of figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from hydra.experimental.callback import Callback
from omegaconf import DictConfig, OmegaConf

from sim.report.labels import Style
from sim.report.sweeping import gather
from sim.study.results import MANIFEST, Results

OVERRIDES = Path(".hydra") / "overrides.yaml"


class Gather(Callback):
    """Hydra calls it when a multirun has ended; jobs that failed wrote no rows, or list what failed."""

    def on_multirun_end(self, config: DictConfig, **_: Any) -> None:
        """Read the jobs' folders, write the table and the figures beside them."""
        folder = Path(config.hydra.sweep.dir)
        jobs = sorted((path.parent.parent for path in folder.glob(f"*/{OVERRIDES}")), key=lambda job: _number(job))
        parts, points = list[pd.DataFrame](), list[dict[str, str]]()
        styles = dict[str, Style]()
        failures, manifest = list[dict[str, Any]](), dict[str, Any]()
        for job in jobs:
            if not (job / MANIFEST).exists():
                continue
            results = Results.load(job)
            manifest = {**results.manifest, **manifest}
            failures += [{**failure, "scenario": job.name} for failure in results.manifest.get("failures", [])]
            styles |= _style(results)
            parts.append(results.runs.assign(scenario=str(len(points))))
            points.append(_point(job))
        varying = [name for name in (points[0] if points else ()) if len({point.get(name) for point in points}) > 1]
        if varying:
            told = [{name: point[name] for name in varying} for point in points]
            named = {**manifest, "failures": failures, "reference": manifest.get("reference", "")}
            gather(pd.concat(parts, ignore_index=True), told, styles, named, folder)


def _style(results: Results) -> dict[str, Style]:
    """How the structure of a job is named and drawn, from its manifest: within Hydra nothing else can be composed."""
    ((_, scenario),) = results.manifest["scenarios"].items()
    org = scenario["config"]["org"]
    style = Style(org["label"] or org["name"], org["phrase"] or org["name"], org["is_plural"], org["color"])
    return {org["name"]: style}


def _number(job: Path) -> tuple[int, str]:
    return (int(job.name), "") if job.name.isdigit() else (-1, job.name)


def _point(job: Path) -> dict[str, str]:
    """What the job set, as it was written."""
    written = OmegaConf.to_container(OmegaConf.load(job / OVERRIDES))
    return dict(str(override).split("=", 1) for override in written or () if "=" in str(override))
