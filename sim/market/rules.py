"""What one account does in a week: small scalar functions, compiled, each with its form and source.

Forms are ours unless a source is named; the parameters carry the values' sources.
"""

from __future__ import annotations

import math

from sim.compiled import compiled, inlined
from sim.randomness import normal


@compiled
def logistic(log_odds: float) -> float:
    """Probability with these log odds, in (0, 1)."""
    return 1.0 / (1.0 + math.exp(-log_odds))


@compiled
def lognormal(log_median: float, sigma: float, share: float) -> float:
    """Quantile at `share` of a lognormal with this median and sd of the logarithm."""
    return math.exp(log_median + sigma * normal(share))


@inlined
def drifted(level: float, resting: float, keep: float) -> float:
    """A stock after a week left alone: `keep` of its distance to the resting level remains [NerloveArrow1962]."""
    return resting + (level - resting) * keep


@inlined
def moved_toward(level: float, target: float, gain: float) -> float:
    """A stock after one exposure that closes the share `gain` of the gap to its target."""
    return level + gain * (target - level)


@compiled
def inquiry_hazard(
    rate: float, brand_share: float, equity: float, usual_equity: float, activation: float, boost: float
) -> float:
    """Inquiries a week of an account in market: a part by brand, a part by activation, both 1 today."""
    return rate * boost * (brand_share * equity / usual_equity + (1.0 - brand_share) * activation)


@compiled
def cold_find_rate(rate: float, hours_per_thousand: float, elasticity: float, productivity: float) -> float:
    """Finds a week in an account of a territory that does not know the brand: falling returns to hours."""
    return rate * hours_per_thousand**elasticity * productivity


@compiled
def found_hazard(cold_rate: float, warm_ratio: float, equity: float) -> float:
    """Finds a week by the territory's salesperson: more where the brand is known."""
    return cold_rate * (1.0 + warm_ratio * equity)


@compiled
def estimated_chance(
    location: float, fit_slope: float, fit: float, is_ready: bool, junk_gap: float, noise: float
) -> float:
    """Marketing's estimate of a lead's chance to win, in (0, 1): fit and readiness seen through noise."""
    signal = location + fit_slope * fit + noise
    return logistic(signal if is_ready else signal - junk_gap)


@compiled
def response_hours(median: float, load: float, factor: float, sigma: float, share: float) -> float:
    """Hours until an MQL is called: lognormal, its median at half load, growing as in a queue (M/M/1)."""
    busy = min(load, 0.95)
    return lognormal(math.log(median * factor * busy / (1.0 - busy) + 1e-9), sigma, share)


@compiled
def accept_chance(
    location: float,
    fit_slope: float,
    fit: float,
    is_ready: bool,
    junk_ratio: float,
    hours: float,
    decay: float,
) -> float:
    """Chance that a called MQL is accepted: odds fall as (1 + hours)^-decay [hbr-lead-odds]."""
    odds = math.exp(location + fit_slope * fit) * (1.0 + hours) ** (-decay)
    if not is_ready:
        odds *= junk_ratio
    return odds / (1.0 + odds)


@compiled
def size_factor(value_score: float, sigma: float, exponent: float, norm: float) -> float:
    """Hours and weeks of a deal against the mean one: value to the power `exponent`, mean 1."""
    return math.exp(exponent * sigma * value_score) / norm


@compiled
def discount(cap: float, habit: float, shortfall: float, is_late: bool) -> float:
    """Discount given, share of list: the habit, and up to the cap late in a quarter when behind quota."""
    return cap * (habit + (1.0 - habit) * shortfall) if is_late else cap * habit


@compiled
def expected_discount(level: float, weeks: int, retention: float) -> float:
    """What is left of a reference price's discount after `weeks`."""
    return level * retention**weeks


@compiled
def win_log_odds(
    location: float,
    fit: float,
    fit_slope: float,
    value: float,
    value_slope: float,
    favourability: float,
    favourability_slope: float,
    equity: float,
    list_slope: float,
) -> float:
    """Log odds of winning before price and people: fit, size, favourability, the day-one list [day-one-list]."""
    return location + fit_slope * fit + value_slope * value + favourability_slope * favourability + list_slope * equity


@compiled
def renewal_chance(
    location: float,
    favourability: float,
    favourability_slope: float,
    overpromise: float,
    promise_slope: float,
    missed_discount: float,
    price_slope: float,
) -> float:
    """Chance that a customer renews: favourability, kept promises, and no discount missed."""
    return logistic(
        location + favourability_slope * favourability - promise_slope * overpromise - price_slope * missed_discount
    )
