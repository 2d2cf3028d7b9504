"""Structures are points in one space: each is another's special case, and the way from one to the other has no step."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.books import team_leads_cost_per_quarter
from sim.composition.catalogue import catalogue
from sim.config import PathwaysConfig, PeopleConfig, PracticesConfig, TodayConfig
from sim.org.attention import team_needs
from sim.org.content import content_used, message_consistency, own_content_share, supply
from sim.org.leaders import hired_leaders
from sim.org.planning import Planner
from sim.org.practices import cost_usd_per_quarter, leader_hours_per_week, staff_hours_per_week
from tests.invariants.worlds import PAY_OF_LEADERS, composed, parted, run, settled_in, with_posts, without

ORGS = catalogue().options("org")
PRESSURE = 0.1


def lived_in(org, *off, quarters=4):
    """Everything on but what is named, under a structure that the company has always had."""
    config = replace(composed("separate"), horizon_quarters=quarters)
    return without(settled_in(config, org), *off)


def org_of(name, **changes):
    """A structure from `conf/org`, its posts changed."""
    return with_posts(composed(name).org, **changes)


# ---- mandate


@pytest.mark.parametrize("name", ORGS)
def test_with_full_mandates_nobodys_superior_matters(name):
    org = org_of(name)
    org = with_posts(org, **{post: {"mandate": 1.0} for post in org.posts})
    # While a post is vacant its superior decides, so nobody leaves here.
    config = lived_in(org, "leader_departure")
    patient = replace(config, company=replace(config.company, board_horizon_quarters=30.0))
    assert not parted(run(config), run(patient), besides=set())


def test_with_full_mandates_a_chief_is_nothing_but_a_cost():
    heads = {"head_of_sales": {"mandate": 1.0}, "head_of_marketing": {"mandate": 1.0}}
    two = run(lived_in(org_of("separate", **heads), "leader_departure"))
    for horizon in (0.5, 20.0):
        chief = {"chief_revenue_officer": {"planning_horizon_quarters": horizon}}
        under = run(lived_in(org_of("cro_two_heads", **heads, **chief), "leader_departure"))
        assert parted(two, under, besides=set()) == PAY_OF_LEADERS | {"leaders_present"}


@pytest.mark.parametrize("name", ["separate", "marketing_under_sales", "merged_balanced"])
def test_a_full_mandate_is_what_no_mandates_at_all_come_to(name):
    org = org_of(name)
    full = with_posts(org, **{post: {"mandate": 1.0} for post in org.posts})
    on, off = lived_in(full, "leader_departure"), lived_in(org, "leader_departure", "mandate")
    assert not parted(run(on), run(off), besides=set())


# ---- one structure as another


MANDATED = {"mandate": 1.0}


def test_marketing_under_sales_with_a_full_mandate_is_the_separate_leader():
    under = org_of("marketing_under_sales", marketing_manager=MANDATED)
    beside = org_of("separate", head_of_marketing=MANDATED)
    runs = (run(lived_in(org, "leader_departure")) for org in (under, beside))
    assert not parted(*runs, besides=set())


def test_it_is_so_with_departures_too_where_superiors_look_equally_far():
    """A vacant post is decided for by its superior: the board, which no pressure hurries, or the head of sales."""
    equal = {"planning_horizon_quarters": 6.0, "horizon_spread": 0.0}
    under = org_of("marketing_under_sales", head_of_sales=equal, marketing_manager=MANDATED | equal)
    beside = org_of("separate", head_of_sales=equal, head_of_marketing=MANDATED | equal)
    one, other = (run(often_left(lived_in(org, "pressure", quarters=6))) for org in (under, beside))
    assert (one.leaders.person > 0).all()
    assert not parted(one, other, besides=set())


def often_left(config):
    """Leaders stay for eight months in the mean."""
    return replace(config, people=replace(config.people, leader_attrition_per_year=1.5))


def test_a_weaker_mandate_is_a_difference():
    runs = (run(lived_in(org_of(name), "leader_departure")) for name in ("marketing_under_sales", "separate"))
    assert parted(*runs)


def test_a_fractional_leader_with_full_hours_and_no_other_client_is_a_full_time_one():
    full = {"hours_per_week": 50.0, "other_domains": 0, "cost_usd_per_year": None, "pay_ratio": 0.9}
    fractional = org_of("fractional_cmo", fractional_head_of_marketing=full)
    runs = (run(lived_in(org, quarters=6)) for org in (fractional, org_of("separate")))
    assert not parted(*runs, besides=set())


def equalising(config):
    """Leaders equalise returns, and what they lead needs more hours than they have."""
    return replace(config, people=replace(config.people, attention_rule="marginal", need_factor=2.0))


def test_nesting_does_not_hang_on_how_leaders_share_out_their_hours():
    """A head of sales who is given both functions is `merged_sales_led`; a full mandate makes a manager a head."""
    two = org_of("separate", head_of_sales={"functions": ("marketing", "sales"), "pay_ratio": 1.15})
    given_both = replace(two, posts={"head_of_sales": two.posts["head_of_sales"]})
    under, beside = org_of("marketing_under_sales", marketing_manager=MANDATED), org_of("separate")
    beside = with_posts(beside, head_of_marketing=MANDATED)
    for one, other in ((given_both, org_of("merged_sales_led")), (under, beside)):
        runs = [run(equalising(lived_in(org, "leader_departure"))) for org in (one, other)]
        assert not parted(*runs, besides=set())


def test_one_leader_is_a_post_with_two_functions_and_nothing_else():
    """A head of sales who is given the other function, and the other's post closed, is `merged_sales_led`."""
    two = org_of("separate", head_of_sales={"functions": ("marketing", "sales"), "pay_ratio": 1.15})
    given_both = replace(two, posts={"head_of_sales": two.posts["head_of_sales"]})
    runs = (run(lived_in(org, quarters=6)) for org in (given_both, org_of("merged_sales_led")))
    assert not parted(*runs, besides=set())


@pytest.mark.parametrize("rule", ["luce", "marginal"])
@pytest.mark.parametrize("name", ORGS)
def test_names_and_order_of_posts_change_nothing(name, rule):
    org = org_of(name)
    called = {post: f"{chr(ord('z') - number)}_post" for number, post in enumerate(org.posts)} | {"board": "board"}
    posts = {called[post]: replace(held, reports_to=called[held.reports_to]) for post, held in org.posts.items()}
    other = replace(org, name="other", label="", phrase="", color="#000000", posts=dict(reversed(posts.items())))
    configs = (lived_in(structure, quarters=3) for structure in (org, other))
    plain, renamed = (run(equalising(config) if rule == "marginal" else config) for config in configs)
    assert not parted(plain, renamed, besides=set())
    assert plain.results()["npv_usd"] == renamed.results()["npv_usd"]


# ---- practices


OF_PRACTICE = {
    "shared_kpis": "kpis", "joint_reviews": "reviews", "role_clarity": "clarity", "shared_crm": "crm",
    "unified_incentives": "incentives", "cross_learning": "learning",
}  # fmt: skip
NONE = PracticesConfig(name="none", **dict.fromkeys(OF_PRACTICE, 0.0))


def far_off(names):
    """Pathways with these parameters at the upper end of their ranges."""
    ends = {f.name: f.metadata["parameter"].high for f in fields(PathwaysConfig) if f.name in names}
    return replace(PathwaysConfig(), **ends)


def all_costs(pathways, practices):
    """Hours of staff and of leaders a week, and USD a quarter."""
    return (
        staff_hours_per_week(pathways, practices),
        leader_hours_per_week(pathways, practices),
        cost_usd_per_quarter(pathways, practices, 18.0, 2_900_000.0),
    )


def under_practices(practices, pathways):
    """Two leaders who have always lived these practices."""
    config = replace(composed("separate"), practices=practices, pathways=pathways, horizon_quarters=2)
    return settled_in(config, config.org)


@pytest.mark.parametrize("practice", OF_PRACTICE)
def test_a_practice_at_0_costs_nothing_and_does_nothing(practice):
    own = {
        f.name for f in fields(PathwaysConfig) if f.name.endswith(practice) or f.name.startswith(OF_PRACTICE[practice])
    }
    dear, without_it = far_off(own), replace(PracticesConfig(), **{practice: 0.0})
    assert all_costs(dear, NONE) == (0.0, 0.0, 0.0)
    assert all_costs(dear, without_it) == all_costs(PathwaysConfig(), without_it)
    assert sum(all_costs(PathwaysConfig(), replace(NONE, **{practice: 1.0}))) > 0.0
    assert not parted(*(run(under_practices(without_it, p)) for p in (PathwaysConfig(), dear)), besides=set())
    assert parted(*(run(under_practices(PracticesConfig(), p)) for p in (PathwaysConfig(), dear)), besides=set())


def test_without_practices_no_pathway_matters():
    everything = far_off({f.name for f in fields(PathwaysConfig)})
    assert not parted(*(run(under_practices(NONE, p)) for p in (PathwaysConfig(), everything)), besides=set())


# ---- no step


def expected(config):
    """What is decided and comes of it on average, one number per quantity, each of the order of 1."""
    planner = Planner(config, TodayConfig(config.org, config.practices, config.roles))
    leaders = hired_leaders(planner.structure, config.people, config.mechanisms, None)
    cooperation = planner.cooperation_target(leaders, PRESSURE)
    planner.settle(leaders, PRESSURE, cooperation)
    plan = planner.decided(leaders, PRESSURE, cooperation)
    people = config.people
    supplied = supply(people, plan.coverage[5], content_used(people, 0.5, 0.5))
    story = message_consistency(people, config.pathways, config.practices, supplied, plan.cross_domain)
    hours = np.concatenate([plan.attention.sum(axis=0), plan.spare.sum(axis=0)]) / 10.0
    decided = [10.0 * plan.discount_cap, 10.0 * plan.lead_bar, plan.programme_value, *plan.internalisation]
    lived = [plan.cooperation, plan.cross_domain, story, 10.0 * own_content_share(people, supplied, True)]
    return np.concatenate([hours, plan.quality, plan.coverage, plan.budget_shares, decided, lived])


def largest_step(of, low, high, pieces=12, halvings=14):
    """Largest change within a 200,000th of the way: per quantity the piece that changes it most is halved again."""
    ends = np.linspace(low, high, pieces + 1)
    values = [of(x) for x in ends]
    parts = list(zip(ends, ends[1:], values, values[1:], strict=False))
    for _ in range(halvings):
        changes = np.array([np.abs(after - before) for _, _, before, after in parts])
        watched = [parts[i] for i in np.unique(changes.argmax(axis=0))]
        parts = []
        for a, b, before, after in watched:
            middle = 0.5 * (a + b)
            between = of(middle)
            parts += [(a, middle, before, between), (middle, b, between, after)]
    return max(np.abs(after - before).max() for _, _, before, after in parts)


def test_a_step_would_be_found():
    assert largest_step(lambda x: np.array([np.sin(9 * x), 0.01 * (x > 0.7234)]), 0.0, 1.0) > 0.009
    assert largest_step(lambda x: np.array([np.sin(9 * x), abs(x - 0.7234)]), 0.0, 1.0) < 1e-4


WAYS = {
    "hours_per_week": (0.5, 80.0),
    "mandate": (0.0, 1.0),
    "sales_background": (0.0, 1.0),
    "marketing_background": (0.0, 1.0),
    "cross_domain": (0.0, 1.0),
    "planning_horizon_quarters": (0.5, 30.0),
}


@given(
    name=st.sampled_from(ORGS),
    number=st.integers(0, 2),
    way=st.sampled_from(sorted(WAYS)),
    sizes=st.tuples(st.integers(1, 40), st.integers(1, 20)),
    other_domains=st.integers(0, 12),
    need_factor=st.floats(0.5, 2.0),
    switching_loss=st.floats(0.03, 0.25),
    kappa=st.floats(0.0, 1.0),
)
@settings(max_examples=15)
def test_what_is_expected_moves_with_a_posts_hours_mandate_and_skill_without_a_step(
    name, number, way, sizes, other_domains, need_factor, switching_loss, kappa
):
    config = composed(name)
    people = {"need_factor": need_factor, "switching_loss": switching_loss, "attention_competence_weight": kappa}
    teams = {"n_salespeople": sizes[0], "n_marketers": sizes[1]}
    config = replace(config, people=replace(config.people, **people), company=replace(config.company, **teams))
    post = sorted(config.org.posts)[number % len(config.org.posts)]

    def of(x):
        org = with_posts(config.org, **{post: {"other_domains": other_domains, way: float(x)}})
        return expected(replace(config, org=org))

    assert largest_step(of, *WAYS[way]) < 1e-3


def test_hours_of_a_leader_with_many_other_clients_bring_no_step():
    """Time lost between clients is part of the week: else losses would feed on themselves, and hours on a trap."""
    config = composed("fractional_cmo")
    config = replace(config, people=replace(config.people, switching_loss=0.25, need_factor=2.5))

    def of(hours):
        changes = {"other_domains": 12, "hours_per_week": float(hours)}
        return expected(replace(config, org=with_posts(config.org, fractional_head_of_marketing=changes)))

    assert largest_step(of, 2.0, 60.0) < 1e-3


@pytest.mark.parametrize("function", [0, 1])
def test_the_ninth_person_brings_no_step(function):
    """Needs and pay of team leads per further person: the ninth adds no more than the eighth or the tenth."""
    people = PeopleConfig()
    rows = []
    for size in range(5, 14):
        sizes = (size, 4) if function == 0 else (4, size)
        of_leader, of_leads = team_needs(people, sizes)
        rows.append([of_leader[function], of_leads[function], team_leads_cost_per_quarter(people, sizes)])
    added = np.diff(np.array(rows), axis=0)
    before, ninth, after = added[2], added[3], added[4]
    assert (ninth <= np.maximum(before, after) + 1e-9).all()
    assert (ninth >= np.minimum(before, after) - 1e-9).all()


@pytest.mark.parametrize("name", ["separate", "merged_sales_led"])
def test_a_span_that_passes_the_size_of_a_team_brings_no_step(name):
    config = composed(name)

    def of(span):
        return expected(replace(config, people=replace(config.people, span_of_control=float(span))))

    assert largest_step(of, 4.0, 14.0) < 1e-3
