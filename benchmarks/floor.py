"""The floor: the least that grading could take with a sandbox and a process for each submission.

A warm process forks; the child is sealed like the judge's children and simply runs the cells: no judge outside, no
proxy, no gradebook. As a program, it reads the answers from standard input and prints seconds.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from spending import Spent, surroundings

from autograder.lesson.model import Json, Lesson
from autograder.sealed.bubblewrap import FIRST_USER
from autograder.sealed.inside import seal, zygote
from autograder.sealed.system_calls import compile_filter

__all__ = ["floor"]

MEMORY = 2 << 30
MODES = ("fork", "cells", "tests")
DRAWN = "figures"
UNSEALED = -1


def floor(lesson: Lesson, class_of: list[Json], repeats: int) -> dict[str, Spent]:
    """Measure one submission by mode: "fork" and sandbox alone, plus "cells", hidden "tests", and "figures".

    The figures are those that a person grades, drawn once each, without a sandbox; nothing is written.
    """
    keys = {exercise.key for exercise in lesson.code}
    answers = [{cell["id"]: cell["source"] for cell in made["cells"] if cell["id"] in keys} for made in class_of]
    asked = {"course": str(lesson.course_dir), "name": lesson.name, "answers": answers * repeats}
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(asked),
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the floor could not be measured:\n{done.stderr[-2000:]}")
    return {mode: Spent(*seconds) for mode, seconds in json.loads(done.stdout).items()}


def main() -> None:
    """Measure in our own namespace."""
    asked = json.load(sys.stdin)
    lesson = Lesson.load(Path(asked["course"]), asked["name"])
    lesson.checks()
    program = compile_filter()
    zygote._warm_up()
    gc.collect()
    gc.freeze()
    answers = asked["answers"]
    _forked(lesson, answers[0], DRAWN, UNSEALED, program)
    drawn = _seconds(
        lesson, answers, DRAWN, UNSEALED, program
    )  # fonts are read again, perhaps from a sealed place
    namespace = seal.enter(FIRST_USER + os.getpid())
    spent = {mode: _seconds(lesson, answers, mode, namespace, program) for mode in MODES}
    spent[DRAWN] = drawn
    print(json.dumps(spent), flush=True)


def _seconds(
    lesson: Lesson, answers: list[dict[str, str]], mode: str, namespace: int, program: bytes
) -> tuple[float, float]:
    """Return a submission's wall-clock and processor time in seconds."""
    began, used = time.perf_counter(), sum(os.times()[:4])
    for each in answers:
        _forked(lesson, each, mode, namespace, program)
    return (time.perf_counter() - began) / len(answers), (sum(os.times()[:4]) - used) / len(answers)


def _forked(lesson: Lesson, answers: dict[str, str], mode: str, namespace: int, program: bytes) -> None:
    ours, theirs = os.pipe()
    pid = seal.fork(namespace) if namespace >= 0 else os.fork()
    if not pid:
        try:
            seal.close_descriptors(theirs)
            seal.set_limits(zygote._address_space() + MEMORY, 60)
            if namespace >= 0:
                seal.seal(program)
            os.write(theirs, bytes([_run(lesson, answers, mode)]))
        finally:
            os._exit(0)
    os.close(theirs)
    right = os.read(ours, 1)
    os.close(ours)
    os.waitpid(pid, 0)
    if not right or right[0] != (len(answers) if mode in ("tests", DRAWN) else 0):
        raise RuntimeError(f"{mode}: an answer was not right ({right!r})")


def _run(lesson: Lesson, answers: dict[str, str], mode: str) -> int:
    """Run the cells in lesson order; count the answers that pass their hidden tests."""
    if mode == "fork":
        return 0
    right = 0
    namespace: dict[str, object] = {"__name__": "__main__"}
    exec(compile(lesson.setup, "<setup>", "exec"), namespace)
    checks = lesson.checks() if mode in ("tests", DRAWN) else {}
    for exercise in lesson.code:
        exec(compile(answers[exercise.key], "<answer>", "exec"), namespace)
        if check := checks.get(exercise.key):
            figures: list[Any] = []
            students = [namespace[name] for name in check.parameters]
            if mode == DRAWN and exercise.manual_points:
                students = [_keeping(student, figures) for student in students]
            right += check.verdict(*students, seed=1).fraction == 1
            if figures:
                FigureCanvasAgg(figures[0]).draw()
    return right


def _keeping(plot: Callable[..., Any], figures: list[Any]) -> Callable[..., Any]:
    """Wrap `plot` so that what it returns is also appended to `figures`."""

    def kept(*arguments: Any) -> Any:
        figures.append(plot(*arguments))
        return figures[-1]

    return kept


if __name__ == "__main__":
    main()
