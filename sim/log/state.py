"""Everything that a model carries from one quarter to the next, as named numbers, and where two models differ in it.

Leaders are listed by the function that they lead, so that neither their number nor their posts' names count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.config import PeopleConfig
from sim.log.comparing import unlike
from sim.market.prospects import Prospects
from sim.model import GoToMarket
from sim.org.attention import FUNCTION_OF
from sim.org.leaders import Leaders
from sim.org.plan import Plan
from sim.org.structure import Structure

Numbers = npt.NDArray[Any]

CHOSEN = frozenset({"base", "config", "chosen", "planner", "past", "seed", "luck", "market_luck"})
"""What was asked for: differences in it count once they change a number."""
RECORDS = frozenset({"rows"})
"""What is kept of quarters that are over."""
MESAS = frozenset({"agent_id_counter", "running", "steps", "time"})
"""Mesa's own counts, which no rule reads."""
BY_FUNCTION = ("horizon", "hours", "effect", "potential", "cross_domain", "exhaustion", "disengagement", "trait",
               "person", "vacant_weeks", "tenure_weeks", "leave_left", "skill", "leader_presence")  # fmt: skip


@dataclass(frozen=True)
class Unlike:
    """One array of two states that is not the same: the first number in which, and in how many."""

    name: str
    a: float | str
    b: float | str
    n_values: int


def state(model: GoToMarket) -> dict[str, Numbers]:
    """All numbers of a model by name, in the order in which it was made; not copied."""
    structure = model.planner.structure
    found: dict[str, Numbers] = {}
    for name, value in vars(model).items():
        if name in CHOSEN | RECORDS | MESAS or (name.startswith("_") and name != "_flows"):
            continue
        if name in ("left_posts", "leader_presence"):
            value = _posts(structure, name, value)
        found |= dict(_flat(name.removeprefix("_"), value, structure))
    return found


def n_values(numbers: Mapping[str, Numbers]) -> int:
    """How many numbers a state holds."""
    return sum(array.size for array in numbers.values())


def unlikes(a: Mapping[str, Numbers], b: Mapping[str, Numbers]) -> tuple[Unlike, ...]:
    """Where two states differ bit for bit, in the order of names in `a`; NaN is like NaN."""
    names = [*a, *(name for name in b if name not in a)]
    compared = (_compared(name, a.get(name), b.get(name)) for name in names)
    return tuple(found for found in compared if found is not None)


def _compared(name: str, one: Numbers | None, other: Numbers | None) -> Unlike | None:
    if one is None or other is None or one.shape != other.shape or one.dtype != other.dtype:
        return Unlike(name, _size(one), _size(other), max(x.size for x in (one, other) if x is not None))
    where = unlike(one, other)
    if not where.any():
        return None
    place = tuple(int(index[0]) for index in np.nonzero(np.atleast_1d(where)))
    a, b = (np.atleast_1d(x)[place].item() for x in (one, other))
    label = f"{name}[{', '.join(map(str, place))}]" if one.ndim else name
    return Unlike(label, a, b, int(where.sum()))


def _size(numbers: Numbers | None) -> str:
    return "missing" if numbers is None else f"{numbers.size} of {numbers.dtype}"


def _flat(name: str, value: Any, structure: Structure) -> Iterator[tuple[str, Numbers]]:
    """The numbers of one attribute; what holds no numbers, such as a source of luck, has none."""
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, Prospects):
        yield from ((f"{name}.{column}", numbers) for column, numbers in value.columns())
    elif isinstance(value, bool | int | float | np.generic):
        yield name, np.asarray(value)
    else:
        for key, part in _parts(value, structure):
            yield from _flat(f"{name}.{key}", part, structure)


def _parts(value: Any, structure: Structure) -> Iterator[tuple[str, Any]]:
    if isinstance(value, PeopleConfig):
        return  # a desk keeps it at hand
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: getattr(value, f.name) for f in fields(value)}
        is_by_post = isinstance(value, Leaders | Plan)
        yield from ((key, _posts(structure, key, part) if is_by_post else part) for key, part in parts.items())
    elif hasattr(value, "_asdict"):
        yield from value._asdict().items()
    elif isinstance(value, Mapping):
        yield from ((str(key), part) for key, part in value.items())
    elif isinstance(value, list | tuple):
        yield from ((str(number), part) for number, part in enumerate(value))


def _posts(structure: Structure, name: str, value: Any) -> Any:
    """What is kept per post as it is per function led, then per post that leads none."""
    leaders = list(structure.leader_of)
    order = [*leaders, *(post for post in range(structure.n) if not structure.functions[post])]
    if name == "attention":
        return value[np.array(leaders)[FUNCTION_OF], np.arange(len(FUNCTION_OF))]
    if name == "spare":
        return value[leaders, np.arange(len(leaders))]
    if name == "left_posts":
        return np.isin(order, value)
    if name == "steady":
        return None if value is None else tuple(part[order] for part in value)
    return value[order] if isinstance(value, np.ndarray) and name in BY_FUNCTION else value
