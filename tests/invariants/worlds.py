"""Worlds made for fairness: one in which every channel is closed, and ways to open single ones.

`CLOSED` is the null world of `model.md` 1.3, as small as it can be: each entry is needed for the tie, which
`test_null_world` shows, and what is not listed stays on. `PRO_MERGING` are worlds that start from it, tie, and in
which one mechanism alone makes one leader the better choice.
"""

from dataclasses import asdict, dataclass, replace
from functools import cache

import numpy as np

from sim.compose import sim_config
from sim.config import ClampConfig, MechanismsConfig, TodayConfig
from sim.market.prospects import COLUMN_NAMES
from sim.model import GoToMarket, past_of
from sim.study.statistics import mean_estimate

COMPANY = "company=medium"  # 12 salespeople, so that one team is beyond a span, and 6 marketers
HORIZON = 6.0  # quarters: the board's, so that a superior who decides for a vacant post looks as far
ONE, TWO = "merged_sales_led", "separate"
ONE_POST = "org.posts.head_of_sales_and_marketing"
SALES_POST, MARKETING_POST = "org.posts.head_of_sales", "org.posts.head_of_marketing"

CLOSED = (
    "attention_scarcity",
    "spare_hours",
    "switching_loss",
    "away_penalty",
    "profile_spread",
    "cross_domain",
    "leader_meetings",
    "conflict",
    "single_unit",
    "internalisation",
    "cooperation",
    "practice_upkeep",
    "mandate",
    "reallocation",
    "leader_strain",
    "leader_departure",
    "horizons",  # no switch but a clamp: all leaders look equally far
)
# Horizons act through six channels; closing these leaves horizons apart and has the same effect as the clamp.
HORIZON_CHANNELS = (
    "horizon_attention",
    "horizon_budget",
    "horizon_discount",
    "horizon_lead_bar",
    "horizon_reallocation",
    "horizon_development",
)


def closed_mechanisms(*opened):
    """All mechanisms with the null world's closed, but for those named."""
    unknown = set(opened) - set(CLOSED)
    assert not unknown, f"{unknown} are not closed in the null world"
    shut = {name: False for name in CLOSED if name not in opened and name != "horizons"}
    clamp = ClampConfig() if "horizons" in opened else ClampConfig(horizon_quarters=HORIZON)
    return replace(MechanismsConfig(), clamp=clamp, **shut)


@cache
def composed(org, *overrides):
    """A config as users would write it; composing takes longer than running a quarter."""
    return sim_config(COMPANY, f"org={org}", *overrides)


def closed(org, *overrides, opened=(), quarters=2):
    """The null world under a structure, but for the mechanisms named in `opened`."""
    config = composed(org, *overrides)
    return replace(config, mechanisms=closed_mechanisms(*opened), horizon_quarters=quarters)


def without(config, *switches):
    """The config with further mechanisms switched off."""
    return replace(config, mechanisms=replace(config.mechanisms, **dict.fromkeys(switches, False)))


def with_posts(org, **changes):
    """A structure with posts changed by name; fields of the profile are told apart by their names."""
    posts = dict(org.posts)
    for name, fields in changes.items():
        person = {field: value for field, value in fields.items() if hasattr(posts[name].profile, field)}
        rest = {field: value for field, value in fields.items() if field not in person}
        posts[name] = replace(posts[name], profile=replace(posts[name].profile, **person), **rest)
    return replace(org, posts=posts)


def settled_in(config, org):
    """The config under a structure that it has always had: today's is the scenario's."""
    return replace(config, org=org, today=TodayConfig(org, config.practices, config.roles))


@cache
def closed_past():
    """The past of the null world: accounts, anchors and yardsticks that all its structures share."""
    return past_of(closed(TWO))


def run(config, seed=5):
    """A finished run from the null world's past, with the books of all quarters."""
    model = GoToMarket(config, seed, closed_past())
    model.all_books = []
    while len(model.rows) < config.warm_up_quarters + config.horizon_quarters:
        model.step()
        model.all_books.append(model.books)
    model.forget()
    return model


PAY_OF_LEADERS = {"costs_usd", "profit_usd", "leaders_usd", "books: leaders"}
NUMBER_OF_LEADERS = {"leaders_present", "leader_hours", "seat_years_leaders", "left_leaders"}
BETWEEN_LEADERS = {
    "cooperation", "alignment", "perceived_alignment", "internalisation_sales", "internalisation_marketing",
}  # fmt: skip
OUTLOOK_OF_LEADERS = {"horizon_sales", "horizon_marketing", "programme_value"}
OF_LEADERS = PAY_OF_LEADERS | NUMBER_OF_LEADERS | BETWEEN_LEADERS | OUTLOOK_OF_LEADERS
PEOPLE = ("skill", "exhaustion", "disengagement", "conflict", "person", "vacant_weeks", "demands", "resources")


def parted(a, b, besides=OF_LEADERS):
    """Names of what two runs do not share to the last bit: accounts, people, books, every column of every quarter.

    Left out is what is `besides`, and leaders' attention as shares of more or fewer hours.
    """
    names = {f"accounts: {name}" for name in COLUMN_NAMES if not _same(a.prospects[name], b.prospects[name])}
    for team, other in ((a.sales, b.sales), (a.marketing, b.marketing)):
        names |= {f"people: {name}" for name in PEOPLE if not _same(getattr(team, name), getattr(other, name))}
    for row, other in zip(a.rows, b.rows, strict=True):
        names |= {name for name in row if not name.startswith("attention_") and not _same(row[name], other[name])}
    for books, other in zip(a.all_books, b.all_books, strict=True):
        mine, theirs = asdict(books), asdict(other)
        names |= {f"books: {name}" for name in mine if mine[name] != theirs[name]}
    return names - besides


def _same(a, b):
    return np.array_equal(np.asarray(a, dtype=float), np.asarray(b, dtype=float), equal_nan=True)


@dataclass(frozen=True)
class World:
    """A world in which one leader and two tie until one mechanism is opened, or one setting made."""

    mechanism: str  # what the case for merging says, in words
    opens: tuple[str, ...] = ()  # the mechanism, as switches
    beside: tuple[str, ...] = ()  # other channels that must be open for it to bite; by themselves they part nobody
    shut: tuple[str, ...] = ()  # switches off beside the null world's
    setting: tuple[str, ...] = ()  # of both
    one: tuple[str, ...] = ()  # of the one leader's post
    two: tuple[str, ...] = ()  # of the two leaders' posts
    paid: float | None = 1.9  # pay ratio of the one leader: equal total pay; None leaves the file's own
    n_seeds: int = 10

    def pair(self, is_open, quarters=6):
        """Configs of one leader and of two; with the mechanism closed they tie."""
        opened = self.beside + (self.opens if is_open else ())
        pay = () if self.paid is None and is_open else (f"{ONE_POST}.pay_ratio={self.paid or 1.9}",)
        one = closed(ONE, *self.setting, *self.one, *pay, opened=opened, quarters=quarters)
        two = closed(TWO, *self.setting, *self.two, opened=opened, quarters=quarters)
        return without(one, *self.shut), without(two, *self.shut)

    def lead_of_one(self, quarters=6):
        """NPV of one leader less that of two with the mechanism open, USD, mean over futures with its interval."""
        one, two = ([_npv(config, seed) for seed in range(self.n_seeds)] for config in self.pair(True, quarters))
        return mean_estimate(np.array(one) - np.array(two))


def _npv(config, seed):
    model = GoToMarket(config, seed, closed_past()).run()
    model.forget()
    return model.results()["npv_usd"]


# Two leaders whose hours together are one leader's, each with the share of work that the function needs.
HALF_TIME = (f"{SALES_POST}.hours_per_week=23.4", f"{MARKETING_POST}.hours_per_week=26.6")
HALF_PAY = 0.9468  # what these two are paid together, of a head of sales
LED_WELL_WINS = "people.deal_support_slope=2"
NO_HOUR_TO_SPARE = ("people.need_factor=1.2", "practices=none")  # 48 of 50 hours are needed
SHORT_OF_TIME = ("people.lead_work_share=0.12", "people.selling_share=0.2")  # of salespeople
SHORT_SIGHTED = "profile.planning_horizon_quarters=0.25"

PRO_MERGING = (
    World("one salary saved", paid=None, n_seeds=3),
    World(
        # A volume KPI lets through what wastes salespeople's hours, unless these count.
        "one mind internalises trade-offs",
        opens=("internalisation",),
        beside=("cooperation",),
        setting=("practices=none", "people.volume_credit_usd=600", "people.lead_work_share=0.12"),
        n_seeds=8,
    ),
    World(
        "no meetings between two leaders",
        opens=("leader_meetings",),
        beside=("attention_scarcity",),
        setting=(*NO_HOUR_TO_SPARE, "people.leader_meeting_hours=8", LED_WELL_WINS),
        two=HALF_TIME,
        paid=HALF_PAY,
    ),
    World(
        # Strain costs hours, and quarrels with a peer strain: leaders who are sensitive to nothing else.
        "no conflict between two leaders",
        opens=("cooperation",),
        beside=("leader_strain", "conflict", "attention_scarcity"),
        setting=(
            *NO_HOUR_TO_SPARE, "people.strain_noise=0", "people.strain_trait=0", "people.strain_leader_hours=0.2",
            "people.demand_effect=0.15", "people.resource_effect=0",
            "people.workload_weight=0", "people.pressure_weight=0", LED_WELL_WINS,
        ),
        two=HALF_TIME,
        paid=HALF_PAY,
    ),
    World(
        # Leaders who see no further than weeks would move money from a big budget to selling; two who do not cooperate
        # never agree to. Every lead passes whoever counts whose hours, so that nothing else follows from that.
        "faster reallocation",
        opens=("reallocation",),
        beside=("horizons", "internalisation", "cooperation"),
        shut=tuple(name for name in HORIZON_CHANNELS if name != "horizon_reallocation"),
        setting=(
            *SHORT_OF_TIME, "practices=none", "people.cooperation_base=0", "people.reallocation_lag=1",
            "people.reallocation_limit=0.5", "company.program_budget_usd_per_year=2200000",
            "people.volume_credit_usd=0", "people.hour_value_share=0.05", "market.score_noise=0", "market.junk_gap=1",
            "market.prospecting_elasticity=0.6",
        ),
        one=(f"{ONE_POST}.{SHORT_SIGHTED}",),
        two=(f"{SALES_POST}.{SHORT_SIGHTED}", f"{MARKETING_POST}.{SHORT_SIGHTED}"),
        n_seeds=30,
    ),
    World(
        "less conflict among staff of a single unit",
        opens=("single_unit",),
        beside=("conflict",),
        setting=("practices=none", "people.single_unit_relief=0.5", "people.conflict_hours=4"),
        n_seeds=12,
    ),
    World(
        "cross-domain skill makes the message fit",
        opens=("cross_domain",),
        setting=("people.cross_domain_slope=0",),
        one=(f"{ONE_POST}.profile.cross_domain=1",),
    ),
    World(
        # Where scores are noisy, calls are long and salespeople have little time for them.
        "cross-domain skill sharpens lead definition",
        opens=("cross_domain",),
        setting=(
            "people.consistency_cross_domain=0", "people.cross_domain_slope=0.9", "market.score_noise=3",
            "people.lead_work_share=0.12", "company.hours_per_mql=3",
        ),
        one=(f"{ONE_POST}.profile.cross_domain=1",),
        n_seeds=12,
    ),
)  # fmt: skip


def table_of_leads():
    """One line per world: the mechanism, the lead of one leader in NPV with its 95% interval, USD, and the seeds."""
    lines = []
    for world in PRO_MERGING:
        lead = world.lead_of_one()
        lines.append(f"{world.mechanism:<45} {lead.mean:>12,.0f} [{lead.low:>12,.0f}, {lead.high:>12,.0f}] {lead.n:>3}")
    return "\n".join(lines)
