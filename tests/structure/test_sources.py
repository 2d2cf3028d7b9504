"""Every number has a source: a key of the bibliography, or an assumption that says why."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import sim.config
from sim.config import (
    ActivitiesConfig,
    Activity,
    ClampConfig,
    CompanyConfig,
    LeaderNorms,
    MarketConfig,
    MarketingNorms,
    MechanismsConfig,
    Moment,
    NormsConfig,
    PaidActivity,
    PathwaysConfig,
    PeopleConfig,
    Post,
    PracticesConfig,
    Profile,
    RolesConfig,
    SalesNorms,
)
from sim.sources import SOURCES
from sim.study.calibration.space import CONSTANTS

ROOT = Path(__file__).resolve().parents[2]
CLASSES = [
    Activity, ClampConfig, CompanyConfig, LeaderNorms, MarketConfig, MarketingNorms, MechanismsConfig, Moment,
    NormsConfig, PaidActivity, PathwaysConfig, PeopleConfig, Post, PracticesConfig, Profile, RolesConfig, SalesNorms,
]  # fmt: skip
PARAMETERS = [
    (c.__name__, f.name, f.metadata["parameter"]) for c in CLASSES for f in fields(c) if "parameter" in f.metadata
]


@pytest.mark.parametrize(
    ("owner", "name", "known"), PARAMETERS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_parameter_has_a_source_that_exists(owner, name, known):
    is_assumed = re.match(r"assumed: .{3,}", known.source)
    fitted = re.fullmatch(r"fitted, see docs/calibration(?:; within ([\w-]+))?", known.source)
    if fitted:
        assert name in {constant.name.partition(".")[2] for constant in CONSTANTS}
        assert fitted[1] is None or fitted[1] in SOURCES
        return
    assert is_assumed or known.source.startswith("switch; off: ") or known.source in SOURCES


@pytest.mark.parametrize(
    ("owner", "name", "known"), PARAMETERS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_parameter_has_a_unit_and_a_range_around_its_default(owner, name, known):
    assert known.unit
    default = next(f.default for f in fields(getattr(sim.config, owner)) if f.name == name)
    if default is not None and not known.options:
        assert known.low <= default <= known.high


def test_every_field_of_the_model_is_a_declared_parameter():
    texts = {"name", "org", "practices", "roles", "functions", "reports_to"}
    for c in CLASSES:
        for f in fields(c):
            is_part = is_dataclass(getattr(c(), f.name))
            assert "parameter" in f.metadata or is_part or f.name in texts, f"{c.__name__}.{f.name}"


def test_keys_cited_in_brackets_exist():
    for path in (ROOT / "sim").rglob("*.py"):
        for key in re.findall(
            r"(?<!ignore)\[([A-Z][A-Za-z]+\d{4}|[a-z]+(?:-[a-z0-9]+)+)\]", path.read_text(encoding="utf-8")
        ):
            assert key in SOURCES, f"{path} cites {key}"


def test_needs_of_the_activities_add_up():
    activities = ActivitiesConfig()
    for names in sim.config.ACTIVITIES_OF.values():
        assert sum(getattr(activities, name).need_share for name in names) == pytest.approx(1.0)
