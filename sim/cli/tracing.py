"""`twohats show trace`: one quarter of one future, as each leader saw, weighed and decided it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.cli.manual import TRACE
from sim.compose import Composition, compose, reference_choices
from sim.composition.schema import setting_names
from sim.config import SimConfig
from sim.params import ConfigError, closest, nearest

QUARTER, POST = "quarter", "post"
FIRST_MEASURED = 1


def composed(words: Sequence[str], config_dir: str | Path | None = None) -> tuple[Mapping[str, str], Composition]:
    """The trace's own arguments by name, and what the other words after `show` compose, or `ConfigError`."""
    asked, overrides = _sorted([word for word in words if word != TRACE])
    return asked, compose([*overrides, *reference_choices(overrides, config_dir)], config_dir)


def trace(asked: Mapping[str, str], composition: Composition) -> int:
    """Print a trace; exit status 0, or `ConfigError` for a quarter or post that there is not."""
    quarter = _quarter(asked.get(QUARTER), composition.sim)
    posts = _posts(asked.get(POST), composition.sim, quarter)
    from sim.report.trace import print_trace, trace_quarter

    print_trace(*trace_quarter(composition.sim, _seed(composition), quarter), posts)
    return 0


def _sorted(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The trace's own arguments by name, and the overrides."""
    asked: dict[str, str] = {}
    overrides = []
    for word in words:
        name, _, value = word.partition("=")
        if name in (QUARTER, POST):
            if name in asked:
                raise ConfigError(f"{name} is given twice, as {asked[name]} and {value}; must be one")
            if not value.strip():
                raise ConfigError(f"{name} is empty: must be given, or left out")
            asked[name] = value
            continue
        if name == "seeds":
            raise ConfigError(f"seeds = {value}: a trace is of one future; must be seed=NUMBER")
        if name not in setting_names() and (meant := closest(name, (QUARTER, POST, "seed"))):
            raise ConfigError(f"{name}: no such setting; did you mean {meant}?")
        overrides.append(word)
    return asked, overrides


def _seed(composition: Composition) -> int:
    return 0 if composition.study.seed is None else composition.study.seed


def _quarter(text: str | None, config: SimConfig) -> int:
    """The quarter asked for, the first measured one by default."""
    first, last = 1 - config.warm_up_quarters, config.horizon_quarters
    if text is None:
        return FIRST_MEASURED
    try:
        quarter = int(text)
    except ValueError:
        raise ConfigError(f"quarter = {text}: must be a whole number in [{first}, {last}]") from None
    if not first <= quarter <= last:
        raise ConfigError(f"quarter = {quarter}: must be in [{first}, {last}]; up to 0 is warm-up")
    return quarter


def _posts(name: str | None, config: SimConfig, quarter: int) -> list[str]:
    """The posts asked for: one, or all of the structure that the quarter runs under."""
    posts = list((config.org if quarter >= FIRST_MEASURED else config.today.org).posts)
    if name is None:
        return posts
    if name not in posts:
        when = "" if quarter >= FIRST_MEASURED else f" in quarter {quarter}, under today's structure"
        raise ConfigError(f"post = {name}: must be one of {', '.join(posts)}{when}{nearest(name, posts)}")
    return [name]
