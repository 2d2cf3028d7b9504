import hashlib
import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import keep
from sim.anchors import measured, misses, targets
from sim.config import CompanyConfig
from sim.keep import kept_past, model_hash, past_config
from sim.market.laws import N_FLOWS
from sim.market.prospects import Stage
from sim.model import GoToMarket, past_of
from sim.past import usual_pressure

SEEDS, QUARTERS = range(24), 24
USED_TO = {  # what people are used to: as the past knows it, and as a model shows it
    "activation": (lambda usual: usual.activation, lambda model: model.programmes.activation),
    "content": (lambda usual: usual.content, lambda model: model.programmes.content),
    "insight": (lambda usual: usual.insight, lambda model: model.programmes.insight),
    "channels": (lambda usual: usual.channel_effect, lambda model: model.channel_effect),
    "trust of sales": (lambda usual: usual.trust[0, 0], lambda model: model.trust.level[0].mean()),
    "trust of marketing": (lambda usual: usual.trust[0, 1], lambda model: model.trust.level[1].mean()),
    "true credit": (lambda usual: usual.credit.true_share, lambda model: model.credit.true_share),
    "recorded credit": (lambda usual: usual.credit.recorded_share, lambda model: model.credit.recorded_share),
    "pressure": (lambda usual: usual.pressure, lambda model: model.pressure),
}


@pytest.fixture(scope="module")
def lived_on(tiny_with):
    """Many futures of a tiny company that stays as it is: the mean quarter's flows, and what people got used to."""
    config = tiny_with("org=founder_led", f"horizon_quarters={QUARTERS - 4}")
    assert config.org == config.today.org
    past, flows, stocks = past_of(config), np.zeros(N_FLOWS), []
    for seed in SEEDS:
        model = GoToMarket(config, seed, past)
        stocks.append([])
        for _ in range(QUARTERS):
            model.step()
            flows += model.flows_of_quarter()
            stocks[-1].append([shown(model) for _, shown in USED_TO.values()])
        model.forget()
    return config, past, flows / len(SEEDS) / QUARTERS, np.array(stocks)


def test_under_today_the_simulated_company_shows_the_stated_facts(lived_on):
    config, _, flows, _ = lived_on
    off = misses(measured(flows, 1), targets(config))
    assert np.isfinite(off).all()
    assert np.abs(off).max() < 0.10
    assert np.abs(off).mean() < 0.04


def test_the_past_knows_what_people_are_used_to(lived_on):
    _, past, _, stocks = lived_on
    means, errors = stocks.mean(axis=(0, 1)), stocks.mean(axis=1).std(axis=0, ddof=1) / np.sqrt(len(SEEDS))
    for (name, (known, _)), mean, error in zip(USED_TO.items(), means, errors, strict=True):
        # 99.9%, two-sided, with 23 degrees of freedom.
        assert known(past.usual) == pytest.approx(mean, abs=max(3.77 * error, 0.015)), name


def test_marketings_stocks_start_where_today_leaves_them(lived_on):
    config, past, _, _ = lived_on
    started, usual = GoToMarket(config, 0, past).programmes, past.usual
    assert (started.activation, started.content, started.insight) == (usual.activation, usual.content, usual.insight)


def test_a_year_of_few_big_deals_presses_more_than_one_of_many_small_ones():
    few, many, alike = (
        usual_pressure(replace(CompanyConfig(), n_customers=n, deal_value_sigma=sigma))
        for n, sigma in ((60, 1.1), (6_000, 1.1), (60, 0.0))
    )
    assert 0.0 < many < alike < few <= 0.5


def test_usual_pressure_is_the_mean_shortfall_of_a_normal_year():
    company = replace(CompanyConfig(), deal_value_sigma=0.0)
    spread = 1.0 / np.sqrt(4 * company.wins_per_quarter)
    shortfall = np.maximum(-spread * np.random.default_rng(0).standard_normal(200_000), 0.0).mean()
    assert usual_pressure(company) == pytest.approx(shortfall, rel=0.02)


def test_the_past_knows_the_pressure_and_strain_that_people_are_used_to(tiny_past, tiny):
    assert tiny_past.usual.pressure == pytest.approx(usual_pressure(tiny.company), abs=0.06)
    for moments in tiny_past.usual.strain:
        assert abs(moments.exhaustion_mean) < 0.5
        assert 0.6 < moments.exhaustion_sd < 1.2


def test_accounts_to_draw_from_are_customers_of_the_stated_worth_and_others(tiny_past, tiny):
    accounts = tiny_past.reservoir.accounts
    is_customer = accounts.stage == Stage.CUSTOMER
    assert accounts.contract_usd[is_customer].mean() == pytest.approx(tiny.company.acv_usd)
    assert (accounts.contract_usd[~is_customer] == 0.0).all()
    assert is_customer.mean() == pytest.approx(60 / 1200, rel=0.2)
    assert {int(stage) for stage in np.unique(accounts.stage)} == {int(stage) for stage in Stage}


def test_a_company_has_one_past_whatever_is_asked_of_its_future(tiny, tiny_past, structured, tiny_with):
    assert past_of(tiny) is tiny_past
    assert past_of(structured) is tiny_past
    assert past_of(tiny_with("market=volatile", "horizon_quarters=9", "practices=strong")) is tiny_past


@pytest.mark.parametrize("override", ["company.win_rate=0.3", "people.ramp_months=3", "company.today.org=separate"])
def test_another_company_or_other_people_have_another_past(tiny, tiny_with, override):
    assert past_config(tiny_with(override)) != past_config(tiny)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """An empty cache folder, and a memory that forgot everything."""
    monkeypatch.setattr(keep, "cache_root", lambda: tmp_path)
    monkeypatch.setattr(keep, "_in_memory", {})
    return tmp_path / "pasts"


@pytest.fixture
def living(tiny_past):
    """A way to live a past that counts how often it is asked."""

    def live(config):
        live.times += 1
        return tiny_past

    live.times = 0
    return live


def test_a_past_is_lived_once_and_then_kept(tiny, folder, living, monkeypatch):
    first = kept_past(tiny, living)
    assert kept_past(tiny, living) is first
    monkeypatch.setattr(keep, "_in_memory", {})
    again = kept_past(tiny, living)
    assert living.times == 1
    assert again.anchors == first.anchors
    kept = dict(again.reservoir.accounts.columns())
    assert all(np.array_equal(column, kept[name]) for name, column in first.reservoir.accounts.columns())


def damaged(whole, damage):
    """A file's bytes, spoilt."""
    if damage == "empty":
        return b""
    if damage == "cut short":
        return whole[: len(whole) // 2]
    if damage == "something else":
        return pickle.dumps("not a past")
    if damage == "something else, written whole":
        return hashlib.sha256(pickle.dumps(3)).digest() + pickle.dumps(3)
    place = int(damage)
    return whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]


@pytest.mark.parametrize(
    "damage",
    ["empty", "cut short", "something else", "something else, written whole", "0", "33", "43", "60", "200", "-1000"],
)
def test_a_damaged_past_is_lived_again(tiny, folder, living, monkeypatch, damage):
    kept_past(tiny, living)
    (file,) = folder.glob("*.pickle")
    file.write_bytes(damaged(file.read_bytes(), damage))
    monkeypatch.setattr(keep, "_in_memory", {})
    assert kept_past(tiny, living) is not None
    assert living.times == 2
    monkeypatch.setattr(keep, "_in_memory", {})
    kept_past(tiny, living)
    assert living.times == 2


def test_a_folder_that_cannot_be_written_only_costs_time(tiny, tiny_past, living, monkeypatch, tmp_path):
    (tmp_path / "pasts").write_text("a file where a folder should be")
    monkeypatch.setattr(keep, "cache_root", lambda: tmp_path)
    monkeypatch.setattr(keep, "_in_memory", {})
    assert kept_past(tiny, living) is tiny_past


def test_old_pasts_make_room(tiny, folder, living, monkeypatch):
    monkeypatch.setattr(keep, "KEPT_FILES", 2)
    for n in range(4):
        kept_past(replace(tiny, company=replace(tiny.company, n_prospects=1200 + n)), living)
    assert len(list(folder.glob("*.pickle"))) == 2
    assert living.times == 4


SOURCES = (
    "anchors.py",
    "model.py",
    "past.py",
    "policy.py",
    "randomness.py",
    "agents/salesperson.py",
    "config/__init__.py",
    "config/norms.py",
    "market/channels.py",
    "market/week.py",
    "org/trust.py",
    "phases/living.py",
)


@pytest.mark.parametrize("source", SOURCES)
def test_a_past_is_not_met_again_after_a_change_of_the_model(monkeypatch, tmp_path, source):
    package = tmp_path / "sim"
    shutil.copytree(Path(keep.PACKAGE), package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keep, "PACKAGE", package)
    before = model_hash.__wrapped__()
    with (package / source).open("a") as file:
        file.write("\n# changed\n")
    assert model_hash.__wrapped__() != before


def test_reports_and_the_command_line_leave_every_past_as_it_was(monkeypatch, tmp_path):
    package = tmp_path / "sim"
    shutil.copytree(Path(keep.PACKAGE), package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keep, "PACKAGE", package)
    before = model_hash.__wrapped__()
    for source in ("report/tables.py", "cli/command.py", "compose.py"):
        with (package / source).open("a") as file:
            file.write("\n# changed\n")
    assert model_hash.__wrapped__() == before
