"""Leaders: what they give their hours to, how far they look, how well they lead."""

from __future__ import annotations

from sim.metrics.outcome import LAST, Outcome, last, last_year, mean, pooled
from sim.org.attention import ACTIVITY_NAMES

LEADERS = (
    Outcome(
        "attention_marketing_share",
        "leaders' hours on marketing / their hours, last year",
        "share",
        "",
        "last 4 quarters",
        last_year(pooled("attention_marketing_hours", "leader_hours")),
    ),
    *(
        Outcome(
            f"attention_{name}_share",
            f"leaders' hours on {name.replace('_', ' ')} / their hours",
            "share",
            "",
            "last 4 quarters",
            last_year(mean(f"attention_{name}_share")),
        )
        for name in (*ACTIVITY_NAMES, "spare", "lost")
    ),
    Outcome(
        "effective_horizon_sales",
        "effective horizon of who leads sales",
        "quarters",
        "",
        "mean",
        mean("horizon_sales"),
    ),
    Outcome(
        "effective_horizon_marketing",
        "effective horizon of who leads marketing",
        "quarters",
        "",
        "mean",
        mean("horizon_marketing"),
    ),
    Outcome("pressure", "shortfall of a year's bookings against plan", "0-.5", "less", "mean", mean("pressure")),
    Outcome(
        "leader_skill_sales",
        "competence in sales of who leads it",
        "0-1",
        "more",
        LAST,
        last("leader_skill_sales"),
    ),
    Outcome(
        "leader_skill_marketing",
        "competence in marketing of who leads it",
        "0-1",
        "more",
        LAST,
        last("leader_skill_marketing"),
    ),
    Outcome(
        "leadership_effect",
        "presence and ramp of the functions' leaders",
        "0-1",
        "more",
        "mean",
        mean("leadership_effect"),
    ),
    Outcome(
        "internalisation_marketing",
        "omega of who decides marketing",
        "0-1",
        "more",
        "mean",
        mean("internalisation_marketing"),
    ),
)
