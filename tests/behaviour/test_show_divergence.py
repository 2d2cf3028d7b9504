"""`twohats show divergence` says in lines where two scenarios part, and in one line what is wrong with a question."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from sim.cli import main
from sim.log import Difference, Draw, Kind, Moment, Unlike
from sim.randomness import Decision, Luck
from sim.report.divergence import rendered
from sim.report.phrases import PHRASES, apart, told
from sim.study.divergence import Divergence

AT = Moment(5, 104)
GIVES = Difference(
    AT.of(Kind.ATTENTION, "head_of_sales", 6.2, "coaching", (1,)), AT.of(Kind.ATTENTION, "head", 7.9, "coaching", (1,))
)
PARTED = Divergence(3, -3, 16, 8, 9, 3_257_000, (Unlike("flows[0]", 3.0, 4.0, 2),), (), GIVES, (GIVES,))


def printed(found, names=("one", "two")):
    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False)
    for part in rendered(found, names, "medium"):
        console.print(part)
    return " ".join(console.file.getvalue().split())


def test_the_first_decision_is_said_with_its_week_and_both_sides():
    said = printed(PARTED)
    assert "a = one, b = two, medium, seed 3" in said
    assert "8 quarters (3,257,000 numbers in 9 states, bit for bit), 104 weeks of the market." in said
    assert (
        "quarter 5, week 1 (week 105 of the run): head_of_sales (head in b) gives coaching 6.2 h a week in a, "
        "7.9 in b" in said.replace("6.20", "6.2").replace("7.90", "7.9")
    )
    assert "after quarter 5 1 named states differ, first flows[0]: 3.00 in a, 4.00 in b." in said


def test_a_state_is_not_called_a_decision():
    trust = Difference(*(AT.of(Kind.TRUST, "salesperson 1", x, "marketer 0", (0, 1, 0)) for x in (0.5, 0.7)))
    said = printed(replace(PARTED, first=trust))
    assert "no decision but a state: salesperson 1 trusts marketer 0 at 0.500 in a, 0.700 in b" in said
    assert "first decision: head_of_sales" in said
    assert "no decision differs within the horizon." in printed(replace(PARTED, first=None, timeline=()))


def test_two_that_never_part_or_were_never_alike_are_told_so():
    assert "16 quarters" in printed(Divergence(3, -3, 16, 16, 17, 10))
    assert "208 weeks of the market: they never part." in printed(Divergence(3, -3, 16, 16, 17, 10))
    assert "no state: they differ before the first quarter" in printed(
        replace(PARTED, quarters_alike=0, states_alike=0)
    )


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (True, None, "account 7 notices the brand in a, not in b"),
        (None, True, "account 7 notices the brand in b, not in a"),
        (False, True, "account 7 notices the brand in b, not in a"),
    ],
)
def test_an_event_is_said_to_happen_on_one_side(a, b, said):
    draw = Draw(Decision.BRAND_NOTICED, 7, 104)
    records = [None if x is None else AT.of(Kind.NOTICES, "account 7", x, place=(7,), draw=draw) for x in (a, b)]
    share = Luck(3).uniforms(Decision.BRAND_NOTICED, 7, 104)
    assert told(Difference(*records), Luck(3)) == f"{said} [draw brand-noticed of 7, 104: {share:.4f}]"


@pytest.mark.parametrize(
    ("kind", "a", "b", "said"),
    [
        (Kind.DECIDED, 4485.5, "no", "x decides to buy: 4,485.50 USD a year in a, no in b"),
        (Kind.DECIDED, "no", 4485.5, "x decides to buy: no in a, 4,485.50 USD a year in b"),
        (Kind.DECIDED, 4485.5, 4459.7, "x decides to buy: 4,486 USD a year in a, 4,460 in b"),
        (Kind.QUALIFIED, "MQL", "nurtured", "x becomes MQL in a, nurtured in b"),
        (Kind.SELLING_HOURS, (1.0, 2.0), (1.0, 3.0), "x has for deals 2.00 h a week in a, 3.00 in b"),
        (Kind.LEAD_BAR, None, 0.02, "x passes leads from a chance to win of nothing in a, 0.02 in b"),
    ],
)
def test_values_are_said_with_their_unit_once(kind, a, b, said):
    records = [None if value is None else AT.of(kind, "x", value) for value in (a, b)]
    assert told(Difference(*records), Luck(3)) == said


def test_numbers_are_written_so_that_they_can_be_told_apart():
    assert apart(6.2, 7.9) == ("6.20", "7.90")
    assert apart(0.1 + 0.2, 0.3) == ("0.30000000000000004", "0.29999999999999999")
    assert apart(-1234.0, 1235.0) == ("−1,234", "1,235")
    assert apart(0.0, -0.0) == ("0.000", "−0.000")
    assert apart(1e-20, 2e-20) == ("1e-20", "2e-20")
    assert apart(3, 4) == ("3", "4")


def test_every_kind_of_record_has_its_words():
    assert set(PHRASES) == set(Kind) - {Kind.IN_FORCE}


def test_the_command_prints_where_two_structures_part(tiny_overrides, capsys):
    asked = ["a=separate", "b=merged_sales_led+strong", "seed=3", "horizon_quarters=1"]
    assert main(["show", "divergence", *tiny_overrides[:-1], *asked]) == 0
    said = capsys.readouterr().out
    for part in ("a = separate, b = merged_sales_led+strong", "Alike", "4 quarters", "In force", "quarter 1, week 1"):
        assert part in said
    assert max(map(len, said.splitlines())) <= 100


def test_the_settings_of_both_can_be_looked_at_without_a_run(capsys):
    assert main(["show", "divergence", "a=separate", "b=founder_led", "company=small", "--cfg", "job"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("a:\n")
    assert "\nb:\n" in said
    assert said.count("name: small") == 2


WRONG = """
 | a is missing: must be a structure such as cro_two_heads, a scenario
a=separate | b is missing: must be a structure such as cro_two_heads, a scenario
a=seprate b=separate | a = seprate: must be one of
a=seprate b=separate | ; did you mean separate?
a=split_in_q6 b=separate | a = split_in_q6: must be one of cro_two_heads,
a=split_in_q6 b=separate | ; did you mean split_in_q5?
a=do_nothing b=separate | a = do_nothing: must stand beside a scenario, one of fractional_in_q3,
a=separate b=merged_sales_led+strng | b, practices of merged_sales_led+strng = strng: must be one of
a=separate b=separate+strong+hybrid+x | b = separate+strong+hybrid+x: must be org, org+practices or org+practices+roles
a= b=separate | a is empty: must be one of
a=separate a=founder_led b=separate | a is given twice, as separate and founder_led; must be one
a=separate b=separate seeds=4 | seeds = 4: a divergence is of one future; must be seed=NUMBER
a=separate b=separate seed=-1 | seed = -1 (one future): must be in [0, 4294967295]
a=separate b=separate sed=1 | sed: no such setting; did you mean seed?
a=separate b=separate quarter=2 | quarter = 2: is for a trace; must be left out of a divergence
a=separate b=separate post=head_of_sales | post = head_of_sales: is for a trace; must be left out of a divergence
a=separate b=separate org=separate | org = separate: a divergence names two structures; must be a=NAME b=NAME
a=separate b=separate orgs=[separate] | orgs = [separate]: a divergence names two structures; must be a=NAME b=NAME
a=separate b=separate org.posts.head_of_sales.mandate=1 | a divergence names two structures; a changed one must be a
a=separate b=separate compny=small | compny: no such setting; did you mean company?
a=separate b=separate company | company: must be written as setting=value; did you mean company=...?
"""


@pytest.mark.parametrize("case", WRONG.strip("\n").splitlines())
def test_a_wrong_word_gets_one_line(case, capsys):
    wrong, said = case.split(" | ")
    assert main(["show", "divergence", *wrong.split()]) == 2
    answer = capsys.readouterr()
    assert not answer.out
    assert answer.err.count("\n") == 1
    assert said in answer.err


def test_a_misspelt_divergence_is_told_its_name(capsys):
    assert main(["show", "divergance"]) == 2
    assert "did you mean divergence?" in capsys.readouterr().err
