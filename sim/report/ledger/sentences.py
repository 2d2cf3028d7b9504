"""Sentences of the ledger: how many claims hold, why, and where one leader wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sim.compose import sim_config
from sim.report.labels import INTERVAL, Scale, capitalised, interval, money, money_scale
from sim.study.claims.flips import Flip, levels_by_verdict, panels, turns_round
from sim.study.claims.verdict import DIRECTIONS, UNCLEAR, Row
from sim.study.claims.why import Reasons
from sim.study.plausible.assessment import Assessment, Extreme
from sim.study.plausible.prior import Factor, World
from sim.study.plausible.rivalry import EQUAL, Cell
from sim.study.plausible.shares import strata
from sim.study.statistics import Estimate

PER_CENT = Scale(1.0, 1, "%")
MOST_UNUSUAL = 6
HALF = 0.5
OVER_PRIOR = (
    "- A row over the prior has no one world to switch a mechanism off in; what moves it are the prior's factors"
)


def tally(rows: Sequence[Row]) -> str:
    """How often each verdict was given: "Of 26 claims 9 are supported, 3 are contradicted, ..."."""
    counts = Counter(row.direction for row in rows)
    small = sum(row.verdict != row.direction for row in rows)
    parts = [
        f"{counts[direction]} {_are(direction, counts[direction])}" for direction in DIRECTIONS if counts[direction]
    ]
    said = f"Of {len(rows)} claims {', '.join(parts)}"
    return f"{said}; money is negligible in {small} of them" if small else said


def _are(direction: str, n: int) -> str:
    if direction == UNCLEAR:
        return f"show{'s' if n == 1 else ''} no clear difference"
    return f"{'is' if n == 1 else 'are'} {direction}"


def why_told(found: Sequence[Reasons]) -> str:
    """For each supported claim, the mechanisms without which it vanishes."""
    lines = []
    for one in found:
        if not one.is_seen:
            lines.append(f"- {one.claim} is not clear in so few futures with everything on; needs more why_seeds")
        elif one.needed:
            lines.append(f"- {one.claim} vanishes without {_listed(one.needed)}")
        else:
            lines.append(f"- {one.claim} holds without any single mechanism")
    return "\n".join([*lines, OVER_PRIOR])


def flips_told(flips: Sequence[Flip]) -> list[str]:
    """Where verdicts turn round along an axis, and where they fade, a sentence each."""
    told = []
    for (claim, number, axis), some in panels(flips).items():
        by_verdict = levels_by_verdict(some)
        if len(by_verdict) > 1:
            what = "turns round" if turns_round(some) else "fades"
            parts = "; ".join(f"{verdict} at {', '.join(levels)}" for verdict, levels in by_verdict.items())
            told.append(f"{claim}.{number} {what} along {axis}: {parts}")
    return told


def shares_told(found: Assessment) -> str:
    """In how many plausible worlds the favoured structure is ahead, and what choosing it always costs."""
    names, cell = phrases(found), verdict_cell(found)
    seen = found.found[cell]
    share, regrets = seen.share(), seen.regrets()
    scale = Scale(0.01, 0, "%")
    favoured = names[found.prior.favoured]
    least = min(regrets, key=lambda name: regrets[name].mean)
    said = (
        f"Of {len(found.drawn)} worlds drawn from what is not known, {len(found.plausible)} show the patterns. In "
        f"{scale(share.mean)}% of these ({INTERVAL} {interval(share, scale)}) {favoured} are ahead of every merged "
        f"form, {cell.words}. "
    )
    ahead = [f"{names[rival]} {_signed(-seen.ahead(rival))}" for rival in found.prior.rivals]
    said += f"Lead of each merged form over {favoured}, % of discounted gross profit: {'; '.join(ahead)}. "
    costs = [f"{names[name or found.prior.favoured]} {_plain(at)}" for name, at in regrets.items()]
    return said + (
        f"Always choosing one structure loses, against the best of each world: {'; '.join(costs)}. Least is lost with "
        f"{names[least or found.prior.favoured]}."
    )


def strata_told(found: Assessment) -> str:
    """Where the favoured structure does not lead, and where it does: strata with a share clearly on a side of half."""
    cell = verdict_cell(found)
    below, above = [], []
    for factor, label, at in strata(found.prior, found.plausible, found.found[cell]):
        text = f"{factor.words} {label} ({100 * at.mean:.0f}%)"
        if at.high < HALF:
            below.append(text)
        elif at.low > HALF:
            above.append(text)
    favoured = phrases(found)[found.prior.favoured]
    return (
        f"{capitalised(favoured)} lead in clearly fewer than half of the worlds, {cell.words}, with "
        f"{'; '.join(below) or 'nothing'}; in clearly more with {'; '.join(above) or 'nothing'}."
    )


def extremes_told(found: Assessment) -> str:
    """The best case for merging and the best for two leaders, side by side."""
    lines = []
    for for_rivals in (True, False):
        some = [one for one in found.extremes if one.for_rivals == for_rivals]
        if some:
            lines.append(_extreme_told(found, max(some, key=lambda one: _lead(one).mean)))
    return "\n\n".join(lines)


def _extreme_told(found: Assessment, one: Extreme) -> str:
    names = phrases(found)
    favoured, lead, rival = names[found.prior.favoured], _lead(one), _rival(one)
    usd = one.ahead_usd[rival]
    usd = -usd if one.for_rivals else usd
    best, other = (names[rival], favoured) if one.for_rivals else (favoured, f"{names[rival]}, the best merged form")
    head = f"The best case for {'merging' if one.for_rivals else favoured}"
    amounts = money_scale(usd.mean, usd.low, usd.high)
    return (
        f"{head} among {one.case.n_tried} searched worlds ({one.case.n_plausible} plausible), {one.case.cell.words}: "
        f"{best} over {other} by {_plain(lead)} of discounted gross profit, {money(usd.mean, amounts)} "
        f"({interval(usd, amounts)}), in {lead.n} futures of their own. There: {_unusual(found, one.case.world)}."
    )


def _rival(one: Extreme) -> str:
    """The rival that a case is about: the one that comes off best."""
    return min(one.ahead, key=lambda name: one.ahead[name].mean)


def _lead(one: Extreme) -> Estimate:
    ahead = one.ahead[_rival(one)]
    return -ahead if one.for_rivals else ahead


def _unusual(found: Assessment, world: World) -> str:
    """What sets a world apart: its levels, and the numbers that lie furthest from the middle of their ranges."""
    factors = found.prior.factors
    levels = [f"{f.words}: {world[f.name]}" for f in factors if f.levels]
    numbers = sorted((f for f in factors if not f.levels), key=lambda f: -abs(f.share(world[f.name]) - 0.5))
    return ", ".join([*levels, *(_valued(f, world) for f in numbers[:MOST_UNUSUAL])])


def _valued(factor: Factor, world: World) -> str:
    return f"{factor.words} {world[factor.name]:.3g} {factor.unit}"


def verdict_cell(found: Assessment) -> Cell:
    """The cell that the claim is about: the last practices, at equal cost."""
    return [cell for cell in found.found if cell.costs == EQUAL][-1]


def phrases(found: Assessment) -> Mapping[str, str]:
    """How structures are spoken of."""
    names = (found.prior.favoured, *found.prior.rivals)
    return {name: sim_config(f"org={name}").org.phrase for name in names}


def _plain(at: Estimate) -> str:
    return f"{PER_CENT(at.mean)}% ({interval(at, PER_CENT)})"


def _signed(at: Estimate) -> str:
    return f"{PER_CENT(at.mean, is_signed=True)}% ({interval(at, PER_CENT)})"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
