"""The state of a run, and whose life it may go on with."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.config import SimConfig, fingerprint
from sim.config.changes import lived_until
from sim.keep import model_hash
from sim.snapshot import file

if TYPE_CHECKING:
    from sim.model import GoToMarket

STATE = (
    # who is there, and what lies between them
    "sales", "marketing", "leaders", "trust", "credit", "cooperation", "unfair", "unsettled", "left_posts",
    # practices as lived, the market, marketing's stocks, money
    "practices", "prospects", "seats", "programmes", "channels", "money", "market_size",
    # what was lived so far
    "week", "changed_through", "history", "pressure", "cohort_wins", "rows",
    # what the last quarter came to, which the next one's planning or a look back asks for
    "plan", "policy", "efforts", "channel_effect", "consistency", "own_content", "content_used", "paid_weeks",
    "payout", "alignment", "perceived_alignment", "leader_presence", "change_usd", "called_away", "books", "_flows",
)  # fmt: skip
"""Attributes of a model that are its state between two quarters; all others follow from its config, seed and past."""


class SnapshotError(ValueError):
    """A snapshot that can't be read, or can't go on as asked, worded in one line."""


@dataclass(frozen=True)
class Snapshot:
    """A run of one seed at the end of a quarter. What it holds is never changed: each branch gets a copy."""

    seed: int
    quarter: int
    """The last one that was lived."""
    life: str
    """Fingerprint of all that the life so far hangs on: whoever agrees in it can go on from here."""
    model: str
    """Hash of the rules under which it was lived."""
    state: Mapping[str, Any]

    def check(self, config: SimConfig, seed: int) -> None:
        """Raise `SnapshotError` unless a run of this config and seed would be in this state now."""
        if seed != self.seed:
            raise SnapshotError(f"seed = {seed}: the snapshot is of seed {self.seed}; must be the same")
        if self.model != model_hash():
            raise SnapshotError(
                f"the snapshot was made by model {self.model}, this is {model_hash()}; must be run again"
            )
        if self.life != life_until(config, self.quarter):
            raise SnapshotError(
                f"the snapshot at the end of quarter {self.quarter} has another past than this scenario; "
                "they must be the same up to then"
            )

    def copied(self) -> dict[str, Any]:
        """The state for one more life: changing it leaves the snapshot as it is."""
        return {name: _copied(name, value) for name, value in self.state.items()}

    def save(self, path: Path | str) -> Path:
        """Write the snapshot to a file, whole or not at all; returns its path."""
        head = {"seed": self.seed, "quarter": self.quarter, "life": self.life, "model": self.model}
        return file.write(Path(path), head, self.state)

    @staticmethod
    def load(path: Path | str) -> Snapshot:
        """The snapshot in a file, or `SnapshotError` for one that is damaged, of another kind or version."""
        try:
            head, state = file.read(Path(path))
            return Snapshot(**head, state=state)
        except (ValueError, TypeError, KeyError) as error:
            raise SnapshotError(f"{path}: {error}; must be a snapshot of this version") from error


def life_until(config: SimConfig, quarter: int) -> str:
    """Fingerprint of what a scenario's life up to the end of a quarter hangs on."""
    return fingerprint(lived_until(config, quarter + 1))


def snapshot_of(model: GoToMarket) -> Snapshot:
    """The state of a model between two quarters, or `SnapshotError` where the next one's changes have been made."""
    quarter = model.quarter - 1
    if model.changed_through > max(quarter, 0):
        raise SnapshotError(
            f"quarter {model.quarter} has begun: a snapshot must be taken before its changes take effect"
        )
    state = {name: _copied(name, getattr(model, name)) for name in STATE if hasattr(model, name)}
    return Snapshot(model.seed, quarter, life_until(model.base, quarter), model_hash(), state)


def _copied(name: str, value: Any) -> Any:
    # A quarter's row is written once; a dozen of them are most of what there would be to copy.
    return list(value) if name == "rows" else copy.deepcopy(value)
