"""Mutants that get full marks although they do not behave like the right answer that they come from."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt

from autograder.authoring.answer_files import judge_here
from autograder.lesson.model import Lesson
from tests.support.answers import COURSE, bank, load
from tests.support.equivalence import Behaviour, OutOfTime, time_limit
from tests.support.mutation import Mutant, mutants

__all__ = ["justified", "sample", "survivors"]

SEED = 7  # one for all, so that a mutant which is right by chance is so always


def justified(lesson: str) -> dict[str, dict[str, str]]:
    """Changes to right answers that leave them right in another way, by key: change -> why it is right."""
    file: Path = COURSE / "source" / lesson / "answers" / "right_mutants.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def sample(source: str, count: int) -> list[Mutant]:
    """Choose so many mutants, evenly over the text; all, where there are no more."""
    every = list(mutants(source))
    return [every[index * len(every) // count] for index in range(count)] if len(every) > count else every


def survivors(lesson: Lesson, key: str, source: str, chosen: list[Mutant]) -> Iterator[Mutant]:
    """Give the mutants that get full marks and neither behave like `source` nor are justified."""
    right = justified(lesson.name).get(key, {})
    behaviour: Behaviour | None = None
    for mutant in chosen:
        if mutant.change in right or not _gets_full_marks(lesson, key, mutant.source):
            continue
        behaviour = behaviour or Behaviour(lesson, key, source)
        if not _is_shown(behaviour, mutant.source):
            yield mutant
    plt.close("all")


def _gets_full_marks(lesson: Lesson, key: str, source: str) -> bool:
    try:
        with time_limit(10.0):
            return judge_here(lesson, key, source, seed=SEED).fraction == 1.0
    except OutOfTime:
        return False


def _is_shown(behaviour: Behaviour, source: str) -> bool:
    try:
        return behaviour.is_shown_by(source)
    except OutOfTime:
        return False


def main(lesson: str, *keys: str) -> None:
    """List the survivors among all mutants of the solutions and of every other right answer."""
    right = [(exercise.key, "the solution", exercise.solution) for exercise in load(lesson).code]
    right += [(answer.key, answer.name, answer.source) for answer in bank(lesson) if answer.kind == "correct"]
    for key, name, source in right:
        if not keys or key in keys:
            every = list(mutants(source))
            print(f"{key}, {name}: {len(every)} mutants", flush=True)
            for mutant in survivors(load(lesson), key, source, every):
                print(f"    {mutant.change}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
