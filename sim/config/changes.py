"""What a scenario changes during a run: from which quarter on, and what; every value resolved and absolute."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.config.practices import PracticesConfig, RolesConfig
from sim.config.structure import FUNCTIONS, OrgConfig
from sim.params import ConfigError, nearest

if TYPE_CHECKING:
    from sim.config import SimConfig

SEATS = {"salesperson": "n_salespeople", "marketer": "n_marketers"}
"""What a seat of each function is called, as in salesperson_3, and the setting that says how many there are."""

CHANGEABLE = ("company", "market", "practices", "roles", "people", "pathways", "mechanisms", "org")
"""Groups of settings that can change during a run."""

FACTS = (
    "n_prospects", "n_customers", "acv_usd", "deal_value_sigma", "renewal_share_per_year", "win_rate",
    "sales_sourced_share", "inquiries_per_quarter", "mqls_per_quarter", "sales_cycle_days",
    "discount_rate_per_year", "today",
)  # fmt: skip
"""Of a company: what is stated of today, from which the market's constants are solved, or what values money."""

SOLVED_FROM = ("junk_share_of_inquiries", "accepted_share_of_mqls")
"""Of a market: what its constants are solved from."""

WORDS = ("name", "label", "phrase", "color", "is_plural", "functions", "reports_to", "staffed")
"""What things are called, and what makes a structure the one that it is: another one has a file of its own."""


@dataclass(frozen=True)
class Change:
    """What is different from the start of a quarter on; None and empty leave things as they are."""

    quarter: int
    org: OrgConfig | None = None
    practices: PracticesConfig | None = None
    roles: RolesConfig | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Values by dotted name, after structure, practices and roles."""
    leaves: tuple[str, ...] = ()
    """Posts and seats whose holders go; somebody else is sought."""
    hires: tuple[str, ...] = ()
    """Posts and seats that have somebody from the quarter's first day, found beforehand."""


def in_force(config: SimConfig, quarter: int) -> SimConfig:
    """The scenario as it is in a quarter: with all that was changed up to then.

    Structure, practices and roles are those from quarter 1 on; before it `config.today` holds.
    """
    for change in config.changes:
        if change.quarter <= quarter:
            config = changed(config, change)
    return config


def changed(config: SimConfig, change: Change) -> SimConfig:
    """The scenario after one change."""
    parts: dict[str, Any] = {"org": change.org, "practices": change.practices, "roles": change.roles}
    config = replace(config, **{name: part for name, part in parts.items() if part is not None})
    for name, value in change.settings.items():
        config = with_value(config, name, value)
    return config


def lived_until(config: SimConfig, quarter: int) -> SimConfig:
    """What a scenario's life before a quarter hangs on: two scenarios that agree in it have lived alike until then."""
    config = replace(config, horizon_quarters=1, changes=tuple(c for c in config.changes if c.quarter < quarter))
    if quarter > 1:
        return config
    today = config.today
    return replace(
        config, org=today.org, practices=today.practices, roles=today.roles, added_usd_per_year=0.0, transition=False
    )


NOTHING, FREE = "do_nothing", "at_no_cost"
"""Arms of a what-if beside the change itself: today goes on, and the change had its reorganisation cost nothing."""


def arms(name: str, config: SimConfig) -> dict[str, SimConfig]:
    """A scenario with changes beside today going on; and, where reorganising costs anything, beside itself for free.

    What happens in the market happens whatever the company does, so it is on both sides; unless nothing else changes:
    then it is the market that is asked about.
    """
    markets = [Change(change.quarter, settings=_of_market(change)) for change in config.changes if _of_market(change)]
    is_asked_of_market = not any(map(is_decided, config.changes))
    both = {NOTHING: replace(config, changes=() if is_asked_of_market else tuple(markets)), name: config}
    costly = [change.quarter for change in config.changes if _reorganises(change)]
    if not costly or not (config.transition and config.mechanisms.reorganisation):
        return both
    free = Change(costly[0], settings={"mechanisms.reorganisation": False})
    changes = sorted((free, *config.changes), key=lambda change: change.quarter)
    return {**both, f"{name}_{FREE}": replace(config, changes=tuple(changes))}


def _of_market(change: Change) -> dict[str, Any]:
    return {name: value for name, value in change.settings.items() if name.startswith("market.")}


def is_decided(change: Change) -> bool:
    """Whether a change is the company's own, and not only the market's."""
    parts = (change.org, change.practices, change.roles, change.leaves, change.hires)
    return any(parts) or len(_of_market(change)) < len(change.settings)


def turns(config: SimConfig) -> tuple[int, ...]:
    """The quarters in which a scenario changes what doing nothing does not."""
    decided = [change.quarter for change in config.changes if is_decided(change)]
    return tuple(sorted(set(decided or [change.quarter for change in config.changes])))


def is_resized(config: SimConfig) -> bool:
    """Whether teams or budget are other at the end than at the start."""
    end = in_force(config, config.horizon_quarters).company
    names = (*SEATS.values(), "program_budget_usd_per_year")
    return any(getattr(end, name) != getattr(config.company, name) for name in names)


def _reorganises(change: Change) -> bool:
    """Whether a change touches posts, roles or the number of seats."""
    sizes = [f"company.{size}" for size in SEATS.values()]
    return bool(change.org or change.roles) or any(
        name in sizes or name.startswith(("org.", "roles.")) for name in change.settings
    )


def value_of(config: Any, name: str) -> Any:
    """The value of a dotted setting."""
    for part in name.split("."):
        config = config[part] if isinstance(config, Mapping) else getattr(config, part)
    return config


def with_value(config: Any, name: str, value: Any) -> Any:
    """The config, or a part of it, with one dotted setting at another value."""
    first, _, rest = name.partition(".")
    new = (
        with_value(config[first] if isinstance(config, Mapping) else getattr(config, first), rest, value)
        if rest
        else value
    )
    return {**config, first: new} if isinstance(config, Mapping) else replace(config, **{first: new})


def changeable(config: Any, prefix: str = "") -> list[str]:
    """Dotted names of everything in a scenario that can change during a run."""
    if not prefix:
        return [name for group in CHANGEABLE for name in changeable(getattr(config, group), group)]
    items = (
        config.items() if isinstance(config, Mapping) else ((f.name, getattr(config, f.name)) for f in fields(config))
    )
    found = []
    for key, value in items:
        name = f"{prefix}.{key}"
        if is_dataclass(value) or isinstance(value, Mapping):
            found += [] if key in FACTS else changeable(value, name)
        elif not _is_fixed(name):
            found.append(name)
    return found


def check_changeable(where: str, name: str, config: SimConfig) -> None:
    """Raise `ConfigError` unless the setting exists and can change during a run."""
    if name in (known := changeable(config)):
        return
    if _is_fixed(name):
        raise ConfigError(f"{where} {name}: is a fact of today, a name, or what a structure is; can't be set in a run")
    raise ConfigError(f"{where} {name}: no such setting that can change in a run{nearest(name, known)}")


def seats(config: SimConfig) -> dict[str, int]:
    """How many seats there are of each kind that people work in."""
    kinds = zip(SEATS.items(), FUNCTIONS, strict=True)
    return {kind: getattr(config.company, size) for (kind, size), name in kinds if name in config.org.staffed}


def places(config: SimConfig) -> list[str]:
    """What those who can leave or be hired are called: the posts of the structure, then the seats."""
    numbered = [f"{kind}_{number}" for kind, n in seats(config).items() for number in range(1, n + 1)]
    return [*config.org.posts, *numbered]


def check_place(where: str, name: str, then: SimConfig, before: SimConfig) -> None:
    """Raise `ConfigError` unless there is a post or seat of that name, after the change to `then`."""
    if name in (known := places(then)):
        return
    if name in places(before):
        raise ConfigError(f"{where} = {name}: is no longer there then; who has no place any more goes by itself")
    counts = [f"{kind}_1 to {kind}_{n}" for kind, n in seats(then).items()]
    raise ConfigError(f"{where} = {name}: must be one of {', '.join([*then.org.posts, *counts])}{nearest(name, known)}")


def check_open(where: str, name: str, then: SimConfig, before: SimConfig, left: Collection[str]) -> None:
    """Raise `ConfigError` unless a post or seat may have somebody found beforehand: it is new, or was left.

    Whether anybody is missing elsewhere is luck, which a scenario can't know.
    """
    post, was = then.org.posts.get(name), before.org.posts.get(name)
    is_new = name not in places(before) or (post is not None and was is not None and post.profile != was.profile)
    if not is_new and name not in left:
        raise ConfigError(
            f"{where} = {name}: is neither new then nor left before; must be, for somebody to be found for it"
        )


def _is_fixed(name: str) -> bool:
    group, _, end = name.partition(".")
    if end.rpartition(".")[2] in WORDS:
        return True
    return (group == "company" and end.partition(".")[0] in FACTS) or (group == "market" and end in SOLVED_FROM)
