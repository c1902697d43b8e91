"""A class of 30, made from the bank of answers and taken from release to feedback in its own folder."""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click

from autograder.authoring.answer_files import AnswerFile, read_answers, submitted_notebook
from autograder.lesson.model import Json, Lesson, Prediction
from autograder.records.problem import LessonError, Problem
from autograder.records.record import Record

from .arguments import course_option, verbose_option

__all__ = ["Pupil", "class_of_thirty", "demo", "hand_in", "set_up"]

MARKER = ".made-by-autograder-demo"
CLASS = 30
LEFT_BLANK, HALF_DONE, STRIPPED = 2, 3, 1
ATTACKS = (
    "while True:\n    pass",
    "import os\nos._exit(0)",
    "import os\nprint(os.listdir('/'), open('/etc/passwd').read())",
)
NAMES = """ada alan alonzo barbara carl donald dorothy edsger emmy ernst evelyn frances grace hedy ida joan karen
katherine leonhard lise margaret maryam mary niklaus olga pierre radia rozsa sofia sophie srinivasa tim ursula vera
wang yves zhou"""
SAID = (
    "The step is so long that it lands higher on the other side, so the error grows from step to step.",
    "It explodes because **0.5** is above the largest stable rate, and 0.001 is far below it.",
    "The learning rate is too big.",
)


@dataclass(frozen=True)
class Pupil:
    """A student of the demo. `answers` are sources by key, `planted` the misconception ids they show, by key."""

    name: str
    kind: str
    answers: dict[str, str] = field(default_factory=dict)
    planted: dict[str, str] = field(default_factory=dict)
    predicts: float = 1.0  # the share of predictions locked
    stripped: bool = False


@click.command()
@click.argument("lesson", default="01-first-descent")
@course_option
@verbose_option
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Grading processes.")
def demo(lesson: str, course_dir: Path, workers: int) -> None:
    """Make a class of 30 for LESSON and take it from release to feedback, in the folder demo/.

    The class is the same each time. Your gradebook and submissions stay untouched.
    """
    from .instructor import starting

    with starting():
        model = set_up(course_dir.resolve(), lesson)
        pupils = list(class_of_thirty(model, read_answers(course_dir, lesson)))
        for pupil in pupils:
            hand_in(model, pupil)
        records = _grade(model, pupils, workers)
    _tell(model, pupils, records)
    _write_feedback(model)
    missed = [pupil for pupil in pupils for _ in _missed(pupil, records)]
    sys.exit(1 if missed or len(records) < len(pupils) else 0)


def set_up(course_dir: Path, name: str) -> Lesson:
    """Empty demo/, copy the released lesson there, and load it; raise `LessonError` if demo/ is not the demo's."""
    Lesson.load(course_dir, name)  # raises before anything is deleted
    folder = course_dir / "demo"
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        cure = "move it away: the demo empties this folder, and did not make it"
        raise LessonError([Problem(str(folder), "the folder is not empty", cure)])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / MARKER).touch()
    for part in ("source", "release"):
        shutil.copytree(course_dir / part / name, folder / part / name)
    if (settings := course_dir / "nbgrader_config.py").is_file():
        shutil.copy(settings, folder)
    return Lesson.load(folder, name)


def class_of_thirty(lesson: Lesson, bank: list[AnswerFile]) -> Iterator[Pupil]:
    """Make up the class: each misconception once, right answers in every style, blank, half-done, hostile work."""
    mistakes = list(_mistaken(lesson, bank))
    others = LEFT_BLANK + HALF_DONE + STRIPPED + len(ATTACKS)
    names = iter(NAMES.split() + [f"student{number}" for number in range(1000)])
    for index in range(max(3, CLASS - others - len(mistakes))):
        yield Pupil(next(names), "right, one style of many", _right(lesson, bank, index))
    for number, planted in enumerate(mistakes):
        wrong = {answer.key: answer.source for answer in planted}
        answers = _right(lesson, bank, number) | wrong
        yield Pupil(
            next(names), "known mistakes", answers, {answer.key: answer.misconception for answer in planted}, 0.9
        )
    yield Pupil(next(names), "right, metadata lost", _right(lesson, bank, 1), stripped=True)
    for number in range(HALF_DONE):
        first = [exercise.key for exercise in lesson.code][: number + 2]
        answers = {key: source for key, source in _right(lesson, bank, number).items() if key in first}
        yield Pupil(next(names), "half done", answers, predicts=0.5)
    for _ in range(LEFT_BLANK):
        yield Pupil(next(names), "blank", predicts=0.0)
    for attack in ATTACKS:
        yield Pupil(next(names), "hostile", {lesson.code[0].key: attack}, predicts=0.0)


def _right(lesson: Lesson, bank: list[AnswerFile], style: int) -> dict[str, str]:
    """Right answers by key, cycling through the bank's styles; the reference where the bank has none."""
    found = {}
    for exercise in lesson.code:
        styles = [answer.source for answer in bank if answer.key == exercise.key and answer.kind == "correct"]
        styles.append(exercise.solution)
        found[exercise.key] = styles[style % len(styles)]
    return found


def _mistaken(lesson: Lesson, bank: list[AnswerFile]) -> Iterator[list[AnswerFile]]:
    """Deal out the bank's wrong answers, at most one per exercise to each student."""
    by_key = [
        [answer for answer in bank if answer.key == exercise.key and answer.kind == "misconception"]
        for exercise in lesson.code
    ]
    for dealt in zip_longest(*by_key):
        yield [answer for answer in dealt if answer is not None]


def hand_in(lesson: Lesson, pupil: Pupil) -> None:
    """Write the notebook where nbgrader's exchange would put it."""
    dice = random.Random(pupil.name)
    predicted = {
        each.name: _predicted(each, dice) for each in lesson.predictions if dice.random() < pupil.predicts
    }
    late = frozenset(name for name in predicted if dice.random() < 0.05)
    texts = {each.key: dice.choice(SAID) for each in lesson.exercises if each.kind == "written" and pupil.answers}
    notebook = submitted_notebook(lesson, pupil.answers, texts, predicted, late)
    folder = lesson.course_dir / "submitted" / pupil.name / lesson.name
    folder.mkdir(parents=True)
    content = json.dumps(_stripped(notebook) if pupil.stripped else notebook)
    (folder / f"{lesson.name}.ipynb").write_text(content, encoding="utf-8")
    (folder / "timestamp.txt").write_text("2026-03-01 10:15:00 UTC\n", encoding="utf-8")


def _stripped(notebook: Json) -> Json:
    """Strip metadata and cell ids, as some editors do."""
    cells = [{**cell, "metadata": {}} for cell in notebook["cells"]]
    for cell in cells:
        del cell["id"]
    return {**notebook, "cells": cells, "metadata": {}}


def _predicted(prediction: Prediction, dice: random.Random) -> tuple[Any, int]:
    """Make up a prediction and its confidence: right more often when more confident, overconfident at the top."""
    confidence = dice.choice((50, 60, 70, 80, 90, 100))
    known = prediction.truth is not None and dice.random() < (confidence - 20) / 100
    truth = prediction.truth["truth"] if prediction.truth is not None else None
    value = truth if known else _guessed(prediction, dice)
    return (value if _is_asked(prediction, value) else prediction.example), confidence


def _is_asked(prediction: Prediction, value: Any) -> bool:
    try:
        prediction.question.read(value)
    except ValueError:
        return False
    return True


def _guessed(prediction: Prediction, dice: random.Random) -> Any:
    """Guess: any option, or numbers within 50 % of the example, which is a reasonable prediction."""
    question: Any = prediction.question
    if prediction.kind == "choice":
        options = list(question.options)
        rows = question.rows
        return dice.choice(options) if rows is None else {row: dice.choice(options) for row in rows}
    if prediction.kind == "shape":
        return prediction.example
    factor = dice.uniform(0.5, 1.5)
    if isinstance(prediction.example, list):
        return [number * factor for number in prediction.example]
    return prediction.example * factor


def _grade(lesson: Lesson, pupils: list[Pupil], workers: int) -> dict[str, Record]:
    from autograder.gradebook.database import Gradebook
    from autograder.gradebook.entry import enter_lesson
    from autograder.grading.judge import Limits
    from autograder.grading.run import course_lock, grade_lesson
    from autograder.grading.workers import processes

    from .progress import Bar

    limits = replace(Limits(), processor=3.0, wall=10.0)  # an honest answer takes a tenth of that
    with (
        course_lock(lesson.course_dir),
        Gradebook(lesson.course_dir / "gradebook.db") as book,
        processes(workers) as pool,
        Bar("grading", len(pupils)) as bar,
    ):
        enter_lesson(book, lesson)
        grade_lesson(lesson, [pupil.name for pupil in pupils], book, pool, limits, bar)
        return {record.student: record for record in book.records(lesson.name)}


def _write_feedback(lesson: Lesson) -> None:
    from autograder.gradebook.database import Gradebook
    from autograder.reports.feedback import write_feedback

    from .progress import Bar

    with Gradebook(lesson.course_dir / "gradebook.db") as book, Bar("feedback", book.count(lesson.name)) as bar:
        for record in book.records(lesson.name):
            write_feedback(lesson, record, book.given(lesson.name, record.student))
            bar.advance(record.student)
    folder = lesson.course_dir
    click.echo(f"\nFeedback   {folder}/feedback/<student>/{lesson.name}/{lesson.name}.html")
    click.echo(f"Gradebook  {folder}/gradebook.db")
    jupyter = Path(sys.executable).with_name("jupyter")  # may not be on the PATH
    click.echo(f"Formgrader cd {folder} && {jupyter} lab, then Nbgrader > Formgrader")


def _tell(lesson: Lesson, pupils: list[Pupil], records: dict[str, Record]) -> None:
    """Print the tables, and how many planted misconceptions were recognised."""
    from rich.console import Console

    from autograder.reports.class_report import ClassReport, scores_table, tables

    console = Console()
    kinds = {pupil.name: pupil.kind for pupil in pupils}
    in_order = [records[pupil.name] for pupil in pupils if pupil.name in records]
    console.print(scores_table(in_order, kinds))
    for table in tables(ClassReport.of(lesson.name, in_order)):
        console.print(table)
    planted = sum(len(pupil.planted) for pupil in pupils)
    missed = [line for pupil in pupils for line in _missed(pupil, records)]
    click.echo(f"{planted - len(missed)} of {planted} planted misconceptions recognised.")
    for line in missed:
        click.echo(f"✗ {line}", err=True)


def _missed(pupil: Pupil, records: dict[str, Record]) -> Iterator[str]:
    for key, label in pupil.planted.items():
        verdict = records[pupil.name].verdict(key) if pupil.name in records else None
        if verdict is None or verdict.misconception != label:
            got = "nothing" if verdict is None else verdict.misconception or verdict.outcome
            yield f"{pupil.name}: {key} shows {label}, judged {got}"
