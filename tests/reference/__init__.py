"""The plain-Mesa twin of the market: its readable specification, its oracle, and the baseline of its speed."""

from tests.reference.compiled import CompiledMarket, Quarter
from tests.reference.market import PlainMarket
from tests.reference.report import Disagreement, disagreement, first_disagreement

__all__ = ["CompiledMarket", "Disagreement", "PlainMarket", "Quarter", "disagreement", "first_disagreement"]
