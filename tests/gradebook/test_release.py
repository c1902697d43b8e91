"""The students' notebook: nothing of the answers, the lesson's version, and an instructor's data left alone."""

import json
import re
import shutil
from pathlib import Path

import pytest

from autograder.authoring.build import build_to_file
from autograder.gradebook.release import release, released_text
from autograder.records.problem import LessonError

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


def test_no_other_file_of_the_lesson_is_copied(minicourse: Path) -> None:
    folder = minicourse / "source" / NAME
    (folder / ".predictions.json").write_text("{}")
    shutil.copy(folder / f"{NAME}.py", folder / "answers.py")
    release(minicourse, NAME)
    assert [path.name for path in (minicourse / "release" / NAME).iterdir()] == [f"{NAME}.ipynb"]
