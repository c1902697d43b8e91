"""The students' notebook: nothing of the answers, the lesson's version, and an instructor's data left alone."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.__main__ import main
from autograder.authoring.build import build_to_file
from autograder.authoring.package import unexpected_files
from autograder.gradebook.release import release, released_text
from autograder.records.problem import LessonError
from tests.support.stock_command import stock

NAME = "01-mini"


def edit(course: Path, old: str, new: str) -> None:
    file = course / "source" / NAME / f"{NAME}.py"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def cells(text: str) -> dict[str, dict]:
    return {cell["id"]: cell for cell in json.loads(text)["cells"]}


def source(cell: dict) -> str:
    return "".join(cell["source"])


@pytest.fixture(scope="module")
def released(built_minicourse: Path) -> str:
    return (built_minicourse / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")


def test_a_second_release_gives_the_same_bytes(built_minicourse: Path, released: str) -> None:
    assert released_text(built_minicourse, NAME) == released


def test_the_release_folder_holds_the_notebook_alone(built_minicourse: Path) -> None:
    files = [
        path.relative_to(built_minicourse / "release") for path in (built_minicourse / "release").rglob("*.*")
    ]
    assert files == [Path(NAME, f"{NAME}.ipynb")]


def test_answers_are_stubs(released: str) -> None:
    made = cells(released)
    assert source(made["total"]).endswith("    # YOUR CODE HERE\n    raise NotImplementedError()")
    assert source(made["explain_mean"]).endswith("\n\n*Write your answer here, in place of this line.*")
    assert all(not cell.get("outputs") for cell in made.values())


def test_nothing_of_the_instructor_is_in_it(released: str) -> None:
    secrets = r"SOLUTION|HIDDEN|Marking|autograder|checks\.mini|check_total|jupytext|running \+=|returns? figure"
    assert re.findall(secrets, released) == []


def test_the_plain_form_is_a_comment_that_says_how(released: str) -> None:
    made = cells(released)
    assert source(made["plain_mean_of_five"]).splitlines() == [
        "# No widget above? Write your prediction like 1.5 in place of the dots, and take off the #.",
        '# predict.lock("mean_of_five", ..., confidence=70)',
    ]


def test_reveals_are_folded_and_our_cells_locked(released: str) -> None:
    made = cells(released)
    assert made["reveal_walk"]["metadata"]["jupyter"] == {"source_hidden": True}
    assert made["test_total"]["metadata"]["editable"] is False
    assert "editable" not in made["total"]["metadata"]
    assert source(made["test_total"]).endswith("expect(total, []).gives(0.0)")


def test_the_version_follows_what_is_asked_alone(minicourse: Path, released: str) -> None:
    first = json.loads(released)["metadata"]["first_descent"]
    assert first["lesson"] == NAME
    assert re.fullmatch("[0-9a-f]{8}", first["version"])
    edit(minicourse, "it teaches nothing new", "it teaches nothing")
    edit(minicourse, "running = 0.0", "running = 0.0 + 0.0")
    build_to_file(minicourse, NAME)
    assert release(minicourse, NAME).version == first["version"]
    edit(minicourse, "The sum of the values, as a float.", "The sum of all values, as a float.")
    build_to_file(minicourse, NAME)
    assert release(minicourse, NAME).version != first["version"]


def test_only_a_real_release_enters_the_gradebook(minicourse: Path) -> None:
    (minicourse / "gradebook.db").unlink()
    released_text(minicourse, NAME)
    assert not (minicourse / "gradebook.db").exists()
    release(minicourse, NAME)
    assert (minicourse / "gradebook.db").exists()


def submit(course: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.add_student("ada")
        book.add_submission(NAME, "ada")
        grade = book.find_grade("explain_mean", NAME, NAME, "ada")
        grade.manual_score = 3.0
        book.db.commit()


def manual_score(course: Path) -> float:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return book.find_grade("explain_mean", NAME, NAME, "ada").manual_score


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_grades_survive_a_release(minicourse: Path) -> None:
    submit(minicourse)
    edit(minicourse, "it teaches nothing new", "it teaches nothing")
    build_to_file(minicourse, NAME)
    assert release(minicourse, NAME).changed
    assert manual_score(minicourse) == 3.0


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_cells_that_changed_under_a_class_are_told_and_nothing_is_lost(minicourse: Path) -> None:
    submit(minicourse)
    before = (minicourse / "release" / NAME / f"{NAME}.ipynb").read_bytes()
    edit(minicourse, 'locked="picture"', 'locked="image"')
    build_to_file(minicourse, NAME)
    with pytest.raises(LessonError, match=r"its cells have changed \(added: image; removed: picture\)") as caught:
        release(minicourse, NAME)
    assert "in a copy of this folder" in str(caught.value)
    assert (minicourse / "release" / NAME / f"{NAME}.ipynb").read_bytes() == before
    assert manual_score(minicourse) == 3.0


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_changed_points_are_told(minicourse: Path) -> None:
    submit(minicourse)
    edit(minicourse, 'test="total" points=10', 'test="total" points=12')
    edit(minicourse, 'test="mean" points=10', 'test="mean" points=8')
    build_to_file(minicourse, NAME)
    (note,) = release(minicourse, NAME).notes
    assert note.startswith("points changed (test_total 10 to 12, test_mean 10 to 8): grade again")


def test_a_lesson_that_nbgrader_refuses_is_told(minicourse: Path) -> None:
    file = minicourse / "source" / NAME / f"{NAME}.ipynb"
    text = file.read_text(encoding="utf-8").replace("### END SOLUTION", "### THE END")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError, match="nbgrader refuses it: RuntimeError: no end solution statement found"):
        release(minicourse, NAME)


# What may lie in a lesson's folder beside its text and its notebook, where an instructor works.
CLUTTER = [
    "answers/total/known.toml",
    "answers/.ipynb_checkpoints/total-checkpoint.py",
    "checks/__pycache__/mini.cpython-311.pyc",
    ".ipynb_checkpoints/01-mini-checkpoint.ipynb",
    ".predictions.json",
    "README",
    "data.csv",
    "notes.txt",
    "solutions/total.html",
    "timestamp.txt",
]


@pytest.mark.parametrize("road", ["autograder release", "nbgrader generate_assignment"])
def test_nothing_but_the_notebook_reaches_students(minicourse: Path, road: str) -> None:
    folder = minicourse / "source" / NAME
    assert (folder / "checks").is_dir() and (folder / "answers").is_dir()
    for name in CLUTTER:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("SECRET = 1\n")
    shutil.rmtree(minicourse / "release")
    if road == "autograder release":
        result = CliRunner().invoke(main, ["release", NAME, "--course-dir", str(minicourse)])
        assert result.exit_code == 0, result.output
        handed_out = list(files_in(minicourse / "dist" / "student" / "release"))
        assert handed_out == [f"{NAME}/{NAME}.ipynb"]
        assert list(unexpected_files(minicourse / "dist" / "student")) == []
    else:
        stock(minicourse, "generate_assignment", NAME, "--force")
    assert list(files_in(minicourse / "release")) == [f"{NAME}/{NAME}.ipynb"]


def files_in(folder: Path) -> Iterator[str]:
    """Everything in a folder, empty folders and hidden files included, as paths from it."""
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() or not any(path.iterdir()):
            yield path.relative_to(folder).as_posix()


@pytest.mark.parametrize("road", ["autograder release", "nbgrader generate_assignment"])
def test_a_copy_of_the_notebook_beside_it_is_refused(minicourse: Path, road: str) -> None:
    notebook = minicourse / "source" / NAME / f"{NAME}.ipynb"
    shutil.copy(notebook, notebook.with_name(f"{NAME}-Copy1.ipynb"))
    told = f"source/{NAME}/{NAME}-Copy1.ipynb is not the lesson's notebook: move it elsewhere"
    if road == "autograder release":
        with pytest.raises(LessonError, match=re.escape(told)):
            release(minicourse, NAME)
    else:
        assert told in stock(minicourse, "generate_assignment", NAME, "--force", code=1)
        assert not (minicourse / "release" / NAME / f"{NAME}-Copy1.ipynb").exists()
