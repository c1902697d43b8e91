"""The verdict on one answer: its outcome, and what the student reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["NOT_WRITTEN", "Outcome", "Verdict"]

NOT_WRITTEN = "This answer is not written yet."


class Outcome(StrEnum):
    """How an exercise ended."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    NOT_ATTEMPTED = "not attempted"
    OUT_OF_LIMITS = "out of limits"
    WAITING = "waits for a person"
    GRADER_ERROR = "grader error"


@dataclass(frozen=True)
class Verdict:
    """What a check found, as plain data.

    `fraction` is the share of the points, 0 to 1; `misconception` the id of the one recognised, or empty.
    """

    key: str
    outcome: Outcome
    fraction: float
    misconception: str = ""
    message: str = ""
    called: str = ""
    got: str = ""
    expected: str = ""

    @property
    def text(self) -> str:
        """The verdict as the student reads it: the message, then what was called, returned and expected."""
        lines = [self.message] if self.message else []
        if self.called:
            lines += [f"called    {self.called}", f"returned  {self.got}", f"expected  {self.expected}"]
        elif self.got:  # the error of a cell that was never called
            lines.append(self.got)
        return "\n".join(lines)

    @classmethod
    def not_written(cls, key: str) -> Verdict:
        """Return the verdict on an answer that was never begun."""
        return cls(key, Outcome.NOT_ATTEMPTED, 0.0, message=NOT_WRITTEN)
