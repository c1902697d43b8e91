"""What the author of a check may use: calls, verdicts, common mistakes, figures, growth of time.

Imports `records`, `sealed` and `course.testing`.
"""

from .check import Check, Incorrect, check, clock, generator
from .loading import hidden_check

__all__ = ["Check", "Incorrect", "check", "clock", "generator", "hidden_check"]
