"""The bank of answers: the name of a file under `source/<lesson>/answers/` is the verdict that it must get."""

from __future__ import annotations

import pytest

from autograder.authoring.answer_files import AnswerFile, judge_here
from autograder.records.verdict import Outcome
from tests.support.answers import bank, lessons, load

HARMLESS = [(lesson, answer) for lesson in lessons() for answer in bank(lesson) if answer.kind]
NAMES = [f"{lesson}/{answer.key}/{answer.name}" for lesson, answer in HARMLESS]


@pytest.mark.parametrize(("lesson", "answer"), HARMLESS, ids=NAMES)
def test_an_answer_gets_the_verdict_it_is_named_after(lesson: str, answer: AnswerFile) -> None:
    verdict = judge_here(load(lesson), answer.key, answer.source)
    assert answer.complaint(verdict) == ""
    if answer.kind == "correct":
        assert verdict.outcome is Outcome.CORRECT
    else:
        assert verdict.outcome in (Outcome.INCORRECT, Outcome.PARTIAL)
        assert verdict.text


@pytest.mark.parametrize("lesson", lessons())
def test_source_checks_and_bank_name_the_same_exercises(lesson: str) -> None:
    keys = {answer.key for answer in bank(lesson)}
    assert keys == set(load(lesson).checks())
    assert keys == set(load(lesson).by_key)


@pytest.mark.parametrize("lesson", lessons())
def test_every_label_has_an_answer_and_every_answer_a_label(lesson: str) -> None:
    for key, check in load(lesson).checks().items():
        named = {answer.name for answer in bank(lesson) if answer.key == key and answer.kind == "misconception"}
        assert named == set(check.misconceptions), key


@pytest.mark.parametrize("lesson", lessons())
def test_every_exercise_has_right_answers_in_four_styles(lesson: str) -> None:
    for key in load(lesson).checks():
        right = {answer.source for answer in bank(lesson) if answer.key == key and answer.kind == "correct"}
        assert len(right) >= 4, key


@pytest.mark.parametrize("lesson", lessons())
def test_the_reference_gets_full_marks_and_what_is_not_written_none(lesson: str) -> None:
    for key, check in load(lesson).checks().items():
        verdict = judge_here(load(lesson), key, load(lesson).by_key[key].solution)
        assert verdict.fraction == 1.0, (key, verdict.text)
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
