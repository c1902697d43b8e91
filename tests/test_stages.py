"""The steps of our own in nbgrader's pipelines, one by one."""

from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder import stages
from autograder.stages import blank_form
from course.question import question_from_call
from course.record import MIME, Record

CALL = 'predict.number("slope", "How steep?", low=0, high=10)'
RESOURCES: dict[str, Any] = {"nbgrader": {"assignment": "01-mini", "notebook": "01-mini"}}


def marked(identity: str, source: str = "", **mark: Any) -> NotebookNode:
    cell = new_code_cell(source, id=identity)
    defaults = {"grade": False, "solution": False, "locked": True, "grade_id": identity, "schema_version": 3}
    cell.metadata["nbgrader"] = nbformat.from_dict({**defaults, **mark})
    return cell


def record(name: str = "slope", late: bool = False) -> NotebookNode:
    call = CALL.replace("slope", name)
    locked = Record.lock("01-mini", question_from_call(call), 3, 80, late=late)
    return new_output("display_data", {MIME: locked.payload(), "text/plain": ""})


def settled(*cells: NotebookNode) -> tuple[str, str]:
    """What the prediction cell holds after both steps: the reason and the value."""
    read = NotebookNode(cells=list(cells), metadata=NotebookNode())  # as read from a file, valid or not
    notebook, resources = stages.LiftPredictions().preprocess(read, RESOURCES)
    for cell in notebook.cells:
        cell.outputs = []
    notebook, _ = stages.SettlePredictions().preprocess(notebook, resources)
    assert "predictions" not in notebook.metadata
    reason, value = notebook.cells[0].outputs
    return reason.text, value.data["text/plain"]


def prediction(*outputs: Any) -> NotebookNode:
    cell = marked("prediction_slope", CALL, grade=True, points=0.75)
    cell.outputs = list(outputs)
    return cell


def test_a_locked_prediction_earns_its_points() -> None:
    assert settled(prediction(record())) == ("Locked in before the answer was shown.\n", "0.75")


def test_a_record_counts_wherever_it_was_locked() -> None:
    plain = new_code_cell("predict.lock(...)", id="plain_slope", outputs=[record()])
    assert settled(prediction(), plain)[1] == "0.75"


@pytest.mark.parametrize(
    "outputs",
    [
        [],
        [record(late=True)],
        [record("other")],
        [new_output("display_data", {MIME: {"format": 1}})],
        [new_output("stream", text="0.75")],
        [new_output("execute_result", {"text/plain": "0.75"})],
        [NotebookNode(output_type="display_data", data=None)],
        [NotebookNode(output_type="display_data", data=MIME)],
        [None],
    ],
)
def test_anything_else_earns_nothing_and_says_why(outputs: list[Any]) -> None:
    reason, value = settled(prediction(*outputs))
    assert value == "0.0"
    assert reason.strip()


@pytest.mark.parametrize(
    ("value", "dots"),
    [("3", "..."), ("[1, 2]", "..."), ('{"a": "x", "b": "y"}', "{'a': ..., 'b': ...}")],
)
def test_the_plain_form_shows_where_the_value_goes(value: str, dots: str) -> None:
    words, line = blank_form("slope", CALL, f'predict.lock("slope", {value}, sure=60)').splitlines()
    assert line == f'# predict.lock("slope", {dots}, sure=70)'
    assert "like 1.5 in place of the dots" in words


def test_warnings_leave_graded_cells_alone() -> None:
    streams = [new_output("stream", name=name, text=name) for name in ("stderr", "stdout")]
    graded, free = marked("test_mse", grade=True, points=2), new_code_cell(id="free")
    graded.outputs, free.outputs = list(streams), list(streams)
    notebook, _ = stages.DropWarnings().preprocess(new_notebook(cells=[graded, free]), RESOURCES)
    assert [[output.name for output in cell.outputs] for cell in notebook.cells] == [
        ["stdout"],
        ["stderr", "stdout"],
    ]


def test_feedback_keeps_a_students_traceback_and_drops_ours() -> None:
    error = {"ename": "NameError", "evalue": "no mse", "traceback": ["line of the check", "NameError: no mse"]}
    ours, told = marked("test_mse"), marked("test_told")
    theirs = marked("mse", solution=True, locked=False)
    ours.outputs, theirs.outputs = [new_output("error", **error)], [new_output("error", **error)]
    told.outputs = [new_output("error", **{**error, "ename": "Incorrect", "evalue": "It is the sum."})]
    notebook, _ = stages.HideOurCode().preprocess(new_notebook(cells=[ours, theirs, told]), RESOURCES)
    assert [cell.outputs[0].traceback for cell in notebook.cells] == [
        ["NameError: no mse"],
        error["traceback"],
        ["It is the sum."],
    ]
