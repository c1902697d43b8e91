"""The record of one graded submission: frozen data, from which gradebook, feedback and report are rendered."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .verdict import Outcome, Verdict

__all__ = ["CellGrade", "Predicted", "Record"]


@dataclass(frozen=True)
class CellGrade:
    """What one graded cell earns; `points` is None while a person has to give them.

    `work` is a hash of the student's work that it is for: where that changes, a person looks again.
    """

    cell: str
    points: float | None
    out_of: float
    work: str = ""


@dataclass(frozen=True)
class Predicted:
    """A prediction as it was handed in; `counts` if it was locked in time, and `reason` says so or why not.

    `value` is plain data (None if there is none), `shown` the same in words, `confidence` the stated sureness in
    per cent.
    """

    name: str
    question: str
    counts: bool
    reason: str
    value: Any = None
    shown: str = ""
    confidence: int | None = None
    right: bool | None = None
    gap: str = ""


@dataclass(frozen=True)
class Record:
    """All that grading found out about a submission.

    `verdicts` stand in the order of the lesson, one for each code exercise; `grades` are by graded cell; `answers`
    hold the student's own text by key; `printed` what each answer wrote, `figures` PNG bytes by key. `fingerprint`
    is a hash of everything that the grades depend on. `problem` is a sentence for the instructor, empty if all is
    well; with `failed` the grading itself broke, and no points were given.
    """

    student: str
    lesson: str
    version: str = ""
    verdicts: tuple[Verdict, ...] = ()
    grades: tuple[CellGrade, ...] = ()
    predictions: tuple[Predicted, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problem: str = ""
    failed: bool = False
    timestamp: str = ""
    fingerprint: str = ""

    @property
    def score(self) -> float:
        """The points given so far, without what waits for a person."""
        return sum(grade.points for grade in self.grades if grade.points is not None)

    @property
    def waiting(self) -> float:
        """The points that a person has yet to give."""
        return sum(grade.out_of for grade in self.grades if grade.points is None)

    def verdict(self, key: str) -> Verdict | None:
        """Look up the verdict on one exercise."""
        return next((verdict for verdict in self.verdicts if verdict.key == key), None)

    def comments(self) -> dict[str, str]:
        """Say each verdict as a comment, by answer cell, in Markdown that the student's text cannot leave."""
        told = {verdict.key: _comment(verdict) for verdict in self.verdicts if verdict.outcome != Outcome.CORRECT}
        return {key: text for key, text in told.items() if text}

    def packed(self) -> bytes:
        """Pack the record for the gradebook, without its figures, which stand in the autograded notebook."""
        plain = vars(self) | {"figures": {}}
        return zlib.compress(json.dumps(plain, separators=(",", ":"), default=vars).encode(), 1)

    @classmethod
    def unpacked(cls, content: bytes) -> Record:
        """Give back what `packed` packed; raise ValueError where it is damaged or of an older format."""
        try:
            return cls._from_plain(json.loads(zlib.decompress(content)))
        except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError("it is damaged, or of an older format") from error

    @classmethod
    def _from_plain(cls, plain: dict[str, Any]) -> Record:
        verdicts = [{**each, "outcome": Outcome(each["outcome"])} for each in plain.pop("verdicts")]
        return cls(
            verdicts=tuple(Verdict(**each) for each in verdicts),
            grades=tuple(CellGrade(**each) for each in plain.pop("grades")),
            predictions=tuple(Predicted(**each) for each in plain.pop("predictions")),
            notes=tuple(plain.pop("notes")),
            **plain,
        )


def _comment(verdict: Verdict) -> str:
    """Set the verdict as an indented block: Markdown takes every line of it as it is."""
    return "\n".join("    " + line for line in verdict.text.splitlines())
