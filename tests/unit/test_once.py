from dataclasses import dataclass

from sim.org.once import MOST_KEPT, once_per_config


@dataclass(frozen=True)
class Settings:
    rate: float = 0.5


def counted():
    """A rule of settings, and how often it was worked out."""
    asked = []

    @once_per_config
    def doubled(settings, others):
        asked.append(settings.rate)
        return 2.0 * settings.rate

    return doubled, asked


def test_what_follows_from_the_same_settings_is_worked_out_once():
    doubled, asked = counted()
    settings, others = Settings(), ("a", "b")
    assert [doubled(settings, others) for _ in range(3)] == [1.0] * 3
    assert asked == [0.5]


def test_other_settings_are_never_taken_for_those_before():
    doubled, asked = counted()
    # Each is gone after its turn, so that the next one could lie in its place.
    assert [doubled(Settings(float(n)), "x") for n in range(3 * MOST_KEPT)] == [2.0 * n for n in range(3 * MOST_KEPT)]
    assert len(asked) == 3 * MOST_KEPT


def test_what_has_been_forgotten_is_worked_out_again():
    doubled, asked = counted()
    settings = Settings()
    for other in (settings, *(Settings(float(n)) for n in range(MOST_KEPT)), settings):
        doubled(other, "x")
    assert asked.count(0.5) == 2
