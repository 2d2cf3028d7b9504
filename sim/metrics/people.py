"""People: strain of staff and leaders, and who leaves."""

from __future__ import annotations

from sim.metrics.outcome import RATE, Outcome, pooled

PEOPLE = (
    Outcome(
        "burnout",
        "mean of exhaustion and disengagement over filled seats and leaders",
        "0-100",
        "less",
        "person-time mean",
        pooled("burnout_sum", "burnout_weight"),
        True,
    ),
    Outcome(
        "burnout_staff",
        "the same over filled seats only",
        "0-100",
        "less",
        "person-time mean",
        pooled("burnout_staff_sum", "burnout_staff_weight"),
    ),
    *(
        Outcome(
            f"burnout_{group}",
            f"mean of exhaustion and disengagement of {people}",
            "0-100",
            "less",
            "person-time mean",
            pooled(f"burnout_{group}_sum", f"burnout_{group}_weight"),
        )
        for group, people in (("sales", "salespeople"), ("marketing", "marketers"), ("leaders", "leaders"))
    ),
    Outcome(
        "high_strain_share",
        "share of filled seats and leaders with exhaustion above .842 SD",
        "share",
        "less",
        "person-time mean",
        pooled("high_strain_sum", "burnout_weight"),
    ),
    Outcome(
        "exhaustion",
        "mean exhaustion score of everybody",
        "0-100",
        "less",
        "person-time mean",
        pooled("exhaustion_sum", "burnout_weight"),
    ),
    Outcome(
        "exhaustion_sales",
        "mean exhaustion score of salespeople",
        "0-100",
        "less",
        "person-time mean",
        pooled("exhaustion_sales_sum", "burnout_sales_weight"),
    ),
    Outcome(
        "disengagement_marketing",
        "mean disengagement score of marketers",
        "0-100",
        "less",
        "person-time mean",
        pooled("disengagement_marketing_sum", "burnout_marketing_weight"),
    ),
    Outcome(
        "morale",
        "100 - mean disengagement score of everybody",
        "0-100",
        "more",
        "person-time mean",
        lambda rows, run: 100.0 - pooled("disengagement_sum", "burnout_weight")(rows, run),
    ),
    Outcome(
        "sales_attrition",
        "leavers / seat-years before notice in sales",
        "a year",
        "less",
        RATE,
        pooled("left_sales", "seat_years_sales"),
    ),
    Outcome(
        "marketing_attrition",
        "leavers / seat-years before notice in marketing",
        "a year",
        "less",
        RATE,
        pooled("left_marketing", "seat_years_marketing"),
    ),
    Outcome(
        "leader_attrition",
        "leavers / leader-years at risk",
        "a year",
        "less",
        RATE,
        pooled("left_leaders", "seat_years_leaders"),
    ),
)
