"""Two Hats simulates whether one leader for sales and marketing serves a company better than two.

The public face is five nouns, `SimConfig`, `GoToMarket`, `Scenario`, `Study`, `Results`, and two ways in:
`sim_config("company=small", "org=separate")` for one scenario, `Study.compare("company=small")` or
`Study.whatif("scenario=split_in_q5")` for many.
Nothing heavy is imported before it is asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.compose import sim_config
    from sim.config import SimConfig
    from sim.model import GoToMarket
    from sim.study.results import Results
    from sim.study.scenario import Scenario
    from sim.study.study import Study

__all__ = ["GoToMarket", "Results", "Scenario", "SimConfig", "Study", "sim_config"]

_HOMES = {
    "GoToMarket": "sim.model",
    "Results": "sim.study.results",
    "Scenario": "sim.study.scenario",
    "SimConfig": "sim.config",
    "Study": "sim.study.study",
    "sim_config": "sim.compose",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
