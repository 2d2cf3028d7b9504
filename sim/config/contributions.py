"""What marketing brings, who is credited with it, where it goes: credit, content, channels."""

from __future__ import annotations

from dataclasses import dataclass

from sim.params import choice, param


@dataclass(frozen=True)
class CreditConfig:
    """What the company records of who won a deal, and whom that pays."""

    attribution: str = choice(
        "last",
        ("first", "last", "shared"),
        source="assumed: the touch that created the case, as most systems record it",
        moved="first",
    )
    logged_share: float = param(
        0.6,
        unit="share of accounts whose marketing touches are recorded without shared data",
        low=0.05,
        high=1.0,
        source="assumed: two systems",
    )
    unfair_credit_full: float = param(
        0.3,
        unit="gap between recorded and true share at which credit is felt to be wholly unfair",
        low=0.01,
        high=1.0,
        source="assumed: hulland-2012 gives the sign",
    )
    salesperson_variable_share: float = param(
        0.4, unit="share of a salesperson's cost that is commission", low=0.0, high=0.8, source="vp-sales-pay"
    )
    accelerator: float = param(1.5, unit="multiple of commission above quota", low=1.0, high=4.0, source="larkin-2014")
    marketer_variable_share: float = param(
        0.1,
        unit="share of a marketer's cost that follows recorded credit",
        low=0.0,
        high=0.8,
        source="assumed: a bonus",
    )


@dataclass(frozen=True)
class ContentConfig:
    """Insight into buyers, content that sales uses, one story."""

    insight_base: float = param(
        0.2, unit="insight without anybody asking", low=0.0, high=1.0, source="assumed: hearsay"
    )
    insight_leadership: float = param(
        0.4, unit="insight by full leadership of content and insight", low=0.0, high=1.0, source="assumed: research"
    )
    insight_adjustment: float = param(
        0.25, unit="share of the way a quarter", low=0.02, high=1.0, source="assumed: a year"
    )
    content_use_base: float = param(
        0.2, unit="share of content used by sales at least", low=0.0, high=1.0, source="unused-content"
    )
    content_use_fit: float = param(
        0.6,
        unit="share of content more at full insight and trust",
        low=0.0,
        high=0.8,
        source="unused-content",
    )
    content_use_full: float = param(
        0.7, unit="share used at which nobody needs content of their own", low=0.1, high=1.0, source="unused-content"
    )
    own_content_floor: float = param(
        0.04,
        unit="share of hours on own content when supplied well",
        low=0.0,
        high=0.2,
        source="rep-content-time",
        moved=0.12,
        where="org=no_marketing",
    )
    own_content_extra: float = param(
        0.11,
        unit="share of hours more when nothing usable comes",
        low=0.0,
        high=0.3,
        source="rep-content-time",
    )
    consistency_base: float = param(
        0.45,
        unit="message consistency when everybody makes their own",
        low=0.0,
        high=1.0,
        source="assumed: own decks",
    )
    consistency_supply: float = param(
        0.35, unit="consistency more when content is supplied well", low=0.0, high=0.5, source="assumed: one story"
    )
    consistency_cross_domain: float = param(
        0.1,
        unit="consistency by full cross-domain skill",
        low=0.0,
        high=0.5,
        source="assumed: message fits the sale",
        where="org=merged_balanced",
    )


@dataclass(frozen=True)
class ChannelConfig:
    """Channels of activation: they drift, tire with use, and are found by experiments."""

    channel_drift: float = param(
        0.15,
        unit="sd of ln effectiveness a quarter",
        low=0.0,
        high=1.0,
        source="fitted, see docs/calibration; within channel-spread",
    )
    channel_memory: float = param(
        0.95, unit="share of ln effectiveness kept a quarter", low=0.0, high=0.999, source="channel-spread"
    )
    channel_fatigue: float = param(
        0.085, unit="ln effectiveness lost a quarter at an even share of use", low=0.0, high=1.0,
        source="fitted, see docs/calibration",
    )  # fmt: skip
    channel_recovery: float = param(
        0.20, unit="share of fatigue gone a quarter", low=0.01, high=1.0, source="assumed: a year's rest"
    )
    exploration_per_quarter: float = param(
        0.25, unit="new channels found a quarter at today's experiments", low=0.0, high=4.0,
        source="assumed: one a year; march-1991 in spirit",
    )  # fmt: skip
    experiments_elasticity: float = param(
        0.5, unit="% more finds per % of experiments", low=0.05, high=1.0, source="assumed: concave",
        moved=1.0, where="org=merged_sales_led horizon_quarters=40",
    )  # fmt: skip
    belief_learning: float = param(
        0.4, unit="share of the way to what was measured a quarter", low=0.02, high=1.0, source="assumed: two quarters"
    )
    belief_noise: float = param(
        0.4, unit="sd of measured ln effectiveness", low=0.0, high=2.0, source="assumed: few wins per channel"
    )
    belief_sharpness: float = param(
        1.0, unit="ln share of money per unit of believed ln effectiveness", low=0.0, high=5.0,
        source="assumed: money follows belief in proportion",
    )  # fmt: skip
    credit_bias: float = param(
        0.5, unit="ln effectiveness by which a one-sided rule flatters a channel at one end", low=0.0, high=2.0,
        source="assumed: rules favour the channels near their touch",
    )  # fmt: skip
