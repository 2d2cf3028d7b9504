from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compose import sim_config
from sim.config import PathwaysConfig, PracticesConfig
from sim.org.practices import cost_usd_per_quarter, leader_hours_per_week, staff_hours_per_week

PATHWAYS = PathwaysConfig()
NAMES = [f.name for f in fields(PracticesConfig) if f.name != "name"]
NONE = PracticesConfig(**dict.fromkeys(NAMES, 0.0))
PEOPLE, PAY = 18.0, 2_940_000.0


def costs(practices, pathways=PATHWAYS):
    """Staff hours, leader hours and money that practices take."""
    return (
        staff_hours_per_week(pathways, practices),
        leader_hours_per_week(pathways, practices),
        cost_usd_per_quarter(pathways, practices, PEOPLE, PAY),
    )


def test_no_practices_cost_nothing():
    assert costs(NONE) == (0.0, 0.0, 0.0)
    assert costs(sim_config("org=separate", "practices=none").practices) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("name", NAMES)
def test_every_practice_costs_something_and_at_0_nothing(name):
    assert sum(costs(replace(NONE, **{name: 1.0}))) > 0.0
    everything_dear = replace(PATHWAYS, **{f.name: 9.0 for f in fields(PATHWAYS) if "hours" in f.name})
    assert costs(replace(NONE, **{name: 0.0}), everything_dear) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("name", NAMES)
@given(levels=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)))
def test_costs_rise_in_proportion_to_the_level(name, levels):
    low, high = (costs(replace(NONE, **{name: level})) for level in sorted(levels))
    full = costs(replace(NONE, **{name: 1.0}))
    for a, b, whole in zip(low, high, full, strict=True):
        assert a <= b
        assert b == pytest.approx(max(levels) * whole)


def test_practices_cost_what_their_settings_say():
    # The unit of each practice names its cost at 1, and so does a user's listing.
    assert costs(replace(NONE, shared_kpis=1.0)) == (0.0, 1.0, 0.0)
    assert costs(replace(NONE, joint_reviews=1.0)) == (1.0, 2.0, 0.0)
    assert costs(replace(NONE, role_clarity=1.0)) == (0.5, 0.0, 0.0)
    assert costs(replace(NONE, shared_crm=1.0)) == (0.5, 0.0, 2_400.0 * PEOPLE / 4)
    assert costs(replace(NONE, unified_incentives=1.0)) == (0.0, 0.0, 0.02 * PAY / 4)
    assert costs(replace(NONE, cross_learning=1.0)) == (1.0, 0.0, 0.0)


@given(levels=st.fixed_dictionaries(dict.fromkeys(NAMES, st.floats(0.0, 1.0))))
def test_practices_together_cost_what_they_cost_alone(levels):
    together = costs(PracticesConfig(**levels))
    alone = [costs(replace(NONE, **{name: level})) for name, level in levels.items()]
    assert together == pytest.approx(tuple(map(sum, zip(*alone, strict=True))))


@pytest.mark.parametrize("name", NAMES)
def test_a_practice_alone_is_that_practice_in_full(name):
    practices = sim_config("org=separate", f"practices={name}_alone").practices
    assert practices.levels() == {other: float(other == name) for other in NAMES}
