"""What authors of checks use: calls, misconceptions, figures, growth of running time.

`check` turns a generator of findings into a verdict, `call` makes the guarded calls, `mistakes` has the
misconceptions that lessons share. `figures` reads a student's figure and `growth` measures how running time grows:
import these two by name. `loading` imports a lesson's checks. Imports `records`, `sealed` and `course.testing`.
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
