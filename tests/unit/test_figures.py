"""Figures show what they say, say only what is supported, and put nothing on top of anything else."""

import dataclasses
import itertools
import re

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from sim.report.figures import attention, change, change_headlines, convergence, differences, funnel, headlines, save
from sim.report.figures.canvas import balanced, drawing, readable, tint
from sim.report.figures.effects import effects
from sim.report.figures.ends import spread
from sim.report.figures.pairing import across_futures, apart, pairing
from sim.report.labels import DOING_NOTHING, Style, at_no_cost
from sim.report.tables import comparison_table
from sim.study.change import SO_FAR, effect_of
from sim.study.statistics import differences_to, mean_estimate, ratio_of_means

STYLES = {
    "separate": Style("Two leaders", "two leaders", True, "#0072B2"),
    "merged_sales_led": Style("One leader from sales", "one leader from sales", False, "#D55E00"),
    "merged_marketing_led": Style("One leader from marketing", "one leader from marketing", False, "#CC79A7"),
    "merged_balanced": Style("One balanced leader", "one balanced leader", False, "#009E73"),
    "fractional_cmo": Style("Part-time marketing head", "a part-time marketing head", False, "#56B4E9"),
    "marketing_under_sales": Style("Marketing under sales", "marketing under sales", False, "#E69F00"),
    "founder_led": Style("Founder leads both", "a founder who leads both", False, "#8C6D1F"),
    "cro_two_heads": Style("CRO with two heads", "a CRO with two heads", False, "#5B4B8A"),
    "no_marketing": Style("No marketing", "no marketing", False, "#6E6E6E"),
}
# What a structure does to growth by the end of the horizon, and the share of hours that marketing gets.
EFFECT = dict(zip(STYLES, (0, -0.16, -0.07, -0.01, -0.05, -0.06, -0.22, -0.02, -0.35), strict=True))
MARKETING = dict(zip(STYLES, (0.44, 0.14, 0.52, 0.38, 0.25, 0.36, 0.10, 0.40, 0.0), strict=True))
STAGES = {"leads": 1446, "mqls": 362, "accepted_leads": 110, "opportunities": 132, "wins": 29}
SALES = ("deal_support", "coaching", "sales_people")


def world(names=tuple(STYLES), n=64, effect=None):
    """Quarters and runs of realistic size: revenue $6.2M a quarter, brand 25, burnout 50, NPV about $30M."""
    rng = np.random.default_rng(3)
    effect = EFFECT if effect is None else dict.fromkeys(names, effect)
    quarter, seed = (a.ravel() for a in np.meshgrid(np.arange(-3, 13), np.arange(n), indexing="ij"))
    base, luck = rng.normal(size=n)[seed], rng.normal(size=(16, n)).ravel()
    time = np.clip(quarter, 0, None) / 12
    frames = []
    for name in names:
        growth = effect[name] * time + 0.012 * rng.normal(size=n)[seed] * time
        is_founder = name == "founder_led"
        frame = pd.DataFrame({"scenario": name, "seed": seed, "quarter": quarter, "is_warm_up": quarter < 1})
        frame["revenue_usd"] = 6.2e6 * (1 + 0.06 * base + 0.03 * luck + growth)
        frame["profit_usd"] = 0.18 * frame["revenue_usd"]
        frame["brand_equity"] = 25 * (1 + 0.05 * base + 0.02 * luck + 1.6 * growth)
        frame["burnout"] = 50 + 2 * base + luck - 18 * growth
        for stage, number in STAGES.items():
            frame[stage] = number * (1 + 0.05 * base + 1.5 * growth)
        marketing = MARKETING[name] * (1 + 0.02 * luck)
        frame["attention_marketing_share"] = marketing
        frame["attention_spare_share"] = 0.02
        frame["attention_lost_share"] = 0.10
        frame["leader_hours"] = 50.0
        for activity in SALES:
            frame[f"attention_{activity}_share"] = (0.88 - marketing - 0.35 * is_founder) / 3
        frames.append(frame)
    quarters = pd.concat(frames, ignore_index=True)
    measured = quarters[~quarters["is_warm_up"]].groupby(["scenario", "seed"], sort=False)
    runs = measured[["revenue_usd", "profit_usd", *STAGES]].sum()
    runs["brand_equity"], runs["burnout"] = measured["brand_equity"].last(), measured["burnout"].mean()
    runs["npv_usd"] = runs["profit_usd"] + 0.7e6 * runs["brand_equity"]
    return quarters, runs.reset_index()


@pytest.fixture(scope="module")
def nine():
    return world()


DRAW = {
    "headlines": lambda quarters, runs: headlines(quarters, STYLES, "separate"),
    "differences": lambda quarters, runs: differences(comparison_table(runs, "separate"), STYLES, "separate"),
    "attention": lambda quarters, runs: attention(quarters, STYLES),
    "funnel": lambda quarters, runs: funnel(runs, STYLES, "separate"),
}
MANY = {  # need more than one future
    "convergence": lambda quarters, runs: convergence(runs, STYLES, "separate"),
    "pairing": lambda quarters, runs: pairing(runs, STYLES, "separate", "merged_sales_led"),
}


def draw_all(quarters, runs):
    """Every figure of a comparison by name."""
    return {name: draw(quarters, runs) for name, draw in DRAW.items()}


@pytest.fixture(scope="module")
def nine_figures(nine):
    return draw_all(*nine) | {name: draw(*nine) for name, draw in MANY.items()}


def boxes(figure):
    """The visible texts of a figure with their places, in pixels."""
    with drawing():
        renderer = figure.canvas.get_renderer()
        figure.draw(renderer)
        hidden = {id(label) for axes in figure.axes for label in hidden_tick_labels(axes)}
        texts = [t for t in figure.findobj(Text) if t.get_text().strip() and id(t) not in hidden]
        return [(t.get_text(), t.get_window_extent(renderer)) for t in texts]


def hidden_tick_labels(axes):
    """Labels of ticks beyond the limits: matplotlib makes them but does not draw them."""
    for labels, coordinate, limits in (
        (axes.get_xticklabels(), 0, sorted(axes.get_xlim())),
        (axes.get_yticklabels(), 1, sorted(axes.get_ylim())),
    ):
        yield from (t for t in labels if not limits[0] <= t.get_position()[coordinate] <= limits[1])


def assert_nothing_covered(words):
    for (one, a), (other, b) in itertools.combinations(words, 2):
        overlap_x = min(a.x1, b.x1) - max(a.x0, b.x0)
        overlap_y = min(a.y1, b.y1) - max(a.y0, b.y0)
        # A box of text is taller than its letters: a touch of 2 pixels at 100 dpi is none to the eye.
        assert not (overlap_x > 1 and overlap_y > 2), f"{one!r} covers {other!r}"


def title_of(figure):
    return " ".join(figure.texts[0].get_text().split())


def subtitle_of(figure):
    return " ".join(figure.texts[1].get_text().split())


# Nothing on top of anything


@pytest.mark.parametrize("name", DRAW | MANY)
def test_every_word_lies_within_the_slide(nine_figures, name):
    figure, _ = nine_figures[name]
    page = figure.bbox
    for text, box in boxes(figure):
        assert box.x0 >= page.x0, text
        assert box.x1 <= page.x1, text
        assert box.y0 >= page.y0, text
        assert box.y1 <= page.y1, text


@pytest.mark.parametrize("name", DRAW | MANY)
@pytest.mark.parametrize("names", [tuple(STYLES), ("separate", "merged_sales_led")], ids=["nine", "two"])
def test_no_word_covers_another(nine, name, names):
    figure, _ = (DRAW | MANY)[name](*(frame[frame["scenario"].isin(names)] for frame in nine))
    assert_nothing_covered(boxes(figure))


def test_a_reference_with_a_long_name_fits_too(nine):
    _, runs = nine
    long = "A chief revenue officer with two heads of function"
    styles = STYLES | {"cro_two_heads": dataclasses.replace(STYLES["cro_two_heads"], phrase=long.lower())}
    for figure, _ in (
        differences(comparison_table(runs, "cro_two_heads"), styles, "cro_two_heads"),
        funnel(runs, styles, "cro_two_heads"),
    ):
        words = boxes(figure)
        assert max(box.x1 for _, box in words) <= figure.bbox.x1
        assert_nothing_covered(words)


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(1, 8)), min_size=1, max_size=12),
)
def test_labels_keep_their_order_their_distance_and_their_panel(ends):
    wanted, heights = (np.array(column) for column in zip(*ends, strict=True))
    placed = spread(wanted, heights, 0, 100)
    order = np.argsort(wanted, kind="stable")
    gaps = np.diff(placed[order])
    needed = (heights[order][1:] + heights[order][:-1]) / 2
    assert (gaps >= needed - 1e-9).all()
    assert (placed - heights / 2 >= -1e-9).all()
    assert (placed + heights / 2 <= 100 + 1e-9).all()


def test_labels_that_do_not_collide_stay_where_they_belong():
    wanted = np.array([50.0, 10.0, 90.0])
    assert spread(wanted, np.full(3, 10.0), 0, 100) == pytest.approx(wanted)


def test_colliding_labels_move_apart_evenly():
    assert spread(np.array([50.0, 50.0]), np.full(2, 10.0), 0, 100) == pytest.approx([45, 55])


# What is shown


def test_headlines_show_the_mean_and_interval_of_every_quarter(nine):
    quarters, _ = nine
    _, shown = headlines(quarters, STYLES, "separate")
    assert len(shown) == 3 * len(STYLES) * 16
    row = shown[(shown["scenario"] == "founder_led") & (shown["quarter"] == 7) & (shown["outcome"] == "burnout")]
    burnout = quarters[(quarters["scenario"] == "founder_led") & (quarters["quarter"] == 7)]["burnout"]
    at = mean_estimate(burnout)
    assert row[["mean", "low", "high", "n_seeds"]].to_numpy().tolist() == [[at.mean, at.low, at.high, 64]]


def test_differences_show_what_the_summary_says(nine):
    comparison = comparison_table(nine[1], "separate")
    _, shown = differences(comparison, STYLES, "separate")
    assert len(shown) == 4 * (len(STYLES) - 1)
    merged = shown.merge(comparison, on=["scenario", "outcome"])
    assert (merged["mean"] == merged["difference_mean"]).all()
    assert (merged["is_clear_x"] == merged["is_clear_y"]).all()


def test_an_answer_has_settled_at_what_all_futures_say(nine):
    _, shown = convergence(nine[1], STYLES, "separate")
    last = shown[shown["n_seeds"] == 64].set_index("scenario")[["mean", "low", "high"]]
    assert last.equals(differences_to(nine[1], "npv_usd", "separate").loc[last.index, ["mean", "low", "high"]])
    assert last["mean"].is_monotonic_decreasing
    assert len(last) == len(STYLES) - 1


def test_common_luck_is_shown_by_the_interval_of_the_summary_and_the_wider_one_of_futures_not_shared(nine):
    _, shown = pairing(nine[1], STYLES, "separate", "merged_sales_led")
    last = shown.iloc[-1]
    summary = differences_to(nine[1], "npv_usd", "merged_sales_led").loc["separate"]
    assert list(last[["mean", "paired_low", "paired_high"]]) == pytest.approx(list(summary[["mean", "low", "high"]]))
    assert last["unpaired_low"] < last["paired_low"] < last["paired_high"] < last["unpaired_high"]
    assert (shown["n_seeds"].iloc[0], last["n_seeds"]) == (4, 64)


def test_differences_across_futures_are_all_pairs_of_two_and_their_interval_is_that_of_two_samples():
    a, b = np.array([1.0, 2.0, 4.0]), np.array([10.0, 20.0, 30.0])
    assert sorted(across_futures(a, b)) == sorted(x - y for i, x in enumerate(a) for j, y in enumerate(b) if i != j)
    own = apart(a, b)
    assert own.mean == pytest.approx(a.mean() - b.mean())
    error = np.sqrt(a.var(ddof=1) / 3 + b.var(ddof=1) / 3)
    assert own.high - own.mean == pytest.approx(4.302652729911275 * error)  # t with 2 degrees of freedom


def test_common_luck_takes_eight_futures():
    with pytest.raises(ValueError, match="4 futures: must be at least 8 to show what common luck does"):
        pairing(world(n=4)[1], STYLES, "separate", "merged_sales_led")


def test_how_an_answer_settled_is_told_from_the_first_futures_of_all(nine):
    _, shown = convergence(nine[1], STYLES, "separate")
    npv = nine[1].pivot_table(index="seed", columns="scenario", values="npv_usd")
    row = shown[(shown["scenario"] == "founder_led") & (shown["n_seeds"] == 8)].iloc[0]
    at = mean_estimate((npv["founder_led"] - npv["separate"]).iloc[:8])
    assert row[["mean", "low", "high"]].tolist() == pytest.approx([at.mean, at.low, at.high])


@pytest.mark.parametrize(("n_others", "grid"), [(1, (1, 1)), (4, (1, 4)), (5, (2, 3)), (6, (2, 3)), (8, (2, 4))])
def test_rows_of_panels_are_about_equally_full(nine, n_others, grid):
    runs = nine[1][nine[1]["scenario"].isin(tuple(STYLES)[: n_others + 1])]
    figure, _ = convergence(runs, STYLES, "separate")
    assert len(figure.axes) == n_others
    assert figure.axes[0].get_subplotspec().get_gridspec().get_geometry() == grid


def test_how_an_answer_settles_takes_four_futures():
    with pytest.raises(ValueError, match=r"3 futures: must be at least 4 to show how an answer settles"):
        convergence(world(n=3)[1], STYLES, "separate")


@pytest.mark.parametrize(("effect", "title"), [(None, "What is clear after 64 futures was"), (0.0, "no difference is")])
def test_the_title_of_how_an_answer_settles_claims_only_what_is_clear(effect, title):
    names = ("separate", "no_marketing")
    figure, _ = convergence(world(names, effect=effect)[1], STYLES, "separate")
    assert title in title_of(figure)


@pytest.mark.parametrize(("effect", "is_clear"), [(None, True), (0.0, False)])
def test_only_a_clear_difference_is_written_where_an_answer_settles(effect, is_clear):
    figure, _ = convergence(world(("separate", "no_marketing"), effect=effect)[1], STYLES, "separate")
    (said,) = [text for text, _ in boxes(figure) if re.search(r"\(.* to .*\)$", text)]
    assert said.startswith("≈ (") == (not is_clear)


def swept(*points):
    """Runs of four futures at each of these points."""
    rng = np.random.default_rng(5)
    return pd.DataFrame([point | {"seed": n, "npv_usd": rng.normal(3e6, 1e6)} for point in points for n in range(4)])


def test_structures_stand_side_by_side_at_a_level_that_both_were_run_at():
    at = [("separate", "small"), ("separate", "startup"), ("founder_led", "startup")]
    runs = swept(*({"org": org, "company": company} for org, company in at))
    figure, _ = effects(runs, ["org", "company"], STYLES, "npv_usd")
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["small", "startup"]
    found = {to_rgb(bars[0].get_color()): bars[0].get_xdata() for bars in axes.containers}
    founder, two = (found[to_rgb(STYLES[name].color)] for name in ("founder_led", "separate"))
    assert [round(x) for x in founder] == [1]
    assert [round(x) for x in two] == [0, 1]
    assert abs(founder[0] - two[1]) > 0.1


def test_names_of_panels_stand_level_whether_their_factor_has_a_unit():
    runs = swept(*({"market": m, "market.volatility": v} for m in ("steady", "volatile") for v in (0.1, 0.4)))
    figure, _ = effects(runs, ["market", "market.volatility"], STYLES, "npv_usd")
    one, other = (box.y0 for text, box in boxes(figure) if text in ("market", "market.volatility"))
    assert one == pytest.approx(other, abs=4)  # a dot or a letter with a tail moves a box by less than a line


@pytest.mark.parametrize("n_factors", [1, 4])
def test_long_names_of_levels_touch_nothing(tmp_path, n_factors):
    long = ("marketing_under_sales_and_so_on", "marketing_under_nobody", "founder_led_for_long")
    names = ("practices", "company", "market", "roles")[:n_factors]
    runs = swept(*(dict.fromkeys(names, level) for level in long))
    figure, shown = effects(runs, names, STYLES, "npv_usd")
    save(figure, shown, tmp_path, "effects", "small print " * 60)
    words = [(text, box) for text, box in boxes(figure) if box.width > 1]  # a hidden text is a pixel wide
    (small_print,) = [box for text, box in words if "small print" in text]
    below = [box.y0 for text, box in words if text in long]
    assert len(below) == n_factors * len(long)
    assert min(below) > small_print.y1


def test_hours_add_up_to_the_week(nine):
    _, shown = attention(nine[0], STYLES)
    totals = shown.groupby(["scenario", "quarter"])["mean"].sum()
    assert totals.to_numpy() == pytest.approx(50.0)
    assert shown["quarter"].min() == 1


def test_hours_that_neither_function_sees_are_other_work(nine_figures):
    figure, shown = nine_figures["attention"]
    elsewhere = shown[shown["part"] == "elsewhere"].groupby("scenario")["mean"].mean()
    assert elsewhere["founder_led"] == pytest.approx(17.5)
    assert elsewhere["separate"] == pytest.approx(0, abs=1e-9)
    words = [text for text, _ in boxes(figure)]
    assert words.count("Other work 17.5 h") == 1


def test_the_funnel_shows_ratios_to_the_reference(nine):
    _, shown = funnel(nine[1], STYLES, "separate")
    wins = nine[1].pivot_table(index="seed", columns="scenario", values="wins")
    ratio = ratio_of_means(wins["no_marketing"], wins["separate"])
    row = shown[(shown["scenario"] == "no_marketing") & (shown["stage"] == "wins")].iloc[0]
    assert (row["ratio"], row["ratio_low"], row["ratio_high"]) == (ratio.mean, ratio.low, ratio.high)
    assert row["is_clear"]
    assert (shown.loc[shown["scenario"] == "separate", "ratio"] == 1).all()


def test_the_funnel_compares_with_the_first_scenario_unless_told(nine):
    _, shown = funnel(nine[1], STYLES)
    assert (shown["reference"] == "separate").all()


def test_a_stage_that_the_reference_does_not_have_is_not_compared(nine):
    runs = nine[1].copy()
    runs.loc[runs["scenario"] == "no_marketing", "mqls"] = 0.0
    figure, shown = funnel(runs, STYLES, "no_marketing")
    assert shown.loc[(shown["stage"] == "mqls"), "ratio"].isna().all()
    assert sum(text == "not defined" for text, _ in boxes(figure)) == len(STYLES) - 1


def test_an_unclear_difference_is_hollow_and_carries_no_number(nine):
    figure, _ = differences(comparison_table(world(effect=0.0)[1], "separate"), STYLES, "separate")
    dots = [line for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    hollow = [dot for dot in dots if dot.get_markerfacecolor() == "white"]
    marks = [text for text, _ in boxes(figure) if text == "≈"]
    assert len(dots) == 4 * (len(STYLES) - 1)
    assert len(hollow) == len(marks) > 24


# Titles


def test_a_title_names_who_ends_best_where_that_is_clear(nine_figures):
    title = title_of(nine_figures["headlines"][0])
    assert title == "Two leaders end with the most revenue, the strongest brand and the least burnout"
    assert title_of(nine_figures["differences"][0]) == "Two leaders are worth more than any other structure here"
    assert title_of(nine_figures["funnel"][0]) == "Two leaders win the most deals"
    assert title_of(nine_figures["attention"][0]).startswith(
        "Marketing gets 5.0 leader hours a week (5.0 to 5.0) with a founder who leads both"
    )


def test_without_a_clear_difference_no_title_names_a_winner():
    quarters, runs = world(effect=0.0, n=32)
    figures = draw_all(quarters, runs)
    assert title_of(figures["headlines"][0]).startswith("No structure ends clearly ahead")
    assert title_of(figures["differences"][0]) == "No structure is clearly worth more or less than two leaders"
    assert title_of(figures["funnel"][0]) == "No structure clearly wins more deals than all others"


def test_a_structure_that_beats_the_reference_is_named_with_its_interval(nine):
    figure, _ = differences(comparison_table(nine[1], "no_marketing"), STYLES, "no_marketing")
    assert title_of(figure).startswith("Two leaders are worth $")
    assert " more than no marketing (" in title_of(figure)


def test_some_below_and_none_above_is_said_so(nine):
    runs = nine[1][nine[1]["scenario"].isin(["separate", "founder_led"])]
    rng = np.random.default_rng(0)
    twin = runs[runs["scenario"] == "separate"].assign(scenario="cro_two_heads")
    twin["npv_usd"] += rng.normal(0, 1e6, len(twin)) - rng.normal(0, 1e6, len(twin))
    figure, _ = differences(comparison_table(pd.concat([runs, twin]), "separate"), STYLES, "separate")
    assert title_of(figure) == "One of two structures is clearly worth less than two leaders, none clearly more"


def test_equal_attention_is_no_finding():
    quarters, _ = world(names=("separate", "merged_sales_led"))
    quarters["attention_marketing_share"] = 0.4
    figure, _ = attention(quarters, STYLES)
    assert title_of(figure) == "Where the leaders' hours go"


# Few seeds


def test_one_future_shows_no_band_and_says_so():
    figures = draw_all(*world(n=1))
    for figure, _ in figures.values():
        assert "One future: no interval can be shown, so nothing here is a finding." in subtitle_of(figure)
    assert title_of(figures["headlines"][0]) == "Revenue, brand equity and burnout, quarter by quarter"
    assert title_of(figures["differences"][0]) == "How every structure differs from two leaders"
    assert title_of(figures["attention"][0]) == "Where the leaders' hours go"
    assert title_of(figures["funnel"][0]) == "From lead to win, structure by structure"
    dots = [line for axes in figures["differences"][0].axes for line in axes.lines if line.get_marker() == "o"]
    assert {dot.get_markerfacecolor() for dot in dots} == {"white"}


def test_with_two_futures_the_lines_still_fill_the_panel():
    quarters, _ = world(n=2)
    figure, shown = headlines(quarters, STYLES, "separate")
    revenue = shown[shown["outcome"] == "revenue_usd"]["mean"] / 1e6
    low, high = figure.axes[0].get_ylim()
    assert (revenue.max() - revenue.min()) / (high - low) > 0.3
    assert "which cut them" in subtitle_of(figure)


def test_with_many_futures_no_band_is_cut(nine_figures):
    figure, shown = nine_figures["headlines"]
    revenue = shown[shown["outcome"] == "revenue_usd"]
    low, high = figure.axes[0].get_ylim()
    assert low <= revenue["low"].min() / 1e6
    assert revenue["high"].max() / 1e6 <= high


def test_a_comparison_of_one_is_refused():
    _, runs = world(names=("separate",))
    with pytest.raises(ValueError, match="nothing to compare separate with: give at least two scenarios"):
        differences(comparison_table(runs, "separate"), STYLES, "separate")


def test_a_lone_structure_can_be_shown_over_time():
    quarters, runs = world(names=("separate",))
    assert title_of(headlines(quarters, STYLES, "separate")[0]).startswith("Revenue, brand equity")
    assert title_of(attention(quarters, STYLES)[0]) == "Where the leaders' hours go"
    assert title_of(funnel(runs, STYLES)[0]) == "From lead to win, structure by structure"


# Colour


def test_a_structure_has_its_colour_everywhere(nine_figures):
    for name in ("headlines", "differences", "funnel"):
        colors = {line.get_color() for axes in nine_figures[name][0].axes for line in axes.lines}
        others = {style.color for scenario, style in STYLES.items() if scenario != "separate"}
        assert others <= colors, name


def test_the_second_scenario_of_a_colour_is_dashed(nine):
    quarters = nine[0][nine[0]["scenario"].isin(["separate", "merged_balanced"])]
    same = STYLES | {"merged_balanced": dataclasses.replace(STYLES["merged_balanced"], color="#0072B2")}
    figure, _ = headlines(quarters, same, "separate")
    lines = [line for line in figure.axes[0].lines if line.get_color() == "#0072B2"]
    assert [line.get_linestyle() for line in lines] == ["-", "--"]


def test_what_happens_before_the_structures_part_is_drawn_once(nine):
    figure, _ = headlines(nine[0], STYLES, "separate")
    starts = {line.get_color(): line.get_xdata()[0] for line in figure.axes[0].lines}
    assert starts[STYLES["separate"].color] == -3
    assert starts[STYLES["founder_led"].color] == 0


@given(st.sampled_from([style.color for style in STYLES.values()] + ["#F0E442", "#FFFFFF", "#000000"]))
def test_text_in_any_colour_can_be_read_on_white(color):
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in to_rgb(readable(color))]
    luminance = float(np.dot([0.2126, 0.7152, 0.0722], linear))
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_a_tint_lies_between_the_colour_and_white():
    assert tint("#0072b2", 1) == "#0072b2"
    assert tint("#0072b2", 0) == "#ffffff"


@given(st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=1, max_size=30).map(" ".join))
def test_balancing_keeps_every_word_and_adds_no_line(text):
    lines = balanced(text, 40)
    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= 40 for line in lines)


# A change


SPLIT = Style("Split the role in Q5", "splitting the role in quarter 5", False, "#0072B2")
LONG = Style(
    "Split the chief revenue officer's role into a head of sales and a head of marketing",
    "splitting the chief revenue officer's role into a head of sales and a head of marketing",
    False,
    "#D55E00",
)


def styles_of(style):
    return {"changed": style, "nothing": DOING_NOTHING, "free": at_no_cost(style)}


def effect(n=24, first=5, size=1e6, gain=0.2, dip=0.4, free="free", n_quarters=12):
    """The effect of a change that costs first and pays later; everything in it is in proportion to size and gain."""
    rng = np.random.default_rng(6)
    luck, own = rng.normal(size=(n, n_quarters + 1)), rng.normal(size=n)
    rows, runs = [], []
    for scenario in ("changed", "nothing") if free is None else ("changed", "nothing", "free"):
        for seed in range(n):
            since = np.clip(np.arange(n_quarters + 1) - first + 1, 0, None) * (scenario != "nothing")
            better = gain * (1 - np.exp(-since / 3) + (0.6 * own[seed] + 0.2 * luck[seed]) * (since > 0))
            better -= dip * np.exp(1 - since) * (since > 0) * (scenario == "changed")
            for q in range(n_quarters + 1):
                row = {"scenario": scenario, "seed": seed, "quarter": q, "is_warm_up": q < 1}
                row |= {"profit_usd": size * (1 + better[q]), "revenue_usd": size * (5 + 2 * better[q])}
                row |= {"brand_equity": 25 + better[q], "burnout": 50 - 9 * better[q], "reorganisation_usd": 0.0}
                rows.append(row)
            runs.append({"scenario": scenario, "seed": seed, "npv_usd": size * (9 + better.sum() + 2 * better[-1])})
    return effect_of(pd.DataFrame(runs), pd.DataFrame(rows), "changed", "nothing", free, first, 0.1)


OF_CHANGE = {
    "usual": (dataclasses.replace(effect(), later=(7, 9, 12)), SPLIT),
    "from the start": (dataclasses.replace(effect(first=1), later=(2, 6)), LONG),
    "last quarter": (effect(first=12), LONG),
    "without free": (effect(free=None, size=2e4), SPLIT),
    "worse": (effect(gain=-0.3, size=3e9), LONG),
    "nothing": (effect(gain=0.0, dip=0.0), SPLIT),
    "two futures": (effect(n=2), LONG),
    "one future": (effect(n=1), SPLIT),
    "crosses": (effect(gain=0.3, dip=0.5, n=64), SPLIT),
}


@pytest.mark.parametrize("name", OF_CHANGE)
@pytest.mark.parametrize("draw", [change, change_headlines])
def test_pictures_of_any_change_have_every_word_on_the_slide_and_none_on_another(draw, name):
    of, style = OF_CHANGE[name]
    figure, _ = draw(of, styles_of(style))
    words = boxes(figure)
    page = figure.bbox
    for text, box in words:
        assert min(box.x0, box.y0) >= 0, text
        assert box.x1 <= page.x1, text
        assert box.y1 <= page.y1, text
    assert_nothing_covered(words)


def test_the_picture_of_a_change_shows_its_means_its_end_and_every_future():
    of, style = OF_CHANGE["usual"]
    _, shown = change(of, styles_of(style))
    so_far = shown[(shown["outcome"] == SO_FAR) & (shown["scenario"] == "changed")]
    assert (
        so_far["mean"].tolist() == of.by_quarter.query("outcome == @SO_FAR and scenario == 'changed'")["mean"].tolist()
    )
    at_end = shown[(shown["outcome"] == "npv_usd") & shown["seed"].isna()].set_index("scenario")
    assert at_end.loc["changed", ["mean", "low", "high"]].tolist() == [of.npv.mean, of.npv.low, of.npv.high]
    assert at_end.loc["free", "mean"] == of.npv_free.mean
    assert sorted(shown.loc[shown["seed"].notna(), "mean"]) == sorted(of.by_seed)


def test_the_futures_in_which_a_change_pays_are_counted():
    of, style = OF_CHANGE["usual"]
    words = [text for text, _ in boxes(change(of, styles_of(style))[0])]
    n_better = int((of.by_seed > 0).sum())
    assert any(text.startswith(f"it pays in {n_better} of 24\n") for text in words)
    assert f"less in {24 - n_better}" in words


def test_the_picture_names_the_change_doing_nothing_and_the_change_at_no_cost():
    for draw, names in (
        (change, ("Split the role in Q5", "doing nothing", "the change", "had it cost nothing")),
        (change_headlines, ("Split the role in Q5", "doing nothing")),
    ):
        words = [" ".join(text.split()) for text, _ in boxes(draw(*_usual())[0])]
        assert all(name in words for name in names)
    without = [text for text, _ in boxes(change(OF_CHANGE["without free"][0], styles_of(SPLIT))[0])]
    assert not any("had it cost" in text for text in without)


def _usual():
    return OF_CHANGE["usual"][0], styles_of(SPLIT)


@pytest.mark.parametrize(
    ("name", "worth", "headlines_title"),
    [
        (
            "usual",
            r"Splitting the role in quarter 5 is worth \$.* more than doing nothing \(.* to .*\)",
            "ends with more",
        ),
        (
            "worse",
            r"Splitting .* is worth \$.* less than doing nothing \(.* to .*\)",
            "ends with more burnout, less revenue and a weaker brand than",
        ),
        (
            "nothing",
            "There is no clear difference in worth between",
            "ends without a clear difference in revenue, brand",
        ),
        ("one future", "What splitting the role in quarter 5 changes, in one future", "Revenue, brand equity and"),
    ],
)
def test_titles_of_a_change_say_what_is_supported(name, worth, headlines_title):
    of, style = OF_CHANGE[name]
    assert re.match(worth, title_of(change(of, styles_of(style))[0]))
    assert re.search(headlines_title, title_of(change_headlines(of, styles_of(style))[0]))


def test_the_quarter_from_which_a_change_is_ahead_is_named_where_it_is_clear():
    for name in ("crosses", "nothing", "worse", "one future"):
        of, style = OF_CHANGE[name]
        words = [" ".join(text.split()) for text, _ in boxes(change(of, styles_of(style))[0])]
        assert of.crossover.is_clear == (name == "crosses")
        assert (
            any("cumulated profit, before discounting, is ahead from quarter" in text for text in words)
            == of.crossover.is_clear
        )


def test_before_the_change_no_line_is_drawn():
    figure, shown = change_headlines(*_usual())
    lines = [line for line in figure.axes[0].lines if line.get_color() == SPLIT.color]
    assert [line.get_xdata()[0] for line in lines] == [5]
    assert shown["quarter"].min() == 1


def test_the_lines_of_one_future_are_shown_whole():
    of, style = OF_CHANGE["one future"]
    for axes in change_headlines(of, styles_of(style))[0].axes:
        low, high = axes.get_ylim()
        for line in (line for line in axes.lines if line.get_color() == style.color):
            assert low < min(line.get_ydata())
            assert max(line.get_ydata()) < high


def test_the_numbers_of_a_change_survive_a_csv(tmp_path):
    figure, shown = change(*_usual())
    paths = save(figure, shown, tmp_path, "change", "twohats whatif scenario=split_in_q5")
    pd.testing.assert_frame_equal(pd.read_csv(paths[2]), shown, check_dtype=False)


# Files


def test_a_figure_is_saved_as_png_svg_and_the_numbers_it_shows(tmp_path, nine_figures):
    figure, shown = nine_figures["funnel"]
    paths = save(figure, shown, tmp_path / "figures", "funnel", "twohats compare company=medium, 64 seeds")
    assert [path.name for path in paths] == ["funnel.png", "funnel.svg", "funnel.csv"]
    assert paths[0].read_bytes().startswith(b"\x89PNG")
    pd.testing.assert_frame_equal(pd.read_csv(paths[2]), shown, check_dtype=False)
    svg = paths[1].read_text(encoding="utf-8")
    # Text that stays text can be edited in a deck.
    assert "twohats compare company=medium, 64 seeds" in svg
    assert "Accepted leads" in svg


def test_saving_twice_gives_the_same_files_and_one_small_print(tmp_path, nine_figures):
    figure, shown = nine_figures["differences"]
    first = save(figure, shown, tmp_path / "a", "differences", "first")
    first = save(figure, shown, tmp_path / "a", "differences", "second")
    again = save(figure, shown, tmp_path / "b", "differences", "second")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert "first" not in again[1].read_text(encoding="utf-8")


def test_drawing_leaves_matplotlib_as_it_was(tmp_path, nine):
    before = dict(mpl.rcParams)
    figure, shown = headlines(nine[0], STYLES, "separate")
    save(figure, shown, tmp_path, "headlines", "small print")
    assert dict(mpl.rcParams) == before
