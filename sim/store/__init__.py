"""Every run that has finished, kept: what is there is not run again, whichever study asks for it."""

from sim.store.encoding import Encoded, Rows, decoded, encoded
from sim.store.faults import StoreFull
from sim.store.key import RunKey, config_hash, run_key, run_keys
from sim.store.store import Kept, Store

__all__ = [
    "Encoded",
    "Kept",
    "Rows",
    "RunKey",
    "Store",
    "StoreFull",
    "config_hash",
    "decoded",
    "encoded",
    "run_key",
    "run_keys",
]
