"""The bank of answers: the name of a file under `tests/submissions/` is the verdict that it must get."""

from __future__ import annotations

import pytest

from autograder.check import Outcome
from tests.in_process import Answer, answers, checks, judge, lessons, reference

HARMLESS = [answer for answer in answers() if answer.expected != "hostile"]


@pytest.mark.parametrize("answer", HARMLESS, ids=str)
def test_an_answer_gets_the_verdict_it_is_named_after(answer: Answer) -> None:
    verdict = judge(answer.lesson, answer.key, answer.source)
    if answer.expected == "correct":
        assert (verdict.outcome, verdict.fraction) == (Outcome.CORRECT, 1.0), verdict.text
        return
    assert verdict.outcome in (Outcome.INCORRECT, Outcome.PARTIAL), verdict.text
    assert 0 <= verdict.fraction < 1
    assert verdict.label == ("" if answer.expected == "plain" else answer.expected), verdict.text
    assert verdict.text


@pytest.mark.parametrize("lesson", lessons())
def test_every_check_has_answers_and_every_answer_a_check(lesson: str) -> None:
    keys = {answer.key for answer in answers() if answer.lesson == lesson}
    assert keys == set(checks(lesson))
    assert keys == set(reference(lesson)), "source, checks and bank name the same exercises"


@pytest.mark.parametrize("lesson", lessons())
def test_every_label_has_an_answer_and_every_answer_a_label(lesson: str) -> None:
    for key, check in checks(lesson).items():
        named = {answer.expected for answer in answers() if (answer.lesson, answer.key) == (lesson, key)}
        assert named - {"correct", "plain", "hostile"} == set(check.diagnoses), key


@pytest.mark.parametrize("lesson", lessons())
def test_every_key_has_right_answers_in_four_styles(lesson: str) -> None:
    for key in checks(lesson):
        mine = [answer for answer in answers() if (answer.lesson, answer.key) == (lesson, key)]
        correct = {answer.source for answer in mine if answer.expected == "correct"}
        assert len(correct) >= 4, key


@pytest.mark.parametrize("lesson", lessons())
def test_the_reference_gets_full_marks_and_the_stub_none(lesson: str) -> None:
    for key, source in reference(lesson).items():
        assert judge(lesson, key, source).fraction == 1.0, key
        takes = ", ".join(f"{name} = blank" for name in checks(lesson)[key].takes)
        blank = "def blank(*args, **kwargs):\n    raise NotImplementedError()\n" + takes
        verdict = judge(lesson, key, blank)
        assert (verdict.outcome, verdict.fraction) == (Outcome.NOT_ATTEMPTED, 0.0), key


@pytest.mark.parametrize("lesson", lessons())
def test_every_diagnosis_is_a_sentence_that_names_no_code(lesson: str) -> None:
    for check in checks(lesson).values():
        assert check.asks, "the docstring is what the student reads where no diagnosis fits"
        for label, sentence in check.diagnoses.items():
            assert sentence.endswith((".", "?")) and "!" not in sentence, label
            assert len(sentence) > 30, label
