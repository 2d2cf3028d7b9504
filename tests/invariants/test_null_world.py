"""With every channel closed, structures tie: same market, same books but for leaders' pay, bit for bit."""

import pytest

from sim.compose import sim_config
from sim.model import GoToMarket, past_of

CLOSED = [
    "mechanisms.attention_scarcity=false",
    "mechanisms.spare_hours=false",
    "mechanisms.switching_loss=false",
    "mechanisms.away_penalty=false",
    "mechanisms.profile_spread=false",
    "mechanisms.cross_domain=false",
    "mechanisms.leader_meetings=false",
    "mechanisms.internalisation=false",
    "mechanisms.cooperation=false",
    "mechanisms.reallocation=false",
    "mechanisms.leader_strain=false",
    "mechanisms.clamp.horizon_quarters=4",
    # The board's judgement and the leaders' are the same where horizons are.
    "company.board_horizon_quarters=4",
]
# leaders' pay is the structure's own; burnout is a headline and must tie too
OWN = {"npv_usd", "profit_usd", "leadership_cost_usd", "cac_usd"}
HOW_MANY = {"attention_marketing_share", "cooperation"}  # shares of more or fewer leader hours; C of one is 1


@pytest.fixture(scope="module")
def reference():
    config = sim_config("company=small", "org=separate", "horizon_quarters=4", *CLOSED)
    past = past_of(config)
    return past, GoToMarket(config, 5, past).run()


MERGED = ["merged_sales_led", "merged_marketing_led", "merged_balanced"]


@pytest.mark.parametrize("org", [*MERGED, "cro_two_heads", "founder_led", "fractional_cmo"])
def test_structures_tie_in_the_null_world(reference, org):
    past, two = reference
    other = GoToMarket(sim_config("company=small", f"org={org}", "horizon_quarters=4", *CLOSED), 5, past).run()
    assert (other.prospects == two.prospects).all()
    mine, theirs = two.results(), other.results()
    differ = {name for name in mine if mine[name] != theirs[name] and mine[name] == mine[name]}
    assert differ <= OWN | HOW_MANY
    earned = [sum(row["profit_usd"] + row["leaders_usd"] for row in m.rows) for m in (two, other)]
    assert earned[0] == pytest.approx(earned[1], rel=1e-12)


def test_the_null_world_is_not_dead(reference):
    _, two = reference
    open_world = GoToMarket(sim_config("company=small", "org=merged_sales_led", "horizon_quarters=4"), 5).run()
    assert open_world.results()["revenue_usd"] != two.results()["revenue_usd"]
    assert two.results()["wins"] > 10
