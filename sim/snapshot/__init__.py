"""A run between two quarters: small, explicit, versioned; kept in memory, saved to a file, branched from."""

from sim.snapshot.resuming import resume
from sim.snapshot.snapshot import STATE, Snapshot, SnapshotError, snapshot_of

__all__ = ["STATE", "Snapshot", "SnapshotError", "resume", "snapshot_of"]
