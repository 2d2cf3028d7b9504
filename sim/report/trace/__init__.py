"""A printed trace of one quarter: what each leader saw, weighed and decided, and how it ended."""

from sim.report.trace.printing import print_trace, rendered
from sim.report.trace.record import QuarterEnd, QuarterTrace
from sim.report.trace.tracing import ended, trace_quarter, traced

__all__ = ["QuarterEnd", "QuarterTrace", "ended", "print_trace", "rendered", "trace_quarter", "traced"]
