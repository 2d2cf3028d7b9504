"""Each mechanism off means its written neutral level: what it silences moves nothing, and on it does."""

from dataclasses import replace

import numpy as np
import pytest

from sim.compose import sim_config
from sim.config import MechanismsConfig, TodayConfig
from sim.org.leaders import hired_leaders
from sim.org.planning import Planner
from sim.org.programmes import own_content_share
from sim.randomness import Luck

PRESSURE = 0.1


def changed_post(config, function, **changes):
    """The config with the post that leads a function changed (profile fields are told apart by name)."""
    name, post = next((n, p) for n, p in config.org.posts.items() if function in p.functions)
    profile = {k: v for k, v in changes.items() if hasattr(post.profile, k)}
    rest = {k: v for k, v in changes.items() if k not in profile}
    post = replace(post, profile=replace(post.profile, **profile), **rest)
    return replace(config, org=replace(config.org, posts={**config.org.posts, name: post}))


def planned(config, cooperation=None, exhaustion=0.0, luck=None):
    """The settled plan of a config's structure, and its leaders."""
    planner = Planner(config, TodayConfig(config.org, config.practices, config.roles))
    leaders = hired_leaders(planner.structure, config.people, config.mechanisms, luck)
    leaders.exhaustion[:] = exhaustion
    c = planner.cooperation_target(leaders, PRESSURE) if cooperation is None else cooperation
    planner.settle(leaders, PRESSURE, c)
    return planner.decided(leaders, PRESSURE, c), leaders


def world(*overrides):
    return sim_config("company=medium", *overrides)


SHORT, LONG = {"planning_horizon_quarters": 1.0}, {"planning_horizon_quarters": 12.0}
HORIZON_CHANNELS = [  # switch, structure, whose horizon, what it moves
    ("horizon_discount", "separate", "sales", lambda plan: plan.discount_cap),
    ("horizon_budget", "separate", "marketing", lambda plan: plan.budget_shares),
    ("horizon_lead_bar", "merged_balanced", "marketing", lambda plan: (plan.lead_bar, plan.nurture_bar)),
    ("horizon_reallocation", "separate", "marketing", lambda plan: plan.programme_value),
    ("horizon_attention", "founder_led", "marketing", lambda plan: plan.attention),
]


@pytest.mark.parametrize(
    ("switch", "org", "function", "moved"), HORIZON_CHANNELS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_horizon_moves_its_decision_only_while_its_channel_is_on(switch, org, function, moved):
    for is_on in (True, False):
        config = world(f"org={org}", f"mechanisms.{switch}={str(is_on).lower()}")
        short, long = (planned(changed_post(config, function, **h))[0] for h in (SHORT, LONG))
        assert np.array_equal(moved(short), moved(long)) != is_on


@pytest.mark.parametrize(
    ("switch", "org", "function", "moved"), HORIZON_CHANNELS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_closed_channel_decides_at_the_boards_horizon(switch, org, function, moved):
    config = world(f"org={org}", f"mechanisms.{switch}=false", "company.board_horizon_quarters=6")
    board = {"planning_horizon_quarters": 6.0, "mandate": 1.0}
    quiet = replace(config.mechanisms, pressure=False, **{switch: True, "peer_mixing": False})
    open_config = replace(config, mechanisms=quiet, people=replace(config.people, pressure_slope=0.0))
    for led in ("sales", "marketing"):  # some decisions have two owners
        open_config = changed_post(open_config, led, **board)
    np.testing.assert_allclose(moved(planned(config)[0]), moved(planned(open_config)[0]), rtol=1e-9)


def test_experiments_are_valued_at_the_boards_horizon_while_their_channel_is_closed():
    config = world(
        "org=separate",
        "mechanisms.horizon_development=false",
        "mechanisms.mandate=false",
        "mechanisms.peer_mixing=false",
    )
    # share of experiments over share of brand = e_x w_board(4) / (e_b w_h(6)) up to the brand's weight alone
    ratios = []
    for horizon in (2.0, 8.0):
        shares = planned(changed_post(config, "marketing", planning_horizon_quarters=horizon))[0].budget_shares
        effective = horizon * np.exp(-PRESSURE)
        ratios.append(shares[3] / shares[0] / (1.0 + 6.0 / effective))
    assert ratios[0] == pytest.approx(ratios[1], rel=1e-9)


def test_pressure_shortens_horizons_only_while_its_slope_is_there():
    on, off = (planned(world("org=separate", f"people.pressure_slope={slope}"))[0] for slope in (1.0, 0.0))
    assert (on.horizon < off.horizon).all()


def test_a_superior_counts_only_while_mandates_do():
    for is_on in (True, False):
        config = world(
            "org=marketing_under_sales",
            f"mechanisms.mandate={str(is_on).lower()}",
            "mechanisms.peer_mixing=false",
        )
        short, long = (planned(changed_post(config, "sales", **h))[0].budget_shares for h in (SHORT, LONG))
        assert np.array_equal(short, long) != is_on


def test_a_peer_counts_only_while_mixing_is_on():
    for is_on in (True, False):
        config = world("org=separate", f"mechanisms.peer_mixing={str(is_on).lower()}")
        apart, together = (planned(config, cooperation=c)[0].discount_cap for c in (0.0, 1.0))
        assert (apart == together) != is_on


def test_a_background_matters_only_while_there_is_a_penalty_away_from_home():
    for is_on in (True, False):
        config = world("org=merged_sales_led", f"mechanisms.away_penalty={str(is_on).lower()}")
        stranger, at_home = (
            planned(changed_post(config, "marketing", marketing_background=b))[0].quality for b in (0.0, 1.0)
        )
        assert np.array_equal(stranger, at_home) != is_on


def test_persons_differ_only_while_profiles_have_spread():
    for is_on in (True, False):
        config = world("org=separate", f"mechanisms.profile_spread={str(is_on).lower()}")
        skills = [planned(config, luck=Luck(seed))[1].skill for seed in (0, 1)]
        assert np.array_equal(*skills) != is_on


def test_versatility_is_nobodys_while_cross_domain_is_off():
    config = world("org=merged_balanced")
    assert planned(config)[0].cross_domain > 0.0
    off = replace(config, mechanisms=replace(config.mechanisms, cross_domain=False))
    assert planned(off)[0].cross_domain == 0.0


def test_needs_are_met_whatever_the_hours_while_attention_is_not_scarce():
    for is_on in (True, False):
        config = world("org=separate", f"mechanisms.attention_scarcity={str(is_on).lower()}")
        plan = planned(changed_post(config, "marketing", hours_per_week=8.0))[0]
        assert np.allclose(plan.attention.sum(axis=0), plan.needs) != is_on


def test_spare_hours_idle_while_switched_off():
    assert planned(world("org=separate"))[0].spare.sum() > 10.0
    assert planned(world("org=separate", "mechanisms.spare_hours=false"))[0].spare.sum() == 0.0


def test_other_clients_cost_hours_only_while_switching_does():
    for is_on in (True, False):
        config = world("org=separate", f"mechanisms.switching_loss={str(is_on).lower()}")
        one, four = (
            planned(changed_post(config, "marketing", hours_per_week=14.0, other_domains=n))[0].hours.sum()
            for n in (0, 3)
        )
        assert (one == four) != is_on


def test_a_part_time_leader_with_three_other_clients_loses_a_third():
    with_loss, without = (
        planned(world("org=fractional_cmo", f"mechanisms.switching_loss={on}"))[0].hours[-1] for on in ("true", "false")
    )
    assert 0.25 <= (without - with_loss) / 14.0 <= 0.35


def test_two_leaders_meet_only_while_meetings_are_on():
    for is_on in (True, False):
        config = world("org=separate", f"mechanisms.leader_meetings={str(is_on).lower()}")
        few, many = (
            planned(replace(config, people=replace(config.people, leader_meeting_hours=h)))[0].hours.sum()
            for h in (0.0, 6.0)
        )
        assert (few == many) != is_on


def test_one_leader_never_meets_a_peer():
    few, many = (planned(world("org=merged_balanced", f"people.leader_meeting_hours={h}"))[0].hours for h in (0, 6))
    assert np.array_equal(few, many)


def test_everybody_counts_all_costs_while_internalisation_is_off():
    assert min(planned(world("org=separate"))[0].internalisation) < 1.0
    assert planned(world("org=separate", "mechanisms.internalisation=false"))[0].internalisation == (1.0, 1.0)


@pytest.mark.parametrize("practices", ["none", "typical", "strong"])
def test_one_mind_internalises_at_least_as_much_as_two(practices):
    one, two = (
        planned(world(f"org={o}", f"practices={practices}"))[0].internalisation for o in ("merged_balanced", "separate")
    )
    assert min(one) >= max(two)


def test_two_leaders_agree_in_everything_while_cooperation_is_off():
    assert planned(world("org=separate"))[0].cooperation < 1.0
    assert planned(world("org=separate", "mechanisms.cooperation=false"))[0].cooperation == 1.0


def test_own_content_stays_at_its_floor_while_switched_off():
    config = world("org=no_marketing")
    plan = planned(config)[0]
    assert own_content_share(plan, config.people, True) > config.people.own_content_floor
    assert own_content_share(plan, config.people, False) == config.people.own_content_floor


def test_leaders_strain_costs_hours_only_while_switched_on():
    for is_on in (True, False):
        config = world("org=separate", f"mechanisms.leader_strain={str(is_on).lower()}")
        rested, worn = (planned(config, exhaustion=e)[0].hours.sum() for e in (0.0, 2.0))
        assert (rested == worn) != is_on


CLAMPS = [
    ("cooperation=0.3", "separate", lambda plan: plan.cooperation, 0.3),
    ("internalisation=0.2", "merged_balanced", lambda plan: plan.internalisation, (0.2, 0.2)),
    ("horizon_quarters=3", "separate", lambda plan: tuple(plan.horizon), (3.0, 3.0)),
]


@pytest.mark.parametrize(("clamp", "org", "read", "value"), CLAMPS, ids=[c[0] for c in CLAMPS])
def test_a_clamp_holds_its_state(clamp, org, read, value):
    assert read(planned(world(f"org={org}", f"mechanisms.clamp.{clamp}"))[0]) == value


def test_clamped_attention_is_given_to_marketing_as_asked():
    plan = planned(
        world("org=merged_sales_led", "mechanisms.clamp.attention_marketing_share=0.05", "people.need_factor=2")
    )[0]
    marketing = plan.attention[0, 3:].sum()
    assert marketing / plan.attention.sum() == pytest.approx(0.05, abs=0.01)


def test_every_switch_is_on_by_default_and_says_what_off_means():
    for name in MechanismsConfig.__dataclass_fields__:
        if name != "clamp":
            assert getattr(MechanismsConfig(), name) is True
            assert len(MechanismsConfig.__dataclass_fields__[name].metadata["parameter"].source) > 20
