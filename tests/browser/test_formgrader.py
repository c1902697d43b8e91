"""Formgrader and the feedback pages in a real browser, on what was graded, with a hostile student in the class."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.lab import CHROMIUM, FLAGS, Server, environment, free_port, lab_command
from tests.support.places import ROOT

sys.path.insert(0, str(ROOT))
from autograder.authoring.answer_files import submitted_notebook
from autograder.gradebook.database import Gradebook
from autograder.grading.judge import Limits
from autograder.grading.run import grade_lesson
from autograder.grading.workers import processes
from autograder.lesson.model import Lesson
from autograder.reports.feedback import feedback_path, write_feedback
from tests.support import hostile_text
from tests.support.submissions import RIGHT, hand_in

PICTURES = ROOT / "screenshots"
NAME = "01-mini"
WRONG = RIGHT | {"total": "def total(values):\n    return float(np.prod(values))"}
HOSTILE = {"total": hostile_text.ANSWER, "explain_mean": hostile_text.EVERYTHING} | {
    "plot_values": RIGHT["plot_values"].replace("'index'", repr("<script>document.title='pwned'</script>"))
}

EVE = "eve's {{ 7 * 7 }} ${document.title=1} (e)"

pytestmark = pytest.mark.browser


class Silent:
    def advance(self, student: str, problem: str) -> None:
        pass


@pytest.fixture(scope="module")
def graded(built_minicourse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of two students, graded: ada, who has one mistake, and a hostile one."""
    course = shutil.copytree(built_minicourse, tmp_path_factory.mktemp("graded") / "course")
    lesson = Lesson.load(course, NAME)
    hand_in(course, "ada", lesson, submitted_notebook(lesson, WRONG, predictions={"walk": ([0, 5, 10], 80)}))
    hand_in(course, EVE, lesson, submitted_notebook(lesson, RIGHT | HOSTILE))
    students = sorted(os.listdir(course / "submitted"))
    with Gradebook(course / "gradebook.db") as book, processes(1) as pool:
        run = grade_lesson(lesson, students, book, pool, Limits(), Silent())
    assert run.problems == []
    return course


@pytest.fixture(scope="module")
def formgrader(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab with nbgrader's formgrader on that course: its address."""
    settings, port = tmp_path_factory.mktemp("jupyter"), free_port()
    variables = environment(settings, str(ROOT))
    command = [
        "env",
        "--chdir",
        str(graded),
        *lab_command(graded, port),
    ]  # nbgrader reads the settings that lie there
    server = Server(command, port, variables, settings / "log.txt")
    try:
        server.wait()
        yield f"{server.url}/formgrader"
    finally:
        server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that notes whatever a script of a student's could do in it."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.alarms = []  # type: ignore[attr-defined]
    page.on("dialog", lambda dialog: (page.alarms.append(dialog.message), dialog.dismiss()))  # type: ignore[attr-defined]
    page.on("request", lambda request: "invalid" in request.url and page.alarms.append(request.url))  # type: ignore[attr-defined]
    yield page
    assert page.alarms == [] and page.title() != "pwned"  # type: ignore[attr-defined]
    page.close()


def submission_id(course: Path, student: str) -> str:
    import sqlite3

    with sqlite3.connect(course / "gradebook.db") as database:
        (found,) = database.execute(
            "SELECT submitted_notebook.id FROM submitted_notebook JOIN submitted_assignment "
            "ON submitted_notebook.assignment_id = submitted_assignment.id WHERE student_id = ?",
            (student,),
        ).fetchone()
    database.close()
    return str(found)


def formgrade(page: Page, formgrader: str, course: Path, student: str) -> None:
    """Open a submission as it is graded by hand."""
    page.goto(f"{formgrader}/submissions/{submission_id(course, student)}/")
    page.locator("#explain_mean").wait_for()
    page.wait_for_load_state("networkidle")


def total(page: Page, formgrader: str) -> float:
    """The overall score that formgrader lists for the one student who has most."""
    page.goto(f"{formgrader}/gradebook/{NAME}/{NAME}")
    page.locator("td.score").first.wait_for()
    page.wait_for_load_state("networkidle")
    return max(float(text.split("/")[0]) for text in page.locator("td.score").all_inner_texts() if "/ 40" in text)


def test_a_grade_and_a_comment_given_in_formgrader_change_the_total_and_reach_the_feedback(
    graded: Path, formgrader: str, page: Page
) -> None:
    before = total(page, formgrader)
    formgrade(page, formgrader, graded, "ada")
    assert page.locator("img[src^='data:image/png']").count() == 1
    assert "You multiply the values" in (page.locator("#total-comment").get_attribute("placeholder") or "")
    page.locator("input#explain_mean").fill("3.5")
    page.locator("#explain_mean-comment").fill("Well said, <b>mostly</b>")
    page.locator("input#plot_values").fill("4")
    page.locator("input#explain_mean").focus()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    picture(page, "formgrader")
    assert total(page, formgrader) == before + 7.5
    lesson = Lesson.load(graded, NAME)
    show_feedback(page, lesson, "ada")
    text = page.locator("body").inner_text()
    assert "Well said, <b>mostly</b>" in text and "3.5 of 4 points" in text and "9 of 10 points" in text
    page.emulate_media(color_scheme="dark")
    picture(page, "feedback_dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.emulate_media(color_scheme="light")
    picture(page, "feedback_phone")


def show_feedback(page: Page, lesson: Lesson, student: str) -> None:
    """Write the feedback of a student and open it."""
    with Gradebook(lesson.course_dir / "gradebook.db") as book:
        record = book.record(lesson.name, student)
        assert record is not None
        write_feedback(lesson, record, book.given(lesson.name, student))
    page.goto(feedback_path(lesson.course_dir, lesson.name, student).as_uri())


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def test_nothing_of_a_hostile_students_comes_alive(graded: Path, formgrader: str, page: Page) -> None:
    lesson = Lesson.load(graded, NAME)
    show_feedback(page, lesson, EVE)
    picture(page, "feedback_hostile")
    for place in ("manage_submissions/" + NAME, f"gradebook/{NAME}/{NAME}", "manage_students"):
        page.goto(f"{formgrader}/{place}")
        page.wait_for_load_state("networkidle")
    formgrade(page, formgrader, graded, EVE)
    for link in page.locator(".nbgrader_cell a").all():
        assert (link.get_attribute("href") or "").startswith(("http", "#"))
    page.wait_for_timeout(1500)  # mathematics is set a moment later
    picture(page, "formgrader_hostile")
    assert page.locator("iframe").count() == 0
