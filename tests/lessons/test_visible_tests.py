"""The visible tests of the lessons, tried on the bank: no right answer fails, and the known traps are named."""

from __future__ import annotations

import ast
import contextlib
import io
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from autograder.authoring.answer_files import AnswerFile
from autograder.authoring.visible_tests import with_misconceptions
from autograder.lesson.source import Manuscript, read_manuscript
from course.testing.trial import Mismatch, expect
from tests.support.answers import bank, lessons, load
from tests.support.places import ROOT

DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
BANK = [(lesson, answer) for lesson in lessons() for answer in bank(lesson)]
RIGHT = [(lesson, answer) for lesson, answer in BANK if answer.kind == "correct"]

LESSON = "01-first-descent"
# What the contract's column of traps says for lesson 1, by key.
TRAPS = {
    "make_line_data": ["one_noise_value", "noise_on_x", "global_random_state", "variance_as_std"],
    "predict_line": ["b_dropped", "w_b_swapped"],
    "mse": ["sum_instead_of_mean", "absolute_value", "halved", "rooted"],
    "gradients": ["sign_flipped", "factor_2_missing", "sum_instead_of_mean", "x_missing", "swapped"],
    "train_step": ["w_updated_first", "step_uphill", "rate_forgotten_on_b", "loss_after_step"],
    "train": ["restarts_each_epoch", "one_epoch_short", "one_epoch_long", "stores_before_step"],
    "plot_training": ["panel_missing", "unlabelled_axis", "learned_line_wrong_epoch"],
    "sweep": ["carried_over", "last_loss_only"],
}


@cache
def manuscript(lesson: str) -> Manuscript:
    return read_manuscript(ROOT / "source" / lesson / f"{lesson}.py")


def what_stands_before(lesson: str, key: str) -> Iterator[ast.Module]:
    """The lesson's own earlier answers, whole, and what else its earlier cells define: no run, no figure."""
    for cell in manuscript(lesson).cells:
        if (cell.role, cell.name) == ("answer", key):
            return
        if cell.role == "answer":
            yield cell.tree
        elif cell.kind == "code":
            yield ast.Module([part for part in cell.tree.body if isinstance(part, DEFINITIONS)], [])


@cache
def visible_test(lesson: str, key: str) -> ast.Module:
    """The test cell as it is built, with the misconceptions of its examples."""
    cell = manuscript(lesson).having("test")[key]
    return ast.parse(with_misconceptions(manuscript(lesson), cell, load(lesson).checks()[key]))


def try_visibly(lesson: str, answer: AnswerFile) -> None:
    """Run the visible test on one answer of the bank, as if the cells before it had run."""
    key = answer.key
    names: dict[str, Any] = {"np": np, "plt": plt, "expect": expect, "__name__": "notebook"}
    given = ast.parse(answer.source)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            for part in [*what_stands_before(lesson, key), given, visible_test(lesson, key)]:
                exec(compile(part, str(answer.path), "exec"), names)
    finally:
        plt.close("all")


def test_there_are_right_answers_to_try():
    assert len(RIGHT) > 30


@pytest.mark.parametrize(
    ("lesson", "answer"), RIGHT, ids=[f"{lesson}/{each.key}/{each.name}" for lesson, each in RIGHT]
)
def test_a_right_answer_passes(lesson, answer):
    try:
        try_visibly(lesson, answer)
    except Mismatch as mismatch:
        pytest.fail(str(mismatch))


@pytest.mark.parametrize(("key", "trap"), [(key, trap) for key, traps in TRAPS.items() for trap in traps])
def test_a_known_trap_is_named(key, trap):
    with pytest.raises(Mismatch, match="→"):
        try_visibly(LESSON, next(each for each in bank(LESSON) if (each.key, each.name) == (key, trap)))


@pytest.mark.parametrize("key", TRAPS)
def test_an_unwritten_answer_is_told_what_to_do(key):
    def unwritten(*arguments: Any, **named: Any) -> None:
        raise NotImplementedError

    unwritten.__name__ = key
    names = {"np": np, "plt": plt, "expect": expect, key: unwritten}
    test = manuscript("01-first-descent").having("test")[key]
    with contextlib.redirect_stdout(io.StringIO()), pytest.raises(Mismatch, match=f"{key} is not written yet"):
        exec(test.source, names)


def test_a_whole_cell_that_was_not_written_is_told_too():
    test = manuscript("01-first-descent").having("test")["sweep"]
    with pytest.raises(Mismatch, match="sweep is not written yet"):
        exec(test.source, {"np": np, "expect": expect})
