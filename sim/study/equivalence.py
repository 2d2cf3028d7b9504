"""Whether two scenarios are as good as each other: that there is no difference to speak of, not that none was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from sim.study.statistics import LEVEL, Estimate, aligned, mean_estimate, standard_error


class Verdict(StrEnum):
    """What a test of equivalence allows to say."""

    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    NOT_KNOWN = "not known yet"


@dataclass(frozen=True)
class Equivalence:
    """A paired difference held against a margin."""

    margin: float  # in the outcome's unit
    difference: Estimate  # at the level whose interval decides: 90% for tests at 5%
    p_value: float  # that it is not within the margin, the larger of both one-sided tests'; NaN below two pairs
    verdict: Verdict


def equivalence(
    treated: pd.Series, control: pd.Series, margin: float, level: float = LEVEL, is_share: bool = False
) -> Equivalence:
    """Two one-sided paired t tests [Schuirmann 1987] of treated - control against a margin on either side.

    `margin` is in the outcome's unit or, with `is_share`, a share of the control's mean. Equivalent if the interval at
    1 - 2 (1 - level) lies within the margin; different if that at `level` excludes zero and the first does not lie
    within; else not known yet, which more seeds may settle. A difference may be clear and negligible: then it is
    equivalent.
    """
    from scipy.special import stdtr

    treated, control = aligned(treated, control)
    if not margin > 0:
        raise ValueError(f"margin = {margin}: must be above 0")
    width = abs(float(control.mean())) * margin if is_share else margin
    if not width > 0:
        raise ValueError("mean of control = 0: has no shares; the margin must be given in the outcome's unit")
    differences = (treated - control).to_numpy()
    at_level, narrow = mean_estimate(differences, level), mean_estimate(differences, 2 * level - 1)
    error = standard_error(differences)
    if not narrow.has_interval:
        return Equivalence(width, narrow, np.nan, Verdict.NOT_KNOWN)
    if error == 0:
        p_value = float(abs(narrow.mean) >= width)
    else:
        p_value = float(stdtr(len(differences) - 1, (abs(narrow.mean) - width) / error))
    if -width < narrow.low and narrow.high < width:
        return Equivalence(width, narrow, p_value, Verdict.EQUIVALENT)
    return Equivalence(width, narrow, p_value, Verdict.DIFFERENT if at_level.excludes_zero else Verdict.NOT_KNOWN)
