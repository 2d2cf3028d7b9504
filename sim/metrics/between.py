"""Between the functions: cooperation, trust, conflict, alignment, and who is credited with bookings."""

from __future__ import annotations

from sim.metrics.outcome import RATE, SUM, Outcome, mean, pooled, total

BETWEEN = (
    Outcome("cooperation", "C of two leaders, 1 for one", "0-1", "more", "mean", mean("cooperation")),
    Outcome("trust", "mean trust of all pairs, both directions", "0-1", "more", "mean", mean("trust")),
    Outcome(
        "trust_of_sales",
        "mean trust of salespeople in marketers' leads",
        "0-1",
        "more",
        "mean",
        mean("trust_of_sales"),
    ),
    Outcome(
        "trust_of_marketing",
        "mean trust of marketers in what sales makes of their work",
        "0-1",
        "more",
        "mean",
        mean("trust_of_marketing"),
    ),
    Outcome(
        "negative_views_share",
        "directed views below .4 / directed views, v = Phi((trust - .5 + eta) / .15)",
        "share",
        "less",
        "mean",
        mean("negative_views_share"),
    ),
    Outcome("conflict", "mean dysfunctional conflict of staff", "1-7", "less", "mean", mean("conflict")),
    Outcome(
        "high_conflict_share",
        "staff with conflict above 4 / staff",
        "share",
        "less",
        "mean",
        mean("high_conflict_share"),
    ),
    Outcome("alignment", "mean of cooperation, trust and consistency", "0-1", "more", "mean", mean("alignment")),
    Outcome("perceived_alignment", "alignment as leaders see it", "0-1", "", "mean", mean("perceived_alignment")),
    Outcome("practices_lived", "mean level of the six practices as lived", "0-1", "", "mean", mean("practices_lived")),
    Outcome(
        "first_touch_marketing_share",
        "bookings first touched by marketing / bookings, true log",
        "share",
        "",
        RATE,
        pooled("first_marketing_usd", "bookings_usd"),
    ),
    Outcome(
        "last_touch_marketing_share",
        "bookings last touched by marketing / bookings, true log",
        "share",
        "",
        RATE,
        pooled("last_marketing_usd", "bookings_usd"),
    ),
    Outcome(
        "shared_marketing_share",
        "bookings by marketing's share of touches / bookings, true log",
        "share",
        "",
        RATE,
        pooled("shared_marketing_usd", "bookings_usd"),
    ),
    *(
        Outcome(
            f"{rule}_marketing_usd",
            f"bookings credited to marketing by {words}, true log",
            "USD a year",
            "",
            SUM,
            total(f"{rule}_marketing_usd"),
        )
        for rule, words in (
            ("first", "first touch"),
            ("last", "the touch that opened the case"),
            ("shared", "its share of touches"),
        )
    ),
    Outcome(
        "recorded_marketing_usd",
        "bookings credited to marketing as the company records it by its own rule",
        "USD a year",
        "",
        SUM,
        total("recorded_marketing_usd"),
    ),
    Outcome(
        "unfair_to_sales",
        "how unfair sales finds the recorded credit",
        "0-1",
        "less",
        "mean",
        mean("unfair_to_sales"),
    ),
    Outcome(
        "unfair_to_marketing",
        "how unfair marketing finds the recorded credit",
        "0-1",
        "less",
        "mean",
        mean("unfair_to_marketing"),
    ),
)
