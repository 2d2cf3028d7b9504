"""What a scenario changes takes effect at a quarter's start: settings, sizes, structure, who leaves and who comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.config import SimConfig, TodayConfig
from sim.config.changes import SEATS, Change, in_force
from sim.market.laws import laws_of
from sim.org.leaders import leave_posts
from sim.org.planning import Planner
from sim.org.structure import MARKETING, SALES
from sim.org.workforce import CalledAway
from sim.phases import living, resizing, reviewing, starting
from sim.phases.reorganising import reorganise

if TYPE_CHECKING:
    from sim.model import GoToMarket

FIRST_MEASURED = 1


def changes_take_effect(model: GoToMarket) -> None:
    """What is different from the coming quarter on; a second call in a quarter does nothing."""
    quarter = model.quarter
    if quarter < FIRST_MEASURED or quarter <= model.changed_through:
        return
    model.changed_through, model.change_usd, model.called_away = quarter, 0.0, CalledAway()
    changes = [change for change in model.base.changes if change.quarter == quarter]
    if changes:
        before, model.config = model.config, in_force(model.base, quarter)
        settings_take_effect(model, before)
    if changes or quarter == FIRST_MEASURED:
        _chosen_takes_effect(model, quarter)
    if quarter == FIRST_MEASURED:
        model.money.given(model.base.added_usd_per_year)
    for change in changes:
        people_go_and_come(model, change)


def settings_take_effect(model: GoToMarket, before: SimConfig) -> None:
    """Market, money and teams are as they are set from now on; today's facts stay the yardstick."""
    now = model.config
    model.laws = laws_of(now.company, now.market)
    model.market_size = model.market_size.at(model.quarter, before.market.growth_per_year)
    model.money.own_usd *= now.company.program_budget_usd_per_year / before.company.program_budget_usd_per_year
    for function in (SALES, MARKETING):
        resizing.resize(model, function)
    model.planner = Planner(now, model.chosen).under(model.practices)
    model.pressure = reviewing.pressure(model)
    reviewing.hold_trust(model)


def _chosen_takes_effect(model: GoToMarket, quarter: int) -> None:
    config, before = model.config, model.chosen
    chosen = TodayConfig(config.org, config.practices, config.roles)
    is_reorganised = (chosen.org, chosen.roles) != (before.org, before.roles)
    if not config.transition and (is_reorganised or quarter == FIRST_MEASURED):
        starting.take_up(model, chosen)
    elif is_reorganised:
        reorganise(model, chosen)
    else:
        model.chosen = chosen
        model.planner = Planner(config, chosen).under(model.practices)


def people_go_and_come(model: GoToMarket, change: Change) -> None:
    """Who leaves at the quarter's start, and who starts then, found beforehand."""
    structure = model.planner.structure
    for name in change.leaves:
        if name in structure.names:
            _leader_leaves(model, structure.names.index(name))
        else:
            function, seat = _seat(name)
            _staff_leaves(model, function, seat)
    for name in change.hires:
        if name in structure.names:
            model.leaders.vacant_weeks[structure.names.index(name)] = 0.0
        else:
            function, seat = _seat(name)
            (model.sales, model.marketing)[function].vacant_weeks[seat] = 0.0


def _seat(name: str) -> tuple[int, int]:
    """Function and number, from 0, of a seat such as salesperson_3."""
    kind, _, number = name.rpartition("_")
    return list(SEATS).index(kind), int(number) - 1


def _leader_leaves(model: GoToMarket, post: int) -> None:
    """A post falls vacant; nobody leaves twice."""
    config, structure = model.config, model.planner.structure
    if model.leaders.vacant_weeks[post] > 0.0:
        return
    leaves = np.arange(structure.n) == post
    leave_posts(model.leaders, leaves, structure, config.people, config.mechanisms, model.luck)
    living.meet_afresh(model, leaves)
    model.called_away = model.called_away._replace(posts=(*model.called_away.posts, post))


def _staff_leaves(model: GoToMarket, function: int, seat: int) -> None:
    """A seat falls vacant; nobody leaves twice."""
    config, team = model.config, (model.sales, model.marketing)[function]
    if team.vacant_weeks[seat] > 0.0:
        return
    leaves = np.arange(team.n) == seat
    team.leave(leaves, config.people, model.luck)
    resizing.strangers_come(model, function, leaves)
    sales, marketing = model.called_away.staff
    staff = (sales + (function == SALES), marketing + (function == MARKETING))
    model.called_away = model.called_away._replace(staff=staff)
