"""Where an earlier answer is wrong, the reference stands in for it, and later ones get the verdicts they would."""

from __future__ import annotations

import time

import pytest

from autograder.authoring.answer_files import AnswerFile
from autograder.grading import judge as judging
from autograder.grading import reference
from autograder.grading.judge import Limits, judge
from autograder.records.verdict import Outcome
from autograder.sealed.sandbox import Child
from tests.support.answers import bank, load
from tests.support.sealed_lesson import SOLUTIONS, sealed_lesson

NAME = "04-autograd"
BANK = {(answer.key, answer.name): answer for answer in bank(NAME)}
TRAINING = ["correct_zero_before", "correct_fresh_leaves", "update_recorded", "gradients_pile_up", "rng_ignored"]


@pytest.mark.parametrize("name", TRAINING)
def test_a_training_with_a_wrong_tensor_gets_its_own_verdict_in_few_calls(name, monkeypatch) -> None:
    monkeypatch.setattr(reference, "MOST_CALLS", 7000)  # 2,244, thrice where others keep the machine busy
    training: AnswerFile = BANK["train_autograd", name]
    answers = {"tensor": BANK["tensor", "shared_counted_once"].source, "train_autograd": training.source}
    judgement = judge(load(NAME), answers, Limits(figures="none"), seed=3)
    assert judgement.verdicts["tensor"].misconception == "shared_counted_once"
    assert "tensor" in judgement.replaced
    assert training.complaint(judgement.verdicts["train_autograd"]) == ""


def test_a_right_descent_on_a_right_gradient_by_differences_is_right() -> None:
    """Differences are exact for a loss of squares, until its numbers are so large that they round to nothing."""
    lesson = load("05-optimization")
    answers = {exercise.key: exercise.solution for exercise in lesson.code}
    (by_differences,) = (answer for answer in bank(lesson.name) if answer.name == "correct_differences")
    answers[by_differences.key] = by_differences.source
    judgement = judge(lesson, answers, Limits(figures="none"), seed=5)
    assert {key: verdict.text for key, verdict in judgement.verdicts.items() if verdict.fraction < 1} == {}


@pytest.mark.parametrize(("key", "name"), [("loss_grid", "cell_by_cell"), ("early_stopping", "never_stops")])
def test_what_is_slow_is_diagnosed_also_where_every_loss_is_asked_of_the_reference(key: str, name: str) -> None:
    lesson = load("05-optimization")
    slow = next(answer for answer in bank(lesson.name) if (answer.key, answer.name) == (key, name))
    judgement = judge(lesson, {key: slow.source}, Limits(figures="none"), seed=5)
    assert slow.complaint(judgement.verdicts[key]) == ""


def test_a_zygote_that_starts_slowly_costs_an_exercise_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    fork = judging._SubmissionJudge._fork

    def slowly(self: judging._SubmissionJudge) -> Child:
        time.sleep(1.2)
        return fork(self)

    monkeypatch.setattr(judging._SubmissionJudge, "_fork", slowly)
    answers = SOLUTIONS | {"double": "def double(x):\n    return x"}
    judgement = judge(sealed_lesson(), answers, Limits(processor=1.0, wall=1.0, figures="none"), seed=1)
    assert judgement.verdicts["quadruple"].outcome is Outcome.CORRECT
