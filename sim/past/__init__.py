"""The company's past, lived before a run begins (`sim.past.living`)."""

from sim.past.living import begun, booking_noise, lived, mean_equity, remembered_channels, usual_pressure
from sim.past.record import Past, Usual

__all__ = ["Past", "Usual", "begun", "booking_noise", "lived", "mean_equity", "remembered_channels", "usual_pressure"]
