import math
from dataclasses import astuple, replace

import numpy as np
import pytest

from sim.config import MechanismsConfig, NormsConfig, PeopleConfig
from sim.org.months import PersonTime
from sim.org.seats import MONTHS_OF_A_LIFE
from sim.org.strain import HIGH_STRAIN, disengagement_loop, exhaustion_loop, later, score, standard
from sim.org.structure import MARKETING
from sim.org.workforce import started_workforce
from sim.periods import WEEKS_PER_MONTH, WEEKS_PER_QUARTER
from sim.randomness import Decision, Luck, event_number

PEOPLE, SWITCHES, NORMS = PeopleConfig(), MechanismsConfig(), NormsConfig()
N, BASE_PER_YEAR = 40, 0.9


def team_of(seed):
    return started_workforce(MARKETING, N, PEOPLE, SWITCHES, Luck(seed), BASE_PER_YEAR, (0.1, 1.0, -0.1, 0.9))


def months_in_words(team, luck, demands, resources, group):
    """What a quarter comes to and who leaves, person by person and month by month."""
    lived, leaves = PersonTime(), []
    strains = {}
    for i in range(team.n):
        worn, distant, left, has_left = team.exhaustion[i], team.disengagement[i], team.leave_left[i], False
        for month in range(3):
            here = min(max(((month + 1) * WEEKS_PER_MONTH - team.vacant_weeks[i]) / WEEKS_PER_MONTH, 0.0), 1.0)
            if here == 0.0:
                continue
            event = event_number(int(team.person[i]), int(team.months[i])) + month
            noise = [
                luck.normals(Decision.SEAT_STRAIN, int(team.entities[i]), event + n)[0] for n in (0, MONTHS_OF_A_LIFE)
            ]
            felt = (team.trait[i], demands[i], resources[i])
            worn = later(PEOPLE, exhaustion_loop(PEOPLE), worn, *felt, noise[0])
            distant = later(PEOPLE, disengagement_loop(PEOPLE), distant, *felt, noise[1])
            scores = float(score(worn, group.exhaustion)), float(score(distant, group.disengagement))
            lived.months += here
            lived.exhaustion += here * scores[0]
            lived.disengagement += here * scores[1]
            lived.burnout += here * 0.5 * sum(scores)
            lived.high_strain += here * (standard(worn, group.exhaustion) > HIGH_STRAIN)
            if not has_left:
                hazard = BASE_PER_YEAR / 12 * math.exp(PEOPLE.strain_leaving * worn - group.leaving) * here
                lived.at_risk_weeks += here * min(left / hazard, 1.0) * WEEKS_PER_MONTH
                left -= hazard
                has_left = left <= 0.0
        strains[i] = (worn, distant)
        leaves.append(has_left)
    lived.left = sum(leaves)
    return lived, leaves, strains


@pytest.mark.parametrize("seed", range(4))
def test_a_teams_quarter_is_what_words_say_of_each_person_and_month(seed):
    team, luck, chance = team_of(seed), Luck(seed), np.random.default_rng(seed)
    demands, resources = chance.standard_normal(N), chance.standard_normal(N)
    tenure = team.tenure_weeks + np.maximum(WEEKS_PER_QUARTER - team.vacant_weeks, 0.0)
    expected, leaves, strains = months_in_words(team, luck, demands, resources, NORMS.marketing)
    found = team.live(PEOPLE, SWITCHES, luck, demands, resources, BASE_PER_YEAR, NORMS.marketing)
    assert 0 < expected.left < N
    assert found.tolist() == leaves
    assert astuple(team.lived) == pytest.approx(astuple(expected), rel=1e-12)
    for i in np.flatnonzero(~found).tolist():
        assert (team.exhaustion[i], team.disengagement[i]) == pytest.approx(strains[i], rel=1e-12)
        assert team.tenure_weeks[i] == pytest.approx(tenure[i])


def test_who_comes_has_the_luck_of_their_number_in_the_seat():
    team, luck = team_of(0), Luck(0)
    found = team.live(PEOPLE, SWITCHES, luck, np.zeros(N), np.zeros(N), BASE_PER_YEAR, NORMS.marketing)
    who, number = team.entities[found], team.person[found]
    for name, expected in (
        ("skill", luck.normals(Decision.SEAT_SKILL, who, number)),
        ("trait", PEOPLE.strain_trait * luck.normals(Decision.SEAT_TRAIT, who, number)),
        ("leave_left", luck.exponentials(Decision.SEAT_LEAVES, who, number)),
        ("vacant_weeks", PEOPLE.search_weeks * luck.exponentials(Decision.SEAT_SEARCH, who, number)),
    ):
        np.testing.assert_array_equal(getattr(team, name)[found], expected)


def test_other_settings_are_heeded_at_once():
    teams = [team_of(0) for _ in range(3)]
    for team, people in zip(teams, (PEOPLE, replace(PEOPLE, strain_noise=0.0), replace(PEOPLE)), strict=True):
        team.live(people, SWITCHES, Luck(0), np.zeros(N), np.zeros(N), BASE_PER_YEAR, NORMS.marketing)
    first, without_noise, again = (team.exhaustion for team in teams)
    assert (first != without_noise).any()
    assert np.array_equal(first, again)
