"""Measure the reference population: people of the medium company under its own structure and typical practices.

Prints, for each group and each condition of work or state, the mean and sd over person-quarters beside what is
stored in `sim/config/norms.py`, and the leaving constant k. Run it again after storing, until nothing moves.

    python experiments/e00_reference_moments/measure.py [seeds] [quarters]
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np

from sim.compose import sim_config
from sim.model import GoToMarket, past_of
from sim.phases import living

REFERENCE = ("company=medium", "org=marketing_under_sales", "practices=typical", "roles=specialised")


def lived(seeds: int, quarters: int) -> dict[str, dict[str, np.ndarray]]:
    """Every person-quarter of the reference population, by group and condition."""
    config = sim_config(*REFERENCE, f"horizon_quarters={quarters}")
    past = past_of(config)
    seen: dict[str, dict[str, list[np.ndarray]]] = defaultdict(lambda: defaultdict(list))
    for seed in range(seeds):
        model = GoToMarket(config, seed, past)
        for _ in range(config.warm_up_quarters + quarters):
            model.step()
            for group, met, who in groups(model):
                for name, values in met.items():
                    seen[group][name].append(np.asarray(values)[who])
            seen["pairs"]["trust_of_sales"].append(model.trust.level[0].ravel())
            seen["pairs"]["trust_of_marketing"].append(model.trust.level[1].ravel())
        model.forget()
    return {group: {name: np.concatenate(v) for name, v in met.items()} for group, met in seen.items()}


def groups(model: GoToMarket):
    """Conditions and states of each group this quarter, and who was there."""
    for name, team, met in (
        ("sales", model.sales, living.sales_conditions(model)),
        ("marketing", model.marketing, living.marketing_conditions(model)),
    ):
        states = {"exhaustion": team.exhaustion, "disengagement": team.disengagement}
        yield name, met | states, team.is_filled & (team.tenure_weeks > 0.0)
    leaders = model.leaders
    states = {"exhaustion": leaders.exhaustion, "disengagement": leaders.disengagement}
    conditions = living.raw_leader_conditions(model, model.plan, model.pressure)
    yield "leaders", conditions | states, leaders.vacant_weeks <= 0.0


def main(seeds: int = 16, quarters: int = 16) -> None:
    """Print what is measured beside what is stored."""
    config = sim_config(*REFERENCE)
    slope = config.people.strain_leaving
    for group, met in lived(seeds, quarters).items():
        stored = config.norms if group == "pairs" else getattr(config.norms, group)
        for name, values in sorted(met.items()):
            if hasattr(stored, name):
                moment = getattr(stored, name)
                print(
                    f"{group:10s}{name:20s} mean {values.mean():7.3f} sd {values.std():6.3f}"
                    f"   stored {moment.mean:7.3f} {moment.sd:6.3f}"
                )
        if "exhaustion" in met:
            k = np.log(np.exp(slope * met["exhaustion"]).mean())
            print(f"{group:10s}{'leaving (k)':20s} {k:12.4f}{'':14s}stored {stored.leaving:7.4f}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
