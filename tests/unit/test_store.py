"""Runs that are kept: what goes in comes out, damage is found and named, nothing else is touched."""

import json
import math
import sqlite3
import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cli import main
from sim.keep import model_hash
from sim.params import ConfigError
from sim.store import RunKey, Store, StoreFull, config_hash, decoded, encoded, run_key
from sim.store.inventory import inventory, prune, verified
from sim.store.opening import FILE, VERSION

N = 40
NUMBERS = st.one_of(st.floats(allow_nan=False), st.booleans(), st.integers(-(2**62), 2**62))


def a_run(number=0.0):
    outcomes = {"npv_usd": number, "wins": 3, "is_odd": False, "blank": math.nan}
    quarters = [{"quarter": q, "revenue_usd": number + q, "is_warm_up": q < 1} for q in range(-3, 13)]
    return encoded(outcomes, quarters, seconds=0.25)


@pytest.fixture
def kept(tmp_path, tiny):
    """A store with N runs, closed, and its keys."""
    keys = [run_key(tiny, seed) for seed in range(N)]
    with Store(tmp_path) as store:
        for first in range(0, N, 4):
            store.add(tiny, {key: a_run(float(key.seed)) for key in keys[first : first + 4]})
    return keys


def found(folder, keys):
    """What a store has, and what it says of itself."""
    with Store(folder) as store:
        return {kept.key: decoded(kept.run) for kept in store.runs(keys, with_quarters=True)}, list(store.notes)


# ---- rows as bytes


@given(st.dictionaries(st.text(min_size=1, max_size=8), NUMBERS, min_size=1, max_size=6))
def test_rows_come_back_as_they_went_in(row):
    outcomes, quarters = decoded(encoded(row, [row, row], 1.0))
    assert outcomes == row
    assert quarters == [row, row]
    assert [type(value) for value in outcomes.values()] == [type(value) for value in row.values()]


def test_blanks_come_back_blank():
    outcomes, quarters = decoded(a_run())
    assert math.isnan(outcomes["blank"])
    assert [row["quarter"] for row in quarters] == list(range(-3, 13))


@pytest.mark.parametrize("value", ["a word", None, [1.0]])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match="npv_usd is a"):
        encoded({"npv_usd": value}, [{"quarter": 1}], 1.0)


@pytest.mark.parametrize("second", [{"quarter": 1.5}, {"week": 2}, {"quarter": 1, "week": 2}])
def test_rows_of_other_columns_are_refused(second):
    with pytest.raises(TypeError, match="differ in the names or types"):
        encoded({"npv_usd": 1.0}, [{"quarter": 1}, second], 1.0)


# ---- keys


def test_wording_is_no_part_of_a_run(tiny):
    org = replace(tiny.org, name="other", label="Other", phrase="the other", color="#000000", is_plural=True)
    other = replace(tiny, org=org, company=replace(tiny.company, name="acme"))
    assert config_hash(other) == config_hash(tiny)


def test_every_number_is_part_of_a_run(tiny, tiny_with):
    others = [
        tiny_with("company.n_prospects=1201"), tiny_with("people.switching_loss=0.2"), tiny_with("horizon_quarters=5"),
        tiny_with("org=merged_sales_led"), tiny_with("mechanisms.trust=false"), replace(tiny, transition=True),
    ]  # fmt: skip
    assert len({config_hash(config) for config in (tiny, *others)}) == 1 + len(others)


def test_keys_differ_in_config_seed_and_model():
    keys = [RunKey("a", 1, "m"), RunKey("a", 2, "m"), RunKey("b", 1, "m"), RunKey("a", 1, "n"), RunKey("a", 11, "")]
    assert len({key.digest for key in keys}) == len(keys)


# ---- in and out


def test_what_is_kept_is_found_by_another_store_of_the_folder(tmp_path, kept):
    runs, notes = found(tmp_path, [*kept, RunKey("other", 0, "model")])
    assert list(runs) == kept or set(runs) == set(kept)
    assert [runs[key][0]["npv_usd"] for key in kept] == [float(key.seed) for key in kept]
    assert notes == []


def test_a_run_that_is_there_stays_as_it_is(tmp_path, kept, tiny):
    with Store(tmp_path) as store:
        store.add(tiny, {kept[0]: a_run(99.0)})
    assert found(tmp_path, kept)[0][kept[0]][0]["npv_usd"] == 0.0


def test_a_run_that_failed_is_told_and_tried_again(tmp_path, tiny):
    key = run_key(tiny, 7)
    with Store(tmp_path) as store:
        store.add_failure(tiny, key, "ZeroDivisionError: by the test", "a trace")
        assert store.present([key]) == set()
        assert store.ask("SELECT config, seed, model, error, trace FROM failure") == [
            (*key, "ZeroDivisionError: by the test", "a trace")
        ]
        store.add(tiny, {key: a_run()})
        assert store.present([key]) == {key}
        assert store.ask("SELECT * FROM failure") == []


def test_a_store_in_memory_is_a_store(tiny):
    with Store() as store:
        store.add(tiny, {run_key(tiny, 0): a_run()})
        assert store.present([run_key(tiny, 0), run_key(tiny, 1)]) == {run_key(tiny, 0)}


def test_several_write_at_once(tmp_path, tiny):
    def write(first):
        with Store(tmp_path) as store:
            for seed in range(first, first + 60):
                store.add(tiny, {run_key(tiny, seed): a_run(float(seed))})

    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 30, 60, 90)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    runs, notes = found(tmp_path, [run_key(tiny, seed) for seed in range(150)])
    assert len(runs) == 150
    assert notes == []
    assert not list(tmp_path.glob("store.damaged*"))


# ---- damage


def spoil_record(folder, key, column):
    connection = sqlite3.connect(folder / FILE)
    table, which = ("quarters", "id = (SELECT id FROM run WHERE key = ?)") if column == "rows" else ("run", "key = ?")
    (value,) = connection.execute(f"SELECT {column} FROM {table} WHERE {which}", (key.digest,)).fetchone()
    other = value[:-1] + bytes([value[-1] ^ 1]) if isinstance(value, bytes) else value + 1
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {which}", (other, key.digest))
    connection.commit()
    connection.close()


@pytest.mark.parametrize("column", ["outcomes", "rows", "checksum", "seconds", "layout"])
def test_a_record_that_does_not_fit_its_checksum_is_set_aside(tmp_path, kept, column):
    spoil_record(tmp_path, kept[3], column)
    runs, notes = found(tmp_path, kept)
    assert set(runs) == set(kept) - {kept[3]}
    assert len(notes) == 1
    assert "seed 3 is damaged; set aside" in notes[0]
    assert found(tmp_path, kept)[1] == []
    with Store(tmp_path) as store:
        assert store.ask("SELECT key FROM damaged") == [(kept[3].digest,)]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.8])
def test_a_truncated_file_is_set_aside_and_another_begun(tmp_path, kept, share, tiny):
    path = tmp_path / FILE
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(int(size * share))
    runs, notes = found(tmp_path, kept)
    assert len(runs) < N
    if share > 0:  # of an empty file nothing is left to be set aside
        assert "set aside as store.damaged-" in notes[0]
        assert len(list(tmp_path.glob("store.damaged-*.sqlite"))) == 1
    with Store(tmp_path) as store:
        store.add(tiny, {key: a_run(float(key.seed)) for key in kept})
    assert len(found(tmp_path, kept)[0]) == N


@given(st.data())
def test_overwritten_bytes_never_pass_for_a_run(tmp_path_factory, tiny, data):
    folder = tmp_path_factory.mktemp("spoilt")
    keys = [run_key(tiny, seed) for seed in range(12)]
    with Store(folder) as store:
        store.add(tiny, {key: a_run(float(key.seed)) for key in keys})
    content = bytearray((folder / FILE).read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=600))
    content[start : start + len(noise)] = noise
    (folder / FILE).write_bytes(bytes(content[: (folder / FILE).stat().st_size]))
    runs, _ = found(folder, keys)
    assert all(outcomes["npv_usd"] == float(key.seed) for key, (outcomes, _) in runs.items())
    with Store(folder) as store:
        store.add(tiny, {key: a_run(float(key.seed)) for key in keys})
    assert {key: rows[0]["npv_usd"] for key, rows in found(folder, keys)[0].items()} == {
        key: float(key.seed) for key in keys
    }


@pytest.mark.parametrize("content", [b"not a database at all" * 99, b"\0" * 5000])
def test_another_file_is_set_aside(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    runs, notes = found(tmp_path, [RunKey("a", 0, "m")])
    assert runs == {}
    assert "set aside as" in notes[0]
    assert [path.read_bytes() for path in tmp_path.glob("store.damaged-*.sqlite")] == [content]


def test_a_store_of_another_version_is_set_aside(tmp_path, kept):
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    assert f"is a store of version {VERSION + 1}, this is version {VERSION}" in found(tmp_path, kept)[1][0]


def test_somebody_elses_database_is_set_aside(tmp_path, kept):
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("PRAGMA application_id = 7")
    connection.close()
    assert "is not a store of Two Hats" in found(tmp_path, kept)[1][0]


def test_who_has_the_file_open_goes_on_with_the_new_one_when_another_sets_it_aside(tmp_path, kept, tiny):
    with Store(tmp_path) as first:
        assert first.present(kept) == set(kept)
        (tmp_path / FILE).rename(tmp_path / "store.damaged-elsewhere.sqlite")
        first.add(tiny, {kept[0]: a_run(5.0)})
        assert first.present(kept) == {kept[0]}


# ---- no room, no folder


def test_a_full_disk_loses_what_is_written_and_nothing_before(tmp_path, kept, tiny):
    big = {run_key(tiny, seed): a_run(float(seed)) for seed in range(N, N + 4000)}
    with Store(tmp_path) as store:
        pages = store.ask("PRAGMA page_count")[0][0]
        store.ask(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreFull, match="disk is full: what had finished is kept"):
            store.add(tiny, big)
        assert store.present(kept) == set(kept)
        assert store.present(big) == set()
    runs, notes = found(tmp_path, kept)
    assert len(runs) == N
    assert notes == []


def test_a_folder_that_cannot_be_is_a_mistake_in_a_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"results_dir = .*file.*: must be a folder to write to|must be a folder"):
        Store(tmp_path / "file")


# ---- list, verify, prune


def test_the_inventory_names_what_was_run(tmp_path, kept, tiny):
    with Store(tmp_path) as store:
        store.add_failure(tiny, run_key(tiny, 99), "an error", "a trace")
        ((kind, lot),) = inventory(store).items()
    assert kind == (model_hash(), "startup", "separate", "typical", "specialised", "steady")
    assert (lot.configs, lot.runs, lot.failures, lot.seconds) == (1, N, 1, 0.25 * N)


def test_verify_finds_every_damaged_run(tmp_path, kept, capsys):
    for key in kept[5:8]:
        spoil_record(tmp_path, key, "rows")
    with Store(tmp_path) as store:
        assert verified(store) == N - 3
        assert len(store.notes) == 3
    assert main(["store", "verify", f"results_dir={tmp_path}"]) == 0
    assert f"{N - 3} runs are whole, 0 findings" in capsys.readouterr().out


def test_prune_keeps_the_runs_of_todays_model(tmp_path, kept, tiny, capsys):
    old = {RunKey("old", seed, "another model"): a_run() for seed in range(5)}
    with Store(tmp_path) as store:
        store.add(tiny, old)
        store.add_failure(tiny, run_key(tiny, 99), "an error", "a trace")
        assert prune(store, dry_run=True) == (1, 5, 1, 0)
        assert store.present(old) == set(old)
    assert main(["store", "prune", f"results_dir={tmp_path}"]) == 0
    assert "took out 5 runs of 1 other models, 1 failures, 0 damaged runs" in capsys.readouterr().out
    with Store(tmp_path) as store:
        assert store.present([*old, *kept]) == set(kept)
        assert len(list(store.runs(kept, with_quarters=True))) == N
        (settings,) = store.ask("SELECT count(*) FROM config")
        assert settings == (1,)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("store", "store nothing: must be one of list, verify, prune"),
        ("store lst", "did you mean list?"),
        (
            "store list result_dir=x",
            "result_dir: no such setting of store; must be one of results_dir, dry_run; did you",
        ),
        ("store prune dry_run=maybe", "dry_run = maybe: must be true or false"),
        ("store list results_dir=nowhere", "results_dir = nowhere: has no store.sqlite"),
    ],
)
def test_a_mistake_about_the_store_is_told_in_a_line(words, line, capsys):
    assert main(words.split()) == 2
    told = capsys.readouterr().err
    assert line in told
    assert told.count("\n") == 1


def test_the_settings_of_a_run_can_be_read_back(tmp_path, kept, tiny):
    import zlib

    with Store(tmp_path) as store:
        ((digest, settings),) = store.ask("SELECT hash, settings FROM config")
    assert digest == config_hash(tiny)
    assert json.loads(zlib.decompress(settings))["company"]["n_prospects"] == tiny.company.n_prospects
