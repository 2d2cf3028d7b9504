"""What leaders and people make of each other: cooperation, trust, conflict."""

from __future__ import annotations

from dataclasses import dataclass

from sim.params import param


@dataclass(frozen=True)
class CooperationConfig:
    """Two leaders' cooperation C, and how far leaders keep practices up."""

    cooperation_base: float = param(0.25, unit="C without practices", low=0.0, high=1.0, source="dawes-massey-2005")
    cooperation_level_gap: float = param(
        0.5,
        unit="C lost per unit gap in competence",
        low=0.0,
        high=2.0,
        source="homburg-jensen-2007",
        where="org=fractional_cmo",
    )
    cooperation_pressure: float = param(
        0.2, unit="C lost per unit of pressure", low=0.0, high=1.0, source="assumed: blame"
    )
    cooperation_conflict: float = param(
        0.08,
        unit="C lost per point of staff's conflict above the reference",
        low=0.0,
        high=0.5,
        source="homburg-jensen-2007",
    )
    cooperation_adjustment: float = param(
        0.3,
        unit="share of the way a quarter",
        low=0.02,
        high=1.0,
        source="assumed: habits change in a year",
    )
    perception_bias: float = param(
        0.15, unit="alignment seen above the actual", low=0.0, high=0.5, source="perceived-alignment"
    )
    perception_noise: float = param(
        0.10, unit="sd of alignment seen", low=0.0, high=0.5, source="assumed: leaders differ in what they see"
    )
    aspired_alignment: float = param(
        0.65,
        unit="alignment seen at which practices are kept up as agreed",
        low=0.2,
        high=1.0,
        source="assumed: about what typical practices look like",
    )
    upkeep_slope: float = param(
        0.5,
        unit="upkeep lost per unit of alignment seen above the aspired",
        low=0.0,
        high=2.0,
        source="assumed: what looks mended is not mended further",
    )


@dataclass(frozen=True)
class TrustConfig:
    """Trust from person to person, built by contact and experience, fading without."""

    contact_hours_base: float = param(
        0.5, unit="hours a week per person with the other function", low=0.0, high=10, source="assumed: hallways"
    )
    trust_gain: float = param(
        0.12,
        unit="share of the way a week per joint hour of a pair",
        low=0.0,
        high=2.0,
        source="assumed: about .5 for 12 x 6 people under typical practices",
    )
    trust_decay: float = param(
        0.02, unit="share lost a week without contact", low=0.0, high=0.2, source="assumed: half in 35 weeks"
    )
    trust_newcomer: float = param(
        0.4, unit="trust in somebody new", low=0.0, high=1.0, source="assumed: below the usual"
    )
    promise_undefined: float = param(
        0.65,
        unit="share of leads that is expected to be real without a definition",
        low=0.05,
        high=1.0,
        source="assumed: hopes are high where nothing is agreed",
    )
    promise_defined: float = param(
        0.40,
        unit="share of called leads that a shared definition promises to be real",
        low=0.05,
        high=1.0,
        source="mql-accepted-benchmarks",
    )
    hearsay_leads: float = param(
        6.0, unit="leads' worth of colleagues' experience", low=0.1, high=100, source="assumed: people talk"
    )
    fairness_weight: float = param(
        0.3, unit="weight of fair credit in experience", low=0.0, high=1.0, source="hulland-2012"
    )
    ignored_share: float = param(
        0.5,
        unit="share of a distrusted marketer's leads ignored",
        low=0.0,
        high=0.95,
        source="never-contacted",
    )
    view_spread: float = param(
        0.15,
        unit="sd of a pair's view at the same trust",
        low=0.0,
        high=0.5,
        source="assumed: chemistry",
    )


@dataclass(frozen=True)
class ConflictConfig:
    """Dysfunctional conflict on 1-7: low on average, with a long tail [massey-dawes-2007]."""

    conflict_median: float = param(
        1.3,
        unit="points above 1 of the median person",
        low=0.0,
        high=4.0,
        source="fitted, see docs/calibration; within massey-dawes-2007",
    )
    conflict_skew: float = param(
        0.6, unit="sd of ln points above 1", low=0.05, high=1.5, source="assumed: a long tail to the right"
    )
    conflict_trust: float = param(
        0.5, unit="SD of conflict per SD of trust lost", low=0.0, high=2.0, source="massey-dawes-2007"
    )
    conflict_pressure: float = param(
        0.3, unit="SD of conflict per SD of pressure", low=0.0, high=2.0, source="assumed: blame for a shortfall"
    )
    conflict_unfairness: float = param(
        0.5, unit="SD of conflict per unit of unfair credit", low=0.0, high=5.0, source="hulland-2012"
    )
    conflict_person: float = param(0.6, unit="SD between persons", low=0.0, high=1.0, source="assumed: temperament")
    conflict_quarter: float = param(
        0.5, unit="SD from quarter to quarter", low=0.0, high=1.0, source="assumed: occasions"
    )
    single_unit_relief: float = param(
        0.25,
        unit="SD of conflict less where staff of both functions share a superior",
        low=0.0,
        high=0.5,
        source="lmf-massey-2019",
        where="org=merged_sales_led",
    )
    conflict_hours: float = param(
        0.4,
        unit="hours a week lost per person and point of conflict",
        low=0.0,
        high=4.0,
        source="assumed: quarrels take time",
    )
