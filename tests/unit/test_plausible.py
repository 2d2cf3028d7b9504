"""What is not known: drawn evenly, applied to what it is about, ruled out by patterns, counted without its noise."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.compose import sim_config
from sim.params import ConfigError
from sim.study.patterns.fitted import FITTED
from sim.study.plausible import matching
from sim.study.plausible.assessment import CHOOSING, FINDING, TELLING, seeds_of
from sim.study.plausible.matching import implausibilities, references
from sim.study.plausible.prior import EQUAL, Factor, _factor, prior
from sim.study.plausible.rivalry import EQUAL as SAME_COST
from sim.study.plausible.rivalry import OWN, Cell, Rivalry, Scenarios, cells, name_of, rivalries
from sim.study.plausible.search import PARENTS, PROPOSED, ROUNDS, Trials, best_case
from sim.study.plausible.shares import believed, strata, stratum
from sim.study.statistics import Estimate

PRIOR = prior()
WORLDS = {f"world-{number}": world for number, world in enumerate(PRIOR.drawn(64))}
CELL = Cell("strong", SAME_COST)


def world(**known):
    middle = PRIOR.world([0.5] * len(PRIOR.factors))
    return {**middle, **known}


def posts(structure, **known):
    config = PRIOR.applied(sim_config(f"org={structure}"), world(**known))
    return config.org.posts, config.today.org.posts


# ---- the prior


def test_the_prior_covers_what_patterns_do_not_pin_down():
    assert {f.setting for f in PRIOR.factors if f.setting} == {
        "people.need_factor", "people.attention_competence_weight", "people.volume_weight", "people.kernel_order",
        "company.discount_rate_per_year", "people.pressure_slope", "people.switching_loss", "people.away_penalty",
        "market.brand_half_life_months", "people.discount_later_cost", "people.single_unit_relief",
    }  # fmt: skip
    assert {f.kind for f in PRIOR.factors} == {"setting", "worth", "horizon", "outlook", "pay", "tenure", "group"}


@pytest.mark.parametrize("factor", PRIOR.factors, ids=lambda factor: factor.name)
def test_draws_lie_within_a_factors_range_and_fill_it(factor):
    values = [one[factor.name] for one in PRIOR.drawn(256)]
    if factor.levels:
        shares = {level: values.count(level) / 256 for level in set(values)}
        expected = {level: factor.levels.count(level) / len(factor.levels) for level in factor.levels}
        assert shares == {level: pytest.approx(share, abs=0.02) for level, share in expected.items()}
        return
    places = sorted(factor.share(value) for value in values)
    assert np.abs(np.array(places) - (np.arange(256) + 0.5) / 256).max() < 0.02
    assert factor.low <= min(values) < max(values) <= factor.high


def test_more_worlds_keep_those_that_were_drawn():
    assert PRIOR.drawn(32) == PRIOR.drawn(64)[:32]
    assert PRIOR.drawn(40)[:32] == PRIOR.drawn(32)


def test_a_world_is_a_scenario_that_may_be():
    from sim.config import check_config

    for one in list(WORLDS.values())[:16]:
        for structure in (PRIOR.favoured, *PRIOR.rivals):
            config = PRIOR.applied(sim_config(f"org={structure}", *PRIOR.groups(one)), one)
            assert check_config(config).people.need_factor == one["need"]
            assert config.company.name == one["company"]


def test_people_look_as_far_as_people_from_there_do():
    known = {"sales_horizon": 2.0, "marketing_horizon": 8.0, "horizons": "apart"}
    now, today = posts("separate", **known)
    assert [p.profile.planning_horizon_quarters for p in now.values()] == [pytest.approx(2.0), pytest.approx(8.0)]
    assert today["head_of_sales"].profile.planning_horizon_quarters == pytest.approx(2.0)
    both = posts("merged_balanced", **known)[0]["head_of_sales_and_marketing"]
    assert both.profile.planning_horizon_quarters == pytest.approx(4.0)
    equal, _ = posts("separate", **{**known, "horizons": EQUAL})
    assert {round(p.profile.planning_horizon_quarters, 9) for p in equal.values()} == {4.0}


def test_who_has_no_home_looks_as_far_as_the_structure_says():
    now, _ = posts("cro_two_heads", sales_horizon=1.0)
    assert now["chief_revenue_officer"].profile.planning_horizon_quarters == 3.0


def test_only_who_leads_both_for_pay_gets_a_merged_heads_pay():
    now, _ = posts("merged_sales_led", pay=1.3)
    assert [p.pay_ratio for p in now.values()] == [1.3]
    before = sim_config("org=separate").org.posts
    assert {n: p.pay_ratio for n, p in posts("separate", pay=1.3)[0].items()} == {
        n: p.pay_ratio for n, p in before.items()
    }
    assert posts("founder_led", pay=1.3)[0]["founder"].pay_ratio == 1.15


def test_leaders_leave_at_one_hazard_or_by_title():
    assert [p.tenure_years for p in posts("separate", departure="common")[0].values()] == [None, None]
    assert [p.tenure_years for p in posts("separate", departure="by title")[0].values()] == [1.58, 4.2]
    assert [p.tenure_years for p in posts("merged_balanced", departure="by title")[0].values()] == [2.08]


def test_another_ratio_of_elasticities_leaves_their_sum():
    before = sim_config("org=separate").activities
    after = PRIOR.applied(sim_config("org=separate"), world(brand=2.0)).activities
    for kind in ("elasticity", "money_elasticity"):
        both = [getattr(getattr(after, name), kind) for name in ("brand", "activation")]
        assert both[0] == pytest.approx(2.0 * both[1])
        assert sum(both) == pytest.approx(getattr(before.brand, kind) + getattr(before.activation, kind))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"words": "x", "kind": "setings", "low": 0, "high": 1}, r"x\.kind = setings: must be one of .*did you mean"),
        ({"words": "x", "low": 1, "high": 1, "unit": "h"}, r"x = 1 to 1 h: must ascend"),
    ],
)
def test_a_slip_in_the_prior_is_named(said, message):
    with pytest.raises(ConfigError, match=message):
        _factor("x", said)


# ---- what patterns rule out


def seen_as(off, half):
    """Stands for estimates: the aim, off by so many spreads in the fourth pattern, with a half-width."""

    def seen(pattern, futures):
        mean = pattern.aim + (off(futures) * pattern.spread if pattern is FITTED[3] else 0.0)
        width = half(futures) * pattern.spread
        return Estimate(mean, mean - width, mean + width, len(futures))

    return seen


def test_a_world_is_as_implausible_as_its_worst_pattern(monkeypatch):
    monkeypatch.setattr(matching, "estimate", seen_as(lambda futures: 2.0, lambda futures: 0.0))
    found, _ = implausibilities({"w": [{}, {}]})
    assert (found["w"].distance, found["w"].pattern) == (pytest.approx(2.0), FITTED[3].name)


def test_a_noisy_world_is_not_the_more_plausible_for_it(monkeypatch):
    monkeypatch.setattr(matching, "estimate", seen_as(lambda futures: 4.0, lambda futures: 30.0 * futures[0]["noise"]))
    found, errors = implausibilities({"noisy": [{"noise": 1.0}, {}], "quiet": [{"noise": 0.0}, {}]})
    assert found["noisy"].distance == pytest.approx(found["quiet"].distance)
    again, _ = implausibilities({"noisy": [{"noise": 1.0}, {}]}, errors)
    assert again["noisy"].distance == pytest.approx(found["noisy"].distance)


def test_what_cannot_be_seen_rules_nothing_out(monkeypatch):
    monkeypatch.setattr(matching, "estimate", lambda pattern, futures: Estimate(math.nan, math.nan, math.nan, 2))
    assert implausibilities({"w": [{}, {}]})[0]["w"].distance == 0.0


def test_patterns_are_looked_at_in_one_company_whatever_size_a_world_has():
    found = references(PRIOR, {"a": world(company="large", market="crowded", need=1.5)}, ())["a"]
    assert (found.company.name, found.market.name, found.people.need_factor) == ("medium", "steady", 1.5)
    assert found.org.name == found.today.org.name


# ---- who is ahead


def test_scenarios_of_a_world_pair_the_favoured_structure_with_each_rival():
    found = Scenarios(PRIOR).of("w", world(company="medium", market="steady"))
    assert len(found) == len(PRIOR.practices) * (1 + 2 * len(PRIOR.rivals))
    own, equal = (found[name_of("w", PRIOR.rivals[0], "strong", costs)] for costs in (OWN, SAME_COST))
    assert own.added_usd_per_year == 0.0
    assert equal.added_usd_per_year > 0.0  # what the second salary would cost
    assert {config.practices.name for config in found.values()} == set(PRIOR.practices)
    assert {cell.words for cell in cells(PRIOR)} >= {"no practices, own cost", "strong practices, equal cost"}


def test_leads_are_in_per_cent_of_the_favoured_structures_gross_profit():
    import pandas as pd

    names = {"w": world(company="medium", market="steady")}
    favoured = name_of("w", PRIOR.favoured, "strong")
    rows = [(favoured, seed, 110.0 + seed) for seed in range(3)]
    rows += [
        (name_of("w", rival, "strong", SAME_COST), seed, 100.0 + seed) for rival in PRIOR.rivals for seed in range(3)
    ]
    runs = pd.DataFrame(rows, columns=["scenario", "seed", "npv_usd"])
    (one,) = rivalries(PRIOR, names, runs, {favoured: 200.0}, [CELL])
    assert one.ahead.tolist() == [[5.0, 5.0, 5.0]]
    assert one.noise.tolist() == [np.zeros((3, 3)).tolist()]


def made_rivalry(n, level, spread, noise, seed=0):
    """True differences known, and seen with noise."""
    rng = np.random.default_rng(seed)
    names = {f"w{number}": one for number, one in enumerate(PRIOR.drawn(n))}
    pull = np.array([2.0 * PRIOR.factors[0].share(one["need"]) - 1.0 for one in names.values()])
    true = level + spread * pull[:, None] + 0.5 * rng.standard_normal((n, 3))
    covariance = np.broadcast_to(noise**2 * np.eye(3), (n, 3, 3))
    rivalry = Rivalry(CELL, tuple(names), PRIOR.rivals, true + noise * rng.standard_normal((n, 3)), covariance)
    return names, true, rivalry


@pytest.mark.parametrize("noise", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("level", [-2.0, 0.5, 3.0])
def test_shares_are_those_of_the_truth_and_not_of_what_noise_makes_of_it(level, noise):
    names, true, rivalry = made_rivalry(128, level, 2.0, noise)
    found = believed(PRIOR, names, rivalry)
    truth, naive = ((values > 0).all(axis=1).mean() for values in (true, rivalry.ahead))
    assert abs(found.share().mean - truth) < 0.05 + 0.03 * noise**2 / 2.0
    assert abs(found.share().mean - truth) <= 0.5 * abs(naive - truth) + 0.03
    for place, rival in enumerate(PRIOR.rivals):
        assert found.ahead(rival).mean == pytest.approx(true[:, place].mean(), abs=0.2 + 0.2 * noise)


def test_regret_is_what_always_choosing_one_loses_against_the_best():
    names, true, rivalry = made_rivalry(128, 1.0, 2.0, 0.01)
    found = believed(PRIOR, names, rivalry).regrets()
    values = np.column_stack([np.zeros(128), -true])
    expected = (values.max(axis=1, keepdims=True) - values).mean(axis=0)
    assert [at.mean for at in found.values()] == [pytest.approx(loss, abs=0.05) for loss in expected]
    assert list(found) == ["", *PRIOR.rivals]


def test_a_few_worlds_are_enough_to_be_unsure():
    names, _, rivalry = made_rivalry(8, 0.0, 2.0, 3.0)
    found = believed(PRIOR, names, rivalry)
    assert ((found.chances > 0.0) & (found.chances < 1.0)).all()


def test_strata_part_the_worlds_by_each_factor():
    names, _, rivalry = made_rivalry(128, 0.0, 4.0, 0.5)
    found = believed(PRIOR, names, rivalry)
    by_factor = {}
    for factor, label, at in strata(PRIOR, names, found):
        by_factor.setdefault(factor.name, {})[label] = at
    assert all(sum(at.n for at in levels.values()) == 128 for levels in by_factor.values())
    low, high = by_factor["need"].values()
    assert high.mean > low.mean + 0.3
    assert stratum(PRIOR.factors[0], world(need=0.5)) == "0.5 to 1"
    assert stratum(PRIOR.factors[0], world(need=2.0)) == "1 to 2"


@pytest.mark.parametrize("noise", [0.5, 2.0])
def test_intervals_over_worlds_cover_what_is_true(noise):
    n_trials, inside = 30, {"share": 0, "lead": 0, "regret": 0}
    for trial in range(n_trials):
        names, true, rivalry = made_rivalry(48, 0.7, 1.5, noise, seed=trial)
        found = believed(PRIOR, names, rivalry, seed=trial)
        share, lead = (true > 0).all(axis=1).mean(), true[:, 0].mean()
        values = np.column_stack([np.zeros(48), -true])
        regret = (values.max(axis=1) - values[:, 0]).mean()
        for name, truth, at in (
            ("share", share, found.share()), ("lead", lead, found.ahead(PRIOR.rivals[0])),
            ("regret", regret, found.regrets()[""]),
        ):  # fmt: skip
            inside[name] += at.low <= truth <= at.high
    # The truth of these worlds, and not of all that might have been drawn, is covered more often than 95%. Regrets are
    # the largest of several: with noise above the truth their intervals are too narrow, as docs/claims.md says.
    if noise > 1.5:
        inside.pop("regret")
    assert min(inside.values()) >= 0.85 * n_trials, inside


# ---- the search


def need_of(one):
    return 2.0 * PRIOR.factors[0].share(one["need"]) - 1.0


@pytest.mark.parametrize(("for_rivals", "need"), [(True, 0.0), (False, 1.0)])
def test_a_search_finds_the_best_case_and_says_how_many_worlds_it_tried(for_rivals, need):
    names, _, rivalry = made_rivalry(96, 0.0, 2.0, 0.5)
    tried = []

    def evaluate(worlds):  # every second world is implausible
        tried.extend(worlds)
        return {name: 2.0 * np.full(3, need_of(one)) for name, one in list(worlds.items())[::2]}

    case = best_case(PRIOR, names, believed(PRIOR, names, rivalry), Trials(evaluate, evaluate), for_rivals)
    assert PRIOR.factors[0].share(case.world["need"]) == pytest.approx(need, abs=0.15)
    assert case.n_tried == len(set(tried)) == ROUNDS * PROPOSED
    assert case.n_plausible == ROUNDS * PROPOSED // 2


def test_what_was_lucky_where_it_was_found_is_not_chosen():
    names, _, rivalry = made_rivalry(96, 0.0, 2.0, 0.5)
    found = believed(PRIOR, names, rivalry)
    lucky = []

    def finding(worlds):
        lucky.extend(list(worlds)[:1])  # the first of every round shines
        return {name: np.full(3, 9.0 if name in lucky else need_of(one)) for name, one in worlds.items()}

    def choosing(worlds):
        assert len(worlds) == PARENTS
        return {name: np.full(3, need_of(one)) for name, one in worlds.items()}

    case = best_case(PRIOR, names, found, Trials(finding, choosing), for_rivals=False)
    assert case.name not in lucky or need_of(case.world) > 0.5


def test_a_search_among_worlds_that_are_all_implausible_finds_nothing():
    names, _, rivalry = made_rivalry(64, 0.0, 2.0, 0.5)
    nothing = Trials(lambda worlds: {}, lambda worlds: {})
    assert best_case(PRIOR, names, believed(PRIOR, names, rivalry), nothing, True) is None


def test_worlds_have_futures_of_their_own():
    taken = [seeds_of(number, 4) for number in range(64)]
    assert len({seed for own in taken for seed in own}) == 256
    assert seeds_of(3, 6)[:4] == seeds_of(3, 4)
    apart = [set(FINDING), set(CHOOSING), set(TELLING)]
    assert not any(a & b for a in apart for b in apart if a is not b)


def test_a_factor_over_orders_of_magnitude_is_drawn_by_its_logarithm():
    factor = Factor("x", "x", low=1.0, high=100.0, log=True)
    assert factor.at(0.5) == pytest.approx(10.0)
    assert factor.share(10.0) == pytest.approx(0.5)
    assert replace(factor, log=False).at(0.5) == pytest.approx(50.5)
