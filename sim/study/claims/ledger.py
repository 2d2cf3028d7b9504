"""The ledger: all rows measured and judged, why they hold, and where they flip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sim.params import ConfigError
from sim.study.bench import Bench
from sim.study.claims.claim import Claim, Number, Rules
from sim.study.claims.flips import Flip, Variation, applies, asked, direction
from sim.study.claims.measuring import Measured, measured_in
from sim.study.claims.verdict import SUPPORTED, Row, rows_of
from sim.study.claims.why import Reasons, reasons, switches
from sim.study.claims.worlds import Worlds


def names_of(claims: Iterable[Claim]) -> list[str]:
    """Every world that claims need, the first claims' first."""
    return list(
        dict.fromkeys(
            name for claim in claims for names in (claim.reference, *(n.names for n in claim.numbers))
            for name in ([names] if isinstance(names, str) else names)
        )
    )  # fmt: skip


def judged_rows(
    claims: Sequence[Claim],
    worlds: Worlds,
    bench: Bench,
    seeds: Sequence[int],
    rules: Rules,
    n_registered: int,
    plausible: Mapping[tuple[str, str], Measured],
) -> list[Row]:
    """All rows; `plausible` has the numbers that are measured over the prior, by claim and number."""
    configs = worlds.configs(names_of(claims))
    bench.run(configs, seeds, "claims")
    rows = bench.rows(configs, seeds)
    found = {
        claim.name: [
            measured_in(rows, number) if number.plausible is None else plausible[claim.name, number.name]
            for number in claim.numbers
        ]
        for claim in claims
    }
    gross = {
        claim.name: rows.discounted_gross_profit(
            claim.reference, configs[claim.reference].company.discount_rate_per_year
        )
        for claim in claims
    }
    return rows_of(claims, found, gross, rules, n_registered)


def why(rows: Sequence[Row], worlds: Worlds, bench: Bench, seeds: Sequence[int], rules: Rules) -> list[Reasons]:
    """Every supported row again without each mechanism; a row over the prior has no single world to switch off in."""
    claims = [r.claim for r in rows if r.direction == SUPPORTED and not any(n.plausible for n in r.claim.judged)]
    names = {claim.name: list(dict.fromkeys(x for n in claim.judged for x in n.names)) for claim in claims}
    mechanisms = {
        claim.name: tuple(dict.fromkeys(m for name in names[claim.name] for m in switches(worlds.config(name))))
        for claim in claims
    }
    every = {
        key: config
        for claim in claims
        for off in ("", *mechanisms[claim.name])
        for key, config in worlds.configs(names[claim.name], (), off, _without(off)).items()
    }
    bench.run(every, seeds, "why")
    found = []
    for claim in claims:

        def remeasured(number: Number, off: str) -> Measured:
            configs = worlds.configs(number.names, (), off, _without(off))
            return measured_in(bench.rows(configs, seeds), number, _without(off))

        found.append(reasons(claim, mechanisms[claim.name], remeasured, rules))
    return found


def _without(off: str) -> str:
    return f"@without={off}" if off else ""


def flips(
    claims: Sequence[Claim], variations: Sequence[Variation], worlds: Worlds, bench: Bench, seeds: Sequence[int]
) -> list[Flip]:
    """Numbers of claims along every axis that applies; what can't be made there, as equal cost, is left out."""
    pairs = [
        (claim, number, variation)
        for claim in claims
        for number in asked(claim)
        for variation in variations
        if applies(variation, number, worlds) and _can_be(number, variation, worlds)
    ]
    varied = [worlds.configs(number.names, one.overrides, "", one.suffix) for _, number, one in pairs]
    bench.run({name: config for configs in varied for name, config in configs.items()}, seeds, "flips")
    found = []
    for (claim, number, variation), configs in zip(pairs, varied, strict=True):
        rows = bench.rows(configs, seeds)
        measured = measured_in(rows, number, variation.suffix)
        if measured.by_seed.notna().any():  # a horizon of a year has no second one
            found.append(Flip(claim.name, number, variation, measured.estimate(), direction(measured)))
    return found


def _can_be(number: Number, variation: Variation, worlds: Worlds) -> bool:
    try:
        worlds.configs(number.names, variation.overrides)
    except ConfigError:
        return False
    return True
