"""Each mechanism off means its written neutral level: what it silences moves nothing, and on it does."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim.compose import sim_config
from sim.config import MechanismsConfig, TodayConfig
from sim.model import GoToMarket
from sim.org.conflict import LOWEST
from sim.org.content import own_content_share
from sim.org.horizon import payoff_weight
from sim.org.leaders import hired_leaders
from sim.org.planning import Planner
from sim.org.structure import MARKETING, SALES
from sim.org.trust import OF_MARKETING, OF_SALES
from sim.past import begun, remembered_channels
from sim.phases import living
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
    # share of experiments over share of brand = e_x w_board(L_x) / (e_b w_h(L_b)) up to the brand's weight alone
    ratios = []
    for horizon in (2.0, 8.0):
        shares = planned(changed_post(config, "marketing", planning_horizon_quarters=horizon))[0].budget_shares
        effective = horizon * np.exp(-PRESSURE)
        weight = payoff_weight(config.activities.brand.lag_quarters, effective, config.people.kernel_order)
        ratios.append(shares[3] / shares[0] * weight)
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
        config = world("org=separate", f"mechanisms.profile_spread={str(is_on).lower()}", "mechanisms.learning=false")
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
    people = world("org=no_marketing").people
    for supplied in (0.0, 0.5, 1.0):
        assert own_content_share(people, supplied, False) == people.own_content_floor
    assert own_content_share(people, 0.5, True) > people.own_content_floor


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


# ---- lived: what a switch silences moves nothing while it is off, and something while it is on

QUARTERS = 7  # four of warm-up, three measured: long enough for a year's memory to be felt
SILENCED = {  # switch: what it silences, moved as far as it goes
    "trust": """people.trust_gain=1 people.trust_decay=0.1 people.trust_newcomer=0.9 people.contact_hours_base=5
        people.promise_undefined=0.9 people.promise_defined=0.9 people.fairness_weight=0.9
        pathways.contact_joint_reviews=9 pathways.contact_cross_learning=9""",
    "conflict": """people.conflict_median=3 people.conflict_skew=1.4 people.conflict_trust=2
        people.conflict_pressure=2 people.conflict_unfairness=5 people.conflict_person=0 people.conflict_quarter=0
        people.conflict_hours=2 people.cooperation_conflict=0.5 people.single_unit_relief=0.5""",
    "single_unit": "people.single_unit_relief=0.5",
    "attribution": """people.attribution=first people.logged_share=0.05 people.credit_bias=2
        pathways.logged_shared_crm=0""",
    "practice_upkeep": """people.upkeep_slope=2 people.aspired_alignment=0.3 people.perception_bias=0.4
        people.perception_noise=0.4""",
    "role_ambiguity": "people.ambiguity_hybrid=4 people.ambiguity_new_leader=2",
    "insight": """people.insight_base=0.9 people.insight_leadership=1 people.insight_adjustment=1
        pathways.insight_joint_reviews=1 pathways.insight_shared_crm=1""",
    "channels": """people.channel_drift=0.5 people.channel_memory=0.5 people.channel_fatigue=0.9
        people.channel_recovery=0.9 people.exploration_per_quarter=3 people.experiments_elasticity=1
        people.belief_learning=1 people.belief_noise=2 people.belief_sharpness=4 people.credit_bias=2""",
    "learning": """people.learning_per_quarter=0.5 people.fading_per_quarter=0.4 people.skill_floor=0.8
        people.learnable_share=0""",
    "leader_departure": """people.leader_attrition_per_year=1.5 people.leader_search_weeks=100 people.rarity_slope=5
        people.leader_replacement_share=3 people.leader_ramp_months=18""",
    "variable_pay": """people.salesperson_variable_share=0.8 people.marketer_variable_share=0.8 people.accelerator=4
        pathways.pooled_unified_incentives=0""",
    "attrition": """people.sales_attrition_per_year=1.4 people.marketing_attrition_per_year=1.4 people.search_weeks=100
        people.replacement_cost_share=3""",
    "staff_strain": "people.strain_output=0.3 norms.sales.leaving=1 norms.marketing.leaving=1",
    "leader_strain": "people.strain_leader_hours=0.2 norms.leaders.leaving=1",
    "cooperation": """people.cooperation_base=0.9 people.cooperation_adjustment=1 people.cooperation_conflict=0.5
        people.cooperation_pressure=1 people.cooperation_level_gap=2 pathways.cooperation_shared_kpis=1""",
    "cross_domain": "people.cross_domain_slope=0.9 people.consistency_cross_domain=0.5",
    "reallocation": "people.reallocation_limit=0 people.reallocation_lag=0",
    "own_content": "people.own_content_extra=0.3",
    "switching_loss": "people.switching_loss=0.25",
    "leader_meetings": "people.leader_meeting_hours=9",
}
NEUTRAL = {  # switch: settings at which the mechanism, though on, is at its neutral level
    "single_unit": "people.single_unit_relief=0",
    "attribution": "people.attribution=shared people.logged_share=1",
    "practice_upkeep": "people.upkeep_slope=0",
    "role_ambiguity": """people.ambiguity_hybrid=0 people.ambiguity_new_leader=0 norms.sales.ambiguity.mean=0
        norms.marketing.ambiguity.mean=0""",
    "learning": "people.learning_per_quarter=0 people.fading_per_quarter=0 people.learnable_share=0",
    "leader_departure": "people.leader_attrition_per_year=0",
    "variable_pay": "people.salesperson_variable_share=0 people.marketer_variable_share=0",
    "staff_strain": """people.strain_output=0 people.strain_leaving=0 norms.sales.leaving=0
        norms.marketing.leaving=0""",
    "cross_domain": "people.cross_domain_slope=0 people.consistency_cross_domain=0",
    "reallocation": "people.reallocation_limit=0",
    "own_content": "people.own_content_extra=0",
    "switching_loss": "people.switching_loss=0",
    "leader_meetings": "people.leader_meeting_hours=0",
}
SEEN_IN = {  # where a switch has something to silence, if not between two leaders
    "single_unit": "org=merged_balanced", "cross_domain": "org=merged_balanced", "learning": "org=founder_led",
    "role_ambiguity": "roles=hybrid", "own_content": "org=no_marketing", "switching_loss": "org=founder_led",
    "reallocation": "org=merged_marketing_led",
}  # fmt: skip
REPORTED = {  # columns in which a setting is only reported, or a hazard that is never met
    "attribution": ("recorded_first_usd", "recorded_last_usd", "recorded_shared_usd", "recorded_marketing_usd"),
    "practice_upkeep": ("perceived_alignment",),
    "leader_departure": ("seat_years_leaders",),
}


def switched(tiny_with, switch, is_on, where="", moved=""):
    return tiny_with(*where.split(), *moved.split(), f"mechanisms.{switch}={str(is_on).lower()}")


def lived(config, past, seed=3, quarters=QUARTERS):
    """A model after some quarters of a future."""
    model = GoToMarket(config, seed, past)
    for _ in range(quarters):
        model.step()
    model.forget()
    return model


def told(config, past, without=()):
    """Every row of a future as text that two bit-identical futures share."""
    rows = [{k: v for k, v in row.items() if k not in without} for row in lived(config, past).rows]
    return json.dumps(rows)


@pytest.mark.parametrize("switch", SILENCED)
def test_what_a_switch_silences_moves_nothing_while_it_is_off_and_something_while_it_is_on(
    switch, tiny_with, tiny_past
):
    where, reported = SEEN_IN.get(switch, ""), REPORTED.get(switch, ())
    for is_on in (True, False):
        configs = (switched(tiny_with, switch, is_on, where, moved) for moved in ("", SILENCED[switch]))
        usual, far = (told(config, tiny_past, reported) for config in configs)
        assert (usual == far) != is_on


@pytest.mark.parametrize("switch", NEUTRAL)
def test_off_is_the_neutral_level_and_nothing_else(switch, tiny_with, tiny_past):
    where, reported = SEEN_IN.get(switch, ""), REPORTED.get(switch, ())
    configs = (switched(tiny_with, switch, is_on, where, NEUTRAL[switch]) for is_on in (True, False))
    on, off = (told(config, tiny_past, reported) for config in configs)
    assert on == off


def test_trust_is_the_references_for_every_pair_while_it_is_off(tiny_with, tiny_past):
    for quarters in (0, 3, 7):
        model = lived(switched(tiny_with, "trust", False), tiny_past, quarters=quarters)
        norms = model.config.norms
        assert (model.trust.level[OF_SALES] == norms.trust_of_sales.mean).all()
        assert (model.trust.level[OF_MARKETING] == norms.trust_of_marketing.mean).all()
    model = lived(switched(tiny_with, "trust", True), tiny_past)
    assert len(np.unique(model.trust.level)) == model.trust.level.size


def test_everybody_is_at_the_lowest_conflict_and_no_hour_is_quarrelled_away_while_conflict_is_off(tiny_with, tiny_past):
    peace, quarrels = (lived(switched(tiny_with, "conflict", is_on), tiny_past) for is_on in (False, True))
    for team in (peace.sales, peace.marketing):
        assert (team.conflict == LOWEST).all()
    assert (living.raw_leader_conditions(peace, peace.plan, peace.pressure)["conflict"] == LOWEST).all()
    assert max(team.conflict.max() for team in (quarrels.sales, quarrels.marketing)) > LOWEST
    assert quarrels.sales_desk.kept_share < peace.sales_desk.kept_share


def test_people_of_one_unit_quarrel_less_only_while_that_is_on(tiny_with, tiny_past):
    related, unrelated = (
        lived(
            switched(tiny_with, "single_unit", is_on, "org=merged_balanced", "mechanisms.attrition=false"),
            tiny_past,
            quarters=5,
        )
        for is_on in (True, False)
    )
    assert (related.sales.conflict < unrelated.sales.conflict).all()
    # Two leaders' people are no unit, so for them the switch means nothing.
    two_leaders = "company.today.org=separate"
    on, off = (told(switched(tiny_with, "single_unit", is_on, two_leaders), tiny_past) for is_on in (True, False))
    assert on == off


def test_the_record_is_the_truth_while_attribution_is_off(tiny_with, tiny_past):
    true, recorded = (lived(switched(tiny_with, "attribution", is_on), tiny_past) for is_on in (False, True))
    truth = true.rows[-1]["true_marketing_share"]
    # What was remembered of the past was recorded as usual; a year and three quarters have passed since.
    assert true.credit.recorded_share == pytest.approx(truth, abs=0.04)
    assert recorded.credit.recorded_share != pytest.approx(recorded.credit.true_share, abs=0.01)


def test_practices_are_lived_as_set_while_upkeep_is_off(tiny_with, tiny_past):
    kept, left = (lived(switched(tiny_with, "practice_upkeep", is_on), tiny_past) for is_on in (False, True))
    assert kept.practices == kept.config.practices
    assert left.practices != left.config.practices


def test_role_ambiguity_is_the_references_while_it_is_off(tiny_with, tiny_past):
    for is_on in (True, False):
        model = lived(switched(tiny_with, "role_ambiguity", is_on, "roles=hybrid"), tiny_past)
        unclear = living.sales_conditions(model)["ambiguity"]
        assert (unclear == model.config.norms.sales.ambiguity.mean).all() != is_on
        assert (unclear > 0.1).all() == is_on


def test_insight_stays_where_it_was_at_the_start_while_it_is_off(tiny_with, tiny_past):
    for is_on in (True, False):
        model = lived(switched(tiny_with, "insight", is_on), tiny_past)
        assert (model.programmes.insight == tiny_past.usual.insight) != is_on


def test_a_dollar_of_activation_does_what_it_does_today_while_channels_are_off(tiny_with, tiny_past):
    off = switched(tiny_with, "channels", False)
    model = lived(off, tiny_past)
    assert model.channel_effect == 1.0
    assert [row["channels_found"] for row in model.rows] == [0.0] * QUARTERS
    assert lived(switched(tiny_with, "channels", True), tiny_past).channel_effect != 1.0
    # The company's past knows no other channels either, or those after the horizon would be others.
    assert remembered_channels(off, np.ones(4))[1] == 1.0


def after_a_quarter(model, vacant_weeks):
    """Skill of leaders who know half of it all, a quarter later."""
    model.leaders.skill[:] = 0.5
    model.leaders.vacant_weeks[:] = vacant_weeks
    model.step()
    return model.leaders.skill


def test_leaders_keep_the_competence_that_they_came_with_while_learning_is_off(tiny_with, tiny_past):
    for is_on in (True, False):
        config = switched(tiny_with, "learning", is_on, moved="mechanisms.leader_departure=false")
        skill = after_a_quarter(lived(config, tiny_past, quarters=5), 0.0)
        assert (skill[SALES, SALES] > 0.5) == (skill[SALES, MARKETING] < 0.5) == is_on
        assert (skill == 0.5).all() != is_on


def test_a_successor_who_has_yet_to_come_neither_learns_nor_forgets(tiny_with, tiny_past):
    config = tiny_with("org=separate", "mechanisms.leader_departure=false")
    skill = after_a_quarter(lived(config, tiny_past, quarters=5), [40.0, 0.0])
    assert (skill[SALES] == 0.5).all()
    assert (skill[MARKETING] != 0.5).all()


def test_no_leader_leaves_and_no_post_is_vacant_while_departures_are_off(tiny_with, tiny_past):
    restless = "people.leader_attrition_per_year=1.5"
    stay, go = (lived(switched(tiny_with, "leader_departure", on, moved=restless), tiny_past) for on in (False, True))
    assert stay.leaders.person.sum() == 0
    assert {row["leaders_present"] for row in stay.rows[4:]} == {2.0}
    assert {row["left_leaders"] for row in stay.rows} == {0.0}
    assert sum(row["left_leaders"] for row in go.rows) > 0.0
    assert min(row["leaders_present"] for row in go.rows[4:]) < 2.0


def test_nobody_is_pressed_while_pressure_is_off(tiny_with, tiny_past):
    for is_on in (True, False):
        model = lived(switched(tiny_with, "pressure", is_on), tiny_past, seed=4)  # bookings are below plan at first
        assert (max(row["pressure"] for row in model.rows) == model.pressure == 0.0) != is_on


def test_pay_is_fixed_while_it_is_not_variable_and_moves_nothing_but_money_while_it_is(tiny_with, tiny_past):
    for is_on in (True, False):
        model = lived(switched(tiny_with, "variable_pay", is_on), tiny_past)
        stated = model.paid_weeks[SALES] / 52 * model.config.company.salesperson_cost_usd_per_year
        assert (model.books.salespeople == pytest.approx(stated, rel=1e-12)) != is_on
    money = ("costs_usd", "profit_usd")
    on, off = (told(switched(tiny_with, "variable_pay", is_on), tiny_past, money) for is_on in (True, False))
    assert on == off


def test_two_leaders_agree_from_the_first_day_while_cooperation_is_off(tiny_with, tiny_past):
    restless = "people.leader_attrition_per_year=1.5 company.today.org=separate"
    model = lived(switched(tiny_with, "cooperation", False, moved=restless), tiny_past)
    assert {row["cooperation"] for row in model.rows} == {1.0}
    assert model.leaders.person.sum() > 0


def test_the_past_agrees_as_well_while_cooperation_is_off(tiny_with):
    config = switched(tiny_with, "cooperation", False, moved="company.today.org=separate")
    pilot = lived(config, begun(config), seed=-1, quarters=3)
    assert {row["cooperation"] for row in pilot.rows} == {1.0}


def test_every_switch_is_on_by_default_and_says_what_off_means():
    for name in MechanismsConfig.__dataclass_fields__:
        if name != "clamp":
            assert getattr(MechanismsConfig(), name) is True
            assert len(MechanismsConfig.__dataclass_fields__[name].metadata["parameter"].source) > 20
