"""Judge the bank again and again, on fresh inputs each time: a verdict that hangs on chance shows itself here.

    nice .venv/bin/python -m tests.support.flakiness 200 05-optimization 06-real-data/capstone

gives each answer in these folders of source/*/answers (in all, if none is named) to its hidden check so many
times, and each right answer that draws numbers of its own to the visible tests. It prints every answer that was
once judged otherwise than its name says, with a seed that draws the same inputs; then it exits with 1.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from autograder.authoring.answer_files import AnswerFile, judge_here
from course.testing.trial import Mismatch
from tests.lessons.test_visible_tests import try_visibly
from tests.support.answers import bank, lessons, load

__all__ = ["Tally", "complaints", "main"]

MOST_SECONDS = 60.0  # for one answer, however many repeats are asked


@dataclass
class Tally:
    """How often one answer was tried, and what was wrong how often: complaint -> the seeds at which it came up."""

    tried: int = 0
    wrong: dict[str, list[int]] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Say each complaint in two lines."""
        for complaint, seeds in self.wrong.items():
            yield f"in {len(seeds)} of {self.tried}, at seed {seeds[0]}: {complaint}"


def complaints(complain: Callable[[int], str], repeats: int, first_seed: int) -> Tally:
    """Try the seeds from `first_seed` on; `complain` says what is wrong at one, as an empty text if nothing is.

    Complaints are told apart by their first line, for the numbers below it differ each time.
    """
    tally, end = Tally(), time.monotonic() + MOST_SECONDS
    for seed in range(first_seed, first_seed + repeats):
        if time.monotonic() > end:
            break
        tally.tried += 1
        if complaint := complain(seed):
            tally.wrong.setdefault(complaint.split("\n")[0], []).append(seed)
    return tally


def judged(answer: AnswerFile, lesson: str) -> Callable[[int], str]:
    """What the hidden check says that it should not."""
    return lambda seed: answer.complaint(judge_here(load(lesson), answer.key, answer.source, seed=seed))


def seen(answer: AnswerFile, lesson: str) -> Callable[[int], str]:
    """What the visible tests say of a right answer; their inputs are fixed, the chance is the answer's own."""

    def complain(_: int) -> str:
        try:
            try_visibly(lesson, answer)
        except Mismatch as mismatch:
            return f"a visible test fails: {mismatch}"
        return ""

    return complain


def tallies(lesson: str, answer: AnswerFile, repeats: int, first_seed: int) -> Iterator[Tally]:
    """Try one answer in each of the ways in which it is judged."""
    if answer.kind:
        yield complaints(judged(answer, lesson), repeats, first_seed)
    if answer.kind == "correct" and "default_rng()" in answer.source:
        yield complaints(seen(answer, lesson), repeats, first_seed)


def main(repeats: int, *folders: str) -> int:
    """Print what was misjudged in these folders; return the exit status."""
    first_seed, found = int(np.random.default_rng().integers(2**31)), False
    for lesson, answer in ((name, answer) for name in lessons() for answer in bank(name)):
        place = f"{lesson}/{answer.key}/{answer.name}"
        if folders and not any(f"{place}/".startswith(f"{folder}/") for folder in folders):
            continue
        for tally in tallies(lesson, answer, repeats, first_seed):
            for line in tally.lines():
                found = True
                print(f"{place}, {line}", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
