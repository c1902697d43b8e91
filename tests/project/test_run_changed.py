"""`make check`: what has changed decides what is tested."""

from __future__ import annotations

import pytest

from tests import run_changed
from tests.run_changed import called_for_by, changed_files, lessons_in, phases, users_of
from tests.support.places import ROOT

ROOMS = "tests/project/test_rooms.py"


@pytest.mark.parametrize(
    ("file", "tests"),
    [
        ("autograder/grading/judge.py", {"tests/grading", ROOMS}),
        ("autograder/sealed/inside/wire.py", {"tests/sealed", ROOMS}),
        ("autograder/reports/templates/feedback.html", {"tests/reports"}),
        ("course/predictions/lock.py", {"tests/course/predictions", ROOMS}),
        ("course/tutor.py", {"tests/course/test_tutor.py", ROOMS}),
        ("tests/lesson/test_model.py", {"tests/lesson/test_model.py", ROOMS}),
        ("tests/minicourse/source/01-mini/01-mini.py", {"tests/authoring", ROOMS}),
        ("docs/glossary.md", set()),
        ("source/04-autograd/04-autograd.py", set()),
    ],
)
def test_a_changed_file_calls_for_the_tests_of_its_room(file: str, tests: set[str]) -> None:
    assert set(called_for_by(file)) == tests


def test_a_changed_helper_calls_for_the_tests_that_use_it() -> None:
    assert "tests/grading/test_workers.py" in set(users_of("dask_cluster"))
    assert "tests/lesson/test_model.py" not in set(users_of("dask_cluster"))


def test_a_changed_lesson_is_verified() -> None:
    lesson = next(path.name for path in sorted((ROOT / "source").iterdir()) if path.is_dir())
    changed = [f"source/{lesson}/checks/any.py", f"source/{lesson}/{lesson}.py", "source/99-removed/x.py"]
    assert lessons_in(changed) == [lesson]
    names = [phase.name for phase in phases(changed)]
    assert names == ["verify", "lint"]
    assert phases(changed)[0].command[-2:] == ["verify", lesson]


def test_style_and_types_are_always_asked_for_and_slow_tests_never() -> None:
    (lint,) = phases([])
    assert lint.name == "lint"
    tests = phases(["autograder/grading/judge.py"])[0]
    assert "not slow and not browser and not torch" in tests.command


def test_what_is_new_or_changed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter(["b.py\na.py\n", "new.py\na.py\n"])
    monkeypatch.setattr(run_changed.subprocess, "check_output", lambda *words, **named: next(said))
    assert changed_files() == ["a.py", "b.py", "new.py"]
