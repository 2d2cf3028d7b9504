"""The prior: what is not known, as factors that are drawn at once; and what a draw makes of a scenario.

Factors speak of posts by what they lead and of people by where they are at home: structures have no name here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.composition.catalogue import conf_dir
from sim.config import OrgConfig, Post, SimConfig
from sim.config.changes import with_value
from sim.params import ConfigError, nearest

FILE = "prior.yaml"
SETTING, WORTH, HORIZON, OUTLOOK, PAY, TENURE, GROUP = (
    "setting", "worth", "horizon", "outlook", "pay", "tenure", "group"
)  # fmt: skip
KINDS = (SETTING, WORTH, HORIZON, OUTLOOK, PAY, TENURE, GROUP)
EQUAL, BY_TITLE, BOTH = "equal", "by title", "both"
Floats = npt.NDArray[np.float64]
World = Mapping[str, Any]
"""One draw: a number or a level for each factor."""


@dataclass(frozen=True)
class Factor:
    """One thing that is not known: a range or levels, and what it sets."""

    name: str
    words: str
    kind: str = SETTING
    unit: str = ""
    setting: str = ""
    of: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    levels: tuple[Any, ...] = ()
    years: Mapping[str, float] | None = None

    def at(self, share: float) -> Any:
        """The value at a share in [0, 1] of the range, or of the levels."""
        if self.levels:
            return self.levels[min(int(share * len(self.levels)), len(self.levels) - 1)]
        if self.log:
            return math.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low)))
        return self.low + share * (self.high - self.low)

    def share(self, value: float) -> float:
        """Where in its range a number lies, 0..1."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Prior:
    """All factors, and the structures that are compared under them."""

    factors: tuple[Factor, ...]
    favoured: str
    rivals: tuple[str, ...]
    practices: tuple[str, ...]
    reference: Mapping[str, str]
    implausible_from: float

    def drawn(self, n: int, seed: int = 0) -> list[World]:
        """`n` worlds of a scrambled Sobol sequence: evenly over all factors at once."""
        from scipy.stats import qmc

        shares = qmc.Sobol(len(self.factors), rng=seed).random_base2(max(1, math.ceil(math.log2(n))))[:n]
        return [self.world(row) for row in shares]

    def world(self, shares: Sequence[float] | Floats) -> World:
        """The world at these shares of the factors' ranges."""
        return {f.name: f.at(float(share)) for f, share in zip(self.factors, shares, strict=True)}

    def groups(self, world: World) -> list[str]:
        """The options that a world chooses, as overrides."""
        return [f"{f.name}={world[f.name]}" for f in self.factors if f.kind == GROUP]

    def applied(self, config: SimConfig, world: World) -> SimConfig:
        """A scenario as it is in a world; options must be chosen before."""
        for factor in self.factors:
            if factor.kind == SETTING:
                config = with_value(config, factor.setting, world[factor.name])
            elif factor.kind == WORTH:
                config = _weighed(config, factor.of, world[factor.name])
        led = self._led_in(world)
        return replace(config, org=led(config.org), today=replace(config.today, org=led(config.today.org)))

    def _led_in(self, world: World) -> Callable[[OrgConfig], OrgConfig]:
        """What becomes of a structure's posts in a world."""
        by_kind = {f.kind: f for f in self.factors}
        horizons = {f.of[0]: float(world[f.name]) for f in self.factors if f.kind == HORIZON}
        if OUTLOOK in by_kind and world[by_kind[OUTLOOK].name] == EQUAL:
            horizons = dict.fromkeys(horizons, math.prod(horizons.values()) ** (1.0 / len(horizons)))
        pay = world[by_kind[PAY].name] if PAY in by_kind else None
        tenure = by_kind.get(TENURE)
        years = tenure.years if tenure is not None and world[tenure.name] == BY_TITLE else None

        def changed(post: Post) -> Post:
            if horizons:
                post = _looking(post, horizons)
            if pay is not None and len(post.functions) > 1 and not post.is_owner:
                post = replace(post, pay_ratio=pay)
            if years is not None and post.functions:
                post = replace(post, tenure_years=years[BOTH if len(post.functions) > 1 else post.functions[0]])
            return post

        return lambda org: replace(org, posts={name: changed(post) for name, post in org.posts.items()})


def _looking(post: Post, horizons: Mapping[str, float]) -> Post:
    """A post whose holder looks as far as people from there do; who is at home in both, between them."""
    profile = post.profile
    home = {"sales": profile.sales_background, "marketing": profile.marketing_background}
    whole = sum(home.values())
    if whole == 0.0:
        return post
    ahead = math.exp(sum(home[name] * math.log(horizons[name]) for name in home) / whole)
    return replace(post, profile=replace(profile, planning_horizon_quarters=ahead))


def _weighed(config: SimConfig, of: Sequence[str], ratio: float) -> SimConfig:
    """Two activities' elasticities, of hours and of money, at another ratio; their sum stays."""
    first, second = of
    for elasticity in ("elasticity", "money_elasticity"):
        both = [getattr(getattr(config.activities, name), elasticity) for name in of]
        config = with_value(config, f"activities.{first}.{elasticity}", sum(both) * ratio / (1.0 + ratio))
        config = with_value(config, f"activities.{second}.{elasticity}", sum(both) / (1.0 + ratio))
    return config


def prior() -> Prior:
    """What `conf/prior.yaml` says."""
    from omegaconf import OmegaConf

    said: Any = OmegaConf.to_container(OmegaConf.load(conf_dir() / FILE))
    factors = tuple(_factor(name, factor) for name, factor in said["factors"].items())
    structures, design = said["structures"], said["design"]
    return Prior(
        factors, structures["favoured"], tuple(structures["rivals"]), tuple(said["practices"]), design["reference"],
        float(design["implausible_from"]),
    )  # fmt: skip


def _factor(name: str, said: Mapping[str, Any]) -> Factor:
    own: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    factor = Factor(name, **own)
    if factor.kind not in KINDS:
        raise ConfigError(
            f"{FILE}: {name}.kind = {factor.kind}: must be one of {', '.join(KINDS)}{nearest(factor.kind, KINDS)}"
        )
    if not factor.levels and not factor.low < factor.high:
        raise ConfigError(f"{FILE}: {name} = {factor.low:g} to {factor.high:g} {factor.unit}: must ascend")
    return factor
