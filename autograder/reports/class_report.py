"""What a class did: scores, outcomes, misconceptions and predictions.

Records are counted one at a time, so that ten thousand take no more memory than ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.records.printable import printable
from autograder.records.record import Record
from autograder.records.verdict import Outcome

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Belief", "ClassReport", "scores_table", "tables"]

CONFIDENCE_LEVELS = (50, 60, 70, 80, 90, 100)  # a stated confidence counts towards the nearest of these
SHOWN_VALUES = 5


@dataclass
class Belief:
    """How a class answered one prediction: its values in words, its confidence, and how often it was right.

    `numbers` holds the values of numbers and curves, a curve at up to five positions.
    `by_confidence` counts (right, all) of the predictions whose truth is known, by stated confidence.
    """

    question: str
    values: Counter[str] = field(default_factory=Counter)
    numbers: list[list[float]] = field(default_factory=list)
    locked: int = 0
    confidence: int = 0
    by_confidence: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def right(self) -> tuple[int, int]:
        """(right, all) over the predictions whose truth is known."""
        pairs = self.by_confidence.values()
        return sum(right for right, _ in pairs), sum(known for _, known in pairs)


@dataclass
class ClassReport:
    """Counts over the records of one lesson."""

    lesson: str
    students: int = 0
    out_of: float = 0.0
    scores: list[float] = field(default_factory=list)
    waiting: int = 0
    outcomes: dict[str, Counter[Outcome]] = field(default_factory=dict)
    misconceptions: dict[str, Counter[str]] = field(default_factory=dict)
    beliefs: dict[str, Belief] = field(default_factory=dict)

    @classmethod
    def of(cls, lesson: str, records: Iterable[Record]) -> ClassReport:
        """Count the records."""
        report = cls(lesson)
        for record in records:
            report._count(record)
        return report

    def _count(self, record: Record) -> None:
        self.students += 1
        self.scores.append(record.score)
        self.out_of = max(self.out_of, sum(grade.out_of for grade in record.grades))
        self.waiting += record.waiting > 0
        for verdict in record.verdicts:
            self.outcomes.setdefault(verdict.key, Counter())[verdict.outcome] += 1
            if verdict.misconception:
                self.misconceptions.setdefault(verdict.key, Counter())[verdict.misconception] += 1
        for predicted in record.predictions:
            belief = self.beliefs.setdefault(predicted.name, Belief(predicted.question))
            if predicted.confidence is None:
                continue
            belief.locked += 1
            belief.confidence += predicted.confidence
            if numbers := _numbers(predicted.value):
                belief.numbers.append(numbers)
            else:
                belief.values[predicted.shown] += 1
            if predicted.right is not None:
                near = min(CONFIDENCE_LEVELS, key=lambda step: abs(step - (predicted.confidence or 0)))
                right, known = belief.by_confidence.get(near, (0, 0))
                belief.by_confidence[near] = (right + predicted.right, known + 1)


def scores_table(records: Iterable[Record], kinds: Mapping[str, str]) -> Table:
    """Make a table with a row per student: kind of work, score, points that wait for a person, findings."""
    from rich.table import Table

    table = Table("student", "handed in", "score", "waits", "found", title="Scores")
    for record in records:
        found = [_said(verdict.key, verdict.outcome, verdict.misconception) for verdict in record.verdicts]
        told = ", ".join(text for text in found if text) or "all correct"
        out_of = sum(grade.out_of for grade in record.grades)
        table.add_row(
            plain(record.student),
            kinds.get(record.student, ""),
            f"{record.score:.4g} of {out_of:g}",
            f"{record.waiting:g}",
            plain(told),
        )
    return table


def _said(key: str, outcome: Outcome, label: str) -> str:
    if outcome is Outcome.CORRECT:
        return ""
    return f"{key}: {label or outcome}"


def outcomes_table(report: ClassReport) -> Table:
    """Make a table with a row per exercise: the number of answers by outcome."""
    from rich.table import Table

    columns = [outcome for outcome in Outcome if any(counts[outcome] for counts in report.outcomes.values())]
    table = Table("exercise", *map(str, columns), title=f"{report.lesson}: outcomes of {report.students} students")
    for key, counts in report.outcomes.items():
        table.add_row(key, *(str(counts[outcome] or "") for outcome in columns))
    return table


def misconceptions_table(report: ClassReport) -> Table:
    """Make a table of each exercise's commonest misconceptions, with their numbers of students."""
    from rich.table import Table

    table = Table("exercise", "misconception", "students", title="Misconceptions")
    for key, made in report.misconceptions.items():
        common = made.most_common(SHOWN_VALUES)
        for place, (label, count) in enumerate(common):
            table.add_row(key if place == 0 else "", label, str(count))
        if len(made) > len(common):
            table.add_row(
                "", f"and {len(made) - len(common)} others", str(made.total() - sum(n for _, n in common))
            )
    return table


def beliefs_table(report: ClassReport) -> Table:
    """Make a table with a row per prediction: what the class believed, how sure it was, how often right."""
    from rich.table import Table

    table = Table(
        "prediction", "locked", "mean confidence", "right", "predicted", title="Predictions of the class"
    )
    for name, belief in report.beliefs.items():
        right, known = belief.right
        confidence = f"{belief.confidence / belief.locked:.0f} %" if belief.locked else ""
        table.add_row(
            name, str(belief.locked), confidence, f"{right} of {known}" if known else "", plain(_believed(belief))
        )
    return table


def calibration_table(report: ClassReport) -> Table:
    """Make a table with a row per stated confidence: how often the class was right at that level."""
    from rich.table import Table

    table = Table("confidence", "predictions", "right", title="Calibration of the class")
    for step in CONFIDENCE_LEVELS:
        pairs = [belief.by_confidence.get(step, (0, 0)) for belief in report.beliefs.values()]
        right, known = sum(right for right, _ in pairs), sum(known for _, known in pairs)
        if known:
            table.add_row(f"{step} %", str(known), f"{right / known:.0%}")
    return table


def tables(report: ClassReport) -> list[Table]:
    """Return all tables about the class as a whole."""
    return [
        outcomes_table(report),
        misconceptions_table(report),
        beliefs_table(report),
        calibration_table(report),
    ]


def plain(text: str) -> Any:
    """Return text for a table as it is: no console markup, no control characters."""
    from rich.text import Text

    return Text(printable(text, keep="\n"))


def _numbers(value: Any) -> list[float]:
    """Return a number as a list of one, a few as they are, a curve at five positions; else an empty list."""
    values = value if isinstance(value, list) else [value]
    if not values or any(isinstance(item, bool) or not isinstance(item, (int, float)) for item in values):
        return []
    places = range(len(values)) if len(values) <= 3 else [round(k * (len(values) - 1) / 4) for k in range(5)]
    return [float(values[place]) for place in places]


def _believed(belief: Belief) -> str:
    """Describe what was predicted: the commonest values, or the median and middle half of numbers."""
    if not belief.numbers:
        common = belief.values.most_common(SHOWN_VALUES)
        return "\n".join(f"{count} × {_clip(value)}" for value, count in common)
    longest = max(map(len, belief.numbers))
    spreads = [sorted(each[place] for each in belief.numbers if len(each) == longest) for place in range(longest)]
    return "\n".join(
        f"median {spread[len(spread) // 2]:.4g}, middle half {spread[len(spread) // 4]:.4g} to "
        f"{spread[(3 * len(spread)) // 4]:.4g}"
        for spread in spreads
    )


def _clip(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
