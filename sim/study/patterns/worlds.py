"""Worlds that patterns compare, by name, from `conf/patterns.yaml`: structures have no name in the code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.compose import sim_config
from sim.composition.catalogue import conf_dir
from sim.config import SimConfig

FILE = "patterns.yaml"


def worlds(*overrides: str, config_dir: str | Path | None = None) -> dict[str, SimConfig]:
    """Every world of the file, under these overrides beside its own."""
    from omegaconf import OmegaConf

    named = OmegaConf.to_container(OmegaConf.load(conf_dir() / FILE))
    if not isinstance(named, dict):
        raise TypeError(f"{FILE} must name worlds")
    return {str(name): sim_config(*overrides, *own, config_dir=config_dir) for name, own in named.items()}


def values_of(runs: pd.DataFrame, configs: Mapping[str, SimConfig], seeds: Sequence[int]) -> list[dict[str, Any]]:
    """For each seed, net present value of every world, USD, as `value/NAME`; leaders' pay; gross profit."""
    by_world = {name: rows.set_index("seed") for name, rows in runs.groupby("scenario")}
    found: list[dict[str, Any]] = []
    for seed in seeds:
        found.append({})
        for name, config in configs.items():
            found[-1][f"value/{name}"] = float(by_world[name]["npv_usd"][seed])
            found[-1][f"pay/{name}"] = float(by_world[name]["leadership_cost_usd"][seed])
            found[-1][f"gross/{name}"] = float(by_world[name]["revenue_usd"][seed]) * config.company.gross_margin
    return found
