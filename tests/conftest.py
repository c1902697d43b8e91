"""The miniature course, made once as an author makes a course, for every test that needs a lesson."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest

from autograder.authoring.build import build_to_file
from autograder.gradebook.release import release
from autograder.lesson.model import Lesson
from tests.support.places import MINICOURSE

NAME = "01-mini"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds; `make check` leaves it to `make test`")


@pytest.fixture(scope="session")
def built_minicourse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The miniature course, built and released, its lesson in the gradebook; nothing may change it."""
    parallel = worker_id != "master"  # the workers of one run share it: the first to come makes it
    folder = tmp_path_factory.getbasetemp().parent if parallel else tmp_path_factory.mktemp("built")
    course = folder / "minicourse"
    with (folder / "minicourse.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not course.exists():
            unfinished = tmp_path_factory.mktemp("unfinished") / "minicourse"
            shutil.copytree(MINICOURSE, unfinished, ignore=shutil.ignore_patterns("__pycache__"))
            build_to_file(unfinished, NAME)
            release(unfinished, NAME)
            unfinished.rename(course)
    return course


@pytest.fixture
def minicourse(built_minicourse: Path, tmp_path: Path) -> Path:
    """A copy of it for one test to change; nobody has handed in yet."""
    return shutil.copytree(built_minicourse, tmp_path / "minicourse")


@pytest.fixture(scope="session")
def mini_lesson(built_minicourse: Path) -> Lesson:
    """Its lesson."""
    return Lesson.load(built_minicourse, NAME)
