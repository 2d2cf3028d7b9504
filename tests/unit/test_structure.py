from dataclasses import replace
from functools import lru_cache

import pytest

from sim.compose import sim_config
from sim.config import FUNCTIONS, OrgConfig, Post, Profile
from sim.model import GoToMarket
from sim.org.structure import MARKETING, NOBODY, SALES, resolved

# Per structure: who leads sales and marketing, and who reports to whom other than the board.
KNOWN = {
    "separate": ("head_of_sales", "head_of_marketing", {}),
    "merged_sales_led": ("head_of_sales_and_marketing", "head_of_sales_and_marketing", {}),
    "merged_marketing_led": ("head_of_sales_and_marketing", "head_of_sales_and_marketing", {}),
    "merged_balanced": ("head_of_sales_and_marketing", "head_of_sales_and_marketing", {}),
    "founder_led": ("founder", "founder", {}),
    "no_marketing": ("head_of_sales", "head_of_sales", {}),
    "fractional_cmo": ("head_of_sales", "fractional_head_of_marketing", {}),
    "marketing_under_sales": ("head_of_sales", "marketing_manager", {"marketing_manager": "head_of_sales"}),
    "cro_two_heads": (
        "head_of_sales",
        "head_of_marketing",
        {"head_of_sales": "chief_revenue_officer", "head_of_marketing": "chief_revenue_officer"},
    ),
}


@lru_cache
def of_conf(name):
    return resolved(sim_config("company=medium", f"org={name}").org)


def of_posts(**posts):
    return resolved(OrgConfig("a structure", posts))


def number(structure, name):
    return structure.names.index(name)


def test_every_structure_in_conf_is_known_here(structured):
    assert structured.org.name in KNOWN


@pytest.mark.parametrize("name", KNOWN)
def test_each_structure_has_the_leaders_that_its_comment_names(name):
    structure = of_conf(name)
    of_sales, of_marketing, reports = KNOWN[name]
    assert [structure.names[post] for post in structure.leader_of] == [of_sales, of_marketing]
    assert structure.n == len({of_sales, of_marketing, *reports.values()})
    for post, title in enumerate(structure.names):
        above = structure.superior[post]
        assert (None if above == NOBODY else structure.names[above]) == reports.get(title)


@pytest.mark.parametrize("name", KNOWN)
def test_two_leaders_are_peers_and_one_has_none(name):
    structure = of_conf(name)
    of_sales, of_marketing = structure.leader_of
    if of_sales == of_marketing:
        assert not structure.has_two_leaders
        assert [structure.peer_of(post) for post in range(structure.n)] == [NOBODY] * structure.n
    else:
        assert structure.has_two_leaders
        assert structure.peer_of(of_sales) == of_marketing
        assert structure.peer_of(of_marketing) == of_sales


def test_only_the_structure_without_marketing_leaves_it_unstaffed():
    staffed = {name: of_conf(name).is_staffed for name in KNOWN}
    assert {name for name, is_staffed in staffed.items() if is_staffed != (True, True)} == {"no_marketing"}
    assert staffed["no_marketing"] == (True, False)


def test_an_unstaffed_marketing_is_the_sales_leaders_to_decide():
    structure = of_conf("no_marketing")
    assert structure.functions == ((SALES,),)
    assert structure.leader_of == (0, 0)


def test_a_fractional_leader_has_14_hours_and_three_other_clients():
    post = of_conf("fractional_cmo").posts[MARKETING]
    assert (post.hours_per_week, post.other_domains, post.cost_usd_per_year) == (14.0, 3, 120_000.0)


def test_a_founder_leads_both_in_part_of_a_week_with_two_other_duties():
    (post,) = of_conf("founder_led").posts
    assert set(post.functions) == set(FUNCTIONS)
    assert (post.hours_per_week, post.other_domains) == (24.0, 2)


def test_marketing_under_sales_has_a_weaker_mandate_than_its_superior():
    structure = of_conf("marketing_under_sales")
    of_sales, of_marketing = (structure.posts[post] for post in structure.leader_of)
    assert of_marketing.mandate == 0.4
    assert of_sales.mandate == 0.8


def test_a_peer_may_also_be_the_superior():
    structure = of_conf("marketing_under_sales")
    of_sales, of_marketing = structure.leader_of
    assert structure.superior[of_marketing] == structure.peer_of(of_marketing) == of_sales


def test_a_revenue_chief_leads_nothing_and_has_no_peer():
    structure = of_conf("cro_two_heads")
    chief = number(structure, "chief_revenue_officer")
    assert structure.functions[chief] == ()
    assert structure.peer_of(chief) == NOBODY
    assert structure.answers_for_both(chief)
    assert not structure.answers_for_both(structure.leader_of[SALES])


def test_the_board_answers_for_both_functions():
    for name in KNOWN:
        assert of_conf(name).answers_for_both(NOBODY)


THREE_LEVELS = {
    "top": Post(pay_ratio=1.9),
    "middle": Post(reports_to="top", pay_ratio=1.3),
    "sales": Post(functions=("sales",), reports_to="middle", pay_ratio=0.9),
    "marketing": Post(functions=("marketing",), reports_to="top", pay_ratio=0.7),
}


def test_in_a_chain_whoever_has_both_below_answers_for_both():
    structure = of_posts(**THREE_LEVELS)
    answers = {name: structure.answers_for_both(number(structure, name)) for name in structure.names}
    assert answers == {"top": True, "middle": False, "sales": False, "marketing": False}
    assert structure.superior[number(structure, "sales")] == number(structure, "middle")
    assert structure.superior[number(structure, "middle")] == number(structure, "top")
    assert structure.superior[number(structure, "top")] == NOBODY
    assert structure.peer_of(number(structure, "sales")) == number(structure, "marketing")


def test_a_leader_with_a_function_of_ones_own_answers_for_both_through_a_report():
    structure = of_posts(
        top=Post(functions=("marketing",)),
        middle=Post(reports_to="top"),
        sales=Post(functions=("sales",), reports_to="middle"),
    )
    assert structure.answers_for_both(number(structure, "top"))
    assert not structure.answers_for_both(number(structure, "middle"))


def test_posts_are_numbered_by_what_they_lead_and_not_by_their_place_in_a_file():
    for order in (THREE_LEVELS, dict(reversed(THREE_LEVELS.items()))):
        assert of_posts(**order).names == ("sales", "marketing", "top", "middle")


def test_the_order_in_which_functions_are_listed_does_not_matter():
    one, other = (of_posts(head=Post(functions=both)) for both in (FUNCTIONS, FUNCTIONS[::-1]))
    assert one.functions == other.functions == ((SALES, MARKETING),)


def test_leaders_in_one_structure_never_share_their_luck():
    for name in KNOWN:
        structure = of_conf(name)
        numbers = [structure.luck_number(post) for post in range(structure.n)]
        assert len(set(numbers)) == structure.n
    chain = of_posts(**THREE_LEVELS)
    assert len({chain.luck_number(post) for post in range(chain.n)}) == chain.n


def test_a_posts_luck_is_that_of_the_first_function_it_leads():
    for name in KNOWN:
        structure = of_conf(name)
        for post, led in enumerate(structure.functions):
            if led:
                assert structure.luck_number(post) == led[0]


def test_whoever_leads_sales_alone_or_with_marketing_meets_the_same_luck():
    of_sales = {of_conf(name).luck_number(of_conf(name).leader_of[SALES]) for name in KNOWN}
    assert of_sales == {SALES}
    two_leaders = [of_conf(name) for name in KNOWN if of_conf(name).has_two_leaders]
    assert {structure.luck_number(structure.leader_of[MARKETING]) for structure in two_leaders} == {MARKETING}


def test_a_superior_without_functions_never_shares_the_luck_of_a_leader():
    structure = of_conf("cro_two_heads")
    assert structure.luck_number(number(structure, "chief_revenue_officer")) > MARKETING


def test_staff_are_one_unit_where_both_functions_have_one_leader():
    units = {name for name in KNOWN if of_conf(name).is_single_unit}
    assert units == {"merged_sales_led", "merged_marketing_led", "merged_balanced", "founder_led"}


def rows(config, past, posts):
    org = replace(config.org, posts=posts)
    return GoToMarket(replace(config, org=org), 0, past).run().rows


def renamed(posts, names):
    return {
        names[name]: replace(post, reports_to=names.get(post.reports_to, post.reports_to))
        for name, post in posts.items()
    }


def test_names_and_order_of_posts_change_no_number(structured, tiny_past):
    posts = dict(structured.org.posts)
    base = rows(structured, tiny_past, posts)
    assert rows(structured, tiny_past, dict(reversed(posts.items()))) == base
    names = {name: f"post {len(posts) - i}" for i, name in enumerate(posts)}
    assert rows(structured, tiny_past, renamed(posts, names)) == base


# Two superiors at one level, whose pay adds up to another last place in another order.
FIVE_POSTS = {
    "chief": Post(pay_ratio=1.9),
    "above_sales": Post(reports_to="chief", pay_ratio=1.86, hours_per_week=59.1),
    "above_marketing": Post(
        reports_to="chief",
        pay_ratio=1.72,
        hours_per_week=55.1,
        profile=Profile(planning_horizon_quarters=3.0),
    ),
    "sales": Post(functions=("sales",), reports_to="above_sales", pay_ratio=0.91),
    "marketing": Post(functions=("marketing",), reports_to="above_marketing", pay_ratio=0.77),
}


def test_names_of_superiors_at_one_level_change_no_number(tiny, tiny_past):
    base = rows(tiny, tiny_past, FIVE_POSTS)
    for above_sales, above_marketing in (("x", "y"), ("y", "x")):
        names = {name: name for name in FIVE_POSTS} | {
            "above_sales": above_sales,
            "above_marketing": above_marketing,
        }
        assert rows(tiny, tiny_past, renamed(FIVE_POSTS, names)) == base
