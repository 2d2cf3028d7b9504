import itertools
import math
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.randomness import (
    Decision,
    Luck,
    MarketLuck,
    _mix,
    event_number,
    exponential,
    normal,
    stream_key,
    uniform,
    uniforms,
)

NUMBERS = st.integers(-(2**63), 2**63 - 1)
COUNTS = st.integers(0, 2**31 - 1)
DECISIONS = st.sampled_from(Decision)
# The draws that the hash can make: multiples of 2^-52 plus a half, so 1 - u is exact.
DRAWS = st.integers(0, 2**52 - 1).map(lambda bits: (bits + 0.5) * 2.0**-52)
WON = Decision.WON
MANY = 200_000
ODD = 2.0**-14  # a test of chance may fail one stream in sixteen thousand


def plain_uniform(seed, decision, entity, event):
    """The same draw in whole numbers of Python, remainders of 2^64 taken by hand."""
    rest = 2**64

    def mixed(bits):
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
            bits = (bits ^ (bits >> shift)) * factor % rest
        return bits

    entity_step, event_step = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03
    start = mixed((seed + entity_step) % rest)
    key = mixed(start ^ (crc32(decision.value.encode()) * event_step % rest))
    bits = mixed((mixed((key + entity * entity_step) % rest) + event * event_step) % rest)
    return ((bits >> 12) + 0.5) * 2.0**-52


@given(seed=NUMBERS, decision=DECISIONS, entity=NUMBERS, event=NUMBERS)
def test_one_draw_is_the_same_alone_and_among_many(seed, decision, entity, event):
    key = stream_key(seed, decision)
    assert uniform(key, entity, event) == uniforms(key, [entity], [event])[0]


@given(seed=NUMBERS, decision=DECISIONS, entity=NUMBERS, event=NUMBERS)
def test_a_draw_is_the_one_that_whole_numbers_give(seed, decision, entity, event):
    assert Luck(seed).uniforms(decision, entity, event) == plain_uniform(seed, decision, entity, event)


def test_the_hash_is_the_finaliser_of_splitmix64():
    # The first three outputs of SplitMix64 from state 0, as in its reference implementation.
    golden = 0x9E3779B97F4A7C15
    states = [np.uint64(k * golden % 2**64) for k in (1, 2, 3)]
    known = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert [int(_mix(state)) for state in states] == known


def test_luck_is_the_same_in_every_version():
    # A changed hash, or a decision renamed, changes every number that was ever published.
    assert WON.value == "won"
    assert float(Luck(0).uniforms(WON, 17, 3)).hex() == "0x1.571a7fff56a3dp-1"


@given(seed=NUMBERS, decision=DECISIONS, entity=NUMBERS, event=NUMBERS)
def test_a_draw_is_never_0_and_never_1(seed, decision, entity, event):
    assert 0.0 < Luck(seed).uniforms(decision, entity, event) < 1.0


def test_the_outermost_draws_have_finite_inverses():
    for share in (0.5 * 2.0**-52, (2**52 - 0.5) * 2.0**-52):
        assert 0.0 < share < 1.0
        assert math.isfinite(normal(share))
        assert 0.0 < exponential(share) < 40.0


def test_seed_0_is_a_seed_like_any_other():
    accounts = np.arange(1000)
    zero, one = (Luck(seed).uniforms(WON, accounts) for seed in (0, 1))
    assert not np.isin(zero, one).any()
    assert np.array_equal(zero, Luck(0).uniforms(WON, accounts))


def test_no_two_decisions_share_a_name_or_a_checksum():
    names = [decision.value for decision in Decision.__members__.values()]
    assert len(set(names)) == len(Decision.__members__)
    assert len({crc32(name.encode()) for name in names}) == len(names)


@given(seed=NUMBERS)
def test_no_two_decisions_share_a_stream(seed):
    assert len({int(stream_key(seed, decision)) for decision in Decision}) == len(Decision)


def test_the_same_entity_meets_other_luck_in_every_decision():
    accounts = np.arange(MANY // 10)
    draws = [Luck(0).uniforms(decision, accounts) for decision in Decision]
    for one, other in itertools.pairwise(draws):
        assert abs(stats.pearsonr(one, other).statistic) < 4 / math.sqrt(len(accounts))


def test_the_market_is_dealt_the_stream_of_each_of_its_decisions():
    luck = Luck(3)
    dealt = luck.of_market()._asdict()
    assert list(dealt) == list(MarketLuck._fields)
    for name, key in dealt.items():
        assert key == stream_key(3, Decision[name.upper()])


@given(seed=NUMBERS, n=st.integers(1, 50), added=st.integers(0, 50), event=COUNTS)
def test_added_entities_leave_the_draws_of_present_ones_unchanged(seed, n, added, event):
    luck = Luck(seed)
    for draw in (luck.uniforms, luck.normals, luck.exponentials):
        present, more = (draw(WON, np.arange(count), event) for count in (n, n + added))
        assert np.array_equal(present, more[:n])


@given(order=st.permutations(range(20)))
def test_the_order_of_asking_changes_no_draw(order):
    luck = Luck(0)
    assert np.array_equal(luck.uniforms(WON, order), luck.uniforms(WON, np.arange(20))[list(order)])


@given(share=DRAWS)
def test_the_normal_quantile_is_that_of_scipy(share):
    assert normal(share) == pytest.approx(stats.norm.ppf(share), abs=1e-9)


def test_the_normal_quantile_is_right_from_tail_to_tail():
    shares = np.concatenate([np.logspace(-15.9, -2, 500), np.linspace(0.01, 0.99, 500), 1 - np.logspace(-15, -2, 99)])
    found = np.array([normal(share) for share in shares])
    np.testing.assert_allclose(found, stats.norm.ppf(shares), atol=1e-9, rtol=0)


@given(share=DRAWS)
def test_the_normal_quantile_is_antisymmetric(share):
    assert normal(1.0 - share) == -normal(share)


@given(first=DRAWS, second=DRAWS)
def test_quantiles_keep_the_order_of_draws(first, second):
    low, high = sorted((first, second))
    assert normal(low) <= normal(high)
    assert exponential(low) >= exponential(high)


@given(share=DRAWS)
def test_an_exponential_variate_is_exceeded_with_the_draws_probability(share):
    assert math.exp(-exponential(share)) == pytest.approx(share, rel=1e-12)


@given(seed=NUMBERS, entities=st.lists(NUMBERS, min_size=1, max_size=5), event=NUMBERS)
def test_normals_and_thresholds_are_quantiles_of_the_uniforms(seed, entities, event):
    luck = Luck(seed)
    draws = luck.uniforms(WON, entities, event)
    assert luck.normals(WON, entities, event).tolist() == [normal(draw) for draw in draws]
    assert luck.exponentials(WON, entities, event).tolist() == [exponential(draw) for draw in draws]


@given(entities=st.lists(NUMBERS, min_size=1, max_size=5))
def test_one_entity_with_many_events_is_as_good_as_many_with_one(entities):
    luck = Luck(0)
    assert luck.normals(WON, 7, entities).shape == (len(entities),)
    assert luck.normals(WON, 7, entities)[0] == luck.normals(WON, [7], [entities[0]])[0]


def test_a_grid_of_entities_and_events_has_a_draw_in_each_place():
    luck, seats, days = Luck(0), np.arange(3), np.arange(4)
    grid = luck.uniforms(WON, seats[:, None], days[None, :])
    assert grid.shape == (3, 4)
    assert all(grid[i, j] == luck.uniforms(WON, i, j) for i in seats for j in days)


def test_where_nobody_is_nothing_is_drawn():
    luck, nobody = Luck(0), np.zeros(0, dtype=np.int64)
    for draw in (luck.uniforms, luck.normals, luck.exponentials):
        assert draw(WON, nobody, 3).shape == draw(WON, 3, nobody).shape == draw(WON, nobody, nobody).shape == (0,)


@given(first=st.tuples(COUNTS, COUNTS), second=st.tuples(COUNTS, COUNTS))
def test_two_pairs_of_counts_never_share_an_event_number(first, second):
    assert (event_number(*first) == event_number(*second)) == (first == second)


def test_event_numbers_of_a_grid_are_all_different():
    last = 2**31 - 1
    counts = np.array([0, 1, 2, 2**8, 2**16, 2**16 + 1, 2**30, last - 1, last])
    numbers = event_number(counts[:, None], counts[None, :])
    assert len(np.unique(numbers)) == counts.size**2
    assert numbers.min() >= 0


ALONG = np.arange(MANY)
NEIGHBOURS = {
    "accounts": lambda luck: luck.uniforms(WON, ALONG, 5),
    "events": lambda luck: luck.uniforms(WON, 5, ALONG),
    "accounts and weeks": lambda luck: luck.uniforms(WON, ALONG // 400, ALONG % 400),
    "cases of an account": lambda luck: luck.uniforms(WON, 5, 2 * ALONG + 1),
    "people of many seats": lambda luck: luck.uniforms(WON, ALONG // 13, event_number(ALONG % 13, 0)),
    "seeds": lambda luck: np.array([Luck(seed).uniforms(WON, 5, 5) for seed in range(2000)]),
}


@pytest.fixture(scope="module", params=NEIGHBOURS)
def draws(request):
    return NEIGHBOURS[request.param](Luck(0))


def test_draws_are_uniform(draws):
    counts = np.histogram(draws, bins=100, range=(0, 1))[0]
    assert stats.chisquare(counts).pvalue > ODD
    assert stats.kstest(draws, "uniform").pvalue > ODD


def test_neighbouring_draws_know_nothing_of_each_other(draws):
    for apart in (1, 2, 13):
        pairs = np.histogram2d(draws[:-apart], draws[apart:], bins=10, range=[(0, 1), (0, 1)])[0]
        assert stats.chisquare(pairs.ravel()).pvalue > ODD
        assert abs(stats.pearsonr(draws[:-apart], draws[apart:]).statistic) < 4 / math.sqrt(len(draws))


def test_the_lowest_bits_are_as_random_as_the_highest():
    draws = Luck(0).uniforms(WON, np.arange(MANY))
    for scale in (2**10, 2**20, 2**30):
        rest = (draws * scale) % 1.0
        assert stats.kstest(rest, "uniform").pvalue > ODD
