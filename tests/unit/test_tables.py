"""The comparison as rows and as a printed table."""

import io

import numpy as np
import pandas as pd
import pytest

from sim.report.change_tables import change_table, printed_change
from sim.report.labels import BLANK, DOING_NOTHING, HEADLINES, UNCLEAR, Style, at_no_cost
from sim.report.tables import (
    PLAIN_WIDTH,
    comparison_table,
    printed_table,
    printed_tables,
    report_console,
    rows_of,
)
from sim.settings import EQUAL_COST, EQUAL_PRACTICES
from sim.study.statistics import ahead_share, mean_estimate, paired_difference, share_estimate

GAINS = {
    "separate": 0.0,
    "merged_sales_led": -4.1,
    "merged_marketing_led": -1.5,
    "merged_balanced": 0.75,
    "fractional_cmo": -1.1,
    "marketing_under_sales": -1.4,
    "founder_led": -5.8,
    "cro_two_heads": 0.0,
    "no_marketing": -9.6,
}
STYLES = {name: Style(f"{name.replace('_', ' ').capitalize()}", name, False, "#0072B2") for name in GAINS}


def runs_of(n=64, names=tuple(GAINS), size=1.0):
    """Realistic runs: NPV about $30M, revenue $74M, brand 25, burnout 50; size scales the money."""
    rng = np.random.default_rng(2)
    luck = rng.normal(size=n)
    frames = []
    for name in names:
        own, gain = rng.normal(size=(5, n)) * 0.05, GAINS[name]
        frames.append(
            pd.DataFrame(
                {
                    "company": "medium",
                    "org": name,
                    "scenario": name,
                    "seed": range(n),
                    "npv_usd": size * 1e6 * (30 + 5 * luck + gain + own[0]),
                    "profit_usd": size * 1e6 * (12 + 1 * luck + 0.1 * gain + own[1]),
                    "revenue_usd": size * 1e6 * (74 + 4 * luck + 1.4 * gain + own[2]),
                    "brand_equity": 25 + luck + 1.5 * gain + own[3],
                    "burnout": 50 + 2 * luck - 0.4 * gain + own[4],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def printed(runs, reference="separate", width=PLAIN_WIDTH):
    """The printed table as the text that a file would get, whatever COLUMNS says."""
    console = report_console(io.StringIO())
    console.width = width
    console.print(printed_table(comparison_table(runs, reference), STYLES, reference))
    return console.file.getvalue()


def cells_of(text, label):
    """The value line and the interval line of one structure."""
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if label in line)
    return lines[at], lines[at + 1]


# Rows


def test_the_comparison_has_one_row_per_scenario_and_headline():
    comparison = comparison_table(runs_of(), "separate")
    assert len(comparison) == len(GAINS) * len(HEADLINES)
    assert not comparison.duplicated(["scenario", "outcome"]).any()


def test_levels_and_differences_are_those_of_the_statistics():
    runs = runs_of()
    row = rows_of(comparison_table(runs, "separate"), "revenue_usd").loc["founder_led"]
    founder, base = (runs[runs["scenario"] == s].set_index("seed")["revenue_usd"] for s in ("founder_led", "separate"))
    at, difference = mean_estimate(founder), paired_difference(founder, base)
    assert (row["level_mean"], row["level_low"], row["level_high"]) == (at.mean, at.low, at.high)
    assert (row["difference_mean"], row["difference_low"]) == (difference.mean, difference.low)
    assert row["is_clear"] == difference.is_clear


def test_the_reference_is_not_compared_with_itself():
    comparison = comparison_table(runs_of(), "separate")
    rows = comparison[comparison["scenario"] == "separate"]
    assert rows[["difference_mean", "difference_low", "difference_high", "p_value"]].isna().all(axis=None)
    assert not rows["is_clear"].any()


def test_being_the_best_means_npv():
    comparison = comparison_table(runs_of(), "separate")
    is_npv = comparison["outcome"] == "npv_usd"
    assert comparison.loc[is_npv, "best_share"].sum() == pytest.approx(1)
    assert comparison.loc[~is_npv, "best_share"].isna().all()


def test_the_comparison_keeps_what_a_scenario_is_made_of():
    comparison = comparison_table(runs_of(), "separate")
    assert (comparison["org"] == comparison["scenario"]).all()
    without = comparison_table(runs_of().drop(columns=["company", "org"]), "separate")
    assert "org" not in without


def test_the_comparison_survives_a_csv(tmp_path):
    comparison = comparison_table(runs_of(), "separate")
    comparison.to_csv(tmp_path / "summary.csv", index=False)
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "summary.csv"), comparison, check_dtype=False)


def test_a_reference_that_was_not_run_is_refused_by_name():
    with pytest.raises(ValueError, match=r"reference = merged: not among the scenarios that were run"):
        comparison_table(runs_of(), "merged")


# Print


@pytest.mark.parametrize("width", [100, 110])
def test_the_table_fits_the_terminal_with_every_number_whole(width):
    text = printed(runs_of(), width=width)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert "…" not in text
    value, interval = cells_of(text, "No marketing")
    assert value.count("−") == 4
    assert interval.count(" to ") == len(HEADLINES)


def test_the_best_structure_is_on_top():
    text = printed(runs_of())
    order = ["Merged balanced", "Separate", "Fractional cmo", "Founder led", "No marketing"]
    places = [text.index(label) for label in order]
    assert places == sorted(places)


def test_the_reference_shows_levels_and_the_others_differences():
    text = printed(runs_of())
    value, interval = cells_of(text, "Separate")
    assert "+" not in value
    assert interval.strip().startswith("reference")
    assert "+0.7" in cells_of(text, "Merged balanced")[0]


def test_a_difference_that_includes_zero_shows_no_sign_of_victory():
    value, interval = cells_of(printed(runs_of()), "Cro two heads")
    assert value.count(UNCLEAR) >= 3
    assert not any(sign in value.replace(UNCLEAR, "") for sign in "+−")
    assert " to " in interval


def test_one_future_shows_levels_and_no_winner():
    text = printed(runs_of(n=1))
    assert "Levels in one future" in text
    assert "no difference can be called clear" in text
    assert "+" not in text
    assert "%" not in text
    assert BLANK in text


@pytest.mark.parametrize("width", [80, 110])
def test_the_title_says_that_costs_are_equal_and_nothing_where_practices_alone_are(width):
    for n, words in (
        (64, "Difference from separate at equal total cost, with 95%"),
        (1, "Levels in one future at equal"),
    ):
        comparison = comparison_table(runs_of(n), "separate")
        for table in printed_tables(comparison, STYLES, "separate", width, EQUAL_COST):
            assert table.title.startswith(words)
        for table in printed_tables(comparison, STYLES, "separate", width, EQUAL_PRACTICES):
            assert "equal" not in table.title


def test_two_scenarios_are_enough():
    text = printed(runs_of(names=("separate", "founder_led")))
    assert "Founder led" in text


def test_a_lone_scenario_shows_its_levels():
    assert "Separate" in printed(runs_of(names=("separate",)))


def test_a_small_company_is_counted_in_thousands():
    assert "$k" in printed(runs_of(names=("separate", "founder_led"), size=0.01))


def test_a_piped_table_is_plain_text_110_columns_wide(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    console = report_console(io.StringIO())
    assert console.width == PLAIN_WIDTH
    console.print(printed_table(comparison_table(runs_of(), "separate"), STYLES, "separate"))
    assert "\x1b" not in console.file.getvalue()


@pytest.mark.parametrize("width", [80, 90])
def test_a_narrow_terminal_keeps_every_name_and_number_in_two_tables(width):
    console = report_console(io.StringIO())
    console.width = width
    tables = printed_tables(comparison_table(runs_of(), "separate"), STYLES, "separate", width)
    assert len(tables) == 2
    for table in tables:
        console.print(table)
    text = console.file.getvalue()
    assert "…" not in text
    assert text.count("Founder led") == 2


# A change


CHANGE = Style("Split the role in Q5", "splitting the role in quarter 5", False, "#0072B2")
OF_CHANGE = {"changed": CHANGE, "nothing": DOING_NOTHING, "free": at_no_cost(CHANGE)}
AS_CHANGE = {"merged_balanced": "changed", "separate": "nothing", "cro_two_heads": "free"}


def runs_of_change(n=64):
    """Runs of a change that is worth $0.75M, of the change at no cost, and of doing nothing."""
    runs = runs_of(n, names=tuple(AS_CHANGE)).drop(columns=["company", "org"])
    runs["scenario"] = runs["scenario"].map(AS_CHANGE)
    runs.loc[runs["scenario"] == "free", "npv_usd"] += 1e6
    return runs


def printed_of_change(table, width=PLAIN_WIDTH):
    """The printed table of a change as the text that a file would get."""
    console = report_console(io.StringIO())
    console.width = width
    for part in printed_change(table, OF_CHANGE, "nothing", width):
        console.print(part)
    return console.file.getvalue()


def test_a_change_pays_in_the_futures_in_which_it_is_ahead_of_doing_nothing():
    runs = runs_of_change()
    row = rows_of(change_table(runs, "changed", "nothing", "free"), "npv_usd").loc["changed"]
    npv = runs.pivot_table(index="seed", columns="scenario", values="npv_usd")
    at = share_estimate(64 * ahead_share(npv["changed"], npv["nothing"]), 64)
    assert (row["pays_share"], row["pays_share_low"], row["pays_share_high"]) == (at.mean, at.low, at.high)


def test_doing_nothing_pays_in_nothing_and_only_npv_counts():
    table = change_table(runs_of_change(), "changed", "nothing", "free")
    assert table.loc[table["scenario"] == "nothing", "pays_share"].isna().all()
    assert table.loc[table["outcome"] != "npv_usd", "pays_share"].isna().all()
    assert "best_share" not in table


def test_a_change_is_compared_like_structures_are():
    runs = runs_of_change()
    table = change_table(runs, "changed", "nothing", "free")
    whole = comparison_table(runs, "nothing").set_index(["scenario", "outcome"])
    shared = [column for column in table.columns if column in whole.columns]
    again = table.set_index(["scenario", "outcome"])[shared].loc[whole.index]
    pd.testing.assert_frame_equal(again, whole[shared])


def test_doing_nothing_is_on_top_then_the_change_then_the_change_at_no_cost():
    text = printed_of_change(change_table(runs_of_change(), "changed", "nothing", "free"))
    places = [text.index(label) for label in ("■ Doing nothing", "■ Split the role", "had it")]
    assert places == sorted(places)
    assert "Difference from doing nothing, with 95% interval, 64 futures" in text
    assert "pays in: share of futures with a higher NPV than doing nothing, ties half." in text
    assert "best" not in text


@pytest.mark.parametrize("width", [80, 100, 110])
def test_the_table_of_a_change_fits_the_terminal(width):
    text = printed_of_change(change_table(runs_of_change(), "changed", "nothing", "free"), width)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert "…" not in text


def test_a_change_in_one_future_pays_in_no_share_of_them():
    text = printed_of_change(change_table(runs_of_change(n=1), "changed", "nothing"))
    assert "Levels in one future" in text
    assert "%" not in text


def test_a_change_that_changes_nothing_shows_no_winner():
    runs = runs_of_change()
    same = runs[runs["scenario"] == "nothing"]
    text = printed_of_change(change_table(pd.concat([same.assign(scenario="changed"), same]), "changed", "nothing"))
    assert cells_of(text, "Split the role")[0].count(UNCLEAR) == len(HEADLINES)


def test_the_table_of_a_change_that_was_not_run_is_refused():
    with pytest.raises(ValueError, match=r"scenario free was not run; there are changed, nothing"):
        change_table(runs_of_change().query("scenario != 'free'"), "changed", "nothing", "free")
