"""Every mechanism as a named switch with its neutral level, and clamps that hold a state at a value."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.params import param, switch

MERGED = "org=merged_sales_led"
BOARD_HORIZON = "decided at the board's horizon, the same in every structure"


@dataclass(frozen=True)
class ClampConfig:
    """States held at a value for a whole run; empty leaves them to the model."""

    cooperation: float | None = param(None, unit="C", low=0, high=1, source="clamp", moved=1.0)
    internalisation: float | None = param(None, unit="omega", low=0, high=1, source="clamp", moved=1.0)
    horizon_quarters: float | None = param(None, unit="quarters, h_eff", low=0.25, high=100, source="clamp", moved=2.0)
    pressure: float | None = param(None, unit="P", low=0, high=0.5, source="clamp", moved=0.5)
    trust: float | None = param(None, unit="trust", low=0, high=1, source="clamp", moved=1.0)
    attention_marketing_share: float | None = param(
        None,
        unit="share of leading hours of one post that leads both",
        low=0,
        high=1,
        source="clamp",
        moved=0.05,
        where=MERGED,
    )


@dataclass(frozen=True)
class MechanismsConfig:
    """Switches, grouped by the five mechanisms; each is on by default."""

    # horizon: six channels, then how judgements mix
    horizon_attention: bool = switch(True, neutral=f"attention {BOARD_HORIZON}", where=MERGED)
    horizon_budget: bool = switch(True, neutral=f"programme budget {BOARD_HORIZON}", where=MERGED)
    horizon_discount: bool = switch(True, neutral=f"discount cap {BOARD_HORIZON}", where=MERGED)
    horizon_lead_bar: bool = switch(True, neutral=f"bar for a qualified lead {BOARD_HORIZON}", where=MERGED)
    horizon_reallocation: bool = switch(
        True, neutral=f"split of money between functions {BOARD_HORIZON}", where="org=merged_marketing_led"
    )
    horizon_development: bool = switch(True, neutral=f"coaching, people and experiments {BOARD_HORIZON}", where=MERGED)
    pressure: bool = switch(True, neutral="P = 0: a shortfall shortens no horizon")
    mandate: bool = switch(True, neutral="mandate 1: the superior's judgement has no weight")
    peer_mixing: bool = switch(True, neutral="C has no weight in judgements", where="practices=strong")
    # competence
    away_penalty: bool = switch(True, neutral="everybody is at home in every function", where=MERGED)
    profile_spread: bool = switch(True, neutral="every holder of a post is its profile's mean")
    cross_domain: bool = switch(True, neutral="cross-domain skill is 0 for everybody")
    learning: bool = switch(True, neutral="leaders keep the competence that they came with", where="org=founder_led")
    # capacity
    attention_scarcity: bool = switch(
        True, neutral="every activity gets the hours that it needs", where="org=founder_led"
    )
    spare_hours: bool = switch(True, neutral="spare leader hours idle")
    switching_loss: bool = switch(True, neutral="no hours lost between domains", where=MERGED)
    reallocation: bool = switch(True, neutral="money stays as it is split today", where="org=merged_marketing_led")
    # interface
    leader_meetings: bool = switch(True, neutral="two leaders need no hours to agree")
    internalisation: bool = switch(True, neutral="omega = 1: everybody counts the other function's costs")
    cooperation: bool = switch(True, neutral="C = 1 whatever happens")
    own_content: bool = switch(
        True, neutral="salespeople make no more content than when led well", where="org=no_marketing"
    )
    trust: bool = switch(True, neutral="trust is the reference population's mean for every pair")
    conflict: bool = switch(True, neutral="everybody is at the lowest conflict, which costs nothing")
    single_unit: bool = switch(True, neutral="a common superior makes no difference to conflict", where=MERGED)
    attribution: bool = switch(True, neutral="what is recorded is the true shared credit")
    practice_upkeep: bool = switch(True, neutral="practices are lived at the level set, whatever leaders perceive")
    role_ambiguity: bool = switch(True, neutral="role ambiguity is the reference population's mean for everybody")
    insight: bool = switch(True, neutral="insight stays where it was at the start")
    channels: bool = switch(True, neutral="all channels are as good as today's mean, whatever is tried or believed")
    # strain
    staff_strain: bool = switch(True, neutral="staff's strain moves neither output nor leaving")
    leader_strain: bool = switch(True, neutral="leaders feel no strain and lose no hours by it")
    attrition: bool = switch(True, neutral="no salesperson and no marketer leaves")
    leader_departure: bool = switch(True, neutral="no leader leaves, no post is vacant")
    variable_pay: bool = switch(True, neutral="everybody's pay is fixed at the stated cost")
    # transition
    reorganisation: bool = switch(
        True,
        neutral="a change costs nothing: whom it needs is there and at home in the job, whom it does not goes for free",
        where="transition=true org=merged_marketing_led",
    )
    clamp: ClampConfig = field(default_factory=ClampConfig)
