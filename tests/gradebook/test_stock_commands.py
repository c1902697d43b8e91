"""Stock nbgrader commands, run as they come in a copy of the miniature course, give the same bytes and scores."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.answer_files import full_marks, read_answers, submitted_notebook
from autograder.gradebook.settings import load_config
from autograder.lesson.model import Lesson
from tests.support.places import MINICOURSE
from tests.support.stock_command import stock

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stock")]  # one process: what it prepares is costly
NAME = "01-mini"
BANK = {(answer.key, answer.name): answer.source for answer in read_answers(MINICOURSE, NAME)}
GRADED_BY_HAND = {"plot_values", "explain_mean"}


def submit(course: Path, student: str, notebook: dict) -> None:
    file = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(notebook), encoding="utf-8")


def scores(course: Path, student: str) -> dict[str, float | None]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        grades = book.find_submission_notebook(NAME, NAME, student).grades
        return {grade.name: None if grade.needs_manual_grade else grade.auto_score for grade in grades}


def page(course: Path, student: str) -> str:
    return (course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")


def mixed(lesson: Lesson) -> dict:
    """One right with a warning, one half right, one wrong; a prediction locked in time, one late, one missing."""
    warning = "import sys\n\nprint('careful', file=sys.stderr)\n"
    return submitted_notebook(
        lesson,
        answers={
            "total": warning + BANK["total", "correct_builtin"],
            "mean": BANK["mean", "plain_empty_list"],
            "plot_values": BANK["plot_values", "unlabelled_axis"],
        },
        predictions={"walk": ([0, 10], 90), "sum_sign": ("b", 50)},
        late=frozenset({"sum_sign"}),
    )


@pytest.fixture(scope="module")
def graded(built_minicourse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shutil

    course = Path(shutil.copytree(built_minicourse, tmp_path_factory.mktemp("stock") / "mini"))
    lesson = Lesson.load(course, NAME)
    noisy = BANK["total", "correct_builtin"].replace("def total", "np.float64(1e300) * 1e300\n\n\ndef total")
    submit(course, "blank", submitted_notebook(lesson))
    submit(course, "full", full_marks(lesson))
    submit(course, "mixed", mixed(lesson))
    submit(course, "noisy", submitted_notebook(lesson, answers={"total": noisy}))
    (course / "submitted" / "noisy" / NAME / "numpy.py").write_text("raise SystemExit")
    stock(course, "autograde", NAME)
    stock(course, "generate_feedback", NAME)
    return course


def test_generate_assignment_gives_the_bytes_of_our_release(minicourse: Path) -> None:
    file = minicourse / "release" / NAME / f"{NAME}.ipynb"
    ours = file.read_bytes()
    stock(minicourse, "generate_assignment", NAME, "--force")
    assert file.read_bytes() == ours
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_an_untouched_release_scores_nothing_and_waits_for_nobody(graded: Path) -> None:
    assert set(scores(graded, "blank").values()) == {0.0}


def test_the_solutions_score_full(graded: Path) -> None:
    found = scores(graded, "full")
    assert {key for key, score in found.items() if score is None} == GRADED_BY_HAND
    assert sum(score for score in found.values() if score is not None) == 40 - 5 - 4


def test_partial_credit_warnings_and_predictions(graded: Path) -> None:
    found = scores(graded, "mixed")
    assert found == {
        "prediction_sum_sign": 0.0, "test_total": 10.0, "prediction_mean_of_five": 0.0, "test_mean": 5.0,
        "prediction_walk": 2.0, "plot_values": None, "test_plot_values": 0.0, "explain_mean": 0.0,
    }  # fmt: skip
    assert scores(graded, "noisy")["test_total"] == 10.0


def test_feedback_says_why(graded: Path) -> None:
    said = page(graded, "mixed")
    assert "A reader cannot tell what your axes show: label both." in said
    assert "It was locked in after the answer was shown" in said
    assert "No prediction was locked in." in said
    assert "Locked in before the answer was shown." in said


@pytest.mark.parametrize("student", ["blank", "full", "mixed", "noisy"])
def test_feedback_shows_no_line_of_a_check(graded: Path, student: str) -> None:
    text = re.sub(r"<[^>]+>", "", page(graded, student))
    assert re.findall(r"HIDDEN TESTS|from checks|check_total|check_mean|mini\.py|autograder", text) == []
    assert sorted(path.name for path in (graded / "feedback" / student / NAME).iterdir()) == [f"{NAME}.html"]


def test_nothing_but_the_notebook_is_taken_from_a_submission(graded: Path) -> None:
    assert [path.name for path in (graded / "autograded" / "noisy" / NAME).iterdir()] == [f"{NAME}.ipynb"]


def test_validate_runs_the_visible_tests(graded: Path) -> None:
    said = stock(graded, "validate", f"release/{NAME}/{NAME}.ipynb")
    assert "total is not written yet: fill in the cell above and run it." in said
    assert "check_total" not in said
    assert "Success!" in stock(graded, "validate", f"submitted/full/{NAME}/{NAME}.ipynb")


def test_the_config_refuses_where_the_course_is_not_installed(minicourse: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "nbgrader", "generate_assignment", NAME, "--force"],
        cwd=minicourse,
        env={**os.environ, "PYTHONPATH": str(_broken_package(minicourse))},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "Install the course first" in done.stdout + done.stderr
    assert (minicourse / "release" / NAME / f"{NAME}.ipynb").exists()


def _broken_package(course: Path) -> Path:
    """A folder whose `autograder` cannot be imported, before any other on the path."""
    folder = course / "broken"
    (folder / "autograder").mkdir(parents=True)
    (folder / "autograder" / "__init__.py").write_text("raise ImportError('not installed')")
    return folder


def test_formgrader_reads_the_same_lists(minicourse: Path) -> None:
    config = load_config(minicourse)
    from nbgrader.converters import Autograde, GenerateFeedback
    from nbgrader.coursedir import CourseDirectory

    directory = CourseDirectory(config=config)
    names = [step.__name__ for step in Autograde(coursedir=directory, config=config).sanitize_preprocessors]
    assert names == ["SealedGrading"]
    assert "HideOurCode" in [
        step.__name__ for step in GenerateFeedback(coursedir=directory, config=config).preprocessors
    ]
    assert directory.root == str(minicourse)
