"""Common random numbers: under one seed two scenarios differ by what is asked, never by luck."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim.compiled import record
from sim.market.case import author_of, territory
from sim.market.laws import N_FLOWS, Flow, Laws, Seats
from sim.market.prospects import COLUMN_NAMES, Stage
from sim.market.start import first_prospects, started_prospects
from sim.market.week import run_quarter
from sim.model import GoToMarket
from sim.past import begun
from sim.periods import WEEKS_PER_QUARTER, is_warm_up
from sim.randomness import Decision, Luck

SEED, QUARTERS = 6, 8
REFERENCE = "separate"


def lived(config, past, seed=SEED):
    """Spells of every account and the row of every quarter."""
    model, spells = GoToMarket(config, seed, past), []
    for _ in range(QUARTERS):
        model.step()
        spells.append((model.prospects.episode.copy(), model.prospects.entry_left.copy()))
    model.forget()
    return spells, model.rows


@pytest.fixture(scope="module")
def reference(tiny_with, tiny_past):
    return lived(tiny_with(f"org={REFERENCE}"), tiny_past)


@pytest.fixture(scope="module")
def here(structured, tiny_past):
    return lived(structured, tiny_past)


def test_accounts_come_into_the_market_at_the_same_time_under_every_structure(here, reference):
    for (episodes, left), (same_episodes, same_left) in zip(here[0], reference[0], strict=True):
        assert np.array_equal(episodes, same_episodes)
        assert np.array_equal(left, same_left)
    assert (here[0][-1][0] > here[0][0][0]).any()


def test_until_structures_differ_they_are_bit_identical(here, reference):
    past, same = ([row for row in rows if is_warm_up(row["quarter"])] for _, rows in (here, reference))
    assert len(past) == 4
    assert json.dumps(past) == json.dumps(same)


def test_structures_do_differ_afterwards(tiny_with, tiny_past, reference):
    _, rows = lived(tiny_with("org=no_marketing"), tiny_past)
    assert json.dumps(rows[4:]) != json.dumps(reference[1][4:])


@pytest.mark.parametrize("override", ["practices=strong", "roles=hybrid"])
def test_what_is_changed_later_changes_nothing_before(tiny_with, tiny_past, reference, override):
    _, rows = lived(tiny_with(override), tiny_past)
    assert json.dumps(rows[:4]) == json.dumps(reference[1][:4])
    assert json.dumps(rows[4:]) != json.dumps(reference[1][4:])


def test_demand_is_the_same_under_every_structure_in_a_volatile_market(structured, tiny_with, tiny_past):
    def hazards(config):
        config = replace(config, market=replace(config.market, volatility=0.4, growth_per_year=0.2))
        model, found = GoToMarket(config, SEED, tiny_past), []
        for _ in range(QUARTERS):
            model.step()
            found.append((model.policy.entry_hazard, model.plan_usd()))
        model.forget()
        return found

    assert hazards(structured) == hazards(tiny_with(f"org={REFERENCE}"))


def test_the_same_seed_makes_two_structures_alike(tiny_with, tiny_past):
    wins = []
    for org in ("separate", "fractional_cmo"):
        config = tiny_with(f"org={org}")
        runs = [GoToMarket(config, seed, tiny_past).run() for seed in range(24)]
        wins.append([sum(row["wins"] for row in model.rows[4:]) for model in runs])
    assert np.corrcoef(*wins)[0, 1] > 0.4
    assert np.var(np.subtract(*wins)) < 0.75 * (np.var(wins[0]) + np.var(wins[1]))


def first(accounts, n=1200):
    return accounts.take(np.arange(n))


def test_added_accounts_leave_the_state_and_thresholds_of_present_ones_unchanged(tiny, tiny_past):
    luck = Luck(SEED)
    larger = replace(tiny.company, n_prospects=1500)
    present, more = (first(started_prospects(c, tiny_past.reservoir, luck)) for c in (tiny.company, larger))
    was, now = (accounts.stage == Stage.CUSTOMER for accounts in (present, more))
    # The stated customers are those with the lowest draws, so some of the added ones take the place of others.
    assert not (now & ~was).any()
    same = was == now
    assert same.mean() > 0.97
    for name in COLUMN_NAMES:
        assert np.array_equal(present[name][same], more[name][same]), name


def test_added_accounts_leave_a_past_that_begins_unchanged(tiny):
    luck, anchors = Luck(SEED), begun(tiny).anchors
    larger = replace(tiny.company, n_prospects=1500)
    present, more = (first(first_prospects(c, tiny.market, anchors, luck)) for c in (tiny.company, larger))
    for name in COLUMN_NAMES:
        if name not in ("stage", "contract_usd", "renewal_week", "overpromise"):
            assert np.array_equal(present[name], more[name]), name


def test_no_two_accounts_share_their_thresholds(tiny, tiny_past):
    accounts = started_prospects(tiny.company, tiny_past.reservoir, Luck(SEED))
    for table, names in (
        (accounts.accounts, ("entry_left", "idle_left")),
        (accounts.cases, ("inquiry_left", "found_left")),
    ):
        assert len(table) > 40
        for name in names:
            assert len(np.unique(table[name])) == len(table), name


@pytest.fixture(scope="module")
def world(tiny, tiny_past):
    """A company in the middle of its life, nobody behind quota."""
    model = GoToMarket(tiny, SEED, tiny_past)
    for _ in range(4):
        model.step()
    return model


def next_quarter(world, policy=None, anchors=None, laws=None, follow_up=None, see=None):
    """Accounts after one more quarter, and its flows, if policy, anchors, laws or trust were others.

    `see` is shown the accounts week by week.
    """
    accounts, seats = world.prospects.copy(), Seats(*(column.copy() for column in world.seats))
    seats.quota_usd[:] = 0.0
    seats.booked_usd[:] = 0.0
    if follow_up is not None:
        seats.follow_up[:] = follow_up
    flows, cohorts = np.zeros(N_FLOWS), np.zeros(20)
    policy, anchors, laws = policy or world.policy, anchors or world.anchors, laws or world.laws
    for w in range(WEEKS_PER_QUARTER):
        run_quarter(accounts, world.market_luck, laws, anchors, policy, seats, flows, cohorts, world.week, w, w + 1)
        if see is not None:
            see(world.week + w, accounts)
    return accounts, flows


def won(world, accounts):
    """Accounts that signed in that quarter."""
    return (accounts.stage == Stage.CUSTOMER) & (accounts.discount_week >= world.week)


def test_a_better_chance_keeps_every_earlier_win(world):
    before, _ = next_quarter(world)
    better, flows = next_quarter(world, policy=world.policy._replace(support=world.policy.support + 3.0))
    assert (won(world, better) >= won(world, before)).all()
    assert won(world, better).sum() > won(world, before).sum() > 0
    assert won(world, better).sum() == flows[Flow.WON]


def test_a_better_chance_keeps_every_earlier_renewal(world):
    location = world.anchors.renewal_location
    stayed = []
    for added in (0.0, 3.0):
        accounts, _ = next_quarter(world, anchors=world.anchors._replace(renewal_location=location + added))
        stayed.append((accounts.stage == Stage.CUSTOMER) & (world.prospects.stage == Stage.CUSTOMER))
    assert (stayed[1] >= stayed[0]).all()
    assert stayed[1].sum() > stayed[0].sum()


def test_a_lower_bar_keeps_every_earlier_mql(world):
    # Nobody is called and nothing goes cold, so whoever became an MQL in the quarter still is one.
    patient = world.laws._replace(silence_weeks=1000)
    passed = []
    for bar in (0.05, 0.01):
        accounts, _ = next_quarter(world, policy=world.policy._replace(bar=bar), laws=patient, follow_up=0.0)
        passed.append((accounts.stage == Stage.MQL) & (accounts.mql_week >= world.week))
    assert (passed[1] >= passed[0]).all()
    assert passed[1].sum() > passed[0].sum() > 0


EVEN = {name: 0.0 for name in Laws._fields if name.endswith("_slope")} | {"rivals_strength": 0.0}


@pytest.fixture(scope="module")
def even(world):
    """Accounts after a quarter in which every deal and every renewal has even odds, and its deals: who, case, won."""
    anchors = world.anchors._replace(win_location=0.0, renewal_location=0.0)
    policy = world.policy._replace(support=0.0)
    skill = world.seats.win_skill.copy()
    world.seats.win_skill[:] = 0.0
    deals = []

    def see(week, accounts):
        for account in np.flatnonzero(accounts.discount_week == week).tolist():
            is_won = accounts.value("stage", account) == Stage.CUSTOMER
            deals.append((account, accounts.value("case", account), is_won))

    accounts, _ = next_quarter(world, policy=policy, anchors=anchors, laws=world.laws._replace(**EVEN), see=see)
    world.seats.win_skill[:] = skill
    return accounts, deals


def test_the_luck_of_a_deal_is_its_own_whenever_it_is_decided(world, even):
    _, deals = even
    accounts, cases, is_won = (np.array(column) for column in zip(*deals, strict=True))
    assert len(deals) > 5
    assert (cases > 0).all()
    assert np.array_equal(is_won, world.luck.uniforms(Decision.WON, accounts, cases) < 0.5)


def test_the_luck_of_a_renewal_belongs_to_the_customers_year(world, even):
    even, _ = even
    years = world.prospects.contract_year
    is_due = (world.prospects.stage == Stage.CUSTOMER) & (even.contract_year == years + 1)
    draws = world.luck.uniforms(Decision.RENEWED, np.arange(len(even)), years)
    has_stayed = even.stage == Stage.CUSTOMER
    assert is_due.sum() > 5
    assert np.array_equal(has_stayed[is_due], draws[is_due] < 0.5)


def seats(n, without=()):
    is_filled = np.ones(n, dtype=np.bool_)
    is_filled[list(without)] = False
    return is_filled


ACCOUNTS = 4000


def owners(is_filled):
    luck = Luck(SEED).of_market()
    return np.array([territory(luck, account, is_filled) for account in range(ACCOUNTS)])


def test_a_new_seat_takes_its_share_and_moves_nobody_else():
    nine, ten = owners(seats(9)), owners(seats(10))
    moved = nine != ten
    assert (ten[moved] == 9).all()
    assert moved.mean() == pytest.approx(1 / 10, abs=3 * np.sqrt(0.09 / ACCOUNTS))


def test_a_vacant_seat_gives_up_its_accounts_and_gets_them_back():
    full, vacant = owners(seats(10)), owners(seats(10, without=[4]))
    assert (vacant != 4).all()
    assert (vacant[full != 4] == full[full != 4]).all()
    assert len(np.unique(vacant[full == 4])) == 9
    assert np.array_equal(owners(seats(10)), full)


def test_territories_are_of_one_size():
    counts = np.bincount(owners(seats(10)), minlength=10)
    assert np.abs(counts / (ACCOUNTS / 10) - 1.0).max() < 0.2


def test_without_anybody_in_sales_nobody_owns_an_account():
    assert (owners(seats(3, without=[0, 1, 2])) == -1).all()
    assert territory(Luck(SEED).of_market(), 5, seats(0)) == -1


def test_a_new_marketer_takes_leads_from_all_alike():
    luck = Luck(SEED).of_market()
    three, four = (np.array([author_of(luck, i, n) for i in range(ACCOUNTS)]) for n in (3, 4))
    assert (four[three != four] == 3).all()
    assert (three != four).mean() == pytest.approx(1 / 4, abs=0.03)
    assert author_of(luck, 5, 0) == 0


def test_numbers_reach_the_market_unrounded(world):
    for constants in (world.market_luck, world.laws, world.anchors, world.policy):
        (row,) = record(constants)
        for name, value in constants._asdict().items():
            assert np.array_equal(row[name], value), name
