"""Every setting: name, default, unit, allowed values, source; grouped as they are declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, fields
from typing import Any

from sim.compose import compose
from sim.composition.catalogue import catalogue
from sim.config import (
    ActivitiesConfig,
    CompanyConfig,
    MarketConfig,
    NormsConfig,
    PathwaysConfig,
    PeopleConfig,
    Post,
    PracticesConfig,
    Profile,
    RolesConfig,
    SimConfig,
)
from sim.params import Parameter, allowed_range
from sim.report.reference.markdown import code, linked, page, sources, table
from sim.settings import ExecutorSettings, StudySettings
from sim.sources import SOURCES

HEAD = ("setting", "default", "unit", "allowed", "source")
INTRODUCTION = """\
Every number of the model with its unit, range and source (`sim/config/`, the only place where a default is written).
Set one as `twohats compare people.switching_loss=0.05`; `twohats show people` prints those in force. Where a source
begins with *assumed*, nobody has measured it: the words after the colon say why it is what it is. Switches of
mechanisms have [a page of their own](mechanisms.md). The same by what reads them: [by submodel](submodels.md)."""
OF_FORMS = "Of numbers, and of forms that the [model](model.md) takes over."
SECTIONS: tuple[tuple[str, str, type[Any]], ...] = (
    ("Company", "company", CompanyConfig),
    ("Market", "market", MarketConfig),
    *((part.__doc__ or "", "people", part) for part in reversed(PeopleConfig.__mro__) if "Config" in part.__name__),
    ("Practices, at their typical level", "practices", PracticesConfig),
    ("What each practice moves and costs", "pathways", PathwaysConfig),
    ("Roles", "roles", RolesConfig),
    ("A post of a structure", "org.posts.NAME", Post),
    ("The kind of person who holds a post", "org.posts.NAME.profile", Profile),
    ("The scenario as a whole", "", SimConfig),
    ("How a study is run", "", StudySettings),
    ("What it is run on", "executor", ExecutorSettings),
)


def parameters_page() -> str:
    """The page of parameters."""
    parts = [INTRODUCTION]
    for title, prefix, owner in SECTIONS:
        own = [f for f in fields(owner) if "parameter" in f.metadata and f.name in owner.__annotations__]
        if not own:
            continue
        parts += [f"## {_title(title)}", table(HEAD, (_row(f, prefix) for f in own))]
        if owner is CompanyConfig:
            parts += ["The companies to start from, where they differ:", _companies()]
    parts += ["## Activities of leaders", _activities(), "## The reference population", _norms()]
    return page("Parameters", *parts, "## Sources", OF_FORMS, sources(SOURCES))


def _title(text: str) -> str:
    """The first line of a docstring without its references to other documents."""
    return text.strip().splitlines()[0].split(" (`")[0].split(" [")[0].rstrip(".")


def _row(f: Field[Any], prefix: str) -> tuple[str, ...]:
    known: Parameter = f.metadata["parameter"]
    name = f"{prefix}.{f.name}" if prefix else f.name
    if isinstance(f.default, bool):
        allowed = "true or false"
    else:
        allowed = ", ".join(known.options) or allowed_range(known).removeprefix("in ")
    return code(name), written(f.default), known.unit, allowed, linked(known.source)


def written(value: Any) -> str:
    """A default: "10,000", "0.05", "empty"."""
    if value is None:
        return "empty"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def _companies() -> str:
    options = sorted(catalogue().options("company"), key=lambda name: _company(name)["n_prospects"])
    values = {name: _company(name) for name in options}
    names = [f.name for f in fields(CompanyConfig) if "parameter" in f.metadata]
    rows = [
        (code(name), *(written(values[option][name]) for option in options))
        for name in names
        if len({values[option][name] for option in options}) > 1
    ]
    today = ("structure today", *(values[option]["today"]["org"] for option in options))
    return table(("company", *options), [*rows, today])


def _company(name: str) -> dict[str, Any]:
    company: dict[str, Any] = compose([f"company={name}"]).resolved["company"]
    return company


def _activities() -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        activities = ActivitiesConfig()
        for f in fields(activities):
            one = getattr(activities, f.name)
            has = {part.name for part in fields(one)}
            yield code(f"activities.{f.name}"), *(written(getattr(one, n)) if n in has else "" for n in names)

    first = fields(ActivitiesConfig().brand)
    names = [f.name for f in first]
    head = [f"`.{f.name}`, {f.metadata['parameter'].unit}" for f in first]
    notes = "; ".join(f"`.{f.name}` {linked(f.metadata['parameter'].source)}" for f in first)
    return table(("activity", *head), rows()) + f"\n\nSources: {notes}."


def _norms() -> str:
    """Means and sds of the reference population's conditions, and its constants of leaving."""
    rows = []
    for group in fields(NormsConfig):
        held = getattr(NormsConfig(), group.name)
        if hasattr(held, "sd"):
            rows.append((code(f"norms.{group.name}"), written(held.mean), written(held.sd)))
            continue
        for f in fields(held):
            value = getattr(held, f.name)
            numbers = (written(value.mean), written(value.sd)) if hasattr(value, "sd") else (written(value), "")
            rows.append((code(f"norms.{group.name}.{f.name}"), *numbers))
    words = " ".join(line.strip() for line in (NormsConfig.__doc__ or "").splitlines())
    (source,) = {f.metadata["parameter"].source for f in _moment_fields()}
    return f"{words} Source: {linked(source)}.\n\n" + table(("condition", "`.mean`, or the value", "`.sd`"), rows)


def _moment_fields() -> tuple[Field[Any], ...]:
    return fields(NormsConfig().trust_of_sales)
