"""Is my file ready: what a saved notebook lacks, said once each, with the cure."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from autograder.lesson.model import TEXT_STUB
from course.predictions import readiness, session
from course.predictions.lock import LockedPrediction, embed_record
from course.predictions.question import Number
from course.predictions.readiness import find_file, is_behind, missing, ready, report
from tests.support.places import ROOT

LESSON = "01-first-descent"
QUESTION = Number("first_loss", "What is the loss?")
ASKS = 'predict.number("first_loss", "What is the loss?")'
STUB = "def mse(y, y_pred):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
ANSWER = "def mse(y, y_pred):\n    return ((y - y_pred) ** 2).mean()"


def cell(source: str, grade_id: str = "", kind: str = "code", **more: Any) -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    runs = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": "x", "metadata": metadata, "source": source, **runs, **more}


def prediction(name: str = "first_loss", lesson: str = LESSON) -> dict[str, Any]:
    question = Number(name, "What is the loss?")
    return embed_record(cell(ASKS, f"prediction_{name}"), LockedPrediction.lock(lesson, question, 3.0, 80))


@pytest.fixture
def begun(tmp_path: Path) -> session.Session:
    return session.Session(LESSON, session.Store(LESSON, tmp_path), interactive=True)


def write(folder: Path, *cells: dict[str, Any], name: str = f"{LESSON}.ipynb") -> Path:
    path = folder / name
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def points(begun: session.Session, folder: Path, *cells: dict[str, Any], **more: Any) -> list[str]:
    return list(missing(write(folder, *cells, **more), begun))


def test_a_finished_file_is_ready(begun: session.Session, tmp_path: Path) -> None:
    finished = [cell(ANSWER, "mse"), cell("My reasons.", "explain", "markdown"), prediction()]
    shown = cell("show(figure, 'the test data')", "test_picture")  # of the lesson's own cells, and no test
    shown["metadata"]["nbgrader"]["grade"] = False
    finished.append(shown)
    assert points(begun, tmp_path, *finished) == []
    said = report(tmp_path / f"{LESSON}.ipynb", LESSON, [])
    assert said.startswith(f"Ready: hand in {LESSON}.ipynb\n") and str(tmp_path) in said


@pytest.mark.parametrize(
    ("unfinished", "said"),
    [
        (cell(STUB, "mse"), "mse: the answer is blank."),
        (cell(STUB), "mse: the answer is blank."),
        (cell("    # YOUR CODE HERE\n    raise NotImplementedError()"), "x: the answer is blank."),
        (cell(ANSWER + "\n    raise NotImplementedError()", "mse"), "mse: the line raise NotImpl"),
        (cell(f"Why?\n\n{TEXT_STUB}", "explain", "markdown"), "explain: the text is blank."),
        (cell(ASKS, "prediction_first_loss"), "first_loss: the prediction is not locked in."),
        (prediction(lesson="02-vectors"), "first_loss: the prediction is not locked in."),
        (cell("expect(mse)", "test_mse"), "mse: its answer cell is gone."),
    ],
)
def test_what_is_unfinished_is_named_once(
    begun: session.Session, tmp_path: Path, unfinished: dict[str, Any], said: str
) -> None:
    (point,) = points(begun, tmp_path, cell("import numpy as np", "setup"), unfinished)
    assert point.startswith(said)


def test_a_prediction_locked_but_not_saved_is_told_so(begun: session.Session, tmp_path: Path) -> None:
    begun.questions["first_loss"] = QUESTION
    begun.lock("first_loss", 3.0, 80)
    (point,) = points(begun, tmp_path, cell(ASKS))
    assert "locked in, but not saved" in point


def test_a_skipped_prediction_is_not_asked_for_again(begun: session.Session, tmp_path: Path) -> None:
    begun.questions["first_loss"] = QUESTION
    begun.skip("first_loss")
    assert points(begun, tmp_path, cell(ASKS)) == []


def test_another_file_name_is_told(begun: session.Session, tmp_path: Path) -> None:
    (point,) = points(begun, tmp_path, cell(ANSWER), name="mine.ipynb")
    assert "Rename it to 01-first-descent.ipynb" in point


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"cells": [1]}', "\x00"])
def test_a_damaged_file_is_told(begun: session.Session, tmp_path: Path, content: str) -> None:
    path = tmp_path / f"{LESSON}.ipynb"
    path.write_text(content)
    (point,) = missing(path, begun)
    assert "cannot be read as a notebook" in point


def saved(*runs: tuple[int | None, str]) -> list[dict[str, Any]]:
    return [cell(source, execution_count=number) for number, source in runs]


@pytest.mark.parametrize(
    ("file", "history", "behind"),
    [
        (saved((1, "a"), (2, "b")), ["", "a", "b", "ready()"], False),
        (saved((1, "a"), (3, "b2")), ["", "a", "b1", "b2", "ready()"], False),  # replaced by a later run
        (saved((1, "a"), (2, "b1")), ["", "a", "b1", "b2", "ready()"], True),  # ran after the save
        (saved((1, "a"), (2, "b1"), (3, "c")), ["", "a", "b2", "c", "ready()"], True),  # an older session's save
        (saved((1, "a"), (2, "b")), ["", "b", "a", "ready()"], False),  # the same, run in another order
        (saved((1, "a"), (4, "ready()")), ["", "a", "scratch", "scratch2", "ready()", "ready()"], False),
        (saved((None, "a")), ["", "ready()"], False),
        (saved((None, "a")), [], False),
    ],
)
def test_a_file_older_than_what_ran_is_recognised(
    file: list[dict[str, Any]], history: list[str], behind: bool
) -> None:
    assert is_behind(file, history) is behind


def test_the_file_is_found_by_its_name_or_alone_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "notebook_path", lambda: str(tmp_path / "renamed-since.ipynb"))
    assert find_file(LESSON, tmp_path) is None
    other = write(tmp_path, name="other.ipynb")
    assert find_file(LESSON, tmp_path) == other
    mine = write(tmp_path)
    assert find_file(LESSON, tmp_path) == mine
    monkeypatch.setattr(readiness, "notebook_path", lambda: str(other))
    assert find_file(LESSON, tmp_path) == other


def test_where_nobody_looks_the_line_is_always_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    session.begin(LESSON)
    ready()
    assert capsys.readouterr().out == readiness.NOBODY_LOOKING + "\n"


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[Any]:
    named = str(tmp_path / f"{LESSON}.ipynb")
    here = {**os.environ, "JPY_SESSION_NAME": named, "PYTHONPATH": str(ROOT)}
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path), env=here)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client: Any, source: str) -> str:
    """Run a cell as a front end with a person does, and return what it printed."""
    printed: list[str] = []

    def collect(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    reply = client.execute_interactive(source, allow_stdin=True, output_hook=collect, timeout=60)
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(printed)


def test_in_a_kernel_an_unsaved_answer_is_asked_for_until_it_is_saved(kernel: Any, tmp_path: Path) -> None:
    begin = f"from course import begin, ready\nbegin({LESSON!r})"
    write(tmp_path, cell(begin, execution_count=1), cell(STUB, "mse"), cell("ready()"))
    run(kernel, begin)
    run(kernel, ANSWER)
    said = run(kernel, "ready()")
    assert said.startswith("Not ready yet: 2 things are missing") and "that is not in the file" in said
    write(tmp_path, cell(begin, execution_count=1), cell(ANSWER, "mse", execution_count=2), cell("ready()"))
    said = run(kernel, "ready()")
    assert said.startswith(f"Ready: hand in {LESSON}.ipynb\nIt was saved at ")
