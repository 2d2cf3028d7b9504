"""What the leaders of a structure lead, what it needs of them, and what they weigh: prepared once per structure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.config import OrgConfig, SimConfig
from sim.org import attention as attending
from sim.org.horizon import Options
from sim.org.once import once_per_config
from sim.org.structure import NOBODY, Structure, resolved

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
SELLING_COLUMNS = np.array([attending.index("deal_support"), attending.index("coaching")])


@dataclass(frozen=True)
class Remit:
    """The activities that one post leads; arrays over them."""

    columns: Ints  # of the nine activities; empty for who leads none
    functions: Ints
    needs: Floats  # hours a week
    options: Options


@dataclass(frozen=True)
class Remits:
    """What a structure's leaders are there for."""

    structure: Structure
    needs: Floats  # (9,): hours a week that each activity needs of a leader, 0 where nobody works in it
    lead_needs: Floats  # (9,): and of team leads
    led: Bools  # (n_posts, 9): whose activity it is
    leader: Ints  # (9,): post that leads an activity, NOBODY where nobody works in it
    of_posts: tuple[Remit, ...]
    programmes: Options
    funded: Options  # selling first, then programmes


@once_per_config
def remits_of(config: SimConfig, org: OrgConfig) -> Remits:
    """The remits of a structure's posts in the company as it is."""
    structure, company, function = resolved(org), config.company, attending.FUNCTION_OF
    needs, lead_needs = attending.team_needs(config.people, (company.n_salespeople, company.n_marketers))
    shares = attending.column(config.activities, "need_share")
    is_staffed = np.array(structure.is_staffed)[function]
    needs, lead_needs = (np.where(is_staffed, shares * hours[function], 0.0) for hours in (needs, lead_needs))
    led = np.array([[f in functions for f in function.tolist()] for functions in structure.functions])
    columns = [np.flatnonzero(is_led & (needs > 0.0)) for is_led in led]
    return Remits(
        structure=structure,
        needs=needs,
        lead_needs=lead_needs,
        led=led,
        leader=np.where(is_staffed, np.array(structure.leader_of)[function], NOBODY),
        of_posts=tuple(Remit(c, function[c], needs[c], options_of(config, c)) for c in columns),
        programmes=options_of(config, attending.PROGRAMME_COLUMNS),
        funded=options_of(config, np.concatenate([SELLING_COLUMNS, attending.PROGRAMME_COLUMNS])),
    )


def options_of(config: SimConfig, columns: Ints) -> Options:
    """Activities to be weighed: coaching, people and experiments may be the board's to judge, whoever decides."""
    is_held = attending.IS_DEVELOPMENT[columns] & (not config.mechanisms.horizon_development)
    return Options(
        elasticity=attending.column(config.activities, "elasticity")[columns],
        lag=attending.column(config.activities, "lag_quarters")[columns],
        held=np.where(is_held, config.company.board_horizon_quarters, np.nan),
    )
