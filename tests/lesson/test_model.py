"""The model of a lesson is read from its notebooks alone."""

import pickle
from pathlib import Path

import pytest

from autograder.lesson.model import Lesson, lesson_names
from autograder.records.problem import LessonError
from tests.support.places import MINICOURSE


def test_exercises_stand_in_the_order_of_the_notebook(mini_lesson: Lesson) -> None:
    assert [exercise.key for exercise in mini_lesson.exercises] == ["total", "mean", "plot_values", "explain_mean"]
    assert [exercise.kind for exercise in mini_lesson.exercises] == ["code", "code", "code", "written"]
    assert mini_lesson.setup.startswith("import matplotlib.pyplot as plt")


def test_an_exercise_knows_its_stub_solution_and_points(mini_lesson: Lesson) -> None:
    total, plot = mini_lesson.by_key["total"], mini_lesson.by_key["plot_values"]
    assert "raise NotImplementedError()" in total.stub
    assert "running += float(value)" in total.solution
    assert "SOLUTION" not in total.solution
    assert (total.test_id, total.parameters, total.points, total.manual_points) == (
        "test_total",
        ("total",),
        10.0,
        0.0,
    )
    assert (plot.points, plot.manual_points) == (5.0, 5.0)
    assert total.hints == (
        "Keep a running sum. What is it before the first value?",
        "It starts at zero, and each value is added to it.",
    )


def test_a_written_answer_is_graded_by_hand_alone(mini_lesson: Lesson) -> None:
    written = mini_lesson.by_key["explain_mean"]
    assert (written.points, written.manual_points, written.test_id) == (0.0, 4.0, None)
    assert written.stub.startswith("Why does one large value")
    assert "Marking:" not in written.stub


def test_predictions_carry_an_example(mini_lesson: Lesson) -> None:
    found = {p.name: (p.kind, p.points, p.example, p.confidence) for p in mini_lesson.predictions}
    assert found == {
        "sum_sign": ("choice", 2.0, "a", 90),
        "mean_of_five": ("number", 2.0, 3.5, 60),
        "walk": ("curve", 2.0, [0, 2, 5, 9, 10], 70),
    }


def test_points_add_up_to_forty(mini_lesson: Lesson) -> None:
    answers = sum(exercise.points + exercise.manual_points for exercise in mini_lesson.exercises)
    assert answers + sum(prediction.points for prediction in mini_lesson.predictions) == 40


def test_a_course_brings_its_own_checks(mini_lesson: Lesson) -> None:
    assert set(mini_lesson.checks()) == {"total", "mean", "plot_values"}
    assert mini_lesson.checks() == mini_lesson.checks()  # imported once


def test_a_lesson_can_be_sent_to_a_worker(mini_lesson: Lesson) -> None:
    assert vars(pickle.loads(pickle.dumps(mini_lesson))) == vars(mini_lesson)


def test_names() -> None:
    assert lesson_names(MINICOURSE) == ["01-mini"]


def test_what_is_not_built_or_no_notebook_is_told(minicourse: Path) -> None:
    with pytest.raises(LessonError, match="there is no such notebook"):
        Lesson.load(minicourse, "02-none")
    (minicourse / "release" / "01-mini" / "01-mini.ipynb").write_text("no JSON")
    with pytest.raises(LessonError, match="not a notebook"):
        Lesson.load(minicourse, "01-mini")
