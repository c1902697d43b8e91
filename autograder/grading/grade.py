"""Grade one submission: turn the judge's verdicts, the predictions and what waits for a person into a record.

`grade` is pure and picklable: this process, a pool and a cluster all give the same record.
"""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from autograder.lesson.model import Exercise, Lesson, Prediction
from autograder.records.record import CellGrade, Predicted, Record
from autograder.records.verdict import Outcome, Verdict
from course.predictions.comparison import measure
from course.predictions.lock import LockedPrediction
from course.predictions.question import Question

from .judge import Judgement, Limits, judge
from .submission import Submission

__all__ = ["grade", "grader_error"]

logger = logging.getLogger(__name__)

OUTDATED = "Your notebook comes from another release of this lesson; it was graded against the current one."


def grade(submission: Submission, lesson: Lesson, limits: Limits, seed: int = 0) -> Record:
    """Judge the answers and give each graded cell its points; what cannot be judged waits for a person."""
    answers = {
        exercise.key: submission.answers[exercise.key]
        for exercise in lesson.code
        if not exercise.is_untouched(submission.answers.get(exercise.key, ""))
    }
    logger.info("%s: judging %d of %d answers", submission.student, len(answers), len(lesson.code))
    judgement = judge(lesson, answers, limits, seed)
    verdicts = tuple(_verdict(exercise, answers, judgement) for exercise in lesson.code)
    for verdict in verdicts:
        logger.debug("%s: %s is %s", submission.student, verdict.key, verdict.outcome)
    broken = [verdict.key for verdict in verdicts if verdict.outcome == Outcome.GRADER_ERROR]
    return Record(
        submission.student,
        lesson.name,
        lesson.version,
        verdicts,
        grades=tuple(_grades(submission, lesson, verdicts)),
        predictions=tuple(_predicted(submission, lesson)),
        answers={**submission.answers, **submission.written},
        printed=judgement.printed,
        figures=judgement.figures,
        notes=(*submission.notes, *([OUTDATED] if submission.outdated else [])),
        problem=_grader_problem(submission, broken, judgement) or submission.outdated,
        timestamp=submission.timestamp,
    )


def grader_error(submission: Submission, lesson: Lesson, reason: str) -> Record:
    """Return a failed record for a submission that broke the grader: no points, a problem for the instructor."""
    return Record(
        submission.student,
        lesson.name,
        lesson.version,
        problem=f"{submission.student}: grading {lesson.name} failed ({reason}). No points given; grade again.",
        failed=True,
        timestamp=submission.timestamp,
    )


def _verdict(exercise: Exercise, answers: dict[str, str], judgement: Judgement) -> Verdict:
    """Return the judge's verdict if its score is valid; otherwise a grader error, never a zero."""
    if exercise.key not in answers:
        return Verdict.not_written(exercise.key)
    verdict = judgement.verdicts.get(exercise.key)
    if verdict is None:
        return Verdict(exercise.key, Outcome.GRADER_ERROR, 0.0, message="The grader gave no verdict.")
    if not (
        isinstance(verdict.fraction, float) and math.isfinite(verdict.fraction) and 0 <= verdict.fraction <= 1
    ):
        message = f"The check gave {verdict.fraction!r} of the points, which is not between 0 and 1."
        return replace(verdict, outcome=Outcome.GRADER_ERROR, fraction=0.0, message=message)
    return verdict


def _grades(submission: Submission, lesson: Lesson, verdicts: tuple[Verdict, ...]) -> Iterator[CellGrade]:
    by_key = {verdict.key: verdict for verdict in verdicts}
    for exercise in lesson.exercises:
        answer = submission.answers.get(exercise.key, submission.written.get(exercise.key, ""))
        work = _hash(answer)
        if exercise.test_id is not None:
            verdict = by_key[exercise.key]
            known = verdict.outcome != Outcome.GRADER_ERROR
            points = round(verdict.fraction * exercise.points, 6) if known else None
            yield CellGrade(exercise.test_id, points, exercise.points, work)
        if exercise.manual_points:
            blank = exercise.is_untouched(answer)
            yield CellGrade(exercise.answer_id, 0.0 if blank else None, exercise.manual_points, work)
    for prediction in lesson.predictions:
        standing = submission.predictions.get(prediction.name)
        earned = prediction.points if standing is not None and standing.earns else 0.0
        yield CellGrade(f"prediction_{prediction.name}", earned, prediction.points, _hash(str(standing)))


def _predicted(submission: Submission, lesson: Lesson) -> Iterator[Predicted]:
    for prediction in lesson.predictions:
        standing = submission.predictions.get(prediction.name)
        question = prediction.question
        record = _legible(standing.record if standing is not None else None, question)
        yield Predicted(
            prediction.name,
            question=question.question,
            counts=standing is not None and standing.earns,
            reason=standing.reason if standing is not None else "No prediction was locked in.",
            value=record.value if record is not None else None,
            shown=question.say(record.value) if record is not None else "",
            confidence=record.confidence if record is not None else None,
            **_gap(prediction, record),
        )


def _legible(record: LockedPrediction | None, question: Question) -> LockedPrediction | None:
    """Return the record if its value answers the question; a forged one may hold anything."""
    if record is None or (record.name, record.kind) != (question.name, question.kind):
        return None
    try:
        return record if question.read(record.value) == record.value else None
    except Exception:  # a strange value can make the question raise anything
        return None


def _gap(prediction: Prediction, record: LockedPrediction | None) -> dict[str, Any]:
    """Compare a locked prediction with what happens, as the lesson does after the run."""
    if record is None or prediction.truth is None:
        return {}
    what = prediction.truth
    gap = measure(prediction.question, record.value, what["truth"], what["why"], what["within"])
    return {"right": bool(gap.right), "gap": "\n".join(line.strip() for line in gap.lines)}


def _grader_problem(submission: Submission, broken: list[str], judgement: Judgement) -> str:
    """Name the checks that broke, with the last line of each traceback, for the instructor only."""
    if not broken:
        return ""
    last = [judgement.errors[key].strip().splitlines()[-1] for key in broken if judgement.errors.get(key)]
    why = f" ({'; '.join(last)})" if last else ""
    return f"{submission.student}: the grader failed on {', '.join(broken)}{why}; grade again or by hand."


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
