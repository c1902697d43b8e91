"""A feedback page says what was found and what a person gave; nothing of a student's is markup in it."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest

from autograder.authoring.answer_files import submitted_notebook
from autograder.gradebook.database import ManualGrade
from autograder.grading import grade as grading
from autograder.grading.judge import Limits
from autograder.grading.submission import parse_submission
from autograder.lesson.model import Lesson
from autograder.records.record import Record
from autograder.reports.autograded import autograded_notebook, harmless
from autograder.reports.feedback import feedback_page
from tests.support import hostile_text
from tests.support import inline_judge as trusted_judge
from tests.support.submissions import RIGHT, as_bytes

WRONG = RIGHT | {"total": "def total(values):\n    return float(np.prod(values))", "mean": "def mean(:"}


class Tags(HTMLParser):
    """Collects what a browser would see as elements, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def record(mini_lesson, monkeypatch):
    monkeypatch.setattr(grading, "judge", trusted_judge.judge)

    def make(answers: dict[str, str], student: str = "ada", predicted: dict | None = None) -> Record:
        notebook = submitted_notebook(mini_lesson, answers, predictions=predicted)
        submission = parse_submission(as_bytes(notebook), mini_lesson, student, "x.ipynb")
        return grading.grade(submission, mini_lesson, Limits(), 1)

    return make


def seen(mini: Lesson, record: Record, given: dict[str, ManualGrade] | None = None) -> Tags:
    return Tags(feedback_page(mini, record, given or {}))


def test_it_says_what_was_called_returned_expected_and_why(mini_lesson, record):
    page = seen(mini_lesson, record(WRONG, predicted={"walk": ([0, 12], 80)}))
    assert "You multiply the values; a sum adds them." in page.text
    assert re.search(r"called\s*total\(\[", page.text) and "returned" in page.text and "expected" in page.text
    assert "float(np.prod(values))" in page.text
    assert "Draw the running sum of ten ones." in page.text and "80 % sure" in page.text
    assert "7 of 40 points; 9 more wait for a person" in " ".join(page.text.split())


def test_points_and_comments_of_a_person_stand_in_place_of_ours(mini_lesson, record):
    given = {
        "explain_mean": ManualGrade(3.0, None, "Well said,\n<b>mostly</b>"),
        "test_total": ManualGrade(4.0, 0.5),
        "plot_values": ManualGrade(5.0, None, "Clear"),
    }
    page = seen(mini_lesson, record(WRONG), given)
    assert "Well said,\n<b>mostly</b>" in page.text and "Clear" in page.text
    assert "4.5 of 10 points" in page.text and "3 of 4 points" in page.text
    assert "17.5 of 40 points" in page.text and "wait for a person" not in page.text


def test_no_line_of_a_check_or_a_solution_is_on_a_page(mini_lesson, record):
    page = feedback_page(mini_lesson, record({"total": WRONG["total"]}), {})
    checks = (mini_lesson.course_dir / "source" / "01-mini" / "checks" / "mini.py").read_text()
    solutions = "\n".join(exercise.solution for exercise in mini_lesson.exercises)
    told = {line.strip() for text in page.split("\n") for line in [text.strip()]}
    secret = [line.strip() for line in (checks + solutions).split("\n") if len(line.strip()) > 24]
    stubs = "\n".join(exercise.stub for exercise in mini_lesson.exercises)
    assert [line for line in secret if line in told and line not in stubs] == []
    assert "generator()" not in page and "Marking" not in page and "math.fsum" not in page


def test_markup_of_a_students_is_text(mini_lesson, record):
    everything = hostile_text.EVERYTHING
    evil = record(RIGHT | {"total": hostile_text.ANSWER, "explain_mean": everything}, student=hostile_text.NAME)
    page = seen(mini_lesson, evil, {"explain_mean": ManualGrade(1.0, None, everything)})
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "iframe", "svg", "object", "form", "base", "link"})
    attributes = [(name, value or "") for _, attrs in page.tags for name, value in attrs.items()]
    assert [name for name, _ in attributes if name.startswith("on")] == []
    links = [value for name, value in attributes if name in ("href", "src")]
    assert all(link.startswith(("https://", "http://", "#", "data:image/png;base64,")) for link in links)
    assert not any(tag == "img" and not str(attrs["src"]).startswith("data:") for tag, attrs in page.tags)
    assert hostile_text.NAME in page.text and "{{ 7 * 7 }}" in page.text
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv"))
    assert "default-src 'none'" in policy and "script" not in policy and "unsafe" not in policy


@pytest.mark.parametrize("markup", hostile_text.MARKUP)
def test_what_formgrader_shows_of_a_written_answer_cannot_come_alive(mini_lesson, record, markup):
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    graded = record(RIGHT | {"total": hostile_text.ANSWER, "explain_mean": markup})
    cells = {cell["id"]: cell for cell in autograded_notebook(mini_lesson, graded)["cells"]}
    shown = Tags(markdown2html_mistune(cells["explain_mean"]["source"]))
    assert {tag for tag, _ in shown.tags} <= {"p", "pre", "code", "div", "span", "em", "strong", "br", "a"}
    assert all(re.match("https?://", str(attrs["href"])) for tag, attrs in shown.tags if tag == "a")
    assert not re.search(r"\\(href|style|unicode|require)", shown.text)
    kinds = {
        kind for cell in cells.values() for output in cell.get("outputs", []) for kind in output.get("data", {})
    }
    assert kinds <= {"text/plain", "image/png"}
    comments = Tags(markdown2html_mistune(graded.comments()["total"]))
    assert {tag for tag, _ in comments.tags} <= {"p", "pre", "code", "div", "span"}


@pytest.mark.parametrize(
    "plain", ["x < 3 and y > 2", "$a < b$", "*It* adds **up**", "see https://numpy.org", "x[0] + 1"]
)
def test_what_is_harmless_stays_as_it_is(plain):
    assert harmless(plain) == plain


def test_a_blank_submission_has_a_page_too(mini_lesson, record):
    page = seen(mini_lesson, record({}))
    assert "0 of 40 points" in page.text and page.text.count("not attempted") == 4


def test_a_page_takes_less_than_20_ms(mini_lesson, record):
    graded = record(WRONG, predicted={"walk": ([0, 12], 80)})
    feedback_page(mini_lesson, graded, {})
    started = time.process_time()
    for _ in range(20):
        feedback_page(mini_lesson, graded, {})
    assert (time.process_time() - started) / 20 < 0.02
