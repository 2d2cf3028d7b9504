"""A trace says what the quarter then does: its numbers are the model's own, and taking it changes nothing."""

import io
from dataclasses import fields

import numpy as np
import pytest
from rich.console import Console

from sim.cli import main
from sim.model import GoToMarket
from sim.org import decisions
from sim.org.plan import Plan
from sim.report.trace import ended, rendered, trace_quarter, traced
from sim.report.trace.wording import owners, percent, signed, telling_apart, two, words

QUARTERS = (-3, 0, 1, 2, 4)


def before(config, past, quarter, seed=3):
    """A model positioned before a quarter."""
    model = GoToMarket(config, seed, past)
    while model.quarter < quarter:
        model.step()
    model.quarter_begins()
    return model


@pytest.fixture(scope="module")
def tiny_trace(tiny, tiny_past):
    model = before(tiny, tiny_past, 2)
    trace = traced(model)
    model.step()
    return trace, model, ended(model)


def printed(trace, end, posts=None):
    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False)
    for part in rendered(trace, end, posts or [leader.post for leader in trace.leaders]):
        console.print(part)
    return console.file.getvalue()


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_trace_foretells_the_plan_of_its_quarter(structured, quarter):
    model = before(structured, None, quarter)
    trace = traced(model)
    model.step()
    for f in fields(Plan):
        assert np.array_equal(getattr(trace.plan, f.name), getattr(model.plan, f.name)), f.name
    assert trace.cooperation == model.cooperation or model.left_posts
    assert (trace.alignment, trace.perceived_alignment) == (model.alignment, model.perceived_alignment)
    assert trace.lived == model.practices
    assert (trace.programme_usd, trace.bought_share) == (model.money.programme_usd, model.money.bought_share)


@pytest.mark.parametrize("quarter", [0, 1, 3])
def test_taking_a_trace_changes_no_number(tiny, tiny_past, quarter):
    quiet, watched = (GoToMarket(tiny, 5, tiny_past) for _ in range(2))
    for _ in range(7):
        if watched.quarter == quarter:
            watched.quarter_begins()
            traced(watched)
        quiet.step()
        watched.step()
    assert quiet.rows == watched.rows


def test_the_hours_of_a_trace_are_those_that_leaders_then_spend(tiny_trace):
    trace, model, _ = tiny_trace
    for leader in trace.leaders:
        assert leader.week.effective == model.plan.hours[leader.number]
        given = {row.activity: row.given for row in leader.rows}
        (agent,) = (agent for agent in model.agents if getattr(agent, "post", None) == leader.number)
        assert given == {name: hours for name, hours in agent.attention.items() if name in given}
        assert leader.spare == tuple(model.leaders.spare[leader.number])


def test_decisions_by_formula_follow_from_the_terms_that_are_shown(tiny_trace):
    trace, _, _ = tiny_trace
    sales = next(leader.sales for leader in trace.leaders if leader.sales)
    marketing = next(leader.marketing for leader in trace.leaders if leader.marketing)
    assert decisions.discount_cap(*sales.discount) == trace.plan.discount_cap
    assert decisions.lead_bar(*marketing.lead) == trace.plan.lead_bar
    assert decisions.nurture_bar(*marketing.nurture) == trace.plan.nurture_bar
    assert [row.share for row in marketing.budget] == trace.plan.budget_shares.tolist()


def test_the_judgement_shown_is_the_mix_of_those_who_are_heard(tiny_trace):
    trace, _, _ = tiny_trace
    for leader in trace.leaders:
        assert sum(voice.weight for voice in leader.voices) == pytest.approx(1.0)
        weight = {voice.who: voice.weight for voice in leader.voices}
        peer = next((who for who in weight if who not in (leader.post, leader.reports_to)), leader.post)
        for row in leader.rows:
            seen = {leader.post: row.own, leader.reports_to: row.superior, peer: row.peer}
            assert row.mixed == pytest.approx(sum(weight[who] * seen[who] for who in weight))


def test_what_moves_cooperation_adds_up_to_where_it_moves(tiny_trace):
    trace, model, _ = tiny_trace
    pace = model.config.people.cooperation_adjustment * trace.together
    target = trace.cooperation_terms.target
    assert trace.cooperation == pytest.approx(trace.cooperation_before + pace * (target - trace.cooperation_before))


def test_one_mind_has_nothing_that_moves_its_cooperation(tiny_with):
    trace, _ = trace_quarter(tiny_with("org=founder_led"), 0, 1)
    assert trace.cooperation_terms is None
    assert trace.cooperation == 1.0


def test_a_closed_channel_is_decided_by_the_board_alone(tiny_with):
    config = tiny_with("mechanisms.horizon_discount=false")
    trace, end = trace_quarter(config, 0, 1)
    sales = next(leader.sales for leader in trace.leaders if leader.sales)
    assert [(voice.who, voice.weight) for voice in sales.voices] == [("board", 1.0)]
    assert "Judgement in this: The board's 100%" in printed(trace, end) or "the board's 100%" in printed(trace, end)


def test_who_left_has_no_strain_afterwards_and_an_open_post_says_so(tiny, tiny_past):
    model = before(tiny, tiny_past, 2)
    model.leaders.leave_left[0] = 1e-9  # whoever leads sales has had enough
    trace = traced(model)
    model.step()
    gone, stays = ended(model).leaders
    assert (gone.has_left, gone.exhaustion, gone.disengagement) == (True, None, None)
    assert stays.has_left is (stays.exhaustion is None)
    assert "Left at the quarter's end; a successor comes after" in printed(trace, ended(model), [gone.post])
    later = traced(model).leaders[0]
    assert later.vacant_weeks == gone.weeks_to_successor > 0.0
    assert later.person == trace.leaders[0].person + 1


def test_a_printed_trace_fits_100_columns_and_says_whose_it_is(structured):
    trace, end = trace_quarter(structured, 3, 2)
    text = printed(trace, end)
    assert max(map(len, text.splitlines())) <= 100
    assert "…" not in text
    assert "@" not in text
    assert structured.org.label in text.splitlines()[0]
    for leader in trace.leaders:
        assert words(leader.post).capitalize()[:8] in text


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("people.attention_rule=luce", "Matched to worth (luce), x = min(N, λ·v·s)"),
        ("people.attention_rule=marginal", "Equal returns (marginal), x = N/2·ln(v·s / (μ·N)), from 0 to N"),
        ("mechanisms.attention_scarcity=false", "All that is needed, x = N: hours are not scarce"),
    ],
)
def test_a_trace_says_by_which_rule_hours_are_shared_out(tiny_with, setting, said):
    trace, end = trace_quarter(tiny_with(setting), 0, 1)
    text = printed(trace, end)
    assert text.count(said) == sum(bool(leader.rows) for leader in trace.leaders)
    assert max(map(len, text.splitlines())) <= 100


def test_only_the_posts_asked_for_are_printed(tiny_trace):
    trace, _, end = tiny_trace
    first, second = (leader.post for leader in trace.leaders)
    text = printed(trace, end, [second])
    assert text.count("Hours a week") == 1
    assert f"\n{words(second).capitalize()} ─" in text
    assert f"\n{words(first).capitalize()} ─" not in text


def test_the_command_prints_one_leaders_quarter(tiny_overrides, capsys):
    asked = ["org=separate", "seed=3", "quarter=2", "post=head_of_marketing"]
    assert main(["show", "trace", *tiny_overrides, *asked]) == 0
    said = capsys.readouterr().out
    for part in ("seed 3, quarter 2 (measured)", "Head of marketing", "Bar for a lead", "Budget", "Afterwards"):
        assert part in said
    assert "Discount cap" not in said


def test_the_command_traces_a_warm_up_quarter_of_todays_structure(tiny_overrides, capsys):
    assert main(["show", "trace", *tiny_overrides, "org=separate", "quarter=-2"]) == 0
    said = capsys.readouterr().out
    assert "quarter -2 (warm-up)" in said
    assert "Founder" in said


WRONG = """
quarter=5 | quarter = 5: must be in [-3, 4]; up to 0 is warm-up
quarter=-4 | quarter = -4: must be in [-3, 4]
quarter=1.5 | quarter = 1.5: must be a whole number in [-3, 4]
quarter= | quarter is empty: must be given, or left out
quarter=1 quarter=2 | quarter is given twice, as 1 and 2; must be one
quater=2 | quater: no such setting; did you mean quarter?
post=head_of_sale | post = head_of_sale: must be one of head_of_sales, head_of_marketing; did you mean head_of_sales?
post=head_of_sales quarter=0 | post = head_of_sales: must be one of founder in quarter 0, under today's structure
pots=head_of_sales | pots: no such setting; did you mean post?
seeds=4 | seeds = 4: a trace is of one future; must be seed=NUMBER
seed=-1 | seed = -1 (one future): must be in [0, 4294967295]
sed=1 | sed: no such setting; did you mean seed?
org=seprate | org = seprate: must be one of
compny=small | compny: no such setting; did you mean company?
company | company: must be written as setting=value; did you mean company=...?
"""


@pytest.mark.parametrize("case", [line for line in WRONG.strip().splitlines()])
def test_a_wrong_word_gets_one_line(case, tiny_overrides, capsys):
    wrong, said = case.split(" | ")
    given = () if wrong == "company" else tiny_overrides
    assert main(["show", "trace", *given, *wrong.split()]) == 2
    answer = capsys.readouterr()
    assert not answer.out
    assert answer.err.count("\n") == 1
    assert said in answer.err


def test_a_misspelt_trace_is_told_its_name(capsys):
    assert main(["show", "tarce"]) == 2
    assert "did you mean trace?" in capsys.readouterr().err


def test_numbers_are_written_with_a_true_minus_and_no_signed_zero():
    assert [two(0.123), two(-0.02), two(-0.001)] == ["0.12", "−0.02", "0.00"]
    assert [signed(0.5), signed(-0.5), signed(-0.001), signed(0.0, 1)] == ["+0.50", "−0.50", "0.00", "0.0"]
    assert [percent(-0.021), percent(0.0)] == ["−2.1%", "0.0%"]
    assert [words("shared_crm"), owners("the board"), owners("the head of sales")] == [
        "shared CRM",
        "the board's",
        "the head of sales'",
    ]


def test_amounts_that_differ_are_told_apart_as_far_as_is_sensible():
    assert telling_apart(1.10e6, 1.14e6)(1.14e6) == "1.14"
    assert telling_apart(1.1e6, 1.1e6)(1.1e6) == "1.1"
    assert telling_apart(1.1e6, 1.1e6 + 1.0).decimals == 3
