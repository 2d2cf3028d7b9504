"""`twohats <study> [overrides]`: the only entry. Nothing heavy is imported before it is needed."""

from sim.cli.command import main

__all__ = ["main"]
