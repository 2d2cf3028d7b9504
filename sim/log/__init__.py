"""The decision log: what a quarter decided, in order; where two logs, and two models' states, differ."""

from sim.log.comparing import Difference, differences
from sim.log.quarter import quarter_log
from sim.log.record import CHAPTERS, Draw, Kind, Moment, Record
from sim.log.state import Unlike, n_values, state, unlikes

__all__ = [
    "CHAPTERS",
    "Difference",
    "Draw",
    "Kind",
    "Moment",
    "Record",
    "Unlike",
    "differences",
    "n_values",
    "quarter_log",
    "state",
    "unlikes",
]
