"""The errors of the author's tools: what is wrong with a lesson, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["LessonError", "Problem"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: its place (file, line, cell), what it is, and the cure."""

    place: str
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}\n    {self.cure}"


class LessonError(Exception):
    """A lesson cannot be built, released or graded as it is; `problems` say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
