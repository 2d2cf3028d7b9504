from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import PeopleConfig
from sim.market.channels import (
    N_CHANNELS,
    NEARNESS,
    Channels,
    settled_channels,
    started_channels,
    usual_spread,
)
from sim.randomness import Decision, Luck, event_number

PEOPLE = PeopleConfig()
STILL = replace(PEOPLE, channel_drift=0.0, channel_memory=0.0)
EVEN = np.full(N_CHANNELS, 1.0 / N_CHANNELS)
EVERYBODY = np.ones(3, dtype=bool)
EFFECTS = st.lists(st.floats(-2.0, 2.0), min_size=N_CHANNELS, max_size=N_CHANNELS)
ARRAYS = ("effect", "fatigue", "generation", "beliefs")


def channels_of(effect=(0.0,) * N_CHANNELS, beliefs=None, fatigue=0.0, explore_left=1e9, n_marketers=3):
    """Channels in a state of one's choice; nothing is found unless it is said when."""
    truth = np.array(effect, dtype=float)
    seen = np.zeros((n_marketers, N_CHANNELS)) + (truth if beliefs is None else np.array(beliefs))
    generation = np.zeros(N_CHANNELS, dtype=np.int64)
    return Channels(truth, np.full(N_CHANNELS, float(fatigue)), generation, seen, explore_left)


def passed(channels, people=PEOPLE, quarters=1, shares=EVEN, use=1.0, experiments=1.0, luck=None, first=0):
    for quarter in range(first, first + quarters):
        channels.pass_quarter(people, luck or Luck(0), quarter, shares, use, experiments)
    return channels


def learned(channels, people=PEOPLE, quarters=1, flattery=0.0, noise=1.0, present=EVERYBODY):
    for quarter in range(quarters):
        channels.learn(people, Luck(0), quarter, present, flattery, noise)
    return channels


# ---- what channels do


def test_channels_drift_within_a_stationary_spread():
    # 60 seeds of six channels over 160 quarters; years apart they are nearly independent.
    found = [passed(channels_of(), quarters=160, luck=Luck(seed)).effect for seed in range(60)]
    assert np.std(found) == pytest.approx(usual_spread(PEOPLE), rel=0.08)
    assert np.mean(found) == pytest.approx(0.0, abs=0.08)
    assert usual_spread(PEOPLE) == pytest.approx(0.48, abs=0.005)


def test_a_quarter_keeps_95_percent_of_a_lead():
    same = [passed(channels_of(effect=[lead] * N_CHANNELS)).effect for lead in (0.0, 1.0)]
    np.testing.assert_allclose(same[1] - same[0], 0.95)


def test_use_tires_a_channel_and_rest_restores_it():
    tired = passed(channels_of(), STILL, quarters=200).fatigue
    np.testing.assert_allclose(tired, PEOPLE.channel_fatigue / 0.20)
    rested = passed(channels_of(fatigue=0.5), STILL, use=0.0).fatigue
    np.testing.assert_allclose(rested, 0.8 * 0.5)


@given(uses=st.tuples(st.floats(0.0, 5.0), st.floats(0.0, 5.0)), shares=st.lists(st.floats(0.01, 1.0), min_size=6))
def test_what_is_used_more_tires_more(uses, shares):
    split = np.array(shares[:N_CHANNELS]) / sum(shares[:N_CHANNELS])
    fresh, worn = (passed(channels_of(), shares=split, use=use).fatigue for use in sorted(uses))
    assert (fresh <= worn + 1e-15).all()
    np.testing.assert_allclose(worn, PEOPLE.channel_fatigue * split * N_CHANNELS * max(uses))


@given(effect=EFFECTS, beliefs=EFFECTS)
def test_a_dollar_does_what_the_channels_do_on_which_it_is_spent(effect, beliefs):
    channels = channels_of(effect, beliefs, fatigue=0.2)
    shares = channels.shares(PEOPLE, EVERYBODY)
    assert channels.effectiveness(shares) == pytest.approx(shares @ np.exp(np.array(effect) - 0.2))
    least, most = np.exp(min(effect) - 0.2), np.exp(max(effect) - 0.2)
    assert least - 1e-9 <= channels.effectiveness(shares) <= most + 1e-9


def test_a_quarter_is_its_formulas_with_the_luck_of_each_slot_and_each_marketer():
    luck, rng = Luck(3), np.random.default_rng(1)
    effect, fatigue, shares = rng.normal(0.0, 0.5, (3, N_CHANNELS))
    beliefs, shares = rng.normal(0.0, 0.5, (4, N_CHANNELS)), np.exp(shares) / np.exp(shares).sum()
    channels = channels_of(effect, beliefs, n_marketers=4)
    channels.fatigue[:], channels.generation[:] = fatigue, np.arange(N_CHANNELS) % 3
    here = np.array([True, False, True, True])
    belief = PEOPLE.belief_sharpness * beliefs[here].mean(axis=0)
    np.testing.assert_allclose(channels.shares(PEOPLE, here), np.exp(belief) / np.exp(belief).sum())
    channels.pass_quarter(PEOPLE, luck, 7, shares, 1.3, 0.0)
    slots = np.arange(N_CHANNELS)
    drift = PEOPLE.channel_drift * luck.normals(Decision.CHANNEL_DRIFT, slots, event_number(channels.generation, 7))
    np.testing.assert_allclose(channels.effect, PEOPLE.channel_memory * effect + drift)
    worn = fatigue * (1.0 - PEOPLE.channel_recovery) + PEOPLE.channel_fatigue * shares * N_CHANNELS * 1.3
    np.testing.assert_allclose(channels.fatigue, worn)
    channels.learn(PEOPLE, luck, 7, here, -1.0, 0.5)
    errors = luck.normals(Decision.CHANNEL_BELIEF, np.arange(4 * N_CHANNELS), 7).reshape(4, N_CHANNELS)
    seen = channels.effect - worn - PEOPLE.credit_bias * NEARNESS + 0.5 * PEOPLE.belief_noise * errors
    np.testing.assert_allclose(channels.beliefs[here], (beliefs + PEOPLE.belief_learning * (seen - beliefs))[here])


# ---- where the money goes


@given(beliefs=EFFECTS, sharpness=st.floats(0.0, 5.0))
def test_money_follows_belief(beliefs, sharpness):
    shares = channels_of(beliefs=beliefs).shares(replace(PEOPLE, belief_sharpness=sharpness), EVERYBODY)
    assert shares.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(shares / shares[0], np.exp(sharpness * (np.array(beliefs) - beliefs[0])), rtol=1e-9)


def test_at_sharpness_1_money_is_in_proportion_to_what_a_channel_is_believed_to_do():
    shares = channels_of(beliefs=np.log([1.0, 2.0, 3.0, 4.0, 5.0, 5.0])).shares(PEOPLE, EVERYBODY)
    assert shares == pytest.approx(np.array([1, 2, 3, 4, 5, 5]) / 20)


def test_only_those_who_are_there_have_a_say_and_without_anybody_the_last_belief_holds():
    channels = channels_of()
    channels.beliefs[0], channels.beliefs[1:] = NEARNESS, -NEARNESS
    alone = channels.shares(PEOPLE, np.array([True, False, False]))
    assert (np.diff(alone) > 0.0).all()
    nobody = channels.shares(PEOPLE, np.zeros(3, dtype=bool))
    assert nobody == pytest.approx(channels.shares(PEOPLE, EVERYBODY))


# ---- experiments


def test_a_find_replaces_the_channel_believed_worst_whatever_it_truly_does():
    truth, beliefs = [0.0, 0.0, 2.0, 0.0, 0.0, -2.0], [0.3, 0.1, -0.8, 0.2, 0.0, 0.4]
    with_find, without = (passed(channels_of(truth, beliefs, 0.5, explore_left=left)) for left in (0.1, 9.0))
    assert (with_find.found, with_find.found_now, without.found) == (1, 1, 0)
    assert with_find.generation.tolist() == [0, 0, 1, 0, 0, 0]
    assert with_find.fatigue[2] == 0.0
    assert (with_find.beliefs[:, 2] == with_find.effect[2]).all()
    for name in ("effect", "fatigue", "beliefs"):
        others = [np.delete(getattr(channels, name), 2, axis=-1) for channels in (with_find, without)]
        assert np.array_equal(*others), name


def test_at_todays_experiments_a_channel_is_found_a_year():
    # 200 seeds of forty quarters: a standard error of .22 of ten finds; three of them are allowed.
    found = []
    for seed in range(200):
        left = Luck(seed).exponentials(Decision.CHANNEL_FOUND, 0, 0)[0]
        found.append(passed(channels_of(explore_left=left), quarters=40, luck=Luck(seed)).found)
    assert np.mean(found) == pytest.approx(10.0, abs=0.67)
    assert np.var(found) == pytest.approx(10.0, rel=0.35)


def test_finds_are_as_good_as_channels_usually_are_before_they_tire():
    found = []
    for seed in range(400):
        channels = passed(channels_of(explore_left=0.1), luck=Luck(seed))
        found.append(channels.effect[channels.generation > 0][0])
    assert [np.mean(found), np.std(found)] == pytest.approx([0.0, usual_spread(PEOPLE)], abs=0.06)


def test_without_experiments_nothing_is_found():
    channels = passed(channels_of(explore_left=0.01), quarters=40, experiments=0.0)
    assert channels.found == channels.generation.sum() == 0


@given(experiments=st.tuples(st.floats(0.0, 16.0), st.floats(0.0, 16.0)), seed=st.integers(0, 30))
def test_more_experiments_keep_every_earlier_find(experiments, seed):
    few, many = (
        passed(channels_of(explore_left=1.0), quarters=6, experiments=e, luck=Luck(seed)).found
        for e in sorted(experiments)
    )
    assert few <= many


def test_four_times_the_experiments_find_twice_as_many():
    left = [channels_of(explore_left=100.0) for _ in range(2)]
    for channels, experiments in zip(left, (1.0, 4.0), strict=True):
        passed(channels, quarters=8, experiments=experiments)
    assert [100.0 - channels.explore_left for channels in left] == pytest.approx([2.0, 4.0])


# ---- beliefs


def test_beliefs_move_to_the_truth_two_fifths_of_the_way_a_quarter():
    channels = channels_of(effect=NEARNESS, beliefs=np.zeros(N_CHANNELS), fatigue=0.3)
    learned(channels, noise=0.0)
    np.testing.assert_allclose(channels.beliefs, np.tile(0.4 * (NEARNESS - 0.3), (3, 1)))
    learned(channels, quarters=60, noise=0.0)
    np.testing.assert_allclose(channels.beliefs, np.tile(NEARNESS - 0.3, (3, 1)))


@pytest.mark.parametrize("flattery", [-1.0, 1.0])
def test_a_one_sided_rule_flatters_the_channels_at_its_end(flattery):
    channels = learned(channels_of(effect=np.full(N_CHANNELS, 0.2)), quarters=60, flattery=flattery, noise=0.0)
    np.testing.assert_allclose(channels.beliefs[0], 0.2 + 0.5 * flattery * NEARNESS)
    shares = channels.shares(PEOPLE, EVERYBODY)
    assert (np.diff(flattery * shares) > 0.0).all()


def test_no_belief_is_flattered_where_credit_is_shared():
    channels = learned(channels_of(effect=NEARNESS), quarters=60, flattery=0.0, noise=0.0)
    np.testing.assert_allclose(channels.beliefs[0], NEARNESS)


def test_flattery_costs_effect_and_blurred_records_do_too(monkeypatch):
    # A rule as one-sided and records as blurred as this can be told by two dozen chains.
    monkeypatch.setattr("sim.market.channels.CHAINS", 24)
    fooled = replace(PEOPLE, credit_bias=1.5)

    def does(flattery, noise):
        return settled_channels(fooled, 3, 1.0, 1.0, flattery, noise)[1]

    clear = does(0.0, 0.0)
    assert does(1.0, 0.0) < clear
    assert does(-1.0, 0.0) < clear
    assert does(0.0, 5.0) < clear


def test_marketers_measure_each_with_their_own_error():
    channels = learned(channels_of(n_marketers=400), present=np.ones(400, dtype=bool))
    moved = channels.beliefs / 0.4
    assert moved.std() == pytest.approx(PEOPLE.belief_noise, rel=0.05)
    assert moved.mean() == pytest.approx(0.0, abs=0.03)
    assert abs(np.corrcoef(moved[:200].ravel(), moved[200:].ravel())[0, 1]) < 0.1


def test_who_is_not_there_learns_nothing():
    channels = channels_of(effect=NEARNESS, beliefs=np.zeros(N_CHANNELS))
    learned(channels, present=np.array([True, False, True]))
    assert (channels.beliefs[1] == 0.0).all()
    assert (channels.beliefs[[0, 2]] != 0.0).any(axis=1).all()


def test_who_takes_a_seat_brings_no_knowledge_of_these_channels():
    channels = channels_of(beliefs=NEARNESS)
    mean = channels.beliefs.mean()
    channels.forget(np.array([False, True, False]))
    assert (channels.beliefs[1] == mean).all()
    np.testing.assert_allclose(channels.beliefs[[0, 2]], np.tile(NEARNESS, (2, 1)))


# ---- luck and copies


def test_drift_is_the_same_luck_however_channels_are_used():
    idle, busy = (passed(channels_of(), quarters=8, use=use, luck=Luck(5)) for use in (0.0, 3.0))
    assert np.array_equal(idle.effect, busy.effect)
    assert (idle.fatigue < busy.fatigue).all()


def test_the_first_find_is_the_same_channel_whenever_it_is_made():
    early, late = (passed(channels_of(explore_left=0.1), luck=Luck(6), first=quarter) for quarter in (0, 7))
    assert early.found == late.found == 1
    assert early.effect[early.generation > 0] == late.effect[late.generation > 0]


def test_the_same_luck_and_the_same_use_make_the_same_channels():
    one, other = (learned(passed(channels_of(explore_left=0.3), quarters=12, luck=Luck(2))) for _ in range(2))
    for name in ARRAYS:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    another = passed(channels_of(explore_left=0.3), quarters=12, luck=Luck(3))
    assert not np.array_equal(one.effect, another.effect)


def test_a_copy_lives_on_by_itself():
    original = channels_of(effect=NEARNESS, explore_left=0.3)
    copied = original.copy()
    passed(learned(copied), quarters=4)
    for name, before in zip(ARRAYS, (NEARNESS, 0.0, 0, NEARNESS), strict=True):
        np.testing.assert_allclose(getattr(original, name) - before, 0.0, atol=1e-15)
    assert (original.found, original.explore_left) == (0, 0.3)


def test_a_future_starts_from_one_of_the_pasts_and_goes_on_with_luck_of_its_own():
    remembered, _ = settled_channels(PEOPLE, 3, 1.0, 1.0, 0.0, 1.0)
    started = [started_channels(Luck(seed), remembered) for seed in range(40)]
    starts = {tuple(channels.effect) for channels in started}
    assert starts <= {tuple(channels.effect) for channels in remembered}
    assert len(starts) > 15
    again = started_channels(Luck(7), remembered)
    assert np.array_equal(again.effect, started[7].effect)
    assert (again.found, again.generation.sum()) == (0, 0)
    passed(again, quarters=4)
    assert np.array_equal(started_channels(Luck(7), remembered).effect, started[7].effect)


def test_channels_that_are_used_on_as_before_go_on_doing_what_they_did():
    # Settled: what a dollar does in the years after is what it did on average before, within sampling error.
    remembered, usual = settled_channels(PEOPLE, 6, 1.0, 1.0, 0.0, 1.5)
    present, after = np.ones(6, dtype=bool), []
    for seed in range(150):
        luck, channels = Luck(seed), started_channels(Luck(seed), remembered)
        for quarter in range(12):
            shares = channels.shares(PEOPLE, present)
            after.append(channels.effectiveness(shares))
            channels.pass_quarter(PEOPLE, luck, quarter, shares, 1.0, 1.0)
            channels.learn(PEOPLE, luck, quarter, present, 0.0, 1.5)
    assert np.mean(after) == pytest.approx(usual, rel=0.06)
