"""The case for merging has teeth: for each of its mechanisms a world in which it alone makes one leader win.

The worlds are in `worlds.PRO_MERGING`; `worlds.table_of_leads()` gives all leads at once.
"""

from dataclasses import replace

import numpy as np
import pytest

from sim.config import TodayConfig
from sim.org.leaders import hired_leaders
from sim.org.planning import Planner
from sim.org.structure import MARKETING, SALES
from tests.invariants.worlds import OF_LEADERS, ONE, PRO_MERGING, TWO, closed, composed, parted, run, without

WORLDS = pytest.mark.parametrize("world", PRO_MERGING, ids=lambda world: world.mechanism)


@WORLDS
def test_without_the_mechanism_one_leader_and_two_tie(world):
    """At equal pay, in value too; the bar for leads may differ where none is low enough to meet it."""
    one, two = (run(config) for config in world.pair(is_open=False, quarters=2))
    assert not parted(one, two, OF_LEADERS | {"lead_bar"})
    assert one.results()["npv_usd"] == pytest.approx(two.results()["npv_usd"], rel=1e-9)


@WORLDS
def test_the_mechanism_alone_makes_one_leader_win(world):
    lead = world.lead_of_one()
    assert lead.low > 0.0, lead


def settled_leaders(org, *switches_off):
    """Leaders of a structure where hours are plenty but strangers are at a loss."""
    config = without(closed(org, opened=("away_penalty",)), *switches_off)
    planner = Planner(config, TodayConfig(config.org, config.practices, config.roles))
    leaders = hired_leaders(planner.structure, config.people, config.mechanisms, None)
    planner.settle(leaders, 0.0, 1.0)
    return leaders


def test_one_leader_learns_the_second_domain():
    """Learning can't put one leader ahead by itself; it makes good half of what is lost away from home."""
    fresh, learned = (settled_leaders(ONE, *off) for off in (["learning"], []))
    home = fresh.skill[0, SALES]
    assert learned.skill[0, SALES] == pytest.approx(home)
    assert home - learned.skill[0, MARKETING] == pytest.approx(0.5 * (home - fresh.skill[0, MARKETING]))


def test_learning_the_second_domain_narrows_the_gap_to_two_leaders():
    gaps = []
    for off in ([], ["learning"]):
        config = without(closed(ONE, opened=("away_penalty",), quarters=4), *off)
        gaps.append([run(config, seed).rows[-1]["brand_equity"] for seed in range(2)])
        two = without(closed(TWO, opened=("away_penalty",), quarters=4), *off)
        gaps.append([run(two, seed).rows[-1]["brand_equity"] for seed in range(2)])
    learned, two, fresh, two_without = np.array(gaps)
    assert (two == two_without).all()
    assert (fresh < learned).all()
    assert (learned < two).all()


def test_two_leaders_who_agree_in_everything_are_no_less_at_peace_than_one():
    """Quarrels with a peer come on top of those of one's people: at full cooperation there are none."""
    opened = ("leader_strain", "conflict")
    one, two = (closed(org, "people.strain_noise=0", "people.strain_trait=0", opened=opened) for org in (ONE, TWO))
    assert run(one).leaders.exhaustion[0] == pytest.approx(run(two).leaders.exhaustion[0])
    apart = replace(two, mechanisms=replace(two.mechanisms, clamp=replace(two.mechanisms.clamp, cooperation=0.2)))
    assert run(apart).leaders.exhaustion[0] > run(one).leaders.exhaustion[0]


def test_the_files_for_one_leader_pay_one_salary():
    paid = {org: sum(post.pay_ratio for post in composed(org).org.posts.values()) for org in (ONE, TWO)}
    assert paid[ONE] < paid[TWO] - 0.5
