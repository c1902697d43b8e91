"""Attacks on the judge: whatever a hostile answer does, it earns nothing, learns nothing and disturbs nobody.

Each file `tests/attacks/<lesson>/<key>/<what>.py` is judged as a student's only answer. Where it looks for
something, it prints `found:` with what it has got hold of, which must be nothing.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from autograder.authoring.answer_files import AnswerFile
from autograder.grading.judge import Limits, judge
from autograder.records.verdict import Outcome
from tests.support.answers import attacks, lessons, load

HOSTILE = [
    pytest.param(lesson, answer, id=f"{lesson}/{answer.key}/{answer.name}")
    for lesson in lessons()
    for answer in attacks(lesson)
]
TIGHT = Limits(processor=1.0, wall=3.0, memory=1 << 30, figures="all")
SECRETS = ("A mean does not grow", "sum_instead_of_mean", "Finding(", "LineData", "### BEGIN")


@pytest.mark.parametrize(("name", "answer"), HOSTILE)
def test_a_hostile_answer_gains_nothing(name: str, answer: AnswerFile) -> None:
    lesson = load(name)
    started = time.monotonic()
    judgement = judge(lesson, {answer.key: answer.source}, TIGHT, seed=1)
    assert {key: verdict.fraction for key, verdict in judgement.verdicts.items() if verdict.fraction} == {}
    mine = judgement.verdicts[answer.key]
    assert mine.outcome in (Outcome.INCORRECT, Outcome.NOT_ATTEMPTED, Outcome.OUT_OF_LIMITS), judgement.errors
    assert time.monotonic() - started < 15.0
    printed = judgement.printed.get(answer.key, "")
    for found in re.findall(r"found: (.*)", printed):
        assert re.fullmatch(r"\[\]( True)?", found), printed
    shown = printed + "".join(verdict.text for verdict in judgement.verdicts.values() if verdict is not mine)
    assert not [secret for secret in SECRETS if secret in shown]


@pytest.mark.parametrize(("name", "answer"), HOSTILE)
def test_the_next_submission_is_judged_as_ever(name: str, answer: AnswerFile) -> None:
    lesson = load(name)
    judge(lesson, {answer.key: answer.source}, replace(TIGHT, processor=0.3, wall=1.0), seed=1)
    few = replace(lesson, exercises=lesson.exercises[:3])
    honest = {exercise.key: exercise.solution for exercise in few.exercises}
    judgement = judge(few, honest, Limits(), seed=2)
    assert {verdict.outcome for verdict in judgement.verdicts.values()} == {Outcome.CORRECT}, judgement.errors
