"""Every parameter changes something: moved to another value, where it says that it matters, an outcome moves."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from sim.anchors import targets
from sim.compose import sim_config
from sim.config import Post, Profile
from sim.model import GoToMarket, past_of
from sim.org.attention import PROGRAMMES
from sim.params import parameters
from sim.past import remembered_channels

TINY = (
    "company=startup", "company.n_prospects=1200", "company.n_customers=60", "company.inquiries_per_quarter=100",
    "company.mqls_per_quarter=25", "company.n_salespeople=3", "company.n_marketers=2", "horizon_quarters=6",
)  # fmt: skip


@lru_cache(maxsize=64)
def world(where):
    chosen = tuple(part for part in where.split() if part)
    org = () if any(part.startswith("org=") for part in chosen) else ("org=separate",)
    return sim_config(*TINY, *org, *chosen)


BASE = world("")
NAMES = {name: known for name, known, _ in parameters(BASE) if not name.startswith(("org.", "today."))}
# Parameters of posts and profiles are declared once; any one post will do.
NAMES |= {f"org.posts.head_of_marketing.{f}": Post.__dataclass_fields__[f].metadata["parameter"]
          for f in Post.__dataclass_fields__ if "parameter" in Post.__dataclass_fields__[f].metadata}  # fmt: skip
NAMES |= {f"org.posts.head_of_marketing.profile.{f}": Profile.__dataclass_fields__[f].metadata["parameter"]
          for f in Profile.__dataclass_fields__}  # fmt: skip


def value_of(config, name):
    for part in name.split("."):
        config = config[part] if isinstance(config, dict) else getattr(config, part)
    return config


def with_value(config, name, value):
    head, _, rest = name.partition(".")
    if isinstance(config, dict):
        return {**config, head: with_value(config[head], rest, value)}
    new = value if not rest else with_value(getattr(config, head), rest, value)
    return replace(config, **{head: new})


def another_value(known, value):
    """A value that is not the default: the declared one, the switch's other side, or half-way to a bound."""
    if known.moved is not None and known.moved != value:
        return known.moved
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value * 2 if value * 2 <= known.high else max(int(known.low), value // 2)
    half = 0.5 * value
    return half if half != value and half >= known.low else 0.5 * (value + min(known.high, 2.0 * value + 1.0))


@lru_cache(maxsize=2)
def shared_past(n_marketers):
    """One past for all; only what has a row per marketer is made anew where there are more of them."""
    if n_marketers == BASE.company.n_marketers:
        return past_of(BASE)
    more = replace(BASE, company=replace(BASE.company, n_marketers=n_marketers))
    channels, _ = remembered_channels(more, np.ones(len(PROGRAMMES)))
    past = shared_past(BASE.company.n_marketers)
    return replace(past, usual=replace(past.usual, channels=channels))


def outcomes(config, seed):
    """All outcomes of one run, and what the company's past is solved for."""
    model = GoToMarket(config, seed, shared_past(config.company.n_marketers)).run()
    model.forget()
    return np.array([*model.results().values(), *targets(config)])


def at_once(config):
    """A quarter before and the first measured one."""
    return replace(config, warm_up_quarters=1, horizon_quarters=1)


@lru_cache(maxsize=128)
def base_outcomes(where, seed, shortened):
    return outcomes(at_once(world(where)) if shortened else world(where), seed)


def is_same(moved, where, seed, shortened=False):
    found = outcomes(at_once(moved) if shortened else moved, seed)
    return np.array_equal(found, base_outcomes(where, seed, shortened), equal_nan=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_changes_the_outcome(name):
    known = NAMES[name]
    start = world(known.where)
    if name.startswith("org.posts.") and "head_of_marketing" not in start.org.posts:
        name = name.replace("head_of_marketing", list(start.org.posts)[-1])
    moved = with_value(start, name, another_value(known, value_of(start, name)))
    # Most show in the first quarter; some need their time, or another future to have an occasion.
    if is_same(moved, known.where, 3, shortened=True):
        assert not all(is_same(moved, known.where, seed) for seed in (3, 4, 5)), f"{name} changes nothing"
