"""A company reorganises: some stay, some go, some are sought, and for a while nobody knows who does what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.books import pay_usd_per_year
from sim.config import TodayConfig
from sim.org import reorganisation
from sim.org.leaders import Leaders
from sim.org.planning import Planner
from sim.org.structure import MARKETING, NOBODY, Structure
from sim.phases import living, resizing, starting

if TYPE_CHECKING:
    from sim.model import GoToMarket


def reorganise(model: GoToMarket, chosen: TodayConfig) -> None:
    """Structure and roles as chosen from the coming quarter on, with the people who are there.

    Posts, skills, strain, trust and stocks go on; what is new is sought and ramps up (`sim.org.reorganisation`).
    """
    config, before, roles = model.config, model.planner.structure, model.chosen.roles
    model.chosen = chosen
    model.planner = Planner(config, chosen).under(model.practices)
    structure = model.planner.structure
    old = model.leaders
    model.leaders = reorganisation.handed_over(
        old, before, structure, config.people, config.mechanisms, model.luck
    )  # fmt: skip
    if config.mechanisms.reorganisation:
        _is_paid_for(model, old, before)
        unsettled = reorganisation.is_unsettled(before, structure) | (chosen.roles != roles)
        model.unsettled = np.where(unsettled, 1.0, model.unsettled)
    resizing.staff_marketing(model, before.is_staffed[MARKETING])
    if not reorganisation.keeps_pair(before, structure):
        living.meet_afresh(model, np.ones(structure.n, dtype=bool))
    model.planner.settle_weeks(model.leaders, _newly_planned(model, before), model.pressure, model.cooperation)
    starting.leaders_sit_down(model)


def _is_paid_for(model: GoToMarket, old: Leaders, before: Structure) -> None:
    """Severance of leaders who must go, and the fee for finding each who is new; neither for an owner."""
    people, structure = model.config.people, model.planner.structure
    pay = [
        [
            0.0 if post.is_owner else pay_usd_per_year(model.config.company, post, people.leader_hours_per_week)
            for post in posts
        ]
        for posts in (before.posts, structure.posts)
    ]
    gone = reorganisation.leaves_behind(before, structure)
    severance = sum(pay[0][post] for post in gone if old.vacant_weeks[post] <= 0.0)
    found = np.flatnonzero(reorganisation.who_stays(before, structure) == NOBODY).tolist()
    fees = sum(pay[1][post] for post in found)
    model.change_usd += people.severance_share * severance + people.leader_replacement_share * fees


def _newly_planned(model: GoToMarket, before: Structure) -> list[int]:
    """Posts whose week is planned from scratch: of who is new, and while changes cost nothing of who has another remit.

    Who stays with another remit finds into it as into everything, half-way a quarter.
    """
    structure = model.planner.structure
    stays = reorganisation.who_stays(before, structure)
    is_free = not model.config.mechanisms.reorganisation
    return [
        post
        for post in range(structure.n)
        if stays[post] == NOBODY or (is_free and before.functions[stays[post]] != structure.functions[post])
    ]
