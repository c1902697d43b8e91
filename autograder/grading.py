"""Grade one submission: the judge's verdicts, the predictions and what waits for a person become a record.

`grade` is pure and picklable: it runs in this process, in a pool's, or on a cluster, and gives equal records.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

from .check import Outcome, Verdict
from .judge import Judgement, Limits, judge
from .lesson import Exercise, Lesson
from .record import Mark, Predicted, Record
from .submission import Submission, question_of, untouched

__all__ = ["fingerprint", "grade", "grader_error"]

JUDGES_SOURCES = ("check.py", "judge.py", "../course/trial.py", "../course/value.py")


def grade(submission: Submission, lesson: Lesson, limits: Limits, seed: int = 0) -> Record:
    """Judge the answers and give each graded cell its points; whatever cannot be judged waits for a person."""
    answers = {
        exercise.key: submission.answers[exercise.key]
        for exercise in lesson.code
        if not untouched(submission.answers.get(exercise.key, ""), exercise.stub)
    }
    judgement = judge(lesson, answers, limits, seed)
    verdicts = tuple(_verdict(exercise, answers, judgement) for exercise in lesson.code)
    broken = [verdict.key for verdict in verdicts if verdict.outcome == Outcome.GRADER_ERROR]
    return Record(
        submission.student,
        lesson.name,
        lesson.version,
        verdicts,
        marks=tuple(_marks(submission, lesson, verdicts)),
        predictions=tuple(_predicted(submission, lesson)),
        answers={**submission.answers, **submission.written},
        printed=judgement.printed,
        figures=judgement.figures,
        notes=submission.notes,
        problem=_grader_problem(submission, broken) or submission.outdated,
        timestamp=submission.timestamp,
        fingerprint=fingerprint(submission, lesson, limits),
    )


def grader_error(submission: Submission, lesson: Lesson, reason: str) -> Record:
    """The record of a submission on which the grader itself broke: no mark, and a sentence for a person."""
    return Record(
        submission.student,
        lesson.name,
        lesson.version,
        problem=f"{submission.student}: grading {lesson.name} failed ({reason}). No mark was given; grade again.",
        failed=True,
        timestamp=submission.timestamp,
    )


def fingerprint(submission: Submission, lesson: Lesson, limits: Limits) -> str:
    """Hash everything that the marks depend on: the work, the lesson, the checks' source and the limits."""
    plain = [submission.digest, lesson.name, lesson.version, judges_digest(lesson.course_dir, lesson.module)]
    whole = json.dumps([*plain, asdict(limits)], sort_keys=True, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


@lru_cache
def judges_digest(course_dir: Path, module: str) -> str:
    """Hash the source of the lesson's checks and of what they judge with."""
    here = Path(__file__).parent
    own = course_dir / "checks" / f"{module}.py"
    checks = own if own.is_file() else here / "checks" / f"{module}.py"
    files = [checks, *(here / name for name in JUDGES_SOURCES)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files if file.is_file())).hexdigest()


def _verdict(exercise: Exercise, answers: dict[str, str], judgement: Judgement) -> Verdict:
    """Take the judge's verdict, if its score is one; else it is an error of the grader's, never a zero."""
    if exercise.key not in answers:
        message = "This answer is not written yet."
        return Verdict(exercise.key, Outcome.NOT_ATTEMPTED, 0.0, message=message)
    verdict = judgement.verdicts.get(exercise.key)
    if verdict is None:
        return Verdict(exercise.key, Outcome.GRADER_ERROR, 0.0, message="The grader gave no verdict.")
    if not (
        isinstance(verdict.fraction, float) and math.isfinite(verdict.fraction) and 0 <= verdict.fraction <= 1
    ):
        message = f"The check gave {verdict.fraction!r} of the points, which is no share of them."
        return replace(verdict, outcome=Outcome.GRADER_ERROR, fraction=0.0, message=message)
    return verdict


def _marks(submission: Submission, lesson: Lesson, verdicts: tuple[Verdict, ...]) -> Iterator[Mark]:
    by_key = {verdict.key: verdict for verdict in verdicts}
    for exercise in lesson.exercises:
        answer = submission.answers.get(exercise.key, submission.written.get(exercise.key, ""))
        work = _hash(answer)
        if exercise.test_id is not None:
            verdict = by_key[exercise.key]
            known = verdict.outcome != Outcome.GRADER_ERROR
            points = round(verdict.fraction * exercise.points, 6) if known else None
            yield Mark(exercise.test_id, points, exercise.points, work)
        if exercise.hand_points:
            blank = untouched(answer, exercise.stub)
            yield Mark(exercise.answer_id, 0.0 if blank else None, exercise.hand_points, work)
    for prediction in lesson.predictions:
        standing = submission.predictions.get(prediction.name)
        earned = prediction.points if standing is not None and standing.earns else 0.0
        yield Mark(f"prediction_{prediction.name}", earned, prediction.points, _hash(str(standing)))


def _predicted(submission: Submission, lesson: Lesson) -> Iterator[Predicted]:
    for prediction in lesson.predictions:
        standing = submission.predictions.get(prediction.name)
        record = standing.record if standing is not None else None
        question = question_of(prediction.call)
        yield Predicted(
            prediction.name,
            question=question.question,
            counts=standing is not None and standing.earns,
            reason=standing.reason if standing is not None else "No prediction was locked in.",
            value=record.value if record is not None else None,
            shown=question.say(record.value) if record is not None else "",
            sure=record.sure if record is not None else None,
        )


def _grader_problem(submission: Submission, broken: list[str]) -> str:
    if not broken:
        return ""
    return f"{submission.student}: the grader failed on {', '.join(broken)}; grade again, or mark that by hand."


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
