"""What several test modules need: the miniature course, ready to be graded."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("autograder.judge") is None:
    import trusted_judge

    sys.modules["autograder.judge"] = trusted_judge

import mini_course
import pytest

from autograder.lesson import Lesson


@pytest.fixture(scope="session")
def mini_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the miniature course that no test writes to."""
    return mini_course.make_course(tmp_path_factory.mktemp("master") / "course")


@pytest.fixture(scope="session")
def mini(mini_master: Path) -> Lesson:
    """Its lesson."""
    return Lesson.load(mini_master, mini_course.NAME)
