"""What several test modules need: the miniature course, ready to be graded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.gradebook.database import Gradebook
from autograder.gradebook.entry import enter_lesson
from autograder.lesson.model import Lesson
from tests.support import mini_course
from tests.support.places import MINICOURSE


@pytest.fixture(scope="session")
def mini_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the miniature course that no test writes to."""
    return mini_course.make_course(tmp_path_factory.mktemp("master") / "course")


@pytest.fixture(scope="session")
def entered(mini_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the lesson in its gradebook: nobody has handed in yet."""
    course = shutil.copytree(mini_master, tmp_path_factory.mktemp("entered") / "course")
    with Gradebook(course / "gradebook.db") as book:
        enter_lesson(book, Lesson.load(course, mini_course.NAME))
    return course


@pytest.fixture
def course(entered: Path, tmp_path: Path) -> Path:
    """A copy of that for one test."""
    return shutil.copytree(entered, tmp_path / "course")


@pytest.fixture(scope="session")
def mini(mini_master: Path) -> Lesson:
    """Its lesson."""
    return Lesson.load(mini_master, mini_course.NAME)


@pytest.fixture(scope="session")
def built_minicourse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature course, executed and released as an author does it; nothing may change it."""
    from autograder.authoring.build import build_to_file
    from autograder.gradebook.release import release

    course = tmp_path_factory.mktemp("built") / "mini"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(MINICOURSE, course, ignore=ignored)
    build_to_file(course, mini_course.NAME)
    release(course, mini_course.NAME)
    return course


@pytest.fixture
def minicourse(built_minicourse: Path, tmp_path: Path) -> Path:
    """A copy of it for one test to change."""
    return Path(shutil.copytree(built_minicourse, tmp_path / "mini"))


@pytest.fixture(scope="session")
def mini_lesson(built_minicourse: Path) -> Lesson:
    """Its lesson."""
    return Lesson.load(built_minicourse, mini_course.NAME)
