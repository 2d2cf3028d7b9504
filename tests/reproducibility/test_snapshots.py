"""A run that is kept, saved, restored elsewhere and continued is the run that was never interrupted."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from sim.compose import sim_config
from sim.config import Change
from sim.log import state, unlikes
from sim.model import GoToMarket
from sim.snapshot import STATE, Snapshot, SnapshotError

SEED = 7
# Attributes of a model that are no state: what was asked for, what follows from it, what only lives within a quarter.
FOLLOWS = {
    "base", "config", "seed", "past", "luck", "market_luck", "laws", "anchors", "chosen", "planner", "sales_desk",
    "marketing_desk",
}  # fmt: skip


def exact(model):
    return json.dumps([model.results(), *model.rows], sort_keys=True)


def kept(model):
    """Every number of a model's state between two quarters, by name."""
    names = {name.removeprefix("_") for name in STATE}
    return {name: numbers for name, numbers in state(model).items() if name.partition(".")[0] in names}


def until(model, quarter):
    """The model at the start of a quarter."""
    while model.quarter < quarter:
        model.step()
    return model


@pytest.fixture(scope="module")
def eventful(tiny_with):
    """A life in which everything changes that can."""
    config, merged = tiny_with("horizon_quarters=6"), tiny_with("org=merged_balanced").org
    changes = (
        Change(2, org=merged, settings={"mechanisms.conflict": False, "market.growth_per_year": 0.1}),
        Change(3, settings={"company.n_salespeople": 4, "company.n_marketers": 2}, leaves=("salesperson_1",)),
        Change(5, org=config.org, settings={"company.n_salespeople": 3}),
    )
    return replace(config, transition=True, changes=changes)


@pytest.fixture(scope="module")
def whole(eventful, tiny_past):
    return GoToMarket(eventful, SEED, tiny_past).run()


def test_every_attribute_of_a_model_is_state_or_follows_from_what_was_asked(whole):
    plain = GoToMarket(replace(whole.base, changes=()), SEED, whole.past)
    mesas = set(vars(type("Bare", (GoToMarket.__mro__[1],), {})(rng=1)))
    for model in (whole, plain):
        assert {name for name in vars(model) if name not in mesas} <= {*STATE, *FOLLOWS}
    assert set(STATE) <= set(vars(whole))
    assert not set(STATE) & FOLLOWS


@pytest.mark.parametrize("quarter", [-3, 0, 1, 2, 3, 5, 6])
def test_a_run_goes_on_from_a_file_as_if_it_had_never_stopped(eventful, whole, tiny_past, tmp_path, quarter):
    file = until(GoToMarket(eventful, SEED, tiny_past), quarter).snapshot().save(tmp_path / "run.npz")
    resumed = GoToMarket(eventful, SEED, tiny_past, Snapshot.load(file))
    assert resumed.quarter == quarter
    assert not unlikes(kept(until(GoToMarket(eventful, SEED, tiny_past), quarter)), kept(resumed))
    assert exact(resumed.run()) == exact(whole)


def test_every_structure_goes_on_as_it_was(structured, tiny_past, tmp_path):
    whole = GoToMarket(structured, SEED, tiny_past).run()
    file = until(GoToMarket(structured, SEED, tiny_past), 2).snapshot().save(tmp_path / "run.npz")
    assert exact(GoToMarket(structured, SEED, tiny_past, Snapshot.load(file)).run()) == exact(whole)


ELSEWHERE = """
import json, sys
from sim.compose import sim_config
from sim.model import GoToMarket
from sim.snapshot import Snapshot
model = GoToMarket(sim_config(*sys.argv[2:]), 7, start=Snapshot.load(sys.argv[1])).run()
print(json.dumps([model.results(), *model.rows], sort_keys=True))
"""


def test_a_run_goes_on_in_another_process(tiny_with, tiny_overrides, tiny_past, tmp_path, environment):
    config = tiny_with("org=cro_two_heads")
    whole = GoToMarket(config, SEED, tiny_past).run()
    file = until(GoToMarket(config, SEED, tiny_past), 3).snapshot().save(tmp_path / "run.npz")
    command = [sys.executable, "-c", ELSEWHERE, str(file), *tiny_overrides, "org=cro_two_heads"]
    fresh = environment | {"PYTHONHASHSEED": "999"}
    ran = subprocess.run(command, capture_output=True, text=True, env=fresh, check=True)
    assert ran.stdout.strip() == exact(whole)


def test_branches_leave_the_snapshot_and_each_other_alone(eventful, whole, tiny_past):
    start = until(GoToMarket(eventful, SEED, tiny_past), 2).snapshot()
    other = replace(eventful, changes=(Change(2, leaves=("head_of_sales",)),))
    first = exact(GoToMarket(eventful, SEED, tiny_past, start).run())
    branch = GoToMarket(other, SEED, tiny_past, start).run()
    again = exact(GoToMarket(eventful, SEED, tiny_past, start).run())
    assert first == again == exact(whole)
    assert exact(branch) == exact(GoToMarket(other, SEED, tiny_past).run()) != first


def test_a_branch_may_have_another_horizon(eventful, tiny_past):
    start = until(GoToMarket(eventful, SEED, tiny_past), 4).snapshot()
    for n in (5, 9):
        other = replace(eventful, horizon_quarters=n)
        assert exact(GoToMarket(other, SEED, tiny_past, start).run()) == exact(GoToMarket(other, SEED, tiny_past).run())


def test_no_snapshot_is_taken_of_a_quarter_that_has_begun(eventful, tiny_past):
    model = until(GoToMarket(eventful, SEED, tiny_past), 2)
    model.quarter_begins()
    with pytest.raises(SnapshotError, match="quarter 2 has begun: a snapshot must be taken before its changes"):
        model.snapshot()


def test_agents_are_there_after_a_restart(eventful, tiny_past):
    before = until(GoToMarket(eventful, SEED, tiny_past), 4)
    after = GoToMarket(eventful, SEED, tiny_past, before.snapshot())
    for kind, agents in before.agents_by_type.items():
        assert len(agents) == len(after.agents_by_type[kind])
    assert [leader.title for leader in after.agents if hasattr(leader, "title")] == list(before.planner.structure.names)


def test_nobody_goes_on_with_a_life_that_is_not_theirs(eventful, tiny_with, tiny_past):
    start = until(GoToMarket(eventful, SEED, tiny_past), 3).snapshot()
    with pytest.raises(SnapshotError, match=r"seed = 8: the snapshot is of seed 7; must be the same"):
        GoToMarket(eventful, 8, tiny_past, start)
    with pytest.raises(SnapshotError, match=r"at the end of quarter 2 has another past than this scenario"):
        GoToMarket(replace(eventful, changes=()), SEED, tiny_past, start)
    with pytest.raises(SnapshotError, match=r"was made by model abc, this is \w+; must be run again"):
        GoToMarket(eventful, SEED, tiny_past, replace(start, model="abc"))
    # What changes only later is no part of the life so far.
    assert GoToMarket(replace(eventful, changes=eventful.changes[:1]), SEED, tiny_past, start).run().rows


def refusal(file):
    """What is said of a file that can't be loaded; None for one that can."""
    try:
        Snapshot.load(file)
    except SnapshotError as error:
        return str(error)
    return None


def test_a_damaged_file_is_named(eventful, whole, tiny_past, tmp_path):
    file = until(GoToMarket(eventful, SEED, tiny_past), 1).snapshot().save(tmp_path / "run.npz")
    held = file.read_bytes()
    rng = np.random.default_rng(3)
    spoilt = [b"", b"not a snapshot", held[: len(held) // 2], held[:-40]]
    for place in rng.integers(0, len(held), 40).tolist():
        spoilt.append(held[:place] + bytes([held[place] ^ 0xFF]) + held[place + 1 :])
    refused = 0
    for content in spoilt:
        file.write_bytes(content)
        said = refusal(file)
        if said is None:  # a flip where the archive holds nothing, such as a time stamp
            assert exact(GoToMarket(eventful, SEED, tiny_past, Snapshot.load(file)).run()) == exact(whole)
            continue
        assert said.startswith(f"{file}: ")
        assert "\n" not in said
        refused += 1
    assert refused > 30
    with pytest.raises(SnapshotError, match=r"nowhere\.npz: can't be read \(FileNotFoundError\)"):
        Snapshot.load(tmp_path / "nowhere.npz")


def test_a_file_of_another_version_is_refused(eventful, tiny_past, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.snapshot.file.VERSION", 999)
    file = until(GoToMarket(eventful, SEED, tiny_past), 1).snapshot().save(tmp_path / "run.npz")
    monkeypatch.undo()
    with pytest.raises(SnapshotError, match=r"is of version 999, not 1; must be a snapshot of this version"):
        Snapshot.load(file)


def test_a_snapshot_is_small():
    config = sim_config("company=startup", "org=separate")
    model = until(GoToMarket(config, SEED), 1)
    numbers = sum(array.nbytes for array in state(model).values())
    assert numbers < 250 * config.company.n_prospects + 200_000


def test_a_snapshot_is_written_whole_or_not_at_all(eventful, tiny_past, tmp_path, monkeypatch):
    start = until(GoToMarket(eventful, SEED, tiny_past), 1).snapshot()
    file = start.save(tmp_path / "run.npz")
    before = file.read_bytes()

    def broken(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.savez_compressed", broken)
    with pytest.raises(OSError, match="No space left"):
        start.save(file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run.npz"]
