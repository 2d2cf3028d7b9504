"""How structures are named and drawn: by what their files say."""

from __future__ import annotations

from collections.abc import Mapping

from sim.config import SimConfig
from sim.report.labels import Style


def styles_of(scenarios: Mapping[str, SimConfig]) -> dict[str, Style]:
    """How each scenario is named and drawn; practices and roles are added where a name carries them."""
    styles = {}
    for name, config in scenarios.items():
        added = name.split("+")[1:]
        suffix = f" ({', '.join(added)})" if added else ""
        org = config.org
        styles[name] = Style(
            label=(org.label or org.name) + suffix,
            phrase=(org.phrase or org.name) + suffix,
            is_plural=org.is_plural,
            color=org.color,
            n_leaders=len(org.posts),
        )
    return styles
