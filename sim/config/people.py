"""Everything about people in one group of settings: `people.<name>`."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.interface import InterfaceConfig
from sim.config.leadership import DecisionConfig, LeadershipConfig, LearningConfig
from sim.config.staff import CareerConfig, StaffConfig, StrainConfig


@dataclass(frozen=True)
class PeopleConfig(
    InterfaceConfig, CareerConfig, StrainConfig, LearningConfig, DecisionConfig, LeadershipConfig, StaffConfig
):
    """Rules about people that are the same in every structure (`model.md`, sections 2 and 6)."""
