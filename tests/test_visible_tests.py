"""The visible tests of the lessons, tried on the bank: no right answer fails, and the known traps are named."""

from __future__ import annotations

import contextlib
import io
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from autograder.manuscript import Manuscript, read_manuscript
from course.trial import Mismatch, expect

ROOT = Path(__file__).parent.parent
BANK = ROOT / "tests" / "submissions"
LESSONS = sorted(path.parent.name for path in ROOT.glob("source/*/*.py"))
RIGHT = [path for lesson in LESSONS for path in sorted(BANK.glob(f"{lesson}/*/correct_*.py"))]

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


def try_visibly(answer: Path) -> None:
    """Run the visible test on one answer of the bank, after the lesson's own earlier answers."""
    lesson, key = answer.parts[-3:-1]
    answers = manuscript(lesson).having("answer")
    names: dict[str, Any] = {"np": np, "plt": plt, "expect": expect, "__name__": "notebook"}
    earlier = list(answers)[: list(answers).index(key)]
    sources = [*(answers[name].source for name in earlier), answer.read_text(encoding="utf-8")]
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            for source in [*sources, manuscript(lesson).having("test")[key].source]:
                exec(compile(source, str(answer), "exec"), names)
    finally:
        plt.close("all")


def test_there_are_right_answers_to_try():
    assert len(RIGHT) > 30


@pytest.mark.parametrize("answer", RIGHT, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_right_answer_passes(answer):
    try:
        try_visibly(answer)
    except Mismatch as mismatch:
        pytest.fail(str(mismatch))


@pytest.mark.parametrize(("key", "trap"), [(key, trap) for key, traps in TRAPS.items() for trap in traps])
def test_a_known_trap_is_named(key, trap):
    with pytest.raises(Mismatch, match="→"):
        try_visibly(BANK / "01-first-descent" / key / f"{trap}.py")


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_unwritten_answer_is_told_what_to_do(lesson):
    for key, test in manuscript(lesson).having("test").items():
        names: dict[str, Any] = {"np": np, "plt": plt, "expect": expect}

        def unwritten(*arguments: Any, **named: Any) -> None:
            raise NotImplementedError

        unwritten.__name__ = key
        with contextlib.redirect_stdout(io.StringIO()), pytest.raises(Mismatch, match=f"{key} is not written yet"):
            exec(test.source, {**names, key: unwritten})
