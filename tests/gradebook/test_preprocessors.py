"""The steps of our own in nbgrader's pipelines, one by one."""

from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.gradebook import preprocessors as stages
from autograder.gradebook.preprocessors import blank_form

CALL = 'predict.number("slope", "How steep?", low=0, high=10)'
RESOURCES: dict[str, Any] = {"nbgrader": {"assignment": "01-mini", "notebook": "01-mini"}}


def marked(identity: str, source: str = "", **mark: Any) -> NotebookNode:
    cell = new_code_cell(source, id=identity)
    defaults = {"grade": False, "solution": False, "locked": True, "grade_id": identity, "schema_version": 3}
    cell.metadata["nbgrader"] = nbformat.from_dict({**defaults, **mark})
    return cell


@pytest.mark.parametrize(
    ("value", "dots"),
    [("3", "..."), ("[1, 2]", "..."), ('{"a": "x", "b": "y"}', "{'a': ..., 'b': ...}")],
)
def test_the_plain_form_shows_where_the_value_goes(value: str, dots: str) -> None:
    words, line = blank_form("slope", CALL, f'predict.lock("slope", {value}, confidence=60)').splitlines()
    assert line == f'# predict.lock("slope", {dots}, confidence=70)'
    assert "like 1.5 in place of the dots" in words


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
