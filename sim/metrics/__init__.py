"""Outcomes: what is recorded of a quarter, what a run comes to, each defined once."""

from sim.metrics.catalogue import HEADLINES, OUTCOMES
from sim.metrics.outcome import Outcome
from sim.metrics.quarter import public_row, quarter_row
from sim.metrics.run import run_row

__all__ = ["HEADLINES", "OUTCOMES", "Outcome", "public_row", "quarter_row", "run_row"]
