"""The company's past: the market's unknown constants, solved so that `today` yields the stated facts.

A consultant states revenue, win rate, cycle, inquiries; nobody can state "the weekly inquiry rate of an account
in market". So pilot worlds live through twelve years of `today` while the constants follow the stated facts
(stochastic approximation, averaged over the last years [PolyakJuditsky1992]). The state in
which the pilots end is the pool from which every seed's accounts are drawn: a fixed point of the model itself,
with its pressure, vacancies and selection, not of an approximation to it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from typing import NamedTuple, Protocol

import numpy as np

from sim.config import CompanyConfig, SimConfig
from sim.market.laws import N_FLOWS, Anchors, Floats, Flow
from sim.market.prospects import Prospects, Stage
from sim.market.start import Reservoir, as_past, pooled
from sim.org.leaders import hired_leaders
from sim.org.planning import Plan, Planner
from sim.org.programmes import Programmes
from sim.org.workforce import Workforce
from sim.periods import DAYS_PER_WEEK, WEEKS_PER_QUARTER

PILOT_ACCOUNTS = 40_000  # accounts in all pilots of a company together
MOST_PILOTS = 16
SETTLING_QUARTERS = 24
AVERAGED_QUARTERS = 24
YEAR = 4  # quarters
SNAPSHOTS = AVERAGED_QUARTERS // YEAR
FIRST_STEP, STEP = 0.5, 0.15  # share of a miss that the anchors make good a quarter


class Pilot(Protocol):
    """What the past needs of a model: quarters of `today`, open to new anchors."""

    anchors: Anchors
    usual_load: float | None
    usual_pressure: float
    pressure: float
    prospects: Prospects
    sales: Workforce
    marketing: Workforce
    programmes: Programmes

    def step(self) -> None:
        """Run a quarter."""

    def flows_of_quarter(self) -> Floats:
        """Counts and sums of the last quarter, in the order of `Flow`."""

    def seat_state(self) -> tuple[float, float, float]:
        """Mean load and prospecting hours of filled seats, selling hours of all."""

    def forget(self) -> None:
        """Let go of the pilot."""


class MakesPilot(Protocol):
    """How a pilot is made: a model under `today`, started from a past that is only begun."""

    def __call__(self, config: SimConfig, seed: int, past: Past) -> Pilot:
        """Make a pilot of one seed."""


class StrainMoments(NamedTuple):
    """Mean and sd of a team's strain under today, SD of the reference population."""

    exhaustion_mean: float = 0.0
    exhaustion_sd: float = 1.0
    disengagement_mean: float = 0.0
    disengagement_sd: float = 1.0


@dataclass(frozen=True)
class Past:
    """What a company brings along: anchors, today's plan as the yardstick of efforts, accounts to draw from."""

    anchors: Anchors
    today: Plan
    pressure: float  # usual pressure under today, from the noise of a year's bookings
    strain: tuple[StrainMoments, StrainMoments] = (StrainMoments(), StrainMoments())  # of sales, of marketing
    stocks: Floats = field(default_factory=lambda: np.ones(3))  # activation, content, channels with usual vacancies
    reservoir: Reservoir | None = None  # None only for pilots


def booking_noise(company: CompanyConfig) -> float:
    """Relative sd of a quarter's bookings around plan: n wins of lognormal value, sqrt((1 + cv^2)/n)."""
    return math.exp(0.5 * company.deal_value_sigma**2) / math.sqrt(company.wins_per_quarter)


def usual_pressure(company: CompanyConfig) -> float:
    """Mean pressure when bookings are on plan: a year's bookings are noisy, and only shortfalls press.

    E max(0, -x) = .4 sd for a normal x; a year's noise is half a quarter's.
    """
    return min(0.4 * booking_noise(company) / math.sqrt(YEAR), 0.5)


def begun(config: SimConfig) -> Past:
    """A past that has not been lived: first guesses of the anchors, today's plan at its usual pressure."""
    pressure = usual_pressure(config.company)
    if config.mechanisms.clamp.pressure is not None:
        pressure = config.mechanisms.clamp.pressure
    if not config.mechanisms.pressure:
        pressure = 0.0
    planner = Planner(config, config.today)
    leaders = hired_leaders(planner.structure, config.people, config.mechanisms, None)
    cooperation = planner.cooperation_target(leaders, pressure)
    planner.settle(leaders, pressure, cooperation)
    return Past(first_guess(config), planner.decided(leaders, pressure, cooperation), pressure)


def first_guess(config: SimConfig) -> Anchors:
    """Anchors of the right order of magnitude, to start from."""
    company, market = config.company, config.market
    outside = company.n_prospects - company.n_customers
    spells = outside * market.in_market_share_per_quarter
    ready = company.inquiries_per_quarter * (1.0 - market.junk_share_of_inquiries)
    junk = company.inquiries_per_quarter * market.junk_share_of_inquiries
    found = company.opportunities_per_quarter * company.sales_sourced_share
    sigma = company.deal_value_sigma
    return Anchors(
        ready_rate=0.12 * ready / spells / 0.6,
        junk_rate=junk / outside / WEEKS_PER_QUARTER,
        score_location=-3.0,
        accept_location=2.5,
        found_rate=0.03 * found / spells / 0.16,
        win_location=math.log(company.win_rate / (1.0 - company.win_rate)) - 1.0,
        value_location=math.log(company.acv_usd) - 0.5 * sigma**2,
        renewal_location=math.log(company.renewal_share_per_year / (1.0 - company.renewal_share_per_year)) - 0.5,
        pace_location=math.log(company.sales_cycle_days / DAYS_PER_WEEK),
        equity=0.25,
    )


def targets(config: SimConfig) -> Floats:
    """Stated facts in the order of `Anchors`: counts a quarter, shares, USD, ln weeks."""
    company, market = config.company, config.market
    return np.array(
        [
            company.inquiries_per_quarter * (1.0 - market.junk_share_of_inquiries),
            company.inquiries_per_quarter * market.junk_share_of_inquiries,
            company.mqls_per_quarter / company.inquiries_per_quarter,
            market.accepted_share_of_mqls,
            company.opportunities_per_quarter * company.sales_sourced_share,
            company.win_rate,
            company.acv_usd,
            company.renewal_share_per_year,
            math.log(company.sales_cycle_days / DAYS_PER_WEEK),
        ]
    )


IS_SHARE = np.array([False, False, True, True, False, True, False, True, False])
IS_LOG = np.array([False] * 8 + [True])


def measured(flows: Floats, n_pilots: int) -> Floats:
    """The same facts as simulated, from the pooled flows of some quarters' mean over pilots."""
    f = flows / n_pilots
    inquiries = f[Flow.CREATED_READY] + f[Flow.CREATED_JUNK]

    def ratio(top: Flow, bottom: Flow) -> float:
        return f[top] / f[bottom] if f[bottom] > 0.0 else math.nan

    return np.array(
        [
            f[Flow.EXPECTED_READY],
            f[Flow.EXPECTED_JUNK],
            f[Flow.MQLS] / inquiries if inquiries > 0.0 else math.nan,
            ratio(Flow.EXPECTED_ACCEPTED, Flow.MQLS),
            f[Flow.EXPECTED_FOUND],
            ratio(Flow.EXPECTED_WINS, Flow.DECIDED),
            ratio(Flow.EXPECTED_BOOKINGS_USD, Flow.EXPECTED_WINS),
            ratio(Flow.EXPECTED_RENEWED, Flow.RENEWALS_DUE),
            ratio(Flow.EXPECTED_LOG_CYCLE, Flow.EXPECTED_WINS),
        ]
    )


def misses(simulated: Floats, stated: Floats) -> Floats:
    """How far each fact is off on its own scale: log odds for shares, logs for counts; 0 where unmeasured."""
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(stated / (1.0 - stated)) - np.log(simulated / (1.0 - simulated))
        logs = np.log(stated) - np.log(simulated)
    off = np.where(IS_SHARE, odds, np.where(IS_LOG, stated - simulated, logs))
    return np.clip(np.where(np.isfinite(off), off, 0.0), -1.0, 1.0)


IS_RATE = np.array([True, True, False, False, True, False, False, False, False])


def followed(anchors: Anchors, off: Floats, step: float) -> Anchors:
    """Anchors a step nearer to the stated facts: rates by ratio, locations by difference."""
    now = np.array(anchors[:-1])
    moved = np.where(IS_RATE, now * np.exp(step * off), now + step * off)
    return Anchors(*[float(x) for x in (*moved, anchors.equity)])


def mean_equity(prospects: Prospects) -> float:
    """Market mean of awareness x favourability, 0..1."""
    return float(np.mean(prospects.awareness * prospects.favourability))


def lived(config: SimConfig, make_pilot: MakesPilot) -> Past:
    """Live through the company's past: solve the anchors and fill the reservoir."""
    start = begun(config)
    n_pilots = min(max(round(PILOT_ACCOUNTS / config.company.n_prospects), 1), MOST_PILOTS)
    pilots = [make_pilot(config, -1 - number, start) for number in range(n_pilots)]
    stated = targets(config)
    anchors = start.anchors
    kept: list[Anchors] = []
    recent: list[Floats] = []
    pressures: list[float] = []
    seats: list[tuple[float, float, float]] = []
    snapshots: list[Prospects] = []
    strains: list[tuple[StrainMoments, StrainMoments]] = []
    stocks: list[tuple[float, ...]] = []
    for quarter in range(SETTLING_QUARTERS + AVERAGED_QUARTERS):
        recent = [*recent[1 - YEAR :], _advanced(pilots, anchors)]
        # A young past is followed by the quarter, a settled one by the year.
        window = recent if quarter >= 2 * YEAR else recent[-1:]
        off = misses(measured(np.mean(window, axis=0), n_pilots), stated)
        step = FIRST_STEP if quarter < 2 * YEAR else STEP
        equity = float(np.mean([mean_equity(pilot.prospects) for pilot in pilots]))
        anchors = followed(anchors, off, step)._replace(equity=anchors.equity + step * (equity - anchors.equity))
        if quarter >= 2 * YEAR:
            _follow_the_usual(pilots)
        if quarter >= SETTLING_QUARTERS:
            kept.append(anchors)
            if quarter % YEAR == YEAR - 1:
                snapshots.append(_snapshot(pilots, quarter))
            pressures += [pilot.pressure for pilot in pilots]
            seats += [pilot.seat_state() for pilot in pilots]
            stocks += [astuple(pilot.programmes) for pilot in pilots]
            strains.append(
                (_moments([pilot.sales for pilot in pilots]), _moments([pilot.marketing for pilot in pilots]))
            )
    for pilot in pilots:
        pilot.forget()
    settled = Anchors(*(float(x) for x in np.mean(np.array(kept), axis=0)))
    return Past(
        anchors=settled,
        today=start.today,
        pressure=float(np.mean(pressures)),
        strain=(
            _mean_moments([sales for sales, _ in strains]),
            _mean_moments([marketing for _, marketing in strains]),
        ),
        stocks=np.mean(np.array(stocks), axis=0),
        reservoir=_reservoir(config, snapshots, seats),
    )


def _follow_the_usual(pilots: Sequence[Pilot]) -> None:
    """What people are used to, and so feel no strain from, follows what the pilots live through."""
    load = float(np.mean([pilot.seat_state()[0] for pilot in pilots]))
    pressure = float(np.mean([pilot.pressure for pilot in pilots]))
    for pilot in pilots:
        before = load if pilot.usual_load is None else pilot.usual_load
        pilot.usual_load = before + STEP * (load - before)
        pilot.usual_pressure += STEP * (pressure - pilot.usual_pressure)


def _moments(teams: Sequence[Workforce]) -> StrainMoments:
    """Moments of strain over the filled seats of all pilots; the reference's own where nobody sits."""
    exhaustion, disengagement = (
        np.concatenate([getattr(team, name)[team.is_filled] for team in teams])
        for name in ("exhaustion", "disengagement")
    )
    if len(exhaustion) < 2:
        return StrainMoments()
    numbers = (exhaustion.mean(), exhaustion.std(), disengagement.mean(), disengagement.std())
    return StrainMoments(*(float(x) for x in numbers))


def _mean_moments(moments: Sequence[StrainMoments]) -> StrainMoments:
    return StrainMoments(*(float(x) for x in np.mean(np.array(moments), axis=0)))


def _advanced(pilots: Sequence[Pilot], anchors: Anchors) -> Floats:
    flows = np.zeros(N_FLOWS)
    for pilot in pilots:
        pilot.anchors = anchors
        pilot.step()
        flows += pilot.flows_of_quarter()
    return flows


def _snapshot(pilots: Sequence[Pilot], quarter: int) -> Prospects:
    """A sixth of all pilots' accounts as they are now, so that no moment's chance becomes everybody's past."""
    first = (quarter // YEAR) % SNAPSHOTS
    now = (quarter + 1) * WEEKS_PER_QUARTER
    return pooled([as_past(pilot.prospects[first::SNAPSHOTS].view(np.recarray), now) for pilot in pilots])


def _reservoir(
    config: SimConfig, snapshots: Sequence[Prospects], seats: Sequence[tuple[float, float, float]]
) -> Reservoir:
    accounts = pooled(snapshots)
    is_customer = accounts.stage == Stage.CUSTOMER
    # The stated contract value is a fact, its mean over some thousand simulated customers a sample.
    accounts.contract_usd[is_customer] *= config.company.acv_usd / accounts.contract_usd[is_customer].mean()
    return Reservoir(accounts, *(float(x) for x in np.mean(np.array(seats), axis=0)))
