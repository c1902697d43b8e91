"""What the author of a check may use: calls, misconceptions, figures, growth of time.

Imports `records`, `sealed` and `course.testing`.
"""

from .call import Call, Finding, Test
from .check import Check, Incorrect, check, clock, generator
from .loading import hidden_check
from .mistakes import changed, has_items, like, mixtures, nothing, raised

__all__ = [
    "Call",
    "Check",
    "Finding",
    "Incorrect",
    "Test",
    "changed",
    "check",
    "clock",
    "generator",
    "has_items",
    "hidden_check",
    "like",
    "mixtures",
    "nothing",
    "raised",
]
