"""What holds of the bank of answers beside their verdicts.

`autograder verify`, a phase of `make test`, judges each answer in the open and proves that it gets the verdict it
is named after, that solutions earn all, that misconceptions have answers and exercises four right ones (see
`autograder.authoring.course_checks`). `tests/grading/test_same_scores.py` proves the verdicts in the sandbox.
"""

from __future__ import annotations

import pytest

from autograder.authoring.answer_files import judge_here
from autograder.checking.mistakes import COMMON
from autograder.records.verdict import Outcome
from tests.support.answers import bank, lessons, load


@pytest.mark.parametrize("lesson", lessons())
def test_source_checks_and_bank_name_the_same_exercises(lesson: str) -> None:
    keys = {answer.key for answer in bank(lesson)}
    assert keys == set(load(lesson).checks())
    assert keys == set(load(lesson).by_key)


@pytest.mark.parametrize("lesson", lessons())
def test_common_misconceptions_have_answers_as_well(lesson: str) -> None:
    """`verify` itself takes the `return` out of a solution; what else is common needs an answer here."""
    for key, check in load(lesson).checks().items():
        named = {answer.name for answer in bank(lesson) if answer.key == key and answer.kind == "misconception"}
        assert (check.misconceptions.keys() & COMMON.keys()) - {"returns_nothing"} <= named, key


@pytest.mark.parametrize("lesson", lessons())
def test_no_two_right_answers_to_an_exercise_are_the_same(lesson: str) -> None:
    for key in load(lesson).checks():
        right = [answer.source for answer in bank(lesson) if answer.key == key and answer.kind == "correct"]
        assert len(right) == len(set(right)), key


@pytest.mark.parametrize("lesson", lessons())
def test_a_function_that_is_not_written_is_not_attempted(lesson: str) -> None:
    for key, check in load(lesson).checks().items():
        blank = "def blank(*args, **kwargs):\n    raise NotImplementedError()\n"
        verdict = judge_here(load(lesson), key, blank + "\n".join(f"{name} = blank" for name in check.parameters))
        assert (verdict.outcome, verdict.fraction) == (Outcome.NOT_ATTEMPTED, 0.0), key


@pytest.mark.parametrize("lesson", lessons())
def test_a_seed_fixes_the_verdict_to_the_last_digit(lesson: str) -> None:
    wrong = {answer.key: answer.source for answer in bank(lesson) if answer.kind == "misconception"}
    for key, source in wrong.items():
        one, two = (judge_here(load(lesson), key, source, seed=2**31) for _ in range(2))
        assert one == two


@pytest.mark.parametrize("lesson", lessons())
def test_every_diagnosis_is_a_sentence_that_gives_no_code(lesson: str) -> None:
    for check in load(lesson).checks().values():
        assert check.task, "the docstring is what the student reads where no diagnosis fits"
        for label, sentence in check.misconceptions.items():
            assert len(sentence) > 30 and sentence.endswith((".", "?")), label
            assert "np." not in sentence and "!" not in sentence, label
