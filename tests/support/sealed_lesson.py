"""A small lesson of its own for the judge's tests: exercises that build on each other, a class, a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checking.check import Call, Check, Finding, check, generator
from autograder.lesson.model import Exercise, Lesson

SETUP = "import numpy as np\nimport matplotlib.pyplot as plt"

SOLUTIONS = {
    "double": "def double(x):\n    return 2 * x",
    "quadruple": "def quadruple(x):\n    return double(double(x))",
    "counter": (
        "class Counter:\n"
        "    def __init__(self, start):\n        self.total = start\n        self.seen = np.zeros(3)\n"
        "    def add(self, n):\n        self.total += n\n        self.seen[0] += 1\n        return self.total"
    ),
    "counter_reset": (
        "class Counter(Counter):\n    def reset(self):\n        self.add(-self.total)\n        return self.total"
    ),
    "plot_line": (
        "def plot_line(x):\n"
        "    figure, axes = plt.subplots(figsize=(3, 2))\n    axes.plot(x, quadruple(x))\n    return figure"
    ),
}


@check(added="Twice a number is not the number plus two.")
def check_double(double: Any) -> Iterator[Finding]:
    """double(x) is twice x."""
    x = generator().normal(size=4)
    yield Call(double, x).gives(2 * x, {"added": x + 2})


@check()
def check_quadruple(quadruple: Any) -> Iterator[Finding]:
    """quadruple(x) is four times x."""
    x = float(generator().normal())
    yield Call(quadruple, x).gives(4 * x)


@check()
def check_counter(Counter: Any) -> Iterator[Finding]:
    """Counter(start).add(n) gives the total."""
    counter = Counter(3)
    yield Call(counter.add, 4).gives(7, part="add")
    yield Call(counter.add, 1).gives(8, part="add")
    yield Call(lambda: counter.seen).gives(np.array([2.0, 0.0, 0.0]), part="seen")


@check()
def check_counter_reset(Counter: Any) -> Iterator[Finding]:
    """reset() brings the total to 0."""
    counter = Counter(3)
    yield Call(counter.add, 2).satisfies(lambda total: total == 5, "5")
    yield Call(counter.reset).gives(0)
    yield Call(lambda: (counter.total, counter.seen.tolist())).gives((0, [2.0, 0.0, 0.0]))


@check()
def check_plot_line(plot_line: Any) -> Iterator[Finding]:
    """plot_line(x) is a figure with the line from x to four times x."""
    x = np.sort(generator().normal(size=3))
    call = Call(plot_line, x)
    yield call.satisfies(lambda figure: figure.axes[0].get_lines()[0] is not None, "a figure")
    line = call.value.axes[0].get_lines()[0]
    yield Call(lambda: np.asarray(line.get_ydata())).gives(4 * x)


CHECKS = {
    each.key: each for each in (check_double, check_quadruple, check_counter, check_counter_reset, check_plot_line)
}


@dataclass(frozen=True)
class SealedLesson(Lesson):
    """A lesson whose checks are those above, or others by the test."""

    own_checks: Any = None

    def checks(self) -> dict[str, Check]:
        return self.own_checks or CHECKS


def sealed_lesson(
    solutions: dict[str, str] = SOLUTIONS, checks: dict[str, Check] = CHECKS, setup: str = SETUP
) -> SealedLesson:
    """Make a lesson of these solutions, each worth two points."""
    exercises = tuple(
        Exercise(
            key=key,
            kind="code",
            answer_id=key,
            test_id=f"test_{key}",
            points=2.0,
            manual_points=1.0 if key.startswith("plot_") else 0.0,
            stub="# YOUR CODE HERE\nraise NotImplementedError()",
            solution=solution,
            parameters=checks[key].parameters,
        )
        for key, solution in solutions.items()
    )
    return SealedLesson(Path("."), "01-sealed", "1", setup, exercises, (), {}, own_checks=checks)
