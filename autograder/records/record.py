"""The record of one graded submission: frozen data, from which gradebook, feedback and reports are made."""

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
    """What one graded cell earns; `points` is None while the cell waits for a person.

    `work` is a hash of the student's work in it: if that changes, a person looks again.
    """

    cell: str
    points: float | None
    out_of: float
    work: str = ""


@dataclass(frozen=True)
class Predicted:
    """A prediction as handed in; `counts` says whether it was locked in time, `reason` why or why not.

    `value` is plain data or None, `shown` the value in words, `confidence` in percent.
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

    `verdicts` holds one per code exercise, in lesson order; `grades` one per graded cell. By key, `answers` holds
    the student's text, `printed` what each answer wrote, and `figures` PNG bytes. `fingerprint` is a hash of all
    that the grades depend on. `problem` is a sentence for the instructor, empty if all is well; with `failed`,
    grading itself broke and gave no points.
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
        """The points given so far, without those that wait for a person."""
        return sum(grade.points for grade in self.grades if grade.points is not None)

    @property
    def waiting(self) -> float:
        """The points that wait for a person."""
        return sum(grade.out_of for grade in self.grades if grade.points is None)

    def verdict(self, key: str) -> Verdict | None:
        """Return the verdict on an exercise, or None."""
        return next((verdict for verdict in self.verdicts if verdict.key == key), None)

    def comments(self) -> dict[str, str]:
        """Return each imperfect verdict as Markdown by answer cell; student text cannot break out of it."""
        told = {verdict.key: _comment(verdict) for verdict in self.verdicts if verdict.outcome != Outcome.CORRECT}
        return {key: text for key, text in told.items() if text}

    def packed(self) -> bytes:
        """Pack the record for the gradebook, without its figures, which the autograded notebook holds."""
        plain = vars(self) | {"figures": {}}
        return zlib.compress(json.dumps(plain, separators=(",", ":"), default=vars).encode(), 1)

    @classmethod
    def unpacked(cls, content: bytes) -> Record:
        """Unpack a record; raise `ValueError` if it is damaged or in an older format."""
        try:
            return cls._from_plain(json.loads(zlib.decompress(content)))
        except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError("it is damaged or in an older format") from error

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
    """Format the verdict as an indented block, which Markdown leaves as it is."""
    return "\n".join("    " + line for line in verdict.text.splitlines())
