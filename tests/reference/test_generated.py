from hypothesis import given, settings

from sim.market.laws import Flow
from tests.reference import CompiledMarket, disagreement
from tests.reference.generated import quarters

FLOWS = []  # of each example


@settings(max_examples=60)
@given(quarter=quarters())
def test_both_markets_agree_on_every_number_whatever_the_market_and_the_decisions(quarter):
    assert (found := disagreement(quarter)) is None, str(found)
    loop = CompiledMarket(quarter)
    loop.pass_quarter()
    FLOWS.append(loop.flows)


def test_the_generated_quarters_move_every_flow():
    if not FLOWS:  # asked for by itself
        test_both_markets_agree_on_every_number_whatever_the_market_and_the_decisions()
    unmoved = {flow for flow in Flow if all(flows[flow] == 0.0 for flows in FLOWS)}
    assert not unmoved
