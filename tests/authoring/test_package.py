"""The folder to hand out: what it needs, and nothing of the instructor's."""

from pathlib import Path

import pytest

from autograder.authoring.package import is_allowed, unexpected_files, write_package
from tests.support.places import ROOT


def test_it_holds_the_lessons_the_package_and_the_start(built_minicourse: Path, tmp_path: Path) -> None:
    files = write_package(built_minicourse, tmp_path / "student")
    assert Path("release/01-mini/01-mini.ipynb") in files
    assert {Path("course/__init__.py"), Path("course/pyproject.toml")} <= set(files)
    present = {
        path.relative_to(tmp_path / "student") for path in (tmp_path / "student").rglob("*") if path.is_file()
    }
    assert present == set(files)
    assert list(unexpected_files(tmp_path / "student")) == []


def test_the_start_files_of_this_course_are_in_it(tmp_path: Path) -> None:
    files = write_package(ROOT, tmp_path)
    assert {Path("learn.py"), Path("environment.py"), Path("requirements.txt"), Path("LICENSE")} <= set(files)


def test_the_package_is_whole(built_minicourse: Path, tmp_path: Path) -> None:
    package = ROOT / "course"
    files = {path.relative_to(package.parent) for path in package.rglob("*") if path.is_file()}
    kept = {
        path for path in files if not any("cache" in part or part.endswith(".egg-info") for part in path.parts)
    }
    assert kept <= set(write_package(built_minicourse, tmp_path))


def test_what_is_stale_goes_and_a_students_own_stays(built_minicourse: Path, tmp_path: Path) -> None:
    stale, own = tmp_path / "release" / "00-old" / "00-old.ipynb", tmp_path / "work" / "mine.ipynb"
    for file in (stale, own):
        file.parent.mkdir(parents=True)
        file.write_text("{}")
    write_package(built_minicourse, tmp_path)
    assert not stale.exists()
    assert own.exists()


@pytest.mark.parametrize(
    "path",
    [
        "release/01-mini/01-mini.py",
        "release/01-mini/02-mini.ipynb",
        "source/01-mini/01-mini.ipynb",
        "autograder/__init__.py",
        "course/secret/deeper/answers.py",
        "gradebook.db",
        ".predictions.json",
    ],
)
def test_strangers_are_told(path: str, tmp_path: Path) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("")
    assert not is_allowed(Path(path))
    (problem,) = unexpected_files(tmp_path)
    assert problem.place == str(file)
