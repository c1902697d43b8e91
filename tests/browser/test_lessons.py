"""The lessons in a real JupyterLab: walked to the end by correct students, and by one who errs and recovers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from autograder.authoring.answer_files import read_answers
from autograder.grading.grade import grade
from autograder.grading.judge import Limits
from autograder.grading.submission import read_submission
from autograder.lesson.model import Lesson
from tests.browser.lab import Lab, free_port
from tests.browser.started import hand_out_started, learn_command
from tests.browser.walk import LOCKED, Walk, copy_lesson
from tests.support.places import ROOT

PICTURES = ROOT / "screenshots"
BANK = {(answer.key, answer.name): answer.source for answer in read_answers(ROOT, "01-first-descent")}
FIRST = "01-first-descent"
LESSONS = sorted(path.stem for path in ROOT.glob("release/*/*.ipynb") if path.stem == path.parent.name)
FALL = [(0.0, 0.88), (0.06, 0.5), (0.15, 0.3), (0.3, 0.18), (0.6, 0.1), (1.0, 0.08)]  # a loss curve, by hand
BY_FORM = ("scatter_shape", "output_at_zero", "loss_curve")  # the others are locked in by code

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lessons")
    with Lab(folder, tmp_path_factory.mktemp("jupyter"), python_path=str(ROOT)) as running:
        running.theme("light")
        yield running


@pytest.fixture
def learning(tmp_path: Path) -> Iterator[Walk]:
    """Lesson 1 as `make learn` opens it, in the folder that students get."""
    folder, port = tmp_path / "course", free_port()
    folder.mkdir()
    hand_out_started(ROOT, folder)
    with Lab(folder, tmp_path / "jupyter", port, command=learn_command(folder, port)) as lab:
        address = lab.server.printed(r"http://127\.0\.0\.1\S+token=\w+")
        notebook = lab.open(f"work/{FIRST}/{FIRST}.ipynb", address=address)
        yield Walk(notebook, Lesson.load(ROOT, FIRST))


def test_a_correct_student_learns_lesson_1(learning: Walk) -> None:
    student, names = learning, [prediction.name for prediction in learning.lesson.predictions]
    student.notebook.picture(PICTURES / "lesson-1-light-opened.png")
    student.answer_all()
    student.lock_plainly(each for each in student.lesson.predictions if each.name not in BY_FORM)

    student.run_up_to("prediction_scatter_shape")
    form = student.cell("prediction_scatter_shape")
    form.get_by_role("radio").nth(1).check()
    student.lock("scatter_shape")

    student.run_up_to("prediction_output_at_zero", after="prediction_scatter_shape")
    student.cell("prediction_output_at_zero").locator("input[type=text]").fill("6.5")
    student.lock("output_at_zero")

    student.run_up_to("prediction_loss_curve", after="prediction_output_at_zero")
    form = student.cell("prediction_loss_curve")
    student.notebook.draw(form, FALL, steps=8)
    expect(form.locator("input[type=text]")).not_to_have_value("")
    pictures(student, "drawn", "prediction_loss_curve")
    student.lock("loss_curve")

    student.run_up_to(student.code[-1], after="prediction_loss_curve")
    assert student.errors() == {}
    overlay = student.cell("reveal_loss_curve").locator("img").last
    assert "the true curve solid" in (overlay.get_attribute("alt") or "")
    assert overlay.evaluate("image => image.naturalWidth") > 300
    expect(student.cell("calibration")).to_contain_text("On average you were")
    pictures(student, "shown", "reveal_scatter_shape", "reveal_loss_curve", "animation", "calibration")

    student.notebook.save()
    before = student.locked()
    assert sorted(before) == sorted(names)

    student.run_all()
    for name in names:
        assert "is locked in" in student.text(f"prediction_{name}")
    expect(student.cell("prediction_loss_curve")).to_contain_text(LOCKED)
    student.notebook.save()
    student.run("ready")
    assert "Ready: hand in" in student.text("ready") and student.locked() == before
    gets_full_marks(student)


def pictures(student: Walk, what: str, *cells: str) -> None:
    """Write pictures of cells in both themes."""
    for theme in ("dark", "light"):
        student.theme(theme)
        for cell in cells:
            student.picture(PICTURES / f"lesson-{student.lesson.name[1]}-{theme}-{cell}-{what}.png", cell)


def gets_full_marks(student: Walk) -> None:
    """Grade the saved file: every point that no person has to give is there."""
    lesson = student.lesson
    record = grade(read_submission(student.notebook.path, lesson, "ada"), lesson, Limits())
    by_hand = {exercise.answer_id for exercise in lesson.exercises if exercise.manual_points}
    assert record.problem == "" and record.notes == ()
    assert {mark.cell for mark in record.grades if mark.points is None} == by_hand
    assert [mark for mark in record.grades if mark.points not in (None, mark.out_of)] == []


@pytest.mark.parametrize("name", LESSONS)
def test_a_correct_student_walks_a_lesson_to_its_end(lab: Lab, name: str) -> None:
    lesson = Lesson.load(ROOT, name)
    student = Walk(lab.open(copy_lesson(lesson, lab.folder)), lesson)
    student.answer_all()
    student.lock_plainly(lesson.predictions)
    student.notebook.run_all()
    student.notebook.save()
    assert student.errors() == {}
    assert student.locked().keys() == {prediction.name for prediction in lesson.predictions}
    for prediction in lesson.predictions:
        assert "Not shown yet" not in student.text(f"reveal_{prediction.name}")
    assert "On average you were" in student.text("calibration")
    assert "Not locked in" not in student.text("calibration")
    student.run("ready")
    assert "Ready: hand in" in student.text("ready")
    student.close()


# An exercise, a wrong answer of the bank, and what the message has to say about it.
MISTAKES = [
    ("predict_line", "w_b_swapped", "The two parameters have changed roles: look at which one multiplies x."),
    ("mse", "sum_instead_of_mean", "Twice as many samples give twice your loss"),
    ("gradients", "sign_flipped", "A derivative is negative where the loss rises"),
    ("train_step", "w_updated_first", "b's derivative was taken at a point you had half left"),
]


def test_a_student_who_errs_recovers_by_the_messages_alone(lab: Lab) -> None:
    lesson = Lesson.load(ROOT, FIRST)
    student = Walk(lab.open(copy_lesson(lesson, lab.folder, "erring")), lesson)
    student.run("setup", "imports")
    for key, label, message in MISTAKES:
        exercise, test = lesson.by_key[key], f"test_{key}"
        student.run(exercise.answer_id, test)
        expect(student.cell(test)).to_contain_text(f"{key} is not written yet: fill in the cell above and run it.")
        student.type(key, BANK[key, label])
        student.run(test)
        expect(student.cell(test)).to_contain_text(f"→ {message}")
        if key == "gradients":
            pictures(student, "mistaken", test)
        student.type(key, exercise.solution)
        student.run(test)
        expect(student.cell(test)).to_contain_text("✓")
        assert student.errors() == {}
    errs_in_a_prediction(student)
    student.notebook.save()
    student.run("ready")
    assert "Not ready yet" in student.text("ready")
    assert "make_line_data: the answer is blank." in student.text("ready")
    assert "explain_divergence_1: the text is blank." in student.text("ready")
    pictures(student, "wrong", "ready", "plain_output_at_zero")
    student.close()


def errs_in_a_prediction(student: Walk) -> None:
    """Look before the lock, give a number out of range, lock in, and try to change it afterwards."""
    asked, reveal = "prediction_output_at_zero", "reveal_output_at_zero"
    student.run(asked, reveal)
    held_back = student.cell(reveal)
    expect(held_back).to_contain_text("Lock in output_at_zero above, then run this cell again.")
    expect(held_back).not_to_contain_text("6.5")  # what only the reveal talks of
    form = student.cell(asked)
    form.locator("input[type=text]").fill("1000")
    form.get_by_role("button", name="Lock in").click()
    expect(form).to_contain_text("1000 is outside the range from -20 to 20")
    form.locator("input[type=text]").fill("0")
    student.lock("output_at_zero")
    student.run(reveal)
    expect(student.cell(reveal)).to_contain_text("exactly right")
    student.type("plain_output_at_zero", 'predict.lock("output_at_zero", 6.5, confidence=100)')
    refused = student.cell("plain_output_at_zero")
    expect(refused).to_contain_text("locked in before, and the first commitment counts")
    student.notebook.save()
    assert student.locked() == {"output_at_zero": 0}
