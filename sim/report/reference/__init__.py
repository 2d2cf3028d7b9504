"""The reference pages of `docs/`, made from what the code declares: outcomes, parameters, mechanisms."""

from sim.report.reference.pages import pages, write

__all__ = ["pages", "write"]
