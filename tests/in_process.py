"""Judge an answer inside the tests' own process: as fast as a function call, and no protection whatever.

What the sealed judge does in a sandbox happens here in a dictionary: the lesson's first cell, the reference's
answers to the earlier exercises, the student's answer, and then the check. Hostile answers have no place here.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib

from autograder.check import Check, Outcome, Verdict
from autograder.lesson import checks_of, module_of
from autograder.manuscript import read_manuscript

matplotlib.use("Agg")

COURSE = Path(__file__).resolve().parent.parent
BANK = COURSE / "tests" / "submissions"


@dataclass(frozen=True)
class Answer:
    """One file of the bank: its name is the verdict that it must get."""

    lesson: str
    key: str
    file: Path

    @property
    def expected(self) -> str:
        """`correct`, `plain` (wrong, without a diagnosis), `hostile`, or the diagnosis' label."""
        kind = self.file.stem.split("_")[0]
        return kind if kind in ("correct", "plain", "hostile") else self.file.stem

    @property
    def source(self) -> str:
        """The text of the answer cell."""
        return self.file.read_text(encoding="utf-8")

    def __str__(self) -> str:
        return f"{self.lesson}/{self.key}/{self.file.stem}"


@cache
def answers() -> tuple[Answer, ...]:
    """Every code answer of the bank, in the order of their paths."""
    files = sorted(BANK.glob("*/*/*.py"))
    return tuple(Answer(file.parts[-3], file.parts[-2], file) for file in files)


@cache
def lessons() -> tuple[str, ...]:
    """The lessons that have answers in the bank."""
    return tuple(sorted({answer.lesson for answer in answers()}))


@cache
def checks(lesson: str) -> dict[str, Check]:
    """The checks of a lesson, by key."""
    return checks_of(COURSE, module_of(lesson))


@cache
def reference(lesson: str) -> dict[str, str]:
    """The solutions in the lesson's source text, by key, in the order of the lesson."""
    cells = read_manuscript(COURSE / "source" / lesson / f"{lesson}.py").cells
    markers = ("### BEGIN SOLUTION", "### END SOLUTION")
    return {
        cell.name: "\n".join(line for line in cell.source.split("\n") if line.strip() not in markers)
        for cell in cells
        if cell.role == "answer"
    }


@cache
def _compiled(source: str, name: str) -> Any:
    return compile(source, name, "exec")


def namespace_for(lesson: str, key: str) -> dict[str, Any]:
    """Give what an answer may rely on: the first cell's imports, and the reference's answers before `key`."""
    import matplotlib.pyplot as plt
    import numpy as np

    names: dict[str, Any] = {"np": np, "plt": plt, "__name__": "__main__"}
    for earlier, source in reference(lesson).items():
        if earlier == key:
            break
        exec(_compiled(source, f"<{earlier}>"), names)
    return names


def judge(lesson: str, key: str, source: str, seed: int | None = None) -> Verdict:
    """Run the answer and its check. An answer that cannot be run, or does not define its name, is incorrect."""
    check = checks(lesson)[key]
    names = namespace_for(lesson, key)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(source, f"<{key}>", "exec"), names)
        students = [names[name] for name in check.takes]
    except (Exception, SystemExit) as error:
        return Verdict(key, Outcome.INCORRECT, 0.0, message=f"{type(error).__name__}: {error}")
    try:
        return check.verdict(*students, seed=seed)
    finally:
        names["plt"].close("all")
