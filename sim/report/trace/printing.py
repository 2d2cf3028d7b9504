"""A quarter's record in words, tables and formulas, 100 columns wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from sim.config import FUNCTIONS
from sim.org.structure import MARKETING, SALES
from sim.periods import WEEKS_PER_YEAR, is_warm_up
from sim.report.labels import BLANK, Scale, capitalised, money, money_scale, share
from sim.report.trace.formulas import attention_formula, discount_formula, lead_formula, nurture_formula
from sim.report.trace.record import LeaderEnd, LeaderTrace, MarketingDecisions, QuarterEnd, QuarterTrace, Voice
from sim.report.trace.wording import owners, percent, signed, telling_apart, two, words

WIDTH = 100
LABEL_WIDTH = 14
INDENT = 2


def print_trace(trace: QuarterTrace, end: QuarterEnd, posts: Sequence[str]) -> None:
    """Print what the holders of these posts saw, weighed and decided, and how the quarter ended for them."""
    console = Console(highlight=False, markup=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    for part in rendered(trace, end, posts):
        console.print(part)


def rendered(trace: QuarterTrace, end: QuarterEnd, posts: Sequence[str]) -> Iterator[RenderableType]:
    """The printed trace, part by part."""
    phase = "warm-up" if is_warm_up(trace.quarter) else "measured"
    yield Rule(f"{trace.label}, {trace.company}, seed {trace.seed}, quarter {trace.quarter} ({phase})", style="bold")
    yield from _common(trace)
    for leader, ending in zip(trace.leaders, end.leaders, strict=True):
        if leader.post in posts:
            yield Text()
            yield Rule(capitalised(words(leader.post)), align="left", style="dim")
            yield from _leader(trace, leader, ending)
    yield Text()
    yield Rule("The quarter", align="left", style="dim")
    yield _paragraph("Company", _company_end(end))


# ---- what all leaders share


def _common(trace: QuarterTrace) -> Iterator[RenderableType]:
    missed = trace.booked_usd / trace.planned_usd - 1.0
    yield _paragraph(
        "Pressure",
        f"{two(trace.pressure)}: the last four quarters booked {money(trace.booked_usd)} of "
        f"{money(trace.planned_usd)} planned ({percent(missed)}).",
    )
    yield _paragraph("Practices", _practices(trace))
    yield _table_block(_practices_table(trace))
    yield _paragraph("Cooperation", _cooperation(trace))
    sales, marketing = (two(omega) for omega in trace.plan.internalisation)
    yield _paragraph(
        "Omega",
        f"who decides sales counts {sales} of what it costs the other function, who decides marketing {marketing}.",
    )
    yield _paragraph("Money", _money(trace))


def _practices(trace: QuarterTrace) -> str:
    if not trace.upkeep:
        return "none lived: one function alone has nobody to share them with."
    return (
        f"alignment is {two(trace.alignment)} and looks {two(trace.perceived_alignment)} to the leaders, who so "
        f"keep practices up at {two(trace.upkeep)} (1 is as agreed)."
    )


def _practices_table(trace: QuarterTrace) -> Table:
    lived, terms = trace.lived.levels(), trace.cooperation_terms
    table = _table("practice", "agreed", "lived", *(["adds to C"] if terms else []))
    for name, agreed in trace.agreed.levels().items():
        table.add_row(words(name), two(agreed), two(lived[name]), *([two(getattr(terms, name))] if terms else []))
    return table


def _cooperation(trace: QuarterTrace) -> str:
    terms = trace.cooperation_terms
    if terms is None:
        return f"C {two(trace.cooperation)}; nothing moves it (one mind, held at a value, or switched off)."
    practices = sum(getattr(terms, name) for name in trace.agreed.levels())
    absent = "" if trace.together == 1.0 else f" Both leaders are there for {share(trace.together)} of the quarter."
    return (
        f"C {two(trace.cooperation_before)} → {two(trace.cooperation)}, toward {two(terms.target)}: base "
        f"{two(terms.base)}, practices {signed(practices)}, gap in level {signed(-terms.level_gap)}, pressure "
        f"{signed(-terms.pressure)}, conflict above the usual {signed(-terms.conflict)}.{absent}"
    )


def _money(trace: QuarterTrace) -> str:
    bought = f"bought selling hours are {percent(trace.bought_share)} of the team's"
    if not trace.programme_usd:
        return f"no programmes; {bought}."
    before, after = trace.programme_usd_before, trace.programme_usd
    target = after if trace.shift is None else trace.shift.target_usd
    scale = telling_apart(before, after, target)
    moved = f"programmes {money(before, scale)} → {money(after, scale)} a year; {bought}."
    if trace.shift is None:
        return f"{moved} The split stays as it is today."
    shift, worths = trace.shift, trace.worths
    return (
        f"{moved}\nProgrammes' part in the worth of programmes and selling: {share(worths[SALES])} to who leads sales, "
        f"{share(worths[MARKETING])} to who leads marketing, {share(trace.plan.programme_value)} together, "
        f"{share(trace.worth_today)} today. That asks for {money(target, scale)} of programmes; "
        f"{share(shift.left_undone)} of the way is left undone."
    )


# ---- one leader


def _leader(trace: QuarterTrace, leader: LeaderTrace, end: LeaderEnd) -> Iterator[RenderableType]:
    yield _paragraph("Who", _who(leader))
    yield _paragraph("Judgement", f"{_heard(leader.voices, leader)} Mandate {two(leader.mandate)}.")
    yield _paragraph("Hours a week", _hours(leader))
    if leader.rows:
        yield _table_block(_attention_table(leader))
        yield _paragraph("Target hours", attention_formula(trace.attention_rule))
    if leader.sales is not None:
        cap = trace.plan.discount_cap
        yield _paragraph("Discount cap", discount_formula(leader.sales.discount, cap))
        yield from _other_judgement(leader.sales.voices, leader)
    if leader.marketing is not None and trace.programme_usd:
        yield from _marketing(leader.marketing, trace, leader)
    yield _paragraph("Afterwards", _afterwards(leader, end))


def _who(leader: LeaderTrace) -> str:
    leads = " and ".join(leader.functions) or "no function and acts through judgement"
    skills = ", ".join(f"{name} {two(skill)}" for name, skill in zip(FUNCTIONS, leader.skill, strict=True))
    looks = f"Looks {leader.horizon:.1f} quarters ahead"
    if leader.horizon_now != leader.horizon:
        looks += f", {leader.horizon_now:.1f} now"
    there = f"holder no. {leader.person + 1}, {leader.tenure_weeks / WEEKS_PER_YEAR:.1f} years in the post"
    if leader.vacant_weeks > 0.0:
        there = f"open for {leader.vacant_weeks:.0f} more weeks, then holder no. {leader.person + 1} comes"
    if leader.presence == 0.0:
        there += "; empty all this quarter"
    elif leader.effect < 1.0:
        there += f"; present for {share(leader.presence)} of this quarter, at {share(leader.effect)} of full effect"
    return (
        f"leads {leads}; reports to the {words(leader.reports_to)}; {there}.\n"
        f"Skill: {skills}; versed in both {two(leader.cross_domain)}. {looks}.\n"
        f"Exhaustion {leader.exhaustion:.0f}, disengagement {leader.disengagement:.0f} (50 is usual)."
    )


def _heard(voices: Sequence[Voice], leader: LeaderTrace) -> str:
    named = (
        f"{'own' if voice.who == leader.post else owners(f'the {words(voice.who)}')} {share(voice.weight)} "
        f"({voice.horizon_quarters:.1f} quarters ahead)"
        for voice in voices
    )
    return ", ".join(named) + "."


def _hours(leader: LeaderTrace) -> str:
    week = leader.week
    when = "" if leader.presence == 1.0 else "While there: "
    text = (
        f"{when}{week.contracted:.1f} contracted − {week.strain:.1f} strain − {week.practices:.1f} practices − "
        f"{week.meetings:.1f} meetings − {week.switching:.1f} switching = {week.effective:.1f}"
    )
    if not leader.rows:
        return text
    needed, given = sum(row.need for row in leader.rows), sum(row.given for row in leader.rows)
    spare = " and ".join(f"{hours:.1f} in {name}" for name, hours in zip(FUNCTIONS, leader.spare, strict=True) if hours)
    return f"{text}\nLeading needs {needed:.1f} and gets {given:.1f}; staff work in spare hours: {spare or 'none'}."


def _attention_table(leader: LeaderTrace) -> Table:
    has_peer = any(voice.who not in (leader.post, leader.reports_to) for voice in leader.voices)
    table = _table(
        "activity", "elas-\nticity", "lag in\nquarters", "value:\nown", "supe-\nrior's", "\npeer's", "\nmixed",
        "times\nskill", "hours:\nneeded", "\ntarget", "\nlast", "\nnow", "led,\n0 to 1", gap=1,
    )  # fmt: skip
    for row in leader.rows:
        table.add_row(
            words(row.activity), f"{row.elasticity:.3f}", f"{row.lag_quarters:.1f}", share(row.own),
            share(row.superior), share(row.peer) if has_peer else BLANK, share(row.mixed), two(row.competence),
            f"{row.need:.1f}", f"{row.target:.1f}", f"{row.before:.1f}", Text(f"{row.given:.1f}", style="bold"),
            two(row.quality),
        )  # fmt: skip
    return table


def _marketing(decided: MarketingDecisions, trace: QuarterTrace, leader: LeaderTrace) -> Iterator[RenderableType]:
    scale = money_scale(*(row.share * trace.programme_usd for row in decided.budget))
    yield _paragraph("Budget", f"{money(trace.programme_usd, scale)} a year, shared by value.")
    yield _table_block(_budget_table(decided, trace.programme_usd, scale))
    yield from _other_judgement(decided.budget_voices, leader)
    yield _paragraph("Bar for a lead", lead_formula(decided.lead, decided.hour_value_usd, trace.plan.lead_bar))
    yield _paragraph("Nurture from", nurture_formula(decided.nurture, trace.plan.nurture_bar))
    yield from _other_judgement(decided.lead_voices, leader)


def _budget_table(decided: MarketingDecisions, usd: float, scale: Scale) -> Table:
    has_peer = len(decided.budget_voices) > 2
    table = _table("programme", "value: own", "superior's", "peer's", "share", "a year")
    for row in decided.budget:
        table.add_row(
            words(row.programme), share(row.own), share(row.superior), share(row.peer) if has_peer else BLANK,
            Text(share(row.share), style="bold"), money(row.share * usd, scale),
        )  # fmt: skip
    return table


def _other_judgement(voices: Sequence[Voice], leader: LeaderTrace) -> Iterator[RenderableType]:
    """Whose judgement counts in the decision above, where it is not that of the hours."""
    if tuple(voices) != leader.voices:
        yield _paragraph("", f"Judgement in this: {_heard(voices, leader)}")


# ---- afterwards


def _afterwards(leader: LeaderTrace, end: LeaderEnd) -> str:
    work = ", ".join(f"{words(name)} {two(raw)} ({signed(sd, 1)} SD)" for name, (raw, sd) in end.conditions.items())
    if end.exhaustion is None or end.disengagement is None:
        after = f"left at the quarter's end; a successor comes after {end.weeks_to_successor:.0f} weeks"
    elif end.weeks_to_successor > 0.0:
        after = f"the post is open for {end.weeks_to_successor:.0f} more weeks"
    else:
        after = (
            f"exhaustion {leader.exhaustion:.0f} → {end.exhaustion:.0f}, disengagement {leader.disengagement:.0f} → "
            f"{end.disengagement:.0f}; stays"
        )
    return f"{after}.\nThe quarter's work: {work}."


def _company_end(end: QuarterEnd) -> str:
    return (
        f"booked {money(end.bookings_usd)} of {money(end.planned_usd)} planned, earned {money(end.profit_usd)}; "
        f"pressure from now on {two(end.pressure)}."
    )


# ---- how parts are laid out


def _table(first: str, *others: str, gap: int = 2) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, gap, 0, 0))
    table.add_column(first, no_wrap=True, vertical="bottom")
    for name in others:
        table.add_column(name, justify="right", no_wrap=True, vertical="bottom")
    return table


def _table_block(table: Table) -> Padding:
    return Padding(table, (1, 0, 1, INDENT), expand=False)


def _paragraph(label: str, text: str) -> Padding:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(label, capitalised(text))
    return Padding(grid, (0, 0, 0, INDENT), expand=False)
