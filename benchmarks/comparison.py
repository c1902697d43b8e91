"""Stock nbgrader, our grader and the floor, in turn, on the same submissions and one core, with equal scores."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

from classroom import LESSON, hand_in, scores, stock_course
from floor import MODES, floor
from spending import Spent, autograder, nbgrader, on_cores, spend
from table import Row

from autograder.lesson.model import Json, Lesson

__all__ = ["compare", "rows"]

STOCK = "stock"


def compare(
    lesson: Lesson, students: list[str], class_of: list[Json], rounds: int, stock: int, say: Callable[[str], None]
) -> dict[str, Spent]:
    """Measure one submission: by stock, by ours with each kind of figures, and by the floor's modes.

    In each round, stock grades `stock` submissions, ours the whole class, which includes them. The cost of a run
    of one submission is subtracted as start-up. Raises `AssertionError` if scores differ.
    """
    spent: dict[str, list[Spent]] = defaultdict(list)
    with on_cores(1):
        for number in range(rounds):
            for figures in ("none", "graded"):
                spent[figures].append(_ours(lesson, students, figures))
            for mode, each in floor(lesson, class_of, 2).items():
                spent[mode].append(each)
            spent[STOCK].append(_stock(lesson, class_of, stock, number * stock))
            told = ", ".join(f"{name} {1000 * runs[-1].wall:.0f} ms" for name, runs in spent.items())
            say(f"round {number + 1} of {rounds}, a submission: {told}")
    return {
        name: Spent(fmean(run.wall for run in runs), fmean(run.processor for run in runs))
        for name, runs in spent.items()
    }


def _ours(lesson: Lesson, students: list[str], figures: str) -> Spent:
    folder = lesson.course_dir
    words = ["grade", LESSON, "--figures", figures, "--workers", "1", "--force", "--course-dir", folder]
    alone = spend(autograder(*words, "--student", students[0]), folder)
    return _each(alone, spend(autograder(*words), folder), len(students))


def _stock(lesson: Lesson, class_of: list[Json], count: int, first: int) -> Spent:
    """Let stock grade one submission, then `count` others, and check that the scores equal ours."""
    with tempfile.TemporaryDirectory() as there:
        course = Path(there)
        stock_course(course, lesson)
        command = nbgrader("autograde", LESSON)
        hand_in(course, class_of, 1, first + count)
        alone = spend(command, course)
        students = hand_in(course, class_of, count, first)
        whole = spend(command, course)  # skips the first, which is already graded
        for student in students:
            ours, theirs = (scores(folder, student) for folder in (lesson.course_dir, course))
            assert ours == theirs, f"{student}: ours {ours}, stock {theirs}"
    return _each(alone, whole, count)


def _each(alone: Spent, whole: Spent, count: int) -> Spent:
    return Spent((whole.wall - alone.wall) / (count - 1), (whole.processor - alone.processor) / (count - 1))


def rows(spent: dict[str, Spent]) -> list[Row]:
    """Return the rows, as ratios of processor time, since machines are shared."""
    stock, none, graded, least, drawn = (spent[name] for name in (STOCK, "none", "graded", "tests", "figures"))
    return [
        Row("stock nbgrader, a submission on one core", _milliseconds(stock)),
        Row("ours, `--figures none`, a submission on one core", _milliseconds(none)),
        Row("ours, `--figures graded`", _milliseconds(graded)),
        Row("floor: fork + sandbox + the cells and their hidden tests, run plainly", _milliseconds(least)),
        Row("the same without a sandbox, but the graded figure drawn", _milliseconds(drawn)),
        *(Row(f"floor: {what}", _milliseconds(spent[mode])) for mode, what in zip(MODES, WHAT, strict=False)),
        Row.at_least("`--figures none` against stock", stock.processor / none.processor, 25, _wall(stock, none)),
        Row.at_most(
            "`--figures none` against the floor", none.processor / least.processor, 1.6, "×", _wall(none, least)
        ),
        Row(
            "the floor against stock: what a grader of a process for each submission can reach on these",
            f"{stock.processor / least.processor:.3g} ×; {_wall(stock, least)}",
        ),
        Row.at_least(
            "`--figures graded` against stock", stock.processor / graded.processor, 12, _wall(stock, graded)
        ),
        Row(
            "that with the figure drawn against stock",
            f"{stock.processor / drawn.processor:.3g} ×; {_wall(stock, drawn)}",
        ),
    ]


WHAT = ("fork + sandbox alone", "fork + sandbox + the answer cells, without any test")


def _milliseconds(spent: Spent) -> str:
    return f"{1000 * spent.wall:,.0f} ms ({1000 * spent.processor:,.0f} ms of processor time)"


def _wall(more: Spent, less: Spent) -> str:
    return f"{more.wall / less.wall:.3g} × on the wall clock"
