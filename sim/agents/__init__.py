"""The four kinds of agent, thin: state lives in arrays, an agent is who plans with it or looks at it."""

from sim.agents.collector import Collector
from sim.agents.leader import Leader
from sim.agents.marketer import Marketer
from sim.agents.prospect import Prospect
from sim.agents.salesperson import Salesperson

__all__ = ["Collector", "Leader", "Marketer", "Prospect", "Salesperson"]
