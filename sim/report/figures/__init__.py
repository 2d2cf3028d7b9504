"""Figures for a client's deck: each returns the drawing and exactly the numbers that it shows.

Importing this package loads matplotlib, so import it only where something is drawn.
"""

from sim.report.figures.attention import attention
from sim.report.figures.canvas import save
from sim.report.figures.change import change
from sim.report.figures.change_headlines import change_headlines
from sim.report.figures.convergence import convergence
from sim.report.figures.differences import differences
from sim.report.figures.funnel import funnel
from sim.report.figures.headlines import headlines

__all__ = ["attention", "change", "change_headlines", "convergence", "differences", "funnel", "headlines", "save"]
