"""A scenario as its file says it: a company and its facts, today, and what changes when; names, nothing resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ChangeSpec:
    """What is to change from a quarter on; settings by dotted name, absolute (3) or relative ("+1", "-20%")."""

    quarter: int
    org: str | None = None
    practices: str | None = None
    roles: str | None = None
    market: str | None = None
    set: Mapping[str, Any] = field(default_factory=dict)
    leaves: Any = None  # a post or seat, or a list of them
    hires: Any = None


@dataclass(frozen=True)
class ScenarioSpec:
    """A what-if: where it starts, and what changes; empty names leave what the company and `conf/` say."""

    name: str = ""
    label: str = ""
    phrase: str = ""
    color: str = "#555555"
    company: str | None = None
    market: str | None = None
    people: str | None = None
    mechanisms: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Settings that hold from the start, in every arm."""
    today: Mapping[str, str] = field(default_factory=dict)
    """Structure, practices and roles before the first change, where they are not the company's own."""
    changes: tuple[ChangeSpec, ...] = ()
