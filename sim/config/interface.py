"""Between the functions: cooperation, trust, conflict, credit, content and channels (`model.md`, sections 3, 4, 6)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.contributions import ChannelConfig, ContentConfig, CreditConfig
from sim.config.relations import ConflictConfig, CooperationConfig, TrustConfig


@dataclass(frozen=True)
class InterfaceConfig(ChannelConfig, ContentConfig, CreditConfig, ConflictConfig, TrustConfig, CooperationConfig):
    """Everything between the functions."""
