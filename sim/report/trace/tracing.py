"""Taking the record of a quarter from a model.

Every number comes from the functions by which the quarter itself is planned (`sim.phases.rehearsing`).
"""

from __future__ import annotations

import numpy as np

from sim.config import BOARD, FUNCTIONS, Moment, SimConfig
from sim.model import GoToMarket
from sim.org import attention as attending
from sim.org import decisions
from sim.org.conditions import standardised
from sim.org.horizon import Voices
from sim.org.leaders import Leaders
from sim.org.strain import score
from sim.org.structure import MARKETING, NOBODY, SALES
from sim.phases import planning
from sim.phases.living import raw_leader_conditions
from sim.phases.rehearsing import Rehearsal, rehearsed
from sim.report.trace.record import (
    BudgetRow,
    LeaderEnd,
    LeaderTrace,
    MarketingDecisions,
    QuarterEnd,
    QuarterTrace,
    Row,
    SalesDecisions,
    Voice,
)


def traced(model: GoToMarket) -> QuarterTrace:
    """What the leaders will decide in the quarter that comes next (after `quarter_begins`); changes nothing."""
    r = rehearsed(model)
    structure, switches = r.planner.structure, model.config.mechanisms
    booked, planned = (sum(column) for column in zip(*model.history, strict=True))
    moves = switches.reallocation and model.is_marketing_staffed
    above, judged = planning.conflict_above_usual(model), r.planner.judged(r.situation)
    return QuarterTrace(
        quarter=model.quarter,
        seed=model.seed,
        company=model.config.company.name,
        label=model.chosen.org.label or model.chosen.org.name,
        pressure=model.pressure,
        booked_usd=booked,
        planned_usd=planned,
        agreed=model.chosen.practices,
        lived=r.upkeep.practices,
        upkeep=r.upkeep.multiple,
        alignment=r.upkeep.actual,
        perceived_alignment=r.upkeep.perceived,
        cooperation_before=model.cooperation,
        cooperation=r.cooperation,
        cooperation_terms=(
            r.planner.cooperation_terms(model.leaders, model.pressure, above)
            if switches.clamp.cooperation is None
            else None
        ),
        together=float(r.situation.presence[list(structure.leader_of)].prod()),
        programme_usd_before=model.money.programme_usd,
        programme_usd=r.money.programme_usd,
        bought_share=r.money.bought_share,
        worths=tuple(judged.worths.tolist()),
        worth_today=model.past.today.programme_value,
        shift=(
            model.money.shift(model.config.company, model.config.people, r.plan, model.past.today) if moves else None
        ),
        plan=r.plan,
        attention_rule=model.config.people.attention_rule if switches.attention_scarcity else None,
        leaders=tuple(_leader(model, r, post) for post in range(structure.n)),
    )


def ended(model: GoToMarket) -> QuarterEnd:
    """How the quarter that has just run ended."""
    leaders, norms, row = model.leaders, model.config.norms.leaders, model.rows[-1]
    raw = raw_leader_conditions(model, model.plan, model.pressure)
    ends = []
    for post, name in enumerate(model.planner.structure.names):
        has_left = post in model.left_posts
        scores = _scores(model, post)
        here = {key: (float(values[post]), _in_sd(values[post], getattr(norms, key))) for key, values in raw.items()}
        worn, distant = (None, None) if has_left else scores
        ends.append(LeaderEnd(name, worn, distant, has_left, float(leaders.vacant_weeks[post]), here))
    booked, planned = model.history[-1]
    return QuarterEnd(booked, planned, row["profit_usd"], model.pressure, tuple(ends))


def trace_quarter(config: SimConfig, seed: int, quarter: int) -> tuple[QuarterTrace, QuarterEnd]:
    """One quarter of one future: what was decided in it, and how it ended."""
    model = GoToMarket(config, seed)
    while model.quarter < quarter:
        model.step()
    model.quarter_begins()
    before = traced(model)
    model.step()
    return before, ended(model)


def _leader(model: GoToMarket, r: Rehearsal, post: int) -> LeaderTrace:
    structure, leaders = r.planner.structure, model.leaders
    allotted, superior = r.allotments[post], structure.superior[post]
    views, judged = r.planner.views(r.situation), r.planner.judged(r.situation)
    exhaustion, disengagement = _scores(model, post)
    leads = tuple(structure.is_staffed[f] and structure.leader_of[f] == post for f in (SALES, MARKETING))
    return LeaderTrace(
        number=post,
        post=structure.names[post],
        functions=tuple(FUNCTIONS[f] for f in structure.functions[post]),
        reports_to=BOARD if superior == NOBODY else structure.names[superior],
        person=int(leaders.person[post]),
        presence=float(r.situation.presence[post]),
        effect=float(r.plan.effect[post]),
        tenure_weeks=float(leaders.tenure_weeks[post]),
        vacant_weeks=float(leaders.vacant_weeks[post]),
        skill=(float(leaders.skill[post, SALES]), float(leaders.skill[post, MARKETING])),
        cross_domain=float(leaders.cross_domain[post]),
        horizon=float(leaders.horizon[post]),
        horizon_now=float(r.situation.horizon[post]),
        mandate=r.planner.mandate(post),
        voices=_voices(r, post, allotted.view.voices),
        week=allotted.week,
        rows=_rows(r, leaders, post),
        spare=(float(allotted.spare[SALES]), float(allotted.spare[MARKETING])),
        exhaustion=exhaustion,
        disengagement=disengagement,
        sales=(
            SalesDecisions(r.planner.discount_terms(judged), _voices(r, post, views.discount)) if leads[SALES] else None
        ),
        marketing=_marketing(model, r, post) if leads[MARKETING] else None,
    )


def _rows(r: Rehearsal, leaders: Leaders, post: int) -> tuple[Row, ...]:
    a, planner = r.allotments[post], r.planner
    columns = np.flatnonzero(planner.led[post] & (planner.remits.needs > 0.0))
    if not len(columns):
        return ()
    options = planner.remits.activities[columns]
    own, superior, peer = planner.judgement.opinions(options, a.view.voices)
    skill = leaders.skill[post] ** planner.people.attention_competence_weight
    names = [attending.ACTIVITY_NAMES[column] for column in columns]
    of_plan = (a.values, skill[attending.FUNCTION_OF], a.target, a.before, a.given, r.plan.quality)
    numbers = (
        options["elasticity"], options["lag"], options["need"], own, superior, peer,
        *(column[columns] for column in of_plan),
    )  # fmt: skip
    return tuple(Row(name, *row) for name, row in zip(names, np.stack(numbers, axis=1).tolist(), strict=True))


def _marketing(model: GoToMarket, r: Rehearsal, post: int) -> MarketingDecisions:
    planner, config, views = r.planner, model.config, r.planner.views(r.situation)
    opinions = planner.judgement.opinions(planner.remits.funded[attending.PROGRAMME_COLUMNS], views.budget)
    shares = np.stack([*opinions, r.plan.budget_shares], axis=1).tolist()
    lead, nurture = planner.bar_terms(planner.judged(r.situation), r.plan.internalisation[MARKETING])
    return MarketingDecisions(
        budget=tuple(BudgetRow(name, *row) for name, row in zip(attending.PROGRAMMES, shares, strict=True)),
        budget_voices=_voices(r, post, views.budget),
        lead=lead,
        lead_voices=_voices(r, post, views.lead_bar),
        hour_value_usd=decisions.hour_value_usd(config.company, config.people),
        nurture=nurture,
    )


def _voices(r: Rehearsal, post: int, heard: Voices) -> tuple[Voice, ...]:
    """Who is heard in a view, heaviest first: the weights are what `mixed` makes of one vote each."""
    structure, view = r.planner.structure, r.planner.view_of(post, heard)
    if view.own != r.situation.horizon[post]:  # the channel is closed
        return (Voice(BOARD, view.own, 1.0),)
    superior, peer = structure.superior[post], structure.peer_of(post)
    votes = view.mixed(*np.eye(3))
    voices = [
        Voice(structure.names[post], view.own, float(votes[0])),
        Voice(BOARD if superior == NOBODY else structure.names[superior], view.superior, float(votes[1])),
    ]
    if view.peer is not None:
        voices.append(Voice(structure.names[peer], view.peer, float(votes[2])))
    return tuple(sorted((voice for voice in voices if voice.weight > 0.0), key=lambda voice: -voice.weight))


def _scores(model: GoToMarket, post: int) -> tuple[float, float]:
    leaders, norms = model.leaders, model.config.norms.leaders
    return (
        float(score(leaders.exhaustion[post], norms.exhaustion)),
        float(score(leaders.disengagement[post], norms.disengagement)),
    )


def _in_sd(value: float, moment: Moment) -> float:
    return float(standardised(np.array([value]), moment)[0])
