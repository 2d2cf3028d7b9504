"""The answer to `twohats claims`: every claim of the articles measured, judged, explained; and where it flips."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.compose import compose
from sim.params import ConfigError
from sim.report.delivery import FAILED, results_folder, say_notes, store_of
from sim.report.ledger.bench import RunsFailed, StoreBench
from sim.report.ledger.telling import Ledger, tell, traced
from sim.settings import StudySettings
from sim.study.claims.claim import Claim, Number
from sim.study.claims.flips import variations
from sim.study.claims.ledger import flips, judged_rows, names_of, why
from sim.study.claims.measuring import Measured
from sim.study.claims.registry import Register, register
from sim.study.claims.worlds import Worlds
from sim.study.plausible.assessment import LOOKS, Assessment, Assessor
from sim.study.plausible.prior import prior
from sim.study.plausible.rivalry import EQUAL, OWN, Cell
from sim.study.results import Results
from sim.study.study import Study

LEAST_FUTURES, LEAST_WORLDS, LEAST_QUARTERS = 4, 8, 12


def claims(overrides: Sequence[str], config_dir: str | Path | None, command: str) -> int:
    """Measure, judge, explain and print the claims; exit status 0, or 1 if a run failed."""
    composition = compose(overrides, config_dir)
    settings = composition.study
    _checked(settings, composition.resolved["horizon_quarters"])
    registered = register()
    asked = registered.some(settings.ledger.rows)
    model = [override for override in overrides if not override.startswith("ledger.")]
    worlds = Worlds(registered.worlds, model, config_dir)
    with store_of(settings) as store:
        if settings.dry_run:
            print(_dry(asked, settings))
            return 0
        bench, clock = StoreBench(store, settings.executor, command), time.perf_counter()
        try:
            ledger = _ledger(registered, asked, worlds, bench, settings, model, config_dir)
        except RunsFailed as failed:
            for failure in failed.failures:
                print(f"twohats: {failure.scenario}, seed {failure.seed} failed: {failure.error}", file=sys.stderr)
            return FAILED
        study = _study(asked, worlds, settings, command)
        ledger = Ledger(**{**vars(ledger), "results": study.run(store=store)})
        say_notes(store)
    ledger.results.manifest.update(traced(ledger, bench.n_runs, time.perf_counter() - clock))
    folder = results_folder(settings.results_dir, "claims")
    pd.DataFrame(bench.runs).to_csv(folder / "behind.csv", index=False, encoding="utf-8", lineterminator="\n")
    tell(ledger, folder, settings, command)
    return 0


def _checked(settings: StudySettings, horizon_quarters: int) -> None:
    if settings.seed is not None:
        raise ConfigError(f"seed = {settings.seed}: one future decides no claim; must be seeds={LEAST_FUTURES} or more")
    if settings.seeds < LEAST_FUTURES:
        raise ConfigError(f"seeds = {settings.seeds} futures: must be at least {LEAST_FUTURES}")
    if horizon_quarters < LEAST_QUARTERS:
        raise ConfigError(
            f"horizon_quarters = {horizon_quarters} quarters measured: must be at least {LEAST_QUARTERS}; claims speak "
            "of three years"
        )
    least = {"why_seeds": LEAST_FUTURES, "flip_seeds": LEAST_FUTURES, "worlds": LEAST_WORLDS}
    for name, lowest in least.items():
        value = getattr(settings.ledger, name)
        if 0 < value < lowest:
            raise ConfigError(f"ledger.{name} = {value}: must be 0, to leave that out, or at least {lowest}")


def _ledger(
    registered: Register,
    asked: Sequence[Claim],
    worlds: Worlds,
    bench: StoreBench,
    settings: StudySettings,
    model: Sequence[str],
    config_dir: str | Path | None,
) -> Ledger:
    """All parts; those over the prior first, because a row rests on them."""
    rules, some = registered.rules, settings.ledger
    assessment = None
    if some.worlds and any(number.plausible for claim in asked for number in claim.numbers):
        assessment = Assessor(prior(), bench, model, config_dir).assess(some.worlds, some.world_seeds)
    known = {
        (claim.name, number.name): _over_prior(number, assessment)
        for claim in asked
        for number in claim.numbers
        if number.plausible is not None
    }
    rows = judged_rows(asked, worlds, bench, settings.seed_list(), rules, len(registered.claims), known)
    reasons = why(rows, worlds, bench, range(some.why_seeds), rules) if some.why_seeds else []
    flipped = flips(asked, variations(), worlds, bench, range(some.flip_seeds)) if some.flip_seeds else []
    return Ledger(registered, rows, reasons, flipped, assessment, Results(pd.DataFrame(), pd.DataFrame()))


def _over_prior(number: Number, found: Assessment | None) -> Measured:
    """A number that is measured over the prior's worlds: one value for each, in place of one for each future."""
    asked = number.plausible or {}
    cell = Cell(str(asked["practices"]), EQUAL if asked["at_equal_cost"] else OWN)
    if found is None or cell not in found.found:
        return Measured(number, pd.Series(dtype=float), remark="not measured: ledger.worlds = 0, or none is plausible")
    seen = found.found[cell]
    draws = pd.Series(number.times * seen.over_worlds(seen.leads))
    return Measured(number, draws, remark="n counts worlds", n_drawn_from=len(seen.worlds))


def _study(asked: Sequence[Claim], worlds: Worlds, settings: StudySettings, command: str) -> Study:
    """The claims' own worlds as a study: its runs are in the store by now."""
    named = worlds.configs(names_of(asked))
    return Study(named, settings.seed_list(), asked[0].reference, executor=settings.executor, command=command)


def _dry(asked: Sequence[Claim], settings: StudySettings) -> str:
    some, names = settings.ledger, names_of(asked)
    n_flips = sum(len(claim.flips) for claim in asked) * len(variations())
    parts = [f"{len(names) * settings.seeds} runs of {len(names)} worlds for {len(asked)} claims"]
    if some.why_seeds:
        parts.append(
            f"up to {len(names) * 34 * some.why_seeds} without single mechanisms, for those that are supported"
        )
    if some.flip_seeds:
        parts.append(f"up to {2 * n_flips * some.flip_seeds} along axes")
    if some.worlds:
        ground = prior()
        n = len(ground.practices) * (1 + 2 * len(ground.rivals)) * some.world_seeds
        parts.append(
            f"{LOOKS * some.worlds} looks week by week and up to {some.worlds * n} runs in worlds of the prior"
        )
        parts.append("a search for extremes, as long as some 300 worlds")
    return f"{'; '.join(parts)}. A run takes some 40 ms on one core, a look half a second."
