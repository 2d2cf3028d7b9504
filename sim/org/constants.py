"""Settings as compiled rules of people want them: the numbers of a group in one record, under their own names.

So a rule reads the same whether it is given settings, as in Python, or a record of them.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.org.once import once_per_config

Constants = npt.NDArray[Any]  # of one record


@once_per_config
def constants(settings: Any) -> Constants:
    """All numbers among a group of settings as an array of one record; what is no number is left out."""
    given = {f.name: getattr(settings, f.name) for f in fields(settings)}
    numbers = {name: value for name, value in given.items() if isinstance(value, int | float)}
    # All as floats: a setting given as a whole number is still the same record to the compiler.
    return np.array([tuple(numbers.values())], dtype=[(name, np.float64) for name in numbers])
