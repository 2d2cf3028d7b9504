"""Brand and marketing's stocks: equity, voice, one story, content, channels, how the budget is split."""

from __future__ import annotations

from sim.metrics.outcome import LAST, SUM, Outcome, last, mean, total
from sim.org.attention import PROGRAMMES

BRAND = (
    Outcome(
        "brand_equity", "100 x mean of awareness x favourability", "0-100", "more", LAST, last("brand_equity"), True
    ),
    Outcome("share_of_voice", "own share of category media", "share", "more", LAST, last("share_of_voice")),
    Outcome("consistency", "message consistency", "0-1", "more", LAST, last("consistency")),
    Outcome("insight", "insight into buyers", "0-1", "more", LAST, last("insight")),
    Outcome(
        "unused_content_share",
        "1 - share of marketing's content that sales uses",
        "share",
        "less",
        "mean",
        lambda rows, run: 1.0 - mean("content_used_share")(rows, run),
    ),
    Outcome(
        "own_content_hours", "salespeople's hours on own content", "hours", "less", SUM, total("own_content_hours")
    ),
    Outcome("channel_effectiveness", "against today's", "multiple", "more", LAST, last("channel_effectiveness")),
    Outcome("channels_found", "new channels found by experiments", "channels", "more", SUM, total("channels_found")),
    *(
        Outcome(
            f"{name}_budget_share",
            f"share of programme money on {name}",
            "share",
            "",
            "mean",
            mean(f"{name}_budget_share"),
        )
        for name in PROGRAMMES
    ),
)
