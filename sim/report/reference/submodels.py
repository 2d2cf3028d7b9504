"""Every parameter of the model under the submodel that reads it, in the order of the page that describes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.composition.schema import declared
from sim.config import ActivitiesConfig, NormsConfig
from sim.params import Parameter
from sim.report.reference.groups import ACTIVITIES, NORMS, SUBMODELS
from sim.report.reference.markdown import code, linked, page, table
from sim.report.reference.parameters import written

PARAMETERS_PAGE = "parameters.md"
HEAD = ("setting", "default", "unit", "source")
INTRODUCTION = """\
The parameters of the [model](model.md), each under the one submodel that reads it first; ranges and full citations are
in the [list of all parameters](parameters.md). Defaults are those of the `medium` company. How a study is run (seeds,
precision, machines) is no part of the model and stands in that list alone."""
WHOLE_GROUPS = {
    ACTIVITIES: ("[elasticity, lag and need of each activity](parameters.md#activities-of-leaders)", ActivitiesConfig),
    NORMS: ("[moments of the reference population](parameters.md#the-reference-population)", NormsConfig),
}


def submodels_page() -> str:
    """The page of parameters by submodel."""
    parts = [INTRODUCTION]
    for title, groups in SUBMODELS.items():
        parts += [f"## {title}", f"[What it does](model.md#{anchor(title)})."]
        settings = [name for name in settings_of(groups) if name not in WHOLE_GROUPS]
        if settings:
            parts.append(table(HEAD, (_row(name) for name in settings)))
        parts += [f"Besides: {WHOLE_GROUPS[name][0]}." for name in groups if name in WHOLE_GROUPS]
    return page("Parameters by submodel", *parts)


def anchor(title: str) -> str:
    """What a heading is called in a link."""
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " -")
    return kept.replace(" ", "-")


def settings_of(groups: dict[str, str]) -> Iterator[str]:
    """Full names of a submodel's settings; a group that is named alone stands for all of it."""
    for group, names in groups.items():
        if not names:
            yield group
        for name in names.split():
            yield f"{group}.{name}" if group else name


def _row(name: str) -> tuple[str, ...]:
    known = declared(name)
    assert known is not None, name
    field: Any = known[0]
    parameter: Parameter = field.metadata["parameter"]
    return code(name), written(field.default), parameter.unit, linked(parameter.source, PARAMETERS_PAGE)
